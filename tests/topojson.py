"""A tiny TopoJSON decoder, written from the format's description, not from the encoder."""

import json
from typing import Any

import geopandas as gpd
from shapely import make_valid
from shapely.geometry import MultiPolygon, Polygon

Ring = list[tuple[float, float]]


def _arcs(document: dict[str, Any]) -> list[Ring]:
    """Undo the quantisation: integers are differences, to be scaled and moved."""
    (kx, ky), (dx, dy) = document["transform"]["scale"], document["transform"]["translate"]
    arcs = []
    for steps in document["arcs"]:
        x = y = 0
        points: Ring = []
        for step in steps:
            x, y = x + step[0], y + step[1]
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(points)
    return arcs


def _ring(numbers: list[int], arcs: list[Ring]) -> Ring:
    """Join arcs end to end; ``~n`` is arc n backwards."""
    points: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        assert not points or points[-1] == arc[0], "arcs must meet"
        points += arc if not points else arc[1:]
    assert points[0] == points[-1], "rings must close"
    return points


def _shape(geometry: dict[str, Any], arcs: list[Ring]) -> MultiPolygon:
    parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    polygons = []
    for shell, *holes in parts:
        rings = [_ring(hole, arcs) for hole in holes]
        polygons.append(Polygon(_ring(shell, arcs), rings))
    return MultiPolygon(polygons)


def decode(content: bytes) -> dict[str, gpd.GeoDataFrame]:
    """
    Read a quantised TopoJSON.

    Returns
    -------
    layers
        Name of each object -> its polygons, indexed by `id`, with the properties.
    """
    document = json.loads(content)
    assert document["type"] == "Topology"
    arcs = _arcs(document)
    layers = {}
    for name, collection in document["objects"].items():
        rows = collection["geometries"]
        layers[name] = gpd.GeoDataFrame(
            [row["properties"] for row in rows],
            index=[row["id"] for row in rows],
            geometry=[make_valid(_shape(row, arcs)) for row in rows],
            crs="EPSG:4326",
        )
    return layers
