"""The graph of the roads: what is linked to what, how far, through what country."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.spatial import cKDTree

from geo.roads.places import Lands, positions_km
from geo.roads.relief import Relief

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]

LOCAL, NATIONAL, MOTORWAY = "local", "national", "motorway"
SECOND_NEIGHBOUR_KM: Final = 12.0
INTERCHANGE_KM: Final = 1.2
ACCESS_KM: Final = 9.0
ACCESSES: Final = 4
RAMP_KM: Final = 0.9
MISSING_POSTS_M: Final = 10_000.0
SHORTEST_KM: Final = 0.05  # two places at one point
DIRECT: Final = 1e6  # a link of neighbours, apart from the ways through a third commune


@dataclass(frozen=True)
class Network:
    """
    Nodes and edges.

    Attributes
    ----------
    nodes
        `insee_code` (missing for a road post), `lon`, `lat`, `density` (inhabitants per km2 of the
        commune around). Communes come first, then hospital sites, in the order given.
    edges
        `start`, `end` (positions of nodes), `road` ("local", "national", "motorway"), `enters`
        (onto a motorway, or off it), `km`, `density` (mean of both ends), `climb_m`,
        `ruggedness_m`. An edge is used both ways.
    commune_count
        Number of the first nodes that are communes.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    commune_count: int


def draw_network(
    places: pd.DataFrame,
    points: pd.DataFrame,
    posts: pd.DataFrame,
    borders: pd.DataFrame,
    lands: Lands,
    relief: Relief,
) -> Network:
    """
    Draw the graph of mainland France and Corse.

    Parameters
    ----------
    places, points
        From `geo.roads.places`: communes and hospital sites.
    posts
        From `geo.sources.adapters.roads.read_road_posts`.
    borders
        `insee_a`, `insee_b`: neighbours and the ends of bridges.
    lands
        Only the communes of the largest land are linked to the road posts: no road over the sea.
    relief
        Altitudes.
    """
    order = ["route", "metres", "dep_code", "lon"]
    main = posts[~posts.is_ramp].sort_values(order, ignore_index=True)
    main = main.assign(is_motorway=main.route.str.startswith("A"))
    ramps = cKDTree(positions_km(posts[posts.is_ramp])) if posts.is_ramp.any() else None
    at = positions_km(pd.concat([places, points, main]))
    first = len(places) + len(points)
    can_drive = lands.of_commune.reindex(places.insee_code).eq(lands.largest).to_numpy()
    parts = [
        _neighbours(places, borders, at),
        _joined(places, points, borders, at),
        _along(main, at, first),
        _interchanges(main, at, first),
        _accesses(main, at, first, np.flatnonzero(can_drive), ramps),
    ]
    edges = pd.concat(parts, ignore_index=True)
    nodes = _nodes(places, points, main, at)
    return Network(nodes, _with_country(edges, nodes, relief), len(places))


def _edges(start: Positions, end: Positions, at: Floats, road: str) -> pd.DataFrame:
    """Lay straight edges."""
    km = np.linalg.norm(at[start] - at[end], axis=1)
    table = pd.DataFrame({"start": start, "end": end, "km": np.maximum(km, SHORTEST_KM)})
    return table.assign(road=road, enters=False)


def _neighbours(places: pd.DataFrame, borders: pd.DataFrame, at: Floats) -> pd.DataFrame:
    """Link neighbours, and the neighbours of neighbours that are near."""
    codes = pd.Index(places.insee_code)
    start, end = codes.get_indexer(borders.insee_a), codes.get_indexer(borders.insee_b)
    is_known = (start >= 0) & (end >= 0)
    links = (np.full(is_known.sum(), DIRECT), (start[is_known], end[is_known]))
    one_way = coo_array(links, shape=(len(codes), len(codes))).tocsr()
    touch = one_way + one_way.T
    near = (touch + (touch @ touch) / DIRECT**2).tocoo()
    once = near.row < near.col
    edges = _edges(near.row[once].astype("int64"), near.col[once].astype("int64"), at, LOCAL)
    is_kept = (near.data[once] >= DIRECT) | (edges.km < SECOND_NEIGHBOUR_KM).to_numpy()
    kept: pd.DataFrame = edges.loc[is_kept]
    return kept


