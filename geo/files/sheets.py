"""Untrusted spreadsheets as grids of texts: bounded, nothing in them is run or computed."""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from geo.errors import RefusedFileError
from geo.files.sheet_survey import MAX_COLUMNS, MAX_LINES, Place, Survey, open_archive, survey_book

MAX_CHARACTERS: Final = 8_000_000  # a workbook repeats a long text at no cost
LONGEST_CELL: Final = 32_767
# Marks what the file says is a formula or an error: no cell of a file holds a NUL.
FORMULA: Final = "\0formule "
BROKEN: Final = "\0erreur "
SAMPLE: Final = 20  # lines
DECLARED: Final = re.compile(r"\s*\"?sep=([^\w\s\"]|\t)\"?\s*?\r?\n")
UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_NO_SURVEY: Final = Survey()


@dataclass(frozen=True)
class Grid:
    """
    A sheet as it was read.

    Attributes
    ----------
    title, header
        As written, without the empty cells of the end; no title for a CSV.
    rows
        Row number, as the spreadsheet numbers it -> cells; the empty rows left out.
    line
        Row number of the header.
    """

    title: str
    header: tuple[str, ...]
    rows: Mapping[int, tuple[str, ...]] = field(repr=False)
    line: int = 1


def grids_of(read: Iterable[Mapping[str, Any]]) -> list[Grid]:
    """Build grids from the answer of `geo.files.parsers`: JSON has neither tuples nor such keys."""
    return [
        Grid(
            sheet["title"],
            tuple(sheet["header"]),
            {int(number): tuple(cells) for number, cells in sheet["rows"].items()},
            sheet["line"],
        )
        for sheet in read
    ]


def parse_csv(content: bytes, separators: str) -> list[Grid]:
    """
    Read a CSV; the separator is the one that most of the first lines hold.

    Parameters
    ----------
    content
        Untrusted; UTF-8, the Windows encoding of French spreadsheets, or their "Texte Unicode".
    separators
        Those that are looked for, the likeliest first.

    Returns
    -------
    grids
        One.

    Raises
    ------
    RefusedFileError
        If it is unreadable or too large.
    """
    text = decoded(content)
    separator, is_declared = separator_of(text, separators)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows = enumerate(reader, start=1)
    try:
        if is_declared:
            next(rows)
        return [_grid("", rows)]
    except csv.Error:
        raise RefusedFileError("broken_csv", reader.line_num) from None


def separator_of(text: str, separators: str) -> tuple[str, bool]:
    """
    Tell the separator of a CSV: titles above the header and decimal commas hold others.

    Returns
    -------
    separator, is_declared
        The one of the first line `sep=;`, which is no row; else the one of most of the first lines.
    """
    declared = DECLARED.match(text)
    if declared:
        return declared[1], True
    lines = list(islice((line for line in io.StringIO(text) if line.strip()), SAMPLE))
    counts = {sign: [line.count(sign) for line in lines] for sign in separators}
    most = max(separators, key=lambda s: (sum(map(bool, counts[s])), max(counts[s], default=0)))
    return most, False


def parse_workbook(content: bytes) -> list[Grid]:
    """
    Read the sheets of a workbook, XLSX or ODS by its content, formulas and errors as marks.

    Parameters
    ----------
    content
        Untrusted.

    Returns
    -------
    grids
        In the order of the workbook.

    Raises
    ------
    RefusedFileError
        If it is unreadable or too large, packed or not.
    """
    from python_calamine import CalamineError, load_workbook  # noqa: PLC0415  the build goes without

    with open_archive(content) as archive:
        surveys = survey_book(archive)
    grids = []
    try:
        book = load_workbook(io.BytesIO(content))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            survey = surveys.get(name, _NO_SURVEY)
            start = sheet.start[1] if sheet.start else 0
            grids.append(_grid(name, _marked(sheet.iter_rows(), start, survey)))
    except (CalamineError, ValueError, OSError) as error:
        raise RefusedFileError("broken_workbook") from error
    return grids


def _marked(
    rows: Iterable[Sequence[Any]], start: int, survey: Survey
) -> Iterator[tuple[int, Sequence[str]]]:
    """Give the rows with their numbers, what is not a plain value marked."""
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), mark in _marks(survey):
        by_row.setdefault(row, {})[column - 1] = mark
    number = 0
    for number, cells in enumerate(rows, start=1):
        texts = [""] * start + [_text(cell) for cell in cells]
        yield number, _with_marks(texts, by_row.get(number, {}))
    for below in sorted(row for row in by_row if row > number):
        yield below, _with_marks([], by_row[below])


def _marks(survey: Survey) -> Iterator[tuple[Place, str]]:
    """List the marked cells, a formula that gives an error as a formula."""
    yield from ((place, BROKEN + text) for place, text in survey.errors.items())
    yield from ((place, FORMULA + text) for place, text in survey.formulas.items())


def _with_marks(cells: list[str], marks: Mapping[int, str]) -> list[str]:
    for place, mark in marks.items():
        cells += [""] * (place + 1 - len(cells))
        cells[place] = mark
    return cells


def _text(value: Any) -> str:  # noqa: ANN401 - any value of a cell
    """Write a cell as the person reads it; spreadsheets turn codes into numbers."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def decoded(content: bytes) -> str:
    """Read UTF-8, or the encodings of French spreadsheets; refuse the rest."""
    is_wide = content.startswith(UTF16_MARKS)
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            if "\0" not in text:
                return text
    raise RefusedFileError("encoding")


def _grid(title: str, rows: Iterable[tuple[int, Sequence[str]]]) -> Grid:
    """Keep the rows that hold something, with their numbers, up to the limits."""
    header: tuple[str, ...] = ()
    line = 1
    kept: dict[int, tuple[str, ...]] = {}
    left = MAX_CHARACTERS
    for number, row in rows:
        cells = _trimmed(row)
        if not cells:
            continue
        left -= sum(map(len, cells))
        _check_row(number, cells, left)
        if header:
            kept[number] = cells
        else:
            header, line = cells, number
    return Grid(title, header, kept, line)


def _trimmed(row: Sequence[str]) -> tuple[str, ...]:
    """Strip the cells and drop the empty ones of the end."""
    cells = [cell.strip() for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _check_row(number: int, cells: Sequence[str], left: int) -> None:
    """Refuse a row that is too far, too wide or too long, and a sheet that repeats long texts."""
    if number > MAX_LINES:
        raise RefusedFileError("lines", MAX_LINES)
    if len(cells) > MAX_COLUMNS:
        raise RefusedFileError("columns", MAX_COLUMNS)
    if max(map(len, cells)) > LONGEST_CELL:
        raise RefusedFileError("long_cell", number, LONGEST_CELL)
    if left < 0:
        raise RefusedFileError("characters", MAX_CHARACTERS // 1_000_000)
