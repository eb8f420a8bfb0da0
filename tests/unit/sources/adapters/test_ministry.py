"""The ministry's spreadsheet of GHTs."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook

from geo.sources.adapters import ministry
from geo.sources.adapters.facts import GHT_COLUMNS, MEMBER_COLUMNS
from geo.sources.adapters.ministry import read_ministry_list, vintage_of
from tests.unit.sources.adapters.raw import RAW, cut, faults_of

OLD_HEADINGS = (
    "REGION",
    "DENOMINATION GHT",
    "CODE GHT",
    "FINESS",
    "CATEGORIE",
    "DENOMINATION ETABLISSEMENT",
    "COMMUNE",
    "CODE POSTAL",
)
DATED_NAME = "dgos_ght_liste_2017_10_31.xlsx"
OLD_LINES = [
    ("Grand Est", "Aube et Sézannais", "GE-06", "100000017", "C.H.", "CH DE TROYES", "Troyes", 1),
    ("Grand Est", "Aube et Sézannais", "GE-06", "510000037", "C.H.", "GHAM", "Romilly", 10100),
    ("ARA", "Savoie-Belley", "ARA_02", 10780062, "C.H.", "CH HAUT BUGEY", "Belley", 1300),
]
NEW_HEADINGS = ("ARS_LIB", "GHT_CODE", "GHT_LIB", "ES_FINESS", "GHT_SUPPORT")
NEW_LINES = [
    ("Grand Est", "GE-06", "Aube et Sézannais", "100000017", "O"),
    ("Grand Est", "GE-06", "Aube et Sézannais", "510000037", "N"),
]


def write(path: Path, *lines: tuple[Any, ...]) -> Path:
    """Write a workbook whose second sheet holds the lines."""
    book = Workbook()
    book.create_sheet("Lisez-moi", 0)["A1"] = "Lisez-moi"
    sheet = book.create_sheet("Feuil1")
    for line in lines:
        sheet.append(line)
    book.save(path)
    return path


def test_the_old_columns(tmp_path: Path) -> None:
    title = ("Liste des GHT", None)
    composition = read_ministry_list(write(tmp_path / DATED_NAME, title, OLD_HEADINGS, *OLD_LINES))
    assert composition.ghts.columns.to_list() == list(GHT_COLUMNS)
    assert composition.members.columns.to_list() == list(MEMBER_COLUMNS)
    ghts = composition.ghts.set_index("ght_code")
    assert ghts["listed_member_count"].to_dict() == {"ARA-02": 1, "GE-06": 2}
    assert ghts["reg_code"].to_dict() == {"ARA-02": "84", "GE-06": "44"}
    assert ghts["support_finess_ej"].isna().all()
    assert composition.members["finess_ej"].to_list() == ["010780062", "100000017", "510000037"]
    assert composition.members.loc[0, "entity_name"] == "CH HAUT BUGEY"
    assert set(composition.members["vintage"]) == {"2017-10"}
    assert set(composition.members["source"]) == {"dgos_list"}


def test_the_lower_case_headings_of_the_old_list(tmp_path: Path) -> None:
    headings = (
        *("region", "ght_libelle", "ght_code", "finess"),
        *("categorie", "etablissement", "commune", "code_postal"),
    )
    composition = read_ministry_list(write(tmp_path / DATED_NAME, headings, *OLD_LINES))
    assert len(composition.members) == 3


def test_the_newer_columns_name_the_support(tmp_path: Path) -> None:
    path = write(tmp_path / "liste.xlsx", NEW_HEADINGS, *NEW_LINES)
    composition = read_ministry_list(path, vintage="2024")
    assert composition.members["role"].to_list() == ["support", "partie"]
    assert composition.members["entity_name"].isna().all()
    assert composition.ghts.loc[0, "support_finess_ej"] == "100000017"
    assert composition.ghts.loc[0, "support_evidence"] == "published"
    assert composition.ghts.loc[0, "composition_vintage"] == "2024"


def test_all_faults_of_a_list_come_together(tmp_path: Path) -> None:
    path = write(
        tmp_path / DATED_NAME,
        NEW_HEADINGS,
        *NEW_LINES,
        ("Grand Est", "GE-06", "Aube et Sézannais", "100000017", "O"),
        ("Grand Est", "GE/07", "Sans", "12", "N"),
    )
    message = faults_of(read_ministry_list, path)
    assert "finess_ej en double : 100000017" in message
    assert "finess_ej invalide(s) : 12" in message
    assert "ght_code invalide(s) : GE/07" in message
    assert "plusieurs établissements support pour les GHT : GE-06" in message


def test_an_undated_list_with_two_names_for_a_code_is_told(tmp_path: Path) -> None:
    other = ("Grand Est", "GE-06", "Autre nom", "520780032", "N")
    path = write(tmp_path / "liste.xlsx", NEW_HEADINGS, *NEW_LINES, other)
    message = faults_of(read_ministry_list, path)
    assert "millésime inconnu" in message
    assert "plusieurs libellés pour un même code de GHT : GE-06" in message


def test_renamed_columns_are_listed(tmp_path: Path) -> None:
    headings = ("ARS_LIB", "GHT_CODE", "GHT_LIB", "NUMERO", "GHT_SUPPORT")
    message = faults_of(read_ministry_list, write(tmp_path / DATED_NAME, headings, *NEW_LINES))
    assert "colonne(s) absente(s) : FINESS_EJ" in message
    assert "numero" in message


def test_files_that_are_no_workbook_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "fichier absent" in faults_of(read_ministry_list, tmp_path / DATED_NAME)
    assert "ce n'est pas un classeur XLSX" in faults_of(read_ministry_list, RAW / "ghts.csv")
    path = write(tmp_path / DATED_NAME, NEW_HEADINGS, *NEW_LINES)
    monkeypatch.setattr(ministry, "MAX_WORKBOOK_BYTES", 10)
    assert "décompressée" in faults_of(read_ministry_list, path)
    assert "archive tronquée" in faults_of(read_ministry_list, cut(path))


@pytest.mark.parametrize(
    ("name", "vintage"),
    [
        ("dgos_ght_liste_2017_10_31.xlsx", "2017-10"),
        ("dgos_ght_liste_290119_2.xlsx", "2019-01"),
        ("liste-ght-2024.xlsx", "2024"),
        ("liste_ght_2024.xlsx", "2024"),
        ("liste.xlsx", None),
    ],
)
def test_the_date_of_a_list_is_in_its_name(name: str, vintage: str | None) -> None:
    assert vintage_of(name) == vintage


def test_blank_lines_do_not_count(tmp_path: Path) -> None:
    blank = (None, None, None, None, None)
    path = write(tmp_path / DATED_NAME, NEW_HEADINGS, *NEW_LINES, blank)
    members = read_ministry_list(path).members
    assert isinstance(members, pd.DataFrame)
    assert len(members) == 2
