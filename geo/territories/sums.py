"""What the communes of an area add up to. Apart, so that a page needs no geometry library."""

from collections.abc import Sequence

import pandas as pd


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
