"""Classes of a choropleth: breaks from numpy and mapclassify, unknown values apart."""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.formats import format_number

DEFAULT_METHOD: Final = "quantiles"
CLASS_COUNT: Final = 6
FEW: Final = 1000

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Classes:
    """
    The classes of one indicator.

    Attributes
    ----------
    bounds
        Lowest value, then the upper bound of each class (inclusive); empty when nothing is known.
    numbers
        Class of each row, 0 the lowest; missing where the value is unknown.
    counts
        Number of rows in each class.
    """

    bounds: tuple[float, ...]
    numbers: pd.Series
    counts: tuple[int, ...]

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


def classify(values: pd.Series, method: str = DEFAULT_METHOD, most: int = CLASS_COUNT) -> Classes:
    """
    Sort values into classes.

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
    points = np.asarray(known, dtype=np.float64)
    wanted = min(most, known.nunique())
    empty = pd.Series(pd.NA, index=values.index, dtype="Int64")
    if wanted == 0:
        return Classes((), empty, ())
    if wanted == 1:
        only = float(known.iloc[0])
        return Classes((only, only), empty.mask(numbers.notna(), 0), (len(known),))
    uppers = METHODS[method](points, wanted)
    if (points == np.floor(points)).all():  # a bound of 1.25 separates whole numbers as 1 does
        uppers = np.floor(uppers)
    uppers = np.unique(uppers)
    found = np.searchsorted(uppers, points, side="left")
    used, places = np.unique(np.minimum(found, len(uppers) - 1), return_inverse=True)
    classed = empty.copy()
    classed[known.index] = places
    counts = np.bincount(places, minlength=len(used))
    bounds = (float(known.min()), *(float(uppers[number]) for number in used))
    return Classes(bounds, classed, tuple(int(count) for count in counts))


def class_texts(classes: Classes, decimals: int) -> list[str]:
    """
    Write the interval of each class; the upper bound belongs to the class.

    Small whole numbers are told apart: "0", "1 à 3", "4 à 15".
    """
    bounds = list(classes.bounds)
    are_counts = decimals == 0 and all(bound == round(bound) < FEW for bound in bounds)
    lows = [bounds[0], *(bound + are_counts for bound in bounds[1:-1])] if bounds else []
    pairs = zip(lows, bounds[1:], strict=True)
    texts = [[format_number(bound, decimals) for bound in pair] for pair in pairs]
    return [low if low == high else f"{low} à {high}" for low, high in texts]
