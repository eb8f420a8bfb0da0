"""The authentic-format fixtures, and ways to spoil them."""

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.errors import SourceError

RAW = Path(__file__).resolve().parents[3] / "fixtures" / "raw"


def faults_of(read: Callable[[Path], object], path: Path) -> str:
    """Return the message of the SourceError that reading the file raises."""
    with pytest.raises(SourceError) as caught:
        read(path)
    return str(caught.value)


def spoil(folder: Path, name: str, *changes: tuple[str, str], encoding: str = "utf-8") -> Path:
    """Copy a text fixture with some text replaced; each text must be there."""
    text = (RAW / name).read_bytes().decode(encoding)
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    spoiled = folder / name
    spoiled.write_bytes(text.encode(encoding))
    return spoiled


def recode(folder: Path, name: str, encoding: str) -> Path:
    """Copy a UTF-8 fixture in another encoding."""
    spoiled = folder / name
    spoiled.write_bytes((RAW / name).read_bytes().decode("utf-8").encode(encoding, "ignore"))
    return spoiled


def pack(folder: Path, name: str) -> Path:
    """Copy a fixture as gzip."""
    packed = folder / f"{name}.gz"
    packed.write_bytes(gzip.compress((RAW / name).read_bytes(), mtime=0))
    return packed


def cut(path: Path, share: float = 0.5) -> Path:
    """Keep only the start of a file."""
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    return path


def copy(folder: Path, name: str) -> Path:
    """Copy a fixture as it is."""
    return Path(shutil.copy(RAW / name, folder / name))
