"""
The error tree.

GhtError
├── UserError                 something a person gave: a link, an option, an upload
├── RefusedFileError          why a parser gives up, for who knows the file to put in words
└── DataError                 data that cannot be trusted
    ├── SourceError           a raw input of the build; carries every fault found in the file
    └── BundleError           a bundled table is missing, altered or of another version

Messages are French sentences: they are shown as they are, in the browser and on the command line.
"""

from collections.abc import Sequence


class GhtError(Exception):
    """Any error this project raises on purpose."""


class UserError(GhtError):
    """A person's input cannot be used; the message says what to change."""


class RefusedFileError(GhtError):
    """
    A parser gives up.

    It runs in a process of its own, which knows neither the name of the file nor French.

    Parameters
    ----------
    kind
        What is wrong, see `geo.refusals.REFUSALS`.
    values
        What the sentence says of it: limits, places.
    """

    def __init__(self, kind: str, *values: int) -> None:
        self.kind = kind
        self.values = values
        super().__init__(f"{kind} {values}")


class DataError(GhtError):
    """Data cannot be trusted; nothing is computed from it."""


class SourceError(DataError):
    """
    A raw input is unusable; every fault found is listed.

    Parameters
    ----------
    subject
        The file or table at fault, as the person knows it.
    faults
        French sentences, each with the values at fault and the cure.
    """

    def __init__(self, subject: str, faults: Sequence[str]) -> None:
        self.subject = subject
        self.faults = tuple(faults)
        count = "1 défaut" if len(self.faults) == 1 else f"{len(self.faults)} défauts"
        listed = "\n".join(f"  - {fault}" for fault in self.faults)
        super().__init__(f"{subject} : {count}.\n{listed}")


class BundleError(DataError):
    """Bundled data is missing or altered; the message gives the command that repairs it."""
