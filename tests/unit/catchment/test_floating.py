"""Beds within reach: what they add up to, and what must not change them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.catchment.floating import beds_per_1000, zone_weights
from geo.catchment.travel_times import Reach, compress

MINUTES = st.lists(st.floats(0, 90), min_size=12, max_size=12)
PEOPLE = np.array([500.0, 0.0, 2500.0, 40.0])
BEDS = np.array([100.0, 30.0, 0.0])


def reach_of(minutes: list[float]) -> Reach:
    """Every pair of four communes and three sites."""
    commune, site = np.divmod(np.arange(12), 3)
    return compress(commune, site, np.array(minutes), (4, 3))


def test_the_zones_are_those_of_the_field() -> None:
    times = np.array([0.0, 20.0, 20.5, 40.0, 60.0, 60.5])
    assert zone_weights(times).tolist() == [1.0, 1.0, 0.68, 0.68, 0.22, 0.0]


def test_one_site_shares_its_beds_among_all() -> None:
    reach = compress(np.array([0, 1]), np.array([0, 0]), np.array([5.0, 30.0]), (3, 1))
    found = beds_per_1000(reach, np.array([100.0]), np.array([1000.0, 500.0, 7.0]))
    share = 100 / (1000 + 0.68 * 500) * 1000
    assert found[:2] == pytest.approx([share, 0.68 * share])
    assert np.isnan(found[2])  # nothing is known: not 0


def test_no_bed_within_the_last_zone_is_none() -> None:
    reach = compress(np.array([0]), np.array([0]), np.array([75.0]), (1, 1))
    assert beds_per_1000(reach, np.array([100.0]), np.array([1000.0])).tolist() == [0.0]


@given(MINUTES)
def test_the_beds_that_somebody_reaches_are_all_shared(minutes: list[float]) -> None:
    reach = reach_of(minutes)
    found = beds_per_1000(reach, BEDS, PEOPLE)
    weighed = zone_weights(reach.minutes) * PEOPLE[reach.commune] > 0
    reached = BEDS[np.unique(reach.site[weighed])].sum()
    assert (found * PEOPLE).sum() / 1000 == pytest.approx(reached)


@given(MINUTES, st.floats(0.1, 50))
def test_scaling_the_beds_scales_and_scaling_the_people_divides(
    minutes: list[float], factor: float
) -> None:
    reach = reach_of(minutes)
    found = beds_per_1000(reach, BEDS, PEOPLE)
    assert beds_per_1000(reach, BEDS * factor, PEOPLE) == pytest.approx(found * factor)
    assert beds_per_1000(reach, BEDS, PEOPLE * factor) == pytest.approx(found / factor)
