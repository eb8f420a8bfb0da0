"""Partnership records written by hand, in YAML."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from geo.adapters.rawfile import decode_text, read_bytes
from geo.errors import SourceError
from geo.partnership_records import Record

# The same rules, ten times faster where PyYAML was built with libyaml.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LONGEST = 5_000_000  # characters: more than ten thousand partnerships


def read_records(path: Path) -> list[Record]:
    """
    Read a file of partnerships.

    Parameters
    ----------
    path
        YAML, UTF-8 (see `parse_records`).

    Returns
    -------
    records
        One mapping per partnership, not checked yet (see `geo.partnership_rules.check_records`).

    Raises
    ------
    SourceError
        Unreadable file, or not a list of partnerships.
    """
    return parse_records(decode_text(read_bytes(path), path.name), path.name)


def parse_records(text: str, name: str) -> list[Record]:
    """
    Read the text of a file of partnerships.

    Parameters
    ----------
    text
        A mapping with the list `partnerships` and, optionally, the mapping `sources`: key ->
        source, so that a source named by several partnerships is written once.
    name
        What to call it in messages.

    Returns
    -------
    records
        The keys of shared sources are replaced by the sources; dates and years that YAML reads as
        such are texts again.

    Raises
    ------
    SourceError
        Not YAML, or not a list of partnerships.
    """
    if len(text) > LONGEST:
        raise SourceError(name, ["fichier trop long. Coupez-le en plusieurs fichiers."])
    try:
        # Aliases would let a small file grow without end in memory.
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text, LOADER)):
            raise SourceError(name, ["alias YAML (&, *). Écrivez chaque valeur en entier."])
        content = yaml.load(text, LOADER)  # noqa: S506  # a safe loader, the fast one if it is there
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        place = getattr(error, "problem_mark", None)
        line = f", ligne {place.line + 1}" if place is not None else ""
        raise SourceError(
            name, [f"YAML mal écrit{line}. Corrigez le retrait ou la date."]
        ) from None
    listed = content.get("partnerships") if isinstance(content, Mapping) else None
    shared = content.get("sources") or {} if isinstance(content, Mapping) else {}
    if not isinstance(listed, list) or not isinstance(shared, Mapping):
        raise SourceError(name, ["liste « partnerships » absente. Reprenez le modèle de fichier."])
    return [_with_sources(_as_text(record), _as_text(shared)) for record in listed]


def _as_text(value: Any) -> Any:  # noqa: ANN401 - YAML holds anything
    """Write dates and numbers as the texts they were."""
    if isinstance(value, Mapping):
        return {str(key): _as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    if isinstance(value, datetime.date | int | float) and not isinstance(value, bool):
        return str(value)
    return value


def _with_sources(record: Any, shared: Mapping[str, Any]) -> Record:  # noqa: ANN401 - untrusted
    """Put shared sources in the place of their keys; an unknown key stays, to be refused."""
    listed = record.get("sources") if isinstance(record, Mapping) else None
    if not isinstance(listed, list):
        return record  # type: ignore[no-any-return]
    known = {key: {"key": key, **s} for key, s in shared.items() if isinstance(s, Mapping)}
    sources = [known.get(item, item) if isinstance(item, str) else item for item in listed]
    return {**record, "sources": sources}
