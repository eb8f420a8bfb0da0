"""What public articles say of a GHT beside its figures: read by hand, each with its source."""

from functools import lru_cache
from pathlib import Path
from typing import Final

import pandas as pd

FILE: Final = Path(__file__).resolve().parents[1] / "curated" / "statements.csv"


@lru_cache(maxsize=1)
def _known() -> pd.DataFrame:
    """Read the statements; the year is that of the article."""
    return pd.read_csv(FILE, dtype="str").astype({"year": "Int64"})


def statements_of(ght_code: str | None) -> pd.DataFrame:
    """
    List what articles say of a GHT.

    Parameters
    ----------
    ght_code
        A GHT; None for an area outside any.

    Returns
    -------
    statements
        `topic`, `statement` (French), `year` of the article, `year_certainty` ("stated" or
        "inferred"), `title`, `publisher`, `source_url`; possibly none.
    """
    table = _known()
    return table[table.ght_code == ght_code].drop(columns="ght_code").reset_index(drop=True)
