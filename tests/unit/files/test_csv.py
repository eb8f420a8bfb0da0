"""CSV for French spreadsheets."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import UserError
from geo.files.csv import BOM, FORMULA_STARTS, file_name, neutralise, slug, to_csv


def read(content: bytes) -> list[list[str]]:
    text = content.decode()
    assert text.startswith(BOM)
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))


def test_a_table_is_written_for_a_french_spreadsheet() -> None:
    table = pd.DataFrame(
        {"Nom": ["Été", None], "km²": [1.5, None], "Hab.": pd.array([12, None], dtype="Int64")}
    )
    assert read(to_csv(table)) == [["Nom", "km²", "Hab."], ["Été", "1,5", "12"], ["", "", ""]]


def test_counts_have_no_decimals_and_flags_are_words() -> None:
    table = pd.DataFrame({"Année": [2023.0, None], "Général": [True, False], "%": [100.0, 99.5]})
    assert read(to_csv(table))[1:] == [["2023", "oui", "100,0"], ["", "non", "99,5"]]


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_a_formula_is_disarmed(start: str) -> None:
    assert neutralise(f"{start}1+1") == f"'{start}1+1"
    assert neutralise(f"  {start}x") == f"'  {start}x"


def test_numbers_and_plain_texts_are_left_alone() -> None:
    assert neutralise(-3.5) == -3.5
    assert neutralise("Aube – Sézannais") == "Aube – Sézannais"
    assert neutralise(None) is None


def test_negative_numbers_stay_numbers() -> None:
    assert read(to_csv(pd.DataFrame({"Écart": [-4.5]})))[1] == ["-4,5"]


@given(st.text(max_size=30))
def test_no_cell_ever_starts_like_a_formula(cell: str) -> None:
    table = pd.DataFrame({"=nom": [cell]})
    for row in read(to_csv(table)):
        assert not any(value.startswith(FORMULA_STARTS) for value in row)


def test_a_comma_separated_file_has_decimal_points() -> None:
    content = to_csv(pd.DataFrame({"a": [1.5], "b": ["x,y"]}), separator=",")
    assert content.decode() == BOM + 'a,b\r\n1.5,"x,y"\r\n'


def test_another_separator_is_refused() -> None:
    with pytest.raises(UserError, match=r"Séparateur « \| » refusé"):
        to_csv(pd.DataFrame({"a": [1]}), separator="|")


def test_an_empty_table_keeps_its_header() -> None:
    assert read(to_csv(pd.DataFrame({"Nom": []})))[0] == ["Nom"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aube et Sézannais", "aube-et-sezannais"),
        ("../../etc/passwd", "etc-passwd"),
        ("<b>Œuvre</b>", "b-oeuvre-b"),
        ("…", "sans-nom"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_slug_is_safe_in_any_file_system(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_file_name_says_what_it_holds() -> None:
    name = file_name(("Territoires", "Île-de-France"), "2026-11-21", "0123456789ab", "xlsx")
    assert name == "territoires_ile-de-france_2026-11_v0123456789ab.xlsx"
