"""The Huff model against a plain-Python oracle, and what must hold for any numbers."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.catchment.models import run_model
from geo.catchment.outcome import territory_outcome
from geo.catchment.ranks import rank_sites
from geo.catchment.travel_times import Reach
from geo.catchment.world import World
from geo.territories.access import weighted_median
from tests import builders

KM = st.lists(st.integers(0, 60).map(float), min_size=1, max_size=8)
CODES = ["AA-01", "BB-01", "CC-01", "DD-01"]


def draw_world(
    km: list[float], site_km: list[float], capacity: list[float], order: list[int] | None = None
) -> World:
    """Draw communes along a road and sites of up to four GHTs, rows in any order."""
    communes = builders.communes(
        km=km, population=[100 + 7 * position for position in range(len(km))]
    )
    sites = builders.sites(
        km=site_km, ght_code=[CODES[position % len(CODES)] for position in range(len(site_km))]
    ).assign(capacity=capacity, dep_code="10", reg_code="44")
    shuffled = sites.iloc[order] if order else sites
    return World(communes, rank_sites(shuffled))


def plain_huff(world: World, alpha: float, beta: float) -> list[dict[str, float]]:
    """Huff probabilities written as the formula reads."""
    rows = []
    for commune in world.communes.to_dict("records"):
        pulls: dict[str, float] = {}
        for site in world.sites.to_dict("records"):
            km = abs(site["lon"] - commune["anchor_lon"]) * builders.KM_PER_DEGREE
            minutes = max(km * 1.3, 1.0)
            pull = site["capacity"] ** alpha * minutes**-beta
            pulls[site["area_code"]] = pulls.get(site["area_code"], 0.0) + pull
        total = sum(pulls.values())
        rows.append({code: pull / total for code, pull in pulls.items()})
    return rows


WORLDS = st.tuples(KM, KM).flatmap(
    lambda pair: st.tuples(
        st.just(pair[0]),
        st.just(pair[1]),
        st.lists(
            st.sampled_from([0.5, 1.0, 2.0, 4.0]), min_size=len(pair[1]), max_size=len(pair[1])
        ),
        st.permutations(range(len(pair[1]))),
    )
)


@settings(max_examples=20)
@given(WORLDS, st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from([0.8, 1.67, 2.5]))
def test_probabilities_are_those_of_the_formula(
    drawn: tuple[list[float], list[float], list[float], list[int]], alpha: float, beta: float
) -> None:
    world = draw_world(*drawn[:3])
    found = run_model(world, "gravity", {"alpha": alpha, "beta": beta})
    assert found.shares is not None
    for row, expected in zip(found.shares, plain_huff(world, alpha, beta), strict=True):
        by_code = dict(zip(found.areas, row, strict=True))
        assert by_code == pytest.approx(expected, abs=1e-9)


@settings(max_examples=20)
@given(WORLDS)
def test_population_is_conserved_and_rows_may_come_in_any_order(
    drawn: tuple[list[float], list[float], list[float], list[int]],
) -> None:
    km, site_km, capacity, order = drawn
    world, shuffled = draw_world(km, site_km, capacity), draw_world(km, site_km, capacity, order)
    for key in ("nearest", "gravity", "departement", "perimeter"):
        found, again = run_model(world, key), run_model(shuffled, key)
        pd.testing.assert_frame_equal(
            found.communes[["insee_code", "area_code", "finess_et"]],
            again.communes[["insee_code", "area_code", "finess_et"]],
        )
        outcome = territory_outcome(found, world.communes)
        assert outcome.population.sum() == world.communes.population.sum()
        if found.shares is not None:
            assert outcome.expected_population.sum() == pytest.approx(
                float(world.communes.population.sum())
            )


@settings(max_examples=20)
@given(WORLDS, st.sampled_from([0.1, 3.0, 1000.0]))
def test_scaling_all_capacities_changes_nothing(
    drawn: tuple[list[float], list[float], list[float], list[int]], factor: float
) -> None:
    km, site_km, capacity, _ = drawn
    found = run_model(draw_world(km, site_km, capacity), "gravity").shares
    scaled = run_model(draw_world(km, site_km, [c * factor for c in capacity]), "gravity").shares
    assert found is not None
    assert scaled is not None
    np.testing.assert_allclose(found, scaled, atol=1e-12)


@settings(max_examples=20)
@given(KM, st.integers(0, 60))
def test_with_one_site_gravity_is_nearest(km: list[float], site_km: int) -> None:
    world = draw_world(km, [float(site_km)], [2.0])
    by_gravity, by_time = (run_model(world, key).communes for key in ("gravity", "nearest"))
    assert by_gravity.area_code.to_list() == by_time.area_code.to_list()
    assert (by_gravity.share == 1).all()


@settings(max_examples=20)
@given(KM, st.lists(st.integers(0, 60).map(float), min_size=2, max_size=4, unique=True))
def test_a_steep_decay_tends_to_nearest(km: list[float], site_km: list[float]) -> None:
    """Away from ties and from the one-minute floor, beta 4 to infinity finds the nearest."""
    from geo.catchment.gravity import Huff, area_shares  # noqa: PLC0415  only this test goes past the range

    world = draw_world(km, site_km, [1.0] * len(site_km))
    shares = area_shares(
        world.reach, [1.0] * len(site_km), world.site_area, len(world.areas), Huff(beta=400.0)
    )
    nearest = run_model(world, "nearest").communes
    clear = ((nearest.runner_up_time_min - nearest.travel_time_min) > 1).to_numpy()
    found = world.areas[shares.argmax(axis=1)]
    assert (found[clear] == nearest.area_code.to_numpy()[clear]).all()


def test_a_commune_that_reaches_nothing_has_no_probability() -> None:
    from geo.catchment.gravity import area_shares  # noqa: PLC0415

    empty = Reach(np.array([0, 0]), np.empty(0, "int64"), np.empty(0))
    assert area_shares(empty, [1.0], np.array([0]), 1).tolist() == [[0.0]]


def test_reach_keeps_the_nearest_site_beyond_its_limit() -> None:
    """200 km are 260 minutes, past the limit: the commune still has its nearest hospital."""
    world = draw_world([0.0, 200.0], [0.0, 10.0], [1.0, 1.0])
    assert np.diff(world.reach.start).tolist() == [2, 1]
    assert world.reach.minutes[-1] == pytest.approx(190 * 1.3)


@pytest.mark.parametrize(
    ("values", "weights", "expected"),
    [
        ([1.0, 2.0, 3.0], [1, 1, 1], 2.0),
        ([1.0, 2.0, 3.0], [1, 1, 9], 3.0),
        ([5.0, math.nan], [1, 100], 5.0),
        ([3.0, 1.0], [1, 1], 1.0),
    ],
)
def test_weighted_median(values: list[float], weights: list[float], expected: float) -> None:
    assert weighted_median(np.array(values), np.array(weights, float)) == expected


def test_weighted_median_of_nothing_is_unknown() -> None:
    assert math.isnan(weighted_median(np.array([math.nan]), np.array([3.0])))
