"""What a model says of each commune: its area, site and time, and the area that comes second."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.atlas.columns import UNASSIGNED
from geo.catchment.world import World

FAR_MIN = 1e6
NOTHING = np.array(None, dtype=object)
Vector = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Assignment:
    """
    What a model says.

    Attributes
    ----------
    communes
        One row per commune, in the order of the world: `insee_code`, `area_code`, `finess_et`
        (site of the area that decides), `travel_time_min`, `time_method` ("road" or "crow"),
        `share` (probability of the area),
        `runner_up_area_code`, `runner_up_share`, `runner_up_time_min`, `margin` (0 to 1: lead of
        the area over the second), `lead_min` (the same in minutes, penalties counted) and `rule`.
        Missing where the model cannot say.
    areas
        Codes of the columns of `shares`.
    shares
        Probabilities, shape (communes, areas); None for a model without probabilities.
    zones
        Code -> name of the areas that are neither GHTs nor hospitals: those of a person's zoning.
    """

    communes: pd.DataFrame = field(repr=False)
    areas: npt.NDArray[np.object_] = field(repr=False)
    shares: Vector | None = field(default=None, repr=False)
    zones: Mapping[str, str] = field(default_factory=dict, repr=False)


def top_two(scores: Vector, minutes: Vector) -> tuple[Positions, Positions]:
    """Best and second columns (-1 for none); equal scores go to the nearer area."""
    left = np.round(scores, 12)
    rows = np.arange(len(scores))
    places = []
    for _ in range(2):
        top = left.max(axis=1, initial=0.0)
        tied = (left == top[:, None]) & (top[:, None] > 0)
        nearest_tied = np.where(tied, np.minimum(minutes, FAR_MIN), np.inf).argmin(axis=1)
        place = np.where(top > 0, nearest_tied, -1)
        left[rows[place >= 0], place[place >= 0]] = 0.0
        places.append(place.astype("int64"))
    return places[0], places[1]


def pick(matrix: Vector, column: Positions) -> Vector:
    """One value per row; missing where the column is -1 or the value infinite."""
    values = matrix[np.arange(len(matrix)), column]
    return np.where((column >= 0) & np.isfinite(values), values, np.nan)


def codes_of(world: World, column: Positions) -> pd.Series:
    """Area codes; missing where the column is -1."""
    return pd.Series(np.where(column >= 0, world.areas[column], NOTHING), dtype="str")


def described(
    world: World, best: Positions, second: Positions, rule: str, pair: Positions | None = None
) -> pd.DataFrame:
    """Areas, sites and times of the best and second areas; lands without a site are provided."""
    pairs = world.best_pairs(world.reach.minutes)[1] if pair is None else pair
    is_alone = (best < 0) & (world.provided >= 0)
    chosen = np.where(is_alone, world.provided, best)
    rules = np.where(chosen < 0, "unassigned", np.where(is_alone, "only_provider", rule))
    site, minutes = reached(world, pairs, chosen)
    return pd.DataFrame(
        {
            "insee_code": world.communes.insee_code.to_numpy(),
            "area_code": codes_of(world, chosen).fillna(UNASSIGNED),
            "finess_et": site,
            "travel_time_min": minutes,
            "time_method": _methods(world, pairs, chosen),
            "runner_up_area_code": codes_of(world, second),
            "runner_up_time_min": reached(world, pairs, second)[1],
            "rule": rules,
        }
    )


def _methods(world: World, pairs: Positions, column: Positions) -> pd.Series:
    """Say how each time in the area of a column is known; missing where nobody tells."""
    flags = world.reach.is_road
    if flags is None or not len(flags):
        return pd.Series(None, index=range(len(column)), dtype="str")
    pair = np.where(column >= 0, pairs[np.arange(len(pairs)), column], -1)
    words = np.where(flags[pair], "road", "crow")
    return pd.Series(np.where(pair >= 0, words, NOTHING), dtype="str")


def reached(world: World, pairs: Positions, column: Positions) -> tuple[pd.Series, Vector]:
    """Site and minutes of each commune in the area of its column; missing where there is none."""
    pair = np.where(column >= 0, pairs[np.arange(len(pairs)), column], -1)
    known = pair >= 0
    names = world.sites.finess_et.to_numpy(dtype=object)
    reach = world.reach
    site = np.where(known, names[reach.site[pair]] if len(reach.site) else NOTHING, NOTHING)
    minutes = np.where(known, reach.minutes[pair] if len(reach.site) else np.nan, np.nan)
    return pd.Series(site, dtype="str"), minutes


def imported(world: World, table: pd.DataFrame) -> Assignment:
    """
    Use a zoning given by a person.

    Parameters
    ----------
    world
        Demand and supply.
    table
        `insee_code` (unique), `area_code`, `area_name` of the zones that are no GHT (may be
        absent); communes absent from it are unassigned.

    Returns
    -------
    assignment
        Without shares nor margins: the model cannot say how sure the zoning is. The site and the
        time of a commune are the nearest of its area, of any area in a zone that is no GHT.
    """
    zones = _zones(table)
    given = table.set_index("insee_code").area_code.reindex(world.communes.insee_code)
    best = np.asarray(pd.Index(world.areas).get_indexer(pd.Index(given)), "int64")
    best = np.where(given.isin(zones.keys()), _nearest(world), best)
    told = described(world, best, np.full(len(best), -1, dtype="int64"), "imported")
    told["area_code"] = given.fillna(UNASSIGNED).to_numpy()
    told["rule"] = np.where(given.isna(), "unassigned", "imported")
    told["share"] = told["runner_up_share"] = np.nan
    told["margin"] = told["lead_min"] = np.nan
    return Assignment(told, world.areas, zones=zones)


def _zones(table: pd.DataFrame) -> dict[str, str]:
    """Names of the zones of a zoning, by code."""
    if "area_name" not in table:
        return {}
    named = table[table.area_name.astype("str") != ""].drop_duplicates("area_code")
    return dict(zip(named.area_code, named.area_name, strict=True))


def _nearest(world: World) -> Positions:
    """Area of the nearest site of each commune; -1 for one that reaches none."""
    minutes = world.nearest_by_area
    found = minutes.argmin(axis=1)
    is_near = np.isfinite(minutes[np.arange(len(found)), found])
    return np.where(is_near, found, -1).astype("int64")


def reassign(
    world: World,
    assignment: Assignment,
    area_code: pd.Series,
    rule: str | npt.NDArray[np.str_] = "enclave",
) -> Assignment:
    """
    Move communes to other areas than a model's, keeping the account of each honest.

    Parameters
    ----------
    world
        Demand and supply.
    assignment
        What the model said.
    area_code
        New area of each commune, same order.
    rule
        Why, for all or for each.

    Returns
    -------
    assignment
        A moved commune has the site, time and share of its new area, its former area as the second,
        no margin, and the rule given.
    """
    before = assignment.communes
    new, old = area_code.to_numpy(dtype=object), before.area_code.to_numpy(dtype=object)
    moved = (new != old) & (new != UNASSIGNED)
    index = pd.Index(world.areas)
    best = np.asarray(index.get_indexer(pd.Index(new)), "int64")
    second = np.asarray(index.get_indexer(pd.Index(old)), "int64")
    # An imported zoning may know areas that have no site here.
    after = described(world, best, second, "").assign(area_code=new, rule=rule)
    for name, column in (("share", best), ("runner_up_share", second)):
        shares = assignment.shares
        after[name] = np.nan if shares is None else pick(shares, column)
    after["margin"] = after["lead_min"] = np.nan
    table = before.copy()
    for name in before.columns:
        table[name] = before[name].mask(moved, after[name])
    return replace(assignment, communes=table)
