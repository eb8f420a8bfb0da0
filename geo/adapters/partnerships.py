"""Partnership records written by hand, in YAML."""

from pathlib import Path

from geo import wording_files
from geo.adapters.rawfile import decode_text, read_bytes
from geo.errors import RefusedFileError, SourceError
from geo.partnership_records import Record
from geo.yaml_records import parse_yaml


def read_records(path: Path) -> list[Record]:
    """
    Read a file of partnerships.

    Parameters
    ----------
    path
        YAML, UTF-8 (see `geo.yaml_records.parse_yaml`).

    Returns
    -------
    records
        One mapping per partnership, not checked yet (see `geo.partnership_rules.check_records`).

    Raises
    ------
    SourceError
        Unreadable file, or not a list of partnerships.
    """
    try:
        return [record for record, _ in parse_yaml(decode_text(read_bytes(path), path.name))]
    except RefusedFileError as refused:
        sentence = wording_files.REFUSALS[refused.kind]("", *refused.values)
        raise SourceError(path.name, [sentence.removeprefix(" : ")]) from None
