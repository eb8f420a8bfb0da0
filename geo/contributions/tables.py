"""The revisions of contributions as tables and files: what differs, what happened, all of it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import pandas as pd

from geo.atlas.fields import Field
from geo.contributions import words as wording
from geo.contributions import words_withdrawals
from geo.contributions.columns import REVISION, SHEETS, Sheet, cell_of
from geo.contributions.store import History, Revision
from geo.files.csv import to_csv
from geo.partnerships.records import Record


def comparison(first: Revision, second: Revision) -> pd.DataFrame:
    """List what differs between two revisions of a partnership, under French column names."""
    rows = []
    if first.kind != second.kind:
        kinds = [words_withdrawals.REVISION_KINDS[revision.kind] for revision in (first, second)]
        rows.append([words_withdrawals.KIND, *kinds])
    for sheet in SHEETS:
        columns = [sheet] if sheet.field else [c for c in sheet.columns if c.name != REVISION]
        for column in columns:
            texts = [_shown(column, revision.record) for revision in (first, second)]
            if texts[0] != texts[1]:
                rows.append([column.title, *texts])
    headings = [wording.revision(first.number), wording.revision(second.number)]
    return pd.DataFrame(rows, columns=[wording.FIELD, *headings])


def _shown(column: Field | Sheet, record: Record) -> str:
    """Write a field of a record, or all the elements of a list."""
    if isinstance(column, Field):
        return cell_of(column, record)
    elements = record.get(column.field) or []
    texts = ([cell_of(cell, element) for cell in column.columns] for element in elements)
    return " ; ".join(", ".join(filter(None, cells)) for cells in texts)


def history_table(history: History) -> pd.DataFrame:
    """Describe every revision under French column names, without the records."""
    names = wording.HISTORY_COLUMNS
    rows = [
        {
            **{name: getattr(revision, name, None) for name in names},
            "title": str(revision.record.get("title", "")),
            "made_from": revision.made_from or None,
            "kind": words_withdrawals.REVISION_KINDS[revision.kind],
            "saved_at": revision.saved_at.replace("T", " ").removesuffix("Z"),
            "state": history.state(revision),
        }
        for revision in history.revisions
    ]
    table = pd.DataFrame(rows, columns=list(names)).astype({"made_from": "Int64"})
    return table.rename(columns=dict(names))


def history_csv(history: History) -> bytes:
    """Write every revision as a CSV, the whole record as JSON in the last column."""
    bodies = [json.dumps(r.record, ensure_ascii=False) for r in history.revisions]
    return to_csv(history_table(history).assign(JSON=bodies))


def history_json(history: History) -> bytes:
    """Write every revision as a JSON list."""
    listed: Iterable[Mapping[str, Any]] = map(asdict, history.revisions)
    return json.dumps(list(listed), ensure_ascii=False, indent=1).encode()
