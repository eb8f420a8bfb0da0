"""The nearest model: from communes and hospital sites to areas."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from geo.atlas.columns import OUTSIDE_PREFIX, UNASSIGNED
from geo.catchment.travel_times import Impedance
from geo.geography.distance import chord_to_km, unit_vectors

TIE_KM = 0.1
FIRST_NEIGHBOURS = 16
CATEGORY_RANK = {"101": 0, "355": 1, "106": 2}


def area_code(ght_code: pd.Series, finess_ej: pd.Series) -> pd.Series:
    """
    Name the area a site works for: its GHT, or its own entity when it is in none.

    Parameters
    ----------
    ght_code
        Missing outside the GHTs.
    finess_ej
        Legal entities, same index.

    Returns
    -------
    area_code
        "GE-06", or "HORS-750712184".
    """
    return ght_code.fillna(OUTSIDE_PREFIX + finess_ej)


def rank_sites(sites: pd.DataFrame) -> pd.DataFrame:
    """
    Put sites in the order that settles ties, whatever the order of the rows.

    Several entities share an address: the population there goes to the site nearest to the heart of
    its own entity, then to the larger category, then to the smaller FINESS number.

    Parameters
    ----------
    sites
        `finess_et` (unique), `own_distance_km`, `category_code`.

    Returns
    -------
    sites
        Sorted, with a fresh index: the position is the rank.
    """
    order = sites.assign(size_rank=sites.category_code.map(CATEGORY_RANK).fillna(9))
    keys = ["own_distance_km", "size_rank", "finess_et"]
    return order.assign(own_distance_km=order.own_distance_km.round(1)).sort_values(
        keys, ignore_index=True
    )


def _ordered_neighbours(
    communes: pd.DataFrame, sites: pd.DataFrame, count: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Distances (km) and positions of the nearest sites, ties settled by rank; shape (n, count)."""
    tree = cKDTree(unit_vectors(sites.lon, sites.lat))
    found = tree.query(unit_vectors(communes.anchor_lon, communes.anchor_lat), k=count)
    chord, position = (np.asarray(part).reshape(len(communes), count) for part in found)
    km = chord_to_km(chord)
    steps = np.round(km / TIE_KM)
    order = np.lexsort((position, steps), axis=1)
    return np.take_along_axis(km, order, axis=1), np.take_along_axis(position, order, axis=1)


def _first_other(areas: npt.NDArray[np.object_]) -> npt.NDArray[np.int64]:
    """Column of the first area that differs from the first one; -1 when all are the same."""
    differs = areas != areas[:, :1]
    return np.where(differs.any(axis=1), differs.argmax(axis=1), -1)


def _is_settled(km: npt.NDArray[np.float64], rival: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Tell where a rival is found and nothing beyond the last neighbour can tie with it."""
    steps = np.round(km / TIE_KM)
    rival_step = np.take_along_axis(steps, rival[:, None], axis=1)[:, 0]
    settled: npt.NDArray[np.bool_] = (rival >= 0) & (rival_step < steps[:, -1])
    return settled


def _assign_landmass(
    communes: pd.DataFrame, sites: pd.DataFrame, impedance: Impedance
) -> pd.DataFrame:
    """Nearest site and nearest rival for the communes of one landmass."""
    ranked = rank_sites(sites)
    count, pending, parts = min(FIRST_NEIGHBOURS, len(ranked)), communes, []
    while not pending.empty:
        km, position = _ordered_neighbours(pending, ranked, count)
        areas = ranked.area_code.to_numpy(dtype=object)[position]
        rival = _first_other(areas)
        is_done = _is_settled(km, rival) | (count == len(ranked))
        parts.append(_rows(pending, ranked, km, position, rival, impedance)[is_done])
        pending, count = pending[~is_done], min(count * 4, len(ranked))
    return pd.concat(parts)


def _rows(
    communes: pd.DataFrame,
    sites: pd.DataFrame,
    km: npt.NDArray[np.float64],
    position: npt.NDArray[np.int64],
    rival: npt.NDArray[np.int64],
    impedance: Impedance,
) -> pd.DataFrame:
    """Turn neighbours into assignment rows."""
    row = np.arange(len(communes))
    rival_position = position[row, rival]
    has_rival = rival >= 0
    minutes = impedance.minutes(km)
    rival_time = np.where(has_rival, minutes[row, rival], np.nan)
    rival_area = sites.area_code.to_numpy(dtype=object)[rival_position]
    return pd.DataFrame(
        {
            "insee_code": communes.insee_code.to_numpy(),
            "area_code": sites.area_code.to_numpy(dtype=object)[position[:, 0]],
            "finess_et": sites.finess_et.to_numpy(dtype=object)[position[:, 0]],
            "travel_time_min": minutes[:, 0],
            "runner_up_area_code": pd.Series(rival_area).where(has_rival).to_numpy(),
            "runner_up_time_min": rival_time,
            "rule": "nearest",
        }
    )


def _only_provider(communes: pd.DataFrame, area: str | None) -> pd.DataFrame:
    """Communes of a landmass without a located site: the only GHT present there, else nobody."""
    return pd.DataFrame(
        {
            "insee_code": communes.insee_code,
            "area_code": area or UNASSIGNED,
            "finess_et": None,
            "travel_time_min": np.nan,
            "runner_up_area_code": None,
            "runner_up_time_min": np.nan,
            "rule": "only_provider" if area else "unassigned",
        }
    )


def assign_nearest(
    communes: pd.DataFrame,
    sites: pd.DataFrame,
    only_provider: dict[str, str] | None = None,
    impedance: Impedance | None = None,
) -> pd.DataFrame:
    """
    Give each commune to the area of the general hospital nearest in travel time.

    Parameters
    ----------
    communes
        `insee_code`, `anchor_lon`, `anchor_lat` (degrees), `landmass`.
    sites
        Sites that compete: `finess_et`, `area_code`, `category_code`, `lon`, `lat` (degrees),
        `landmass`, `own_distance_km` (kilometres to the heart of their entity).
    only_provider
        Landmass -> area, for a landmass where no site is located but a single GHT has members.
    impedance
        Travel time; the embedded great-circle estimate by default.

    Returns
    -------
    assignments
        One row per commune, sorted by `insee_code`: `area_code`, `finess_et` (nearest site),
        `travel_time_min`, `runner_up_area_code`, `runner_up_time_min`, `margin_min`, `rule`
        ("nearest", "only_provider", "unassigned"). Times are minutes, missing when no site is
        located on the landmass. The order of the rows of the inputs never matters.
    """
    provider = only_provider or {}
    travel = impedance or Impedance()
    parts = []
    for land, group in communes.groupby("landmass"):
        rivals = sites[sites.landmass == land]
        if rivals.empty:
            parts.append(_only_provider(group, provider.get(str(land))))
        else:
            parts.append(_assign_landmass(group, rivals, travel))
    table = pd.concat(parts, ignore_index=True).sort_values("insee_code", ignore_index=True)
    table["margin_min"] = table.runner_up_time_min - table.travel_time_min
    return table


def time_margin(assignments: pd.DataFrame) -> pd.Series:
    """
    Measure how far each commune is from another area.

    Parameters
    ----------
    assignments
        `travel_time_min` to the site that has the commune, `runner_up_time_min` to the nearest of
        another area; minutes, the latter missing where there is only one area.

    Returns
    -------
    margin
        (second - first) / (second + first), 0 to 1; missing without a second.
    """
    first, second = assignments.travel_time_min, assignments.runner_up_time_min
    return ((second - first) / (second + first)).clip(lower=0.0)
