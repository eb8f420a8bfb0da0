"""A zoning set beside the GHTs: who shares each zone, and the figures of each zone."""

from typing import Final

import pandas as pd

from geo.atlas.columns import PAINTED, UNASSIGNED
from geo.atlas.load import Atlas
from geo.catchment import words
from geo.catchment.layers import area_names
from geo.catchment.runs import Basin
from geo.catchment.tables import in_french

FIGURES: Final = tuple(words.ZONE_COLUMNS)


def crossing(atlas: Atlas, found: Basin) -> pd.DataFrame:
    """
    Share the inhabitants of each zone between the GHTs of the bundled model.

    Parameters
    ----------
    atlas
        `assignments`, `communes` and the names of areas.
    found
        The run of a person's zoning.

    Returns
    -------
    table
        French columns, a row per zone and territory that have a commune in common, the zone with
        most inhabitants first. The populations sum to the country.
    """
    names = atlas.territories.set_index("area_code").area_name
    zones = found.communes[["insee_code", "area_code"]].astype("str")
    table = zones.rename(columns={"area_code": "zone"}).merge(
        atlas.assignments[["insee_code", "area_code"]], on="insee_code"
    )
    table = table.merge(atlas.communes[["insee_code", "population", "area_km2"]], on="insee_code")
    groups = table.groupby(["zone", "area_code"])
    sums = groups[["population", "area_km2"]].sum()
    sums["commune_count"] = groups.size()
    rows = sums.reset_index()
    whole = rows.groupby("zone").population.transform("sum")
    rows["share_of_zone"] = _percent(rows.population, whole)
    rows["share_of_area"] = _percent(
        rows.population, rows.groupby("area_code").population.transform("sum")
    )
    rows["zone_name"] = rows.zone.map(area_names(found))
    rows["area_name"] = rows.area_code.map(names)
    order = rows.assign(whole=whole.where(rows.zone != UNASSIGNED, -1))
    order = order.sort_values(
        ["whole", "zone", "population"], ascending=[False, True, False], kind="stable"
    )
    return in_french(order, words.CROSSING_COLUMNS)


def _percent(part: pd.Series, whole: pd.Series) -> pd.Series:
    """Relate inhabitants to others; missing where nobody lives."""
    return (part / whole.where(whole > 0) * 100).astype("Float64")


def zone_figures(found: Basin) -> pd.DataFrame:
    """Lay out the figures of the zones of a zoning: population, ages, access, sites."""
    table = found.territories
    return in_french(table[table.kind.isin(PAINTED) & (table.population > 0)], words.ZONE_COLUMNS)


def sites_inside(atlas: Atlas, found: Basin) -> pd.DataFrame:
    """List the general hospital sites of each zone."""
    table = atlas.establishments[atlas.establishments.is_general]
    codes = found.communes.set_index("insee_code").area_code.astype("str")
    names = atlas.territories.set_index("area_code").area_name
    rows = table.assign(zone=table.insee_code.map(codes), ght_name=table.area_code.map(names))
    rows = rows[rows.zone.notna() & (rows.zone != UNASSIGNED)]
    rows = rows.assign(zone_name=rows.zone.map(area_names(found)))
    return in_french(rows.sort_values(["zone_name", "site_name"]), words.SITE_COLUMNS)


def cut_table(atlas: Atlas, cut: pd.Series) -> pd.DataFrame:
    """List the communes that a border of a file cuts, the most populated first."""
    rows = atlas.communes[atlas.communes.insee_code.isin(cut.index)]
    rows = rows.assign(share=rows.insee_code.map(cut))
    return in_french(rows.sort_values("population", ascending=False), words.CUT_COLUMNS)
