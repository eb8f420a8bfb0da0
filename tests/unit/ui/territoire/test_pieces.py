"""The pieces of the page of one territory: bands, statements, charts, recipes."""

from html import unescape
from pathlib import Path
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import ValidationError  # type: ignore[import-untyped]  # publishes no types

from geo.drawing.charts import Spec
from geo.files.csv import profile_name
from geo.profile import statements
from geo.profile import words as wording
from geo.profile.charts import bands_chart, communes_chart, rows_height
from geo.profile.statements import statements_of
from geo.territories.access import access_of, time_bands
from geo.territories.recipe import Ingredient, Recipe
from geo.ui.shared.recipes import recipe_html
from geo.ui.territoire.html import frame_html, rows_html

ATTACK = "<script>alert(1)</script>"
COLUMNS = ["ght_code", "topic", "statement", "year", "year_certainty", "title", "publisher"]


def communes(minutes: list[float], people: list[int]) -> pd.DataFrame:
    return pd.DataFrame({"travel_time_min": minutes, "population": people})


def test_bands_hold_their_upper_bound_and_stop_at_the_last_commune() -> None:
    bands = time_bands(communes([0.0, 5.0, 5.1, 15.0], [10, 20, 30, 40]))
    assert bands.high_min.to_list() == [5.0, 10.0, 15.0]
    assert bands.population.to_list() == [30, 30, 40]
    assert bands.commune_count.to_list() == [2, 1, 1]
    assert bands.share_percent.to_list() == [30.0, 30.0, 40.0]
    assert bands.cumulated_percent.to_list() == [30.0, 60.0, 100.0]


def test_an_empty_band_below_others_is_kept_and_the_last_is_open() -> None:
    bands = time_bands(communes([1.0, 300.0], [10, 10]))
    assert bands.population.to_list() == [10, 0, 0, 0, 0, 0, 0, 10]
    assert np.isinf(bands.high_min.iloc[-1])


@pytest.mark.parametrize("minutes", [[], [np.nan, np.nan]])
def test_no_known_time_makes_no_band(minutes: list[float]) -> None:
    assert time_bands(communes(minutes, [5] * len(minutes))).empty


def test_nobody_makes_no_division_by_zero() -> None:
    assert time_bands(communes([3.0], [0])).share_percent.to_list() == [0.0]


@given(
    st.lists(
        st.tuples(st.one_of(st.just(float("nan")), st.floats(0, 500)), st.integers(0, 10**6)),
        max_size=30,
    )
)
def test_bands_add_up_to_the_inhabitants_whose_time_is_known(
    rows: list[tuple[float, int]],
) -> None:
    table = communes([row[0] for row in rows], [row[1] for row in rows])
    known = table[table.travel_time_min.notna()]
    bands = time_bands(table)
    assert bands.population.sum() == known.population.sum()
    assert bands.commune_count.sum() == len(known)
    shares = access_of(table).shares
    within = bands[bands.high_min <= 30].share_percent.sum()
    assert within == pytest.approx(shares.get(30, 0.0))


# Statements


def test_each_statement_has_its_article() -> None:
    table = statements._known()
    assert set(COLUMNS) < set(table.columns)
    assert table.notna().all(axis=None)
    assert table.source_url.str.startswith("https://").all()
    assert set(table.year_certainty) <= {"stated", "inferred"}
    assert not table.duplicated(["ght_code", "topic", "source_url"]).any()


def test_a_ght_without_article_has_no_statement() -> None:
    assert statements_of("IDF-01").empty
    assert statements_of(None).empty
    assert "ght_code" not in statements_of("GE-06")


# Charts


def rows_of(spec: Spec) -> list[dict[str, Any]]:
    """The rows of a chart that Vega-Lite knows: nothing else checks it before the browser."""
    (alt.LayerChart if "layer" in spec else alt.Chart).from_dict(spec)
    (data,) = spec["datasets"].values()
    return list(data)


def test_a_chart_that_vega_lite_does_not_know_is_refused() -> None:
    with pytest.raises(ValidationError, match="batons"):
        rows_of({"mark": "batons", "datasets": {"d": []}})


def test_a_row_without_share_is_left_to_the_table() -> None:
    names = wording.BAND_COLUMNS
    bands = pd.DataFrame(
        [["0 à 5 min", 1234, 100.0, 100.0, 2], ["inconnu", 5, None, None, 1]],
        columns=list(names.values()),
    )
    data = rows_of(bands_chart(bands))
    assert [row["temps"] for row in data] == ["0 à 5 min"]
    assert data[0]["habitants"] == "1\u202f234"
    assert data[0]["partDite"] == "100,0 %"


def test_twin_communes_stay_apart() -> None:
    names = wording.COMMUNE_COLUMNS
    rows = [
        ["01001", "Sainte-Croix", 10, 2023, 1.0, 2.6, 1.0, "a", None, None, None],
        ["71001", "Sainte-Croix", 9, 2023, 1.0, None, None, "a", None, None, None],
        ["71002", "Seule", 8, 2023, 1.0, 43.6, 38.0, "a", None, None, None],
    ]
    table = pd.DataFrame(rows, columns=list(names.values()))
    data = rows_of(communes_chart(table))
    assert [row["commune"] for row in data] == [
        "Sainte-Croix (01001)", "Sainte-Croix (71001)", "Seule",
    ]  # fmt: skip
    assert [row["temps"] for row in data] == ["moins de 5\u00a0min", "inconnu", "45\u00a0min"]
    assert rows_height(0) < rows_height(3)


# HTML


def test_a_recipe_is_escaped_and_says_what_is_unknown() -> None:
    part = Ingredient(ATTACK, None, "habitants", "", "")
    made = Recipe(
        "population", "GE-06", ATTACK, "habitants", None, ATTACK, (part,), ATTACK, "population",
        ATTACK, ATTACK,
    )  # fmt: skip
    body = recipe_html(made)
    assert "<script" not in body
    assert "inconnu" in body
    assert "<details" in body


def test_a_recipe_without_inputs_says_so() -> None:
    made = Recipe("a", "b", "Mesure", "%", 0.5, "Calcul", (), "commande", "a", "m", "v")
    body = recipe_html(made)
    assert wording.RECIPE_NO_INPUT in unescape(body)
    assert "0,50\u00a0%" in body


def test_cells_are_written_by_their_type() -> None:
    table = pd.DataFrame(
        {"Nom": [ATTACK], "Année": [2023], "Part (%)": [12.345], "Adresse": ["https://exemple.fr/a"],
         "Vide": [None]}
    )  # fmt: skip
    body = frame_html(table, ATTACK, "Nom")
    assert "<script" not in body
    assert ">2023<" in body
    assert ">12,3<" in body
    assert '<a href="https://exemple.fr/a"' in body
    assert ">exemple.fr<" in body
    assert "<td>–</td>" in body
    assert '<th scope="col" class="n">Part (%)</th>' in body


def test_a_table_without_rows_keeps_its_header() -> None:
    assert "<tbody></tbody>" in rows_html(["A"], [], "Titre")


def test_the_name_of_a_profile_says_what_it_holds() -> None:
    name = profile_name("GE-06", "Aube et Sézannais", "2026-11-30", "abc")
    assert name == "portrait_aube-et-sezannais_ge-06_2026-11_vabc.pdf"
    assert Path(name).name == name
