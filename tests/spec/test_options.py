"""What follows any model: towns of members bound, units kept whole."""

from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.atlas.columns import UNASSIGNED
from geo.catchment.assignment import Assignment, imported
from geo.catchment.models import MODELS, run_model
from geo.catchment.options import NO_UNITS, UNITS, Moves, Options, move, own_towns, whole_units
from geo.catchment.outcome import territory_outcome
from geo.catchment.world import World
from geo.errors import UserError
from tests import builders

pytestmark = pytest.mark.spec
A, B, C = "AA-01", "BB-01", "CC-01"
X, Y = "X", "Y"


def country(at: list[float], people: list[int], **sites: object) -> World:
    """Sites of A at 0 and of B at 40 by default, each in the first commune at its place."""
    given: dict[str, Any] = {"km": [0, 40], "ght_code": [A, B]} | sites
    return builders.world(builders.communes(km=at, population=people), builders.sites(**given))


def zones(world: World, units: list[str | None]) -> pd.Series:
    return pd.Series(units, index=world.communes.insee_code.to_numpy(), dtype="str")


def areas(moves: Moves | Assignment) -> list[str]:
    table = moves.assignment if isinstance(moves, Moves) else moves
    return table.communes.area_code.to_list()


def test_a_unit_goes_whole_to_the_area_of_most_of_its_inhabitants() -> None:
    """Two communes at A's door, one of more inhabitants at B's: B has the unit."""
    world = country([0, 1, 40], [100, 100, 300])
    before = run_model(world, "road")
    assert areas(before) == [A, A, B]
    found = move(world, before, False, zones(world, [X, X, X]))
    assert areas(found) == [B, B, B]
    assert (found.commune_count, found.population, found.emptied) == (2, 200, (A,))
    moved = found.assignment.communes.iloc[0]
    assert (moved.rule, moved.runner_up_area_code, moved.finess_et) == (
        "whole_unit",
        A,
        "100000002",
    )
    assert moved.travel_time_min == pytest.approx(52)
    assert np.isnan(moved.margin)


def test_equal_halves_go_to_the_area_of_most_communes_then_to_the_first() -> None:
    communes = builders.communes(km=[0, 1, 2], population=[200, 100, 100])
    units = pd.Series(X, index=communes.insee_code)
    assert set(whole_units(communes, pd.Series([A, B, B]), units)) == {B}
    two = communes.head(2).assign(population=100)
    for order in ([A, B], [B, A]):
        assert set(whole_units(two, pd.Series(order), units)) == {A}


def test_a_commune_without_a_unit_stays() -> None:
    world = country([0, 40], [100, 300])
    found = move(world, run_model(world, "road"), False, zones(world, [None, X]))
    assert (areas(found), found.commune_count, found.emptied) == ([A, B], 0, ())


def test_a_unit_that_nobody_serves_stays_and_one_served_in_part_is_served() -> None:
    world = country([0, 1, 40], [100, 900, 300])
    table = pd.DataFrame({"insee_code": ["10001"], "area_code": [A]})
    found = move(world, imported(world, table), False, zones(world, [X, X, Y]))
    assert areas(found) == [A, A, UNASSIGNED]


def test_an_imported_area_without_a_site_keeps_its_units() -> None:
    world = country([0, 1], [300, 100])
    table = pd.DataFrame({"insee_code": ["10001", "10002"], "area_code": [C, A]})
    found = move(world, imported(world, table), False, zones(world, [X, X]))
    assert areas(found) == [C, C]
    assert found.assignment.communes.finess_et.isna().all(), "no site is made up"


def test_the_town_of_a_member_with_beds_is_bound_to_its_ght() -> None:
    """B has a small hospital at km 2: the default model gives its town to A."""
    world = country(
        [0, 2, 40], [100, 100, 100], km=[0, 2, 40], ght_code=[A, B, B], medicine_beds=[60, 5, 60],
        mco_beds=[100, 5, 100], insee_code=["10001", "10002", "10003"],
    )  # fmt: skip
    before = run_model(world, "road")
    assert areas(before) == [A, A, B]
    found = move(world, before, True, None)
    assert areas(found) == [A, B, B]
    row = found.assignment.communes.iloc[1]
    assert (row.rule, row.finess_et, row.travel_time_min) == ("own_town", "100000002", 0)


def test_a_town_without_beds_or_of_a_hospital_outside_the_ghts_is_free() -> None:
    given = builders.sites(
        km=[0, 1], ght_code=[A, None], mco_beds=[None, 100], insee_code=["10001", "10002"]
    )
    supply = builders.world(builders.communes(km=[0, 1]), given).sites
    assert own_towns(supply) == {}


