"""The default model against a plain-Python oracle, and what must always hold."""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.catchment.models import run_model
from geo.catchment.ranks import CATEGORY_RANK
from geo.catchment.travel_times import Impedance
from geo.catchment.world import World
from geo.geography.distance import EARTH_RADIUS_KM, chord_to_km, great_circle_km, unit_vectors
from geo.territories.areas import sum_communes
from geo.territories.density import density_per_km2
from tests import builders

LANDS = ("metropole", "corse", "974")
ZONES = ("north", "south")
AREAS = ("AA-01", "BB-01", "CC-01")


class Place(NamedTuple):
    """A commune drawn by hypothesis."""

    km: float
    land: str
    zone: str


class Hospital(NamedTuple):
    """A site drawn by hypothesis."""

    km: float
    land: str
    ght: str
    category: str
    own_km: float
    beds: int | None
    commune: int


# Few possible places, so that sites share addresses and distances tie; some are out of reach.
KM = st.sampled_from([*map(float, range(13)), 25.0, 90.0, 150.0])
places = st.lists(
    st.builds(Place, KM, st.sampled_from(LANDS), st.sampled_from(ZONES)), min_size=1, max_size=6
)
hospitals = st.lists(
    st.builds(
        Hospital, KM, st.sampled_from(LANDS[:2]), st.sampled_from(AREAS),
        st.sampled_from(["101", "355", "106", "999"]), st.sampled_from([0.0, 0.04, 30.0]),
        st.sampled_from([None, 0, 19, 20, 200]), st.integers(1, 8),
    ),
    min_size=1, max_size=24,
)  # fmt: skip
minutes = st.integers(0, 60)
Drawn = tuple[Sequence[Place], Sequence[Hospital]]
Rival = tuple[float, float, int, str, str]  # cost, rank of the site, its area


def world_of(drawn: Drawn) -> World:
    """Each site stands in one of the communes, or in one that nobody knows."""
    land, sites = drawn
    demand = builders.communes(km=[one.km for one in land], landmass=[one.land for one in land])
    supply = builders.sites(
        km=[one.km for one in sites],
        landmass=[one.land for one in sites],
        ght_code=[one.ght for one in sites],
        category_code=[one.category for one in sites],
        own_distance_km=[one.own_km for one in sites],
        medicine_beds=[one.beds for one in sites],
        insee_code=[f"10{one.commune:03d}" for one in sites],
    )
    return builders.world(demand, supply, [one.zone for one in land])


drawn_worlds = st.tuples(places, hospitals)


def areas(world: World, key: str = "road", **values: float) -> list[str]:
    return run_model(world, key, values).communes.area_code.to_list()


def haversine_km(a: float, b: float) -> float:
    """Distance on the equator, by another formula than the engine's."""
    half = math.radians(b - a) / 2
    return 2 * EARTH_RADIUS_KM * math.asin(abs(math.sin(half)))


def oracle(
    world: World, commune: Mapping[Hashable, Any], small: int, leaving: int
) -> tuple[str, str, str]:
    """Area, site and runner-up of one commune, by trying every site with both penalties."""
    near: list[tuple[float, Rival]] = []
    far: list[tuple[float, Rival]] = []
    for site in world.sites.to_dict("records"):
        if site["landmass"] != commune["landmass"]:
            continue
        time = 1.3 * haversine_km(float(commune["anchor_lon"]), site["lon"])
        zones = world.zones.get(commune["insee_code"]), world.zones.get(site["insee_code"])
        is_small = pd.isna(site["medicine_beds"]) or site["medicine_beds"] < 20
        cost = time + small * is_small + leaving * (None not in zones and zones[0] != zones[1])
        own = round(site["own_distance_km"], 1)
        size = CATEGORY_RANK.get(site["category_code"], 9)
        rank = (own, size, site["finess_et"])
        rival = (round(cost, 1), *rank, site["area_code"])
        (near if time <= 120 else far).append((round(time, 6), rival))
    found = [rival for _, rival in near] or [rival for _, rival in sorted(far)[:1]]
    if not found:
        return "NON-AFFECTE", "", ""
    *_, finess_et, area = min(found)
    others = [rival for rival in found if rival[-1] != area]
    return area, finess_et, min(others)[-1] if others else ""


