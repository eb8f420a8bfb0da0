"""What the hospitals of a territory have and do, and every indicator of the maps."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

import pandas as pd

from geo import wording
from geo.activity.measure import Measure as ActivityMeasure
from geo.activity.measures import MEASURES as ACTIVITY_MEASURES
from geo.activity.measures import PER_INHABITANTS, describe, rate
from geo.activity.tables import (
    MODELLED,
    entity_activity,
    ght_activity,
    told,
    year_by_ght,
    year_of_entities,
)
from geo.atlas.columns import OUTSIDE_PREFIX
from geo.atlas.load import Atlas
from geo.formats import format_quantity, is_unknown
from geo.territories.access_measures import ACCESS, access_shares
from geo.territories.measures import MEASURES, Measure, figure_text

SURVEY: Final = "sae"
FACT_AND_MODEL: Final = "{label} (fait et modèle)"
NOT_DECLARED: Final = "non déclaré"
_KEYS: Final = (
    "beds", "beds_mco", "beds_psychiatry", "beds_smr", "beds_usld", "places_mco", "places_smr",
    "places_had", "beds_mco_rate", "beds_smr_rate", "beds_usld_rate", "maternities",
    "deliveries", "caesarean_share", "deliveries_rate", "emergency_sites", "emergency_visits",
    "emergency_share_over_80", "smur", "emergency_visits_rate", "beds_icu_adults", "icu_sites",
    "scanners", "mri", "pet_scanners", "scanners_rate", "mri_rate", "dialysis_sessions",
    "dialysis_centres", "places_psychiatry_day", "capacity_psychiatry_rate", "stays_mco",
    "day_stays_mco", "day_share_mco", "day_share_surgery", "mean_stay_mco", "stays_had",
    "stays_mco_rate", "doctors", "nurses", "nursing_assistants", "doctors_rate", "nurses_rate",
)  # fmt: skip


def label_of(measure: ActivityMeasure) -> str:
    """Name a measure; one that relates a fact to a model says so."""
    return FACT_AND_MODEL.format(label=measure.label) if measure.is_modelled else measure.label


def as_indicator(measure: ActivityMeasure) -> Measure:
    """Tell a measure of activity as a figure of a territory."""
    return Measure(
        measure.key, label_of(measure), measure.unit, measure.decimals, measure.kind != "rate",
        describe(measure), measure.family, measure.kind, "{sae}", SURVEY,
    )  # fmt: skip


ACTIVITY: Final[Mapping[str, Measure]] = {
    key: as_indicator(ACTIVITY_MEASURES[key]) for key in _KEYS
}
INDICATORS: Final[Mapping[str, Measure]] = {**MEASURES, **ACTIVITY, **ACCESS}


def origin_of(atlas: Atlas, measure: Measure) -> str:
    """Say who publishes an indicator and of which year: "DREES, 2024"; empty for our own."""
    if not measure.year:
        return ""
    year = atlas.vintages.fill(measure.year)
    producers = {source["key"]: source["producer"] for source in atlas.manifest.sources}
    found = producers.get(measure.source) or producers.get(f"{measure.source}_{year}", "")
    return ", ".join(filter(None, (found.partition(",")[0], year)))


def title_of(atlas: Atlas, measure: Measure) -> str:
    """Name an indicator with its producer and its year: "Lits de MCO – DREES, 2024"."""
    return " – ".join(filter(None, (measure.label, origin_of(atlas, measure))))


def heading_of(atlas: Atlas, measure: Measure) -> str:
    """Head a column or a legend: label, unit, producer and year."""
    said = " ; ".join(filter(None, (measure.unit, origin_of(atlas, measure))))
    return f"{measure.label} ({said})" if said else measure.label


def menu_label(measure: Measure) -> str:
    """Name an indicator in a list, its family first."""
    return " · ".join(filter(None, (measure.family, measure.label)))


def indicator_text(key: str, value: object, status: str = "") -> str:
    """Write an indicator with its unit; what no hospital declares is no 0."""
    if key in MEASURES:
        return figure_text(key, value, status)
    if key in ACCESS:
        is_empty = is_unknown(value) and status in wording.NOT_MODELLED
        said = format_quantity(value, ACCESS[key].unit, ACCESS[key].decimals)
        return wording.NOT_APPLICABLE if is_empty else said
    if is_unknown(value):
        is_no_place = status in wording.NOT_MODELLED and ACTIVITY_MEASURES[key].is_modelled
        return wording.NOT_APPLICABLE if is_no_place else NOT_DECLARED
    return format_quantity(value, ACTIVITY[key].unit, ACTIVITY[key].decimals)


def latest_year(atlas: Atlas) -> int:
    """Return the latest year of the survey, without reading its tables."""
    return int(atlas.vintages.sae)


def _declared(table: pd.DataFrame) -> pd.DataFrame:
    """Forget the 0 that the ministry's table holds where no member declares anything: unknown."""
    of_sites = table.measure.map(lambda key: bool(ACTIVITY_MEASURES[key].items))
    is_blank = of_sites & table.value_members.isna() & (table.value == 0)
    return table.assign(value=table.value.mask(is_blank))


