"""
The process where a visitor's file is parsed: `python -m geo.files.parsers KIND`.

The file comes on the standard input, the answer leaves on the standard output, as JSON. Started by
`geo.files.sandbox`, which stops it when it is too long; it bounds its own memory and time first. It
must import next to nothing: a person waits for it to start.
"""

import gc
import json
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from geo.errors import RefusedFileError
from geo.files.sheets import parse_csv, parse_workbook
from geo.partnerships.yaml_text import parse_yaml

MEMORY_BYTES: Final = 1_000_000_000
CPU_SECONDS: Final = 10
SOFTER: Final = 10  # of the system's priorities: the pages come first
Parser = Callable[[bytes, str], Any]


def _csv(content: bytes, option: str) -> list[Mapping[str, Any]]:
    return [vars(grid) for grid in parse_csv(content, option)]


def _workbook(content: bytes, option: str) -> list[Mapping[str, Any]]:  # noqa: ARG001
    return [vars(grid) for grid in parse_workbook(content)]


def _yaml(content: bytes, option: str) -> list[tuple[Any, int]]:  # noqa: ARG001
    try:
        return parse_yaml(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise RefusedFileError("encoding") from None


def _shapes(content: bytes, option: str) -> dict[str, Any]:
    from geo.files.shape_shares import parse_shapes  # noqa: PLC0415  heavy: the others go without

    return parse_shapes(content, option)


def _columns(content: bytes, option: str) -> dict[str, Any]:
    from geo.files.long_csv import parse_columns  # noqa: PLC0415  one kind of file needs it

    return parse_columns(content, option)


PARSERS: Final[Mapping[str, Parser]] = {
    "csv": _csv,
    "workbook": _workbook,
    "yaml": _yaml,
    "shapes": _shapes,
    "columns": _columns,
}
# What needs more than the others: the library of geometry alone takes a second and 600 MB.
HEAVY: Final = {"shapes": (3_000_000_000, 25)}


def bound_process(memory_bytes: int = MEMORY_BYTES, cpu_seconds: int = CPU_SECONDS) -> None:
    """Bound what this process may use, where the system can: Windows has no such limits."""
    with suppress(ImportError):
        import os  # noqa: PLC0415
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.nice(SOFTER)


def answer(kind: str, option: str, content: bytes) -> bytes:
    """
    Parse a file.

    Parameters
    ----------
    kind, option
        Of `PARSERS`, and what it takes besides the file.
    content
        Untrusted.

    Returns
    -------
    answer
        JSON, UTF-8: `{"read": ...}`, or `{"refused": kind, "values": [...]}`.
    """
    try:
        read = {"read": PARSERS[kind](content, option)}
        # Half a character pair, which a file may hold, cannot be shown: it does not go out.
        return json.dumps(read, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        refused = RefusedFileError("characters_pair")
    except (MemoryError, RecursionError):
        refused = RefusedFileError("too_heavy")
    except RefusedFileError as error:
        refused = error
    return json.dumps({"refused": refused.kind, "values": refused.values}).encode()


def main(arguments: list[str]) -> None:
    """Answer once."""
    kind, option = arguments
    content = sys.stdin.buffer.read()
    bound_process(*HEAVY.get(kind, (MEMORY_BYTES, CPU_SECONDS)))
    gc.disable()  # it answers once and ends: nothing to collect
    sys.stdout.buffer.write(answer(kind, option, content))


if __name__ == "__main__":
    main(sys.argv[1:])
