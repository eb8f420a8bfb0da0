"""What-if scenarios: a named list of changes to the supply, and what each does to the sites."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from geo.atlas.columns import OUTSIDE_PREFIX
from geo.catchment.ranks import rank_sites
from geo.catchment.world import World
from geo.errors import UserError
from geo.establishments.sites import entity_distance_km

MAX_CHANGES = 50
CAPACITY_RANGE = (1.0, 3000.0)  # beds
NEW_PREFIX = "NOUVEAU-"
RELOCATING = ("open", "close")


@dataclass(frozen=True)
class Change:
    """
    One change.

    Attributes
    ----------
    kind
        "move_site" (a site to another GHT), "move" (a legal entity, with its sites), "merge" (a
        GHT into another), "close" (a site), "open" (a site, at a commune's anchor), "capacity" (of
        a site).
    target
        What changes: `finess_et`, `finess_ej`, `ght_code`, `finess_et`, `insee_code` or
        `finess_et`.
    ght_code
        Where it goes, for "move_site", "move", "merge" and "open"; empty otherwise.
    capacity
        Beds of medicine, surgery and obstetrics, for "open" and "capacity"; 0 otherwise.
    """

    kind: str
    target: str
    ght_code: str = ""
    capacity: float = 0.0


@dataclass(frozen=True)
class Scenario:
    """
    Changes applied one after the other.

    Attributes
    ----------
    name
        Given by a person.
    changes
        In order; the last one is undone first.
    """

    name: str = "Scénario sans nom"
    changes: tuple[Change, ...] = field(default=())

    def then(self, change: Change) -> "Scenario":
        """Add a change."""
        if len(self.changes) >= MAX_CHANGES:
            raise UserError(f"Un scénario porte {MAX_CHANGES} changements au plus. Retirez-en un.")
        return replace(self, changes=(*self.changes, change))

    def undo(self) -> "Scenario":
        """Take the last change back; an empty scenario stays empty."""
        return replace(self, changes=self.changes[:-1])


@dataclass(frozen=True)
class Kind:
    """
    A kind of change.

    Attributes
    ----------
    known
        The codes its target may take in a world.
    needs_ght, needs_capacity
        Which fields it reads.
    apply
        The change of the sites.
    describe
        A French sentence, from the change and the names of what it touches.
    """

    known: Callable[[World], pd.Series]
    needs_ght: bool
    needs_capacity: bool
    apply: Callable[[pd.DataFrame, Change, World], pd.DataFrame]
    describe: Callable[[Change], str]


def _to_area(sites: pd.DataFrame, chosen: pd.Series, ght_code: str) -> pd.DataFrame:
    return sites.assign(area_code=sites.area_code.mask(chosen, ght_code))


def _move_site(sites: pd.DataFrame, change: Change, world: World) -> pd.DataFrame:  # noqa: ARG001
    return _to_area(sites, sites.finess_et == change.target, change.ght_code)


def _move(sites: pd.DataFrame, change: Change, world: World) -> pd.DataFrame:  # noqa: ARG001
    return _to_area(sites, sites.finess_ej == change.target, change.ght_code)


def _merge(sites: pd.DataFrame, change: Change, world: World) -> pd.DataFrame:  # noqa: ARG001
    return _to_area(sites, sites.area_code == change.target, change.ght_code)


def _close(sites: pd.DataFrame, change: Change, world: World) -> pd.DataFrame:  # noqa: ARG001
    return sites[sites.finess_et != change.target]


def _resize(sites: pd.DataFrame, change: Change, world: World) -> pd.DataFrame:  # noqa: ARG001
    """Set the beds of a site; those of medicine follow in proportion, all of them if unknown."""
    chosen = sites.finess_et == change.target
    medicine = sites.medicine_beds.astype("Float64") * (change.capacity / sites.capacity)
    return sites.assign(
        capacity=sites.capacity.mask(chosen, change.capacity),
        medicine_beds=sites.medicine_beds.astype("Float64").mask(
            chosen, medicine.fillna(change.capacity)
        ),
    )


def _open(sites: pd.DataFrame, change: Change, world: World) -> pd.DataFrame:
    place = world.communes.set_index("insee_code").loc[change.target]
    number = int(sites.finess_et.str.startswith(NEW_PREFIX).sum()) + 1
    row = {
        "finess_et": f"{NEW_PREFIX}{number}",
        "finess_ej": f"{NEW_PREFIX}{number}",
        "site_name": f"Site ouvert à {place.commune_name}",
        "area_code": change.ght_code,
        "capacity": change.capacity,
        "medicine_beds": change.capacity,
        "category_code": "",
        "lon": place.anchor_lon,
        "lat": place.anchor_lat,
        "landmass": place.landmass,
        "insee_code": change.target,
        "dep_code": place.dep_code,
        "reg_code": place.reg_code,
        "own_distance_km": 0.0,
    }
    return pd.concat([sites, pd.DataFrame([row])], ignore_index=True)


CHANGE_KINDS: Mapping[str, Kind] = {
    "move_site": Kind(
        lambda world: world.sites.finess_et,
        True,
        False,
        _move_site,
        lambda change: f"Le site {change.target} passe au GHT {change.ght_code}.",
    ),
    "move": Kind(
        lambda world: world.sites.finess_ej,
        True,
        False,
        _move,
        lambda change: f"L'entité {change.target} passe au GHT {change.ght_code}.",
    ),
    "merge": Kind(
        lambda world: world.sites.area_code,
        True,
        False,
        _merge,
        lambda change: f"{change.target} rejoint {change.ght_code}.",
    ),
    "close": Kind(
        lambda world: world.sites.finess_et,
        False,
        False,
        _close,
        lambda change: f"Le site {change.target} ferme.",
    ),
    "open": Kind(
        lambda world: world.communes.insee_code,
        True,
        True,
        _open,
        lambda change: (
            f"Un site de {change.capacity:g} lits de MCO ouvre dans la commune {change.target} "
            f"pour {change.ght_code}."
        ),
    ),
    "capacity": Kind(
        lambda world: world.sites.finess_et,
        False,
        True,
        _resize,
        lambda change: f"Le site {change.target} passe à {change.capacity:g} lits de MCO.",
    ),
}


def describe_change(change: Change) -> str:
    """Say a change in French."""
    return CHANGE_KINDS[change.kind].describe(change)


def apply_scenario(world: World, scenario: Scenario) -> World:
    """
    Change the supply.

    Parameters
    ----------
    world
        Demand and supply of today.
    scenario
        Its changes, applied in order.

    Returns
    -------
    world
        Same demand, other supply; the travel times are computed again when asked for.

    Raises
    ------
    UserError
        If a change points to a code that the world, so far changed, does not hold, or leaves no
        site at all.
    """
    changed = world
    for number, change in enumerate(scenario.changes, start=1):
        faults = check_change(changed, change)
        if faults:
            raise UserError(f"Changement {number} : {' '.join(faults)}")
        changed = replace(
            changed, sites=CHANGE_KINDS[change.kind].apply(changed.sites, change, changed)
        )
    sites = changed.sites
    if any(change.kind in RELOCATING for change in scenario.changes):
        sites = rank_sites(_with_hearts(sites, world.sites))
    return world.with_sites(sites)


def _with_hearts(sites: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Measure again how far sites are from the heart of their entity, where it has lost or won."""
    numbers = (set(before.finess_et), set(sites.finess_et))
    both = pd.concat([before, sites])
    touched = both.finess_ej[both.finess_et.isin(numbers[0] ^ numbers[1])]
    changed = sites[sites.finess_ej.isin(touched)]
    distance = sites.own_distance_km.astype("float64").copy()
    distance.update(entity_distance_km(changed))
    return sites.assign(own_distance_km=distance)


def check_change(world: World, change: Change) -> list[str]:
    """
    Check a change against a world.

    Returns
    -------
    faults
        French sentences, empty when the change can be applied.
    """
    if change.kind not in CHANGE_KINDS:
        return [
            f"nature « {change.kind} » inconnue. Natures possibles : {', '.join(CHANGE_KINDS)}."
        ]
    kind, faults = CHANGE_KINDS[change.kind], []
    if change.target not in set(kind.known(world)):
        faults.append(f"code « {change.target} » inconnu pour {change.kind}. Corrigez-le.")
    areas = {code for code in world.areas if not str(code).startswith(OUTSIDE_PREFIX)}
    if kind.needs_ght and change.ght_code not in areas:
        faults.append(f"GHT « {change.ght_code} » inconnu ou sans territoire. Corrigez-le.")
    low, high = CAPACITY_RANGE
    if kind.needs_capacity and not low <= change.capacity <= high:
        faults.append(
            f"{change.capacity:g} lits refusés. Donnez de {low:g} à {high:g} lits de MCO."
        )
    if change.kind == "close" and len(world.sites) == 1:
        faults.append("c'est le dernier site. Gardez-en un.")
    return faults
