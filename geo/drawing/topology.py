"""Geometry made to be drawn: simplified as one coverage, quantised, ready for the browser."""

import json
from collections.abc import Mapping

import geopandas as gpd
import pandas as pd
import shapely
from topojson.core.topology import Topology

# Tolerance in degrees, and quantisation steps over the 117 degrees from Guadeloupe to La Réunion.
# National: half a pixel of the first view, about one where the fine drawing takes
# over (zoom 7), steps of 330 m. Fine: fetched when somebody zooms in, a pixel at zoom 10, steps of
# 43 m. Light: communes that models dissolve on demand.
NATIONAL_DEGREES, NATIONAL_STEPS = 0.008, 40_000
LIGHT_DEGREES = 0.005
FINE_DEGREES, FINE_STEPS = 0.0015, 300_000
SCALES = {"": (NATIONAL_DEGREES, NATIONAL_STEPS), "_fine": (FINE_DEGREES, FINE_STEPS)}


def simplify_coverage(polygons: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoDataFrame:
    """
    Simplify polygons so that neighbours keep the same border.

    Parameters
    ----------
    polygons
        A valid coverage (no overlap, matching vertices), EPSG:4326.
    tolerance
        Degrees: roughly the size of the detail that goes (Visvalingam-Whyatt).

    Returns
    -------
    simplified
        Same rows; still a valid coverage.
    """
    shapes = shapely.coverage_simplify(polygons.geometry.to_numpy(), tolerance)
    return polygons.set_geometry(gpd.GeoSeries(shapes, index=polygons.index, crs=polygons.crs))


def pieces(polygons: gpd.GeoDataFrame, keys: pd.DataFrame) -> gpd.GeoDataFrame:
    """
    Dissolve communes into the pieces common to several layers.

    Simplified once, the pieces give territories, departements and regions whose borders coincide
    wherever they run together.

    Parameters
    ----------
    polygons
        Communes: `insee_code`, polygon.
    keys
        `insee_code` and the codes of the layers (`area_code`, `dep_code`, `reg_code`).

    Returns
    -------
    pieces
        One row per combination of codes.
    """
    table = polygons[["insee_code", "geometry"]].merge(keys, on="insee_code")
    layers = [name for name in keys.columns if name != "insee_code"]
    return table.dissolve(by=layers, method="coverage").reset_index()[[*layers, "geometry"]]


def to_topojson(layers: Mapping[str, gpd.GeoDataFrame], steps: int = NATIONAL_STEPS) -> bytes:
    """
    Encode layers as quantised TopoJSON, shared borders written once.

    Parameters
    ----------
    layers
        Name of each object -> polygons indexed by code (which becomes the `id`); the other columns
        become properties.
    steps
        Quantisation steps across the bounding box.

    Returns
    -------
    document
        UTF-8 JSON, the same bytes for the same input.
    """
    frames = [frame.rename_axis("code").reset_index() for frame in layers.values()]
    topology = Topology(frames, object_name=list(layers), prequantize=steps, shared_coords=True)
    document = json.loads(topology.to_json() or "{}")
    for name in layers:
        for feature in document["objects"][name]["geometries"]:
            feature["id"] = feature["properties"].pop("code")
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()


def _layer(parts: gpd.GeoDataFrame, key: str) -> gpd.GeoDataFrame:
    """Dissolve simplified pieces by one code."""
    return parts[[key, "geometry"]].dissolve(by=key, method="coverage")


def drawings(polygons: gpd.GeoDataFrame, keys: pd.DataFrame, kinds: pd.Series) -> dict[str, bytes]:
    """
    Make every file the browser draws.

    Parameters
    ----------
    polygons
        Communes: `insee_code`, polygon, full geometry.
    keys
        `insee_code`, `area_code`, `dep_code`, `reg_code`.
    kinds
        Kind of each area ("ght", "hors_ght", "unassigned"), indexed by `area_code`.

    Returns
    -------
    files
        File stem -> TopoJSON. `territories` holds one object of that name, `outlines` holds
        `departements` and `regions`; `territories_fine` and `outlines_fine` are the same in detail.
    """
    whole = pieces(polygons, keys)
    files = {}
    for suffix, (tolerance, steps) in SCALES.items():
        parts = simplify_coverage(whole, tolerance)
        areas = _layer(parts, "area_code")
        areas["kind"] = kinds.reindex(areas.index)
        files[f"territories{suffix}"] = to_topojson({"territories": areas}, steps)
        outlines = {"departements": _layer(parts, "dep_code"), "regions": _layer(parts, "reg_code")}
        files[f"outlines{suffix}"] = to_topojson(outlines, steps)
    return files
