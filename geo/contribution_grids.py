"""Untrusted spreadsheets as grids of texts: bounded, nothing in them is run or computed."""

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from geo import wording_contributions as wording
from geo.contribution_columns import ELEMENTS, PARTNERSHIPS, folded
from geo.errors import UserError

MAX_ROWS: Final = 2_000
MAX_ELEMENTS: Final = 10_000
MAX_LINES: Final = 20_000
MAX_COLUMNS: Final = 100
MAX_SHEETS: Final = 20
MAX_CHARACTERS: Final = 20_000_000  # a workbook repeats a long text at no cost
MAX_UNPACKED: Final = 50_000_000
MAX_RATIO: Final = 100
LONGEST_CELL: Final = 32_767
LONGEST_TITLE: Final = 60
# Marks what the file says is a formula or an error: no cell of a file holds a NUL.
FORMULA: Final = "\0formule "
BROKEN: Final = "\0erreur "


@dataclass(frozen=True)
class Grid:
    """
    A sheet as it was read.

    Attributes
    ----------
    title, header
        As written.
    rows
        Row number -> cells, the empty rows left out.
    """

    title: str
    header: tuple[str, ...]
    rows: Mapping[int, tuple[str, ...]] = field(repr=False)


def _decoded(title: str, content: bytes) -> str:
    """Read UTF-8, or the Windows encoding of French spreadsheets; refuse the rest."""
    if b"\0" not in content:
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise UserError(wording.unreadable_text(title))


def csv_grid(title: str, content: bytes) -> Grid:
    """
    Read a CSV; the separator is read from the first line that is not empty.

    Parameters
    ----------
    title
        What to call the file in messages.
    content
        Untrusted; UTF-8 or the Windows encoding.

    Returns
    -------
    grid
        As it was read.

    Raises
    ------
    UserError
        If it is unreadable or too large.
    """
    text = _decoded(title, content)
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return _grid(title, PARTNERSHIPS.title, reader, MAX_ROWS)
    except csv.Error:
        raise UserError(wording.unreadable_csv(title, reader.line_num)) from None


def xlsx_grids(title: str, content: bytes) -> tuple[list[Grid], list[str]]:
    """
    Read the sheets of a workbook, formulas as marks.

    Parameters
    ----------
    title, content
        See `csv_grid`.

    Returns
    -------
    grids, others
        The sheet of partnerships (the first sheet when none has its name) then those of elements;
        the names of the sheets that are not read.

    Raises
    ------
    UserError
        If it is unreadable or too large, packed or not.
    """
    from openpyxl import load_workbook  # noqa: PLC0415  half a second that other files spare

    _check_archive(title, content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        if len(book.worksheets) > MAX_SHEETS:
            raise UserError(wording.too_many(title, "feuille", MAX_SHEETS))
        read, others = _chosen(book.worksheets)
        grids: list[Grid] = []
        for sheet in read:
            rows = sheet.iter_rows(max_col=MAX_COLUMNS + 1)
            texts = ([_marked(cell) for cell in row] for row in rows)
            most = MAX_ELEMENTS if grids else MAX_ROWS
            grids.append(_grid(title, sheet.title[:LONGEST_TITLE], texts, most))
    except UserError:
        raise
    except Exception as error:
        raise UserError(wording.unreadable_workbook(title)) from error
    return grids, others


def _check_archive(title: str, content: bytes) -> None:
    """Refuse what is not a workbook, and what would fill the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        raise UserError(wording.not_a_workbook(title)) from None
    if unpacked > min(MAX_UNPACKED, MAX_RATIO * len(content)):
        raise UserError(wording.bomb(title))


def _chosen(sheets: Sequence[Any]) -> tuple[list[Any], list[str]]:
    """Choose the sheets to read, the partnerships first; name those that the template lacks."""
    skipped = {folded(name) for name in (wording.LISTS_SHEET, wording.GUIDE_SHEET)}
    named = {folded(sheet.title): sheet for sheet in reversed(sheets)}
    filled = [sheet for sheet in sheets if folded(sheet.title) not in skipped]
    main = named.get(folded(PARTNERSHIPS.title)) or next(iter(filled), None)
    elements = [named[folded(s.title)] for s in ELEMENTS if folded(s.title) in named]
    read = [sheet for sheet in [main] if sheet is not None]
    read += [sheet for sheet in elements if sheet is not main]
    return read, [sheet.title[:LONGEST_TITLE] for sheet in filled if sheet not in read]


def _marked(cell: Any) -> str:  # noqa: ANN401 - a cell of openpyxl
    """Write a cell as a text, marked when it is a formula or an error."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in {"f", "e"}:
        return f"{FORMULA if cell.data_type == 'f' else BROKEN}{value}"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _grid(title: str, sheet: str, rows: Iterable[Sequence[str]], most: int) -> Grid:
    """Keep the rows that hold something, with their numbers, up to the limits."""
    header: tuple[str, ...] = ()
    kept: dict[int, tuple[str, ...]] = {}
    left = MAX_CHARACTERS
    for number, row in enumerate(rows, start=1):
        cells = tuple(cell.strip() for cell in row)
        if number > MAX_LINES:
            raise UserError(wording.too_low(title, MAX_LINES))
        if not any(cells):
            continue
        left -= sum(map(len, cells))
        _check_row(title, number, cells, left)
        if header:
            kept[number] = cells
        else:
            header = _trimmed(cells)
        if len(kept) > most:
            raise UserError(wording.too_many(title, "ligne", most))
    return Grid(sheet, header, kept)


def _check_row(title: str, number: int, cells: Sequence[str], left: int) -> None:
    """Refuse a row that is too wide or too long, and a sheet that repeats long texts."""
    if any(cells[MAX_COLUMNS:]):
        raise UserError(wording.too_many(title, "colonne", MAX_COLUMNS))
    if max(map(len, cells)) > LONGEST_CELL:
        raise UserError(wording.long_cell(title, number, LONGEST_CELL))
    if left < 0:
        raise UserError(wording.bomb(title))


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """Drop the empty cells of the end."""
    last = max(place for place, text in enumerate(cells) if text)
    return tuple(cells[: last + 1])
