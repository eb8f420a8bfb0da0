"""Layers of the map drawn when first wanted: communes of a territory, contested ones."""

from typing import Final

import geopandas as gpd
import pandas as pd

from geo.basin_layers import Overlay, contested_overlay
from geo.basins import DEFAULT_MARGIN, Basin
from geo.drawing import to_topojson
from geo.formats import format_quantity, format_year
from geo.load import Atlas
from geo.measures import territory_table
from geo.wording_map import commune_text

COMMUNE_STEPS: Final = 20_000


def bundled_margin(assignments: pd.DataFrame) -> pd.Series:
    """
    Measure how far each commune is from another territory, in the bundled model.

    Parameters
    ----------
    assignments
        `travel_time_min` to the site that has the commune, `runner_up_time_min` to the nearest of
        another territory; minutes, the latter missing where there is only one territory.

    Returns
    -------
    margin
        (second - first) / (second + first), 0 to 1, as in `geo.models`; missing without a second.
    """
    first, second = assignments.travel_time_min, assignments.runner_up_time_min
    return ((second - first) / (second + first)).clip(lower=0.0)


def contested_drawing(light: gpd.GeoDataFrame, atlas: Atlas) -> Overlay:
    """
    Draw the contested communes of the bundled model, as the page of models does.

    Parameters
    ----------
    light
        Simplified communes: `insee_code`, polygon, EPSG:4326.
    atlas
        `assignments` and `communes` are read.

    Returns
    -------
    overlay
        Empty content when no commune is contested.
    """
    table = atlas.assignments.assign(margin=bundled_margin(atlas.assignments))
    basin = Basin(table, territory_table(atlas))
    return contested_overlay(light, basin, atlas.communes, DEFAULT_MARGIN)


def commune_drawing(light: gpd.GeoDataFrame, atlas: Atlas, area: str) -> bytes:
    """
    Draw the communes of one territory, with their inhabitants.

    Parameters
    ----------
    light
        Simplified communes: `insee_code`, polygon, EPSG:4326.
    atlas
        `assignments` and `communes` are read.
    area
        `area_code`.

    Returns
    -------
    document
        TopoJSON, one object `parts`; properties `area`, `name`, `text` and an empty `mark`. Empty
        bytes when the territory has no commune.
    """
    own = atlas.assignments.loc[atlas.assignments.area_code == area, ["insee_code"]]
    facts = atlas.communes[["insee_code", "commune_name", "population", "population_year"]]
    shapes = light.merge(own, on="insee_code").merge(facts, on="insee_code")
    if shapes.empty:
        return b""
    parts = shapes.set_index("insee_code")[["geometry"]]
    parts["area"] = area
    parts["name"] = shapes.commune_name.to_numpy()
    parts["text"] = [
        commune_text(format_quantity(population, "habitants"), format_year(year))
        for population, year in zip(shapes.population, shapes.population_year, strict=True)
    ]
    parts["mark"] = ""
    return to_topojson({"parts": parts}, COMMUNE_STEPS)
