"""When a GHT was created: what a source says, else the date of the law, said to be presumed."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import pandas as pd

from geo.formats import is_unknown

FILE: Final = Path(__file__).resolve().parents[1] / "curated" / "creations.csv"
NATIONAL_DATE: Final = "2016-07-01"
NATIONAL_SOURCE: Final = (
    "https://banquedesterritoires.fr/"
    "cent-trente-cinq-groupements-hospitaliers-de-territoire-et-presque-autant-de-cas-de-figure-0"
)
NATIONAL_DETAIL: Final = (
    "Date nationale de création des 135 premiers GHT (loi du 26 janvier 2016), présumée ici : "
    "aucune source propre à ce GHT n'a été réunie."
)
LATER_DETAIL: Final = (
    "Absent de la liste précédente : apparu depuis. Ce qui en est connu est dans son histoire."
)
LABELS: Final = {"published": "publiée", "presumed": "présumée", "unknown": "inconnue"}


@dataclass(frozen=True)
class Creation:
    """
    The creation of a GHT.

    Attributes
    ----------
    created_on
        ISO date, None when it is unknown.
    evidence
        "published", "presumed" or "unknown".
    detail
        A French sentence: how the date is known.
    source_url
        Address of the source.
    """

    created_on: str | None
    evidence: str
    detail: str
    source_url: str


@lru_cache(maxsize=1)
def _known() -> pd.DataFrame:
    """Read the dates established by hand."""
    return pd.read_csv(FILE, dtype="str").set_index("ght_code")


def creation_of(ght_code: str, *, was_listed: bool = True) -> Creation:
    """
    Tell when a GHT of the national list was created.

    Parameters
    ----------
    ght_code
        Of today.
    was_listed
        Whether the list before has it already: the others came after the national date.
    """
    known = _known()
    if ght_code not in known.index:
        if not was_listed:
            return Creation(None, "unknown", LATER_DETAIL, "")
        return Creation(NATIONAL_DATE, "presumed", NATIONAL_DETAIL, NATIONAL_SOURCE)
    row = known.loc[ght_code]
    date = None if is_unknown(row.created_on) else str(row.created_on)
    return Creation(date, str(row.evidence), str(row.detail), str(row.source_url))
