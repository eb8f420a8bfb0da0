"""Carry commune polygons to the current official code, with populations, areas and anchors."""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import Geod

from geo.faults import Faults

GRS80 = Geod(ellps="GRS80")
SPLIT = "21"
MAINLAND = "metropole"
CONTEXT_COLUMNS = (
    "population_2021",
    "population_2015",
    "births_2022",
    "deaths_2022",
    "aged_15_64_2021",
    "active_15_64_2021",
    "unemployed_15_64_2021",
)


@dataclass(frozen=True)
class Carry:
    """
    How codes of an older vintage read in the current one.

    Attributes
    ----------
    area_of
        Any commune code, old or current -> the current code of the polygon that holds it.
    included
        Current communes without a polygon of their own -> the commune whose polygon holds them.
    """

    area_of: Mapping[str, str]
    included: Mapping[str, str]

    def carry(self, codes: pd.Series) -> pd.Series:
        """Map codes of any vintage to current polygon codes; unknown codes become missing."""
        return codes.map(dict(self.area_of))


def landmass(dep_code: pd.Series) -> pd.Series:
    """
    Name the land that can be crossed without leaving it by sea.

    Parameters
    ----------
    dep_code
        Departement codes. Collectivites d'outre-mer count by their three digits ("977").

    Returns
    -------
    landmass
        "metropole", "corse", or the code of the overseas territory. Small islands go by the
        mainland of their departement.
    """
    names = pd.Series(MAINLAND, index=dep_code.index, dtype="str")
    names[dep_code.isin(["2A", "2B"])] = "corse"
    is_overseas = dep_code.str.fullmatch(r"\d{3}")
    names[is_overseas] = dep_code[is_overseas]
    return names


def _follow(
    code: str, steps: Mapping[str, list[tuple[pd.Timestamp, str]]], current: set[str]
) -> str:
    """
    Walk the dated mergers and code changes that start from a code that no longer exists.

    A code may have been merged, re-created and merged again: the last departure counts.
    """
    when = pd.Timestamp.min
    while code not in current:
        later = [step for step in steps.get(code, []) if step[0] > when]
        if not later:
            return ""
        when, code = max(later)
    return code


def _merger_steps(movements: pd.DataFrame) -> dict[str, list[tuple[pd.Timestamp, str]]]:
    """Dated moves of a whole commune (or delegated commune) into another code."""
    known = movements.dropna(subset=["code_before", "code_after"])
    moves = known[
        (known.type_after == "COM")
        & (known.code_before != known.code_after)
        & (known["mod"] != SPLIT)
    ]
    steps: dict[str, list[tuple[pd.Timestamp, str]]] = {}
    for before, date, after in zip(moves.code_before, moves.date, moves.code_after, strict=True):
        steps.setdefault(before, []).append((date, after))
    return steps


def _split_parents(movements: pd.DataFrame) -> dict[str, str]:
    """Communes re-created from another one -> the commune they left (the latest split)."""
    splits = movements[
        (movements["mod"] == SPLIT)
        & (movements.type_before == "COM")
        & (movements.type_after == "COM")
        & (movements.code_before != movements.code_after)
    ].sort_values("date", kind="stable")
    return dict(zip(splits.code_after, splits.code_before, strict=True))


def carry_codes(polygon_codes: pd.Series, cog: pd.DataFrame, movements: pd.DataFrame) -> Carry:
    """
    Link every commune code, old or current, to one current polygon.

    A code still in force keeps its own polygon, even if the commune was merged and split again in
    between. A delegated commune goes to its parent in the official code; any other code no longer
    in force follows the dated movements. Both tables must agree, unless the commune reached by the
    movements was itself split later. A commune re-created since the polygons were drawn is counted
    in the commune it left.

    Parameters
    ----------
    polygon_codes
        Codes of the polygons, any vintage since 1943.
    cog
        Current official code: `type_code` (COM, COMD, COMA, ARM), `insee_code`, `parent_code`.
    movements
        Commune changes: `mod`, `date`, `type_before`, `code_before`, `type_after`, `code_after`.

    Returns
    -------
    carry
        The links, both ways.

    Raises
    ------
    SourceError
        If a polygon or a current commune finds no place, or the two tables disagree.
    """
    current = set(cog.loc[cog.type_code == "COM", "insee_code"])
    steps, parents = _merger_steps(movements), _split_parents(movements)
    walked = {code: _follow(code, steps, current) for code in sorted(set(polygon_codes))}
    delegated = _delegated_parents(cog)
    area_of = {
        code: code if code in current else delegated.get(code, after)
        for code, after in walked.items()
    }
    included = _holders(current - set(area_of.values()), parents, area_of)
    _check_links(area_of, walked, included, cog, set(parents.values()))
    others = set(steps) | set(cog.insee_code) | set(parents)
    for code in sorted(others - set(area_of)):
        target = delegated.get(code) or _follow(code, steps, current)
        area_of[code] = included.get(target, target)
    return Carry(area_of={code: area for code, area in area_of.items() if area}, included=included)


