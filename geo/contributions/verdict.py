"""What a file of contributions is worth: the rows that can be used, the problems of the others."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.atlas.fields import Field
from geo.atlas.partnership_record import OUT_OF_LIST
from geo.contributions import words as wording
from geo.contributions.columns import ELEMENTS, PARTNERSHIPS, flat_title
from geo.contributions.drafts import Draft
from geo.contributions.reading import LONGEST_SHOWN, Entry, Problem, Reading
from geo.contributions.template import EXAMPLE_START, write_book
from geo.files.csv import to_csv
from geo.files.sheets import BROKEN, FORMULA, Grid
from geo.partnerships.records import Record
from geo.partnerships.rules import Known, RecordFault, check_records

ACCEPTED: Final = "accepted"
EXAMPLE: Final = "example"
REFUSED: Final = "refused"
_ELEMENTS: Final = {sheet.field: sheet for sheet in ELEMENTS}


@dataclass(frozen=True)
class Report:
    """
    The verdict on each row of a file.

    Attributes
    ----------
    reading
        What was read.
    accepted
        Partnerships that can be used.
    verdicts
        One per entry of the reading: ACCEPTED, EXAMPLE or REFUSED.
    counts
        Number of problems of each entry.
    problems
        Of the whole file, in its order, one per cell.
    """

    reading: Reading
    accepted: tuple[Draft, ...]
    verdicts: tuple[str, ...]
    counts: tuple[int, ...]
    problems: tuple[Problem, ...]


def check_reading(
    reading: Reading,
    known: Known | None = None,
    held: Sequence[Record] = (),
    today: datetime.date | None = None,
) -> Report:
    """
    Apply the rules of partnerships to every row of a file.

    Parameters
    ----------
    reading
        From `read_contributions`.
    known, today
        See `geo.partnerships.rules.check_records`.
    held
        Contributions already there. A row of the same identifier replaces them; links may name
        them.

    Returns
    -------
    report
        A row without a problem is accepted, unless it is an example or its link names a refused
        one. No row is left out.
    """
    entries = reading.entries
    names = {_name(entry) for entry in entries}
    others = [record for record in held if record["id"] not in names]
    records = [*others, *(entry.record for entry in entries)]
    problems = [list(entry.problems) for entry in entries]
    for fault in check_records(records, known, today):
        place = fault.position - len(others)
        if place >= 0:
            problems[place].append(_located(entries[place], fault))
    taken = {record["id"] for record in others} | (known.ids if known else frozenset())
    _refuse_targets(entries, problems, taken)
    distinct = [_distinct(listed) for listed in problems]
    verdicts = [
        _verdict(entry, bool(found)) for entry, found in zip(entries, distinct, strict=True)
    ]
    drafts = [Draft(entry.record, entry.revision) for entry in entries]
    return Report(
        reading,
        tuple(d for d, verdict in zip(drafts, verdicts, strict=True) if verdict == ACCEPTED),
        tuple(verdicts),
        tuple(map(len, distinct)),
        tuple(_distinct([*(p for listed in distinct for p in listed), *reading.problems])),
    )


def _name(entry: Entry) -> str:
    """Give the identifier of a row, empty when it has none."""
    return str(entry.record.get("id", ""))


def _is_example(entry: Entry) -> bool:
    return _name(entry).startswith(EXAMPLE_START)


def _verdict(entry: Entry, has_problems: bool) -> str:
    """Decide what becomes of a row."""
    if has_problems:
        return REFUSED
    return EXAMPLE if _is_example(entry) else ACCEPTED


def _distinct(problems: Sequence[Problem]) -> list[Problem]:
    """Keep the first problem of each cell."""
    seen: dict[tuple[str, int, str], Problem] = {}
    for problem in problems:
        seen.setdefault((problem.sheet, problem.row, problem.column), problem)
    return list(seen.values())


def _refuse_targets(
    entries: Sequence[Entry], problems: Sequence[list[Problem]], taken: set[str]
) -> None:
    """Refuse the rows whose link names a row that is refused or an example, and so on."""
    left = [place for place, entry in enumerate(entries) if not _is_example(entry)]
    is_done = False
    while not is_done:
        left = [place for place in left if not problems[place]]
        there = taken | {_name(entries[place]) for place in left}
        for place in left:
            for number, link in enumerate(entries[place].record.get("links") or [], start=1):
                if link["target"] not in there:
                    field, values = f"links.{number}.target", (link["target"],)
                    fault = RecordFault(place, "", field, values, *wording.REFUSED_TARGET)
                    problems[place].append(_located(entries[place], fault))
        is_done = not any(problems[place] for place in left)


def _located(entry: Entry, fault: RecordFault) -> Problem:
    """Tell in which cell a fault is."""
    sheet, row, title, column = _cell(entry, fault)
    choices = column.choices if column and fault.problem.endswith(OUT_OF_LIST) else None
    cure = wording.pick(choices.title) if choices else fault.cure
    value = ", ".join(fault.values)[:LONGEST_SHOWN]
    return Problem(sheet, row, title, value, fault.problem, cure)


def _cell(entry: Entry, fault: RecordFault) -> tuple[str, int, str, Field | None]:
    """Give the sheet, the row, the title and the column of a fault."""
    name, *path = fault.field.split(".")
    sheet, places = _ELEMENTS.get(name), entry.elements.get(name, [])
    if sheet is not None and places and path:
        place, row = places[int(path[0]) - 1]
        column = sheet.column(path[1] if len(path) > 1 else _blamed(name, entry, fault))
        title = column.title if column else fault.field
        is_flat = place == entry.sheet and column is not None
        return place, row, flat_title(sheet, column) if is_flat and column else title, column
    if sheet is not None and not path:
        return entry.sheet, entry.row, sheet.title, None
    field = ".".join(part for part in (name, *path) if not part.isdigit())
    column = PARTNERSHIPS.column(field) or PARTNERSHIPS.column(f"{field}.value")
    title = column.title if column else fault.field
    return entry.sheet, entry.row, title, column


def _blamed(name: str, entry: Entry, fault: RecordFault) -> str:
    """Choose the column to blame when a fault is about a whole element."""
    element = entry.record[name][int(fault.field.split(".")[1]) - 1]
    is_date = name == "events" or fault.values == (element.get("date"),)
    return "date" if is_date else "url"


# Tables and files


def problem_table(report: Report) -> pd.DataFrame:
    """List the problems under French column names; a row that has no number is missing."""
    names = wording.REPORT_COLUMNS
    rows = [[getattr(problem, field) for field in names] for problem in report.problems]
    table = pd.DataFrame(rows, columns=list(names.values()))
    return table.assign(**{names["row"]: table[names["row"]].astype("Int64")})


def line_table(report: Report) -> pd.DataFrame:
    """Give the verdict on each row of the file, under French column names."""
    said = {ACCEPTED: wording.ACCEPTED, EXAMPLE: wording.EXAMPLE}
    rows = []
    for place, entry in enumerate(report.reading.entries):
        shown = [str(entry.record.get(name) or "")[:LONGEST_SHOWN] for name in ("id", "title")]
        verdict = said.get(report.verdicts[place], wording.refused(report.counts[place]))
        rows.append([entry.row, *shown, verdict])
    return pd.DataFrame(rows, columns=list(wording.LINE_COLUMNS.values()))


def annotated_file(report: Report) -> tuple[str, bytes]:
    """
    Write the file again with a column of problems: nothing is lost from the header of its sheets.

    Returns
    -------
    suffix, content
        CSV for a CSV, XLSX for a workbook; for YAML, which has no columns, the list of problems as
        a CSV.
    """
    said: dict[tuple[str, int], list[str]] = defaultdict(list)
    for problem in report.problems:
        start = f"{problem.column} : " if problem.column else ""
        said[problem.sheet, problem.row].append(f"{start}{problem.problem}. {problem.cure}")
    grids = report.reading.grids
    if not grids:
        return "csv", to_csv(problem_table(report))
    if report.reading.suffix == "csv":
        header, *rows = _annotated(grids[0], said)
        return "csv", to_csv(pd.DataFrame(rows, columns=header, dtype="str"))
    return "xlsx", write_book({grid.title: _annotated(grid, said) for grid in grids})


def _annotated(grid: Grid, said: Mapping[tuple[str, int], Sequence[str]]) -> list[list[str]]:
    """Give the rows of a sheet, each with its problems in the last column; header first."""
    width = max([len(grid.header), *map(len, grid.rows.values())])
    header = [*grid.header, *[""] * (width - len(grid.header))]
    old = [place for place, name in enumerate(header) if name == wording.PROBLEM]
    rows = [header, *(list(cells) + [""] * (width - len(cells)) for cells in grid.rows.values())]
    notes = [wording.PROBLEM, *(" ".join(said.get((grid.title, row), ())) for row in grid.rows)]
    return [
        [_unmarked(text) for place, text in enumerate(row) if place not in old] + [note]
        for row, note in zip(rows, notes, strict=True)
    ]


def _unmarked(text: str) -> str:
    """Write a formula or an error as the text it was."""
    return text.removeprefix(FORMULA).removeprefix(BROKEN)
