"""Who lives in a territory: ages, incomes, births, deaths and unemployment of its communes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Vector = npt.NDArray[np.float64]
MIN_COVERAGE_PERCENT: Final = 50.0
CODE, POPULATION = "insee_code", "population"
COVERAGE: Final = "_coverage_percent"


@dataclass(frozen=True)
class Ratio:
    """
    A figure that territories get by putting their communes together.

    Attributes
    ----------
    label, unit
        French: what `top` counts; for a mean, its sum weighted by inhabitants.
    source
        Key of its source in the manifest.
    top
        Column of the communes: what is counted, or a mean to weigh.
    bottom
        What it is compared with, and the weight of a mean.
    bottom_label
        French: what `bottom` counts.
    per
        1,000 for a rate per thousand, 100 for percent.
    is_mean
        True if `top` is a figure of each commune already compared, which `bottom` weighs.
    """

    label: str
    unit: str
    source: str
    top: str
    bottom: str = POPULATION
    bottom_label: str = "Habitants de ces communes"
    per: float = 1.0
    is_mean: bool = True


_AGE: Final = "Somme des parts × habitants"


def year_of(column: str) -> str:
    """Read the year of a column of the communes in its name: ``births_2022``."""
    return column.rpartition("_")[2]


BIRTHS, DEATHS, PEOPLE = "births_2022", "deaths_2022", "population_2021"
UNEMPLOYED, ACTIVE = "unemployed_15_64_2021", "active_15_64_2021"
_COUNTED: Final = f"Habitants de ces communes en {year_of(PEOPLE)}"
RATIOS: Final[Mapping[str, Ratio]] = {
    "under_25_percent": Ratio(_AGE, "% × habitants", "ages", "under_25_percent"),
    "aged_65_over_percent": Ratio(_AGE, "% × habitants", "ages", "aged_65_over_percent"),
    "aged_75_over_percent": Ratio(_AGE, "% × habitants", "ages", "aged_75_over_percent"),
    "median_income_eur": Ratio(
        "Somme des revenus médians × habitants", "euros × habitants", "incomes", "median_income_eur"
    ),
    "poverty_percent": Ratio(
        "Somme des taux × habitants", "% × habitants", "incomes", "poverty_percent"
    ),
    "births_per_1000": Ratio(
        f"Naissances domiciliées en {year_of(BIRTHS)}", "naissances", "context", BIRTHS,
        PEOPLE, _COUNTED, 1000.0, is_mean=False,
    ),
    "deaths_per_1000": Ratio(
        f"Décès domiciliés en {year_of(DEATHS)}", "décès", "context", DEATHS,
        PEOPLE, _COUNTED, 1000.0, is_mean=False,
    ),
    "unemployment_percent": Ratio(
        f"Chômeurs de 15 à 64 ans en {year_of(UNEMPLOYED)}", "personnes", "context", UNEMPLOYED,
        ACTIVE, f"Actifs de 15 à 64 ans en {year_of(ACTIVE)}", 100.0, is_mean=False,
    ),
}  # fmt: skip


def known_communes(communes: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """
    Gather what is known of the inhabitants of communes.

    Parameters
    ----------
    communes
        Some rows of the bundled communes.
    people
        The bundled table `people`.

    Returns
    -------
    known
        In the order of `communes`: `insee_code`, `population` and every column that `RATIOS`
        reads, float64, missing where unknown.
    """
    names = {name for ratio in RATIOS.values() for name in (ratio.top, ratio.bottom)}
    own = communes[["insee_code", *sorted(names & set(communes.columns))]]
    ours = people[["insee_code", *sorted(names & set(people.columns))]]
    table = own.merge(ours, on="insee_code", how="left")
    return table.astype({name: "float64" for name in table.columns if name != "insee_code"})


@dataclass(frozen=True)
class Known:
    """
    What a figure of an area rests on.

    Attributes
    ----------
    top, bottom
        Sums over the communes where both are known.
    commune_count
        Number of these communes.
    coverage_percent
        Share of the inhabitants of the area who live there; NaN without inhabitants.
    """

    top: float
    bottom: float
    commune_count: int
    coverage_percent: float


def known_of(key: str, communes: pd.DataFrame) -> Known:
    """Add up what a figure of one area rests on; `communes` from `known_communes`."""
    ratio = RATIOS[key]
    kept = communes.dropna(subset=[ratio.top, ratio.bottom])
    counted = kept[ratio.top] * kept[ratio.bottom] if ratio.is_mean else kept[ratio.top]
    everyone = float(communes[POPULATION].sum())
    held = float(kept[POPULATION].sum())
    share = held / everyone * 100 if everyone else float("nan")
    return Known(float(counted.sum()), float(kept[ratio.bottom].sum()), len(kept), share)


def people_figures(assignments: pd.DataFrame, communes: pd.DataFrame) -> pd.DataFrame:
    """
    Put the communes of each area together.

    Parameters
    ----------
    assignments
        `insee_code`, `area_code`.
    communes
        From `known_communes`.

    Returns
    -------
    figures
        float64, indexed by `area_code`: every key of `RATIOS` over the communes where it is known,
        missing where they hold less than `MIN_COVERAGE_PERCENT` of the inhabitants; and under the
        same name with `COVERAGE` behind, the percent they hold.
    """
    areas = communes.insee_code.map(assignments.set_index("insee_code").area_code)
    rows, codes = pd.factorize(areas)
    inside = rows >= 0
    own = {name: communes[name].to_numpy("float64")[inside] for name in communes if name != CODE}

    def add_up(values: Vector) -> Vector:
        """Sum over the communes of each area."""
        return np.bincount(rows[inside], values, len(codes)).astype("float64")

    people, everyone = own[POPULATION], add_up(own[POPULATION])
    columns: dict[str, Vector] = {}
    with np.errstate(invalid="ignore", divide="ignore"):  # nobody over nobody is unknown
        for key, ratio in RATIOS.items():
            top, bottom = own[ratio.top], own[ratio.bottom]
            is_known = ~np.isnan(top + bottom)
            counted = np.where(is_known, top * bottom if ratio.is_mean else top, 0.0)
            below = add_up(np.where(is_known, bottom, 0.0))
            coverage = add_up(np.where(is_known, people, 0.0)) / everyone * 100
            is_enough = (coverage >= MIN_COVERAGE_PERCENT) & (below > 0)
            columns[key] = np.where(is_enough, add_up(counted) / below * ratio.per, np.nan)
            columns[key + COVERAGE] = coverage
    return pd.DataFrame(columns, index=pd.Index(codes, dtype="str", name="area_code"))