def _joined(
    places: pd.DataFrame, points: pd.DataFrame, borders: pd.DataFrame, at: Floats
) -> pd.DataFrame:
    """Join each hospital to its commune and to the neighbours of that one: no road over water."""
    turned = borders.rename(columns={"insee_a": "insee_b", "insee_b": "insee_a"})
    both = pd.concat([borders, turned])[["insee_a", "insee_b"]]
    own = pd.DataFrame({"insee_a": places.insee_code, "insee_b": places.insee_code})
    near = pd.concat([own, both]).groupby("insee_a").insee_b.agg(list)
    doors = points.insee_code.map(near).explode()
    end = pd.Index(places.insee_code).get_indexer(doors)
    start = len(places) + doors.index.to_numpy(dtype="int64")
    return _edges(start[end >= 0], end[end >= 0], at, LOCAL)


def _along(posts: pd.DataFrame, at: Floats, first: int) -> pd.DataFrame:
    """Follow each route from post to post; where posts lack, the route is cut."""
    gap = np.diff(posts.metres.to_numpy())
    straight = np.linalg.norm(np.diff(at[first:], axis=0), axis=1) * 1000
    is_same = posts.route.to_numpy()[1:] == posts.route.to_numpy()[:-1]
    # A departement may start again from 0: the way along then contradicts the straight line.
    is_whole = (gap <= MISSING_POSTS_M) & (straight <= gap * 1.1 + 300)
    kept = np.flatnonzero(is_same & is_whole)
    edges = _edges(first + kept, first + kept + 1, at, NATIONAL)
    edges["km"] = np.maximum(edges.km, gap[kept] / 1000)
    edges["road"] = np.where(posts.is_motorway.to_numpy()[kept], MOTORWAY, NATIONAL)
    return edges


def _interchanges(posts: pd.DataFrame, at: Floats, first: int) -> pd.DataFrame:
    """Link the posts of two routes that are near each other."""
    pairs = cKDTree(at[first:]).query_pairs(INTERCHANGE_KM, output_type="ndarray")
    route, is_motorway = posts.route.to_numpy(), posts.is_motorway.to_numpy()
    pairs = pairs[route[pairs[:, 0]] != route[pairs[:, 1]]].astype("int64")
    enters = is_motorway[pairs[:, 0]] != is_motorway[pairs[:, 1]]
    return _edges(first + pairs[:, 0], first + pairs[:, 1], at, NATIONAL).assign(enters=enters)


def _accesses(
    posts: pd.DataFrame, at: Floats, first: int, communes: Positions, ramps: cKDTree | None
) -> pd.DataFrame:
    """Link each commune to the nearest posts where one may drive in."""
    is_open = ~posts.is_motorway.to_numpy()
    if ramps is not None:
        is_open |= np.asarray(ramps.query(at[first:])[0]) <= RAMP_KM
    doors = first + np.flatnonzero(is_open)
    if not len(doors):
        return _edges(np.empty(0, "int64"), np.empty(0, "int64"), at, LOCAL)
    count = min(ACCESSES, len(doors))
    far, near = cKDTree(at[doors]).query(
        at[communes], k=[*range(1, count + 1)], distance_upper_bound=ACCESS_KM
    )
    row, column = np.nonzero(np.isfinite(far))
    door = doors[np.asarray(near)[row, column]]
    edges = _edges(communes[row], door, at, LOCAL)
    return edges.assign(enters=posts.is_motorway.to_numpy()[door - first])


def _nodes(
    places: pd.DataFrame, points: pd.DataFrame, posts: pd.DataFrame, at: Floats
) -> pd.DataFrame:
    """Give each post the density of the commune nearest to it."""
    columns = ["insee_code", "lon", "lat", "density"]
    _, own = cKDTree(at[: len(places)]).query(at[len(places) + len(points) :])
    dense = places.density.to_numpy()[own]
    on_road = posts[["lon", "lat"]].assign(insee_code=None, density=dense)[columns]
    return pd.concat(
        [places[columns], points[columns], on_road.astype({"insee_code": "str"})],
        ignore_index=True,
    )


def _with_country(edges: pd.DataFrame, nodes: pd.DataFrame, relief: Relief) -> pd.DataFrame:
    """Add what slows a road down."""
    point = nodes[["lon", "lat"]].to_numpy()
    start, end = edges.start.to_numpy(), edges.end.to_numpy()
    climb, rugged = relief.along(point[start], point[end])
    log_density = np.log(np.maximum(nodes.density.to_numpy(), 0.1))
    density = np.exp((log_density[start] + log_density[end]) / 2)
    return edges.assign(density=density, climb_m=climb, ruggedness_m=rugged)
