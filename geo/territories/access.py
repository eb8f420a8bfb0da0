"""Access to the nearest site: bands of travel time, median and mean, of one territory."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

BANDS_MIN = (30, 45, 60)
Vector = npt.NDArray[np.float64]

MAP_BANDS_MIN: Final = (15, 30, 45, 60)
BAND_EDGES_MIN: Final = (0.0, 5.0, 10.0, 15.0, 20.0, 30.0, 45.0, 60.0)


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
        The figures that `geo.catchment.outcome` gives for the same assignment.
    """
    minutes = communes.travel_time_min.to_numpy(dtype="float64")
    people = communes.population.to_numpy(dtype="float64")
    whole = pd.Series("", index=communes.index)
    mean = mean_time(communes.travel_time_min, communes.population, whole).get("", float("nan"))
    unknown = int(people[np.isnan(minutes)].sum())
    return Access(
        shares_within(minutes, people), weighted_median(minutes, people), float(mean), unknown
    )


def shares_within(minutes: Vector, people: Vector) -> dict[int, float]:
    """Percent of the inhabitants of known time within each of `BANDS_MIN`; empty without any."""
    total = people[~np.isnan(minutes)].sum()
    if not total:
        return {}
    return {band: float(people[minutes <= band].sum() / total * 100) for band in BANDS_MIN}


def mean_time(minutes: pd.Series, people: pd.Series, areas: pd.Series) -> pd.Series:
    """Average times over the inhabitants of each area; missing if that of a commune is unknown."""
    weights = people.astype("float64")
    weighted = (minutes * weights).groupby(areas)
    known = minutes.notna().groupby(areas).all()
    return weighted.sum().where(known) / weights.groupby(areas).sum()


def time_bands(communes: pd.DataFrame) -> pd.DataFrame:
    """
    Count the inhabitants of a territory by travel time to the nearest site.

    Parameters
    ----------
    communes
        `travel_time_min` (may be missing), `population`.

    Returns
    -------
    bands
        One row per band that has a commune or lies below one: `low_min` (excluded, but for 0),
        `high_min` (included; infinite for the last), `population`, `share_percent` and
        `cumulated_percent` of the inhabitants whose time is known, `commune_count`. Empty when no
        time is known.
    """
    known = communes[communes.travel_time_min.notna()]
    people = known.population.astype("int64")
    edges = [*BAND_EDGES_MIN, np.inf]
    bands = pd.cut(known.travel_time_min, edges, labels=False, include_lowest=True)
    table = pd.DataFrame({"low_min": edges[:-1], "high_min": edges[1:]})
    counted = table.assign(
        population=people.groupby(bands).sum().reindex(table.index, fill_value=0),
        commune_count=people.groupby(bands).size().reindex(table.index, fill_value=0),
    )
    shares = counted.population / max(people.sum(), 1) * 100
    last = -1 if known.empty else int(bands.max())
    return counted.assign(share_percent=shares, cumulated_percent=shares.cumsum())[: last + 1]


def map_bands(minutes: pd.Series) -> pd.Series:
    """
    Give each commune its class on the map of access of its territory.

    Parameters
    ----------
    minutes
        May be missing.

    Returns
    -------
    numbers
        0 up to the first of `MAP_BANDS_MIN`, included, to their number; missing where unknown.
    """
    numbers = np.searchsorted(MAP_BANDS_MIN, minutes.fillna(0.0), side="left")
    return pd.Series(numbers, minutes.index, dtype="Int64").mask(minutes.isna())


def weighted_median(values: Vector, weights: Vector) -> float:
    """
    Find the value below which half of the weight lies.

    Parameters
    ----------
    values
        Any order, shape (n,); missing ones are left out with their weight.
    weights
        Not negative, shape (n,).

    Returns
    -------
    median
        The smallest value whose cumulated weight reaches half; missing when there is no weight.
    """
    known = ~np.isnan(values) & (weights > 0)
    if not known.any():
        return float("nan")
    order = np.argsort(values[known], kind="stable")
    cumulated = np.cumsum(weights[known][order])
    return float(values[known][order][np.searchsorted(cumulated, cumulated[-1] / 2)])
