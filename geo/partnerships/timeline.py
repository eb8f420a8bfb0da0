"""Partnerships and their events laid out in time, each date as precise as it is known."""

from typing import Final

import pandas as pd

from geo.atlas import vocabulary
from geo.atlas.partnership_record import first_day
from geo.partnerships import words_tables as wording
from geo.partnerships.collection import Collection, french_date, french_end
from geo.partnerships.records import last_day, precision_of

FIRST_SHOWN_YEAR: Final = 2010
TIMELINE_COLUMNS: Final = (
    "partnership_id", "title", "row_kind", "start", "end", "start_text", "end_text", "precision",
    "certainty", "is_pinned", "is_open", "form", "form_label", "status", "status_label", "text",
)  # fmt: skip


def timeline(collection: Collection, first_year: int = FIRST_SHOWN_YEAR) -> pd.DataFrame:
    """
    Lay partnerships and their events out in time.

    Parameters
    ----------
    collection
        What to lay out.
    first_year
        Left edge: what is earlier is pinned to it, with its true date in words.

    Returns
    -------
    timeline
        One row per partnership whose start is known ("periode") and per dated event ("evenement"):
        `partnership_id`, `title`, `row_kind`, `start`, `end` (datetime64; an event ends with its
        year, month or day; a partnership that has no known end has none), `start_text`, `end_text`,
        `precision`, `certainty`, `is_pinned`, `is_open`, `form`, `form_label`, `status`,
        `status_label`, `text`. Partnerships in the order of their start, each before its events.
    """
    heads = collection.partnerships
    dated = heads[heads.start_date.notna()]
    periods = dated.assign(
        row_kind="periode", date=dated.start_date, certainty=dated.start_certainty,
        last=dated.ended, text=dated.summary,
    )  # fmt: skip
    happened = collection.events[collection.events.date.notna()]
    events = happened.assign(row_kind="evenement", last=happened.date).merge(
        heads[["partnership_id", "title", "form", "status", "ended_certainty", "start_date"]],
        on="partnership_id",
    )
    table = pd.concat([periods, events], ignore_index=True)
    table["start"] = pd.to_datetime([first_day(date).isoformat() for date in table.date])
    table["end"] = pd.to_datetime(
        pd.Series([last_day(d).isoformat() if isinstance(d, str) else None for d in table["last"]])
    )
    edge = pd.Timestamp(first_year, 1, 1)
    is_early = {name: table[name] < edge for name in ("start", "end")}
    table["is_pinned"] = is_early["start"]
    table["is_open"] = table["end"].isna()
    table["start_text"] = [
        french_date(*cells) for cells in zip(table.date, table.certainty, strict=True)
    ]
    is_period = table.row_kind == "periode"
    table["end_text"] = [
        french_end(*cells) or wording.NO_END
        for cells in zip(table["last"], table.ended_certainty, table.status, strict=True)
    ]
    table["end_text"] = table.end_text.where(is_period, "")
    table["precision"] = [precision_of(date) for date in table.date]
    for name, early in is_early.items():
        table[name] = table[name].mask(early, edge)
    table["form_label"] = table.form.map(vocabulary.FORMS)
    table["status_label"] = table.status.map(vocabulary.STATUSES)
    firsts = table.start_date.fillna("9999")
    ordered = table.assign(_first=firsts, _event=~is_period).sort_values(
        ["_first", "partnership_id", "_event", "date"], kind="stable"
    )
    return ordered[list(TIMELINE_COLUMNS)].reset_index(drop=True)


def undated(collection: Collection) -> pd.DataFrame:
    """List the partnerships that no timeline can place: `partnership_id`, `title`."""
    table = collection.partnerships
    columns = ["partnership_id", "title"]
    return table.loc[table.start_date.isna(), columns].reset_index(drop=True)
