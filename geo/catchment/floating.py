"""Beds within reach, shared with all who reach them: enhanced two-step floating catchment areas."""

import numpy as np
import numpy.typing as npt

from geo.catchment.travel_times import Reach
from geo.territories.services import ZONES

Vector = npt.NDArray[np.float64]
PER: float = 1000.0


def zone_weights(minutes: Vector) -> Vector:
    """
    Weigh travel times by their zone.

    Parameters
    ----------
    minutes
        Any shape.

    Returns
    -------
    weights
        The weight of the first zone of `ZONES` that holds the time; 0 beyond the last.
    """
    bounds = [zone.minutes for zone in ZONES]
    weights = np.array([*(zone.weight for zone in ZONES), 0.0])
    found: Vector = weights[np.searchsorted(bounds, minutes, side="left")]
    return found


def beds_per_1000(reach: Reach, beds: Vector, people: Vector) -> Vector:
    """
    Share the beds of each site among all who reach it, then add up those that each commune reaches.

    Parameters
    ----------
    reach
        Minutes of the pairs of communes and sites.
    beds
        Of each site, shape (sites,).
    people
        Inhabitants of each commune, shape (communes,).

    Returns
    -------
    beds_per_1000
        For 1,000 inhabitants, shape (communes,): 0 where no bed is within the last zone, missing
        where no minutes at all are known. Weighted by the inhabitants it adds up to the beds that
        somebody reaches.
    """
    commune, site = reach.commune, reach.site
    weights = zone_weights(reach.minutes)
    demand = np.bincount(site, weights * people[commune], len(beds))
    supply = np.divide(beds, demand, out=np.zeros(len(beds)), where=demand > 0)
    shared = np.bincount(commune, weights * supply[site], len(people)) * PER
    return np.where(np.diff(reach.start) > 0, shared, np.nan)
