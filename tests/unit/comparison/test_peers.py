"""Statistical peers and access, computed by hand."""

import math

import numpy as np
import pandas as pd
import pytest

from geo.comparison.peers import nearest_peers, standardise
from geo.territories.access import access_of


def areas(**columns: list[float | None]) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    codes = [chr(ord("A") + n) for n in range(count)]
    return pd.DataFrame({"area_code": codes, "area_name": codes, "reg_code": "44", **columns})


def test_scores_have_mean_zero_and_deviation_one() -> None:
    """1, 2, 3: mean 2, deviation sqrt(2/3)."""
    scores = standardise(areas(x=[1, 2, 3]), ["x"])
    assert scores.x.to_list() == pytest.approx([-math.sqrt(1.5), 0, math.sqrt(1.5)])


def test_a_constant_measure_is_left_out() -> None:
    assert standardise(areas(x=[1, 2], y=[5, 5]), ["x", "y"]).columns.to_list() == ["x"]


def test_peers_are_ranked_by_standardised_distance() -> None:
    """
    Four territories, two measures, by hand.

    x = 0, 2, 4, 6: deviation sqrt(5). y = 0, 0, 10, 10: deviation 5. From A, in standard units:
    B is 2/sqrt(5) = 0.894 away; C sqrt(16/5 + 4) = 2.683; D sqrt(36/5 + 4) = 3.347.
    """
    table = areas(x=[0, 2, 4, 6], y=[0, 0, 10, 10])
    peers = nearest_peers(table, "A", ["x", "y"], count=3)
    assert peers.area_code.to_list() == ["B", "C", "D"]
    assert peers.distance.to_list() == pytest.approx([0.8944, 2.6833, 3.3466], abs=1e-4)


def test_the_unit_of_a_measure_does_not_matter() -> None:
    table = areas(x=[0, 2, 4, 6], y=[0, 3, 10, 7])
    scaled = table.assign(x=table.x * 1000)
    first, second = (nearest_peers(some, "B", ["x", "y"]) for some in (table, scaled))
    assert first.area_code.to_list() == second.area_code.to_list()
    assert first.distance.to_list() == pytest.approx(second.distance.to_list())


def test_an_unknown_measure_is_no_resemblance() -> None:
    table = areas(x=[0, None, 4, 6])
    assert nearest_peers(table, "A", ["x"]).area_code.to_list() == ["C", "D"]
    assert nearest_peers(table, "B", ["x"]).empty


def test_access_by_hand() -> None:
    """100 people at 10 min, 300 at 40, 100 at 70: 20 % within 30, 80 % within 45 and 60."""
    table = pd.DataFrame({"travel_time_min": [10.0, 40.0, 70.0], "population": [100, 300, 100]})
    access = access_of(table)
    assert access.shares == {30: 20.0, 45: 80.0, 60: 80.0}
    assert access.median_min == 40
    assert access.mean_min == 40
    assert access.unknown_population == 0


def test_an_unknown_time_is_never_zero() -> None:
    table = pd.DataFrame({"travel_time_min": [10.0, np.nan], "population": [100, 300]})
    access = access_of(table)
    assert access.shares == {30: 100.0, 45: 100.0, 60: 100.0}
    assert math.isnan(access.mean_min)
    assert access.unknown_population == 300
    nowhere = access_of(table[1:])
    assert nowhere.shares == {}
    assert math.isnan(nowhere.median_min)