def test_of_several_ghts_in_a_town_the_one_with_most_beds_has_it() -> None:
    given = builders.sites(
        km=[0, 0, 0], ght_code=[A, B, B], mco_beds=[100, 60, 50], insee_code="10001"
    )
    world = builders.world(builders.communes(km=[0]), given)
    assert own_towns(world.sites) == {"10001": B}


def test_a_bound_town_has_a_say_in_its_unit_and_stays_out_of_its_move() -> None:
    """The town of B has 100 of 500 inhabitants: its unit goes to A, not itself."""
    world = country(
        [0, 2, 40], [400, 100, 100], km=[0, 2, 40], ght_code=[A, B, B], medicine_beds=[60, 5, 60],
        insee_code=["10001", "10002", "10003"],
    )  # fmt: skip
    found = move(world, run_model(world, "road"), True, zones(world, [X, X, Y]))
    assert areas(found) == [A, B, B]


def test_an_unknown_kind_of_units_is_refused() -> None:
    with pytest.raises(
        UserError, match=r"Unités entières : « canton » inconnu\. Choix : none, epci"
    ):
        Options(whole_units="canton")
    assert not Options(enclaves=10).moves
    assert Options(whole_units=UNITS[1]).moves
    assert UNITS[0] == NO_UNITS


# Properties

SITES = (A, B, C)
lands = st.lists(
    st.tuples(st.integers(0, 90), st.integers(0, 5_000), st.sampled_from(["X", "Y", "Z", None])),
    min_size=1, max_size=12,
)  # fmt: skip


def drawn(land: list[tuple[int, int, str | None]], factor: int = 1) -> tuple[World, pd.Series]:
    """Three hospitals, two of them in drawn communes."""
    communes = builders.communes(
        km=[km for km, _, _ in land], population=[people * factor for _, people, _ in land]
    )
    codes = communes.insee_code
    houses = [codes.iloc[0], codes.iloc[-1], None]
    sites = builders.sites(km=[0, 45, 90], ght_code=[A, B, C], insee_code=houses)
    world = builders.world(communes, sites)
    return world, pd.Series([unit for _, _, unit in land], index=codes.to_numpy(), dtype="str")


@settings(max_examples=40)
@given(lands, st.booleans(), st.sampled_from(sorted(MODELS)))
def test_nobody_is_lost_and_done_twice_is_done_once(
    land: list[tuple[int, int, str | None]], own: bool, key: str
) -> None:
    world, units = drawn(land)
    once = move(world, run_model(world, key), own, units)
    twice = move(world, once.assignment, own, units)
    outcome = territory_outcome(once.assignment, world.communes)
    assert outcome.population.sum() == world.communes.population.sum()
    assert areas(twice) == areas(once)
    assert (twice.commune_count, twice.emptied) == (0, ())


@settings(max_examples=40)
@given(lands, st.booleans(), st.integers(2, 7))
def test_multiplying_the_inhabitants_changes_no_area(
    land: list[tuple[int, int, str | None]], own: bool, factor: int
) -> None:
    (small, units), (large, _) = drawn(land), drawn(land, factor)
    found = [move(world, run_model(world, "road"), own, units) for world in (small, large)]
    assert areas(found[0]) == areas(found[1])
    assert found[0].population * factor == found[1].population


@settings(max_examples=40)
@given(lands, st.booleans(), st.randoms())
def test_the_order_of_the_communes_does_not_matter(
    land: list[tuple[int, int, str | None]], own: bool, random: Random
) -> None:
    world, units = drawn(land)
    order = list(range(len(land)))
    random.shuffle(order)
    other = World(world.communes.iloc[order].reset_index(drop=True), world.sites)
    found, shuffled = (move(each, run_model(each, "road"), own, units) for each in (world, other))
    table = shuffled.assignment.communes.set_index("insee_code").area_code
    assert table[world.communes.insee_code].to_list() == areas(found)
    assert found.emptied == shuffled.emptied


@settings(max_examples=40)
@given(lands, st.booleans())
def test_a_country_of_one_site_is_left_as_it_is(
    land: list[tuple[int, int, str | None]], own: bool
) -> None:
    world, units = drawn(land)
    alone = World(world.communes, world.sites.head(1))
    found = move(alone, run_model(alone, "road"), own, units)
    assert set(areas(found)) == {A}
    assert found.commune_count == 0


@settings(max_examples=40)
@given(lands)
def test_every_unit_is_whole(land: list[tuple[int, int, str | None]]) -> None:
    world, units = drawn(land)
    found = move(world, run_model(world, "road"), False, units).assignment.communes
    of_unit = found.groupby(found.insee_code.map(units)).area_code
    assert (of_unit.nunique() <= 1).all()
