"""Circles for counts: an area in proportion to each value, and what their legend shows."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo.formats import format_number

LARGEST: Final = 26.0  # pixels: radius of the largest value
LEGEND_STEPS: Final = (1.0, 0.25, 0.05)  # of the largest round value
ROUND: Final = (1.0, 2.0, 5.0)


@dataclass(frozen=True)
class Circles:
    """
    The circles of one indicator.

    Attributes
    ----------
    radii
        Pixels, float64, by row: 0 for a value of 0, missing where the value is unknown.
    steps
        Values of the legend, the largest first.
    top
        The value whose radius is `LARGEST`; 0 when nothing is known.
    """

    radii: pd.Series
    steps: tuple[float, ...]
    top: float

    def texts(self, decimals: int) -> list[str]:
        """Write the values of the legend."""
        return [format_number(step, 0 if step % 1 == 0 else decimals) for step in self.steps]

    def radius(self, value: float) -> float:
        """Give the radius that stands for a value, pixels."""
        return LARGEST * float(np.sqrt(max(value, 0) / self.top)) if self.top else 0.0


def _round_below(value: float) -> float:
    """Find the largest 1, 2 or 5 times a power of ten that is not above a value."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(max(step * power for step in ROUND if step * power <= value))


def circles(values: pd.Series) -> Circles:
    """
    Size a circle for each value.

    Parameters
    ----------
    values
        Counts, possibly missing.

    Returns
    -------
    circles
        Areas are in proportion to values: a legend of a few of them tells all.
    """
    numbers = values.astype("Float64").astype("float64")
    top = float(numbers.max()) if numbers.notna().any() else 0.0
    if top <= 0:
        return Circles(numbers * 0, (), 0.0)
    radii = (numbers.clip(lower=0) / top) ** 0.5 * LARGEST
    largest = _round_below(top)
    steps = dict.fromkeys(_round_below(largest * step) for step in LEGEND_STEPS)
    is_whole = bool((numbers.dropna() % 1 == 0).all())
    return Circles(radii, tuple(step for step in steps if step >= 1 or not is_whole), top)
