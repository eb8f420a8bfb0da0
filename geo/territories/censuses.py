"""Inhabitants of the year of a published figure, which it is held against."""

import re
from typing import Final

import numpy as np
import pandas as pd

from geo.formats import is_unknown
from geo.territories.sums import sum_by_area

_DATED: Final = re.compile(r"population_(\d{4})")
# How the inhabitants of a year are known.
CENSUS, INTERPOLATED, EXTRAPOLATED, LATEST = "census", "interpolated", "extrapolated", "latest"


def census_people(communes: pd.DataFrame) -> pd.DataFrame:
    """
    Lay out the inhabitants of each commune, census by census.

    Parameters
    ----------
    communes
        `insee_code`, `population`, `population_year`, and `population_<year>` for each earlier
        census (may be missing).

    Returns
    -------
    people
        `insee_code`, and one column per census, named by its year (int), oldest first; inhabitants,
        float64. The last column is `population`. A commune without an earlier count keeps the next
        one: it is held constant, never left out.
    """
    years = {int(found[1]): name for name in communes if (found := _DATED.fullmatch(str(name)))}
    latest = int(communes.population_year.max())
    kept = {year: name for year, name in sorted(years.items()) if year < latest}
    counts = pd.DataFrame(
        {year: communes[name].astype("float64") for year, name in kept.items()}
        | {latest: communes.population.astype("float64")}
    )
    counts = counts.bfill(axis="columns")
    counts.insert(0, "insee_code", communes.insee_code)
    return counts


def census_sums(assignments: pd.DataFrame, communes: pd.DataFrame) -> pd.DataFrame:
    """
    Add up the inhabitants of each area, census by census.

    Parameters
    ----------
    assignments
        `insee_code`, `area_code`.
    communes
        See `census_people`.

    Returns
    -------
    sums
        Index `area_code`, one column per census (int). Each sums to the country of that census.
    """
    people = census_people(communes)
    return sum_by_area(assignments, people, list(people.columns[1:]))


def people_in(sums: pd.DataFrame, years: pd.Series) -> pd.Series:
    """
    Estimate the inhabitants of areas in given years.

    Linear between the two censuses around the year; before the first and after the last, along the
    line of the two nearest. Being linear, the estimate of an area is the sum of those of its
    communes.

    Parameters
    ----------
    sums
        One row per area, one column per census, in order (see `census_sums`).
    years
        The year wanted of each row, in the same order; a missing one is the latest census.

    Returns
    -------
    people
        Inhabitants, float64, never below 0, index of `sums`; missing where `sums` is.
    """
    counts = sums.to_numpy(dtype="float64")
    known = sums.columns.to_numpy(dtype="float64")
    if len(known) == 1:
        return pd.Series(counts[:, 0], index=sums.index)
    wanted = years.astype("Float64").fillna(known[-1]).to_numpy(dtype="float64")
    after = np.clip(np.searchsorted(known, wanted), 1, len(known) - 1)
    rows = np.arange(len(counts))
    first, last = counts[rows, after - 1], counts[rows, after]
    share = (wanted - known[after - 1]) / (known[after] - known[after - 1])
    return pd.Series(np.maximum(first + (last - first) * share, 0.0), index=sums.index)


def people_methods(sums: pd.DataFrame, years: pd.Series) -> pd.Series:
    """
    Say how the inhabitants of each year are known.

    Parameters
    ----------
    sums
        Its columns are the censuses.
    years
        Years wanted, may be missing.

    Returns
    -------
    methods
        "census", "interpolated", "extrapolated", or "latest" for an unknown year; index of `years`.
    """
    known = [int(year) for year in sums.columns]

    def method(year: object) -> str:
        if is_unknown(year):
            return LATEST
        if year in known:
            return CENSUS
        return INTERPOLATED if known[0] < int(str(year)) < known[-1] else EXTRAPOLATED

    return pd.Series([method(year) for year in years], index=years.index, dtype="str")
