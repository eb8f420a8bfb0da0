"""The assignment models: one signature, registered, with their rule and their limits in French."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.catchment.assignment import (
    Assignment,
    Positions,
    Vector,
    described,
    pick,
    top_two,
)
from geo.catchment.gravity import Decay, Huff, area_shares
from geo.catchment.parameters import Parameter, Value, Values, check_values
from geo.catchment.travel_times import Reach
from geo.catchment.world import World
from geo.errors import UserError

BOUND_REGIONS = ("24", "52", "93")
DEFAULT_MODEL = "road"
RANK_STEP = 1e-6  # far less than the tenth of a minute that separates two times


@dataclass(frozen=True)
class Model:
    """
    A rule that gives communes to areas.

    Attributes
    ----------
    key, label
        Name in options, and on screen.
    rule, formula, limits
        French: what it does, how it is computed, what it cannot see.
    parameters
        What a person may change.
    run
        The computation.
    """

    key: str
    label: str
    rule: str
    formula: str
    limits: str
    parameters: tuple[Parameter, ...]
    run: Callable[[World, Values], Assignment] = field(repr=False)


def _from_shares(world: World, shares: Vector, rule: str) -> Assignment:
    """Give each commune to its most probable area."""
    best, second = top_two(shares, world.nearest_by_area)
    table = described(world, best, second, rule)
    table["share"], table["runner_up_share"] = pick(shares, best), pick(shares, second)
    table["margin"] = table.share - table.runner_up_share.fillna(0.0)
    table["lead_min"] = table.runner_up_time_min - table.travel_time_min
    return Assignment(table, world.areas, shares)


def _huff(values: Values) -> Huff:
    """Parameters of the Huff model from a person's values."""
    alpha, beta, half_time = (float(str(values[key])) for key in ("alpha", "beta", "half_time"))
    decay: Decay = "log_logistic" if values["decay"] == "log_logistic" else "power"
    return Huff(alpha, beta, decay, half_time)


def _shares(world: World, reach: Reach, values: Values) -> Vector:
    """Huff probabilities over the pairs of a reach."""
    capacity = world.sites.capacity.to_numpy(dtype="float64")
    return area_shares(reach, capacity, world.site_area, len(world.areas), _huff(values))


def gravity(world: World, values: Values) -> Assignment:
    """Give each commune to the area with the greatest Huff probability."""
    return _from_shares(world, _shares(world, world.reach, values), "gravity")


def _least(world: World, costs: Vector, rule: str) -> Assignment:
    """Give each commune to the area of its least costly site."""
    cost, pair = world.best_pairs(costs)
    # Entities that share an address are level: the order of the sites settles it, not their codes.
    rank = world.reach.site[pair] if len(costs) else pair
    key = np.round(cost, 1) + rank * RANK_STEP
    best, second = _two_least(key)
    table = described(world, best, second, rule, pair)
    first, other = pick(cost, best), pick(cost, second)
    lead = np.maximum(other - first, 0.0)  # equals, settled by the order of the sites
    table["lead_min"] = lead
    table["margin"] = lead / np.where(other + first > 0, other + first, np.nan)
    table["share"] = table["runner_up_share"] = np.nan
    return Assignment(table, world.areas)


def _two_least(key: Vector) -> tuple[Positions, Positions]:
    """Columns of the two least keys; -1 where there is no finite one."""
    rows = np.arange(len(key))
    first = key.argmin(axis=1)
    least = key[rows, first]
    key[rows, first] = np.inf
    second = key.argmin(axis=1)
    has_second = np.isfinite(key[rows, second])
    return np.where(np.isfinite(least), first, -1), np.where(has_second, second, -1)


def _is_small(world: World, beds: Value) -> npt.NDArray[np.bool_]:
    """Tell the sites that have fewer beds of medicine; those that declare none are small."""
    declared = world.sites.medicine_beds.astype("Float64").fillna(0).to_numpy(dtype="float64")
    small: npt.NDArray[np.bool_] = declared < float(str(beds))
    return small


def road(world: World, values: Values) -> Assignment:
    """Give each commune to the area of the hospital nearest by road, with two penalties."""
    minutes = world.reach.minutes
    small = _is_small(world, values["small_beds"])[world.reach.site]
    penalty = float(str(values["small_penalty"])) * small
    penalty += float(str(values["zone_penalty"])) * world.leaves_zone
    return _least(world, minutes + penalty, "road")


def nearest(world: World, values: Values) -> Assignment:
    """Give each commune to the area of the nearest hospital that has enough beds of medicine."""
    small = _is_small(world, values["min_beds"])[world.reach.site]
    # A commune that reaches small hospitals only keeps them.
    has_large = np.bincount(world.reach.commune[~small], minlength=len(world.communes)) > 0
    is_left = small & has_large[world.reach.commune]
    return _least(world, np.where(is_left, np.inf, world.reach.minutes), "nearest")


def departement(world: World, values: Values) -> Assignment:  # noqa: ARG001  no parameter
    """Give every commune to the area with most hospital capacity in its departement."""
    deps = pd.Index(sorted(set(world.communes.dep_code)))
    held = np.zeros((len(deps), len(world.areas)))
    row = deps.get_indexer(world.sites.dep_code)
    is_here = row >= 0
    np.add.at(held, (row[is_here], world.site_area[is_here]), world.sites.capacity[is_here])
    total = held.sum(axis=1, keepdims=True)
    share = np.divide(held, total, out=held, where=total > 0)
    return _from_shares(world, share[deps.get_indexer(world.communes.dep_code)], "departement")


