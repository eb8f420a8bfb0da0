"""The manifest, and the bundles it does not recognise."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.atlas.load import load_atlas
from geo.atlas.manifest import REPAIR, BundledFile, Manifest, read_manifest, write_manifest
from geo.errors import BundleError
from tests import builders

CURE = "« git checkout -- data » ou reconstruisez-le avec « make data »"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a valid small bundle, to be spoilt."""
    return builders.bundle(tmp_path / "data")


def refusal(folder: Path) -> str:
    """What the atlas says when it refuses the bundle."""
    with pytest.raises(BundleError) as error:
        load_atlas(folder)
    return str(error.value)


def edit(folder: Path, change: Callable[[dict[str, dict[str, object]]], object]) -> None:
    path = folder / "MANIFEST.json"
    raw = json.loads(path.read_text("utf-8"))
    change(raw)
    path.write_text(json.dumps(raw), encoding="utf-8")


def test_a_manifest_reads_back_as_it_was_written(tmp_path: Path) -> None:
    entry = BundledFile("communes.parquet", "a" * 64, 12, 3, ("insee_code", "population"))
    written = Manifest(
        "2026-11-21", "0.1.0", {"communes": entry}, ({"key": "cog", "title": "Été"},),
        {"speed_km_h": 60.0}, {"communes.habitants": 790},
    )  # fmt: skip
    write_manifest(written, tmp_path)
    assert read_manifest(tmp_path) == written
    assert "Été" in (tmp_path / "MANIFEST.json").read_text("utf-8")


def test_the_version_changes_with_any_file_and_with_nothing_else() -> None:
    def version(date: str = "2026-11-21", **digests: str) -> str:
        tables = {name: BundledFile(name, digest, 1) for name, digest in digests.items()}
        return Manifest(date, "0.1.0", tables, (), {}).version

    one = version(a="1", b="2")
    assert len(one) == 12
    assert version(b="2", a="1") == one, "the order does not matter"
    assert version(date="2027-01-01", a="1", b="2") == one, "nor does the date"
    assert len({one, version(a="1", b="3"), version(a="1"), version(a="2", b="1")}) == 4


def test_a_missing_manifest_is_named_with_the_cure(folder: Path) -> None:
    (folder / "MANIFEST.json").unlink()
    said = refusal(folder)
    assert said == f"Le fichier {folder.name}/MANIFEST.json est absent. {REPAIR}"
    assert CURE in said


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"tables": []}',
        b'{"tables": {}}',
        b'{"tables": {"communes": {}}, "sources": []}',
        b'{"tables": {"communes": {"columns": null}}, "sources": []}',
        b'{"tables": {}, "sources": [], "build_date": "x", "surprise": 1}',
        b'\xff\xfe{"tables"',
    ],
)
def test_a_corrupted_manifest_is_named_with_the_cure(folder: Path, content: bytes) -> None:
    (folder / "MANIFEST.json").write_bytes(content)
    assert refusal(folder) == f"Le fichier {folder.name}/MANIFEST.json est illisible. {REPAIR}"


def test_a_manifest_that_is_a_folder_is_refused(folder: Path) -> None:
    (folder / "MANIFEST.json").unlink()
    (folder / "MANIFEST.json").mkdir()
    assert "est illisible" in refusal(folder)


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    said = refusal(tmp_path / "data")
    assert "data/MANIFEST.json" in said
    assert str(tmp_path) not in said, "a visitor reads it"


def test_a_missing_file_is_named_with_the_cure(folder: Path) -> None:
    (folder / "members.parquet").unlink()
    assert refusal(folder) == f"Le fichier {folder.name}/members.parquet est absent. {REPAIR}"


@pytest.mark.parametrize("position", [0, 200, -1])
def test_one_altered_byte_is_refused(folder: Path, position: int) -> None:
    path = folder / "communes.parquet"
    content = bytearray(path.read_bytes())
    content[position] ^= 1
    path.write_bytes(content)
    said = refusal(folder)
    assert said.startswith(f"Le fichier {folder.name}/communes.parquet a été modifié")
    assert CURE in said


@pytest.mark.parametrize("content", [b"", b"PAR1"])
def test_a_truncated_file_is_refused(folder: Path, content: bytes) -> None:
    (folder / "communes.parquet").write_bytes(content)
    assert "a été modifié" in refusal(folder)


def test_a_file_of_another_size_is_refused_even_with_the_right_digest(folder: Path) -> None:
    edit(folder, lambda raw: raw["tables"]["ghts"].update(size_bytes=1))  # type: ignore[attr-defined]
    assert "ghts.parquet a été modifié" in refusal(folder)


def test_a_signed_file_that_is_not_a_table_is_refused(folder: Path) -> None:
    (folder / "ghts.parquet").write_bytes(b"not parquet")
    builders.resign(folder, "ghts")
    assert refusal(folder) == f"Le fichier {folder.name}/ghts.parquet est illisible. {REPAIR}"


def test_a_table_missing_from_the_manifest_is_refused(folder: Path) -> None:
    edit(folder, lambda raw: raw["tables"].pop("anomalies"))
    assert (
        refusal(folder) == f"La table anomalies est absente du manifeste de {folder.name}. {REPAIR}"
    )
