"""Demand, supply and what links them: everything an assignment model needs, computed once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.atlas.columns import UNASSIGNED
from geo.catchment.ranks import rank_sites
from geo.catchment.travel_times import (
    Impedance,
    Reach,
    compress,
    estimate_reach,
    joined,
    part_of,
)
from geo.establishments.members import entity_landmass
from geo.establishments.sites import entity_distance_km

MIN_CAPACITY = 1.0  # a hospital without beds of medicine or surgery still draws somebody


@dataclass(frozen=True)
class World:
    """
    What the models see.

    Attributes
    ----------
    communes
        Demand: `insee_code`, `population`, `area_km2`, `anchor_lon`, `anchor_lat`, `landmass`,
        `dep_code`, `reg_code`.
    sites
        Supply, in the order that settles ties: `finess_et`, `finess_ej`, `area_code`, `capacity`
        (beds of medicine, surgery and obstetrics), `medicine_beds` (missing when not declared),
        `category_code`, `insee_code`, `lon`, `lat`, `landmass`, `dep_code`, `reg_code`,
        `own_distance_km`.
    provider
        Landmass without a located site -> the only area that has a member there.
    impedance
        Travel time from the distance, where nothing better is known.
    by_landmass
        The same for some lands.
    given
        Travel times that replace the estimate: by road, or a person's.
    zones
        Commune -> zone (`zone d'emploi`) that one does not leave readily.
    """

    communes: pd.DataFrame = field(repr=False)
    sites: pd.DataFrame = field(repr=False)
    provider: Mapping[str, str] = field(default_factory=dict)
    impedance: Impedance = field(default_factory=Impedance)
    by_landmass: Mapping[str, Impedance] = field(default_factory=dict)
    given: Reach | None = field(default=None, repr=False)
    zones: Mapping[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def reach(self) -> Reach:
        """Travel times of the pairs within reach."""
        if self.given is not None:
            return self.given
        return self.estimate(self.sites)

    def estimate(self, sites: pd.DataFrame) -> Reach:
        """Estimate the times to some sites from the distance."""
        return estimate_reach(self.communes, sites, self.impedance, by_landmass=self.by_landmass)

    @cached_property
    def areas(self) -> npt.NDArray[np.object_]:
        """Codes of the areas, sorted; a country without a hospital has the unassigned alone."""
        codes = set(self.sites.area_code) | set(self.provider.values())
        return np.array(sorted(codes or {UNASSIGNED}), dtype=object)

    @cached_property
    def site_area(self) -> npt.NDArray[np.int64]:
        """Position of the area of each site."""
        return np.asarray(pd.Index(self.areas).get_indexer(pd.Index(self.sites.area_code)), "int64")

    @cached_property
    def provided(self) -> npt.NDArray[np.int64]:
        """Position of the only provider of each commune's landmass; -1 elsewhere."""
        codes = self.communes.landmass.map(dict(self.provider))
        return np.asarray(pd.Index(self.areas).get_indexer(pd.Index(codes)), "int64")

    @cached_property
    def nearest_by_area(self) -> npt.NDArray[np.float64]:
        """Minutes to the nearest site of each area, infinite out of reach; (communes, areas)."""
        return self.best_pairs(self.reach.minutes)[0]

    def best_pairs(
        self, costs: npt.NDArray[np.float64]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
        """
        Find the least cost of each commune in each area.

        Parameters
        ----------
        costs
            Cost of each pair of `reach`, infinite for one that does not count. Ties, to a tenth,
            go to the first site.

        Returns
        -------
        cost, pair
            Shape (communes, areas): the cost (infinite without a pair), and the position of the
            pair in `reach` (-1).
        """
        reach, count = self.reach, len(self.areas)
        cell = reach.commune * count + self.site_area[reach.site]
        rounded = np.round(costs, 1)
        least = np.full(len(self.communes) * count, np.inf)
        np.minimum.at(least, cell, rounded)
        # Sites ascend within a commune: written backwards, the first of equals stays.
        best = np.flatnonzero((rounded == least[cell]) & np.isfinite(rounded))[::-1]
        pair = np.full(len(self.communes) * count, -1, dtype="int64")
        pair[cell[best]] = best
        cost = np.where(pair >= 0, costs[pair] if len(costs) else np.inf, np.inf)
        shape = (len(self.communes), count)
        return cost.reshape(shape), pair.reshape(shape)

    @cached_property
    def leaves_zone(self) -> npt.NDArray[np.bool_]:
        """Whether each pair of `reach` leaves the commune's zone; never where one is unknown."""
        names = sorted(set(self.zones.values()))
        index = pd.Index(names, dtype="object")
        demand, supply = (
            index.get_indexer(pd.Index(codes.map(dict(self.zones)), dtype="object"))
            for codes in (self.communes.insee_code, self.sites.insee_code)
        )
        from_zone, to_zone = demand[self.reach.commune], supply[self.reach.site]
        leaves: npt.NDArray[np.bool_] = (from_zone != to_zone) & (from_zone >= 0) & (to_zone >= 0)
        return leaves

    def with_sites(self, sites: pd.DataFrame) -> "World":
        """
        Keep the demand and change the supply.

        Travel times to the sites that stay are kept; those to new sites are estimated from the
        distance, and so are those of a commune that has lost all it reached.
        """
        changed = replace(self, sites=sites, given=None)
        if sites.finess_et.to_list() == self.sites.finess_et.to_list():
            vars(changed)["reach"] = self.reach
        else:
            vars(changed)["reach"] = self._moved(sites)
        return changed

    def _moved(self, sites: pd.DataFrame) -> Reach:
        """Place the pairs among other sites, and estimate those of the new ones."""
        before, shape = self.sites.finess_et, (len(self.communes), len(sites))
        place = pd.Index(sites.finess_et).get_indexer(pd.Index(before))
        kept = self.reach.keep(place[self.reach.site] >= 0)
        stay = compress(kept.commune, place[kept.site], kept.minutes, shape, kept.is_road)
        is_new = ~sites.finess_et.isin(before).to_numpy()
        new = part_of(self.estimate(sites[is_new]), np.flatnonzero(is_new), shape)
        both = joined([stay, new], shape)
        is_bare = np.diff(both.start) == 0
        if not is_bare.any():
            return both
        last = self.estimate(sites)
        bare = part_of(last.keep(is_bare[last.commune]), np.arange(len(sites)), shape)
        return joined([both, bare], shape)


def only_providers(members: pd.DataFrame) -> dict[str, str]:
    """
    Find the GHT that alone has members on a landmass where FINESS locates none of them.

    Parameters
    ----------
    members
        The bundled members: `ght_code`, `finess_ej`, `is_in_finess`.

    Returns
    -------
    provider
        Overseas landmass -> `ght_code`.
    """
    lost = members[~members.is_in_finess]
    lands = entity_landmass(lost.finess_ej)
    present = lost.groupby(lands).ght_code.agg(lambda codes: sorted(set(codes)))
    return {str(land): codes[0] for land, codes in present.items() if len(codes) == 1}


def supply(establishments: pd.DataFrame, communes: pd.DataFrame) -> pd.DataFrame:
    """
    Select the sites that compete, with their capacity, in the order that settles ties.

    Parameters
    ----------
    establishments
        The bundled establishments.
    communes
        The bundled communes.

    Returns
    -------
    sites
        See `World.sites`.
    """
    sites = establishments[establishments.is_general].copy()
    sites["own_distance_km"] = entity_distance_km(sites)
    sites["capacity"] = sites.mco_beds.fillna(0).clip(lower=MIN_CAPACITY).astype("float64")
    places = communes.set_index("insee_code")
    for column in ("dep_code", "reg_code"):
        sites[column] = sites.insee_code.map(places[column])
    return rank_sites(sites)


def build_world(
    communes: pd.DataFrame,
    establishments: pd.DataFrame,
    members: pd.DataFrame,
    zones: Mapping[str, str] | None = None,
) -> World:
    """
    Gather demand and supply from the bundled tables.

    Parameters
    ----------
    communes, establishments, members
        Bundled tables.
    zones
        Commune -> zone d'emploi; none by default, and nobody then leaves one.

    Returns
    -------
    world
        Shared by every model; nothing is computed before it is asked for. Its times are estimated
        from the distance until others are given.
    """
    sites = supply(establishments, communes)
    providers = only_providers(members)
    return World(communes, sites, providers, zones=zones or {})


def employment_zones(commune_zones: pd.DataFrame) -> dict[str, str]:
    """
    Read the zone d'emploi of each commune.

    Parameters
    ----------
    commune_zones
        The bundled table: `insee_code`, `zone_emploi` (may be missing).
    """
    known = commune_zones.dropna(subset=["zone_emploi"])
    return dict(zip(known.insee_code, known.zone_emploi, strict=True))
