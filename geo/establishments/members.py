"""GHTs and their members: successors applied, evidence kept, support establishment named."""

import pandas as pd

THEMATIC_NAME = r"(?i)\bpsy"
CHU_CATEGORY, CH_CATEGORY = "101", "355"
FINESS_OVERSEAS = {"9701": "971", "9702": "972", "9703": "973", "9704": "974", "9805": "976"}
SUPPORT_REGION = {"OI-01": "04"}


def apply_successors(
    members: pd.DataFrame,
    successors: pd.DataFrame,
    later_mergers: pd.DataFrame,
    finess: pd.DataFrame,
) -> pd.DataFrame:
    """
    Link each listed member to the legal entity that carries it now.

    Parameters
    ----------
    members
        As published: `ght_code`, `finess_ej`, `entity_name`, `city`, `role`, `evidence`,
        `vintage`, `source`.
    successors
        Mergers seen between the list and FINESS: `finess_ej_before`, `finess_ej_after`, `evidence`.
    later_mergers
        Documented mergers after the FINESS vintage: same first two columns, `effective_on`.
    finess
        Establishments: `finess_ej` of every site.

    Returns
    -------
    members
        One row per listed member, with `finess_vintage_ej` (entity in the FINESS vintage),
        `current_finess_ej` (after later mergers too), `successor_evidence`, `is_in_finess`.
    """
    table = members.copy()
    moved = successors.set_index("finess_ej_before")
    seen = table.finess_ej.map(moved.finess_ej_after).astype("str")
    table["finess_vintage_ej"] = seen.fillna(table.finess_ej)
    later = later_mergers.set_index("finess_ej_before")
    merged = table.finess_vintage_ej.map(later.finess_ej_after).astype("str")
    table["current_finess_ej"] = merged.fillna(table.finess_vintage_ej)
    evidence = table.finess_ej.map(moved.evidence).astype("str")
    table["successor_evidence"] = evidence.where(merged.isna(), "later_merger")
    table["is_in_finess"] = table.finess_vintage_ej.isin(finess.finess_ej)
    return table.sort_values(["ght_code", "finess_ej"], ignore_index=True)


def entity_ghts(members: pd.DataFrame) -> pd.DataFrame:
    """
    Read the GHT and role of each legal entity of the FINESS vintage.

    Parameters
    ----------
    members
        From `apply_successors`.

    Returns
    -------
    entities
        Index `finess_ej` (unique), columns `ght_code`, `role`; an entity that inherits several
        listed members is the support establishment if one of them was.
    """
    ranked = members.assign(rank=(members.role != "support").astype(int))
    ranked = ranked.sort_values(["finess_vintage_ej", "rank", "ght_code"], kind="stable")
    first = ranked.drop_duplicates("finess_vintage_ej").set_index("finess_vintage_ej")
    return first[["ght_code", "role"]].rename_axis("finess_ej")


def complete_members(members: pd.DataFrame, sites: pd.DataFrame) -> pd.DataFrame:
    """
    Add what the establishments tell of each member.

    Parameters
    ----------
    members
        From `apply_successors`.
    sites
        Establishments with `finess_ej`, `is_general`, `public_status`, `scope`.

    Returns
    -------
    members
        The bundled table: adds `has_general_site`, `is_public_hospital` (at least one site is a
        public hospital; missing when FINESS does not hold the entity), names where unknown.
    """
    table = members.copy()
    entity = table.finess_vintage_ej
    table["has_general_site"] = entity.isin(sites.finess_ej[sites.is_general])
    is_hospital = (sites.scope == "hospitalier") & (sites.public_status == "public")
    is_public = entity.isin(sites.finess_ej[is_hospital]).astype("boolean")
    table["is_public_hospital"] = is_public.mask(~table.is_in_finess)
    names = principal_sites(sites)
    table["entity_name"] = table.entity_name.fillna(entity.map(names.site_name))
    table["city"] = table.city.fillna(entity.map(names.city))
    return table.drop(columns="finess_vintage_ej")


