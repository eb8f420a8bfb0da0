"""Territories: communes dissolved by area, their counts, and the row of those nobody serves."""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.atlas.columns import OUTSIDE_PREFIX, UNASSIGNED
from geo.territories.density import density_per_km2
from geo.territories.sums import sum_by_area

UNASSIGNED_NAME = "Communes non rattachées"
OUT_OF_ZONES = "Hors zonage"


def area_polygons(polygons: gpd.GeoDataFrame, assignments: pd.DataFrame) -> gpd.GeoDataFrame:
    """
    Dissolve communes into areas.

    Parameters
    ----------
    polygons
        One row per commune: `insee_code`, polygon; a valid coverage.
    assignments
        `insee_code`, `area_code`; each commune once.

    Returns
    -------
    areas
        One row per area, index `area_code`, geometry in the CRS of `polygons`. Areas tile: they
        neither overlap nor leave gaps between assigned communes. The unassigned are left out.
    """
    areas = polygons.insee_code.map(assignments.set_index("insee_code").area_code)
    assigned = polygons[["geometry"]].assign(area_code=areas)[areas != UNASSIGNED]
    return assigned.dissolve(by="area_code", method="coverage")


def sum_communes(assignments: pd.DataFrame, communes: pd.DataFrame) -> pd.DataFrame:
    """
    Add up the communes of each area.

    Parameters
    ----------
    assignments
        `insee_code`, `area_code`.
    communes
        `insee_code`, `population`, `population_year`, `area_km2`.

    Returns
    -------
    sums
        Index `area_code`: `population` (inhabitants), `population_year` and
        `population_latest_year` (oldest and newest counts used),
        `area_km2` (geodesic, GRS80), `commune_count`. Extensive: totals are those of `communes`.
    """
    sums = sum_by_area(assignments, communes, ["population", "area_km2"])
    years = communes[["insee_code", "population_year"]]
    table = assignments[["insee_code", "area_code"]].merge(years, on="insee_code")
    groups = table.groupby("area_code").population_year
    sums.insert(1, "population_year", groups.min())
    sums.insert(2, "population_latest_year", groups.max())
    return sums.assign(commune_count=groups.size())


def _ght_rows(ghts: pd.DataFrame, sites: pd.DataFrame, served: set[str]) -> pd.DataFrame:
    """Every GHT, with the reason why some have no territory."""
    rows = ghts[["ght_code", "ght_name", "reg_code", "is_thematic", "current_member_count"]].rename(
        columns={"ght_name": "area_name", "current_member_count": "member_count"}
    )
    rows = rows.assign(area_code=rows.ght_code, kind="ght")
    general = sites[sites.is_general]
    is_placed = rows.ght_code.isin(general.ght_code[general.insee_code.notna()])
    has_site = rows.ght_code.isin(general.ght_code)
    choices = [rows.area_code.isin(served), rows.is_thematic, is_placed, has_site]
    words = ["modelled", "thematic", "no_commune", "outside_scope"]
    rows["status"] = np.select(choices, words, default="no_site")
    return rows.drop(columns="is_thematic")


def _outside_rows(
    served: set[str], sites: pd.DataFrame, entity_names: pd.Series, communes: pd.DataFrame
) -> pd.DataFrame:
    """Public hospitals outside the GHTs that win communes, named by their entity."""
    codes = pd.Series(sorted(c for c in served if c.startswith(OUTSIDE_PREFIX)), dtype="str")
    entity = codes.str.removeprefix(OUTSIDE_PREFIX)
    regions = communes.set_index("insee_code").reg_code
    homes = sites[sites.is_general & sites.finess_ej.isin(entity)].assign(
        reg_code=lambda frame: frame.insee_code.map(regions)
    )
    main_region = homes.groupby("finess_ej").reg_code.agg(lambda codes: codes.mode().iloc[0])
    return pd.DataFrame(
        {
            "area_code": codes,
            "kind": "hors_ght",
            "area_name": entity.map(entity_names),
            "reg_code": entity.map(main_region),
            "status": "modelled",
        }
    )