def facts_of(atlas: Atlas, outside: Sequence[str] = ()) -> pd.DataFrame:
    """
    Give what every indicator of activity is made of, in the latest year of the survey.

    Parameters
    ----------
    atlas
        Its tables of activity are read now.
    outside
        Codes of areas outside any GHT.

    Returns
    -------
    facts
        float64, a column per key of `ACTIVITY`, indexed by `ght_code`, then by these codes: the sum
        of the members of a GHT, else the ministry's total; the sites of an entity outside any GHT;
        missing where nothing is declared, never 0. Of a ratio to inhabitants, what is above.
    """
    year = latest_year(atlas)
    entities = {code.removeprefix(OUTSIDE_PREFIX): code for code in outside}
    own = _declared(year_by_ght(atlas, year)).pivot(
        index="ght_code", columns="measure", values="value"
    )
    others = year_of_entities(atlas, entities, year).pivot(
        index="finess_ej", columns="measure", values="value"
    )
    codes = [*own.index, *outside]
    wide = pd.concat([own, others.rename(index=entities)]).reindex(codes)
    parts = {key: ACTIVITY_MEASURES[key] for key in ACTIVITY}
    columns = {
        key: wide.reindex(columns=list(measure.numerator if measure.is_modelled else (key,)))
        for key, measure in parts.items()
    }
    made = {key: found.sum(axis=1, min_count=found.shape[1]) for key, found in columns.items()}
    return pd.DataFrame(made, index=codes, dtype="float64")


def with_indicators(
    atlas: Atlas,
    areas: pd.DataFrame,
    keys: Iterable[str],
    facts: Callable[[tuple[str, ...]], pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """
    Add the indicators of activity and of access among some keys to a table of areas.

    Parameters
    ----------
    atlas
        The bundled tables.
    areas
        `area_code`, `kind`, `ght_code`, `population`, `commune_count`, `area_km2`: of any model.
    keys
        Of `INDICATORS`; those that the table has already cost nothing.
    facts
        `facts_of` of this atlas, for those who keep what it gives.

    Returns
    -------
    areas
        The same rows; the table itself when nothing is added.
    """
    find = facts or lru_cache(lambda outside: facts_of(atlas, outside))
    outside = tuple(areas.area_code[areas.kind == "hors_ght"])
    codes = areas.ght_code.where(areas.kind == "ght", areas.area_code)
    added: dict[str, pd.Series] = {}
    for key in keys:
        if key in areas:
            continue
        if key in ACCESS:
            added[key] = access_shares(atlas, key, areas)
        else:
            values, measure = codes.map(find(outside)[key]), ACTIVITY_MEASURES[key]
            is_rate = measure.is_modelled
            added[key] = rate(values, areas.population, measure.scale) if is_rate else values
    return areas.assign(**added) if added else areas


def area_activity(atlas: Atlas, area: pd.Series) -> pd.DataFrame:
    """
    Give every figure of a territory, every year.

    Parameters
    ----------
    atlas
        The bundled tables.
    area
        A row of `geo.territories.measures.territory_table`.

    Returns
    -------
    activity
        See `geo.activity.tables.ght_activity`, `value` missing where the ministry writes 0 and no
        member declares anything; the ratios to inhabitants too, in the latest year
        only: populations of other years are not those of the model. Empty for communes that no
        hospital serves.
    """
    if area.kind == "ght":
        table = _declared(ght_activity(atlas, str(area.ght_code)))
    else:
        table = entity_activity(atlas, str(area.area_code).removeprefix(OUTSIDE_PREFIX))
    rates = _rates(table, area.population, latest_year(atlas))
    if rates.empty:
        return table
    return told(pd.concat([table, rates], ignore_index=True))


def _rates(table: pd.DataFrame, population: object, year: int) -> pd.DataFrame:
    """Relate the figures of a year to inhabitants."""
    values = table[table.year == year].set_index("measure").value.dropna()
    people = pd.Series([None if is_unknown(population) else population], dtype="Float64")
    rows = []
    for measure in PER_INHABITANTS:
        if set(measure.numerator) <= set(values.index):
            total = pd.Series([values[list(measure.numerator)].sum()])
            rows.append((measure.key, year, rate(total, people, measure.scale).iloc[0], MODELLED))
    return pd.DataFrame(rows, columns=["measure", "year", "value", "scope"]).dropna(subset="value")
