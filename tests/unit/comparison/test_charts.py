"""Charts of the comparison: what is written is what the engine computed."""

import json
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import pytest

from geo.atlas.load import Atlas
from geo.comparison import words as wording
from geo.comparison.charts import (
    PAPER,
    POINT_KINDS,
    Mark,
    bin_labels,
    histogram,
    scatter,
    title_of,
)
from geo.comparison.ranking import spine, with_base_population
from geo.comparison.spine_chart import spine_chart
from geo.comparison.spread import relate, spread_of
from geo.drawing.charts import LOCALE, NUMBER_LABEL, log_ticks
from geo.drawing.palette import INK, SELECTED
from geo.territories.measures import MEASURES, Measure, territory_table


@pytest.fixture(scope="module")
def bundled(atlas: Atlas) -> pd.DataFrame:
    return with_base_population(territory_table(atlas), atlas)


def rows(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Every row of data of a chart, which is one that Vega-Lite knows, in French."""
    alt.LayerChart.from_dict(spec)
    assert spec["config"]["locale"] == LOCALE
    return [row for data in spec["datasets"].values() for row in data]


def test_a_unit_is_not_said_twice() -> None:
    assert title_of(MEASURES["population"]) == "Population (habitants)"
    assert title_of(Measure("x", "Communes", "communes", 0, True, "")) == "Communes"


@pytest.mark.parametrize("key", MEASURES)
def test_a_histogram_has_every_ght_and_names_the_chosen_one(
    bundled: pd.DataFrame, key: str
) -> None:
    ghts = bundled[bundled.kind == "ght"]
    spread = spread_of(bundled, key, MEASURES[key].decimals)
    spec = histogram(ghts, MEASURES[key], spread, Mark("GE-06"))
    data = rows(spec)
    assert sum(row["count"] for row in data if "count" in row) == spread.summary.known
    assert sum("code" in row for row in data) == spread.summary.known
    assert {"médiane", "Aube et Sézannais"} == {row["name"] for row in data if "name" in row}
    text = json.dumps(spec)
    assert json.dumps(NUMBER_LABEL)[1:-1] in text
    assert SELECTED in text


@pytest.mark.parametrize(
    ("low", "high", "named"),
    [
        (30_000, 3_000_000, [50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000]),
        (1, 900, [1, 3, 10, 30, 100, 300]),
        (0.5, 2e8, [10.0**power for power in range(9)]),
        (12, 90, [20, 50]),
    ],
)
def test_a_logarithmic_axis_names_every_power_of_ten(
    low: float, high: float, named: list[float]
) -> None:
    assert log_ticks(low, high) == named


def with_a_small_one(areas: pd.DataFrame) -> pd.DataFrame:
    """Give one GHT so few inhabitants that the classes are logarithmic."""
    return areas.assign(population=areas.population.mask(areas.area_code == "OCC-06", 30_500))


def test_the_axis_of_a_population_names_a_million(bundled: pd.DataFrame) -> None:
    wide = with_a_small_one(bundled)
    spread = spread_of(wide, "population", 0)
    spec = histogram(wide, MEASURES["population"], spread, Mark())
    named = spec["layer"][0]["encoding"]["x"]["axis"]["values"]
    assert {100_000, 1_000_000} <= set(named)
    assert max(named) < spread.bins.high.iloc[-1], "no name stands over the right edge"


def test_without_a_territory_only_the_median_is_named(bundled: pd.DataFrame) -> None:
    spread = spread_of(bundled, "population", 0)
    for code in (None, "HF-13"):
        spec = histogram(bundled, MEASURES["population"], spread, Mark(code))
        assert {row["name"] for row in rows(spec) if "name" in row} == {"médiane"}


def test_names_on_lines_stay_apart(bundled: pd.DataFrame) -> None:
    spread = spread_of(bundled, "mean_travel_time_min", 0)
    measure = MEASURES["mean_travel_time_min"]
    ghts = bundled[(bundled.kind == "ght") & bundled.mean_travel_time_min.notna()]
    chosen = ghts.sort_values("mean_travel_time_min")
    for code, expected in (
        (chosen.area_code.iloc[0], "left"),
        (chosen.area_code.iloc[-1], "right"),
    ):
        spec = histogram(bundled, measure, spread, Mark(code, is_dark=True))
        texts = [layer["mark"] for layer in spec["layer"] if layer["mark"]["type"] == "text"]
        assert texts[1]["align"] == expected
        assert spec["config"]["text"]["color"] == PAPER


def test_classes_are_named_in_french(bundled: pd.DataFrame) -> None:
    labels = bin_labels(spread_of(with_a_small_one(bundled), "population", 0), 0)
    assert labels[0] == "de 30\u202f000 à moins de 50\u202f000"
    assert labels[-1] == "de 2\u202f000\u202f000 à 3\u202f000\u202f000"
    assert bin_labels(spread_of(bundled, "member_count", 0), 0)[0] == "1"
    small = bundled.assign(x=np.linspace(0, 1, len(bundled)))
    assert bin_labels(spread_of(small, "x", 1), 1)[0] == "de 0,0 à moins de 0,1"


def test_a_scatter_names_the_chosen_and_the_outliers(bundled: pd.DataFrame) -> None:
    relation = relate(bundled, "population", "mean_travel_time_min")
    x, y = MEASURES["population"], MEASURES["mean_travel_time_min"]
    spec = scatter(relation, x, y, Mark("GE-06", "44", is_dark=True))
    data = [row for row in rows(spec) if "kind" in row]
    assert set(POINT_KINDS) == {row["kind"] for row in data}
    texts = [layer for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    named = {row["text"] for layer in texts for row in spec["datasets"][layer["data"]["name"]]}
    own = relation.points[relation.points.area_code == "GE-06"].iloc[0]
    value = f"Aube et Sézannais : {x.text(own.x)} ; {y.text(own.y)}"
    outliers = set(relation.points.area_name[relation.points.is_outlier])
    assert named == outliers | {value}
    last = spec["layer"][-1]
    (chosen,) = spec["datasets"][last["data"]["name"]]
    assert chosen["kind"] == wording.KIND_CHOSEN, "drawn last: nothing covers it"
    assert last["mark"]["size"] > spec["layer"][1]["mark"]["size"]
    assert any(layer["mark"]["type"] == "line" for layer in spec["layer"])


def test_a_scatter_without_a_trend_has_no_line(bundled: pd.DataFrame) -> None:
    relation = relate(bundled.head(5), "population", "area_km2")
    spec = scatter(relation, MEASURES["population"], MEASURES["area_km2"], Mark())
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["point"]
    assert {row["kind"] for row in rows(spec)} == {wording.KIND_OTHER}


def test_a_profile_has_a_line_per_measure_and_no_mark_where_unknown(bundled: pd.DataFrame) -> None:
    spec = spine_chart(spine(bundled, "HF-13"), ("Psychiatrie", "Région : x"), Mark())
    marks = [row for row in rows(spec) if row.get("kind") == "Psychiatrie"]
    assert {row["label"] for row in marks} == {"Établissements membres"}
    assert INK in json.dumps(spec)


def test_a_profile_says_the_value_at_the_right_of_each_row(bundled: pd.DataFrame) -> None:
    spec = spine_chart(spine(bundled, "GE-06"), ("Aube", "Région : x"), Mark())
    axes = [layer["encoding"]["y"]["axis"] for layer in spec["layer"] if "y" in layer["encoding"]]
    (right,) = [axis for axis in axes if axis and axis.get("orient") == "right"]
    own = bundled[bundled.area_code == "GE-06"].population.iloc[0]
    assert f'"Population": "{MEASURES["population"].text(own)}"' in right["labelExpr"]
    assert "Partenariats" not in json.dumps(spec), "a partial list is not compared"
