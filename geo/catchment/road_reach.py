"""The sites each commune can reach by road, from the bundled table of travel times."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.atlas.load import Atlas
from geo.catchment.travel_times import Impedance, Reach, compress, estimate_reach
from geo.roads.crow import CrowLine, crow_lines
from geo.roads.parameters import read_parameters
from geo.roads.travel_times import CROW, ROAD, read_times

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class RoadReach:
    """
    Travel times and how each was found.

    Attributes
    ----------
    reach
        As from `geo.catchment.travel_times.estimate_reach`.
    is_road
        True for the minutes of the graph of roads, False for those of a line on the distance, one
        flag per pair.
    """

    reach: Reach
    is_road: Flags

    @property
    def method(self) -> npt.NDArray[np.str_]:
        """Method of each pair: "road" or "crow"."""
        return np.where(self.is_road, ROAD, CROW)


def road_reach(atlas: Atlas, communes: pd.DataFrame, sites: pd.DataFrame) -> RoadReach:
    """
    Find the travel times from communes to sites.

    Parameters
    ----------
    atlas
        Holds the table of travel times.
    communes
        `insee_code`, `anchor_lon`, `anchor_lat`, `landmass`.
    sites
        `finess_et`, `lon`, `lat`, `landmass`.

    Returns
    -------
    reach
        Every pair of the table; an estimate by the distance, fitted on the official times, for the
        pairs of a commune or a site that the table does not know (islands without a bridge, Guyane,
        a site added by hand), and the nearest site alone for a commune that has no site within two
        hours.
    """
    return joined_reach(read_times(atlas), communes, sites, crow_impedances())


def crow_impedances() -> dict[str, Impedance]:
    """Travel times from the distance by landmass, as fitted."""
    lines = crow_lines(read_parameters())
    return {land: _impedance(line) for land, line in {**lines, "corse": lines["metropole"]}.items()}


def _impedance(line: CrowLine) -> Impedance:
    return Impedance(line.per_km, 60.0, line.start)


def joined_reach(
    times: pd.DataFrame,
    communes: pd.DataFrame,
    sites: pd.DataFrame,
    impedances: Mapping[str, Impedance],
) -> RoadReach:
    """
    Complete a table of travel times with estimates.

    Parameters
    ----------
    times
        `origin`, `destination` (categories), `minutes`, `method`.
    communes, sites
        As for `road_reach`.
    impedances
        Travel times from the distance, by landmass.

    Returns
    -------
    reach
        As `road_reach`.
    """
    origin = _positions(times.origin, communes.insee_code)
    destination = _positions(times.destination, sites.finess_et)
    is_known = (origin >= 0) & (destination >= 0)
    origin, destination = origin[is_known], destination[is_known]
    estimate = estimate_reach(communes, sites, by_landmass=impedances)
    start, site = estimate.commune, estimate.site
    # Known to the table: somewhere in it, even if not with each other.
    can_start = communes.insee_code.isin(times.origin.unique()).to_numpy()
    can_end = sites.finess_et.isin(times.destination.unique()).to_numpy()
    is_kept = ~(can_start[start] & can_end[site])
    is_served = np.zeros(len(communes), dtype=bool)
    is_served[origin] = True
    is_served[start[is_kept]] = True
    is_kept |= _nearest(estimate) & ~is_served[start]
    by_road = (times.method == ROAD).to_numpy()[is_known]
    commune = np.concatenate([origin, start[is_kept]])
    ends = np.concatenate([destination, site[is_kept]])
    minutes = np.concatenate([times.minutes.to_numpy()[is_known], estimate.minutes[is_kept]])
    order = np.lexsort((ends, commune))
    is_road = np.concatenate([by_road, np.zeros(is_kept.sum(), dtype=bool)])[order]
    return RoadReach(compress(commune, ends, minutes, (len(communes), len(sites))), is_road)


def _positions(codes: pd.Series, among: pd.Series) -> npt.NDArray[np.int64]:
    """Find categorical codes among others, by category and not by row: -1 where absent."""
    places = pd.Index(among).get_indexer(codes.cat.categories)
    return np.asarray(places[codes.cat.codes], dtype="int64")


def _nearest(reach: Reach) -> Flags:
    """Flag the quickest pair of each commune."""
    order = np.lexsort((reach.minutes, reach.commune))
    first = np.r_[True, np.diff(reach.commune[order]) > 0] if len(order) else order
    flags = np.zeros(len(order), dtype=bool)
    flags[order[first]] = True
    return flags
