"""Partnerships as the lines of a profile, in French."""

from typing import Final

import pandas as pd

from geo.atlas import vocabulary
from geo.partnerships.collection import french_date

PARTNERSHIP_HEADER: Final = ("Partenariat", "Forme", "Statut", "Depuis")


def partnership_lines(table: pd.DataFrame) -> list[list[object]]:
    """
    Write one line per partnership.

    Parameters
    ----------
    table
        Rows of the table `partnerships`, possibly none.

    Returns
    -------
    lines
        Title, form, status, first known date, in the order of `PARTNERSHIP_HEADER`; oldest first.
    """
    if table.empty:
        return []
    ranked = table.sort_values(["start_date", "partnership_id"], na_position="last")
    return [
        [
            row.title,
            vocabulary.FORMS.get(str(row.form), row.form),
            vocabulary.STATUSES.get(str(row.status), row.status),
            french_date(row.start_date, row.start_certainty),
        ]
        for row in ranked.itertuples()
    ]
