"""The assignment models: one signature, registered, with their rule and their limits in French."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.atlas.columns import UNASSIGNED
from geo.catchment.gravity import Decay, Huff, area_shares
from geo.catchment.nearest import assign_nearest, time_margin
from geo.catchment.parameters import Parameter, Values, check_values
from geo.catchment.travel_times import Reach
from geo.catchment.world import World
from geo.errors import UserError

BOUND_REGIONS = ("24", "52", "93")
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
        (nearest site of the area), `travel_time_min`, `share` (probability of the area),
        `runner_up_area_code`, `runner_up_share`, `runner_up_time_min`, `margin` (0 to 1: lead of
        the area over the second) and `rule`. Missing where the model cannot say.
    areas
        Codes of the columns of `shares`.
    shares
        Probabilities, shape (communes, areas); None for a model without probabilities.
    """

    communes: pd.DataFrame = field(repr=False)
    areas: npt.NDArray[np.object_] = field(repr=False)
    shares: Vector | None = field(default=None, repr=False)


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


def _top_two(scores: Vector, minutes: Vector) -> tuple[Positions, Positions]:
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


def _pick(matrix: Vector, column: Positions) -> Vector:
    """One value per row; missing where the column is -1 or the value infinite."""
    values = matrix[np.arange(len(matrix)), column]
    return np.where((column >= 0) & np.isfinite(values), values, np.nan)


def _codes(world: World, column: Positions) -> pd.Series:
    """Area codes; missing where the column is -1."""
    return pd.Series(np.where(column >= 0, world.areas[column], NOTHING), dtype="str")


def _table(world: World, best: Positions, second: Positions, rule: str) -> pd.DataFrame:
    """Areas, sites and times of the best and second areas; lands without a site are provided."""
    minutes, nearest_site = world.nearest_by_area
    is_alone = (best < 0) & (world.provided >= 0)
    chosen = np.where(is_alone, world.provided, best)
    site = nearest_site[np.arange(len(chosen)), chosen]
    names = world.sites.finess_et.to_numpy(dtype=object)
    known = (chosen >= 0) & (site >= 0)
    rules = np.where(chosen < 0, "unassigned", np.where(is_alone, "only_provider", rule))
    return pd.DataFrame(
        {
            "insee_code": world.communes.insee_code.to_numpy(),
            "area_code": _codes(world, chosen).fillna(UNASSIGNED),
            "finess_et": pd.Series(np.where(known, names[site], NOTHING), dtype="str"),
            "travel_time_min": _pick(minutes, chosen),
            "runner_up_area_code": _codes(world, second),
            "runner_up_time_min": _pick(minutes, second),
            "rule": rules,
        }
    )


def _from_shares(world: World, shares: Vector, rule: str) -> Assignment:
    """Give each commune to its most probable area."""
    best, second = _top_two(shares, world.nearest_by_area[0])
    table = _table(world, best, second, rule)
    table["share"], table["runner_up_share"] = _pick(shares, best), _pick(shares, second)
    table["margin"] = table.share - table.runner_up_share.fillna(0.0)
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


def nearest(world: World, values: Values) -> Assignment:  # noqa: ARG001  no parameter: one signature
    """Give each commune to the area of the nearest general site."""
    if world.matrix_reach is None:
        found = assign_nearest(world.communes, world.sites, dict(world.provider), world.impedance)
        table = found.set_index("insee_code").loc[world.communes.insee_code].reset_index()
    else:
        best, second = _top_two(1 / (1 + world.nearest_by_area[0]), world.nearest_by_area[0])
        table = _table(world, best, second, "nearest")
    table["margin"] = time_margin(table)
    table["share"] = table["runner_up_share"] = np.nan
    return Assignment(table.drop(columns="margin_min", errors="ignore"), world.areas)


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


