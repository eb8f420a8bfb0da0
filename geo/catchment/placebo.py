"""Whether the zones d'emploi say something, or any border would: the model over random zones."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import chain
from typing import Final

import numpy as np
import pandas as pd

from geo.catchment.models import DEFAULT_MODEL, run_model
from geo.catchment.validation import compare_models, measured, summarise
from geo.catchment.world import World
from geo.geography.distance import unit_vectors

SEED: Final = 2026
REAL, NONE, RANDOM = "real", "none", "random"
MEASURES: Final = ("median_percent", "mean_percent", "p75_percent", "worst_percent", "bias_percent")


def random_zones(world: World, generator: np.random.Generator) -> dict[str, str]:
    """
    Draw compact zones, as many on each landmass as there are zones d'emploi.

    Communes drawn at random are seeds, and each commune joins the nearest one as the crow flies.

    Parameters
    ----------
    world
        Demand, and the zones d'emploi to imitate.
    generator
        Of the draw: the same state draws the same zones, whatever the order of the communes.

    Returns
    -------
    zones
        Commune -> zone; communes without a zone d'emploi have none here either.
    """
    from scipy.spatial import cKDTree  # noqa: PLC0415  a first visit loads no scipy

    demand = world.communes.assign(zone=world.communes.insee_code.map(dict(world.zones)))
    demand = demand.dropna(subset=["zone"]).sort_values("insee_code")
    found: dict[str, str] = {}
    for land, group in demand.groupby("landmass", sort=True):
        points = unit_vectors(group.anchor_lon.to_numpy(), group.anchor_lat.to_numpy())
        seeds = generator.choice(len(group), size=group.zone.nunique(), replace=False)
        nearest = np.asarray(cKDTree(points[seeds]).query(points)[1])
        found |= {
            code: f"{land}-{number}" for code, number in zip(group.insee_code, nearest, strict=True)
        }
    return found


def placebo(
    world: World,
    published: pd.DataFrame,
    runs: int,
    seed: int = SEED,
    apart: Collection[str] = (),
) -> pd.DataFrame:
    """
    Judge the default model over the zones d'emploi, over none, and over random zones.

    Parameters
    ----------
    world
        Demand and supply.
    published
        See `geo.catchment.validation.compare_models`.
    runs
        Number of random zonings.
    seed
        Of the draws: the same number gives the same table.
    apart
        GHTs without a territory.

    Returns
    -------
    table
        One row per zoning: `zoning` ("real", "none", "random"), `draw` (from 1; 0 otherwise),
        `figure_count`, and the `MEASURES` of `geo.catchment.validation.summarise` for the
        population.
    """
    generator = np.random.default_rng(seed)
    draws = ((RANDOM, draw, random_zones(world, generator)) for draw in range(1, runs + 1))
    rows = [
        _judged(world, zones, published, apart).assign(zoning=zoning, draw=draw)
        for zoning, draw, zones in chain([(REAL, 0, world.zones), (NONE, 0, {})], draws)
    ]
    table = pd.concat(rows, ignore_index=True)
    return table[["zoning", "draw", "figure_count", *MEASURES]]


def _judged(
    world: World, zones: Mapping[str, str], published: pd.DataFrame, apart: Collection[str]
) -> pd.DataFrame:
    """Judge the populations of the default model over other zones."""
    changed = replace(world, given=world.reach, zones=zones)
    outcome = measured(run_model(changed, DEFAULT_MODEL).communes, world.communes)
    summary = summarise(compare_models({DEFAULT_MODEL: outcome}, published, apart))
    return summary[summary.figure == "population"]


def summarise_placebo(table: pd.DataFrame) -> pd.DataFrame:
    """
    Sum the draws up.

    Parameters
    ----------
    table
        From `placebo`.

    Returns
    -------
    summary
        The rows of the zones d'emploi and of none; for the random ones the mean of each measure
        over the draws, and its 5th and 95th percentiles; `as_good_percent`: the share of the draws
        whose mean deviation is at most that of the zones d'emploi. `draw` is the number of draws.
    """
    random = table[table.zoning == RANDOM]
    real = table[table.zoning == REAL]
    measures = list(MEASURES)
    spread = {
        "random_mean": random[measures].mean(),
        "random_p05": random[measures].quantile(0.05),
        "random_p95": random[measures].quantile(0.95),
    }
    made = pd.DataFrame(spread).T.rename_axis("zoning").reset_index()
    made = made.assign(draw=len(random), figure_count=random.figure_count.max())
    limit = real.mean_percent.iloc[0] if len(real) else np.nan
    as_good = (random.mean_percent <= limit).mean() * 100
    fixed = table[table.zoning != RANDOM]
    both = pd.concat([fixed, made], ignore_index=True)
    return both.assign(
        as_good_percent=pd.Series(as_good, index=both.index).where(both.zoning == "random_mean")
    )[[*table.columns, "as_good_percent"]]
