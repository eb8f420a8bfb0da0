"""Partnership records written by hand, in YAML."""

from pathlib import Path

from geo import refusals
from geo.errors import RefusedFileError, SourceError
from geo.partnerships.records import Record
from geo.partnerships.yaml_text import parse_yaml
from geo.sources.adapters.rawfile import decode_text, read_bytes


def read_records(path: Path) -> list[Record]:
    """
    Read a file of partnerships.

    Parameters
    ----------
    path
        YAML, UTF-8 (see `geo.partnerships.yaml_text.parse_yaml`).

    Returns
    -------
    records
        One mapping per partnership, not checked yet (see `geo.partnerships.rules.check_records`).

    Raises
    ------
    SourceError
        Unreadable file, or not a list of partnerships.
    """
    try:
        return [record for record, _ in parse_yaml(decode_text(read_bytes(path), path.name))]
    except RefusedFileError as refused:
        sentence = refusals.REFUSALS[refused.kind]("", *refused.values)
        raise SourceError(path.name, [sentence.removeprefix(" : ")]) from None
