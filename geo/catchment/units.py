"""Units that go to one area as a whole: the rule of the majority, for one run or for hundreds."""

import numpy as np
import numpy.typing as npt

Positions = npt.NDArray[np.int64]


def majority(
    unit: Positions, area: Positions, people: npt.NDArray[np.float64], area_count: int
) -> Positions:
    """
    Find the area that holds most inhabitants of each unit.

    Parameters
    ----------
    unit, area
        Position of the unit and of the area of each commune, -1 for none: such a commune has no
        say. Shape (communes,).
    people
        Inhabitants, shape (communes,).
    area_count
        Number of areas, in the order of their codes.

    Returns
    -------
    winner
        Position of the area of each unit, shape (units,); -1 for a unit without a say. Equals go to
        the area with most communes of the unit, then to the first code.
    """
    unit_count = int(unit.max(initial=-1)) + 1
    votes = (unit >= 0) & (area >= 0)
    cell, size = unit[votes] * area_count + area[votes], unit_count * area_count
    shape = (unit_count, area_count)
    held = np.bincount(cell, people[votes], size).reshape(shape)
    communes = np.bincount(cell, minlength=size).reshape(shape)
    is_most = (held == held.max(axis=1, initial=0.0, keepdims=True)) & (communes > 0)
    winner: Positions = np.where(is_most, communes, 0).argmax(axis=1)
    return np.where(communes.any(axis=1), winner, -1)
