"""Travel times between communes and sites: estimated, or given by a matrix."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from geo.geography.distance import EARTH_RADIUS_KM, chord_to_km, unit_vectors

DETOUR_FACTOR = 1.3
SPEED_KM_H = 60.0
REACH_MIN = 120.0


@dataclass(frozen=True)
class Impedance:
    """
    Travel time from a great-circle distance.

    Attributes
    ----------
    detour_factor
        Road kilometres for one kilometre as the crow flies.
    speed_km_h
        Mean road speed. 1.3 and 60 km/h give a rough rural time: no relief, no congestion.
    start_min
        Minutes before the first kilometre: to leave and to arrive.
    """

    detour_factor: float = DETOUR_FACTOR
    speed_km_h: float = SPEED_KM_H
    start_min: float = 0.0

    def minutes(self, distance_km: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Convert great-circle kilometres to minutes, any shape."""
        moving = distance_km * (self.detour_factor * 60.0 / self.speed_km_h)
        return np.maximum(self.start_min + moving, 0.0)

    def kilometres(self, minutes: float) -> float:
        """Convert minutes to great-circle kilometres."""
        return (minutes - self.start_min) * self.speed_km_h / (self.detour_factor * 60.0)


@dataclass(frozen=True)
class Reach:
    """
    The sites each commune can reach, as a compressed sparse row matrix.

    Attributes
    ----------
    start
        Position of the first pair of each commune, shape (communes + 1,).
    site
        Position of the site of each pair, shape (pairs,), ascending within a commune.
    minutes
        Travel time of each pair, float64, shape (pairs,).
    is_road
        Whether these minutes are of the graph of roads, not of a line on the distance nor given by
        a person, shape (pairs,); None where nobody can tell.
    """

    start: npt.NDArray[np.int64]
    site: npt.NDArray[np.int64]
    minutes: npt.NDArray[np.float64]
    is_road: npt.NDArray[np.bool_] | None = None

    @property
    def commune(self) -> npt.NDArray[np.int64]:
        """Position of the commune of each pair, shape (pairs,)."""
        counts = np.diff(self.start)
        return np.repeat(np.arange(len(counts)), counts)

    def keep(self, kept: npt.NDArray[np.bool_]) -> "Reach":
        """Keep some pairs; `kept` has one flag per pair."""
        counts = np.bincount(self.commune[kept], minlength=len(self.start) - 1)
        start = np.concatenate([[0], np.cumsum(counts)]).astype("int64")
        flags = None if self.is_road is None else self.is_road[kept]
        return Reach(start, self.site[kept], self.minutes[kept], flags)


def compress(
    commune: npt.NDArray[np.int64],
    site: npt.NDArray[np.int64],
    minutes: npt.NDArray[np.float64],
    shape: tuple[int, int],
    is_road: npt.NDArray[np.bool_] | None = None,
) -> Reach:
    """
    Gather pairs into a `Reach`.

    Parameters
    ----------
    commune, site, minutes
        One value per pair, in any order; a pair is given once.
    shape
        Numbers of communes and of sites.
    is_road
        One flag per pair, if known.
    """
    # Pairs mostly come in order, or in a few runs that are: a stable sort then only merges them.
    order = np.argsort(commune.astype("int64") * shape[1] + site, kind="stable")
    counts = np.bincount(commune, minlength=shape[0])
    start = np.concatenate([[0], np.cumsum(counts)]).astype("int64")
    flags = None if is_road is None else is_road[order]
    return Reach(start, site[order].astype("int64"), minutes[order], flags)


def joined(parts: Sequence[Reach], shape: tuple[int, int]) -> Reach:
    """Put together reaches that share no pair; `is_road` is lost where one has none."""
    flags = [part.is_road for part in parts]
    known = [one for one in flags if one is not None]
    return compress(
        np.concatenate([part.commune for part in parts]),
        np.concatenate([part.site for part in parts]),
        np.concatenate([part.minutes for part in parts]),
        shape,
        np.concatenate(known) if len(known) == len(parts) else None,
    )


def part_of(reach: Reach, site: npt.NDArray[np.int64], shape: tuple[int, int]) -> Reach:
    """Give the sites of an estimate their places among others; no minute of it is of a road."""
    flags = np.zeros(len(reach.site), dtype=bool)
    return compress(reach.commune, site[reach.site], reach.minutes, shape, flags)


