"""The sites each commune can reach by road, from the bundled table of travel times."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.atlas.load import Atlas
from geo.catchment.travel_times import Impedance, Reach, compress, estimate_reach, joined
from geo.roads.crow import CrowLine, crow_lines
from geo.roads.parameters import read_parameters
from geo.roads.travel_times import ROAD, read_times

Flags = npt.NDArray[np.bool_]


def road_reach(atlas: Atlas, communes: pd.DataFrame, sites: pd.DataFrame) -> Reach:
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
        With `is_road`. Every pair of the table; an estimate by the distance, fitted on the official
        times, for the pairs of a commune or a site that the table does not know (islands without a
        bridge, Guyane, a site added by hand), and the nearest site alone for a commune that has no
        site within two hours.
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
) -> Reach:
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
    known = (origin >= 0) & (destination >= 0)
    shape = (len(communes), len(sites))
    by_road = (times.method == ROAD).to_numpy()[known]
    table = compress(
        origin[known], destination[known], times.minutes.to_numpy()[known], shape, by_road
    )
    # Known to the table: somewhere in it, even if not with each other.
    starts, ends = (
        codes.isin(_used(column)).to_numpy()
        for codes, column in (
            (communes.insee_code, times.origin), (sites.finess_et, times.destination)
        )
    )  # fmt: skip
    everywhere = np.ones(len(sites), dtype=bool)
    parts = [
        table,
        _estimated(communes, sites, ~starts, everywhere, impedances),
        _estimated(communes, sites, starts, ~ends, impedances),
    ]
    both = joined(parts, shape)
    is_bare = np.diff(both.start) == 0
    last = _estimated(communes, sites, is_bare, everywhere, impedances)
    return joined([both, last.keep(_nearest(last))], shape)


def _used(codes: pd.Series) -> pd.Index:
    """List the categories that are there, not those that could be."""
    return codes.cat.categories[np.unique(codes.cat.codes)]


def _nearest(reach: Reach) -> Flags:
    """Flag the quickest pair of each commune."""
    order = np.lexsort((reach.minutes, reach.commune))
    flags = np.zeros(len(order), dtype=bool)
    if len(order):
        flags[order[np.r_[True, np.diff(reach.commune[order]) > 0]]] = True
    return flags


def _estimated(
    communes: pd.DataFrame,
    sites: pd.DataFrame,
    starts: Flags,
    ends: Flags,
    impedances: Mapping[str, Impedance],
) -> Reach:
    """Estimate the times from some communes to some sites, by the distance."""
    rows, columns = np.flatnonzero(starts), np.flatnonzero(ends)
    found = estimate_reach(communes.iloc[rows], sites.iloc[columns], by_landmass=impedances)
    shape = (len(communes), len(sites))
    flags = np.zeros(len(found.site), dtype=bool)
    return compress(rows[found.commune], columns[found.site], found.minutes, shape, flags)


def _positions(codes: pd.Series, among: pd.Series) -> npt.NDArray[np.int64]:
    """Find categorical codes among others, by category and not by row: -1 where absent."""
    places = pd.Index(among).get_indexer(codes.cat.categories)
    return np.asarray(places[codes.cat.codes], dtype="int64")
