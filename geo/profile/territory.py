"""Everything about one territory as plain data: read by the page Territoire and by its PDF."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from geo import wording
from geo.atlas.load import Atlas
from geo.atlas.zones import zone_labels
from geo.comparison.peers import nearest_peers
from geo.errors import UserError
from geo.establishments.history import story_of
from geo.establishments.members import principal_sites
from geo.formats import is_unknown
from geo.geography.distance import pairwise_km
from geo.partnerships.collection import Collection, Filters, collection_of, filter_collection
from geo.profile.creation import Creation, creation_of
from geo.profile.headline import READ, Headline, headline_of
from geo.profile.key_figures import (
    KeyFigure,
    Support,
    composition_of,
    key_figures_of,
    members_of,
    support_of,
)
from geo.territories.access import Access, access_of
from geo.territories.activity import area_activity, with_indicators
from geo.territories.beds import area_beds
from geo.territories.measures import MEASURES, territory_table
from geo.territories.own_towns import named_towns
from geo.territories.recipe import Recipe, number, recipe
from geo.territories.referral import referrals
from geo.territories.services import area_services

COMMUNE_COLUMNS = [
    "insee_code", "commune_name", "dep_code", "population", "population_year", "area_km2",
    "travel_time_min", "site_km", "site_name", "runner_up_name", "margin_min", "epci_name",
]  # fmt: skip


@dataclass(frozen=True)
class Profile:
    """
    One territory.

    Attributes
    ----------
    area_code, name, kind, kind_label, region, status
        `status` is explained in French by `status_note` when there is no territory.
    support, creation
        None outside a GHT.
    composition
        French: vintage and source of the list of members; empty outside a GHT.
    key_figures
        Every measure, in the order of the registry.
    access
        Travel times under the default model.
    members
        `entity_name`, `finess_ej`, `city`, `role`, `role_label`, `evidence`, `evidence_label`,
        `vintage`, `category_label`, `current_finess_ej`, `successor_label`; support first.
    history
        See `geo.establishments.history.story_of`; empty outside a GHT.
    communes
        `insee_code`, `commune_name`, `dep_code`, `population`, `population_year`, `area_km2`,
        `travel_time_min`, `site_km` (as the crow flies), `site_name`, `runner_up_name`,
        `margin_min`, `epci_name`; most inhabitants first.
    establishments
        Columns of the table `establishments`, those of the GHT or competing for the area.
    by_category
        `category_label`, `count`, `general_count`; most frequent first.
    by_city
        `city`, `count`, `general_count`; most frequent first.
    neighbours
        `area_code`, `area_name`, `border_km`; longest shared border first.
    ranks
        `measure`, `label`, `value`, `unit`, `decimals`, `country_rank`, `country_count`,
        `region_rank`, `region_count`; 1 is the highest value; empty outside a GHT.
    peers
        See `geo.comparison.peers.nearest_peers`.
    anomalies
        Rows of the table `anomalies` about the GHT, its communes, entities or sites.
    published
        Every published figure: rows of the table `published`.
    partnerships
        Those that name this GHT, oldest first.
    towns_elsewhere
        `commune_name`, `insee_code`, `site_name`, `area_text`: communes that house a member and
        that the model gives to another territory, named with its code.
    """

    area_code: str
    name: str
    kind: str
    kind_label: str
    region: str
    status: str
    status_note: str
    support: Support | None
    creation: Creation | None
    composition: str
    population_years: str
    key_figures: tuple[KeyFigure, ...]
    access: Access
    members: pd.DataFrame = field(repr=False)
    history: pd.DataFrame = field(repr=False)
    communes: pd.DataFrame = field(repr=False)
    establishments: pd.DataFrame = field(repr=False)
    by_category: pd.DataFrame = field(repr=False)
    by_city: pd.DataFrame = field(repr=False)
    neighbours: pd.DataFrame = field(repr=False)
    ranks: pd.DataFrame = field(repr=False)
    peers: pd.DataFrame = field(repr=False)
    anomalies: pd.DataFrame = field(repr=False)
    published: pd.DataFrame = field(repr=False)
    partnerships: Collection = field(repr=False)
    towns_elsewhere: pd.DataFrame = field(repr=False)
    atlas: Atlas = field(repr=False, compare=False)
    areas: pd.DataFrame = field(repr=False, compare=False)
    indicators: Callable[[], pd.DataFrame] = field(repr=False, compare=False)

    @property
    def title(self) -> str:
        """Name with its code: "GHT Loire (ARA-09)"."""
        return f"GHT {self.name} ({self.area_code})" if self.kind == "ght" else self.name

    @cached_property
    def activity(self) -> pd.DataFrame:
        """Beds, births, visits, staff, year by year: see `area_activity`."""
        rows = self.areas[self.areas.area_code == self.area_code]
        return area_activity(self.atlas, rows.iloc[0])

    @cached_property
    def services(self) -> pd.DataFrame:
        """Inhabitants beyond minutes of each service: see `area_services`."""
        return area_services(self.atlas, self.area_code)

    @cached_property
    def beds(self) -> pd.Series | None:
        """Beds within reach: see `geo.territories.beds.area_beds`."""
        return area_beds(self.atlas, self.area_code)

    @cached_property
    def referrals(self) -> pd.DataFrame:
        """Where its sites turn to: see `geo.territories.referral.referrals`."""
        return referrals(self.atlas, self.area_code)

    @cached_property
    def headline(self) -> Headline:
        """What is said first: see `geo.profile.headline.headline_of`."""
        return headline_of(
            self.atlas, self.area_code, self.indicators(), self.activity, self.communes,
            self.towns_elsewhere,
        )  # fmt: skip

    @property
    def recipes(self) -> dict[str, Recipe]:
        """Where each key figure comes from, by measure."""
        return {key: recipe(self.atlas, key, self.area_code, self.areas) for key in MEASURES}


@dataclass(frozen=True)
class Context:
    """
    What every profile needs and no profile changes: made once per version of the data.

    Attributes
    ----------
    atlas
        The bundled tables.
    facts
        `geo.territories.activity.facts_of` of this atlas, for those who keep what it gives.
    """

    atlas: Atlas
    facts: Callable[[tuple[str, ...]], pd.DataFrame] | None = None

    @cached_property
    def areas(self) -> pd.DataFrame:
        """Every territory with its measures."""
        return territory_table(self.atlas)

    @cached_property
    def told(self) -> pd.DataFrame:
        """Every territory with the indicators of the headline: reads the tables of activity."""
        return with_indicators(self.atlas, self.areas, READ, self.facts)

    @cached_property
    def ghts(self) -> pd.DataFrame:
        """The territories of GHTs."""
        return self.areas[self.areas.kind == "ght"].reset_index(drop=True)

    @cached_property
    def communes(self) -> pd.DataFrame:
        """Every commune with its access and the runner-up, most inhabitants first."""
        sites = self.atlas.establishments.set_index("finess_et")
        others = self.areas.set_index("area_code").area_name
        table = self.atlas.communes.merge(self.atlas.assignments, on="insee_code").assign(
            site_km=lambda t: pairwise_km(
                t.anchor_lon, t.anchor_lat, t.finess_et.map(sites.lon), t.finess_et.map(sites.lat)
            ),
            site_name=lambda t: t.finess_et.map(sites.site_name),
            runner_up_name=lambda t: t.runner_up_area_code.map(others),
            epci_name=lambda t: zone_labels(self.atlas, "epci", t.insee_code),
        )
        ranked = table.sort_values(["population", "insee_code"], ascending=[False, True])
        return ranked[["area_code", *COMMUNE_COLUMNS]]

    @cached_property
    def towns_elsewhere(self) -> pd.DataFrame:
        """The towns of members that are in the territory of another, with their names."""
        return named_towns(self.atlas)

    @cached_property
    def categories(self) -> pd.Series:
        """Category of the main site of each legal entity, by `finess_ej`."""
        return principal_sites(self.atlas.establishments).category_label

    @cached_property
    def partnerships(self) -> Collection:
        """Every partnership."""
        return collection_of(self.atlas)

    @cached_property
    def listed_before(self) -> frozenset[str]:
        """Codes of the GHTs of the list before."""
        return frozenset(self.atlas.earlier_members.ght_code)

    @cached_property
    def history(self) -> pd.DataFrame:
        """What happened to every GHT."""
        return story_of(self.atlas)

    @cached_property
    def borders(self) -> pd.DataFrame:
        """Length of the border between two areas, each pair both ways: `a`, `b`, `border_km`."""
        codes = self.atlas.assignments.set_index("insee_code").area_code
        table = pd.read_parquet(self.atlas.shapes("borders"))
        pairs = table.assign(a=table.insee_a.map(codes), b=table.insee_b.map(codes))
        pairs = pairs.loc[pairs.a != pairs.b, ["a", "b", "border_km"]]
        both = pd.concat([pairs, pairs.rename(columns={"a": "b", "b": "a"})])
        return both.groupby(["a", "b"], as_index=False).agg(border_km=("border_km", "sum"))


def _communes(context: Context, area_code: str) -> pd.DataFrame:
    """List the communes of an area, most inhabitants first."""
    chosen = context.communes[context.communes.area_code == area_code]
    return chosen.drop(columns="area_code").reset_index(drop=True)


def _establishments(atlas: Atlas, area: pd.Series) -> pd.DataFrame:
    """Keep the sites of a GHT, or those that compete for an area outside any."""
    sites: pd.DataFrame = atlas.establishments
    code = area.ght_code if area.kind == "ght" else area.area_code
    column = "ght_code" if area.kind == "ght" else "area_code"
    chosen: pd.DataFrame = sites[(sites[column] == code).fillna(False).astype(bool)]
    order = ["is_general", "category_label", "city", "finess_et"]
    return chosen.sort_values(order, ascending=[False, True, True, True]).reset_index(drop=True)


def _counts(sites: pd.DataFrame, column: str) -> pd.DataFrame:
    """Count sites by category or by city."""
    groups = sites.groupby(column, as_index=False).agg(
        count=("finess_et", "size"), general_count=("is_general", "sum")
    )
    return groups.sort_values(["count", column], ascending=[False, True]).reset_index(drop=True)


def _neighbours(context: Context, area_code: str) -> pd.DataFrame:
    """List the areas that share a border."""
    pairs = context.borders[context.borders.a == area_code]
    names = context.areas.set_index("area_code").area_name
    table = pairs.assign(area_name=pairs.b.map(names)).rename(columns={"b": "area_code"})
    ranked = table.sort_values(["border_km", "area_code"], ascending=[False, True])
    return ranked[["area_code", "area_name", "border_km"]].reset_index(drop=True)


def _ranks(context: Context, area: pd.Series) -> pd.DataFrame:
    """Rank a GHT among those of the country and of its region, the highest value first."""
    rows = []
    for measure in MEASURES.values():
        value = number(area[measure.key])
        if area.kind != "ght" or value is None or measure.key in UNRANKED:
            continue
        everyone = context.ghts[measure.key].astype("Float64")
        near = everyone[context.ghts.reg_code == area.reg_code]
        rows.append(
            (
                measure.key, measure.label, value, measure.unit, measure.decimals,
                int((everyone > value).sum()) + 1, int(everyone.notna().sum()),
                int((near > value).sum()) + 1, int(near.notna().sum()),
            )
        )  # fmt: skip
    return pd.DataFrame(rows, columns=RANK_COLUMNS)


UNRANKED = {"partnership_count"}  # the collection is partial: a rank would mislead
RANK_COLUMNS = [
    "measure", "label", "value", "unit", "decimals", "country_rank", "country_count",
    "region_rank", "region_count",
]  # fmt: skip


def _anomalies(atlas: Atlas, area: pd.Series, subjects: set[str]) -> pd.DataFrame:
    """Keep the anomalies that name the territory or something in it."""
    table: pd.DataFrame = atlas.anomalies
    named = (table.ght_code == area.ght_code).fillna(False).astype(bool)
    kept: pd.DataFrame = table[named | table.subject.isin(subjects)]
    return kept.reset_index(drop=True)


def _towns(context: Context, area_code: str) -> pd.DataFrame:
    """Keep the towns of the members of a GHT that are in the territory of another."""
    towns = context.towns_elsewhere
    return towns[towns.ght_code == area_code].reset_index(drop=True)


def _creation(context: Context, ght_code: str) -> Creation:
    """Tell when a GHT was created."""
    return creation_of(ght_code, was_listed=ght_code in context.listed_before)


def _regions(atlas: Atlas) -> Mapping[str, str]:
    return dict(zip(atlas.regions.reg_code, atlas.regions.reg_name, strict=True))


def profile(atlas: Atlas, area_code: str, context: Context | None = None) -> Profile:
    """
    Gather everything about one territory.

    Parameters
    ----------
    atlas
        The bundled tables.
    area_code
        A GHT, with or without a modelled territory, or an area outside any GHT.
    context
        What profiles share; give it to make several.

    Returns
    -------
    profile
        Unknown figures are None or missing, never 0.

    Raises
    ------
    UserError
        If the territory is unknown.
    """
    shared = context or Context(atlas)
    rows = shared.areas[shared.areas.area_code == area_code]
    if rows.empty:
        raise UserError(f"Territoire « {area_code} » inconnu.")
    area = rows.iloc[0]
    ght_code = None if is_unknown(area.ght_code) else str(area.ght_code)
    communes, sites = _communes(shared, area_code), _establishments(atlas, area)
    members = members_of(atlas, ght_code, shared.categories)
    subjects = {area_code, *communes.insee_code, *sites.finess_et, *members.finess_ej}
    years = (str(year) for year in sorted(set(communes.population_year), reverse=True))
    return Profile(
        area_code=area_code,
        name=str(area.area_name),
        kind=str(area.kind),
        kind_label=wording.AREA_KINDS[str(area.kind)],
        region="" if is_unknown(area.reg_code) else _regions(atlas).get(area.reg_code, ""),
        status=str(area.status),
        status_note=wording.NO_TERRITORY.get(str(area.status), ""),
        support=support_of(atlas, ght_code) if ght_code else None,
        creation=_creation(shared, ght_code) if ght_code else None,
        composition=composition_of(atlas, ght_code) if ght_code else "",
        population_years=" et ".join(years),
        key_figures=key_figures_of(atlas, area),
        access=access_of(communes),
        members=members,
        history=shared.history[shared.history.ght_code == area_code].reset_index(drop=True),
        communes=communes,
        establishments=sites,
        by_category=_counts(sites, "category_label"),
        by_city=_counts(sites, "city"),
        neighbours=_neighbours(shared, area_code),
        ranks=_ranks(shared, area),
        peers=nearest_peers(shared.ghts, area_code),
        anomalies=_anomalies(atlas, area, subjects),
        published=atlas.published[atlas.published.ght_code == ght_code].reset_index(drop=True),
        partnerships=filter_collection(shared.partnerships, Filters(ght=area_code)),
        towns_elsewhere=_towns(shared, area_code),
        atlas=atlas,
        areas=shared.areas,
        indicators=lambda: shared.told,
    )
