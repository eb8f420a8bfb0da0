"""Inhabitants of territories: weighted means, rates from sums, and what they rest on."""

import numpy as np
import pandas as pd
import pytest

from geo.territories.measures import MEASURES, territory_table
from geo.territories.people import COVERAGE, RATIOS, known_communes, known_of, people_figures
from geo.territories.recipe import recipe
from tests import builders

pytestmark = pytest.mark.spec


def country(**people: object) -> pd.DataFrame:
    """Three communes of 600, 300 and 100 inhabitants: the first two in A, the last in B."""
    land = builders.communes(
        km=[0, 1, 2], population=[600, 300, 100], population_2021=[500, 250, 100],
        births_2022=[5, None, 1], active_15_64_2021=[200, 100, 0],
        unemployed_15_64_2021=[10, 20, 0],
    )  # fmt: skip
    return known_communes(land, builders.people(land.insee_code.to_list(), **people))


AREAS = builders.assignments(insee_code=["10001", "10002", "10003"], area_code=["A", "A", "B"])


def test_a_share_is_weighted_by_inhabitants() -> None:
    """30 % of 600 and 15 % of 300: 225 of 900, a quarter."""
    land = country(aged_65_over_percent=[30.0, 15.0, 10.0])
    figures = people_figures(AREAS, land)
    assert figures.aged_65_over_percent.to_dict() == pytest.approx({"A": 25.0, "B": 10.0})
    assert figures["aged_65_over_percent" + COVERAGE].to_list() == [100, 100]


def test_an_unknown_commune_weighs_nothing_and_is_said() -> None:
    land = country(median_income_eur=[20000.0, None, None])
    figures = people_figures(AREAS, land)
    assert figures.median_income_eur["A"] == pytest.approx(20000)
    assert figures["median_income_eur" + COVERAGE]["A"] == pytest.approx(600 / 9)
    assert pd.isna(figures.median_income_eur["B"]), "unknown, never zero"
    assert figures["median_income_eur" + COVERAGE]["B"] == 0


def test_below_half_of_the_inhabitants_nothing_is_claimed() -> None:
    figures = people_figures(AREAS, country(poverty_percent=[None, 40.0, 12.0]))
    assert pd.isna(figures.poverty_percent["A"]), "a third of the inhabitants do not speak for all"
    assert figures.poverty_percent["B"] == 12


def test_a_rate_comes_from_sums_where_both_are_known() -> None:
    """Births of 10002 are unknown: 5 for 500; unemployed 30 for 300; nobody active in B."""
    figures = people_figures(AREAS, country())
    assert figures.births_per_1000.to_dict() == pytest.approx({"A": 10.0, "B": 10.0})
    assert figures.unemployment_percent["A"] == pytest.approx(10.0)
    assert pd.isna(figures.unemployment_percent["B"])


def test_a_commune_outside_every_area_counts_nowhere() -> None:
    figures = people_figures(AREAS[AREAS.area_code == "B"], country())
    assert figures.index.to_list() == ["B"]
    assert not np.isinf(figures).any(axis=None)


def test_what_a_figure_rests_on_gives_it_again() -> None:
    known = known_of("births_per_1000", country().iloc[:2])
    assert (known.top, known.bottom, known.commune_count) == (5, 500, 1)
    assert known.coverage_percent == pytest.approx(600 / 9)


@pytest.mark.parametrize("key", RATIOS)
def test_each_figure_says_what_it_is_and_where_it_comes_from(key: str) -> None:
    measure = MEASURES[key]
    assert (measure.family, measure.kind, measure.source) == (
        "Population", "rate", RATIOS[key].source,
    )  # fmt: skip
    assert measure.year in measure.description
    assert not measure.is_extensive
    atlas = builders.atlas()
    areas = territory_table(atlas)
    told = recipe(atlas, key, "GE-06", areas)
    top, bottom, count, coverage = (one.value for one in told.ingredients)
    assert top is not None
    assert bottom is not None
    assert told.value == pytest.approx(top / bottom * RATIOS[key].per)
    assert (count, coverage) == (2, 100)
    assert recipe(atlas, key, "HF-13", areas).value is None
