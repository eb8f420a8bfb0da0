"""Layers of the map drawn when first wanted: communes of a territory, borders of zones."""

from typing import Final

import geopandas as gpd
import pandas as pd

from geo.atlas.load import Atlas
from geo.drawing.topology import NATIONAL_DEGREES, simplify_coverage, to_topojson
from geo.drawing.words import access_text, commune_text, town_text
from geo.formats import format_minutes, format_quantity, format_year, is_unknown
from geo.territories.access import MAP_BANDS_MIN, map_bands
from geo.territories.own_towns import named_towns

COMMUNE_STEPS: Final = 20_000
ZONE_STEPS: Final = 100_000


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


def access_drawing(
    light: gpd.GeoDataFrame, atlas: Atlas, area: str
) -> tuple[bytes, tuple[int, ...]]:
    """
    Draw the communes of one territory by minutes to the hospital that draws each.

    Parameters
    ----------
    light
        Simplified communes: `insee_code`, polygon, EPSG:4326.
    atlas
        `assignments`, `communes` and `establishments` are read.
    area
        `area_code`.

    Returns
    -------
    document, people
        TopoJSON as `commune_drawing`, `mark` the class of `map_bands` or the hatch of unknown
        minutes; inhabitants of each class. Empty bytes when the territory has no commune.
    """
    own = atlas.assignments[atlas.assignments.area_code == area]
    facts = atlas.communes[["insee_code", "commune_name", "population"]]
    shapes = light.merge(own, on="insee_code").merge(facts, on="insee_code")
    if shapes.empty:
        return b"", ()
    names = atlas.establishments.set_index("finess_et").site_name
    bands = map_bands(shapes.travel_time_min)
    parts = shapes.set_index("insee_code")[["geometry"]]
    parts["area"] = area
    parts["name"] = shapes.commune_name.to_numpy()
    parts["text"] = [
        access_text(format_minutes(minutes), site, format_quantity(people, "habitants"))
        for minutes, site, people in zip(
            shapes.travel_time_min, shapes.finess_et.map(names), shapes.population, strict=True
        )
    ]
    parts["mark"] = ["inconnu" if is_unknown(number) else str(number) for number in bands]
    people = shapes.population.groupby(bands).sum().reindex(range(len(MAP_BANDS_MIN) + 1))
    return to_topojson({"parts": parts}, COMMUNE_STEPS), tuple(people.fillna(0).astype(int))


def outline_drawing(light: gpd.GeoDataFrame, insee_code: str) -> bytes:
    """
    Draw one commune.

    Parameters
    ----------
    light
        Simplified communes: `insee_code`, polygon, EPSG:4326.
    insee_code
        Of the commune.

    Returns
    -------
    document
        TopoJSON, one object `parts`. Empty bytes when it has no shape.
    """
    parts = light.loc[light.insee_code == insee_code].set_index("insee_code")[["geometry"]]
    return b"" if parts.empty else to_topojson({"parts": parts}, COMMUNE_STEPS)


def town_drawing(light: gpd.GeoDataFrame, atlas: Atlas) -> tuple[bytes, int]:
    """
    Hatch the communes that house a member and are in the territory of another.

    Parameters
    ----------
    light
        Simplified communes: `insee_code`, polygon, EPSG:4326.
    atlas
        The bundled tables.

    Returns
    -------
    document, count
        TopoJSON, one object `parts`, empty bytes without any; and how many communes there are.
    """
    found = named_towns(atlas)
    groups = ["insee_code", "commune_name", "area_code", "ght_text"]
    named = found.groupby(groups).site_name.agg(", ".join).reset_index()
    shapes = light.merge(named, on="insee_code")
    if shapes.empty:
        return b"", 0
    parts = shapes[["geometry"]].set_axis(shapes.insee_code + shapes.ght_text)
    parts["area"] = shapes.area_code.to_numpy()
    parts["name"] = shapes.commune_name.to_numpy()
    parts["text"] = [*map(town_text, shapes.site_name, shapes.ght_text)]
    parts["mark"] = "ailleurs"
    return to_topojson({"parts": parts}, COMMUNE_STEPS), shapes.insee_code.nunique()


def zone_drawing(light: gpd.GeoDataFrame, zones: pd.Series) -> bytes:
    """
    Draw the zones of a kind, each border once.

    Parameters
    ----------
    light
        Simplified communes: `insee_code`, polygon, EPSG:4326.
    zones
        Code of the zone of each commune, indexed by `insee_code`, missing where there is none.

    Returns
    -------
    document
        TopoJSON, one object `zones` whose `id` are the codes. Empty bytes without a zone.
    """
    shapes = light[["geometry"]].assign(zone=light.insee_code.map(zones)).dropna(subset=["zone"])
    if shapes.empty:
        return b""
    whole = shapes.dissolve(by="zone", method="coverage")
    return to_topojson({"zones": simplify_coverage(whole, NATIONAL_DEGREES)}, ZONE_STEPS)