def _pairs(
    communes: pd.DataFrame, sites: pd.DataFrame, radius_km: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Pairs within a radius on one landmass; the nearest site alone for communes with none."""
    demand = cKDTree(unit_vectors(communes.anchor_lon, communes.anchor_lat))
    supply = cKDTree(unit_vectors(sites.lon, sites.lat))
    chord = 2 * np.sin(min(radius_km / EARTH_RADIUS_KM, np.pi) / 2)
    near = demand.sparse_distance_matrix(supply, chord, output_type="ndarray")
    lonely = np.flatnonzero(np.bincount(near["i"], minlength=len(communes)) == 0)
    far, nearest = supply.query(demand.data[lonely])
    commune = np.concatenate([near["i"], lonely])
    site = np.concatenate([near["j"], nearest])
    return commune, site, chord_to_km(np.concatenate([near["v"], far]))


def estimate_reach(
    communes: pd.DataFrame,
    sites: pd.DataFrame,
    impedance: Impedance | None = None,
    reach_min: float = REACH_MIN,
    by_landmass: Mapping[str, Impedance] | None = None,
) -> Reach:
    """
    Estimate the travel times from every commune to the sites it can reach.

    Parameters
    ----------
    communes
        `anchor_lon`, `anchor_lat` (degrees), `landmass`.
    sites
        `lon`, `lat` (degrees), `landmass`.
    impedance
        Travel time from distance.
    reach_min
        Sites farther than this many minutes are not considered, unless a commune has none nearer:
        it then keeps its nearest site alone.
    by_landmass
        Travel times from distance for some lands; the others take `impedance`.

    Returns
    -------
    reach
        Pairs of the same landmass only. Positions are those of the rows given.
    """
    usual = impedance or Impedance()
    found = [np.empty(0, "int64"), np.empty(0, "int64"), np.empty(0, "float64")]
    for land, rows in communes.groupby("landmass").indices.items():
        travel = (by_landmass or {}).get(str(land), usual)
        here = np.flatnonzero((sites.landmass == land).to_numpy())
        if len(here):
            commune, site, km = _pairs(
                communes.iloc[rows], sites.iloc[here], travel.kilometres(reach_min)
            )
            parts = (rows[commune], here[site], travel.minutes(km))
            found = [np.concatenate(pair) for pair in zip(found, parts, strict=True)]
    return compress(found[0], found[1], found[2], (len(communes), len(sites)))


@dataclass(frozen=True)
class MatrixReport:
    """
    How a user's matrix met the communes and sites.

    Attributes
    ----------
    unknown_origins, unknown_destinations
        Codes of the matrix that exist in no table.
    estimated_communes
        Communes absent from the matrix, which keep the embedded estimate.
    told
        What the reader of the file understood or doubts, French sentences.
    """

    unknown_origins: tuple[str, ...]
    unknown_destinations: tuple[str, ...]
    estimated_communes: tuple[str, ...]
    told: tuple[str, ...] = ()


def matrix_reach(
    matrix: pd.DataFrame, communes: pd.DataFrame, sites: pd.DataFrame, estimate: Reach
) -> tuple[Reach, MatrixReport]:
    """
    Replace the estimated travel times by those of a matrix.

    A pair absent from the matrix is out of reach; a commune absent from it altogether keeps the
    embedded estimate.

    Parameters
    ----------
    matrix
        See `geo.catchment.matrix_file.read_matrix`.
    communes
        `insee_code`.
    sites
        `finess_et`.
    estimate
        From `estimate_reach`.

    Returns
    -------
    reach, report
        The new reach, and the codes that matched nothing.
    """
    origin = pd.Index(communes.insee_code).get_indexer(matrix.origin)
    destination = pd.Index(sites.finess_et).get_indexer(matrix.destination)
    is_known = (origin >= 0) & (destination >= 0)
    absent = np.setdiff1d(np.arange(len(communes)), origin[is_known])
    is_kept = np.isin(estimate.commune, absent)
    report = MatrixReport(
        tuple(sorted(set(matrix.origin[origin < 0]))),
        tuple(sorted(set(matrix.destination[destination < 0]))),
        tuple(communes.insee_code.iloc[absent]),
    )
    reach = compress(
        np.concatenate([origin[is_known], estimate.commune[is_kept]]),
        np.concatenate([destination[is_known], estimate.site[is_kept]]),
        np.concatenate([matrix.minutes.to_numpy()[is_known], estimate.minutes[is_kept]]),
        (len(communes), len(sites)),
    )
    return reach, report
