"""Statistical peers: the territories that resemble one, by standardised distance."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

PEER_MEASURES: Final = (
    "population",
    "area_km2",
    "density_per_km2",
    "member_count",
    "site_count",
    "mean_travel_time_min",
    "population_change_percent",
)
PEER_COUNT: Final = 5


def standardise(areas: pd.DataFrame, measures: Sequence[str] = PEER_MEASURES) -> pd.DataFrame:
    """
    Put measures on a common scale.

    Parameters
    ----------
    areas
        One row per territory; numbers, possibly missing.
    measures
        Columns.

    Returns
    -------
    scores
        (value - mean) / standard deviation over the known values (divided by n), indexed like
        `areas`; a measure that does not vary is left out.
    """
    values = areas[list(measures)].astype("Float64").astype("float64")
    spread = values.std(ddof=0)
    varying = spread[spread > 0].index
    return (values[varying] - values[varying].mean()) / spread[varying]


def nearest_peers(
    areas: pd.DataFrame,
    area_code: str,
    measures: Sequence[str] = PEER_MEASURES,
    count: int = PEER_COUNT,
) -> pd.DataFrame:
    """
    Find the territories that resemble one.

    Parameters
    ----------
    areas
        Candidates, the territory itself among them: `area_code`, `area_name`, `reg_code` and the
        measures.
    area_code
        The territory.
    measures
        What is compared; each weighs the same.
    count
        How many peers.

    Returns
    -------
    peers
        `area_code`, `area_name`, `reg_code`, `distance` (Euclidean, standardised), the measures;
        nearest first. Empty when a measure of the territory is unknown; a candidate with an
        unknown measure is left out.
    """
    table = areas.set_index("area_code")
    scores = standardise(table, measures).dropna()
    columns = ["area_code", "area_name", "reg_code", "distance", *measures]
    if area_code not in scores.index:
        return pd.DataFrame(columns=columns)
    distance = ((scores - scores.loc[area_code]) ** 2).sum(axis=1) ** 0.5
    found = table.loc[distance.index].assign(distance=distance).drop(index=area_code)
    ranked = found.reset_index().sort_values(["distance", "area_code"])
    return ranked.head(count)[columns].reset_index(drop=True)