def imported(world: World, table: pd.DataFrame) -> Assignment:
    """
    Use a zoning given by a person.

    Parameters
    ----------
    world
        Demand and supply.
    table
        `insee_code` (unique), `area_code`; communes absent from it are unassigned.

    Returns
    -------
    assignment
        Without shares nor margins: the model cannot say how sure the zoning is.
    """
    given = table.set_index("insee_code").area_code.reindex(world.communes.insee_code)
    best = np.asarray(pd.Index(world.areas).get_indexer(pd.Index(given)), "int64")
    described = _table(world, best, np.full(len(best), -1, dtype="int64"), "imported")
    described["area_code"] = given.fillna(UNASSIGNED).to_numpy()
    described["rule"] = np.where(given.isna(), "unassigned", "imported")
    described["share"] = described["runner_up_share"] = described["margin"] = np.nan
    return Assignment(described, world.areas)


def reassign(world: World, assignment: Assignment, area_code: pd.Series) -> Assignment:
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

    Returns
    -------
    assignment
        A moved commune has the site, time and share of its new area, its former area as the second,
        no margin, and the rule "enclave".
    """
    before = assignment.communes
    new, old = area_code.to_numpy(dtype=object), before.area_code.to_numpy(dtype=object)
    moved = (new != old) & (new != UNASSIGNED)
    index = pd.Index(world.areas)
    best = np.asarray(index.get_indexer(pd.Index(new)), "int64")
    second = np.asarray(index.get_indexer(pd.Index(old)), "int64")
    after = _table(world, best, second, "enclave")
    for name, column in (("share", best), ("runner_up_share", second)):
        shares = assignment.shares
        after[name] = np.nan if shares is None else _pick(shares, column)
    after["margin"] = np.nan
    table = before.copy()
    for name in before.columns:
        table[name] = before[name].mask(moved, after[name])
    return Assignment(table, assignment.areas, assignment.shares)


_GRAVITY_PARAMETERS = (
    Parameter("alpha", "Poids de la capacité (α)", 1.0, "", 0.0, 2.0, 0.1),
    Parameter("beta", "Frein du temps (β)", 1.67, "", 0.8, 4.0, 0.01),
    Parameter("decay", "Forme du frein", "power", choices=("power", "log_logistic")),
    Parameter("half_time", "Temps de demi-attraction", 30.0, "minutes", 5.0, 90.0, 5.0),
)
_HUFF_LIMITS = (
    "Les capacités sont des poids déclarés par catégorie (CHU 4, CH 2, ancien hôpital local 0,5), "
    "pas des lits mesurés ; au-delà de deux heures, les sites ne comptent pas. "
    "Temps estimés : {travel_method}."
)
_ALL = (
    Model(
        "nearest",
        "Site le plus proche",
        "Chaque commune va au GHT du site hospitalier général le plus proche.",
        "GHT du site j qui rend t(i, j) le plus petit",
        "La taille de l'hôpital et les habitudes ne comptent pas. Temps estimés : {travel_method}.",
        (),
        nearest,
    ),
    Model(
        "gravity",
        "Attraction (Huff)",
        "Un grand hôpital attire plus loin qu'un petit ; la commune va au GHT le plus probable.",
        "P(i, j) = S(j)^α f(t(i, j)) / Σk S(k)^α f(t(i, k)), f(t) = t^-β ou 1 / (1 + (t / t50)^β)",
        _HUFF_LIMITS,
        _GRAVITY_PARAMETERS,
        gravity,
    ),
    Model(
        "departement",
        "Département",
        "Toutes les communes d'un département vont au GHT qui y a le plus de capacité.",
        "GHT g qui rend la somme des S(j), j dans le département et dans g, la plus grande",
        "Référence grossière que les autres modèles doivent battre.",
        (),
        departement,
    ),
    Model(
        "perimeter",
        "Attraction dans les périmètres",
        "Attraction, mais les limites de département sont infranchissables dans les régions où "
        "l'agence a dessiné un GHT par département ou s'y est tenue.",
        "Comme l'attraction, sur les seuls couples qui ne franchissent pas une limite",
        _HUFF_LIMITS + " Une commune sans site dans son département garde tous les siens.",
        (*_GRAVITY_PARAMETERS, Parameter("regions", "Régions liées", BOUND_REGIONS)),
        perimeter,
    ),
)
MODELS: Mapping[str, Model] = {model.key: model for model in _ALL}


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
