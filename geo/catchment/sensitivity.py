"""How territories change when the rule, its parameters and the minutes by road do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.atlas.columns import UNASSIGNED
from geo.catchment.models import DEFAULT_MODEL, defaults_of
from geo.catchment.units import majority
from geo.catchment.world import World

SEED: Final = 14
BUILD_RUNS: Final = 200
# The grid: any whole number of beds, minutes anywhere in their range, each rule as often.
SMALL_BEDS: Final = (10, 30)
SMALL_PENALTY: Final = (8.0, 16.0)
ZONE_PENALTY: Final = (0.0, 20.0)
TIME_FACTOR: Final = (0.85, 1.15)
UNITS: Final = ("commune", "epci", "bassin_vie")  # what goes to one area as a whole
TIE_MIN: Final = 0.1  # minutes are compared to the tenth

Vector = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Draw:
    """
    One point of the grid.

    Attributes
    ----------
    small_beds, small_penalty, zone_penalty
        Parameters of the rule by road: beds, minutes, minutes.
    unit
        Of `UNITS`.
    time_factor
        What multiplies the minutes to each site, shape (sites,).
    """

    small_beds: int
    small_penalty: float
    zone_penalty: float
    unit: str
    time_factor: Vector = field(repr=False)


@dataclass(frozen=True)
class Ground:
    """
    What every run shares, computed once.

    Attributes
    ----------
    insee_codes, people
        Communes and their inhabitants, shape (communes,).
    areas
        Codes of the areas, then that of the communes without one.
    commune, site, minutes, leaves_zone
        Pairs within reach that some run may choose, by commune, then in the order that settles
        ties; shape (pairs,).
    site_area, site_beds
        Position of the area of each site, and its beds of medicine (0 when none is declared).
    provided
        Position of the only provider of each commune's landmass, -1 elsewhere.
    units
        Position of the unit of each commune, by kind of `UNITS` but the commune itself.
    default
        Position of the area of each commune under the default rule.
    """

    insee_codes: npt.NDArray[np.object_] = field(repr=False)
    people: Vector = field(repr=False)
    areas: npt.NDArray[np.object_] = field(repr=False)
    commune: Positions = field(repr=False)
    site: Positions = field(repr=False)
    minutes: Vector = field(repr=False)
    leaves_zone: npt.NDArray[np.bool_] = field(repr=False)
    site_area: Positions = field(repr=False)
    site_beds: Vector = field(repr=False)
    provided: Positions = field(repr=False)
    units: Mapping[str, Positions] = field(repr=False)
    default: Positions = field(repr=False)


@dataclass(frozen=True)
class Run:
    """
    One run.

    Attributes
    ----------
    number, draw
        Which, and with what.
    population
        Inhabitants of each area of the ground, int64; they sum to the country.
    stays
        Whether each commune is in its default area, shape (communes,).
    """

    number: int
    draw: Draw
    population: Positions = field(repr=False)
    stays: npt.NDArray[np.bool_] = field(repr=False)


def draw_of(seed: int, number: int, site_count: int) -> Draw:
    """
    Draw one point of the grid: the same for a seed and a number, whatever else is run.

    The minutes to a site are all stretched alike, in each run anew: what a graph of roads gets
    wrong around a hospital (relief, traffic) it gets wrong for all who go there. One factor for the
    whole country would only make the penalties larger or smaller.
    """
    random = np.random.default_rng([seed, number])
    low, high = SMALL_BEDS
    return Draw(
        int(random.integers(low, high, endpoint=True)),
        float(random.uniform(*SMALL_PENALTY)),
        float(random.uniform(*ZONE_PENALTY)),
        UNITS[int(random.integers(len(UNITS)))],
        random.uniform(*TIME_FACTOR, site_count),
    )


def default_draw(site_count: int) -> Draw:
    """Give the default rule as a point of the grid."""
    values = {key: float(str(value)) for key, value in defaults_of(DEFAULT_MODEL).items()}
    beds, small, zone = (values[key] for key in ("small_beds", "small_penalty", "zone_penalty"))
    return Draw(int(beds), small, zone, UNITS[0], np.ones(site_count))


def ground_of(world: World, commune_zones: Sequence[pd.DataFrame]) -> Ground:
    """
    Prepare what every run shares.

    Parameters
    ----------
    world
        Demand, supply and minutes.
    commune_zones
        Bundled tables with `insee_code` and, together, the kinds of `UNITS`.

    Returns
    -------
    ground
        With the pairs alone that some point of the grid may choose.
    """
    beds = np.asarray(world.sites.medicine_beds.astype("Float64").fillna(0), "float64")
    reach = world.reach
    whole = Ground(
        world.communes.insee_code.to_numpy(dtype=object),
        np.asarray(world.communes.population, "float64"),
        np.append(world.areas, UNASSIGNED),
        reach.commune, reach.site, reach.minutes, world.leaves_zone,
        world.site_area, beds, world.provided, _units(world, commune_zones),
        np.full(len(world.communes), -1, dtype="int64"),
    )  # fmt: skip
    kept = _may_win(whole)
    pairs = {
        name: getattr(whole, name)[kept] for name in ("commune", "site", "minutes", "leaves_zone")
    }
    ground = replace(whole, **pairs)
    return replace(ground, default=areas_of(ground, default_draw(len(beds))))


def _units(world: World, tables: Sequence[pd.DataFrame]) -> dict[str, Positions]:
    """Give a number to each unit; a commune without one is its own."""
    found = {}
    for kind in UNITS[1:]:
        table = next(table for table in tables if kind in table).set_index("insee_code")
        codes = world.communes.insee_code.map(table[kind])
        own = "commune " + world.communes.insee_code
        found[kind] = pd.factorize(codes.astype("object").fillna(own), sort=True)[0].astype("int64")
    return found


def _may_win(ground: Ground) -> npt.NDArray[np.bool_]:
    """Flag the pairs whose least cost is not above the greatest of the commune's best one."""
    slow, fast = max(TIME_FACTOR), min(TIME_FACTOR)
    beds = ground.site_beds[ground.site]
    low = ground.minutes * fast + SMALL_PENALTY[0] * (beds < SMALL_BEDS[0])
    high = ground.minutes * slow + SMALL_PENALTY[1] * (beds < SMALL_BEDS[1])
    low, high = low + ZONE_PENALTY[0] * ground.leaves_zone, high + ZONE_PENALTY[1]
    best = np.full(len(ground.people), np.inf)
    np.minimum.at(best, ground.commune, high)
    flags: npt.NDArray[np.bool_] = low <= best[ground.commune] + TIE_MIN
    return flags


