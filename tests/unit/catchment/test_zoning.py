"""A person's zoning: every kind of bad file has its sentence, and nothing is dropped unsaid."""

import io
import zipfile

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.catchment import zoning
from geo.catchment.zoning import match_zoning, read_zoning
from geo.errors import GhtError, SourceError, UserError
from tests import builders

AREAS = ("GE-06", "GE-05")


def xlsx(*rows: tuple[str | float, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "header",
    [
        "insee_code,ght_code",
        "code_insee;ght",
        "Commune\tGHT",
        "CODE INSEE|code_ght",
        "x,codgeo,ght",
    ],
)
def test_columns_are_recognised_by_their_usual_names(header: str) -> None:
    separator = next(sign for sign in ";,\t|" if sign in header)
    count = header.count(separator)
    line = separator.join(["", "10001", "GE-06"][2 - count :])
    table = read_zoning("zonage.csv", f"{header}\n{line}\n".encode())
    assert table.to_dict("list") == {"insee_code": ["10001"], "area_code": ["GE-06"]}


def test_codes_that_a_spreadsheet_turned_into_numbers_are_completed() -> None:
    table = read_zoning("z.xlsx", xlsx(("insee_code", "ght"), (1001, "GE-06"), (10001.0, "GE-06")))
    assert table.insee_code.to_list() == ["01001", "10001"]


def test_the_encoding_of_french_spreadsheets_is_read() -> None:
    content = "commune;ght;été\n2a004;GE-06;é\n".encode("cp1252")
    assert read_zoning("z.CSV", content).insee_code.to_list() == ["2A004"]


BAD_FILES = {
    "empty": ("z.csv", b"  \n", "vide"),
    "header only": ("z.csv", b"commune,ght\n", "aucune ligne"),
    "missing column": ("z.csv", b"commune,nom\n10001,Troyes\n", "ght_code ou code_ght"),
    "both columns missing": ("z.csv", b"a,b\n1,2\n", "2 défauts"),
    "wrong encoding": ("z.csv", "commune,ght\n10001,GE-06\n".encode("utf-16"), "encodage"),
    "formula cells": ("z.csv", b"commune,ght\n=1+1,GE-06\n10001,=cmd()\n", "formules"),
    "formula cells in a workbook": ("z.xlsx", xlsx(("commune", "ght"), ("=A1", "X")), "formules"),
    "old workbook": ("z.xls", b"\xd0\xcf", "format refusé"),
    "macros": ("z.xlsm", b"PK", "format refusé"),
    "not a workbook": ("z.xlsx", b"commune,ght\n10001,GE-06", "pas un XLSX"),
    "unbalanced quote": ("z.csv", b'commune,ght\n"' + b"x" * 200_000, "illisible"),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_is_refused_in_a_sentence(case: str) -> None:
    name, content, said = BAD_FILES[case]
    with pytest.raises(GhtError, match=said) as caught:
        read_zoning(name, content)
    assert "Traceback" not in str(caught.value)


def test_all_faults_are_said_at_once() -> None:
    with pytest.raises(SourceError) as caught:
        read_zoning("z.csv", b"a,b\n1,2\n")
    assert len(caught.value.faults) == 2


def test_a_damaged_workbook_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<broken")
    with pytest.raises(UserError, match="XLSX illisible"):
        read_zoning("z.xlsx", stream.getvalue())


def test_a_zip_bomb_is_refused_before_it_is_opened() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000_000)
    with pytest.raises(UserError, match="trop gros"):
        read_zoning("z.xlsx", stream.getvalue())


def test_a_large_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="plus de 5 Mo"):
        read_zoning("z.csv", b"0" * (zoning.MAX_BYTES + 1))
    monkeypatch.setattr(zoning, "MAX_ROWS", 2)
    with pytest.raises(SourceError, match="plus de 2 lignes"):
        read_zoning("z.csv", b"commune,ght\n1,2\n3,4\n5,6\n")


def zoned(**pairs: list[str]) -> pd.DataFrame:
    return pd.DataFrame(pairs, dtype="str")


def test_the_report_lists_what_matches_and_what_does_not() -> None:
    """Seven rows for four communes: each row has one fate, and it is written."""
    communes = builders.communes(km=[0, 1, 2, 3], population=[10, 20, 30, 40])
    table = zoned(
        insee_code=["10001", "10001", "10002", "10002", "10003", "99999", "10003"],
        area_code=["GE-06", "GE-06", "GE-06", "GE-05", "XX-01", "GE-06", "XX-01"],
    )
    report = match_zoning(table, communes, AREAS)
    assert report.matched == ("10001",)
    assert report.duplicated == ("10001", "10003")
    assert report.conflicting == ("10002",)
    assert report.unknown_communes == ("99999",)
    assert report.unknown_ghts == ("XX-01",)
    assert report.missing == ("10004",)
    assert (report.row_count, report.population) == (7, 10)
    assert report.table.to_dict("list") == {"insee_code": ["10001"], "area_code": ["GE-06"]}


def test_an_empty_cell_is_shown_as_such() -> None:
    report = match_zoning(zoned(insee_code=["10001"], area_code=[""]), builders.communes(), AREAS)
    assert report.unknown_ghts == ("(vide)",)


@given(st.permutations(range(6)))
def test_the_order_of_rows_never_matters(order: list[int]) -> None:
    table = zoned(
        insee_code=["10001", "10002", "10002", "10003", "9", "10003"],
        area_code=["GE-06", "GE-05", "GE-06", "GE-05", "GE-06", "GE-05"],
    )
    communes = builders.communes(km=[0, 1, 2])
    report = match_zoning(table.iloc[order].reset_index(drop=True), communes, AREAS)
    expected = match_zoning(table, communes, AREAS)
    assert report.table.equals(expected.table)
    assert (report.matched, report.conflicting) == (expected.matched, expected.conflicting)
