"""What becomes of communes when the rule, its values and the minutes change."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geo.atlas.columns import UNASSIGNED
from geo.atlas.schema import check_table
from geo.catchment import sensitivity as tested
from geo.catchment.models import run_model
from geo.catchment.sensitivity import (
    Ground,
    area_spread,
    areas_of,
    default_draw,
    draw_of,
    ground_of,
    run,
    stability,
)
from tests import builders

pytestmark = pytest.mark.spec
A, B = "AA-01", "BB-01"
SEED, RUNS = 5, 40


def zones(communes: pd.DataFrame, units: Sequence[str] = ()) -> list[pd.DataFrame]:
    """Every commune its own unit, or the same EPCI and bassin de vie where `units` repeat."""
    names = list(units) or list(communes.insee_code)
    table = pd.DataFrame({"insee_code": communes.insee_code, "epci": names, "bassin_vie": names})
    return [table]


def line(units: Sequence[str] = (), **overrides: object) -> Ground:
    """Communes along a line between A, at km 0, and B, a small hospital at km 60."""
    communes = builders.communes(km=range(0, 61, 5), **overrides)
    sites = builders.sites(km=[0, 60], ght_code=[A, B], medicine_beds=[60, 15])
    return ground_of(builders.world(communes, sites), zones(communes, units))


def codes(ground: Ground, position: np.ndarray) -> list[str]:
    return [str(code) for code in ground.areas[position]]


def test_the_default_point_of_the_grid_is_the_default_rule() -> None:
    communes = builders.communes(km=range(0, 61, 3))
    sites = builders.sites(km=[0, 30, 60], ght_code=[A, B, A], medicine_beds=[60, 15, 20])
    world = builders.world(communes, sites, zones=["Z1"] * 10 + ["Z2"] * 11)
    ground = ground_of(world, zones(communes))
    assert codes(ground, ground.default) == run_model(world, "road").communes.area_code.to_list()


@pytest.mark.parametrize("number", range(20))
def test_a_point_of_the_grid_is_the_model_with_its_values(number: int) -> None:
    """The pairs left out at the start change nothing."""
    communes = builders.communes(km=range(0, 61, 3))
    sites = builders.sites(km=[0, 30, 60], ght_code=[A, B, A], medicine_beds=[60, 15, 25])
    world = builders.world(communes, sites, zones=["Z1"] * 10 + ["Z2"] * 11)
    ground = ground_of(world, zones(communes))
    drawn = draw_of(SEED, number, len(sites))
    minutes = world.reach.minutes * drawn.time_factor[world.reach.site]
    stretched = replace(world, given=replace(world.reach, minutes=minutes))
    names = ("small_beds", "small_penalty", "zone_penalty")
    told = run_model(stretched, "road", {name: getattr(drawn, name) for name in names})
    alone = replace(drawn, unit="commune")
    assert codes(ground, areas_of(ground, alone)) == told.communes.area_code.to_list()


def test_far_communes_stay_and_those_of_the_border_do_not_always() -> None:
    ground = line()
    stays = stability(ground, [run(ground, SEED, n) for n in range(RUNS)]).stays_percent
    assert stays.iloc[0] == stays.iloc[-1] == 100
    assert 0 < stays.min() < 100


def test_no_inhabitant_is_lost_in_any_run() -> None:
    ground = line(population=list(range(100, 1400, 100)))
    for number in range(RUNS):
        assert run(ground, SEED, number).population.sum() == 9100


def test_a_run_depends_on_its_number_alone() -> None:
    ground = line()
    alone, among = run(ground, SEED, 7), [run(ground, SEED, n) for n in range(10)][7]
    assert (alone.population == among.population).all()
    assert alone.draw.small_penalty == among.draw.small_penalty
    assert draw_of(SEED, 7, 2).small_penalty != draw_of(SEED + 1, 7, 2).small_penalty


def test_the_order_of_the_rows_does_not_matter() -> None:
    communes = builders.communes(km=range(0, 61, 5))
    sites = builders.sites(km=[0, 60], ght_code=[A, B], medicine_beds=[60, 15])
    found = []
    for order in (slice(None), slice(None, None, -1)):
        shuffled = communes.iloc[order].reset_index(drop=True)
        world = builders.world(shuffled, sites.iloc[order])
        ground = ground_of(world, zones(shuffled))
        runs = [run(ground, SEED, n) for n in range(RUNS)]
        found.append((stability(ground, runs), area_spread(ground, runs)))
    pd.testing.assert_frame_equal(found[0][0], found[1][0])
    pd.testing.assert_frame_equal(found[0][1], found[1][1])


def test_twice_the_inhabitants_give_the_same_spread() -> None:
    once, twice = line(population=1000), line(population=2000)
    spreads = [
        area_spread(ground, [run(ground, SEED, n) for n in range(RUNS)]) for ground in (once, twice)
    ]
    assert spreads[0].spread_percent.max() > 0
    np.testing.assert_allclose(spreads[0].spread_percent, spreads[1].spread_percent)
    assert (spreads[1].population_highest == 2 * spreads[0].population_highest).all()


def test_a_unit_kept_whole_goes_where_most_of_its_people_go() -> None:
    """The commune at km 60 has the hospital of B; its EPCI, all the others, goes to A."""
    ground = line(units=["one"] * 13)
    drawn = replace(default_draw(2), unit="epci")
    assert set(codes(ground, ground.default)) == {A, B}
    assert set(codes(ground, areas_of(ground, drawn))) == {A}


def test_a_country_of_one_hospital_never_changes() -> None:
    communes = builders.communes(km=[0, 10])
    sites = builders.sites(km=[0], ght_code=[A])
    ground = ground_of(builders.world(communes, sites), zones(communes))
    runs = [run(ground, SEED, n) for n in range(5)]
    assert (stability(ground, runs).stays_percent == 100).all()
    assert area_spread(ground, runs).set_index("area_code").spread_percent[A] == 0


def test_a_land_without_a_hospital_goes_to_its_only_provider_or_to_nobody() -> None:
    communes = builders.communes(
        km=[0, 0, 0], insee_code=["10001", "97601", "97501"],
        landmass=["metropole", "976", "975"],
    )  # fmt: skip
    sites = builders.sites(km=[0], ght_code=[A])
    world = builders.world(communes, sites, provider={"976": B})
    ground = ground_of(world, zones(communes))
    made = run(ground, SEED, 0)
    assert codes(ground, ground.default) == [A, B, UNASSIGNED]
    stays = stability(ground, [made]).set_index("insee_code").stays_percent
    assert stays["97601"] == 100
    assert np.isnan(stays["97501"])
    assert made.population.sum() == 3000


def test_the_tables_fit_their_schema() -> None:
    ground = line()
    runs = [run(ground, SEED, n) for n in range(3)]
    assert len(check_table("commune_stability", stability(ground, runs))) == 13
    assert list(check_table("area_spread", area_spread(ground, runs)).run_count) == [3, 3, 3]


def test_the_grid_draws_within_its_ranges() -> None:
    drawn = [draw_of(SEED, n, 3) for n in range(200)]
    assert {one.unit for one in drawn} == set(tested.UNITS)
    beds = {one.small_beds for one in drawn}
    assert (min(beds), max(beds)) == tested.SMALL_BEDS
    factors = np.array([one.time_factor for one in drawn])
    assert factors.min() >= tested.TIME_FACTOR[0]
    assert factors.max() <= tested.TIME_FACTOR[1]
