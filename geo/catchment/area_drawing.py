"""The areas of a run for the browser; those of a scenario are drawn from those of reality."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from geo.catchment.runs import Basin
from geo.drawing.topology import to_topojson
from geo.territories.areas import area_polygons

AREA_STEPS: Final = 100_000
LEAST_POINTS: Final = 4  # of a ring that is still one


def area_drawing(light: gpd.GeoDataFrame, basin: Basin) -> bytes:
    """Dissolve the areas of a run for the browser, as `geo.drawing.topology.drawings` does."""
    areas = area_polygons(light, basin.communes.astype({"area_code": "str"}))
    return to_topojson({"territories": areas}, AREA_STEPS)


def touched_areas(before: Basin, after: Basin) -> frozenset[str]:
    """List the areas that have not the same communes in two runs."""
    old, new = (basin.communes.area_code.astype("str").to_numpy() for basin in (before, after))
    differs = old != new
    return frozenset({*old[differs], *new[differs]})


def redrawn(
    drawing: Mapping[str, Any], light: gpd.GeoDataFrame, basin: Basin, touched: Collection[str]
) -> bytes:
    """
    Draw the areas that a scenario changes again, and keep the others as they were drawn.

    Cutting the borders of the whole country takes most of a second, and a change touches a few
    areas of it.

    Parameters
    ----------
    drawing
        The TopoJSON of `area_drawing` for the run without the scenario, read.
    light
        Simplified communes.
    basin
        The run with the scenario.
    touched
        Areas that have not the same communes.

    Returns
    -------
    content
        TopoJSON on the same grid: borders that are shared still coincide.
    """
    old = drawing["objects"]["territories"]
    kept = [one for one in old["geometries"] if one["id"] not in touched]
    arcs = list(drawing["arcs"])
    rows = basin.communes[basin.communes.area_code.isin(list(touched))]
    areas = _dissolved(light, rows)
    drawn = [_geometry(code, shape, drawing["transform"], arcs) for code, shape in areas.items()]
    whole = {**old, "geometries": sorted(kept + drawn, key=lambda one: str(one["id"]))}
    document = {**drawing, "arcs": arcs, "objects": {"territories": whole}}
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()


def _dissolved(light: gpd.GeoDataFrame, rows: pd.DataFrame) -> dict[str, BaseGeometry]:
    """Dissolve some communes into their areas."""
    if rows.empty:
        return {}
    communes = light[light.insee_code.isin(rows.insee_code)]
    areas = area_polygons(communes, rows.astype({"area_code": "str"}))
    return {str(code): shape for code, shape in areas.geometry.items()}


def _geometry(
    code: str, shape: BaseGeometry, transform: Mapping[str, Any], arcs: list[Any]
) -> dict[str, Any]:
    """Write an area whose rings are arcs of its own, which are added to the others."""
    polygons = []
    for polygon in _polygons(shape):
        rings = []
        for ring in (polygon.exterior, *polygon.interiors):
            points = _on_grid(np.asarray(ring.coords), transform)
            if len(points) >= LEAST_POINTS:
                rings.append([len(arcs)])
                arcs.append(np.diff(points, axis=0, prepend=0).tolist())
        if rings:
            polygons.append(rings)
    return {"type": "MultiPolygon", "arcs": polygons, "id": code, "properties": {}}


def _polygons(shape: BaseGeometry) -> Iterator[Polygon]:
    """Give the polygons of a shape."""
    for part in getattr(shape, "geoms", [shape]):
        if isinstance(part, Polygon):
            yield part


def _on_grid(
    points: npt.NDArray[np.float64], transform: Mapping[str, Any]
) -> npt.NDArray[np.int64]:
    """Round points to the grid of a drawing, each once."""
    steps = np.rint((points[:, :2] - transform["translate"]) / transform["scale"]).astype("int64")
    moves = np.any(np.diff(steps, axis=0) != 0, axis=1)
    return np.asarray(steps[np.concatenate([[True], moves])])
