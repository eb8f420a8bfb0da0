"""Access to the nearest site: bands of travel time, median and mean, of one territory."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.outcome import BANDS_MIN, weighted_median


@dataclass(frozen=True)
class Access:
    """
    How far the inhabitants of a territory are from the nearest site, under the default model.

    Attributes
    ----------
    shares
        Minutes -> percent of the inhabitants whose time is known, within that time; empty when
        no time is known.
    median_min, mean_min
        Minutes, weighted by inhabitants; missing when no time is known. The mean is missing as
        soon as one is not known.
    unknown_population
        Inhabitants whose time is unknown.
    """

    shares: Mapping[int, float]
    median_min: float
    mean_min: float
    unknown_population: int


def access_of(communes: pd.DataFrame) -> Access:
    """
    Measure the access of a territory.

    Parameters
    ----------
    communes
        `travel_time_min` (may be missing), `population`.

    Returns
    -------
    access
        The figures that `geo.outcome` gives for the same assignment.
    """
    minutes = communes.travel_time_min.to_numpy(dtype="float64")
    people = communes.population.to_numpy(dtype="float64")
    known = ~np.isnan(minutes)
    total = people[known].sum()
    shares = (
        {band: float(people[minutes <= band].sum() / total * 100) for band in BANDS_MIN}
        if total
        else {}
    )
    is_complete = bool(known.all()) and bool(total)
    mean = float((minutes * people).sum() / total) if is_complete else float("nan")
    median = weighted_median(minutes, people)
    return Access(shares, median, mean, int(people[~known].sum()))