def _within_borders(world: World, regions: set[str]) -> Reach:
    """Pairs that cross no binding border; a commune left with none keeps them all."""
    reach = world.reach
    demand, supply = world.communes, world.sites
    is_bound_demand = demand.reg_code.isin(regions).to_numpy()[reach.commune]
    is_bound_supply = supply.reg_code.isin(regions).to_numpy()[reach.site]
    deps = pd.Index(demand.dep_code.unique())
    dep_demand = deps.get_indexer(pd.Index(demand.dep_code))[reach.commune]
    dep_supply = deps.get_indexer(pd.Index(supply.dep_code))[reach.site]
    kept = ~(is_bound_demand | is_bound_supply) | (dep_demand == dep_supply)
    has_some = np.bincount(reach.commune[kept], minlength=len(demand)) > 0
    return reach.keep(kept | ~has_some[reach.commune])


def perimeter(world: World, values: Values) -> Assignment:
    """Bind the borders of departements in chosen regions, both ways; gravity elsewhere."""
    regions = values["regions"]
    bound = set(regions if isinstance(regions, tuple) else str(regions).split(","))
    return _from_shares(world, _shares(world, _within_borders(world, bound), values), "perimeter")


_GRAVITY_PARAMETERS = (
    Parameter("alpha", "Poids des lits (α)", 1.0, "", 0.0, 2.0, 0.1),
    Parameter("beta", "Effet du temps (β)", 1.67, "", 0.8, 4.0, 0.01),
    Parameter("decay", "Forme de l'effet du temps", "power", choices=("power", "log_logistic")),
    Parameter(
        "half_time", "Temps qui divise l'attraction par deux", 30.0, "minutes", 5.0, 90.0, 5.0
    ),
)
_HUFF_LIMITS = (
    "Les capacités sont les lits de médecine, chirurgie et obstétrique déclarés (SAE). Aux valeurs "
    "d'usage, ce modèle s'écarte des populations publiées plus que la route : il ne s'en "
    "rapproche que lorsqu'il tend vers le site le plus proche. Au-delà de deux heures, les sites "
    "ne comptent pas."
)
_ALL = (
    Model(
        "road",
        "Hôpital le plus proche par la route",
        "Chaque commune est rattachée au GHT de l'hôpital public le plus proche par la route ; un "
        "petit hôpital compte quelques minutes de plus, sortir de sa zone d'emploi aussi.",
        "GHT du site j qui rend le plus petit t(i, j) + a si j a moins de n lits de médecine + b "
        "si j est hors de la zone d'emploi de i",
        "Les habitudes, les spécialités et les hôpitaux privés ne comptent pas. Les temps sont "
        "estimés, non relevés.",
        (
            Parameter(
                "small_penalty", "Pénalité d'un petit hôpital", 12.0, "minutes", 0.0, 60.0, 1.0
            ),
            Parameter(
                "zone_penalty", "Sortie de la zone d'emploi", 10.0, "minutes", 0.0, 60.0, 1.0
            ),
            Parameter(
                "small_beds", "Petit hôpital : moins de", 20.0, "lits de médecine", 0.0, 200.0, 5.0
            ),
        ),
        road,
    ),
    Model(
        "nearest",
        "Site le plus proche",
        "Chaque commune est rattachée au GHT du site hospitalier général le plus proche qui a "
        "assez de lits de médecine.",
        "GHT du site j, d'au moins n lits de médecine, qui rend t(i, j) le plus petit",
        "La taille de l'hôpital et les habitudes ne comptent pas ; les petits hôpitaux non plus.",
        (Parameter("min_beds", "Lits de médecine, au moins", 20.0, "lits", 0.0, 200.0, 5.0),),
        nearest,
    ),
    Model(
        "gravity",
        "Attraction (Huff)",
        "Un grand hôpital attire plus loin qu'un petit ; la commune est rattachée au GHT le plus "
        "probable.",
        "P(i, j) = S(j)^α f(t(i, j)) / Σk S(k)^α f(t(i, k)), f(t) = t^-β ou 1 / (1 + (t / t50)^β)",
        _HUFF_LIMITS,
        _GRAVITY_PARAMETERS,
        gravity,
    ),
    Model(
        "departement",
        "Département",
        "Toutes les communes d'un département sont rattachées au GHT qui y a le plus de lits.",
        "GHT g qui rend la somme des S(j), j dans le département et dans g, la plus grande",
        "Modèle très simple, qui sert de point de comparaison.",
        (),
        departement,
    ),
    Model(
        "perimeter",
        "Attraction dans les périmètres",
        "Attraction, mais les limites de département sont infranchissables dans les régions où "
        "l'agence régionale de santé (ARS) a constitué les GHT par département.",
        "Comme l'attraction, sur les seuls couples qui ne franchissent pas une limite",
        _HUFF_LIMITS + " Une commune sans site dans son département garde tous les siens.",
        (*_GRAVITY_PARAMETERS, Parameter("regions", "Régions liées", BOUND_REGIONS)),
        perimeter,
    ),
)
MODELS: Mapping[str, Model] = {model.key: model for model in _ALL}


def defaults_of(key: str) -> dict[str, Value]:
    """List the parameters of a registered model with the values in force when none is given."""
    return {parameter.key: parameter.default for parameter in MODELS[key].parameters}


def run_model(world: World, key: str, given: Mapping[str, str | float] | None = None) -> Assignment:
    """
    Run a registered model.

    Parameters
    ----------
    world
        Demand and supply.
    key
        Key of `MODELS`.
    given
        Values of its parameters; defaults otherwise.

    Returns
    -------
    assignment
        Each commune in one area at most.

    Raises
    ------
    UserError
        If the model or a value is unknown.
    """
    if key not in MODELS:
        raise UserError(f"Modèle « {key} » inconnu. Modèles possibles : {', '.join(MODELS)}.")
    model = MODELS[key]
    return model.run(world, check_values(model.key, model.parameters, given or {}))
