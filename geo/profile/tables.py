"""The tables of a profile as they are read: French columns, rows in their order."""

from collections.abc import Hashable, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.comparison.peers import PEER_MEASURES
from geo.establishments.history import shown_history
from geo.formats import format_number, is_unknown
from geo.profile import words as wording
from geo.profile import words_pdf
from geo.profile.territory import Profile
from geo.territories.access import time_bands
from geo.territories.anomalies import ANOMALY_KINDS
from geo.territories.measures import MEASURES, figure_text
from geo.territories.published import own_note, qualified, scope_text, year_text

TOP: Final = 15
# Digits after the comma, on screen and on paper.
DECIMALS: Final[Mapping[str, int]] = {
    wording.COMMUNE_COLUMNS["area_km2"]: 1,
    wording.BAND_COLUMNS["share_percent"]: 1,
    wording.BAND_COLUMNS["cumulated_percent"]: 1,
    wording.PEER_COLUMNS["density_per_km2"]: 1,
    wording.PEER_COLUMNS["distance"]: 2,
}
BAND_TYPES: Final[Mapping[str, str]] = {
    "population": "Int64",
    "share_percent": "Float64",
    "cumulated_percent": "Float64",
    "commune_count": "Int64",
}


def renamed(table: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Keep the columns named, under their French names."""
    return table[list(names)].rename(columns=dict(names)).reset_index(drop=True)


def members(profile: Profile) -> pd.DataFrame:
    """List the members; a merged one says with whom it is counted since, and how that is known."""
    table = profile.members
    merged = [
        None if is_unknown(label) else wording.MERGED.format(code=code, evidence=label)
        for code, label in zip(table.current_finess_ej, table.successor_label, strict=True)
    ]
    return renamed(
        table.assign(merged=pd.Series(merged, table.index, dtype="object")), wording.MEMBER_COLUMNS
    )


def history(profile: Profile) -> pd.DataFrame:
    """List what happened to the GHT, oldest first, with how it is known and its source."""
    return shown_history(profile.history)


def communes(profile: Profile, count: int | None = None) -> pd.DataFrame:
    """List the communes, most inhabitants first: `count` of them, or all."""
    return renamed(
        profile.communes if count is None else profile.communes.head(count),
        wording.COMMUNE_COLUMNS,
    )


def _band(low: float, high: float) -> str:
    """Name a band of time."""
    if np.isinf(high):
        return wording.LAST_BAND.format(low=format_number(low))
    return wording.BAND.format(low=format_number(low), high=format_number(high))


def bands(profile: Profile) -> pd.DataFrame:
    """
    Count the inhabitants by travel time.

    Returns
    -------
    table
        Columns of `geo.profile.words.BAND_COLUMNS`; the last row, without a share, counts the
        inhabitants whose time is unknown, if there are any.
    """
    counted = time_bands(profile.communes)
    limits = zip(counted.low_min, counted.high_min, strict=True)
    named = [_band(low, high) for low, high in limits]
    rows: list[dict[Hashable, Any]] = [
        {"band": band, **values}
        for band, values in zip(named, counted[list(BAND_TYPES)].to_dict("records"), strict=True)
    ]
    unknown = profile.communes[profile.communes.travel_time_min.isna()]
    if not unknown.empty:
        people = int(unknown.population.sum())
        last: dict[Hashable, Any] = {"band": wording.UNKNOWN_BAND, "population": people}
        rows.append(last | {"commune_count": len(unknown)})
    table = pd.DataFrame(rows, columns=list(wording.BAND_COLUMNS))
    return renamed(table.astype(dict(BAND_TYPES)), wording.BAND_COLUMNS)


def categories(profile: Profile) -> pd.DataFrame:
    """Count the establishments by category."""
    return renamed(profile.by_category, wording.CATEGORY_COLUMNS)


def cities(profile: Profile) -> pd.DataFrame:
    """Count the establishments by city."""
    return renamed(profile.by_city, wording.CITY_COLUMNS)


def ranks(profile: Profile) -> pd.DataFrame:
    """Write the ranks in the country and in the region."""
    table = profile.ranks

    def places(scope: str) -> list[str]:
        counts = zip(table[f"{scope}_rank"], table[f"{scope}_count"], strict=True)
        return [wording.RANK.format(rank=rank, count=count) for rank, count in counts]

    shown = [figure_text(*cells) for cells in zip(table.measure, table.value, strict=True)]
    named = table.assign(shown=shown, country=places("country"), region=places("region"))
    return renamed(named, wording.RANK_COLUMNS)


def peers(profile: Profile) -> pd.DataFrame:
    """List the statistical peers, nearest first."""
    return renamed(profile.peers, wording.PEER_COLUMNS)


def neighbours(profile: Profile) -> pd.DataFrame:
    """List the neighbours, longest border first."""
    return renamed(profile.neighbours, wording.NEIGHBOUR_COLUMNS)


def published(figures: pd.DataFrame) -> pd.DataFrame:
    """Write published figures as their sources do, with what each describes: texts."""
    rows = [
        [
            words_pdf.PUBLISHED_FIGURES.get(str(row.figure), str(row.figure)),
            qualified(format_number(row.value), row.qualifier),
            year_text(row.year, row.year_certainty), scope_text(row.scope), own_note(row.note),
            row.source_url,
        ]
        for row in figures.itertuples()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(wording.PUBLISHED_COLUMNS), dtype="object")


def anomalies(profile: Profile) -> pd.DataFrame:
    """List the anomalies of the sources."""
    table = profile.anomalies
    return renamed(table.assign(kind=table.kind.map(dict(ANOMALY_KINDS))), wording.ANOMALY_COLUMNS)


def towns_elsewhere(profile: Profile) -> pd.DataFrame:
    """List the towns of members that the model gives to another territory."""
    return renamed(profile.towns_elsewhere, wording.TOWN_COLUMNS)


def reconciliations(profile: Profile) -> pd.DataFrame:
    """List the steps from the published number of members to the one on screen."""
    table = profile.atlas.reconciliations
    chosen = table[table.ght_code == profile.area_code].sort_values("step")
    return renamed(chosen, wording.RECONCILIATION_COLUMNS)


def figures(profile: Profile) -> pd.DataFrame:
    """List the key figures, modelled and published, numbers left as they are."""
    names = wording.FIGURE_COLUMNS
    rows = [[getattr(figure, name) for name in names] for figure in profile.key_figures]
    return renamed(pd.DataFrame(rows, columns=list(names)), names)


def peer_measures() -> str:
    """Name the measures by which territories resemble each other."""
    return ", ".join(MEASURES[key].label.lower() for key in PEER_MEASURES)