def areas_of(ground: Ground, draw: Draw) -> Positions:
    """Give each commune the position of its area, the last one where it has none."""
    small = draw.small_penalty * (ground.site_beds < draw.small_beds)
    cost = ground.minutes * draw.time_factor[ground.site] + small[ground.site]
    cost = np.round(cost + draw.zone_penalty * ground.leaves_zone, 1)
    area = np.where(ground.provided >= 0, ground.provided, len(ground.areas) - 1)
    if len(cost):
        first = np.flatnonzero(np.diff(ground.commune, prepend=-1))
        least = np.repeat(np.minimum.reduceat(cost, first), np.diff(np.append(first, len(cost))))
        # Backwards: of equals, the first site stays.
        hits = np.flatnonzero(cost == least)[::-1]
        area[ground.commune[hits]] = ground.site_area[ground.site[hits]]
    return area if draw.unit == UNITS[0] else _kept_whole(ground, area, draw.unit)


def _kept_whole(ground: Ground, area: Positions, kind: str) -> Positions:
    """Give each unit whole to the area of most of its inhabitants."""
    nobody = len(ground.areas) - 1
    unit, voters = ground.units[kind], np.where(area == nobody, -1, area)
    most = majority(unit, voters, ground.people, nobody)[unit]
    return np.where(most < 0, nobody, most)


def run(ground: Ground, seed: int, number: int) -> Run:
    """Run one point of the grid."""
    drawn = draw_of(seed, number, len(ground.site_beds))
    area = areas_of(ground, drawn)
    people = np.bincount(area, ground.people, len(ground.areas))
    return Run(number, drawn, np.rint(people).astype("int64"), area == ground.default)


def stability(ground: Ground, runs: Iterable[Run]) -> pd.DataFrame:
    """
    Count in how many runs each commune stays in its default area.

    Returns
    -------
    table
        `insee_code`, sorted, and `stays_percent` (of the runs; missing for a commune that the
        default rule gives to nobody).
    """
    share = np.mean([one.stays for one in runs], axis=0) * 100
    share = np.where(ground.default == len(ground.areas) - 1, np.nan, share)
    table = pd.DataFrame({"insee_code": ground.insee_codes, "stays_percent": share})
    return table.astype({"insee_code": "str"}).sort_values("insee_code", ignore_index=True)


def area_spread(ground: Ground, runs: Sequence[Run]) -> pd.DataFrame:
    """
    Tell how the inhabitants of each area change over the runs.

    Returns
    -------
    table
        `area_code`, sorted, `run_count`, `population_lowest`, `population_median`,
        `population_highest` (inhabitants) and `spread_percent`: the standard deviation in percent
        of the default population; missing where this is 0.
    """
    people = np.array([one.population for one in runs])
    usual = np.bincount(ground.default, ground.people, len(ground.areas))
    deviation = people.std(axis=0) / np.where(usual > 0, usual, np.nan) * 100
    table = pd.DataFrame(
        {
            "area_code": ground.areas,
            "run_count": len(people),
            "population_lowest": people.min(axis=0),
            "population_median": np.rint(np.median(people, axis=0)).astype("int64"),
            "population_highest": people.max(axis=0),
            "spread_percent": deviation,
        }
    )
    counts = dict.fromkeys(list(table)[1:-1], "Int64")
    return table.astype({"area_code": "str", **counts}).sort_values("area_code", ignore_index=True)
