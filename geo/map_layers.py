"""Layers of the map drawn when first wanted: communes, contested ones, links of partnerships."""

import json
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.basin_layers import Overlay, contested_overlay
from geo.basins import DEFAULT_MARGIN, Basin
from geo.drawing import to_topojson
from geo.formats import format_quantity, format_year
from geo.load import Atlas
from geo.maps import link_columns
from geo.measures import territory_table
from geo.palette import FAMILY_COLORS, STATUS_DASHES
from geo.partnership_layers import arcs
from geo.partnership_map import link_rows
from geo.partnership_records import FORM_FAMILY
from geo.partnerships import Collection, Filters, filter_collection, french_date
from geo.wording_map import commune_text
from geo.wording_partnerships import FORM_FAMILIES, STATUSES

COMMUNE_STEPS: Final = 20_000


@dataclass(frozen=True)
class LinkDrawing:
    """
    The links of the partnerships of a place.

    Attributes
    ----------
    content
        What `geo.maps.link_columns` gives, and `keys`, the legend in full screen: triples (text,
        color or "", dash), as JSON. Empty bytes when no partnership has a link.
    count
        Number of partnerships, with or without a link.
    linked_count
        Number of those with at least one link.
    families, statuses
        Codes of those with a link.
    """

    content: bytes
    count: int
    linked_count: int
    families: frozenset[str]
    statuses: frozenset[str]


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


def link_drawing(collection: Collection, filters: Filters) -> LinkDrawing:
    """
    Draw the links between the located parties of the partnerships of a place.

    Parameters
    ----------
    collection
        Every partnership.
    filters
        `region` and `ght` of the place.
    """
    kept = filter_collection(collection, filters)
    heads, drawn = kept.partnerships, arcs(kept, 2)
    starts = {
        str(code): french_date(start, certainty)
        for code, start, certainty in zip(
            heads.partnership_id, heads.start_date, heads.start_certainty, strict=True
        )
    }
    linked = heads[heads.partnership_id.isin(drawn.partnership_id)]
    families = frozenset(linked.form.map(FORM_FAMILY))
    statuses = frozenset(linked.status)
    content = b""
    if not drawn.empty:
        said = link_columns(link_rows(drawn, starts)) | {"keys": _link_keys(families, statuses)}
        content = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return LinkDrawing(content, len(heads), len(linked), families, statuses)


def _link_keys(families: frozenset[str], statuses: frozenset[str]) -> list[tuple[str, str, str]]:
    """Write the legend of links: a colour for a family of forms, a dash for a state."""
    colors = [
        (text, FAMILY_COLORS[key], "") for key, text in FORM_FAMILIES.items() if key in families
    ]
    dashes = [
        (text, "", " ".join(map(str, STATUS_DASHES[key])))
        for key, text in STATUSES.items()
        if key in statuses
    ]
    return [*colors, *dashes]
