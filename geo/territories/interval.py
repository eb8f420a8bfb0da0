"""How sure the population of a territory is: its interval, and what it is rounded to."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.formats import format_number, is_unknown

# Four figures in five lie within 1.28 standard deviations of their mean, if they are normal.
QUANTILE: Final = 1.28
LEVEL_PERCENT: Final = 80
# What even the right rule misses of published figures, which are rounded and of other years.
BASE_PERCENT: Final = 6.0
WEAK_PERCENT: Final = 20.0
LARGEST_STEP: Final = 10_000
COLUMNS: Final = ("population_low", "population_high", "half_width_percent")

Vector = npt.NDArray[np.float64]


def half_width_percent(spread_percent: pd.Series, base: float = BASE_PERCENT) -> pd.Series:
    """
    Compute the half width of the interval of populations.

    Parameters
    ----------
    spread_percent
        Standard deviation over other rules, values and times, percent of the population; may be
        missing.
    base
        What is missed whatever the rule, percent.

    Returns
    -------
    half_width
        Percent of the population, float64; missing where the spread is.
    """
    spread = spread_percent.astype("float64")
    return QUANTILE * (base**2 + spread**2) ** 0.5


def rounding_step(half_width: Vector) -> Vector:
    """
    Choose what populations are rounded to: the largest power of ten within half the half width.

    Parameters
    ----------
    half_width
        Inhabitants, any shape; may be NaN.

    Returns
    -------
    step
        1 to `LARGEST_STEP` inhabitants, the same shape; NaN where the half width is.
    """
    most = np.clip(half_width / 2, 1, LARGEST_STEP)
    step: Vector = 10.0 ** np.floor(np.log10(most))
    return step


def interval(population: pd.Series, spread_percent: pd.Series) -> pd.DataFrame:
    """
    Give the interval of populations.

    Parameters
    ----------
    population
        Inhabitants; may be missing.
    spread_percent
        As for `half_width_percent`, same index.

    Returns
    -------
    table
        Same index: `population_low`, `population_high` (inhabitants, Int64, rounded to
        `rounding_step`) and `half_width_percent`; missing where either is unknown or nobody lives.
    """
    people = population.astype("Float64").to_numpy("float64", na_value=np.nan)
    people = np.where(people > 0, people, np.nan)
    half = half_width_percent(spread_percent).to_numpy("float64")
    width = people * half / 100
    step = rounding_step(width)
    low, high = (np.rint((people + side * width) / step) * step for side in (-1, 1))
    columns = {"population_low": np.maximum(low, 0), "population_high": high}
    table = pd.DataFrame(columns, index=population.index).astype("Float64").astype("Int64")
    return table.assign(half_width_percent=np.where(np.isnan(width), np.nan, half))


@dataclass(frozen=True)
class Interval:
    """
    The population of one territory, as sure as it is.

    Attributes
    ----------
    value, low, high
        Inhabitants, rounded to what the interval supports.
    half_width_percent
        Of the population.
    """

    value: float
    low: int
    high: int
    half_width_percent: float

    @property
    def is_weak(self) -> bool:
        """Whether confidence is weak."""
        return self.half_width_percent > WEAK_PERCENT

    @property
    def value_text(self) -> str:
        """Write the value."""
        return format_number(self.value)

    @property
    def range_text(self) -> str:
        """Write the interval: "300 000 à 360 000"."""
        return f"{format_number(self.low)} à {format_number(self.high)}"


def interval_of(area: pd.Series | Mapping[Hashable, object]) -> Interval | None:
    """
    Read the interval of one territory.

    Parameters
    ----------
    area
        A row with `population` and the `COLUMNS`.

    Returns
    -------
    interval
        None where it is unknown.
    """
    if any(is_unknown(area[name]) for name in ("population", *COLUMNS)):
        return None
    people, half = (float(str(area[name])) for name in ("population", "half_width_percent"))
    low, high = (int(float(str(area[name]))) for name in ("population_low", "population_high"))
    step = float(rounding_step(np.array(people * half / 100)))
    return Interval(float(np.rint(people / step) * step), low, high, half)


def interval_texts(areas: pd.DataFrame) -> list[str]:
    """Write the population of each area with its interval: "330 000 (300 000 à 360 000)"."""
    return [_text(row) for row in areas[["population", *COLUMNS]].to_dict("records")]


def _text(area: Mapping[Hashable, object]) -> str:
    """Write one population; as it is where there is no interval, empty where it is unknown."""
    found = interval_of(area)
    if found is not None:
        return f"{found.value_text} ({found.range_text})"
    return "" if is_unknown(area["population"]) else format_number(area["population"])
