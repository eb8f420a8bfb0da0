"""What may follow any model: enclaves absorbed, towns of members bound, units kept whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.atlas.columns import OUTSIDE_PREFIX, UNASSIGNED
from geo.catchment.assignment import Assignment, reassign
from geo.catchment.units import majority
from geo.catchment.world import MIN_CAPACITY, World
from geo.errors import UserError

NO_UNITS: Final = "none"
UNITS: Final = (NO_UNITS, "epci", "bassin_vie", "zone_emploi", "arrondissement", "departement")


@dataclass(frozen=True)
class Options:
    """
    What is done after a model, in this order.

    Attributes
    ----------
    enclaves
        Enclaves of fewer inhabitants rejoin a neighbour; 0 for none.
    own_town
        Whether a commune that houses beds of a member stays with the GHT of that member.
    whole_units
        Kind of zones kept whole, out of `UNITS`.

    Raises
    ------
    UserError
        If the kind of zones is unknown.
    """

    enclaves: float = 0.0
    own_town: bool = False
    whole_units: str = NO_UNITS

    def __post_init__(self) -> None:
        if self.whole_units not in UNITS:
            raise UserError(
                f"Unités entières : « {self.whole_units} » inconnu. Choix : {', '.join(UNITS)}."
            )

    @property
    def moves(self) -> bool:
        """Whether towns are bound or units kept whole."""
        return self.own_town or self.whole_units != NO_UNITS


NO_OPTION: Final = Options()


@dataclass(frozen=True)
class Moves:
    """
    What towns that are bound and units that are kept whole changed.

    Attributes
    ----------
    assignment
        Moved communes have the rule "own_town" or "whole_unit" (see `reassign`).
    commune_count, population
        Communes that changed area, and their inhabitants.
    emptied
        Areas that had communes and have none any more, in order.
    """

    assignment: Assignment = field(repr=False)
    commune_count: int
    population: int
    emptied: tuple[str, ...]


def own_towns(sites: pd.DataFrame) -> Mapping[str, str]:
    """
    Say to which GHT each commune that houses beds of a member belongs.

    Parameters
    ----------
    sites
        See `World.sites`.

    Returns
    -------
    towns
        `insee_code` -> code of the GHT that has most beds of medicine, surgery and obstetrics
        there (then the first code). A commune where a hospital outside the GHTs has most is free.
    """
    with_beds = sites[(sites.capacity > MIN_CAPACITY) & sites.insee_code.notna()]
    beds = with_beds.groupby(["insee_code", "area_code"]).capacity.sum().reset_index()
    order = ["insee_code", "capacity", "area_code"]
    most = beds.sort_values(order, ascending=[True, False, True]).drop_duplicates("insee_code")
    bound = most[~most.area_code.str.startswith(OUTSIDE_PREFIX)]
    return dict(zip(bound.insee_code, bound.area_code, strict=True))


def whole_units(
    communes: pd.DataFrame,
    area_code: pd.Series,
    zones: pd.Series,
    fixed: npt.NDArray[np.bool_] | None = None,
) -> pd.Series:
    """
    Give each unit whole to the area that holds most of its inhabitants.

    Parameters
    ----------
    communes
        `insee_code`, `population` (inhabitants).
    area_code
        Area of each commune, same order; the unassigned have no say.
    zones
        Unit of each commune, indexed by `insee_code`; a commune without one stays.
    fixed
        Communes that have a say and stay.

    Returns
    -------
    area_code
        The new areas. Equals go to the area with most communes of the unit, then to the first
        code; a unit without an assigned commune stays.
    """
    unit, _ = pd.factorize(communes.insee_code.map(zones))
    area, codes = pd.factorize(area_code.mask(area_code == UNASSIGNED), sort=True)
    people = communes.population.to_numpy("float64")
    winner = majority(unit, area, people, len(codes))
    given = np.append(winner, -1)[unit]  # what is of no unit is of no winner
    stays = (unit < 0) | (given < 0)
    if fixed is not None:
        stays |= fixed
    new = np.where(stays, area_code, np.asarray(codes.take(given), dtype=object))
    return pd.Series(new, area_code.index, dtype="str")


def move(world: World, assignment: Assignment, own_town: bool, zones: pd.Series | None) -> Moves:
    """
    Bind the towns of members, then keep units whole.

    Parameters
    ----------
    world
        Demand and supply.
    assignment
        What the model says.
    own_town
        Whether towns are bound. They have a say in their unit and stay out of its move.
    zones
        Unit of each commune, indexed by `insee_code`; None for no whole unit.

    Returns
    -------
    moves
        No inhabitant is lost; what is done twice is done once.
    """
    before = assignment.communes.area_code
    towns = own_towns(world.sites) if own_town else {}
    own = world.communes.insee_code.map(dict(towns)).to_numpy(dtype=object)
    is_own = pd.notna(own)
    area = pd.Series(np.where(is_own, own, before.to_numpy(dtype=object)), dtype="str")
    if zones is not None:
        area = whole_units(world.communes, area, zones, is_own)
    after = reassign(world, assignment, area, np.where(is_own, "own_town", "whole_unit"))
    changed = area.to_numpy() != before.to_numpy()
    gone = set(before.unique()) - set(area.unique()) - {UNASSIGNED}
    people = int(world.communes.population.to_numpy()[changed].sum())
    return Moves(after, int(changed.sum()), people, tuple(sorted(gone)))
