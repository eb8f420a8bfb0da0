"""The registry of activity: every measure, what it is made of, how a ratio is computed."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from geo.activity.measure import (
    ACTIVITY,
    BIRTHS,
    CAPACITY,
    EMERGENCY,
    IMAGING,
    KIND_NAMES,
    PSYCHIATRY,
    SOURCE,
    STAFF,
    Measure,
    per_inhabitants,
    ratio,
)
from geo.activity.supply import SUPPLY
from geo.activity.work import WORK

_RATIOS: Final[tuple[Measure, ...]] = (
    ratio("day_share_mco", "Part de l'hospitalisation partielle en MCO", ACTIVITY,
          ("day_stays_mco", "day_stays_mco stays_mco")),
    ratio("day_share_surgery", "Part de la chirurgie ambulatoire", ACTIVITY,
          ("day_stays_surgery", "day_stays_surgery stays_surgery"), better="more"),
    ratio("mean_stay_mco", "Durée moyenne de séjour en MCO", ACTIVITY, ("days_mco", "stays_mco"),
          unit="jours"),
    ratio("mean_stay_smr", "Durée moyenne de séjour en SMR", ACTIVITY, ("days_smr", "stays_smr"),
          unit="jours"),
    ratio("caesarean_share", "Part des césariennes", BIRTHS, ("caesareans", "deliveries")),
    ratio("emergency_share_over_80", "Part des plus de 80 ans aux urgences", EMERGENCY,
          ("emergency_visits_over_80", "emergency_visits")),
    ratio("outpatient_share_psychiatry", "Part des patients de psychiatrie en ambulatoire seul",
          PSYCHIATRY, ("outpatients_psychiatry", "patients_psychiatry")),
)  # fmt: skip

_PER_INHABITANTS: Final[tuple[Measure, ...]] = (
    per_inhabitants("beds_mco_rate", "Lits de MCO par habitant", CAPACITY, "beds_mco", 1_000),
    per_inhabitants("beds_smr_rate", "Lits de SMR par habitant", CAPACITY, "beds_smr", 1_000),
    per_inhabitants("beds_usld_rate", "Lits de soins de longue durée par habitant", CAPACITY,
                    "beds_usld", 1_000),
    per_inhabitants("capacity_psychiatry_rate", "Capacité de psychiatrie par habitant",
                    PSYCHIATRY, "capacity_psychiatry", 1_000),
    per_inhabitants("deliveries_rate", "Accouchements par habitant", BIRTHS, "deliveries", 1_000),
    per_inhabitants("emergency_visits_rate", "Passages aux urgences par habitant", EMERGENCY,
                    "emergency_visits", 1_000),
    per_inhabitants("stays_mco_rate", "Séjours de MCO par habitant", ACTIVITY,
                    "stays_mco day_stays_mco", 1_000),
    per_inhabitants("scanners_rate", "Scanners par habitant", IMAGING, "scanners", 100_000),
    per_inhabitants("mri_rate", "IRM par habitant", IMAGING, "mri", 100_000),
    per_inhabitants("doctors_rate", "Médecins par habitant", STAFF, "doctors", 100_000),
    per_inhabitants("nurses_rate", "Infirmiers par habitant", STAFF, "nurses", 100_000),
)  # fmt: skip

ADDED: Final[tuple[Measure, ...]] = (*SUPPLY, *WORK)
MEASURES: Final[Mapping[str, Measure]] = {
    measure.key: measure for measure in (*ADDED, *_RATIOS, *_PER_INHABITANTS)
}
RATIOS: Final[tuple[Measure, ...]] = _RATIOS
PER_INHABITANTS: Final[tuple[Measure, ...]] = _PER_INHABITANTS
PROVABLE: Final[tuple[str, ...]] = tuple(measure.key for measure in ADDED if measure.is_provable)


def describe(measure: Measure) -> str:
    """
    Say what a measure is, from which columns it comes and by which formula.

    Returns
    -------
    text
        French sentences: what a reader must know, the formula, the source.
    """
    parts = [
        measure.note,
        f"{KIND_NAMES[measure.kind]}.",
        *_formula(measure),
        f"Source : {SOURCE}.",
    ]
    return " ".join(part for part in parts if part)


def _formula(measure: Measure) -> list[str]:
    """Say how a measure is computed."""
    if measure.is_modelled:
        people = f"{measure.scale:,.0f}".replace(",", "\u00a0")
        return [
            f"{_labels(measure.numerator)} pour {people} habitants du territoire modélisé.",
            "Un fait déclaré, rapporté à un modèle qui ne dit pas d'où viennent les patients.",
        ]
    if measure.numerator:
        return [f"{_labels(measure.numerator)}, divisé par : {_labels(measure.denominator)}."]
    if not measure.items:
        columns = " + ".join(measure.ministry)
        return [
            f"Total par GHT publié par le ministère (colonne {columns}), sur sa liste de l'année.",
            "Inconnu par site.",
        ]
    how = "Sites où la somme dépasse 0" if measure.is_count else "Somme des sites"
    compared = f" Total du ministère : {' + '.join(measure.ministry)}." * bool(measure.ministry)
    return [f"{how} : {' + '.join(measure.items)}.{compared}"]


def _labels(keys: tuple[str, ...]) -> str:
    return " + ".join(MEASURES[key].label for key in keys)


def rate(value: pd.Series, population: pd.Series, scale: float) -> pd.Series:
    """
    Relate a figure to inhabitants.

    Parameters
    ----------
    value
        A fact declared by hospitals; may be missing.
    population
        Inhabitants, same index: of a modelled territory, hence a mix of a fact and a model.
    scale
        Of the measure: 1,000 or 100,000 inhabitants.

    Returns
    -------
    rate
        float64; missing where one of both is unknown, or nobody lives.
    """
    people = population.astype("Float64").astype("float64")
    return value.astype("float64") * scale / people.where(people > 0)


def with_ratios(table: pd.DataFrame, keys: list[str], value: str = "value") -> pd.DataFrame:
    """
    Add the ratios to a long table of measures.

    Parameters
    ----------
    table
        `measure`, the columns of `keys`, and `value`.
    keys
        Columns that name a row: a place and a year.
    value
        Column of the figures.

    Returns
    -------
    table
        The same rows and those of `RATIOS` that can be computed: every part of both sums known,
        the denominator above 0.
    """
    held = set(table.measure.unique())
    ratios = [each for each in RATIOS if held >= {*each.numerator, *each.denominator}]
    if not ratios:
        return table.reset_index(drop=True)
    wanted = {key for measure in ratios for key in (*measure.numerator, *measure.denominator)}
    wide = table[table.measure.isin(wanted)].pivot(index=keys, columns="measure", values=value)
    parts = [table]
    for measure in ratios:
        above, below = (
            wide[list(part)].sum(axis=1, min_count=len(part))
            for part in (measure.numerator, measure.denominator)
        )
        found = (measure.scale * above / below.where(below > 0)).dropna().rename(value)
        parts.append(found.reset_index().assign(measure=measure.key))
    return pd.concat(parts, ignore_index=True)


def labels() -> dict[str, str]:
    """Name every measure in French, by key."""
    return {key: measure.label for key, measure in MEASURES.items()}
