"""The table of travel times: from each commune to the hospital sites within two hours."""

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.atlas.load import Atlas
from geo.faults import Faults
from geo.geography.distance import great_circle_km
from geo.roads.costs import RoadCosts, Roads
from geo.roads.crow import CrowLine
from geo.roads.places import Lands

LIMIT_MIN = 120.0
STEPS_PER_MIN = 2  # the table keeps half minutes, a byte each
BATCH = 128  # searches held in memory together
ROAD, CROW = "road", "crow"
METHODS = (ROAD, CROW)
HOSPITAL_CATEGORIES = ("101", "106", "355")
FILE = "roads"
TABLE = f"times/{FILE}"

Pairs = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.uint8]]


def wanted_sites(establishments: pd.DataFrame) -> pd.DataFrame:
    """
    Choose the sites that a model may have to reach: public, or of a member of a GHT, and general.

    Parameters
    ----------
    establishments
        `finess_et`, `category_code`, `public_status`, `ght_code`, `registers`, `insee_code`,
        `lon`, `lat`.

    Returns
    -------
    sites
        Those that answered the last survey, placed in a commune, ordered by `finess_et`.
    """
    is_general = establishments.category_code.isin(HOSPITAL_CATEGORIES)
    is_ours = establishments.public_status.eq("public") | establishments.ght_code.notna()
    is_placed = establishments[["insee_code", "lon", "lat"]].notna().all(axis=1)
    is_surveyed = establishments.registers != "finess"
    return establishments[is_general & is_ours & is_placed & is_surveyed].sort_values(
        "finess_et", ignore_index=True
    )


def road_pairs(roads: Roads, costs: RoadCosts, site_node: npt.NDArray[np.int64]) -> Pairs:
    """
    Search the roads from every site.

    Parameters
    ----------
    roads, costs
        The graph, in which sites are nodes.
    site_node
        Node of each site; several sites may share one, which is then searched once.

    Returns
    -------
    commune, site, half_minutes
        Positions and whole half minutes of each pair within `LIMIT_MIN`.
    """
    nodes, row = np.unique(site_node, return_inverse=True)
    found = np.full((len(nodes), roads.commune_count), 255, dtype="uint8")
    for batch in _batches(len(nodes)):
        minutes = roads.minutes(costs, nodes[batch], LIMIT_MIN)
        is_near = np.isfinite(minutes)
        found[batch][is_near] = _half_minutes(minutes[is_near])
    site, commune = np.nonzero(found[row] != 255)  # noqa: PLR2004
    return commune, site, found[row[site], commune]


def crow_pairs(
    communes: pd.DataFrame, sites: pd.DataFrame, lands: Lands, lines: Mapping[str, CrowLine]
) -> Pairs:
    """
    Estimate the minutes by the distance, on each land of the territories that have a line.

    Parameters
    ----------
    communes
        `insee_code`, `landmass`, `lon`, `lat`.
    sites
        `insee_code`, `landmass`, `lon`, `lat`.
    lands
        No pair crosses the sea.
    lines
        By landmass.

    Returns
    -------
    commune, site, half_minutes
        As `road_pairs`.
    """
    commune_land = lands.of_commune.reindex(communes.insee_code).to_numpy()
    site_land = lands.of_commune.reindex(sites.insee_code).to_numpy()
    parts: list[Pairs] = []
    for name, line in lines.items():
        here = np.flatnonzero(communes.landmass == name)
        reached = np.flatnonzero(sites.landmass == name)
        start, end = communes.iloc[here], sites.iloc[reached]
        minutes = line.minutes(great_circle_km(start.lon, start.lat, end.lon, end.lat))
        is_near = commune_land[here][:, None] == site_land[reached][None, :]
        row, column = np.nonzero(is_near & (minutes <= LIMIT_MIN))
        parts.append((here[row], reached[column], _half_minutes(minutes[row, column])))
    empty = np.empty(0, "int64")
    parts.append((empty, empty, np.empty(0, "uint8")))
    commune, site, half = (np.concatenate(part) for part in zip(*parts, strict=True))
    return commune, site, half


def times_table(communes: pd.Series, sites: pd.Series, pairs: Mapping[str, Pairs]) -> pd.DataFrame:
    """
    Lay the pairs out.

    Parameters
    ----------
    communes, sites
        Codes by position.
    pairs
        By method.

    Returns
    -------
    times
        `origin`, `destination`, `method` (categories), `half_minutes` (uint8), ordered by origin
        then destination.
    """
    commune, site, half = (np.concatenate(part) for part in zip(*pairs.values(), strict=True))
    method = np.repeat(np.arange(len(pairs)), [len(found[0]) for found in pairs.values()])
    order = np.lexsort((site, commune))
    return pd.DataFrame(
        {
            "origin": pd.Categorical.from_codes(commune[order], pd.Index(communes)),
            "destination": pd.Categorical.from_codes(site[order], pd.Index(sites)),
            "half_minutes": half[order],
            "method": pd.Categorical.from_codes(method[order], pd.Index([*pairs])),
        }
    )


def _batches(count: int) -> Iterator[slice]:
    for first in range(0, count, BATCH):
        yield slice(first, first + BATCH)


def _half_minutes(minutes: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    return np.rint(minutes * STEPS_PER_MIN).astype("uint8")


def read_times(atlas: Atlas) -> pd.DataFrame:
    """
    Read the travel times, once per version of the data.

    Parameters
    ----------
    atlas
        The bundled tables.

    Returns
    -------
    times
        `origin` (commune), `destination` (site), `minutes` (float64), `method` ("road", or "crow"
        for a line on the distance). A pair that is absent is more than two hours away, over the
        sea, or of a commune or a site that the table does not know. Do not write in it.

    Raises
    ------
    BundleError
        If the file is missing or altered.
    """
    path = atlas.times(FILE)
    return _read(path, atlas.manifest.tables[TABLE].sha256)


@functools.lru_cache(maxsize=1)
def _read(path: Path, _digest: str) -> pd.DataFrame:
    return in_minutes(pd.read_parquet(path))


def in_minutes(table: pd.DataFrame) -> pd.DataFrame:
    """Give the times of a table of `times_table` as `read_times` does."""
    return pd.DataFrame(
        {
            "origin": table.origin,
            "destination": table.destination,
            "minutes": table.half_minutes / STEPS_PER_MIN,
            "method": table.method,
        }
    )


def check_times(times: pd.DataFrame, communes: pd.Series, sites: pd.Series) -> None:
    """
    Check a table of travel times against the communes and the sites.

    Raises
    ------
    SourceError
        Codes that exist in no table, pairs given twice, minutes out of bounds.
    """
    faults = Faults("temps de trajet")
    cure = "Reconstruisez les données."
    for column, known in (("origin", communes), ("destination", sites)):
        used = times[column].cat.categories[np.unique(times[column].cat.codes)]
        faults.bad_values(used[~used.isin(known)], f"{column} sans correspondance", cure)
    count = len(times.destination.cat.categories)
    pair = times.origin.cat.codes.astype("int64") * count + times.destination.cat.codes
    faults.bad_values(times.origin[pair.duplicated()], "couples en double, communes", cure)
    faults.bad_values(
        times.origin[times.minutes > LIMIT_MIN], "minutes hors limite, communes", cure
    )
    faults.raise_if_any()
