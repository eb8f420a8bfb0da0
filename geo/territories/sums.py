"""What the communes of an area add up to. Apart, so that a page needs no geometry library."""

from collections.abc import Sequence

import pandas as pd

from geo.territories.density import density_per_km2

EXTENSIVE_COLUMNS = ("population", "area_km2", "commune_count", "site_count", "member_count")


def sum_by_area(
    assignments: pd.DataFrame, communes: pd.DataFrame, columns: Sequence[str]
) -> pd.DataFrame:
    """Add up figures of communes, by `area_code`; missing if that of one commune is unknown."""
    kept = communes[["insee_code", *columns]]
    table = assignments[["insee_code", "area_code"]].merge(kept, on="insee_code")
    known = table[[*columns]].notna().groupby(table.area_code).all()
    return table.groupby("area_code")[[*columns]].sum().where(known)


def complete_sum(values: pd.Series) -> float | None:
    """Add up the figures of some communes: None without any, or if one is unknown."""
    return float(values.sum()) if len(values) and values.notna().all() else None


def totals(table: pd.DataFrame) -> pd.Series:
    """
    Add up a table of territories.

    Parameters
    ----------
    table
        From `territory_table`.

    Returns
    -------
    totals
        Extensive measures summed over the known rows, `density_per_km2` derived again; missing,
        never 0, when no row is known.
    """
    sums = table[list(EXTENSIVE_COLUMNS)].sum(min_count=1).astype("Float64")
    density = density_per_km2(sums.to_frame().T)
    sums["density_per_km2"] = density.iloc[0]
    return pd.Series(sums)
