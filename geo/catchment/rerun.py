"""Run a model again after a change of the supply, where it can change anything."""

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.atlas.load import Atlas
from geo.catchment.analysis import measure
from geo.catchment.assignment import Assignment
from geo.catchment.models import run_model
from geo.catchment.options import NO_OPTION
from geo.catchment.runs import KEPT_CODES, Basin, Request, run_request, small_basin
from geo.catchment.travel_times import Reach
from geo.catchment.world import World

# Each commune chooses among the sites that it reaches, and looks at nothing else.
LOCAL_MODELS: Final = ("road", "nearest")
MOST_TOUCHED: Final = 0.5  # beyond, running a part and putting it back costs more than the whole
SEEN: Final = ("area_code", "capacity", "medicine_beds", "own_distance_km")  # of a site, by a model


def is_local(request: Request) -> bool:
    """Tell whether a change touches only the communes that reach the sites that change."""
    is_plain = request.options == NO_OPTION and not request.times
    return request.model in LOCAL_MODELS and is_plain


def rerun(atlas: Atlas, before: World, after: World, reality: Basin, request: Request) -> Basin:
    """
    Run what a request asks for from the same run without its scenario.

    Parameters
    ----------
    atlas
        The bundled tables.
    before, after
        The world without the scenario, and with it.
    reality
        The run without the scenario.
    request
        What to run, `is_local`.

    Returns
    -------
    basin
        What `geo.catchment.runs.run_request` gives, in a third of the time.
    """
    touched = touched_communes(before, after)
    if touched.mean() > MOST_TOUCHED:
        return run_request(atlas, after, request)
    communes = reality.communes.astype(dict.fromkeys(KEPT_CODES, "str"))
    if touched.any():
        part = run_model(part_of_world(after, touched), request.model, dict(request.values))
        fresh = part.communes.set_index(communes.index[touched])
        for name in communes.columns:
            column = communes[name].copy()
            column.loc[fresh.index] = fresh[name]
            communes[name] = column
    whole = Assignment(communes, after.areas)
    return small_basin(measure(atlas, after, whole, request.margin / 100))


def touched_communes(before: World, after: World) -> npt.NDArray[np.bool_]:
    """Flag the communes that reach, in either world, a site that is not the same in both."""
    flags = np.zeros(len(before.communes), dtype=bool)
    sites = touched_sites(before.sites, after.sites)
    for world in (before,) if after.reach is before.reach else (before, after):
        is_touched, reach = world.sites.finess_et.isin(sites).to_numpy(), world.reach
        pairs = np.flatnonzero(is_touched[reach.site])
        flags[np.searchsorted(reach.start, pairs, side="right") - 1] = True
    return flags


def touched_sites(before: pd.DataFrame, after: pd.DataFrame) -> set[str]:
    """List the sites that come, go, or are seen otherwise by a model."""
    old, new = (sites.set_index("finess_et")[list(SEEN)] for sites in (before, after))
    both = old.index.intersection(new.index)
    first, second = (table.loc[both].astype("object") for table in (old, new))
    differs = ((first != second) & ~(first.isna() & second.isna())).any(axis=1)
    return {*both[differs.to_numpy(dtype=bool)], *old.index.symmetric_difference(new.index)}


def part_of_world(world: World, kept: npt.NDArray[np.bool_]) -> World:
    """Keep some communes, with every site."""
    reach = world.reach
    is_kept = np.repeat(kept, np.diff(reach.start))
    start = np.concatenate([[0], np.cumsum(np.diff(reach.start)[kept])]).astype("int64")
    roads = None if reach.is_road is None else reach.is_road[is_kept]
    part = Reach(start, reach.site[is_kept], reach.minutes[is_kept], roads)
    communes = world.communes[kept].reset_index(drop=True)
    return replace(world, communes=communes, given=part)
