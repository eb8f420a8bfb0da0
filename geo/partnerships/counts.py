"""Which GHTs partnerships name, and how many. Apart, so that the map needs nothing else of them."""

from collections.abc import Iterable

import pandas as pd

from geo.atlas.fields import BETWEEN_CODES


def split(text: object) -> list[str]:
    """Take a cell of codes apart; a missing cell gives nothing."""
    return text.split(BETWEEN_CODES) if isinstance(text, str) else []


def holds(cells: pd.Series, codes: Iterable[str]) -> pd.Series:
    """Tell the cells of joined codes that hold one of some codes."""
    wanted = set(codes)
    return cells.map(lambda cell: not wanted.isdisjoint(split(cell))).astype(bool)


def count_partnerships(ght_codes: pd.Series, listed: pd.Series) -> pd.Series:
    """
    Count the partnerships of each GHT.

    Parameters
    ----------
    ght_codes
        Codes of each partnership, joined by ";".
    listed
        `ght_code` of every GHT.

    Returns
    -------
    counts
        Int64, indexed by `ght_code`, for every GHT of the list. 0 says that none was collected,
        not that there is none. A partnership of several GHTs counts in each, so that the counts do
        not add up to the number of partnerships.
    """
    codes = ght_codes.str.split(BETWEEN_CODES).explode()
    counts = codes.value_counts().reindex(listed, fill_value=0)
    return counts.astype("Int64").rename("partnership_count")
