"""What each site declares to the survey of hospitals in its latest year: for lists and filters."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from geo.atlas.load import Atlas

COLUMNS: Final = ("beds_mco", "deliveries", "emergency_visits")
# What a site must declare, above 0, to be kept by each filter of what sites offer.
OFFERED: Final[Mapping[str, tuple[str, ...]]] = {
    "maternite": ("maternities",),
    "urgences": ("emergency_sites",),
    "maternite_urgences": ("maternities", "emergency_sites"),
}
_MEASURES: Final = dict.fromkeys((*COLUMNS, *(key for keys in OFFERED.values() for key in keys)))


def declared_by_site(atlas: Atlas) -> pd.DataFrame:
    """
    Lay out what sites declare.

    Returns
    -------
    declared
        Index `finess_et`; one Int64 column per measure of `COLUMNS` and `OFFERED`, missing where
        nothing is declared, never 0.
    """
    table = atlas.activity_sites
    rows = table[(table.year == table.year.max()) & table.measure.isin(list(_MEASURES))]
    wide = rows.pivot_table(index="finess_et", columns="measure", values="value", aggfunc="sum")
    whole = wide.reindex(columns=list(_MEASURES)).round()
    return pd.DataFrame(whole.astype("Float64").astype("Int64"))
