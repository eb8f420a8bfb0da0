"""A person's zoning: every kind of bad file has its sentence, and nothing is dropped unsaid."""

import io
import time
import zipfile

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas.load import Atlas
from geo.atlas.resolve import make_directory
from geo.catchment import zoning, zoning_match
from geo.catchment.zoning import Zoning, read_zoning
from geo.catchment.zoning_match import MatchReport, Places, match_zoning, places_of_atlas
from geo.errors import GhtError, SourceError, UserError
from geo.files.contents import extract
from geo.files.csv import to_csv
from geo.files.french import in_french
from geo.files.workbook import to_xlsx
from tests import builders, ods

COLUMNS = ["insee_code", "area_code"]
AREAS = make_directory("area", {"GE-06": "Aube et Sézannais", "GE-05": "Marne"})


def places(communes: pd.DataFrame) -> Places:
    names = dict(zip(communes.insee_code, communes.commune_name, strict=True))
    population = communes.set_index("insee_code").population
    return Places(population, make_directory("commune", names), AREAS)


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
    table = read_zoning("zonage.csv", f"{header}\n{line}\n".encode()).table
    assert table.to_dict("list") == {"insee_code": ["10001"], "area_code": ["GE-06"]}


def test_codes_that_a_spreadsheet_turned_into_numbers_are_completed_and_said() -> None:
    content = xlsx(("insee_code", "ght"), (1001, "GE-06"), (10001.0, "GE-06"))
    communes = builders.communes(km=[0, 1], insee_code=["01001", "10001"])
    report = match_zoning(read_zoning("z.xlsx", content), places(communes))
    assert report.matched == ("01001", "10001")
    assert report.lines.to_numpy().tolist() == [["2", "1001", "01001", "zéro de tête rétabli"]]


def test_the_encoding_of_french_spreadsheets_is_read() -> None:
    content = "commune;ght;été\n2a004;GE-06;é\n".encode("cp1252")
    assert read_zoning("z.CSV", content).table.insee_code.to_list() == ["2a004"]


