"""Tables made to be read."""

import pandas as pd
import pytest

from geo.territories import tables
from geo.territories.measures import territory_table
from tests import builders


@pytest.fixture
def areas() -> pd.DataFrame:
    atlas = builders.atlas()
    return tables.with_region_names(territory_table(atlas), atlas)


def test_columns_are_named_in_french(areas: pd.DataFrame) -> None:
    table = tables.figure_table(areas)
    assert list(table.columns[:3]) == ["Code", "Territoire", "Type"]
    assert set(table["Type"]) <= {"GHT", "Hors GHT", "Non rattaché"}


def test_ghts_come_first_and_the_unassigned_last(areas: pd.DataFrame) -> None:
    kinds = tables.figure_table(areas)["Type"].tolist()
    order = ["GHT", "Hors GHT", "Non rattaché"]
    assert kinds == sorted(kinds, key=order.index)


def test_a_region_keeps_its_own_areas(areas: pd.DataFrame) -> None:
    assert len(tables.in_region(areas, None)) == len(areas)
    assert tables.in_region(areas, "44").reg_code.eq("44").all()
    assert tables.in_region(areas, "99").empty


def test_decimals_are_those_of_the_column() -> None:
    table = pd.DataFrame({"Densité (hab./km²)": [48.821, None], "Superficie (km²)": [6698.8, 1.2]})
    assert tables.rounded(table)["Densité (hab./km²)"].tolist()[0] == 48.8
    assert tables.rounded(table)["Superficie (km²)"].tolist() == [6699.0, 1.0]


def test_only_published_figures_are_compared(areas: pd.DataFrame) -> None:
    table = tables.published_table(areas)
    assert table["Population publiée"].notna().all()
    assert len(table) == 1


@pytest.mark.parametrize(
    ("text", "rows"), [("", 3), ("etienne", 1), ("ÉTIENNE 42", 1), ("absent", 0), ("loire", 2)]
)
def test_rows_are_filtered_by_words(text: str, rows: int) -> None:
    table = pd.DataFrame(
        {"a": ["Saint-Étienne", "Roanne", "Troyes"], "b": ["Loire 42", "Loire", None]}
    )
    assert len(tables.filter_rows(table, text)) == rows


@pytest.mark.parametrize("text", ["", "loire"])
def test_an_empty_table_keeps_its_columns(text: str) -> None:
    empty = pd.DataFrame({"a": pd.Series(dtype="str"), "b": pd.Series(dtype="Int64")})
    kept = tables.filter_rows(empty, text)
    assert (list(kept.columns), len(kept)) == (["a", "b"], 0)
