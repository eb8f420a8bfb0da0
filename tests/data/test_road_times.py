"""The bundled minutes by road, against the official ones and what everybody knows."""

import pandas as pd
import pytest

from geo.atlas.load import Atlas
from geo.catchment.road_reach import road_reach
from geo.roads.travel_times import LIMIT_MIN, check_times, read_times, wanted_sites

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def times(atlas: Atlas) -> pd.DataFrame:
    return read_times(atlas)


def test_the_table_is_whole(atlas: Atlas, times: pd.DataFrame) -> None:
    check_times(times, atlas.communes.insee_code, atlas.establishments.finess_et)
    wanted = wanted_sites(atlas.establishments)
    with_roads = wanted[wanted.landmass != "973"]  # Guyane: no line on the distance holds there
    assert set(times.destination.unique()) == set(with_roads.finess_et)
    assert times.minutes.between(0, LIMIT_MIN).all()


def test_every_commune_of_the_mainland_but_islands_reaches_a_hospital(
    atlas: Atlas, times: pd.DataFrame
) -> None:
    mainland = atlas.communes[atlas.communes.landmass.isin(["metropole", "corse"])]
    lost = mainland[~mainland.insee_code.isin(times.origin.unique())]
    assert len(lost) <= 12
    assert {"22016", "29155"} <= set(lost.insee_code)  # Bréhat, Ouessant
    assert {"17297", "17093", "85011"} & set(lost.insee_code) == set()  # Ré, Oléron, Noirmoutier


def test_minutes_are_near_the_official_ones(atlas: Atlas, times: pd.DataFrame) -> None:
    """To the hospitals of the communes that have an emergency department, whatever its status."""
    official = atlas.emergency_times.set_index("insee_code")
    equipped = official.index[official.status == "equipped"]
    commune = atlas.establishments.set_index("finess_et").insee_code
    there = pd.Index(commune.index[commune.isin(equipped)])
    rows = times[times.destination.isin(there) & (times.method == "road")]
    quickest = rows.groupby("origin", observed=True).minutes.min()
    stated = official[official.status == "measured"].minutes.reindex(quickest.index)
    error = (quickest - stated).dropna()
    assert len(error) > 30_000
    assert error.abs().median() < 2.5
    assert error.abs().quantile(0.75) < 5


def test_a_town_is_nearer_to_its_own_hospital(times: pd.DataFrame) -> None:
    troyes = times[times.destination == "100000090"].set_index("origin").minutes
    assert 3 <= troyes["10387"] <= 12  # Troyes
    assert 35 <= troyes["10033"] <= 65  # Bar-sur-Aube, 53 km
    assert 25 <= troyes["10323"] <= 55  # Romilly-sur-Seine, 40 km


def test_guyane_and_islands_are_estimated_by_the_distance(atlas: Atlas) -> None:
    sites = wanted_sites(atlas.establishments)
    found = road_reach(atlas, atlas.communes, sites)
    lands = atlas.communes.landmass.to_numpy()[found.commune]
    assert found.is_road is not None
    assert not found.is_road[lands == "973"].any()
    assert found.is_road[lands == "metropole"].mean() > 0.99
