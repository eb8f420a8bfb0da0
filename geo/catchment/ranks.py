"""Hospital sites as the models see them: the area each works for, and the order of equals."""

import pandas as pd

from geo.atlas.columns import OUTSIDE_PREFIX

CATEGORY_RANK = {"101": 0, "355": 1, "106": 2}


def area_code(ght_code: pd.Series, finess_ej: pd.Series) -> pd.Series:
    """
    Name the area a site works for: its GHT, or its own entity when it is in none.

    Parameters
    ----------
    ght_code
        Missing outside the GHTs.
    finess_ej
        Legal entities, same index.

    Returns
    -------
    area_code
        "GE-06", or "HORS-750712184".
    """
    return ght_code.fillna(OUTSIDE_PREFIX + finess_ej)


def rank_sites(sites: pd.DataFrame) -> pd.DataFrame:
    """
    Put sites in the order that settles ties, whatever the order of the rows.

    Several entities share an address: the population there goes to the site nearest to the heart of
    its own entity, then to the larger category, then to the smaller FINESS number.

    Parameters
    ----------
    sites
        `finess_et` (unique), `own_distance_km`, `category_code`.

    Returns
    -------
    sites
        Sorted, with a fresh index: the position is the rank.
    """
    order = sites.assign(size_rank=sites.category_code.map(CATEGORY_RANK).fillna(9))
    keys = ["own_distance_km", "size_rank", "finess_et"]
    return order.assign(own_distance_km=order.own_distance_km.round(1)).sort_values(
        keys, ignore_index=True
    )
