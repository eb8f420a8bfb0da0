"""The nearest site of each service, from every commune: who is far from what."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.catchment.travel_times import Impedance, Reach, estimate_reach
from geo.roads.travel_times import CROW, LIMIT_MIN, ROAD, STEPS_PER_MIN

Flags = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.int64]
Vector = npt.NDArray[np.float64]
# There a pair that the table of times lacks is far; elsewhere the sea may lie between.
CONNECTED = ("metropole", "corse")
BEYOND_LIMIT = LIMIT_MIN + 1 / STEPS_PER_MIN


@dataclass(frozen=True)
class Offer:
    """
    Where a service is found.

    Attributes
    ----------
    key
        Service, of `geo.territories.services.SERVICES`.
    sites
        Codes (FINESS) of the sites that have it.
    is_own
        True if only the sites of the commune's own GHT count.
    """

    key: str
    sites: frozenset[str]
    is_own: bool = False


@dataclass(frozen=True)
class Ground:
    """
    Demand and supply, with the minutes between them.

    Attributes
    ----------
    communes
        `insee_code`, `anchor_lon`, `anchor_lat`, `landmass`.
    sites
        `finess_et`, `lon`, `lat`, `landmass`, `ght_code`; of equal times the first one wins.
    ghts
        GHT of each commune, in the order of `communes`; missing outside any.
    reach
        Minutes of the pairs, with `is_road`.
    impedances
        Minutes from the distance, by landmass.
    """

    communes: pd.DataFrame
    sites: pd.DataFrame
    ghts: pd.Series
    reach: Reach
    impedances: Mapping[str, Impedance]


@dataclass(frozen=True)
class Nearest:
    """The nearest site of each commune: its position (-1: unknown), minutes, method."""

    site: Positions
    minutes: Vector
    is_road: Flags


def service_times(ground: Ground, offers: Iterable[Offer]) -> pd.DataFrame:
    """
    Find the nearest site of each service, from every commune.

    Parameters
    ----------
    ground
        Demand, supply, minutes.
    offers
        Where the services are found.

    Returns
    -------
    times
        The bundled table `access_times`: `insee_code`, `service`, `minutes` (steps of half a
        minute; missing where nothing leads to a site), `finess_et`, `method` ("road" or "crow").
        A site more than two hours away by road has its minutes from the distance, above two hours.
    """
    parts = [_table(ground, offer.key, nearest_site(ground, offer)) for offer in offers]
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values(["service", "insee_code"], ignore_index=True)


def nearest_site(ground: Ground, offer: Offer) -> Nearest:
    """Find the nearest site that has a service, from every commune."""
    has = ground.sites.finess_et.isin(offer.sites).to_numpy()
    commune_ght, site_ght = _codes(ground)
    kept = has[ground.reach.site]
    if offer.is_own:
        kept &= _same(commune_ght[ground.reach.commune], site_ght[ground.reach.site])
    found = _least(ground.reach.keep(kept))
    bare = (found.site < 0) & ground.communes.landmass.isin(CONNECTED).to_numpy()
    for rows, columns in _groups(bare, has, (commune_ght, site_ght), offer.is_own):
        _estimate(ground, rows, columns, found)
    return found


def _codes(ground: Ground) -> tuple[Positions, Positions]:
    """Give the GHTs of the communes and of the sites as numbers: -1 outside any."""
    names = pd.Index(sorted(set(ground.sites.ght_code.dropna())), dtype="object")
    found = (
        names.get_indexer(pd.Index(codes, dtype="object"))
        for codes in (ground.ghts, ground.sites.ght_code)
    )
    first, second = (np.asarray(codes, dtype="int64") for codes in found)
    return first, second


def _same(one: Positions, other: Positions) -> Flags:
    """Tell which pairs are of one GHT; outside any GHT nobody is."""
    same: Flags = (one == other) & (one >= 0)
    return same


def _least(reach: Reach) -> Nearest:
    """Take the least minutes of each commune; the first of equal sites."""
    count = len(reach.start) - 1
    site, minutes = np.full(count, -1, dtype="int64"), np.full(count, np.nan)
    is_road = np.zeros(count, dtype=bool)
    commune = reach.commune
    order = np.lexsort((reach.site, reach.minutes, commune))
    if len(order):
        first = order[np.r_[True, np.diff(commune[order]) > 0]]
        where = commune[first]
        site[where], minutes[where] = reach.site[first], reach.minutes[first]
        is_road[where] = False if reach.is_road is None else reach.is_road[first]
    return Nearest(site, minutes, is_road)


def _groups(
    bare: Flags, has: Flags, ghts: tuple[Positions, Positions], is_own: bool
) -> Iterator[tuple[Positions, Positions]]:
    """Give the communes without a pair, with the sites that count for them."""
    if not is_own:
        yield np.flatnonzero(bare), np.flatnonzero(has)
        return
    commune_ght, site_ght = ghts
    for code in np.unique(commune_ght[bare & (commune_ght >= 0)]):
        yield np.flatnonzero(bare & (commune_ght == code)), np.flatnonzero(has & (site_ght == code))


def _estimate(ground: Ground, rows: Positions, columns: Positions, found: Nearest) -> None:
    """Complete what the table of times lacks: it is more than two hours away."""
    if not (len(rows) and len(columns)):
        return
    communes, sites = ground.communes.iloc[rows], ground.sites.iloc[columns]
    last = _least(estimate_reach(communes, sites, by_landmass=ground.impedances))
    is_known = last.site >= 0
    found.site[rows[is_known]] = columns[last.site[is_known]]
    found.minutes[rows[is_known]] = np.maximum(last.minutes[is_known], BEYOND_LIMIT)


def _table(ground: Ground, key: str, found: Nearest) -> pd.DataFrame:
    """Lay the nearest sites of a service out."""
    is_known = found.site >= 0
    codes = ground.sites.finess_et.to_numpy(dtype="object")
    sites = codes[found.site] if len(codes) else np.full(len(is_known), None, dtype="object")
    method = np.where(found.is_road, ROAD, CROW)
    table = pd.DataFrame(
        {
            "insee_code": ground.communes.insee_code.to_numpy(),
            "service": key,
            "minutes": np.rint(found.minutes * STEPS_PER_MIN) / STEPS_PER_MIN,
            "finess_et": pd.Series(sites, dtype="str").where(is_known),
            "method": pd.Series(method, dtype="str").where(is_known),
        }
    )
    return table.astype({"insee_code": "str", "service": "str"})
