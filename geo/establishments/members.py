"""GHTs and their members: successors applied, evidence kept, support establishment named."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.establishments.lists import latest
from geo.formats import is_unknown, plain_text

DISTRICT = r"\s+\d+er?$"  # "Lyon 3e"
NAMED_SHARE = 0.25
THEMATIC_NAME = r"(?i)\bpsy"
FINESS_OVERSEAS = {"9701": "971", "9702": "972", "9703": "973", "9704": "974", "9805": "976"}
SUPPORT_REGION = {"OI-01": "04"}


def follow_members(members: pd.DataFrame, changes: pd.DataFrame, finess: pd.Series) -> pd.DataFrame:
    """
    Link each listed member to the legal entity that carries it now.

    Parameters
    ----------
    members
        As published: `ght_code`, `finess_ej`, `entity_name`, `city`, `role`, `evidence`,
        `vintage`, `source`.
    changes
        From `geo.establishments.lists.successions`.
    finess
        Legal entities of today that have a located or listed site.

    Returns
    -------
    members
        One row per listed member, with `current_finess_ej`, `successor_evidence` (missing when the
        entity is itself), `is_in_finess`.
    """
    proof = changes.set_index("finess_ej_before").evidence
    current = latest(members.finess_ej, changes)
    table = members.assign(
        current_finess_ej=current,
        successor_evidence=members.finess_ej.map(proof).astype("str"),
        is_in_finess=current.isin(finess),
    )
    return table.sort_values(["ght_code", "finess_ej"], ignore_index=True)


def entity_ghts(members: pd.DataFrame) -> pd.DataFrame:
    """
    Read the GHT and role of each legal entity of today.

    Parameters
    ----------
    members
        From `follow_members`.

    Returns
    -------
    entities
        Index `finess_ej` (unique), columns `ght_code`, `role`; an entity that inherits several
        listed members is the support establishment if one of them was.
    """
    ranked = members.assign(rank=(members.role != "support").astype(int))
    ranked = ranked.sort_values(["current_finess_ej", "rank", "ght_code"], kind="stable")
    first = ranked.drop_duplicates("current_finess_ej").set_index("current_finess_ej")
    return first[["ght_code", "role"]].rename_axis("finess_ej")


def complete_members(members: pd.DataFrame, sites: pd.DataFrame) -> pd.DataFrame:
    """
    Add what the establishments tell of each member.

    Parameters
    ----------
    members
        From `follow_members`.
    sites
        Establishments with `finess_ej`, `is_general`, `public_status`, `scope`.

    Returns
    -------
    members
        The bundled table: adds `has_general_site`, `is_public_hospital` (at least one site is a
        public hospital; missing when no source holds a site of the entity), names where unknown;
        `city` is that of the principal site where one is known.
    """
    table = members.copy()
    entity = table.current_finess_ej
    table["has_general_site"] = entity.isin(sites.finess_ej[sites.is_general])
    is_hospital = (sites.scope == "hospitalier") & (sites.public_status == "public")
    is_public = entity.isin(sites.finess_ej[is_hospital]).astype("boolean")
    table["is_public_hospital"] = is_public.mask(~table.is_in_finess)
    called = table.drop_duplicates("current_finess_ej").set_index("current_finess_ej").entity_name
    principal = principal_sites(sites, called.dropna())
    table["entity_name"] = table.entity_name.fillna(entity.map(principal.site_name))
    # The list gives the town of any one of its sites.
    table["city"] = entity.map(principal.city).fillna(table.city)
    return table


def earlier_list(
    listed: pd.DataFrame, changes: pd.DataFrame, members: pd.DataFrame
) -> pd.DataFrame:
    """
    Describe the list before: each entity, what carries it now and in which GHT.

    Parameters
    ----------
    listed
        The list before, as published.
    changes
        From `geo.establishments.lists.successions`.
    members
        From `complete_members`.

    Returns
    -------
    members
        One row per entity of that list, with `current_finess_ej`, `successor_evidence` and
        `current_ght_code` (missing for an entity that is in no GHT any more).
    """
    table = follow_members(listed, changes, members.current_finess_ej).drop(columns="is_in_finess")
    now = members.drop_duplicates("current_finess_ej").set_index("current_finess_ej").ght_code
    return table.assign(current_ght_code=table.current_finess_ej.map(now).astype("str"))


def principal_sites(sites: pd.DataFrame, names: pd.Series | None = None) -> pd.DataFrame:
    """
    Pick one site for each entity: where people would say that it is.

    Parameters
    ----------
    sites
        Establishments, with `mco_beds` (may be missing), `city`, `category_group`, `lon`, `lat`.
    names
        Names of entities by `finess_ej`: a hospital called after a town is there, when that town
        holds `NAMED_SHARE` of its beds at least.

    Returns
    -------
    principal
        Rows of `sites`, index `finess_ej`: a general hospital first, then in the town that the
        entity is called after, then in the town with most beds, then the site with most beds, of
        the highest category, closest to the middle of them, of the lowest number.
    """
    entity = sites.finess_ej
    middle = sites.groupby("finess_ej")[["lon", "lat"]].transform("median")
    towns = sites.city.astype("str").fillna("").str.replace(DISTRICT, "", regex=True)
    beds = sites.mco_beds.astype("float64").fillna(0.0).where(sites.is_general, 0.0)
    held = beds.groupby([entity, towns]).transform("sum")
    share = held / beds.groupby(entity).transform("sum")
    is_named = _bears_town(entity.map({} if names is None else names), towns, share > NAMED_SHARE)
    ranked = sites.assign(
        _named=is_named, _town=held, _beds=beds,
        _category=sites.category_group.map({"chr_chu": 0, "ch": 1}).fillna(2),
        _away=np.hypot((sites.lon - middle.lon) * 0.7, sites.lat - middle.lat),
    )  # fmt: skip
    order = {
        "finess_ej": True, "is_general": False, "_named": False, "_town": False, "_beds": False,
        "scope": False, "_category": True, "_away": True, "finess_et": True,
    }  # fmt: skip
    ranked = ranked.sort_values(list(order), ascending=list(order.values()))
    return ranked.drop_duplicates("finess_ej").set_index("finess_ej")[
        [name for name in sites.columns if name != "finess_ej"]
    ]


def _bears_town(names: pd.Series, towns: pd.Series, is_asked: pd.Series) -> npt.NDArray[np.bool_]:
    """Tell the sites whose entity is called after their town, among those that are asked for."""
    return np.array(
        [
            bool(
                asked
                and not is_unknown(name)
                and f" {plain_text(town)} " in f" {plain_text(name)} "
            )
            for name, town, asked in zip(names, towns, is_asked, strict=True)
        ],
        dtype=bool,
    )


def is_thematic(ght_name: pd.Series) -> pd.Series:
    """Tell the GHTs whose own name says psychiatry: they serve no general population."""
    return ght_name.str.contains(THEMATIC_NAME, regex=True)


def entity_landmass(finess_ej: pd.Series) -> pd.Series:
    """Overseas landmass written in a FINESS number, missing for metropolitan France."""
    return finess_ej.str[:4].map(FINESS_OVERSEAS)


def build_ghts(
    ghts: pd.DataFrame, members: pd.DataFrame, sites: pd.DataFrame, supports: pd.DataFrame
) -> pd.DataFrame:
    """
    Make the table of GHTs.

    Parameters
    ----------
    ghts
        As listed: `ght_code`, `ght_name`, `region`, `reg_code`, `listed_member_count`,
        `composition_vintage`, `composition_source`.
    members
        From `complete_members`.
    sites
        Establishments.
    supports
        From `geo.establishments.supports.choose_supports`.

    Returns
    -------
    ghts
        The bundled table. `listed_member_count` is the list's, `current_member_count` counts
        entities after every recorded merger.
    """
    table = ghts.sort_values("ght_code", ignore_index=True)
    groups = members.groupby("ght_code")
    table["current_member_count"] = table.ght_code.map(groups.current_finess_ej.nunique())
    table["is_thematic"] = is_thematic(table.ght_name)
    table["reg_code"] = table.reg_code.fillna(table.ght_code.map(SUPPORT_REGION))
    for column in supports.columns:
        table[column] = table.ght_code.map(supports[column]).astype("str")
    listed = members.drop_duplicates("finess_ej").set_index("finess_ej").entity_name
    names = table.support_finess_ej.map(listed)
    main = table.support_finess_ej.map(principal_sites(sites).site_name) + " (site principal)"
    table["support_name"] = names.fillna(main)
    return table


def mark_supports(members: pd.DataFrame, supports: pd.DataFrame) -> pd.DataFrame:
    """Give the role of support to the members that a source names so, and to no other."""
    published = supports[supports.support_evidence == "published"].support_finess_ej
    is_support = members.current_finess_ej == members.ght_code.map(published)
    roles = members.role.mask(members.role == "support", "partie").mask(is_support, "support")
    return members.assign(role=roles)
