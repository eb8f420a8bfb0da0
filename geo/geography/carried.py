"""Figures and zones of communes of another year, carried to the communes of today."""

import numpy as np
import pandas as pd

from geo.geography.communes import Carry


def carried_means(
    table: pd.DataFrame, people: pd.Series, carry: Carry, cog: pd.DataFrame, codes: pd.Series
) -> pd.DataFrame:
    """
    Carry means and shares of older communes to those of today.

    A commune that gathers several older ones takes their mean weighted by inhabitants, missing if
    one of them is unknown. An older commune without a number of inhabitants was already counted
    with another of the group: it weighs nothing.

    Parameters
    ----------
    table
        `insee_code` (of any year), then figures that do not add up, float64.
    people
        Inhabitants by code, of the year of the codes or near it; districts of Paris, Lyon and
        Marseille too.
    carry
        Links from `geo.geography.communes.carry_codes`.
    cog
        Current official code.
    codes
        Current codes wanted, in order.

    Returns
    -------
    carried
        The same figures to two decimals, indexed by `codes`; missing where unknown.
    """
    own = _without_doubled_districts(table, cog)
    place = carry.carry(own.insee_code)
    is_alone = place.groupby(place).transform("size") == 1
    weights = own.insee_code.map(people).astype("float64").fillna(0.0).where(~is_alone, 1.0)
    figures = own.drop(columns="insee_code")
    is_known = (figures.notna() | (weights == 0).to_numpy()[:, None]).groupby(place).all()
    total = weights.groupby(place).sum()
    sums = figures.mul(weights, axis="index").groupby(place).sum().where(is_known)
    means = sums.div(total.where(total > 0), axis="index")
    return means.reindex(codes.to_list()).round(2)


def _without_doubled_districts(table: pd.DataFrame, cog: pd.DataFrame) -> pd.DataFrame:
    """Leave out the districts of a city that the table also gives whole."""
    parents = cog[cog.type_code == "ARM"].set_index("insee_code").parent_code
    whole = table.insee_code.map(parents)
    return table[~whole.isin(table.insee_code)].reset_index(drop=True)


def carried_zones(
    table: pd.DataFrame, people: pd.Series, carry: Carry, codes: pd.Series
) -> tuple[pd.DataFrame, dict[str, int]]:
    """
    Carry the zones of older communes to those of today.

    A commune that gathers older ones of several zones takes that of the most inhabited.

    Parameters
    ----------
    table
        `insee_code` (of any year), then a code of zone per column, missing where there is none.
    people, carry, codes
        See `carried_means`.

    Returns
    -------
    zones, shared
        The codes, indexed by `codes`, missing where there is none; for each kind, how many communes
        gather parts of several zones.
    """
    place = carry.carry(table.insee_code)
    count = table.insee_code.map(people).astype("float64").fillna(-1.0)
    ranked = table.assign(_place=place, _count=count, _own=table.insee_code == place)
    ranked = ranked[ranked._place.notna()].sort_values(
        ["_count", "_own", "insee_code"], ascending=[False, False, True]
    )
    kinds = [name for name in table.columns if name != "insee_code"]
    several = ranked.groupby("_place")[kinds].nunique(dropna=False) > 1
    first = ranked.drop_duplicates("_place").set_index("_place")[kinds]
    shared = {kind: int(np.count_nonzero(several[kind])) for kind in kinds}
    return first.reindex(codes.to_list()), shared
