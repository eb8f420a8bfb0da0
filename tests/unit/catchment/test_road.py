"""The nearest model against a plain-Python oracle, and what must always hold."""

import math
from collections.abc import Sequence
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.catchment.ranks import CATEGORY_RANK, TIE_KM, assign_nearest
from geo.catchment.travel_times import Impedance
from geo.geography.distance import EARTH_RADIUS_KM, chord_to_km, great_circle_km, unit_vectors
from geo.territories.areas import sum_communes
from geo.territories.density import density_per_km2
from tests import builders

LANDS = ("metropole", "corse", "974")
# Few possible places, so that sites share addresses and distances tie.
PLACES = st.integers(0, 12).map(float)

commune_rows = st.lists(st.tuples(PLACES, st.sampled_from(LANDS)), min_size=1, max_size=6)
site_rows = st.lists(
    st.tuples(
        PLACES,
        st.sampled_from(LANDS[:2]),
        st.sampled_from(["AA-01", "BB-01", "CC-01"]),
        st.sampled_from(["101", "355", "106", "999"]),
        st.sampled_from([0.0, 0.04, 30.0]),
    ),
    max_size=24,
)


def communes_of(rows: Sequence[tuple[float, str]]) -> pd.DataFrame:
    return builders.communes(km=[row[0] for row in rows], landmass=[row[1] for row in rows])


def sites_of(rows: Sequence[tuple[float, str, str, str, float]]) -> pd.DataFrame:
    land, ght, category, own = ([row[i] for row in rows] for i in range(1, 5))
    return builders.sites(
        km=[row[0] for row in rows],
        landmass=land,
        ght_code=ght,
        category_code=category,
        own_distance_km=own,
    )


def haversine_km(a: float, b: float) -> float:
    """Distance on the equator, by another formula than the engine's."""
    half = math.radians(b - a) / 2
    return 2 * EARTH_RADIUS_KM * math.asin(abs(math.sin(half)))


def oracle(commune: pd.Series, sites: pd.DataFrame) -> tuple[str, str, str]:
    """Area, site and runner-up of one commune, by trying every site."""
    rivals = []
    for site in sites.to_dict("records"):
        if site["landmass"] == commune.landmass:
            km = haversine_km(commune.anchor_lon, site["lon"])
            size = CATEGORY_RANK.get(site["category_code"], 9)
            own = round(site["own_distance_km"], 1)
            rivals.append((round(km / TIE_KM), own, size, site["finess_et"], site["area_code"]))
    if not rivals:
        return "NON-AFFECTE", "", ""
    *_, finess_et, area = min(rivals)
    others = [rival for rival in rivals if rival[-1] != area]
    return area, finess_et, min(others)[-1] if others else ""


@settings(max_examples=40)
@given(commune_rows, site_rows)
def test_nearest_agrees_with_trying_every_site(
    places: list[tuple[float, str]], hospitals: list[tuple[float, str, str, str, float]]
) -> None:
    communes = communes_of(places)
    sites = sites_of(hospitals) if hospitals else builders.sites().head(0)
    found = assign_nearest(communes, sites).astype(object).fillna("")
    columns = ["area_code", "finess_et", "runner_up_area_code"]
    expected = [oracle(commune, sites) for _, commune in communes.iterrows()]
    assert [tuple(row) for row in found[columns].to_numpy()] == expected


@settings(max_examples=20)
@given(commune_rows, site_rows.filter(bool), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(
    places: list[tuple[float, str]],
    hospitals: list[tuple[float, str, str, str, float]],
    random: Random,
) -> None:
    communes, sites = communes_of(places), sites_of(hospitals)
    expected = assign_nearest(communes, sites)
    mixed = [random.sample(range(len(table)), len(table)) for table in (communes, sites)]
    pd.testing.assert_frame_equal(
        assign_nearest(communes.iloc[mixed[0]], sites.iloc[mixed[1]]), expected
    )


@settings(max_examples=20)
@given(commune_rows, site_rows.filter(bool), st.data())
def test_nobody_is_lost_nor_counted_twice(
    places: list[tuple[float, str]],
    hospitals: list[tuple[float, str, str, str, float]],
    data: st.DataObject,
) -> None:
    communes = communes_of(places)
    people = data.draw(
        st.lists(st.integers(0, 3_000_000), min_size=len(places), max_size=len(places))
    )
    communes["population"] = pd.array(people, "Int64")
    table = assign_nearest(communes, sites_of(hospitals), {"974": "OI-01"})
    assert table.insee_code.to_list() == communes.insee_code.to_list()
    sums = sum_communes(table, communes)
    assert sums.population.sum() == sum(people)
    assert sums.commune_count.sum() == len(places)
    assert sums.area_km2.sum() == pytest.approx(10.0 * len(places))


@settings(max_examples=20)
@given(commune_rows, site_rows.filter(bool), st.floats(0.1, 10))
def test_a_slower_road_scales_the_times_and_moves_nobody(
    places: list[tuple[float, str]],
    hospitals: list[tuple[float, str, str, str, float]],
    factor: float,
) -> None:
    communes, sites = communes_of(places), sites_of(hospitals)
    one = assign_nearest(communes, sites)
    other = assign_nearest(communes, sites, impedance=Impedance(1.3 * factor, 60.0))
    assert one.area_code.to_list() == other.area_code.to_list()
    for column in ("travel_time_min", "runner_up_time_min"):
        pd.testing.assert_series_equal(one[column] * factor, other[column])


@given(
    st.lists(st.tuples(st.integers(0, 10**7), st.floats(0.01, 1e5)), min_size=1, max_size=8),
    st.integers(1, 1000),
)
def test_population_times_k_gives_density_times_k(rows: list[tuple[int, float]], k: int) -> None:
    table = pd.DataFrame(rows, columns=["population", "area_km2"]).astype({"population": "Int64"})
    scaled = density_per_km2(table.assign(population=table.population * k))
    pd.testing.assert_series_equal(scaled, density_per_km2(table) * k)


def test_the_margin_is_never_below_the_width_of_a_tie() -> None:
    """The winner of a tie may be up to 100 m farther: 0.13 minutes."""
    sites = builders.sites(km=[0.04, 0.0], ght_code=["BB-01", "AA-01"], own_distance_km=[9.0, 0.0])
    row = assign_nearest(builders.communes(km=[12.02]), sites).iloc[0]
    assert row.area_code == "AA-01"
    assert -1.3 * TIE_KM <= row.margin_min < 0


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
