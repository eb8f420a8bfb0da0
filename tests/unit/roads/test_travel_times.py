"""The table of travel times."""

import numpy as np
import pandas as pd
import pytest

from geo.errors import SourceError
from geo.roads.costs import Roads
from geo.roads.crow import CrowLine, crow_lines
from geo.roads.places import lands
from geo.roads.travel_times import (
    CROW,
    LIMIT_MIN,
    ROAD,
    check_times,
    crow_pairs,
    road_pairs,
    times_table,
    wanted_sites,
)
from tests import builders
from tests.unit.roads.test_network import COSTS, NO_BRIDGE, drawn, neighbours, places


def test_each_pair_within_two_hours_is_there_once_by_half_minutes() -> None:
    row = places(*range(0, 200, 20))
    network = drawn(row, neighbours(*(f"{n} {n + 1}" for n in range(1, 10))))
    commune, site, half = road_pairs(Roads(network), COSTS, np.array([0, 0]))
    exact = Roads(network).minutes(COSTS, np.array([0]), np.inf)[0]
    assert set(commune) == set(np.flatnonzero(exact <= LIMIT_MIN))
    assert len(commune) < 2 * len(row)
    assert np.abs(half / 2 - exact[commune]).max() <= 0.25
    assert sorted(zip(commune, site, strict=True)) == sorted(set(zip(commune, site, strict=True)))


def test_overseas_minutes_follow_the_distance_and_never_cross_the_sea() -> None:
    communes = places(0, 10, 20).assign(landmass="971")
    sites = communes.iloc[[0]]
    land = lands(communes.insee_code, neighbours("1 2"), NO_BRIDGE)
    commune, _, half = crow_pairs(communes, sites, land, {"971": CrowLine(2.0, 1.5)})
    assert list(commune) == [0, 1]
    assert list(half / 2) == [2.0, 17.0]
    assert len(crow_pairs(communes, sites, land, {})[0]) == 0


def test_a_line_is_two_rows_of_parameters() -> None:
    table = pd.DataFrame(
        {"name": ["end", "crow_971_start", "crow_971_per_km"], "value": ["1.4", "-0.5", "1.2"]}
    )
    line = crow_lines(table)["971"]
    assert list(line.minutes(np.array([0.0, 10.0]))) == [0.0, 11.5]


def laid_out(added: float = 0.0) -> pd.DataFrame:
    pairs = (np.array([1, 0]), np.array([0, 0]), np.array([20, 9], "uint8"))
    empty = np.empty(0, "int64")
    codes = pd.Series(["10001", "10002"]), pd.Series(["100000017"])
    table = times_table(*codes, {ROAD: pairs, CROW: (empty, empty, np.empty(0, "uint8"))})
    return table.assign(minutes=table.half_minutes / 2 + added)


def test_the_table_is_ordered_and_says_its_method() -> None:
    table = laid_out()
    assert list(table.origin) == ["10001", "10002"]
    assert list(table.minutes) == [4.5, 10.0]
    assert set(table.method) == {ROAD}
    check_times(table, pd.Series(["10001", "10002"]), pd.Series(["100000017"]))


def test_faults_of_the_table_are_told_together() -> None:
    twice = pd.concat([laid_out(), laid_out(500.0)], ignore_index=True)
    with pytest.raises(SourceError) as caught:
        check_times(twice, pd.Series(["10001"]), pd.Series(["100000017"]))
    message = str(caught.value)
    assert "origin sans correspondance : 10002" in message
    assert "couples en double" in message
    assert "minutes hors limite" in message


def test_the_sites_are_general_hospitals_public_or_of_a_member() -> None:
    sites = builders.sites(
        [0, 0, 0, 0, 0],
        category_code=["355", "355", "355", "500", "101"],
        public_status=["public", "prive", "prive", "public", "public"],
        ght_code=[None, "GE-06", None, "GE-06", "GE-06"],
        lon=[0.0, 0.0, 0.0, 0.0, None],
        lat=[45.0, 45.0, 45.0, 45.0, None],
    )
    assert list(wanted_sites(sites).finess_et) == list(sites.finess_et[:2])
