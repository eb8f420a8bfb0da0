"""A scenario as a small JSON file and as a part of a link: untrusted, hence checked."""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from geo.catchment.scenario import CHANGE_KINDS, MAX_CHANGES, Change, Scenario
from geo.errors import UserError
from geo.faults import Faults

VERSION = 1
MAX_BYTES = 64_000
MAX_ADDRESS = 1_500
MAX_NAME = 80


def to_json(scenario: Scenario) -> str:
    """Write a scenario as a small JSON document."""
    changes = [
        {
            "kind": change.kind,
            "target": change.target,
            **({"ght_code": change.ght_code} if change.ght_code else {}),
            **({"capacity": change.capacity} if change.capacity else {}),
        }
        for change in scenario.changes
    ]
    document = {"version": VERSION, "name": scenario.name, "changes": changes}
    return json.dumps(document, ensure_ascii=False, indent=1)


def from_json(text: str | bytes) -> Scenario:
    """
    Read a scenario, checking its form.

    Parameters
    ----------
    text
        JSON, at most `MAX_BYTES`.

    Returns
    -------
    scenario
        Codes are checked later, against a world, by `apply_scenario`.

    Raises
    ------
    SourceError
        Every fault of form.
    """
    faults = Faults("scénario")
    document = _parse(text, faults)
    changes = document.get("changes", [])
    if not isinstance(changes, list) or len(changes) > MAX_CHANGES:
        faults.add(f"« changes » doit être une liste de {MAX_CHANGES} changements au plus.")
        changes = []
    if document and document.get("version") != VERSION:
        found = str(document.get("version"))[:MAX_NAME]
        faults.add(f"version {found} inconnue. Ce fichier attend {VERSION}.")
    read = [_read_change(number, change, faults) for number, change in enumerate(changes, start=1)]
    faults.raise_if_any()
    name = str(document.get("name") or Scenario.name)[:MAX_NAME]
    return Scenario(name, tuple(change for change in read if change is not None))


def _parse(text: str | bytes, faults: Faults) -> Mapping[str, Any]:
    """Read the JSON object, bounded."""
    if len(text) > MAX_BYTES:
        faults.add(f"fichier de plus de {MAX_BYTES} octets. Donnez un scénario de l'atlas.")
        return {}
    try:
        document = json.loads(text)
        # Half a character pair can be written in JSON, and sent to no browser.
        json.dumps(document, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        faults.add("ce n'est pas un objet JSON. Donnez un scénario téléchargé depuis l'atlas.")
        return {}
    return document


def _read_change(number: int, raw: object, faults: Faults) -> Change | None:
    """Read one change."""
    words = raw if isinstance(raw, dict) else {}
    kind, target, ght = (words.get(name, "") for name in ("kind", "target", "ght_code"))
    is_text = all(isinstance(word, str) for word in (kind, target, ght))
    if not is_text or kind not in CHANGE_KINDS or not target:
        faults.add(
            f"changement {number} : il faut « kind » ({', '.join(CHANGE_KINDS)}) et « target ». "
            "Corrigez-le."
        )
        return None
    capacity = words.get("capacity", 0.0)
    is_number = isinstance(capacity, int | float) and not isinstance(capacity, bool)
    if not is_number or not abs(capacity) < MAX_BYTES:
        shown = str(capacity)[:MAX_NAME]
        faults.add(f"changement {number} : capacité {shown} illisible. Donnez un nombre.")
        return None
    return Change(kind, target, ght, float(capacity))


def to_address(scenario: Scenario) -> str | None:
    """
    Pack a scenario for a link.

    Returns
    -------
    packed
        URL-safe text, or None when it is too long for a link: share the file then.
    """
    changes: Sequence[list[str | float]] = [
        [change.kind, change.target, change.ght_code, change.capacity]
        for change in scenario.changes
    ]
    body = json.dumps([scenario.name, changes], ensure_ascii=False, separators=(",", ":"))
    packed = base64.urlsafe_b64encode(zlib.compress(body.encode(), 9)).decode().rstrip("=")
    return packed if len(packed) <= MAX_ADDRESS else None


def from_address(packed: str) -> Scenario:
    """
    Unpack a scenario from a link.

    Raises
    ------
    UserError
        If the text is not one of ours.
    SourceError
        If it is, but its changes are malformed.
    """
    try:
        padded = packed + "=" * (-len(packed) % 4)
        unpacker = zlib.decompressobj()
        body = unpacker.decompress(base64.urlsafe_b64decode(padded), MAX_BYTES)
        name, changes = json.loads(body)
        rows = [
            dict(zip(("kind", "target", "ght_code", "capacity"), change, strict=True))
            for change in changes
        ]
    except (ValueError, TypeError, zlib.error, binascii.Error, RecursionError):
        raise UserError(
            "Le scénario du lien est illisible. Demandez un nouveau lien ou le fichier."
        ) from None
    return from_json(json.dumps({"version": VERSION, "name": name, "changes": rows}))
