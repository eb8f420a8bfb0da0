"""The GHTs, their members by vintage, and the establishments that are joined to them."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from geo.build.land import Land
from geo.catchment.ranks import area_code
from geo.establishments import lists as ght_lists
from geo.establishments import members
from geo.establishments import sites as establishments_sites
from geo.establishments.supports import choose_supports, published_supports
from geo.establishments.survey import BEDS, declared_beds, join_survey
from geo.establishments.typesetting import typeset
from geo.sources.reading import Log


@dataclass
class Network:
    """The GHTs, their members by vintage, and the establishments."""

    ghts: pd.DataFrame
    members: pd.DataFrame
    earlier_members: pd.DataFrame
    former_ghts: pd.DataFrame
    sites: pd.DataFrame


def build_network(raw: Mapping[str, pd.DataFrame], land: Land, log: Log) -> Network:
    """Link establishments, legal entities and GHTs."""
    lists, changes = ght_lists.choose_lists(raw), ght_lists.successions(raw)
    finess = _join_survey(raw, land, changes)
    linked = members.follow_members(lists.members, changes, finess.finess_ej)
    entities = members.entity_ghts(linked)
    beds, year = declared_beds(raw["sae_values"])
    sites = establishments_sites.select_establishments(finess, set(entities.index))
    sites = sites.merge(entities, left_on="finess_ej", right_index=True, how="left")
    sites = sites.merge(beds[list(BEDS)], left_on="finess_et", right_index=True, how="left")
    sites = establishments_sites.mark_general(
        sites, _thematic_entities(lists.ghts, entities), raw["non_general_sites"], year
    )
    names = land.table.set_index("insee_code").commune_name
    sites = establishments_sites.locate(sites, land.polygons, names)
    is_general = sites.is_general
    sites["area_code"] = area_code(sites.ght_code, sites.finess_ej).where(is_general)
    supports = _supports(lists, changes, linked, raw)
    table = members.mark_supports(members.complete_members(linked, sites), supports)
    log.note(
        "réseau",
        ght=len(lists.ghts),
        membres=len(table),
        sites=len(sites),
        generaux=int(is_general.sum()),
        supports_publies=int((supports.support_evidence == "published").sum()),
        supports_presumes=int((supports.support_evidence == "presumed_beds").sum()),
    )
    earlier = members.earlier_list(lists.earlier_members, changes, table)
    # Last: what reads names above reads them as their sources write them.
    earlier, table, sites = typeset([earlier, table], sites, raw)
    ghts = members.build_ghts(lists.ghts, table, sites, supports)
    return Network(ghts, table, earlier, ght_lists.former_ghts(lists, changes), sites)


def _thematic_entities(ghts: pd.DataFrame, entities: pd.DataFrame) -> set[str]:
    """Legal entities of the GHTs that serve no general population."""
    thematic = ghts.ght_code[members.is_thematic(ghts.ght_name)]
    return set(entities.index[entities.ght_code.isin(thematic)])


def _join_survey(
    raw: Mapping[str, pd.DataFrame], land: Land, changes: pd.DataFrame
) -> pd.DataFrame:
    """Join the sites of the survey to the register; new ones stand at their commune's anchor."""
    surveys = raw["sae_sites"]
    register = raw["finess"].assign(finess_ej=ght_lists.latest(raw["finess"].finess_ej, changes))
    places = land.table.rename(columns={"anchor_lon": "lon", "anchor_lat": "lat"})
    codes = pd.Series(surveys.commune_code.unique())
    current = pd.Series(land.carry.carry(codes).to_numpy(), index=codes)
    return join_survey(register, surveys, places, current)


def _supports(
    lists: ght_lists.Lists,
    changes: pd.DataFrame,
    linked: pd.DataFrame,
    raw: Mapping[str, pd.DataFrame],
) -> pd.DataFrame:
    """Name the supports: published, else presumed by the beds of the last survey."""
    listed = pd.concat([lists.ghts, lists.earlier_ghts], ignore_index=True)
    listed["support_finess_ej"] = ght_lists.latest(listed.support_finess_ej, changes)
    today = linked[["ght_code"]].assign(finess_ej=linked.current_finess_ej)
    published = published_supports(listed, raw["supports"], today)
    declared, year = declared_beds(raw["sae_values"])
    beds = declared.groupby("finess_ej").mco_beds.sum(min_count=1).astype("float64")
    return choose_supports(lists.ghts, today, published, beds, year)
