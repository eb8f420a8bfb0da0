"""Layers of the map drawn when first wanted: communes of a territory, borders of zones."""

from typing import Final

import geopandas as gpd
import pandas as pd

from geo.atlas.load import Atlas
from geo.drawing.topology import NATIONAL_DEGREES, simplify_coverage, to_topojson
from geo.drawing.words import commune_text, town_text, unsure_text
from geo.formats import format_count, format_number, format_quantity, format_year
from geo.territories.own_towns import named_towns

COMMUNE_STEPS: Final = 20_000
ZONE_STEPS: Final = 100_000
# Percent of the runs in which a commune stays in its area; above the last it is sure.
UNSURE_BANDS: Final = (0.0, 50.0, 75.0, 90.0)


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


def unsure_drawing(light: gpd.GeoDataFrame, atlas: Atlas) -> tuple[bytes, int]:
    """
    Hatch the communes that leave their territory in more than a tenth of the runs.

    Parameters
    ----------
    light
        Simplified communes: `insee_code`, polygon, EPSG:4326.
    atlas
        `commune_stability`, `assignments`, `communes` and `territories` are read.

    Returns
    -------
    document, count
        TopoJSON, one object `parts`, dissolved by territory and band of `UNSURE_BANDS`, empty bytes
        without any; and how many communes there are.
    """
    rows = atlas.commune_stability.merge(atlas.assignments[["insee_code", "area_code"]])
    rows = rows.merge(atlas.communes[["insee_code", "population"]])
    band = pd.cut(rows.stays_percent, list(UNSURE_BANDS), right=False, labels=False)
    rows = rows.assign(key=rows.area_code.astype("str") + ">" + band.astype("str"))[band.notna()]
    if rows.empty:
        return b"", 0
    shapes = light.merge(rows[["insee_code", "key"]], on="insee_code")
    parts = shapes[["key", "geometry"]].dissolve(by="key", method="coverage")
    sums = rows.groupby("key").population.agg(["size", "sum"]).loc[parts.index]
    parts["area"] = parts.index.str.partition(">").get_level_values(0)
    names = atlas.territories.set_index("area_code").area_name
    parts["name"] = parts["area"].map(names)  # `parts.area` measures polygons
    parts["text"] = [
        _unsure_text(key, int(count), int(people))
        for key, count, people in sums.itertuples(name=None)
    ]
    parts["mark"] = "instables"
    return to_topojson({"parts": parts}, COMMUNE_STEPS), len(rows)


def _unsure_text(key: str, count: int, people: int) -> str:
    """Say how many communes of a territory stay there in a band of the runs."""
    place = int(float(key.partition(">")[2]))
    low, high = (format_number(bound) for bound in UNSURE_BANDS[place : place + 2])
    return unsure_text(
        format_count(count, "commune"), format_quantity(people, "habitants"), low, high
    )


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
