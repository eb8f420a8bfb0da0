"""Inhabitants of the year of a published figure: what stands between two censuses, and beyond."""

import pandas as pd
import pytest

from geo.territories.censuses import census_people, census_sums, people_in, people_methods
from tests import builders


def land() -> pd.DataFrame:
    """Count two communes in 2015, 2021 and 2023; nobody counted the third before 2023."""
    return builders.communes(
        km=[0, 1, 2], population=[1400, 500, 70], population_2021=[1200, 500, None],
        population_2015=[600, 800, None],
    )  # fmt: skip


def of(*years: int | None) -> list[float]:
    """Count the whole country in some years."""
    everyone = builders.assignments(insee_code=["10001", "10002", "10003"], area_code="AA-01")
    sums = census_sums(everyone, land())
    wanted = pd.Series(years, dtype="Int64")
    return people_in(sums.loc[["AA-01"] * len(years)].set_axis(wanted.index), wanted).to_list()


def test_a_year_of_census_gives_its_count_and_an_unknown_one_the_latest() -> None:
    assert of(2015, 2021, 2023, None) == [1470, 1770, 1970, 1970]


def test_other_years_are_on_the_line_of_the_two_nearest() -> None:
    """50 more a year before 2021, 100 more a year after."""
    assert of(2018, 2022, 2013, 2025) == pytest.approx([1620, 1870, 1370, 2170])


def test_nobody_is_counted_below_zero() -> None:
    assert of(1900) == [0]


def test_a_commune_without_history_is_held_constant() -> None:
    people = census_people(land()).set_index("insee_code")
    assert people.loc["10003"].to_dict() == {2015: 70, 2021: 70, 2023: 70}


@pytest.mark.parametrize("year", [2010, 2017, 2022, 2030])
def test_no_inhabitant_is_lost_between_areas_in_any_year(year: int) -> None:
    split = builders.assignments(
        insee_code=["10001", "10002", "10003"], area_code=["AA-01", "BB-01", "BB-01"]
    )
    sums = census_sums(split, land())
    parts = people_in(sums, pd.Series(year, index=sums.index))
    assert parts.sum() == pytest.approx(of(year)[0])


def test_the_order_of_the_communes_changes_nothing() -> None:
    split = builders.assignments(
        insee_code=["10001", "10002", "10003"], area_code=["AA-01", "BB-01", "BB-01"]
    )
    pd.testing.assert_frame_equal(
        census_sums(split, land()), census_sums(split.iloc[::-1], land().iloc[::-1])
    )


def test_how_the_inhabitants_are_known_is_said() -> None:
    sums = census_sums(builders.assignments(insee_code=["10001"]), land())
    years = pd.Series([2015, 2018, 2012, 2025, None], dtype="Int64")
    assert people_methods(sums, years).to_list() == [
        "census", "interpolated", "extrapolated", "extrapolated", "latest",
    ]  # fmt: skip


def test_one_count_alone_is_that_of_every_year() -> None:
    bare = land().drop(columns=["population_2015", "population_2021"])
    sums = census_sums(builders.assignments(insee_code=["10001"]), bare)
    assert people_in(sums, pd.Series([1990], index=sums.index)).to_list() == [1400]
