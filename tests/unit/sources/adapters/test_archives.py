"""Archives: zip and 7z give the same files; nothing is written, nothing is unbounded."""

import contextlib
import random
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import py7zr
import pytest

from geo.errors import SourceError
from geo.sources.adapters.archives import read_archive

WANTED = re.compile(r"^(?:.*/)?([A-Z]+)\.csv$")
FILES = {
    "Bases/CSV/MCO.csv": "FI;LIT\n100000017;é\n".encode("cp1252"),
    "Bases/CSV/ID.csv": b"FI\n",
    "Bases/SAS/mco.sas7bdat": b"\0" * 10_000,
    "lisez-moi.pdf": b"%PDF",
}
READ = {name: content for name, content in FILES.items() if name.endswith(".csv")}


def pack(path: Path, files: Mapping[str, bytes] = FILES) -> Path:
    """Write an archive in the format that its name says."""
    if path.suffix == ".7z":
        with py7zr.SevenZipFile(path, "w") as packed:
            for name, content in files.items():
                packed.writestr(content, name)
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed_zip:
            for name, content in files.items():
                packed_zip.writestr(name, content)
    return path


@pytest.fixture(params=["zip", "7z"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return the same files in either format."""
    return pack(tmp_path / f"sae.{request.param}")


def fault_of(path: Path, limit: int = 1_000_000) -> str:
    with pytest.raises(SourceError) as error:
        read_archive(path, WANTED, limit)
    assert error.value.subject == path.name
    return error.value.faults[0]


def test_the_wanted_files_are_read_whatever_their_folder(archive: Path) -> None:
    assert read_archive(archive, WANTED) == READ
    assert [path.name for path in archive.parent.iterdir()] == [archive.name]


def test_the_format_is_known_by_the_first_bytes(archive: Path) -> None:
    assert read_archive(archive.rename(archive.with_name("sae.bin")), WANTED) == READ


def test_an_archive_without_a_wanted_file_gives_nothing(archive: Path) -> None:
    assert read_archive(archive, re.compile("nothing")) == {}


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path, archive: Path) -> None:
    bomb = pack(tmp_path / f"bomb{archive.suffix}", {"MCO.csv": b"0" * 2_000_000})
    assert bomb.stat().st_size < 20_000
    assert "Go décompressée" in fault_of(bomb)


def test_a_7z_whose_unread_files_are_too_large_is_refused(tmp_path: Path) -> None:
    bomb = pack(tmp_path / "bomb.7z", {"a.sas7bdat": b"0" * 2_000_000, "MCO.csv": b"FI\n"})
    assert "Go décompressée" in fault_of(bomb)


def test_an_archive_cut_or_altered_anywhere_is_refused(archive: Path) -> None:
    """Whatever the place: a sentence, never another error, never other bytes."""
    whole = archive.read_bytes()
    draws = random.Random(7)
    for _ in range(60):
        place = draws.randrange(8, len(whole))
        archive.write_bytes(whole[:place])
        assert "abîmée" in fault_of(archive)
        archive.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with contextlib.suppress(SourceError):
            assert set(read_archive(archive, WANTED).values()) <= set(READ.values())


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.7z").write_text("<html>", encoding="utf-8")
    assert "abîmée" in fault_of(tmp_path / "page.7z")


def test_a_protected_archive_is_refused(tmp_path: Path) -> None:
    with py7zr.SevenZipFile(tmp_path / "sae.7z", "w", password="x") as packed:  # noqa: S106
        packed.writestr(b"FI\n", "ID.csv")
    assert "abîmée" in fault_of(tmp_path / "sae.7z")


def test_a_name_that_climbs_out_of_the_archive_writes_nothing(tmp_path: Path) -> None:
    below = tmp_path / "below"
    below.mkdir()
    path = pack(below / "sae.zip", {"../../ID.csv": b"FI\n"})
    assert read_archive(path, WANTED) == {"../../ID.csv": b"FI\n"}
    assert [path.name for path in tmp_path.iterdir()] == ["below"]