def principal_sites(sites: pd.DataFrame) -> pd.DataFrame:
    """One site per entity, to name it when the list does not: general hospitals first."""
    ranked = sites.sort_values(
        ["finess_ej", "is_general", "scope", "finess_et"], ascending=[True, False, False, True]
    )
    return ranked.drop_duplicates("finess_ej").set_index("finess_ej")


def is_thematic(ght_name: pd.Series) -> pd.Series:
    """Tell the GHTs whose own name says psychiatry: they serve no general population."""
    return ght_name.str.contains(THEMATIC_NAME, regex=True)


def entity_landmass(finess_ej: pd.Series) -> pd.Series:
    """Overseas landmass written in a FINESS number, missing for metropolitan France."""
    return finess_ej.str[:4].map(FINESS_OVERSEAS)


def inhabitants_served(
    assignments: pd.DataFrame, communes: pd.DataFrame, sites: pd.DataFrame
) -> pd.Series:
    """
    Count the inhabitants for whom a site of each legal entity is the nearest.

    Parameters
    ----------
    assignments
        `insee_code`, `finess_et` (nearest site, may be missing).
    communes
        `insee_code`, `population`.
    sites
        `finess_et`, `finess_ej`.

    Returns
    -------
    served
        Inhabitants, indexed by `finess_ej`.
    """
    entity = assignments.finess_et.map(sites.set_index("finess_et").finess_ej)
    people = assignments.insee_code.map(communes.set_index("insee_code").population)
    return people.groupby(entity).sum()


def _presumed_support(
    group: pd.DataFrame, sites: pd.DataFrame, served: pd.Series
) -> tuple[str | None, str]:
    """Rule of last resort: the CHU, else the hospital nearest to most inhabitants; or unknown."""
    general = sites[sites.is_general & sites.finess_ej.isin(group.current_finess_ej)]
    for category, evidence in (
        (CHU_CATEGORY, "presumed_chu"),
        (CH_CATEGORY, "presumed_population"),
    ):
        entities = general.finess_ej[general.category_code == category].unique()
        people = served.reindex(sorted(entities)).fillna(0)
        leaders = people.index[people == people.max()]
        if len(leaders) == 1:
            return str(leaders[0]), evidence
    return None, "unknown"


def build_ghts(
    ghts: pd.DataFrame, members: pd.DataFrame, sites: pd.DataFrame, served: pd.Series
) -> pd.DataFrame:
    """
    Make the table of GHTs.

    Parameters
    ----------
    ghts
        As published: `ght_code`, `ght_name`, `region`, `reg_code`, `listed_member_count`,
        `composition_vintage`, `composition_source`, `support_finess_ej`, `support_evidence`.
    members
        From `complete_members`.
    sites
        Establishments.
    served
        From `inhabitants_served`.

    Returns
    -------
    ghts
        The bundled table. `listed_member_count` is the published list's, `current_member_count`
        counts entities after every recorded merger; a support establishment that is not published
        is presumed and `support_evidence` says by which rule.
    """
    table = ghts.sort_values("ght_code", ignore_index=True)
    groups = members.groupby("ght_code")
    table["current_member_count"] = table.ght_code.map(groups.current_finess_ej.nunique())
    table["is_thematic"] = is_thematic(table.ght_name)
    table["reg_code"] = table.reg_code.fillna(table.ght_code.map(SUPPORT_REGION))
    for row in table.index[table.support_finess_ej.isna()]:
        group = groups.get_group(table.ght_code[row])
        support, evidence = _presumed_support(group, sites, served)
        table.loc[row, "support_finess_ej"] = support
        table.loc[row, "support_evidence"] = evidence
    listed = members.drop_duplicates("finess_ej").set_index("finess_ej").entity_name
    names = table.support_finess_ej.map(listed)
    main = table.support_finess_ej.map(principal_sites(sites).site_name) + " (site principal)"
    table["support_name"] = names.fillna(main)
    return table
