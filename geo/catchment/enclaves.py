"""Small patches of a model given to what surrounds them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

MAX_ROUNDS = 10


@dataclass(frozen=True)
class CleanUp:
    """
    What a contiguity clean-up did.

    Attributes
    ----------
    area_code
        Area of each commune afterwards, in the order given.
    enclave_count, commune_count, population
        Enclaves moved, and what they held.
    """

    area_code: pd.Series
    enclave_count: int
    commune_count: int
    population: int


def _components(area: npt.NDArray[np.int64], link: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Label each commune with its patch: communes of one area that touch."""
    same = area[link[:, 0]] == area[link[:, 1]]
    pairs = link[same]
    graph = sparse.coo_array(
        (np.ones(len(pairs), dtype="int8"), (pairs[:, 0], pairs[:, 1])),
        shape=(len(area), len(area)),
    )
    return np.asarray(connected_components(graph, directed=False)[1], dtype="int64")


def _small_patches(
    area: npt.NDArray[np.int64],
    patch: npt.NDArray[np.int64],
    population: npt.NDArray[np.float64],
    threshold: float,
) -> npt.NDArray[np.bool_]:
    """Flag the patches that are not the most populated of their area and stay under a threshold."""
    people = np.bincount(patch, weights=population)
    area_of_patch = np.zeros(len(people), dtype="int64")
    area_of_patch[patch] = area
    table = pd.DataFrame({"area": area_of_patch, "people": people})
    largest = table.sort_values("people", kind="stable").groupby("area").tail(1).index
    is_main = np.zeros(len(people), dtype=bool)
    is_main[largest] = True
    return ~is_main & (people < threshold)


def absorb_enclaves(
    communes: pd.DataFrame, area_code: pd.Series, borders: pd.DataFrame, threshold: float
) -> CleanUp:
    """
    Give small enclaves to the neighbour with which they share the longest border.

    Parameters
    ----------
    communes
        `insee_code`, `population`.
    area_code
        Area of each commune, same order.
    borders
        From `shared_borders`.
    threshold
        Patches of fewer inhabitants, other than the most populated of their area, are enclaves.
        An enclave without a neighbour (an island) stays.

    Returns
    -------
    cleaned
        The new areas and the counts. The population of the country does not change.
    """
    codes, area = np.unique(area_code.to_numpy(dtype=object), return_inverse=True)
    before = area.copy()
    index = pd.Index(communes.insee_code)
    link = np.column_stack([index.get_indexer(borders.insee_a), index.get_indexer(borders.insee_b)])
    length = borders.border_km.to_numpy(dtype="float64")
    people = communes.population.to_numpy(dtype="float64")
    moved = 0
    for _ in range(MAX_ROUNDS):
        patch = _components(area, link)
        small = _small_patches(area, patch, people, threshold)
        target = _longest_neighbour(area, patch, small, link, length)
        if not target:
            break
        moved += len(target)
        for number, new_area in target.items():
            area[patch == number] = new_area
    changed = area != before
    return CleanUp(
        pd.Series(codes[area], index=area_code.index, dtype="str"),
        moved,
        int(changed.sum()),
        int(people[changed].sum()),
    )


def _longest_neighbour(
    area: npt.NDArray[np.int64],
    patch: npt.NDArray[np.int64],
    small: npt.NDArray[np.bool_],
    link: npt.NDArray[np.int64],
    length: npt.NDArray[np.float64],
) -> dict[int, int]:
    """Area with the longest common border for each small patch; ties go to the first area."""
    both = np.vstack([link, link[:, ::-1]])
    inner, outer = both[:, 0], both[:, 1]
    kept = small[patch[inner]] & (area[inner] != area[outer]) & ~small[patch[outer]]
    table = pd.DataFrame(
        {
            "patch": patch[inner[kept]],
            "area": area[outer[kept]],
            "km": np.concatenate([length, length])[kept],
        }
    )
    sums = table.groupby(["patch", "area"]).km.sum().reset_index()
    best = sums.sort_values(["patch", "km", "area"], ascending=[True, False, True])
    first = best.drop_duplicates("patch")
    return dict(zip(first.patch.tolist(), first.area.tolist(), strict=True))