@settings(max_examples=60)
@given(drawn_worlds, minutes, minutes)
def test_road_agrees_with_trying_every_site(drawn: Drawn, small: int, leaving: int) -> None:
    world = world_of(drawn)
    values = {"small_penalty": small, "zone_penalty": leaving}
    found = run_model(world, "road", values).communes.astype(object).fillna("")
    columns = ["area_code", "finess_et", "runner_up_area_code"]
    rows = world.communes.to_dict("records")
    expected = [oracle(world, commune, small, leaving) for commune in rows]
    assert [tuple(row) for row in found[columns].to_numpy()] == expected


@settings(max_examples=20)
@given(drawn_worlds, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(drawn: Drawn, random: Random) -> None:
    world = world_of(drawn)
    mixed = [
        table.iloc[random.sample(range(len(table)), len(table))]
        for table in (world.communes, world.sites)
    ]
    other = builders.world(mixed[0].reset_index(drop=True), mixed[1])
    found, expected = (
        run_model(one, "road").communes.sort_values("insee_code", ignore_index=True)
        for one in (replace(other, zones=world.zones), world)
    )
    pd.testing.assert_frame_equal(found, expected)


@settings(max_examples=20)
@given(drawn_worlds, st.data())
def test_nobody_is_lost_nor_counted_twice(drawn: Drawn, data: st.DataObject) -> None:
    world = replace(world_of(drawn), provider={"974": "OI-01"})
    communes, count = world.communes, len(drawn[0])
    people = data.draw(st.lists(st.integers(0, 3_000_000), min_size=count, max_size=count))
    communes["population"] = pd.array(people, "Int64")
    table = run_model(world, "road").communes
    assert table.insee_code.to_list() == communes.insee_code.to_list()
    sums = sum_communes(table, communes)
    assert sums.population.sum() == sum(people)
    assert sums.commune_count.sum() == count
    assert sums.area_km2.sum() == pytest.approx(10.0 * count)


def small_winners(world: World, penalty: int) -> set[str]:
    """Communes that a small site wins."""
    found = run_model(world, "road", {"small_penalty": penalty}).communes
    beds = world.sites.set_index("finess_et").medicine_beds.fillna(0)
    return set(found.insee_code[found.finess_et.map(beds) < 20])


@settings(max_examples=40)
@given(drawn_worlds, minutes, minutes)
def test_a_larger_penalty_never_gives_a_small_site_what_it_had_lost(
    drawn: Drawn, one: int, other: int
) -> None:
    world = world_of(drawn)
    low, high = sorted((one, other))
    assert small_winners(world, high) <= small_winners(world, low)


def stayers(world: World, penalty: int) -> set[str]:
    """Communes whose site is in their zone, or in one that nobody knows."""
    found = run_model(world, "road", {"zone_penalty": penalty}).communes
    place = world.sites.set_index("finess_et").insee_code
    own, other = found.insee_code.map(world.zones), found.finess_et.map(place).map(world.zones)
    return set(found.insee_code[found.finess_et.notna() & (other.isna() | (own == other))])


@settings(max_examples=40)
@given(drawn_worlds, minutes, minutes)
def test_a_larger_penalty_never_makes_a_commune_leave_its_zone(
    drawn: Drawn, one: int, other: int
) -> None:
    world = world_of(drawn)
    low, high = sorted((one, other))
    assert stayers(world, low) <= stayers(world, high)


@settings(max_examples=30)
@given(drawn_worlds)
def test_without_penalties_road_is_the_nearest_site(drawn: Drawn) -> None:
    """No minutes for leaving a zone, and nobody is small."""
    world = world_of(drawn)
    plain = areas(world, "nearest", min_beds=0)
    assert areas(world, zone_penalty=0, small_beds=0) == plain
    assert areas(world, zone_penalty=0, small_penalty=0) == plain
    assert areas(replace(world, zones={}), small_penalty=0) == plain


@settings(max_examples=20)
@given(places, hospitals, minutes, minutes)
def test_a_lone_site_takes_every_commune_of_its_land(
    land: Sequence[Place], sites: Sequence[Hospital], small: int, leaving: int
) -> None:
    alone = sites[0]
    found = areas(world_of((land, [alone])), small_penalty=small, zone_penalty=leaving)
    assert found == [alone.ght if one.land == alone.land else "NON-AFFECTE" for one in land]


@settings(max_examples=20)
@given(drawn_worlds, st.sampled_from([2, 3]))
def test_a_slower_road_scales_the_times_and_without_penalties_moves_nobody(
    drawn: Drawn, factor: int
) -> None:
    """Penalties are minutes that do not scale, and everybody stays within reach."""
    land = [one._replace(km=min(one.km, 25.0)) for one in drawn[0]]
    sites = [one._replace(km=min(one.km, 25.0)) for one in drawn[1]]
    world = world_of((land, sites))
    slow = replace(world, impedance=Impedance(1.3 * factor, 60.0))
    values = {"zone_penalty": 0, "small_penalty": 0}
    one, other = (run_model(each, "road", values).communes for each in (world, slow))
    assert one.area_code.to_list() == other.area_code.to_list()
    for column in ("travel_time_min", "runner_up_time_min"):
        pd.testing.assert_series_equal(one[column] * factor, other[column])


@settings(max_examples=20)
@given(drawn_worlds)
def test_the_winner_never_costs_more_than_its_rival(drawn: Drawn) -> None:
    """A tie is a lead of nothing, never a negative one."""
    found = run_model(world_of(drawn), "road").communes
    assert (found.lead_min.dropna() >= 0).all()
    assert found.margin.dropna().between(0, 1).all()
    assert found.lead_min.isna().equals(found.runner_up_area_code.isna())


@given(
    st.lists(st.tuples(st.integers(0, 10**7), st.floats(0.01, 1e5)), min_size=1, max_size=8),
    st.integers(1, 1000),
)
def test_population_times_k_gives_density_times_k(rows: list[tuple[int, float]], k: int) -> None:
    table = pd.DataFrame(rows, columns=["population", "area_km2"]).astype({"population": "Int64"})
    scaled = density_per_km2(table.assign(population=table.population * k))
    pd.testing.assert_series_equal(scaled, density_per_km2(table) * k)


def test_the_winner_of_a_tie_may_be_a_little_farther() -> None:
    """Up to a tenth of a minute, about 80 m: the lead is then nothing."""
    sites = builders.sites(km=[0.04, 0.0], ght_code=["BB-01", "AA-01"], own_distance_km=[9.0, 0.0])
    row = run_model(builders.world(builders.communes(km=[12.02]), sites), "road").communes.iloc[0]
    assert row.area_code == "AA-01"
    assert 0 < row.travel_time_min - row.runner_up_time_min < 0.1
    assert row.lead_min == 0


# Distances


def test_known_distances() -> None:
    """Paris to Marseille is 661 km; a point is at 0 of itself; poles are half a turn apart."""
    assert great_circle_km([2.3522], [48.8566], [5.3698], [43.2965])[0, 0] == pytest.approx(
        661, abs=1
    )
    assert great_circle_km([4.0], [48.0], [4.0], [48.0])[0, 0] == 0
    half = math.pi * EARTH_RADIUS_KM
    assert great_circle_km([0], [90], [0], [-90])[0, 0] == pytest.approx(half)


def test_distances_are_a_matrix_of_origins_by_destinations() -> None:
    km = great_circle_km([0, 1, 2], [0, 0, 0], [0, 1], [0, 0])
    assert km.shape == (3, 2)
    assert km[2, 1] == pytest.approx(builders.KM_PER_DEGREE)


@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90))
def test_distance_is_the_haversine(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> None:
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    turn = math.radians(lon_b - lon_a)
    h = math.sin((phi_b - phi_a) / 2) ** 2
    h += math.cos(phi_a) * math.cos(phi_b) * math.sin(turn / 2) ** 2
    expected = 2 * EARTH_RADIUS_KM * math.asin(min(1, math.sqrt(h)))
    found = great_circle_km([lon_a], [lat_a], [lon_b], [lat_b])[0, 0]
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-3)


def test_rounding_never_leaves_the_sphere() -> None:
    vectors = unit_vectors([0.0, 180.0], [0.0, 0.0])
    assert (vectors**2).sum(axis=1) == pytest.approx([1, 1])
    assert chord_to_km(np.array([2.0000001]))[0] == pytest.approx(math.pi * EARTH_RADIUS_KM)
