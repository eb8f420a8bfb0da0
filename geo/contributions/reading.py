"""Files of contributions, untrusted: read line by line and turned into records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from geo import refusals
from geo.atlas.fields import folded
from geo.contributions import words as wording
from geo.contributions.columns import (
    ELEMENTS,
    PARTNERSHIPS,
    REVISION,
    Sheet,
    flat_title,
    put,
    split_items,
    understood,
    value_of,
)
from geo.errors import UserError
from geo.faults import Faults, format_values
from geo.files.columns import missing_fields, sheet_that_fits
from geo.files.csv import FORMULA_STARTS
from geo.files.sandbox import parse_apart
from geo.files.sheets import BROKEN, FORMULA, Grid, grids_of

MAX_BYTES: Final = 5_000_000
MAX_YAML_BYTES: Final = 300_000
MAX_ROWS: Final = 2_000
MAX_ELEMENTS: Final = 10_000
LONGEST_TITLE: Final = 60
SEPARATORS: Final = ";,\t"
LONGEST_SHOWN: Final = 60
SUFFIXES: Final = ("xlsx", "ods", "xls", "csv", "yaml", "yml")
_REQUIRED: Final = [{folded(c.title)} for c in PARTNERSHIPS.columns if c.is_required]


@dataclass(frozen=True)
class Problem:
    """
    A problem of a file, where the person sees it.

    Attributes
    ----------
    sheet, row, column
        `row` as the spreadsheet numbers it, 0 when the problem has none.
    value
        What was read.
    problem, cure
        French.
    """

    sheet: str
    row: int
    column: str
    value: str
    problem: str
    cure: str


@dataclass
class Entry:
    """
    A partnership as it was read.

    Attributes
    ----------
    record, revision
        Not checked yet; revision it was made from, 0 for a new one.
    sheet, row
        Where it is.
    elements
        Name of a list -> where each of its elements is; an element of a flat row has its row.
    problems
        Found while reading.
    """

    record: dict[str, Any]
    sheet: str
    row: int
    revision: int = 0
    elements: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """
    A file as it was read.

    Attributes
    ----------
    name, suffix
        Of the file.
    entries
        Partnerships in the order of the file.
    grids
        Its sheets; none for YAML.
    problems
        Those that belong to no partnership.
    ignored
        Columns and sheets that are not in the template.
    told
        Sentences: the sheet and the heading that were chosen, the names that were understood.
    """

    name: str
    suffix: str
    entries: tuple[Entry, ...]
    grids: tuple[Grid, ...] = ()
    problems: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def read_contributions(name: str, content: bytes) -> Reading:
    """
    Read a file of partnerships.

    Parameters
    ----------
    name
        Its suffix must be one of `SUFFIXES`; an .xls may be another kind, misnamed.
    content
        Untrusted: parsed in a process of its own, nothing in it is run or computed.

    Returns
    -------
    reading
        Its problems of form are in it; the rules are applied by `geo.contributions.verdict`.

    Raises
    ------
    UserError
        If the file is too large, of another kind, or unreadable.
    SourceError
        If the columns that must be there are not.
    """
    suffix = name.rpartition(".")[2].lower()
    title = " ".join(name.split())[:LONGEST_TITLE]
    if suffix not in SUFFIXES:
        raise UserError(wording.refused_format(title))
    if not content.strip():
        raise UserError(wording.empty_file(title))
    most = MAX_YAML_BYTES if suffix in {"yaml", "yml"} else MAX_BYTES
    if len(content) > most:
        raise UserError(refusals.too_large(title, most // 1_000))
    if suffix in {"yaml", "yml"}:
        return _read_yaml(title, content)
    kind, option = ("csv", SEPARATORS) if suffix == "csv" else ("workbook", "")
    grids = grids_of(parse_apart(title, kind, content, option))
    if suffix == "csv":
        grids = [replace(grids[0], title=PARTNERSHIPS.title)]
    read, others, told = _chosen(grids)
    return replace(_Assembly(title, suffix, read, others).reading(), told=told)


def _chosen(sheets: Sequence[Grid]) -> tuple[list[Grid], list[str], tuple[str, ...]]:
    """
    Choose the sheets to read.

    Returns
    -------
    read, others, told
        The sheet of partnerships (when none has its name, the first with its columns, else the
        first) then those of elements; the names of the sheets that are not in the template; what
        is to be said of the choice.
    """
    skipped = {folded(name) for name in (wording.LISTS_SHEET, wording.GUIDE_SHEET)}
    named = {folded(sheet.title): sheet for sheet in reversed(sheets)}
    filled = [sheet for sheet in sheets if folded(sheet.title) not in skipped]
    mains = [named[n] for n in [folded(PARTNERSHIPS.title)] if n in named] or filled
    main, told = sheet_that_fits(mains, _REQUIRED)
    elements = [named[folded(s.title)] for s in ELEMENTS if folded(s.title) in named]
    elements = [sheet for sheet in elements if sheet.title != main.title]
    titles = {sheet.title for sheet in (main, *elements)}
    others = [sheet.title[:LONGEST_TITLE] for sheet in filled if sheet.title not in titles]
    read = [replace(sheet, title=sheet.title[:LONGEST_TITLE]) for sheet in (main, *elements)]
    return read, others, told


# Grids to records


class _Assembly:
    """The records of a file, as they are put together from its sheets."""

    def __init__(
        self, title: str, suffix: str, grids: Sequence[Grid], others: Sequence[str]
    ) -> None:
        self.title, self.suffix, self.grids = title, suffix, tuple(grids)
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self.ignored = list(others)
        self.left = MAX_ELEMENTS

    def reading(self) -> Reading:
        """Read every sheet, the partnerships first."""
        if not self.grids[0].header:
            raise UserError(wording.empty_file(self.title))
        main, *others = self.grids
        for grid, most in [(main, MAX_ROWS), *((other, MAX_ELEMENTS) for other in others)]:
            if len(grid.rows) > most:
                raise UserError(refusals.too_many(self.title, "ligne", most))
        sheets = {folded(sheet.title): sheet for sheet in ELEMENTS}
        elements = [(grid, sheets[folded(grid.title)]) for grid in others if grid.header]
        self._check_headers(main, elements)
        for row in main.rows:
            self._add_entry(main, row)
        if not self.entries:
            raise UserError(wording.no_row(self.title))
        for grid, sheet in elements:
            self._add_elements(grid, sheet)
        return Reading(
            self.title, self.suffix, tuple(self.entries), self.grids, tuple(self.problems),
            tuple(self.ignored),
        )  # fmt: skip

    def _check_headers(self, main: Grid, elements: Sequence[tuple[Grid, Sheet]]) -> None:
        """Refuse a file without the columns it needs; list those that are not read."""
        faults = Faults(self.title)
        flat = [flat_title(sheet, column) for sheet in ELEMENTS for column in sheet.columns]
        for grid, sheet in [(main, PARTNERSHIPS), *elements]:
            found = [folded(name) for name in grid.header]
            missing = [c.title for c in missing_fields(sheet.written, grid.header)]
            if missing:
                faults.add(wording.missing(grid.title, format_values(missing)))
            titles = [column.title for column in sheet.written]
            repeated = {bare(n) for n in grid.header if n and found.count(folded(n)) > 1}
            if repeated:
                faults.add(wording.twice(format_values(sorted(repeated))))
            read = {folded(n) for n in [*titles, *([] if sheet.field else flat), wording.PROBLEM]}
            self.ignored += [bare(n) for n in grid.header if n and folded(n) not in read]
        faults.raise_if_any()

    def _cells(self, grid: Grid, row: int, problems: list[Problem]) -> dict[str, str]:
        """Give the cells of a row by folded heading, noting those that cannot be read."""
        cells: dict[str, str] = {}
        for place, text in enumerate(grid.rows[row]):
            name = grid.header[place] if place < len(grid.header) else ""
            if not text or folded(name) == folded(wording.PROBLEM):
                continue
            value, told = _plain(text)
            told = told or (None if name else wording.BEYOND)
            if told:
                problems.append(_problem(grid.title, row, bare(name), value, told))
            cells[folded(name)] = value
        return cells

    def _add_entry(self, grid: Grid, row: int) -> None:
        """Read a row of the sheet of partnerships, and the elements it holds in lists."""
        record: dict[str, Any] = {}
        entry = Entry(record, grid.title, row)
        texts = self._cells(grid, row, entry.problems)
        if not texts:
            return
        for column in PARTNERSHIPS.columns:
            value = value_of(column, texts.get(folded(column.title), ""))
            if value is not None and column.name == REVISION:
                entry.revision = _revision(entry, column.title, value)
            elif value is not None:
                put(record, column.name, value)
        for sheet in ELEMENTS:
            self._add_flat(entry, sheet, texts)
        self.entries.append(entry)

    def _add_flat(self, entry: Entry, sheet: Sheet, texts: Mapping[str, str]) -> None:
        """Read lists that go together: the first values make the first element, and so on."""
        cells = [(c, texts.get(folded(flat_title(sheet, c)), "")) for c in sheet.columns]
        lists = [(column, split_items(text)) for column, text in cells if text]
        count = max((len(items) for _, items in lists), default=0)
        for column, items in lists:
            if len(items) != count:
                name, said = flat_title(sheet, column), wording.uneven(len(items), count)
                shown = texts[folded(name)]
                entry.problems.append(_problem(entry.sheet, entry.row, name, shown, said))
        for place in range(count):
            element = {
                column.name: understood(column, items[place])
                for column, items in lists
                if place < len(items) and items[place]
            }
            self._attach(entry, sheet, element, (entry.sheet, entry.row))

    def _add_elements(self, grid: Grid, sheet: Sheet) -> None:
        """Read a sheet of elements, each tied to its partnership by the identifier."""
        by_id: dict[str, list[Entry]] = {}
        for entry in self.entries:
            by_id.setdefault(str(entry.record.get("id", "")), []).append(entry)
        for row in grid.rows:
            problems: list[Problem] = []
            texts = self._cells(grid, row, problems)
            if not texts:
                continue
            identifier = texts.get(folded(wording.IDENTIFIER), "")
            values = ((c.name, value_of(c, texts.get(folded(c.title), ""))) for c in sheet.columns)
            element = {name: value for name, value in values if value is not None}
            entries = by_id.get(identifier, []) if identifier else []
            for entry in entries:
                entry.problems += problems
                self._attach(entry, sheet, element, (grid.title, row))
            if not entries:
                self.problems += problems
                self.problems.append(
                    _problem(grid.title, row, wording.IDENTIFIER, identifier, wording.ORPHAN)
                )

    def _attach(
        self, entry: Entry, sheet: Sheet, element: Mapping[str, Any], place: tuple[str, int]
    ) -> None:
        """Put an element in the list of its partnership, up to the limit of a file."""
        self.left -= 1
        if self.left < 0:
            raise UserError(refusals.too_many(self.title, "ligne", MAX_ELEMENTS))
        entry.record.setdefault(sheet.field, []).append(element)
        entry.elements.setdefault(sheet.field, []).append(place)


def _problem(sheet: str, row: int, column: str, value: str, told: tuple[str, str]) -> Problem:
    """Note a problem, its value cut to what a table shows."""
    return Problem(sheet, row, column, value[:LONGEST_SHOWN], *told)


def _plain(text: str) -> tuple[str, tuple[str, str] | None]:
    """
    Take the marks off a cell, and the apostrophe that our files put before a formula.

    Returns
    -------
    value, told
        The text; what is wrong with it, None when nothing is.
    """
    if text.startswith(BROKEN):
        return text.removeprefix(BROKEN), wording.CELL_ERROR
    if text.startswith(FORMULA):
        return text.removeprefix(FORMULA), wording.FORMULA
    armed = text.removeprefix("'")
    value = armed if armed.lstrip().startswith(FORMULA_STARTS) else text
    return value, wording.FORMULA if value.lstrip().startswith("=") else None


def _revision(entry: Entry, title: str, text: str) -> int:
    """Read the revision a row was made from."""
    if text.isascii() and text.isdigit() and len(text) <= len("999999999"):
        return int(text)
    entry.problems.append(_problem(entry.sheet, entry.row, title, text, wording.BAD_REVISION))
    return 0


def bare(heading: str) -> str:
    """Take the mark of what must be filled away from a heading."""
    return heading.removesuffix("*").strip()


# YAML


def _read_yaml(title: str, content: bytes) -> Reading:
    """Read the form of the curated partnerships; a record is found again by its line."""
    records = parse_apart(title, "yaml", content)
    if not records:
        raise UserError(wording.no_row(title))
    if len(records) > MAX_ROWS:
        raise UserError(refusals.too_many(title, "partenariat", MAX_ROWS))
    entries = [
        # What is not a mapping is kept as an empty one, which the rules refuse.
        Entry(record if isinstance(record, dict) else {}, PARTNERSHIPS.title, line)
        for record, line in records
    ]
    return Reading(title, "yaml", tuple(entries))