def build_territories(
    assignments: pd.DataFrame,
    communes: pd.DataFrame,
    ghts: pd.DataFrame,
    sites: pd.DataFrame,
    entity_names: pd.Series,
) -> pd.DataFrame:
    """
    Make the table of territories: every GHT, every hors-GHT area, and the unassigned.

    Parameters
    ----------
    assignments
        `insee_code`, `area_code`.
    communes
        The bundled communes.
    ghts
        The bundled GHTs.
    sites
        The bundled establishments.
    entity_names
        Names of legal entities, indexed by `finess_ej`.

    Returns
    -------
    territories
        One row per area, sorted GHTs first. The populations, unknown ones aside, sum to the
        population of the country. A GHT without a modelled territory has a `status` that says why
        and missing figures, never zeros; one whose sites win no commune ("no_commune") has zeros,
        since that is what the model says.
    """
    sums = sum_communes(assignments, communes)
    served = set(sums.index)
    outside = _outside_rows(served, sites, entity_names, communes)
    last = pd.DataFrame(
        {"area_code": [UNASSIGNED], "kind": "unassigned", "area_name": UNASSIGNED_NAME,
         "status": "unassigned"}
    )  # fmt: skip
    table = pd.concat([_ght_rows(ghts, sites, served), outside, last], ignore_index=True)
    table = table.merge(sums, left_on="area_code", right_index=True, how="left")
    nobody = table.status.isin(["unassigned", "no_commune"]) & table.population.isna()
    table.loc[nobody, ["population", "area_km2", "commune_count"]] = 0
    general = sites[sites.is_general & sites.insee_code.notna()]
    table["site_count"] = table.area_code.map(general.groupby("area_code").size())
    table["density_per_km2"] = density_per_km2(table)
    counts = ["population", "population_year", "population_latest_year", "commune_count"]
    counts += ["site_count", "member_count"]
    return table.astype(dict.fromkeys(counts, "Int64"))


def with_zones(
    territories: pd.DataFrame,
    assignments: pd.DataFrame,
    communes: pd.DataFrame,
    sites: pd.DataFrame,
    zones: Mapping[str, str],
) -> pd.DataFrame:
    """
    Add the zones of a person's zoning to the territories of an assignment.

    Parameters
    ----------
    territories
        From `build_territories`.
    assignments, communes, sites
        See `build_territories`.
    zones
        Code -> name.

    Returns
    -------
    territories
        The zones first, by name, `kind` "zone", in the region of most of their inhabitants; the
        sites are those that stand in their communes. Of the GHTs, only those that have communes.
        The populations sum to the country.
    """
    sums = sum_communes(assignments, communes)
    homes = assignments[["insee_code", "area_code"]].merge(communes, on="insee_code")
    people = homes.groupby(["area_code", "reg_code"]).population.sum().reset_index()
    main = people.sort_values("population").drop_duplicates("area_code", keep="last")
    general = sites[sites.is_general].insee_code.map(homes.set_index("insee_code").area_code)
    counts = general.value_counts()
    rows = pd.DataFrame({"area_code": list(zones), "area_name": list(zones.values())})
    rows = rows.assign(kind="zone", status="modelled").sort_values("area_name", kind="stable")
    rows["reg_code"] = rows.area_code.map(main.set_index("area_code").reg_code)
    rows = rows.merge(sums, left_on="area_code", right_index=True, how="left")
    rows["site_count"] = rows.area_code.map(counts).fillna(0).astype("Int64")
    rows["density_per_km2"] = density_per_km2(rows)
    others = territories[(territories.commune_count > 0) | (territories.kind == "unassigned")]
    last = others.area_name.mask(others.kind == "unassigned", OUT_OF_ZONES)
    table = pd.concat([rows, others.assign(area_name=last)], ignore_index=True)
    return table[territories.columns].astype(territories.dtypes.to_dict())
