"""What a scenario moves, on the map: communes, the border before and after, where they go."""

from typing import Final

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.catchment.area_drawing import touched_areas
from geo.catchment.layers import PAIR_STEPS, Overlay, area_names, changed_communes, patches
from geo.catchment.runs import Basin
from geo.drawing.topology import to_topojson
from geo.territories.areas import area_polygons

BEFORE, AFTER = "avant", "apres"
AROUND, LEAST = 0.6, 0.2  # of its size, and degrees
CLOSE: Final = 1e-9  # degrees: what a difference of lines leaves by rounding


def scenario_overlay(
    light: gpd.GeoDataFrame, basin: Basin, reality: Basin, communes: pd.DataFrame
) -> Overlay:
    """
    Draw what a scenario moves.

    Parameters
    ----------
    light
        Simplified communes.
    basin, reality
        The run with the scenario, and without it.
    communes
        The bundled communes.

    Returns
    -------
    overlay
        Its content has a second object, `borders`: the lines `avant` and `apres` where they differ.
        The largest part that comes to an area names it (`arrival`) at `lon`, `lat`.
    """
    names = area_names(basin).combine_first(area_names(reality))
    parts, counted = patches(light, changed_communes(basin, reality), communes, names)
    if not counted[0]:
        return Overlay(b"", 0, 0)
    lines = changed_borders(light, basin, reality)
    layers = {"parts": _with_arrivals(parts, names), "borders": lines}
    content = to_topojson({name: one for name, one in layers.items() if len(one)}, PAIR_STEPS)
    west, south, east, north = (round(float(bound), 3) for bound in parts.total_bounds)
    # Around what moves: the territories themselves may be far larger, or an ocean away.
    wide, high = (max(high - low, LEAST) * AROUND for low, high in ((west, east), (south, north)))
    frame = (west - wide, south - high, east + wide, north + high)
    touched = touched_areas(reality, basin)
    return Overlay(content, *counted, areas=touched, frame=frame)


def changed_borders(light: gpd.GeoDataFrame, basin: Basin, reality: Basin) -> gpd.GeoDataFrame:
    """Give the borders that only one of two runs has: index `BEFORE` and `AFTER`, lines."""
    touched = touched_areas(reality, basin)
    old, new = (_borders(light, run, touched) for run in (reality, basin))
    # In one piece: a dash starts again at each.
    lines = {
        BEFORE: shapely.line_merge(old.difference(new)),
        AFTER: shapely.line_merge(new.difference(old)),
    }
    kept = {name: line for name, line in lines.items() if line.length > CLOSE}
    shapes = gpd.GeoSeries(kept, crs=light.crs)
    return gpd.GeoDataFrame(geometry=shapes)


def _borders(light: gpd.GeoDataFrame, run: Basin, touched: frozenset[str]) -> BaseGeometry:
    """Gather the borders of some areas of a run."""
    rows = run.communes[run.communes.area_code.isin(list(touched))]
    shapes = light[light.insee_code.isin(rows.insee_code)]
    areas = area_polygons(shapes, rows.astype({"area_code": "str"}))
    return shapely.union_all(areas.geometry.boundary.to_numpy())


def _with_arrivals(parts: gpd.GeoDataFrame, names: pd.Series) -> gpd.GeoDataFrame:
    """Say on the largest patch that comes to each area what its name is, and where to write it."""
    box = parts.geometry.bounds
    size = (box.maxx - box.minx) * (box.maxy - box.miny)
    first = parts.loc[size.sort_values(ascending=False, kind="stable").index]
    largest = first.drop_duplicates("area").index
    points = shapely.point_on_surface(parts.geometry.to_numpy())
    is_largest = parts.index.isin(largest)
    return parts.assign(
        arrival=[
            str(names.get(code, code)) if told else ""
            for code, told in zip(parts["area"], is_largest, strict=True)
        ],
        lon=shapely.get_x(points).round(4),
        lat=shapely.get_y(points).round(4),
    )
