"""Ranks, figures of several territories together, profile: by hand, then whatever the numbers."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.atlas.load import Atlas
from geo.comparison.ranking import (
    OUTSIDE,
    RANKED,
    UNKNOWN,
    WHOLE,
    aggregate,
    distinct_partnerships,
    is_widespread,
    ranking,
    ranks,
    reference,
    region_table,
    side_by_side,
    spine,
    summarise,
    with_base_population,
)
from geo.territories.density import density_per_km2
from geo.territories.measures import MEASURES, territory_table
from geo.territories.people import COVERAGE, RATIOS
from geo.territories.tables import with_region_names
from tests import builders

FEW = settings(max_examples=25)  # each example makes several tables
PARTNERSHIPS = pd.DataFrame({"ght_codes": ["A", "A;B", "B;C", "C"]})


def areas(**columns: Sequence[object]) -> pd.DataFrame:
    """Return GHTs A, B, C... of region 44, every figure known unless given."""
    count = max((len(values) for values in columns.values()), default=3)
    codes = [chr(ord("A") + place) for place in range(count)]
    table = pd.DataFrame(
        {
            "area_code": codes, "area_name": codes, "ght_code": codes, "kind": "ght",
            "reg_code": "44", "reg_name": "Grand Est", "status": "modelled", "population": 100,
            "area_km2": 10.0, "commune_count": 2, "member_count": 3, "site_count": 4,
            "population_change_percent": 1.0, "mean_travel_time_min": 10.0,
            "partnership_count": 0, "population_2015": 90, **dict.fromkeys(RATIOS, 20.0),
        }
    )  # fmt: skip
    for name, values in columns.items():
        table[name] = pd.Series(list(values), index=table.index)
    counts = [
        "population", "population_2015", "commune_count", "member_count", "site_count",
        "partnership_count",
    ]  # fmt: skip
    table = table.astype(dict.fromkeys(counts, "Int64"))
    return table.assign(density_per_km2=density_per_km2(table))


def line(table: pd.DataFrame, code: str, measure: str = "population") -> Any:  # noqa: ANN401
    """Return one line of a profile."""
    return spine(table, code).set_index("measure").loc[measure]


# Several territories together


def test_what_adds_up_is_summed_and_the_rest_derived_again() -> None:
    """
    By hand: 100 and 300 inhabitants on 10 and 30 km2.

    Density 400/40 = 10. Mean time (100 x 6 + 300 x 10) / 400 = 9. Population of 2015: 200 and 100,
    +10 % and -20 %: 300 become 220 + 80 = 300, so 0 %.
    """
    table = areas(
        population=[100, 300], area_km2=[10.0, 30.0], mean_travel_time_min=[6.0, 10.0],
        population_2015=[200, 100], population_change_percent=[10.0, -20.0],
    )  # fmt: skip
    figures: Any = aggregate(table)
    assert figures.population == 400
    assert figures.density_per_km2 == pytest.approx(10)
    assert figures.mean_travel_time_min == pytest.approx(9)
    assert figures.population_change_percent == pytest.approx(0)
    assert "partnership_count" not in figures


def test_an_unknown_figure_is_left_out_and_never_zero() -> None:
    table = areas(
        population=[100, None], area_km2=[10.0, None], mean_travel_time_min=[6.0, None],
        member_count=[None, None], population_change_percent=[None, None],
    )  # fmt: skip
    figures: Any = aggregate(table)
    assert figures.population == 100
    assert figures.density_per_km2 == 10
    assert figures.mean_travel_time_min == 6
    assert math.isnan(figures.member_count)
    assert math.isnan(figures.population_change_percent)
    assert aggregate(table.iloc[:0]).isna().all()


def test_a_share_weighs_the_inhabitants_it_rests_on() -> None:
    """30 % of 100 and 10 % of 300 of whom a third is known: (3000 + 1000) / 200 = 20 %."""
    table = areas(population=[100, 300], aged_75_over_percent=[30.0, 10.0])
    table["aged_75_over_percent" + COVERAGE] = [100.0, 100 / 3]
    assert aggregate(table).aged_75_over_percent == pytest.approx(20)
    assert aggregate(table.drop(columns="aged_75_over_percent" + COVERAGE)).at[
        "aged_75_over_percent"
    ] == pytest.approx(15), "nothing said: all of them"


def test_density_leaves_out_an_area_without_population() -> None:
    """An area of unknown population would dilute the density: 100 / 10, not 100 / 20."""
    assert aggregate(areas(population=[100, None], area_km2=[10.0, 10.0])).density_per_km2 == 10


people = st.integers(min_value=1, max_value=10**6)
rows = st.lists(
    st.tuples(
        people, st.floats(1, 1e4), st.floats(0, 120), people, st.floats(-50, 50), st.booleans()
    ),
    min_size=1,
    max_size=8,
)


def drawn(values: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    names = (
        "population", "area_km2", "mean_travel_time_min", "population_2015",
        "population_change_percent",
    )  # fmt: skip
    columns = zip(*[value[:5] for value in values], strict=True)
    return areas(**dict(zip(names, columns, strict=True)))


@FEW
@given(rows)
def test_parts_of_parts_give_the_whole(values: list[tuple[Any, ...]]) -> None:
    """Aggregating two halves, then both, is aggregating everything at once."""
    table = drawn(values)
    mask = np.array([value[5] for value in values])
    halves = [half for half in (table[mask], table[~mask]) if len(half)]
    parts = pd.DataFrame([aggregate(half) for half in halves])
    parts["population_2015"] = [float(half.population_2015.sum()) for half in halves]
    whole, again = aggregate(table), aggregate(parts)
    np.testing.assert_allclose(again.to_numpy(), whole.to_numpy(), rtol=1e-9, atol=1e-7)


@FEW
@given(rows, st.randoms())
def test_the_order_of_rows_never_matters(values: list[tuple[Any, ...]], random: Any) -> None:  # noqa: ANN401
    shuffled = list(values)
    random.shuffle(shuffled)
    one, other = aggregate(drawn(values)), aggregate(drawn(shuffled))
    np.testing.assert_allclose(one.to_numpy(), other.to_numpy(), rtol=1e-9, atol=1e-7)


@FEW
@given(rows)
def test_what_is_derived_stays_between_its_extremes(values: list[tuple[Any, ...]]) -> None:
    table = drawn(values)
    figures: Any = aggregate(table)
    for key in ("density_per_km2", "mean_travel_time_min", "population_change_percent"):
        slack = 1e-6 * (1 + table[key].abs().max())
        assert table[key].min() - slack <= figures[key] <= table[key].max() + slack


def test_one_territory_is_its_own_aggregate() -> None:
    table = areas(population=[123])
    figures: Any = aggregate(table)
    for key in figures.index:
        assert figures[key] == pytest.approx(float(table[key].iloc[0]))


def test_a_partnership_of_two_ghts_is_one() -> None:
    assert distinct_partnerships(PARTNERSHIPS, ["A", "B"]) == 3
    assert distinct_partnerships(PARTNERSHIPS, []) == 0


def test_regions_then_the_country() -> None:
    table = areas(reg_code=["44", "53", None], reg_name=["Grand Est", "Bretagne", None])
    table.loc[1, "kind"] = "hors_ght"
    table.loc[2, "kind"] = "unassigned"
    regions: Any = region_table(table, PARTNERSHIPS)
    assert regions.reg_name.fillna("France").to_list() == ["Bretagne", "Grand Est", "France"]
    assert regions.population.to_list() == [100, 100, 300]
    assert regions.ght_count.to_list() == [0, 1, 1]
    assert regions.partnership_count.isna().to_list() == [True, False, False]
    assert regions.partnership_count.iloc[1] == 2


def test_the_population_of_2015_is_missing_when_one_commune_is_unknown() -> None:
    atlas = builders.atlas()
    table = with_base_population(territory_table(atlas), atlas)
    communes = atlas.communes
    communes["population_2015"] = pd.array([pd.NA] * len(communes), dtype="Int64")
    expected = atlas.communes.merge(atlas.assignments).groupby("area_code").population_2015.sum()
    found = table.set_index("area_code").population_2015
    code = expected.index[0]
    assert found[code] == expected[code]
    assert (
        with_base_population(territory_table(atlas), builders.atlas(communes=communes))
        .loc[:, "population_2015"]
        .isna()
        .all()
    )


# Ranks


def test_equal_values_share_the_best_rank_and_the_unknown_has_none() -> None:
    table = areas(
        population=[5, 9, 9, None, 99], reg_code=["44", "44", "53", "53", "53"],
        kind=["ght", "ght", "ght", "ght", "hors_ght"],
    )  # fmt: skip
    found = ranks(table, "population")
    assert found["rank"].fillna(0).to_list() == [3, 1, 1, 0, 0]
    assert found.rank_region.fillna(0).to_list() == [2, 1, 1, 0, 0]
    assert found.rank_count.dropna().to_list() == [3, 3, 3]
    assert found.region_count.dropna().to_list() == [2, 2, 1]


def test_the_ranking_puts_apart_what_has_no_rank() -> None:
    table = areas(
        population=[5, None, 9, 99, 0],
        kind=["ght", "ght", "ght", "hors_ght", "unassigned"],
    )
    found = ranking(table, "population")
    assert found.area_code.to_list() == ["C", "A", "B", "D"]
    assert found.group.to_list() == [RANKED, RANKED, UNKNOWN, OUTSIDE]
    reversed_ = ranking(table, "population", ascending=True)
    assert reversed_.area_code.to_list() == ["A", "C", "B", "D"]
    assert reversed_["rank"].to_list()[:2] == [2, 1]


def test_a_region_keeps_its_ranks_in_the_country() -> None:
    table = areas(population=[5, 7, 9], reg_code=["44", "53", "44"])
    found = ranking(table, "population", "53")
    assert found.area_code.to_list() == ["B"]
    assert found["rank"].to_list() == [2]
    assert found.rank_region.to_list() == [1]
    assert ranking(table, "population", "11").empty


@FEW
@given(st.lists(st.one_of(st.none(), st.integers(0, 50)), min_size=1, max_size=12))
def test_a_rank_counts_those_above(values: list[int | None]) -> None:
    found = ranks(areas(population=values), "population")["rank"]
    known = [value for value in values if value is not None]
    for value, rank in zip(values, found, strict=True):
        expected = None if value is None else 1 + sum(other > value for other in known)
        assert (None if pd.isna(rank) else rank) == expected


# Reference figures, profile, side by side


def test_a_reference_is_a_mean_of_counts_and_the_value_of_the_whole_for_the_rest() -> None:
    table = areas(population=[100, 300], area_km2=[10.0, 10.0], partnership_count=[1, 4])
    figures: Any = reference(table)
    assert figures.population == 200
    assert figures.partnership_count == 2.5
    assert figures.density_per_km2 == 20
    assert reference(table.iloc[:0]).isna().all()


def test_a_profile_is_centred_on_the_median_and_touches_the_edge() -> None:
    """Populations 10, 20, 30, 60, by hand: median 25, farthest extreme 35 away."""
    table = areas(population=[10, 20, 30, 60])
    row = line(table, "B")
    assert (row["value"], row["median"], row["low"], row["high"]) == (20, 25, 10, 60)
    assert (row["first_quartile"], row["third_quartile"]) == (17.5, 37.5)
    assert row.at_value == pytest.approx(-5 / 35)
    assert row.at_high == pytest.approx(1)
    assert row.at_low == pytest.approx(-15 / 35)
    assert row.at_country == pytest.approx(5 / 35)
    assert (row["rank"], row.rank_count) == (3, 4)
    assert not row.is_log


def test_a_widespread_measure_is_placed_by_its_logarithm() -> None:
    table = areas(population=[10, 100, 10_000])
    row = line(table, "A")
    assert row.is_log
    assert row.at_value == pytest.approx(-0.5)
    assert row.at_high == pytest.approx(1)


def test_a_profile_says_what_is_unknown_and_what_does_not_vary() -> None:
    table = areas(population=[None, 5, 5], kind=["ght", "ght", "hors_ght"])
    row = line(table, "A")
    assert math.isnan(row["value"])
    assert pd.isna(row["rank"])
    assert math.isnan(row.at_value)
    assert row.at_high == 0
    assert row.unknown == 1
    outside = line(table, "C")
    assert outside["value"] == 5
    assert pd.isna(outside["rank"])


def test_a_region_without_any_ght_has_no_reference() -> None:
    table = areas(kind=["ght", "hors_ght"], reg_code=["44", "03"])
    assert spine(table, "B").region.isna().all()


def test_side_by_side_keeps_the_order_asked_for() -> None:
    table = areas(population=[10, 20, None, 60])
    found: Any = side_by_side(table, ["D", "A", "C"])
    assert found.columns.to_list() == ["D", "A", "C", "median"]
    assert found.loc["population"].to_list()[:2] == [60, 10]
    assert math.isnan(found.loc["population", "C"])
    assert found.loc["population", "median"] == 20
    assert found.index.to_list() == list(MEASURES)


def test_a_summary_of_nothing_is_unknown() -> None:
    found = summarise(pd.Series([None, None], dtype="Int64"))
    assert (found.known, found.unknown) == (0, 2)
    assert math.isnan(found.median)


@pytest.mark.parametrize(
    ("values", "expected"),
    [([1, 40], True), ([1, 39], False), ([0, 1000], False), ([-1, 5], False), ([], False)],
)
def test_a_logarithm_is_for_widespread_positive_values(values: list[int], expected: bool) -> None:
    assert is_widespread(pd.Series(values, dtype="Int64")) is expected


# The bundled territories


@pytest.fixture(scope="module")
def bundled(atlas: Atlas) -> pd.DataFrame:
    return with_base_population(with_region_names(territory_table(atlas), atlas), atlas)


def test_a_region_is_recomputed_from_its_communes(atlas: Atlas, bundled: pd.DataFrame) -> None:
    """Bretagne, from the communes of the territories attached to it."""
    codes = bundled.area_code[bundled.reg_code == "53"]
    rows = atlas.assignments[atlas.assignments.area_code.isin(codes)].merge(
        atlas.communes, on="insee_code"
    )
    regions: Any = region_table(bundled, atlas.partnerships).set_index("reg_code")
    found = regions.loc["53"]
    people = rows.population.astype("float64")
    assert found.population == people.sum()
    assert found.area_km2 == pytest.approx(rows.area_km2.sum())
    assert found.density_per_km2 == pytest.approx(people.sum() / rows.area_km2.sum())
    mean = (rows.travel_time_min * people).sum() / people.sum()
    assert found.mean_travel_time_min == pytest.approx(mean)
    change = rows.population_2021.sum() / rows.population_2015.sum() * 100 - 100
    assert found.population_change_percent == pytest.approx(float(change))


def test_the_country_has_everyone_once(atlas: Atlas, bundled: pd.DataFrame) -> None:
    regions: Any = region_table(bundled, atlas.partnerships)
    country, others = regions.iloc[-1], regions.iloc[:-1]
    assert country.population == atlas.communes.population.sum()
    assert others.population.sum() == country.population
    assert others.ght_count.sum() == country.ght_count == 135
    assert country.partnership_count == len(atlas.partnerships)


@pytest.mark.parametrize("code", ["GE-06", "ARA-09", "HF-13", "HORS-980500003"])
def test_a_bundled_territory_is_ranked_as_counted(bundled: pd.DataFrame, code: str) -> None:
    ghts = bundled[bundled.kind == "ght"]
    table: Any = spine(bundled, code).set_index("measure")
    assert "partnership_count" not in table.index, "collected in part, it gives no rank"
    for key in WHOLE:
        own = bundled.set_index("area_code")[key][code]
        rank = table.loc[key, "rank"]
        if pd.isna(own) or not code.startswith(("GE", "ARA", "HF")):
            assert pd.isna(rank)
        else:
            assert rank == 1 + int((ghts[key] > own).sum())
            assert table.loc[key, "low"] <= table.loc[key, "value"] <= table.loc[key, "high"]
