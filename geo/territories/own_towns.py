"""The own towns of the members: where they are, and which are in the territory of another."""

import pandas as pd

from geo.atlas.load import Atlas
from geo.establishments.anomalies import rows

HOME_COLUMNS = ["insee_code", "ght_code", "finess_ej", "finess_et", "site_name"]


def member_homes(members: pd.DataFrame, sites: pd.DataFrame) -> pd.DataFrame:
    """
    Find the communes that house the members.

    Parameters
    ----------
    members
        The bundled members: `ght_code`, `current_finess_ej`, `city`.
    sites
        The bundled establishments.

    Returns
    -------
    homes
        `insee_code`, `ght_code`, `finess_ej`, `finess_et`, `site_name`: every general hospital
        site of a member; for a member without one, a single site: in the town of the list, of
        hospital care rather than not, then of the first code. Consulting rooms and other sites
        are no homes: many stand in the territory of a neighbour.
    """
    entities = members.drop_duplicates("current_finess_ej").set_index("current_finess_ej")
    own = sites[sites.finess_ej.isin(entities.index) & sites.insee_code.notna()]
    own = own.assign(
        ght_code=own.finess_ej.map(entities.ght_code),
        is_listed=own.city == own.finess_ej.map(entities.city),
    )
    general = own[own.is_general]
    others = own[~own.finess_ej.isin(general.finess_ej)].sort_values(
        ["finess_ej", "is_listed", "scope", "finess_et"], ascending=[True, False, False, True]
    )
    homes = pd.concat([general, others.drop_duplicates("finess_ej")])
    return homes[HOME_COLUMNS].sort_values(["ght_code", "insee_code", "finess_et"])


def towns_elsewhere(
    homes: pd.DataFrame, assignments: pd.DataFrame, ghts: pd.DataFrame
) -> pd.DataFrame:
    """
    Keep the homes that are in the territory of another than the GHT of their member.

    Parameters
    ----------
    homes
        See `member_homes`.
    assignments
        `insee_code`, `area_code`: those of a model.
    ghts
        The bundled GHTs: `ght_code`, `is_thematic`. Those of psychiatry have no territory, so
        that no town could be in it: they are left out.

    Returns
    -------
    towns
        The columns of `homes` and `area_code`, in the order of `homes`.
    """
    areas = assignments.set_index("insee_code").area_code
    general = ghts.ght_code[~ghts.is_thematic.astype(bool)]
    placed = homes.assign(area_code=homes.insee_code.map(areas).astype("str"))
    is_away = placed.area_code.notna() & (placed.area_code != placed.ght_code)
    return placed[is_away & placed.ght_code.isin(general)].reset_index(drop=True)


def named_towns(atlas: Atlas) -> pd.DataFrame:
    """
    Name the towns of members that the bundled territories give to another.

    Parameters
    ----------
    atlas
        The bundled tables.

    Returns
    -------
    towns
        See `towns_elsewhere`, with `commune_name`, `ght_text` and `area_text`: names with codes.
    """
    towns = towns_elsewhere(
        member_homes(atlas.members, atlas.establishments), atlas.assignments, atlas.ghts
    )
    names = atlas.territories.set_index("area_code").area_name
    return towns.assign(
        commune_name=towns.insee_code.map(atlas.communes.set_index("insee_code").commune_name),
        ght_text=towns.ght_code.map(names) + " (" + towns.ght_code + ")",
        area_text=towns.area_code.map(names) + " (" + towns.area_code + ")",
    )


def own_town_anomalies(
    towns: pd.DataFrame, communes: pd.DataFrame, areas: pd.DataFrame
) -> pd.DataFrame:
    """
    List the towns of members that the model gives to the territory of another.

    Parameters
    ----------
    towns
        See `towns_elsewhere`.
    communes
        `insee_code`, `commune_name`.
    areas
        `area_code`, `area_name`.

    Returns
    -------
    anomalies
        One row per commune and GHT: how many there are depends on the model.
    """
    names = areas.set_index("area_code").area_name
    places = communes.set_index("insee_code").commune_name
    grouped = towns.sort_values("site_name").groupby(["insee_code", "ght_code", "area_code"])
    found = grouped.site_name.agg(", ".join).reset_index()
    holder = found.area_code.map(names).fillna(found.area_code)
    details = (
        found.insee_code.map(places) + " abrite un membre du GHT " + found.ght_code.map(names)
        + " (" + found.site_name + ") ; le modèle la rattache à " + holder
        + " (" + found.area_code + ")."
    )  # fmt: skip
    return rows("commune_autre_ght", found.insee_code, details, "Modèle", found.ght_code)