def _holders(
    bare: set[str], parents: Mapping[str, str], area_of: Mapping[str, str]
) -> dict[str, str]:
    """Find who holds each commune without a polygon: the one it left, or whom that one left."""
    holders = {}
    for code in sorted(bare & set(parents)):
        seen, parent = {code}, parents[code]
        while parent in bare and parent in parents and parent not in seen:
            seen.add(parent)
            parent = parents[parent]
        holders[code] = area_of.get(parent, parent)
    return holders


def _delegated_parents(cog: pd.DataFrame) -> dict[str, str]:
    """Map delegated and associated communes and arrondissements to their commune."""
    rows = cog[cog.type_code.isin(["COMD", "COMA", "ARM"])]
    return dict(zip(rows.insee_code, rows.parent_code, strict=True))


def _check_links(
    area_of: Mapping[str, str],
    walked: Mapping[str, str],
    included: Mapping[str, str],
    cog: pd.DataFrame,
    was_split: set[str],
) -> None:
    """Every polygon and every current commune has a place, and both INSEE tables agree on it."""
    faults = Faults("communes")
    current = set(cog.loc[cog.type_code == "COM", "insee_code"])
    faults.bad_values(
        [code for code, after in area_of.items() if not after],
        "communes sans suite dans les mouvements",
        "Prenez une table des mouvements plus récente que les contours.",
    )
    faults.bad_values(
        sorted(current - set(area_of.values()) - set(included)),
        "communes en vigueur sans contour ni commune d'origine",
        "Prenez des contours de communes plus récents.",
    )
    faults.bad_values(
        [
            code
            for code, after in area_of.items()
            if after != walked[code] and walked[code] and walked[code] not in was_split
        ],
        "communes dont le code officiel et les mouvements se contredisent",
        "Prenez les deux tables du même millésime du COG.",
    )
    faults.raise_if_any()


def commune_polygons(contours: gpd.GeoDataFrame, carry: Carry) -> gpd.GeoDataFrame:
    """
    Dissolve old polygons into the communes of today.

    Parameters
    ----------
    contours
        One row per old commune: `insee_code`, polygon. A valid coverage, EPSG:4326.
    carry
        Links from `carry_codes`.

    Returns
    -------
    polygons
        One row per current commune that has a polygon: `insee_code`, `chef_lieu` (polygon of the
        old commune that carried the current code, the whole polygon when none did), geometry.
    """
    moved = contours.assign(
        old_code=contours.insee_code, insee_code=carry.carry(contours.insee_code)
    )
    sizes = moved.groupby("insee_code").old_code.transform("size")
    alone, merged = moved[sizes == 1], moved[sizes > 1]
    joined = merged.dissolve(by="insee_code", method="coverage").reset_index()
    parts = pd.concat([alone[["insee_code", "geometry"]], joined[["insee_code", "geometry"]]])
    polygons = gpd.GeoDataFrame(parts, crs=contours.crs).sort_values(
        "insee_code", ignore_index=True
    )
    seats = moved[moved.old_code == moved.insee_code].set_index("insee_code").geometry
    seat = polygons.insee_code.map(seats)
    polygons["chef_lieu"] = seat.where(seat.notna(), polygons.geometry)
    return polygons


def geodesic_area_km2(geometry: gpd.GeoSeries) -> npt.NDArray[np.float64]:
    """
    Measure areas on the GRS80 ellipsoid.

    Parameters
    ----------
    geometry
        Polygons in longitude and latitude (EPSG:4326).

    Returns
    -------
    area_km2
        Square kilometres, float64, same order. Holes are subtracted whatever the ring direction.
    """
    oriented = shapely.orient_polygons(np.asarray(geometry.values))
    areas = [abs(GRS80.geometry_area_perimeter(shape)[0]) / 1e6 for shape in oriented]
    return np.array(areas, dtype="float64")