BAD_FILES = {
    "empty": ("z.csv", b"  \n", "vide"),
    "header only": ("z.csv", b"commune,ght\n", "aucune ligne"),
    "missing column": ("z.csv", b"commune,nom\n10001,Troyes\n", "ght_code ou code_ght"),
    "both columns missing": ("z.csv", b"a,b\n1,2\n", "2 défauts"),
    "wrong encoding": ("z.csv", "commune,ght\n10001,GE-06\n".encode("utf-16-le"), "encodage"),
    "half a character": ("z.csv", "commune,ght\n".encode("utf-16") + b"a", "encodage"),
    "formula cells": ("z.csv", b"commune,ght\n=1+1,GE-06\n10001,=cmd()\n", "formules"),
    "formula cells in a workbook": ("z.xlsx", xlsx(("commune", "ght"), ("=A1", "X")), "formules"),
    "old workbook": ("z.xls", b"\xd0\xcf\x11\xe0\xa1", "ancien classeur Excel"),
    "old workbook renamed": ("z.xlsx", b"\xd0\xcf\x11\xe0\xa1", "ancien classeur Excel"),
    "web page": ("z.xls", b"<html><table><tr><td>commune</td></tr></table>", "page web"),
    "macros": ("z.xlsm", b"PK", "format refusé"),
    "not a workbook": ("z.xlsx", b"commune,ght\n10001,GE-06", "ni un XLSX ni un ODS"),
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
    with pytest.raises(UserError, match="classeur illisible"):
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
    report = match_zoning(Zoning(table), places(communes))
    assert report.matched == ("10001",)
    assert report.duplicated == ("10001", "10003")
    assert report.conflicting == ("10002",)
    assert report.unknown_communes == ("99999",)
    assert report.unknown_ghts == ("XX-01",)
    assert report.missing == ("10004",)
    assert (report.row_count, report.population) == (7, 10)
    assert report.table[COLUMNS].to_numpy().tolist() == [["10001", "GE-06"]]


def test_an_empty_cell_is_shown_as_such() -> None:
    table = zoned(insee_code=["10001"], area_code=[""])
    report = match_zoning(Zoning(table), places(builders.communes()))
    assert report.unknown_ghts == ("(vide)",)


@given(st.permutations(range(6)))
def test_the_order_of_rows_never_matters(order: list[int]) -> None:
    table = zoned(
        insee_code=["10001", "10002", "10002", "10003", "9", "10003"],
        area_code=["GE-06", "GE-05", "GE-06", "GE-05", "GE-06", "GE-05"],
    )
    communes = builders.communes(km=[0, 1, 2])
    drawn = Zoning(table.iloc[order].reset_index(drop=True))
    report = match_zoning(drawn, places(communes))
    expected = match_zoning(Zoning(table), places(communes))
    assert report.table.equals(expected.table)
    assert (report.matched, report.conflicting) == (expected.matched, expected.conflicting)


# Files as people have them


@pytest.fixture(scope="module")
def country(atlas: Atlas) -> Places:
    return places_of_atlas(atlas)


def met(country: Places, content: bytes, name: str = "z.csv") -> MatchReport:
    return match_zoning(read_zoning(name, content), country)


HEADINGS = {
    "Texte Unicode": ("commune\tght\n10387\tGE-06\n".encode("utf-16"), ()),
    "sep": (b"sep=;\r\ncommune;ght\r\n10387;GE-06\r\n", ()),
    "BOM and capitals": ("\ufeffCOMMUNE;GHT\n10387;GE-06\n".encode(), ()),
    "title lines": (
        b"Zonage du territoire, version 2\n\nCommune;GHT;Temps\n10387;GE-06;12,5\n",
        ("L'en-tête est lu à la ligne 3.",),
    ),
    "commas that are decimals": (b"commune;ght;temps\n10387;GE-06;1,5\n", ()),
}


@pytest.mark.parametrize("case", HEADINGS)
def test_the_heading_is_found_where_it_is(country: Places, case: str) -> None:
    content, told = HEADINGS[case]
    report = met(country, content)
    assert (report.matched, report.told) == (("10387",), told)


def test_the_sheet_that_fits_is_read_and_named(country: Places) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Lisez-moi"
    book.worksheets[0].append(["Zonage proposé", "version 2"])
    sheet = book.create_sheet("Données")
    for row in (
        [],
        ["Mon zonage"],
        ["Commune", "GHT"],
        ["Troyes", "GHT de l'Aube et du Sézannais"],
    ):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    report = met(country, stream.getvalue(), "z.xlsx")
    assert report.matched == ("10387",)
    assert report.told == ("La feuille « Données » est lue.", "L'en-tête est lu à la ligne 3.")


@pytest.mark.parametrize("name", ["z.ods", "z.xlsx", "z.xls"])
def test_an_ods_is_read_whatever_its_suffix(country: Places, name: str) -> None:
    rows = [
        ods.line(),
        ods.row(ods.cell(), ods.cell("commune"), ods.cell("ght")),
        ods.row(ods.cell(), times=3),
        ods.row(ods.cell(), ods.cell(1004), ods.cell("GE-06"), ods.cell(times=16_000)),
        ods.row(ods.cell(), ods.cell(10387), ods.cell("GE-06"), times=2),
        ods.FOOT,
    ]
    report = met(country, ods.book(*rows), name)
    assert report.matched == ("01004", "10387")
    assert report.duplicated == ("10387",)
    assert report.lines["Lignes"].to_list() == ["6"], "rows as the spreadsheet numbers them"


def test_a_formula_of_an_ods_is_refused(country: Places) -> None:
    formula = ods.cell("GE-06", formula="of:=[.A1]")
    content = ods.book(ods.HEADER, ods.row(ods.cell(10387), formula))
    with pytest.raises(SourceError, match=r"formules : =\[\.A1\]"):
        met(country, content, "z.ods")


def test_names_are_understood_line_by_line_and_never_guessed(country: Places) -> None:
    text = "commune;ght\nSt-Etienne;ght de la loire\nCelles;GHT Loire\nLyonn;Loire\n99999;LOIRE\n"
    report = met(country, text.encode())
    assert report.table[COLUMNS].to_numpy().tolist() == [["42218", "ARA-09"]]
    assert report.unknown_communes == ("99999", "Celles", "Lyonn")
    said = dict(zip(report.lines["Lu"], report.lines["Ce qui en est fait"], strict=True))
    assert said["St-Etienne"] == "lu par son nom : Saint-Étienne"
    assert said["ght de la loire"] == "lu par son nom : Loire"
    assert "désigne 5 codes" in said["Celles"]
    assert "Lyon (69123)" in said["Lyonn"]
    assert "pas en vigueur" in said["99999"]


def test_arrondissements_are_folded_when_they_agree_and_the_conflict_is_named(
    country: Places,
) -> None:
    agreeing = "".join(f"{code};IDF-01\n" for code in range(75101, 75121))
    other = "69381;ARA-09\nLyon 2e;ARA-22\n"
    report = met(country, f"commune;ght\n{agreeing}{other}".encode())
    assert report.matched == ("75056",)
    assert report.duplicated == ()
    assert report.conflicting == ("69123",)
    assert len(report.lines) == 22


def test_communes_counted_with_another_and_old_codes_are_used_and_said(country: Places) -> None:
    report = met(country, b"commune;ght\n14666;NOR-01\n98511;OI-01\n97123;GUA-01\n")
    assert report.table.insee_code.to_list() == ["14712", "97611"]
    assert report.unknown_communes == ("97123",)
    assert "hors de l'atlas" in report.lines["Ce qui en est fait"].iloc[-1]


def test_former_communes_are_taken_under_their_commune_of_today_and_said(country: Places) -> None:
    """Two that merged and agree make one; two that do not are named."""
    text = "commune;ght\n01330;ARA-01\nHotonnes;ARA-01\n12076;OCC-01\n01324;ARA-01\n01245;ARA-02\n"
    report = met(country, text.encode())
    assert report.table.insee_code.to_list() == ["01187", "12218"]
    assert report.conflicting == ("01245",)
    assert report.duplicated == ()
    said = dict(zip(report.lines["Lu"], report.lines["Ce qui en est fait"], strict=True))
    assert said["01330"].endswith("fusionnée dans Haut Valromey depuis le 1er janvier 2025")
    assert "Conques-en-Rouergue, changé le 4 mars 2024" in said["12076"]


def test_a_postcode_of_one_commune_is_that_one_and_of_several_none(country: Places) -> None:
    report = met(country, b"commune;ght\n10000;GE-06\n01500;ARA-01\n")
    assert report.table.insee_code.to_list() == ["10387"]
    assert report.unknown_communes == ("01500",)
    assert "Ambronay (01007)" in report.lines["Ce qui en est fait"].iloc[-1]


def test_postal_codes_are_asked_about(country: Places, atlas: Atlas) -> None:
    codes = atlas.establishments.postal_code.drop_duplicates()[:200]
    content = "commune;ght\n" + "".join(f"{code};GE-06\n" for code in codes)
    with pytest.raises(UserError, match="sont-ils des codes postaux"):
        met(country, content.encode())


def as_a_french_spreadsheet(table: pd.DataFrame) -> bytes:
    """Save again as French spreadsheets do: codes become numbers, Windows' letters, semicolons."""
    opened = pd.read_csv(io.BytesIO(to_csv(table)), sep=";", decimal=",", encoding="utf-8-sig")
    return opened.to_csv(index=False, sep=";", decimal=",", encoding="cp1252").encode("cp1252")


@pytest.mark.parametrize("form", ["csv", "xlsx", "saved again"])
@pytest.mark.parametrize(
    ("what", "region"), [("communes", "11"), ("communes", "84"), ("zones", "94")]
)
def test_our_own_export_of_communes_is_taken_back(
    country: Places, atlas: Atlas, what: str, region: str, form: str
) -> None:
    made = extract(atlas, what, region=region)
    told = in_french(atlas, made)
    writers = {
        "csv": lambda: to_csv(told.table),
        "xlsx": lambda: to_xlsx(told, "2026-11-30"),
        "saved again": lambda: as_a_french_spreadsheet(told.table),
    }
    report = met(country, writers[form](), "z.xlsx" if form == "xlsx" else "z.csv")
    assert report.matched == tuple(made.table.insee_code)
    assert report.table.area_code.to_list() == made.table.area_code.to_list()
    assert not report.unknown_communes
    assert not report.unknown_ghts


def test_the_time_of_unknown_rows_grows_with_their_number(country: Places) -> None:
    """Two seconds for 50,000, without what measures the coverage."""
    spent: list[float] = []
    for count in (5_000, 50_000):
        lines = "".join(f"Ailleurs {n};GE-06\n" for n in range(count))
        began = time.process_time()
        report = met(country, f"commune;ght\n{lines}".encode())
        spent.append(time.process_time() - began)
        assert len(report.unknown_communes) == count
    assert spent[1] < 25 * spent[0], "with the square, a hundred times"


# Zones of any name


def test_zones_of_any_name_are_told_from_ghts_by_their_names() -> None:
    communes = builders.communes(km=[0, 1, 2], population=[10, 20, 30])
    text = "code_insee;secteur\n10001;Nord\n10002;NORD\n10003;Sud\n"
    report = match_zoning(read_zoning("z.csv", text.encode()), places(communes))
    assert report.meaning == "libre"
    assert report.population == 60
    assert report.table.area_name.tolist() == ["NORD", "NORD", "Sud"]
    assert report.table.area_code.nunique() == 2
    named = "code_insee;zone\n10001;GE-06\n10002;Marne\n10003;Sud\n"
    ghts = match_zoning(read_zoning("z.csv", named.encode()), places(communes))
    assert (ghts.meaning, ghts.unknown_ghts) == ("ght", ("Sud",))
    forced = match_zoning(read_zoning("z.csv", named.encode()), places(communes), "libre")
    assert forced.table.area_name.tolist() == ["GE-06", "Marne", "Sud"]


def test_an_unknown_heading_is_guessed_aloud_and_can_be_chosen() -> None:
    text = "code_insee;habitants;Pôle;Filière\n10001;5;A;x\n10002;6;A;x\n10003;7;B;y\n"
    found = read_zoning("z.csv", text.encode())
    assert found.column == "Pôle"
    assert "la colonne « Pôle »" in found.told[0]
    assert found.columns == ("habitants", "Pôle", "Filière")
    chosen = read_zoning("z.csv", text.encode(), "Filière")
    assert chosen.table.area_code.tolist() == ["x", "x", "y"]


def test_a_technical_row_under_the_heading_is_no_commune() -> None:
    text = "Nom de la commune;Territoire\ncommune_name;area_name\nTroyes;Sud\n"
    assert read_zoning("z.csv", text.encode()).table.to_numpy().tolist() == [["Troyes", "Sud"]]


def test_too_many_zones_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zoning_match, "MAX_ZONES", 1)
    table = zoned(insee_code=["10001", "10002"], area_code=["Nord", "Sud"])
    with pytest.raises(UserError, match=r"2.zones de noms différents"):
        match_zoning(Zoning(table), places(builders.communes(km=[0, 1])), "libre")


def test_a_partial_zoning_is_completed_by_a_model() -> None:
    table = zoned(insee_code=["10002"], area_code=["ZONE-0001"], area_name=["Nord"])
    model = zoned(insee_code=["10001", "10002"], area_code=["GE-05", "GE-06"])
    whole = zoning_match.completed(table, model)
    assert whole.to_numpy().tolist() == [["10001", "GE-05", ""], ["10002", "ZONE-0001", "Nord"]]
