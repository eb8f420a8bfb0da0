"""Every text reader meets the same unreadable files with the same clear sentences."""

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from geo.sources.adapters import facts, insee, rawfile
from tests.unit.sources.adapters.raw import RAW, cut, faults_of, pack, recode, spoil

READERS: dict[str, Callable[[Path], pd.DataFrame]] = {
    "insee_cog_communes.csv": insee.read_cog_communes,
    "insee_cog_mouvements.csv": insee.read_movements,
    "insee_departements.csv": insee.read_departements,
    "insee_regions.csv": insee.read_regions,
    "insee_populations.csv": insee.read_populations,
    "insee_mayotte.csv": insee.read_mayotte,
    "insee_comparateur.csv": insee.read_context,
    "insee_outremer.csv": insee.read_overseas,
    "ghts.csv": facts.read_ghts,
    "ght_members.csv": facts.read_members,
    "ej_successors.csv": facts.read_successors,
    "published_figures.csv": facts.read_published,
    "compositions.csv": facts.read_compositions,
}
every_reader = pytest.mark.parametrize("name", READERS)


@every_reader
def test_a_missing_file_is_named_with_its_folder(name: str, tmp_path: Path) -> None:
    message = faults_of(READERS[name], tmp_path / name)
    assert name in message
    assert f"fichier absent du dossier {tmp_path}" in message


@every_reader
def test_an_empty_file_is_told_from_a_header_without_lines(name: str, tmp_path: Path) -> None:
    empty = tmp_path / name
    empty.write_bytes(b"\n")
    assert "fichier vide" in faults_of(READERS[name], empty)
    empty.write_bytes((RAW / name).read_bytes().splitlines()[0])
    assert "aucune ligne de données" in faults_of(READERS[name], empty)


@every_reader
def test_a_renamed_column_is_named_with_the_columns_read(name: str, tmp_path: Path) -> None:
    header, *lines = (RAW / name).read_text("utf-8").splitlines()
    spoiled = tmp_path / name
    spoiled.write_text("\n".join(["x" + header.replace(",", ",x").replace(";", ";x"), *lines]))
    message = faults_of(READERS[name], spoiled)
    assert "colonne(s) absente(s)" in message
    assert "Colonnes lues : x" in message


@every_reader
def test_packed_and_byte_order_marked_files_read_the_same(name: str, tmp_path: Path) -> None:
    expected = READERS[name](RAW / name)
    pd.testing.assert_frame_equal(READERS[name](pack(tmp_path, name)), expected)
    marked = tmp_path / name
    marked.write_bytes(b"\xef\xbb\xbf" + (RAW / name).read_bytes())
    pd.testing.assert_frame_equal(READERS[name](marked), expected)


def test_latin_1_where_utf_8_is_expected_names_the_line(tmp_path: Path) -> None:
    message = faults_of(
        insee.read_cog_communes, recode(tmp_path, "insee_cog_communes.csv", "latin-1")
    )
    assert "n'est pas encodé en UTF-8 : ligne 2" in message
    assert "Clémenciat" in message


def test_a_truncated_gzip_is_told_apart_from_a_bad_table(tmp_path: Path) -> None:
    packed = cut(pack(tmp_path, "insee_populations.csv"))
    assert "archive tronquée ou abîmée" in faults_of(insee.read_populations, packed)


def test_a_line_longer_than_the_heading_never_shifts_the_columns(tmp_path: Path) -> None:
    first = spoil(tmp_path, "insee_regions.csv", ("Guadeloupe,Guadeloupe", "a,b,c,d"))
    assert "séparateur attendu « , »" in faults_of(insee.read_regions, first)
    second = spoil(tmp_path, "insee_regions.csv", ("AUVERGNE RHONE ALPES", "a,b,c,d"))
    message = faults_of(insee.read_regions, second)
    assert "lignes mal formées" in message
    assert "line 3" in message


def test_an_archive_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rawfile, "MAX_UNPACKED_BYTES", 1000)
    bomb = tmp_path / "bomb.gz"
    bomb.write_bytes(gzip.compress(b"0" * 100_000))
    assert "décompressée" in faults_of(rawfile.read_bytes, bomb)
    packed = tmp_path / "bomb.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("donnees_communes.csv", "0" * 100_000)
    assert "décompressée" in faults_of(insee.read_populations, packed)


def test_a_folder_in_place_of_a_file_is_unreadable(tmp_path: Path) -> None:
    assert "fichier illisible" in faults_of(rawfile.read_bytes, tmp_path)
