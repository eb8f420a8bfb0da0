"""Circles of counts: their areas are in proportion to the values."""

import pandas as pd
import pytest

from geo.drawing import palette, screen_map
from geo.drawing.circles import LARGEST, circles
from geo.drawing.classes import classify
from geo.drawing.paper_circles import POINTS_PER_PIXEL, circle_key
from geo.territories.activity import INDICATORS
from geo.ui.shared.html import circles_html

VALUES = pd.Series([2_000_000, 500_000, 20_000, 0, None], dtype="Int64")


def test_areas_are_in_proportion_to_values() -> None:
    found = circles(VALUES)
    known = VALUES.dropna().astype("float64")
    for radius, value in zip(found.radii.dropna(), known, strict=True):
        assert radius**2 == pytest.approx(value / 2_000_000 * LARGEST**2)
    assert found.radii.isna().tolist() == [False, False, False, False, True]


def test_the_legend_has_round_values_and_the_scale_of_the_map() -> None:
    found = circles(pd.Series([2_150_000, 43_000]))
    assert list(found.steps) == [2_000_000, 500_000, 100_000]
    assert found.radius(500_000) * 2 == pytest.approx(found.radius(2_000_000))
    assert f"{2 * found.radius(2_000_000)}px" in circles_html(found, 0)


def test_nothing_known_has_no_circle() -> None:
    assert circles(pd.Series([None, None], dtype="Int64")).steps == ()
    assert circles(pd.Series([0, 0])).radii.tolist() == [0, 0]
    assert circles_html(circles(pd.Series([0])), 0)


def test_the_map_its_legend_and_the_picture_have_the_same_circles() -> None:
    areas = pd.DataFrame({"area_code": list("abcde"), "kind": "ght"})
    found = circles(VALUES)
    view = screen_map.circle_view(areas, found, 0)
    key = circle_key(found, list(areas.area_code), 0)
    assert view["circles"] == [260, 130, 26, 0, 0]
    assert key.radii == pytest.approx({"a": 26 * POINTS_PER_PIXEL, "b": 13 * POINTS_PER_PIXEL,
                                       "c": 2.6 * POINTS_PER_PIXEL})  # fmt: skip
    assert [text for _, text in key.steps] == view["legend"]
    assert [radius / POINTS_PER_PIXEL for radius, _ in key.steps] == pytest.approx(
        view["steps"], abs=0.05
    )


def test_an_area_that_has_a_circle_has_no_tint() -> None:
    areas = pd.DataFrame({"area_code": list("abcde"), "kind": "ght"})
    view = screen_map.circle_view(areas, circles(VALUES), 0)
    texts = ["x"] * len(areas)
    painted = screen_map.paint_values(areas, classify(VALUES), ("Lits", ""), texts, view)
    assert painted["classes"] == "0000?"
    assert painted["colors"] == [palette.LAND]


def test_counts_are_drawn_as_circles_and_rates_as_tints() -> None:
    assert all(measure.is_count != (measure.kind == "rate") for measure in INDICATORS.values())
    for key in ("population", "beds", "deliveries", "emergency_visits", "area_km2"):
        assert INDICATORS[key].is_count
    for key in ("density_per_km2", "mean_travel_time_min", "population_change_percent", "mri_rate"):
        assert not INDICATORS[key].is_count
    per = [measure for measure in INDICATORS.values() if measure.unit.startswith(("%", "pour "))]
    assert not any(measure.is_count for measure in per)


def test_what_is_collected_in_part_is_not_known_where_nothing_was_found() -> None:
    values = pd.Series([0, 3])
    assert INDICATORS["partnership_count"].drawn(values).isna().tolist() == [True, False]
    assert INDICATORS["beds"].drawn(values).equals(values)
