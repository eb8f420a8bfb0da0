"""Classes of a choropleth: breaks from numpy and mapclassify, unknown values apart."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.formats import format_number

DEFAULT_METHOD: Final = "quantiles"
CLASS_COUNT: Final = 5
FEW: Final = 1000
SHIFT: Final = 0.05  # of the values may change class for a rounder bound
LEAST_POWER: Final = -9
ONLY_ONE: Final = 2  # bounds of a single class

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Classes:
    """
    The classes of one indicator.

    Attributes
    ----------
    bounds
        Lowest value, the round numbers where the next classes begin, highest value; empty when
        nothing is known.
    numbers
        Class of each row, 0 the lowest; missing where the value is unknown.
    counts
        Number of rows in each class.
    is_whole
        Whether every value is a small whole number: "1 à 3" then says more than "moins de 4".
    """

    bounds: tuple[float, ...]
    numbers: pd.Series
    counts: tuple[int, ...]
    is_whole: bool = False

    @property
    def count(self) -> int:
        """Number of classes."""
        return len(self.counts)


def one_class(rows: int) -> Classes:
    """Put every row in one class: a ground under what tells the values."""
    return Classes((0.0, 0.0), pd.Series(0, index=range(rows), dtype="Int64"), (rows,))


def _quantiles(values: Numbers, count: int) -> Numbers:
    """Upper bounds of classes of about equal size."""
    return np.quantile(values, np.arange(1, count + 1) / count)


def _equal_intervals(values: Numbers, count: int) -> Numbers:
    """Upper bounds of classes of equal width."""
    return np.linspace(values.min(), values.max(), count + 1)[1:]


def _natural_breaks(values: Numbers, count: int) -> Numbers:
    """Upper bounds of the classes that vary least inside (Fisher-Jenks)."""
    # Imported when asked for: it brings scikit-learn, two seconds that the first visit can spare.
    from mapclassify import FisherJenks  # noqa: PLC0415

    with warnings.catch_warnings():  # it recommends numba, of no use for some hundred values
        warnings.simplefilter("ignore", UserWarning)
        return np.asarray(FisherJenks(values, k=count).bins, dtype="float64")


METHODS: Final[Mapping[str, Callable[[Numbers, int], Numbers]]] = {
    "quantiles": _quantiles,
    "naturelles": _natural_breaks,
    "egales": _equal_intervals,
}


def _rank_limits(ranks: Sequence[int], count: int) -> list[tuple[int, int]]:
    """Say between which ranks each bound may move, so that no class is emptied by its rounding."""
    most, ends = int(SHIFT * count), [0, *ranks, count]
    limits = []
    for before, rank, after in zip(ends, ranks, ends[2:], strict=False):
        shift = max(0, min(most, (rank - before - 1) // 2, (after - rank - 1) // 2))
        limits.append((rank - 1 - shift, rank + shift))
    return limits


def round_between(low: float, high: float) -> float:
    """
    Find the roundest number above `low` and up to `high`.

    Parameters
    ----------
    low, high
        `low` is the lower.

    Returns
    -------
    number
        A multiple of the largest possible of 10, 5, 2 and 1 times a power of ten; of several, the
        nearest to the middle.
    """
    power = int(np.floor(np.log10(max(abs(low), abs(high))))) + 1
    middle = (low + high) / 2
    while power > LEAST_POWER:
        for step in (10, 5, 2):
            size = step * 10.0 ** (power - 1)
            multiples = np.arange(np.floor(low / size) + 1, np.floor(high / size) + 1) * size
            found = multiples[(multiples > low) & (multiples <= high)]
            if found.size:
                nearest = float(found[np.argmin(np.abs(found - middle))])
                return round(nearest, max(0, 1 - power))
        power -= 1
    return high


def _inner_bounds(ordered: Numbers, uppers: Numbers) -> list[float]:
    """Round the bounds between classes: a class begins at its bound, the one before ends under."""
    ranks = np.unique(np.searchsorted(ordered, uppers[:-1], side="right"))
    inner = [int(rank) for rank in ranks if 0 < rank < len(ordered)]
    bounds = []
    for (low, high), rank in zip(_rank_limits(inner, len(ordered)), inner, strict=True):
        around = (float(ordered[low]), float(ordered[high]))
        if around[0] == around[1]:
            around = (float(ordered[rank - 1]), float(ordered[rank]))
        bounds.append(round_between(*around))
    return sorted(set(bounds))


def classify(values: pd.Series, method: str = DEFAULT_METHOD, most: int = CLASS_COUNT) -> Classes:
    """
    Sort values into classes whose bounds are round numbers.

    Parameters
    ----------
    values
        Numbers, possibly missing. The order of rows does not matter.
    method
        A key of `METHODS`.
    most
        Number of classes wanted; fewer are made when there are fewer distinct values.

    Returns
    -------
    classes
        No class is empty and no unknown value is put in one.
    """
    numbers = values.astype("Float64").astype("float64").replace([np.inf, -np.inf], np.nan)
    known = numbers.dropna()
    points = np.sort(np.asarray(known, dtype=np.float64))
    wanted = min(most, known.nunique())
    empty = pd.Series(pd.NA, index=values.index, dtype="Int64")
    if wanted == 0:
        return Classes((), empty, ())
    if wanted == 1:
        only = float(known.iloc[0])
        return Classes((only, only), empty.mask(numbers.notna(), 0), (len(known),))
    inner = _inner_bounds(points, np.unique(METHODS[method](points, wanted)))
    places = np.searchsorted(inner, np.asarray(known, dtype=np.float64), side="right")
    classed = empty.copy()
    classed[known.index] = places
    counts = np.bincount(places, minlength=len(inner) + 1)
    bounds = (float(points[0]), *inner, float(points[-1]))
    is_whole = bool((points == np.floor(points)).all() and points[-1] < FEW)
    return Classes(bounds, classed, tuple(int(count) for count in counts), is_whole)


def _bound_text(bound: float, decimals: int) -> str:
    """Write a round bound with the digits that it needs, at most those of the figures and one."""
    needed = next((k for k in range(decimals + 1) if round(bound, k) == bound), decimals + 1)
    return format_number(bound, needed)


def class_texts(classes: Classes, decimals: int) -> list[str]:
    """
    Write the interval of each class: no number is in two of them.

    Small whole numbers are told apart: "0", "1 à 3", "4 à 15".
    """
    bounds = list(classes.bounds)
    if len(bounds) == ONLY_ONE and bounds[0] == bounds[1]:
        return [format_number(bounds[0], decimals)]
    if decimals == 0 and classes.is_whole:
        highs = [*(bound - 1 for bound in bounds[1:-1]), *bounds[-1:]]
        pairs = [
            [format_number(bound) for bound in pair] for pair in zip(bounds, highs, strict=False)
        ]
        return [low if low == high else f"{low} à {high}" for low, high in pairs]
    inner = [_bound_text(bound, decimals) for bound in bounds[1:-1]]
    if not inner:
        return [" à ".join(format_number(bound, decimals) for bound in bounds)] if bounds else []
    between = [f"{low} à moins de {high}" for low, high in pairwise(inner)]
    return [f"moins de {inner[0]}", *between, f"{inner[-1]} ou plus"]
