"""The graph of the roads, on communes drawn by hand around 45 degrees north."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from geo.roads.costs import RoadCosts, Roads
from geo.roads.network import LOCAL, MOTORWAY, NATIONAL, Network, draw_network
from geo.roads.parameters import read_parameters
from geo.roads.places import commune_places, lands, site_places
from geo.roads.relief import Relief
from tests import builders

KM = 1 / (builders.KM_PER_DEGREE * np.cos(np.radians(45.05)))  # degrees of longitude
COSTS = RoadCosts.of(read_parameters())
NO_BRIDGE = pd.DataFrame({"insee_a": [], "insee_b": []}, dtype="str")


def places(*km: float, density: float = 55.0) -> pd.DataFrame:
    """Communes in a row, by their kilometres east of Greenwich."""
    codes = [f"10{n:03d}" for n in range(1, len(km) + 1)]
    return pd.DataFrame(
        {"insee_code": codes, "landmass": "metropole", "lon": [x * KM for x in km], "lat": 45.05,
         "is_town_hall": True, "population": 1000.0, "density": density}
    )  # fmt: skip


def neighbours(*pairs: str) -> pd.DataFrame:
    """Name pairs by their numbers: ``neighbours("1 2")``."""
    ends = [pair.split() for pair in pairs]
    return pd.DataFrame(
        {"insee_a": [f"10{int(a):03d}" for a, _ in ends],
         "insee_b": [f"10{int(b):03d}" for _, b in ends]}, dtype="str",
    )  # fmt: skip


def drawn(
    communes: pd.DataFrame,
    borders: pd.DataFrame,
    posts: pd.DataFrame | None = None,
    sites: pd.DataFrame | None = None,
) -> Network:
    posts = builders.road_posts([900, 901]) if posts is None else posts
    sites = communes.iloc[:0] if sites is None else sites
    found = lands(communes.insee_code, borders, NO_BRIDGE)
    points = site_places(sites[["insee_code", "lon", "lat"]], communes)
    relief = Relief(builders.flat_relief())
    return draw_network(communes, points, posts, borders, found, relief)


def minutes(network: Network, to: int) -> list[float]:
    found = Roads(network).minutes(COSTS, np.array([to]), np.inf)[0]
    return [float(value) for value in found]


def test_neighbours_are_linked_by_their_distance() -> None:
    edges = drawn(places(0, 10), neighbours("1 2")).edges
    local = edges[edges.road == LOCAL]
    assert len(local) == 1
    assert local.km.iloc[0] == pytest.approx(10, abs=0.01)
    assert local.climb_m.iloc[0] == 0


def test_the_neighbours_of_neighbours_are_linked_when_near() -> None:
    near = drawn(places(0, 5, 10), neighbours("1 2", "2 3")).edges
    far = drawn(places(0, 10, 20), neighbours("1 2", "2 3")).edges
    assert (near.road == LOCAL).sum() == 3
    assert (far.road == LOCAL).sum() == 2


def test_no_road_leads_over_water() -> None:
    found = minutes(drawn(places(0, 10, 12), neighbours("1 2")), to=0)
    assert np.isfinite(found[1])
    assert np.isinf(found[2])


def test_a_bridge_joins_two_lands() -> None:
    communes, bridge = places(0, 10), neighbours("1 2")
    alone = lands(communes.insee_code, bridge.iloc[:0], NO_BRIDGE).of_commune
    joined = lands(communes.insee_code, bridge.iloc[:0], bridge).of_commune
    assert alone.nunique() == 2
    assert joined.nunique() == 1


def motorway(ramps: list[float]) -> pd.DataFrame:
    """A motorway of 60 km, with ramps at some kilometres."""
    road = builders.road_posts([float(x) for x in range(61)], route="A0089")
    doors = builders.road_posts(ramps, route="10A908901")
    return pd.concat([road, doors.assign(is_ramp=True)], ignore_index=True)


def test_a_motorway_is_entered_at_its_ramps_only() -> None:
    row = places(*range(0, 61, 10))
    links = neighbours(*(f"{n} {n + 1}" for n in range(1, 7)))
    closed = drawn(row, links, motorway([500.0]))
    opened = drawn(row, links, motorway([0.0, 60.0]))
    assert not closed.edges.enters.any()
    assert opened.edges.enters.any()
    by_local, by_motorway = minutes(closed, to=0), minutes(opened, to=0)
    assert by_motorway[-1] < by_local[-1] - 10
    assert by_motorway[1] == pytest.approx(by_local[1], abs=2)


def test_an_island_is_not_linked_to_the_road_posts() -> None:
    network = drawn(places(0, 3, 6, 60), neighbours("1 2", "2 3"), builders.road_posts([59, 60]))
    assert np.isinf(minutes(network, to=0)[3])


def test_a_road_is_cut_where_its_posts_lack() -> None:
    posts = builders.road_posts([0, 1, 30, 31])
    assert (drawn(places(0, 10), neighbours("1 2"), posts).edges.road == NATIONAL).sum() == 2
    edges = drawn(places(0, 10), neighbours("1 2"), motorway([0.0])).edges
    assert (edges.road == MOTORWAY).sum() == 60


def test_a_hospital_is_joined_to_its_commune_and_to_the_neighbours_of_that_one() -> None:
    communes = places(0, 10, 20)
    site = communes.iloc[[1]].assign(lon=13 * KM)
    network = drawn(communes, neighbours("1 2", "2 3"), sites=site)
    joined = network.edges[network.edges.start == 3]
    assert sorted(joined.end) == [0, 1, 2]
    near = minutes(network, to=3)
    assert near[1] < near[2] < near[0]


def test_a_trip_counts_the_ends_once_each() -> None:
    network = drawn(places(0, 10), neighbours("1 2"))
    ends = 2 * COSTS.end
    assert minutes(network, to=0)[0] == pytest.approx(ends)
    assert minutes(network, to=0)[1] == pytest.approx(ends + 10 * COSTS.local_pace, rel=0.01)
    nearest = Roads(network).nearest(COSTS, np.array([0]))
    assert list(nearest) == pytest.approx(minutes(network, to=0))


def test_relief_slows_and_the_sea_does_not() -> None:
    grid = builders.flat_relief()
    slope = grid + np.linspace(0, 4000, len(grid.columns))
    start, end = np.array([[0.0, 45.0]]), np.array([[0.1, 45.0]])
    climb, rugged = Relief(slope).along(start, end)
    assert climb[0] == pytest.approx(200)
    assert rugged[0] > Relief(grid).along(start, end)[1][0]
    assert Relief(grid * np.nan).along(start, end)[0][0] == 0


def test_a_town_hall_far_from_its_commune_is_not_used() -> None:
    communes = builders.communes([0, 0, 0], landmass="metropole", anchor_lat=45.0)
    squares = gpd.GeoDataFrame(
        {"insee_code": communes.insee_code},
        geometry=[box(n / 10, 45, (n + 1) / 10, 45.1) for n in range(3)],
        crs="EPSG:4326",
    )
    halls = builders.town_halls("10001", "10002").assign(lon=[0.05, 0.5])
    placed = commune_places(communes, squares, halls)
    assert list(placed.is_town_hall) == [True, False, False]
    assert list(placed.lon) == [0.05, 0.0, 0.0]
