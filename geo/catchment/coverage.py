"""How many published populations the intervals hold, each judged by the others."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.territories.interval import BASE_PERCENT, LEVEL_PERCENT, half_width_percent
from geo.territories.published import latest_published

SCOPE: Final = "ght"
# What the other figures may say of the base: percent, to the half.
BASES: Final = np.arange(0.0, 40.5, 0.5)
SURE: Final = 0.95

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Coverage:
    """
    What the intervals hold of published populations.

    Attributes
    ----------
    figure_count
        Number of figures that judge.
    held_count
        Of them, those within the interval in force.
    left_out_count
        Of them, those within an interval whose base is set on the others alone.
    low_percent, high_percent
        What `left_out_count` says of the true coverage (95 %, Clopper and Pearson).
    """

    figure_count: int
    held_count: int
    left_out_count: int
    low_percent: float
    high_percent: float

    @property
    def held_percent(self) -> float:
        """Share of the figures within the interval in force."""
        return self.held_count / self.figure_count * 100

    @property
    def left_out_percent(self) -> float:
        """Share of the figures within the interval that the others set."""
        return self.left_out_count / self.figure_count * 100


def coverage(territories: pd.DataFrame, published: pd.DataFrame) -> Coverage | None:
    """
    Count the published populations of GHTs that the intervals hold.

    Parameters
    ----------
    territories
        `ght_code`, `population` (inhabitants), `spread_percent`; `population_then`, the
        inhabitants in the year of the published figure, where there is one.
    published
        The bundled published figures. Those whose scope is the GHT judge, the latest of each GHT.

    Returns
    -------
    coverage
        None with fewer than two figures: there is no other to judge by.
    """
    stated = latest_published(published[published.scope == SCOPE], "population").value
    rows = territories.dropna(subset=["ght_code", "population", "spread_percent"])
    rows = rows[rows.ght_code.isin(stated.index) & (rows.population > 0)]
    if len(rows) < 2:  # noqa: PLR2004
        return None
    then = rows.population_then if "population_then" in rows else rows.population
    people = then.fillna(rows.population).to_numpy("float64")
    away = np.abs(rows.ght_code.map(stated).to_numpy("float64") / people - 1) * 100
    held = away <= half_width_percent(rows.spread_percent, BASE_PERCENT).to_numpy()
    left = sum(_is_held_by_others(away, rows.spread_percent, place) for place in range(len(rows)))
    return Coverage(len(rows), int(held.sum()), left, *_plausible(left, len(rows)))


def _is_held_by_others(away: Vector, spread: pd.Series, place: int) -> bool:
    """Tell whether a figure is within the interval whose base the other figures set."""
    others = np.arange(len(away)) != place
    base = next(
        (
            base
            for base in BASES
            if np.mean((away <= half_width_percent(spread, base).to_numpy())[others]) * 100
            >= LEVEL_PERCENT
        ),
        BASES[-1],
    )
    return bool(away[place] <= half_width_percent(spread, float(base)).to_numpy()[place])


def _plausible(held: int, count: int) -> tuple[float, float]:
    """Bound a share known by so many figures (Clopper and Pearson), percent."""
    from scipy.stats import binomtest  # noqa: PLC0415  a page that shows no coverage has none

    bounds = binomtest(held, count).proportion_ci(SURE, "exact")
    return float(bounds.low) * 100, float(bounds.high) * 100