def municipal_populations(
    populations: pd.DataFrame, mayotte: pd.DataFrame, cog: pd.DataFrame
) -> pd.DataFrame:
    """
    Gather the legal populations of all communes, arrondissements summed into their commune.

    Parameters
    ----------
    populations
        `insee_code`, `population` (population municipale), of `population_year`.
    mayotte
        Same columns for Mayotte, counted in another year.
    cog
        Current official code, for the parents of arrondissements.

    Returns
    -------
    population
        `insee_code`, `population`, `population_year`; the sum equals that of the inputs.
    """
    both = pd.concat([populations, mayotte], ignore_index=True)
    parents = cog[cog.type_code == "ARM"].set_index("insee_code").parent_code
    both["insee_code"] = both.insee_code.map(parents).astype("str").fillna(both.insee_code)
    return both.groupby("insee_code", as_index=False).agg(
        population=("population", "sum"), population_year=("population_year", "max")
    )


def _summed(values: pd.DataFrame, codes: pd.Series) -> pd.DataFrame:
    """Sum per polygon; a polygon with one unknown part is unknown."""
    known = values.notna().groupby(codes).all()
    return values.groupby(codes).sum().where(known)


def commune_context(context: pd.DataFrame, carry: Carry, codes: pd.Series) -> pd.DataFrame:
    """
    Sum the context figures of older communes into the current polygons.

    Parameters
    ----------
    context
        One row per commune or arrondissement: `insee_code`, `commune_type` and `CONTEXT_COLUMNS`.
    carry
        Links from `carry_codes`.
    codes
        Current codes wanted, in order.

    Returns
    -------
    context
        `CONTEXT_COLUMNS` as nullable integers, indexed by `codes`; missing where unknown.
    """
    rows = context[context.commune_type.isin(["COM", "ARM"])]
    figures = rows[list(CONTEXT_COLUMNS)].astype("Int64")
    summed = _summed(figures, carry.carry(rows.insee_code))
    return summed.reindex(codes.to_list())


def build_communes(
    polygons: gpd.GeoDataFrame,
    population: pd.DataFrame,
    cog: pd.DataFrame,
    carry: Carry,
    context: pd.DataFrame,
) -> pd.DataFrame:
    """
    Make the table of communes, one row per polygon of today.

    Parameters
    ----------
    polygons
        From `commune_polygons`.
    population
        From `municipal_populations`.
    cog
        Current official code.
    carry
        Links from `carry_codes`.
    context
        From the INSEE comparateur, raw.

    Returns
    -------
    communes
        The bundled table `communes` (columns in `geo.atlas.schema`), sorted by `insee_code`.
        Populations sum to those given, exactly.

    Raises
    ------
    SourceError
        If a population belongs to no polygon, or a polygon has no population.
    """
    names = cog[cog.type_code == "COM"].set_index("insee_code")
    table = polygons[["insee_code"]].copy()
    for column in ("commune_name", "dep_code", "reg_code"):
        table[column] = table.insee_code.map(names[column])
    table["landmass"] = landmass(table.dep_code)
    table = table.merge(_population_by_polygon(population, carry), on="insee_code", how="outer")
    _check_population(table, polygons.insee_code)
    table["area_km2"] = geodesic_area_km2(polygons.geometry)
    anchors = gpd.GeoSeries(polygons.chef_lieu, crs=polygons.crs).representative_point()
    table["anchor_lon"], table["anchor_lat"] = anchors.x, anchors.y
    included = pd.Series(carry.included, dtype="str").rename("area")
    by_area = included.rename_axis("code").reset_index().groupby("area").code
    table["included_codes"] = table.insee_code.map(by_area.agg(";".join))
    figures = commune_context(context, carry, table.insee_code).reset_index(drop=True)
    return pd.concat([table, figures], axis=1)


def _population_by_polygon(population: pd.DataFrame, carry: Carry) -> pd.DataFrame:
    """Add communes without a polygon to the commune that holds them."""
    moved = population.insee_code.map(dict(carry.included)).astype("str")
    holders = moved.fillna(population.insee_code)
    return (
        population.assign(insee_code=holders)
        .groupby("insee_code", as_index=False)
        .agg(population=("population", "sum"), population_year=("population_year", "max"))
    )


def _check_population(table: pd.DataFrame, codes: pd.Series) -> None:
    """Each polygon is populated once; nobody lives outside."""
    faults = Faults("populations")
    faults.bad_values(
        table.loc[~table.insee_code.isin(codes), "insee_code"],
        "populations de communes sans contour",
        "Prenez des populations du même millésime que le code officiel.",
    )
    faults.bad_values(
        table.loc[table.population.isna(), "insee_code"],
        "communes sans population",
        "Complétez le fichier des populations.",
    )
    faults.raise_if_any()
