"""What is known of a fetched file and not written in it: a note beside it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from geo.sources.registry import sha256_of


@dataclass(frozen=True, slots=True)
class Note:
    """
    Where a file comes from.

    Parameters
    ----------
    vintage
        Of its content, in the words of the provenance; a date of publication says that it is one.
    url
        Address it came from; empty for a file that was given.
    sha256
        Digest of the file that the note is about.
    asked, etag, modified
        Address that was asked and what its server said of the version, to ask only for another.
    """

    vintage: str
    url: str
    sha256: str
    asked: str = ""
    etag: str = ""
    modified: str = ""


def note_path(path: Path) -> Path:
    """Say where the note about a file is."""
    return path.with_name(path.name + ".note.json")


def write_note(path: Path, note: Note) -> None:
    """Write the note about a file beside it."""
    text = json.dumps(asdict(note), ensure_ascii=False, indent=1)
    note_path(path).write_text(text + "\n", encoding="utf-8")


def read_note(path: Path) -> Note | None:
    """
    Read the note about a file.

    Returns
    -------
    note
        None when there is none, when it cannot be read or when the file is not the one it is about:
        a vintage is never given to another file.
    """
    try:
        note = Note(**json.loads(note_path(path).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return note if path.is_file() and note.sha256 == sha256_of(path) else None
