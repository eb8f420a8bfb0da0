"""What the hospitals of a territory have and do: indicators of the maps, and every figure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pandas as pd

from geo.activity.measure import Measure as ActivityMeasure
from geo.activity.measures import MEASURES as ACTIVITY_MEASURES
from geo.activity.measures import PER_INHABITANTS, describe, rate
from geo.activity.tables import MODELLED, entity_activity, ght_activity, measure_by_ght, told
from geo.atlas.columns import OUTSIDE_PREFIX
from geo.atlas.load import Atlas
from geo.formats import is_unknown
from geo.territories.measures import MEASURES, Measure

SURVEY: Final = "sae"
FACT_AND_MODEL: Final = "{label} (fait et modèle)"
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


def _indicator(measure: ActivityMeasure) -> Measure:
    """Tell a measure of activity as a figure of a territory."""
    return Measure(
        measure.key, label_of(measure), measure.unit, measure.decimals, measure.kind != "rate",
        describe(measure), measure.family, measure.kind, "{sae}", SURVEY,
    )  # fmt: skip


ACTIVITY: Final[Mapping[str, Measure]] = {key: _indicator(ACTIVITY_MEASURES[key]) for key in _KEYS}
INDICATORS: Final[Mapping[str, Measure]] = {**MEASURES, **ACTIVITY}


def latest_year(atlas: Atlas) -> int:
    """Return the latest year of the survey, without reading its tables."""
    return int(atlas.vintages.sae)


def _declared(table: pd.DataFrame) -> pd.DataFrame:
    """Forget the 0 that the ministry's table holds where no member declares anything: unknown."""
    of_sites = table.measure.map(lambda key: bool(ACTIVITY_MEASURES[key].items))
    is_blank = of_sites & table.value_members.isna() & (table.value == 0)
    return table.assign(value=table.value.mask(is_blank))


def _outside(atlas: Atlas, areas: pd.DataFrame, keys: Sequence[str], year: int) -> pd.DataFrame:
    """Add up the sites of the entities that make an area of their own."""
    parts = []
    for code in areas.area_code[areas.kind == "hors_ght"]:
        table = entity_activity(atlas, code.removeprefix(OUTSIDE_PREFIX))
        kept = table[(table.year == year) & table.measure.isin(keys)]
        parts.append(kept[["measure", "value"]].assign(area_code=code))
    return pd.concat([*parts, pd.DataFrame(columns=["measure", "value", "area_code"])])


def indicator_values(atlas: Atlas, areas: pd.DataFrame, key: str) -> pd.Series:
    """
    Give an indicator of activity for areas, in the latest year of the survey.

    Parameters
    ----------
    atlas
        Its tables of activity are read now.
    areas
        `area_code`, `kind`, `ght_code`, `population`: of any model.
    key
        Of `ACTIVITY`.

    Returns
    -------
    values
        float64, indexed as `areas`: the members of a GHT, else the ministry's total; the sites of
        an entity outside any GHT; missing where nothing is declared, never 0.
    """
    year, measure = latest_year(atlas), ACTIVITY_MEASURES[key]
    keys = measure.numerator if measure.is_modelled else (key,)
    outside = _outside(atlas, areas, keys, year)
    sums = pd.Series(0.0, areas.index)
    for part in keys:
        table = measure_by_ght(atlas, part, year).assign(measure=part)
        own = _declared(table).set_index("ght_code").value
        others = outside[outside.measure == part].set_index("area_code").value
        codes = areas.area_code.where(areas.kind != "ght", areas.ght_code)
        sums += codes.map(pd.concat([own, others.astype("float64")]))
    return rate(sums, areas.population, measure.scale) if measure.is_modelled else sums


def with_indicators(atlas: Atlas, areas: pd.DataFrame, keys: Iterable[str]) -> pd.DataFrame:
    """
    Add the indicators of activity among some keys to a table of areas.

    Parameters
    ----------
    atlas, areas
        See `indicator_values`.
    keys
        Of `INDICATORS`; those that the table has already cost nothing.

    Returns
    -------
    areas
        The same rows; the table itself when nothing is added.
    """
    missing = [key for key in dict.fromkeys(keys) if key in ACTIVITY and key not in areas]
    if not missing:
        return areas
    return areas.assign(**{key: indicator_values(atlas, areas, key) for key in missing})


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
