"""The registry of raw files."""

import hashlib
from pathlib import Path

import pytest

from geo.errors import SourceError
from geo.sources.registry import SOURCES, locate, sha256_of


def lay_out(folder: Path) -> None:
    """Write an empty file for each source, as the shared folder is laid out."""
    for number, source in enumerate(SOURCES):
        below = folder / ("facts" if number % 2 else "sources")
        below.mkdir(parents=True, exist_ok=True)
        (below / source.file_name).touch()


def test_every_source_says_where_it_comes_from() -> None:
    assert len({source.key for source in SOURCES}) == len(SOURCES) == 24
    assert len({source.file_name for source in SOURCES}) == len(SOURCES)
    for source in SOURCES:
        assert source.url.startswith("https://")
        assert all((source.title, source.producer, source.licence, source.vintage))
        assert source.download_url is None or source.download_url.startswith("https://")


def test_files_are_found_flat_or_in_their_folders(tmp_path: Path) -> None:
    lay_out(tmp_path)
    paths = locate(tmp_path)
    assert list(paths) == [source.key for source in SOURCES]
    assert paths["contours"] == tmp_path / "sources" / "communes_2018.geojson.gz"
    flat = tmp_path / "regions.csv"
    flat.touch()
    paths["regions"].rename(tmp_path / "insee_cog_regions_2026.csv")
    assert locate(tmp_path)["regions"].parent == tmp_path


def test_a_downloaded_file_stands_for_the_frozen_one(tmp_path: Path) -> None:
    lay_out(tmp_path)
    locate(tmp_path)["finess"].unlink()
    (tmp_path / "finess-structures.json.gz").touch()
    assert locate(tmp_path)["finess"].name == "finess-structures.json.gz"


def test_all_missing_files_are_reported_together(tmp_path: Path) -> None:
    lay_out(tmp_path)
    paths = locate(tmp_path)
    paths["ghts"].unlink()
    paths["finess"].unlink()
    with pytest.raises(SourceError) as caught:
        locate(tmp_path)
    assert len(caught.value.faults) == 2
    assert "finess_2021-01-08.parquet" in str(caught.value)
    assert "ghts.csv" in str(caught.value)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="dossier absent"):
        locate(tmp_path / "nulle-part")


def test_sha256(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"abc")
    assert sha256_of(path) == hashlib.sha256(b"abc").hexdigest()
