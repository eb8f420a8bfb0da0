"""Workbooks: typed columns, a header that stays in sight, and where the figures come from."""

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import xlsxwriter
from pandas.api.types import is_bool_dtype, is_float_dtype, is_integer_dtype

from geo.errors import UserError
from geo.files import words as files_words
from geo.files.csv import neutralise, safe
from geo.files.extract import Extract
from geo.formats import is_unknown

MOST_ROWS: Final = 1_048_575
LONGEST_CELL: Final = 32_767
LONGEST_TITLE: Final = 31
NARROWEST, WIDEST = 8, 60
SAMPLE: Final = 300
HEADER: Final[Mapping[str, Any]] = {
    "bold": True, "font_color": "#ffffff", "bg_color": "#1c2530", "text_wrap": True,
    "valign": "vcenter", "border": 1, "border_color": "#8a939b",
}  # fmt: skip
FORMATS: Final[Mapping[str, Mapping[str, Any]]] = {
    "header": HEADER,
    "whole": {"num_format": "# ##0"},
    "decimal": {"num_format": "# ##0.00"},
    "year": {"num_format": "0"},
    "text": {"num_format": "@"},
    "wrapped": {"text_wrap": True, "valign": "top", "num_format": "@"},
    "label": {"bold": True, "valign": "top", "num_format": "@"},
}
YEAR_WORDS: Final = ("year", "année")


def _style(values: pd.Series, name: str) -> str:
    """Choose the number format of a column."""
    if is_bool_dtype(values.dtype):
        return "text"
    if is_integer_dtype(values.dtype):
        is_year = any(word in name.lower() for word in YEAR_WORDS)
        return "year" if is_year else "whole"
    return "decimal" if is_float_dtype(values.dtype) else "text"


def _width(values: pd.Series, name: str) -> int:
    """Choose the width of a column from its name and first cells, characters."""
    longest = values.head(SAMPLE).dropna().astype(str).str.len().max()
    cells = 0 if is_unknown(longest) else int(longest)
    words = max((len(word) for word in name.split()), default=0)
    return min(max(cells, words, NARROWEST) + 2, WIDEST)


def _plain(value: object) -> object:
    """Give a cell as the writer takes it; an unknown value is None."""
    if is_unknown(value):
        return None
    item = getattr(value, "item", None)
    bare = item() if callable(item) else value
    return bare[:LONGEST_CELL] if isinstance(bare, str) else bare


def _write_cell(sheet: Any, row: int, column: int, value: object, style: Any) -> None:  # noqa: ANN401
    """Write a cell by its type: a text is never a number, a formula or a link."""
    if value is None or value in (float("inf"), float("-inf")):
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, str(value)[:LONGEST_CELL], style)


def _write_table(book: Any, title: str, table: pd.DataFrame, styles: Mapping[str, Any]) -> None:  # noqa: ANN401
    """Write a table on a sheet of its own: header, filter, frozen first row, widths, types."""
    sheet = book.add_worksheet(title)
    for place, name in enumerate(table.columns):
        values = table.iloc[:, place]
        style = styles[_style(values, str(name))]
        sheet.set_column(place, place, _width(values, str(name)))
        _write_cell(sheet, 0, place, str(name), styles["header"])
        for row, value in enumerate(values.astype(object), start=1):
            _write_cell(sheet, row, place, _plain(value), style)
    sheet.freeze_panes(1, 1)
    sheet.set_row(0, 32)
    if len(table.columns):
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)


def _write_notes(book: Any, extract: Extract, styles: Mapping[str, Any]) -> None:  # noqa: ANN401
    """Write what the file holds, then its sources."""
    sheet = book.add_worksheet(files_words.NOTES_SHEET)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 4, 46)
    for column, name in enumerate(files_words.NOTE_COLUMNS):
        sheet.write_string(0, column, name, styles["header"])
    for row, (label, text) in enumerate(extract.notes, start=1):
        sheet.write_string(row, 0, label, styles["label"])
        sheet.write_string(row, 1, str(neutralise(text)), styles["wrapped"])
    start = len(extract.notes) + 2
    sources = safe(extract.sources)
    for column, name in enumerate(sources.columns):
        sheet.write_string(start, column, str(name), styles["header"])
        for row, value in enumerate(sources[name].astype(object), start=start + 1):
            _write_cell(sheet, row, column, _plain(value), styles["wrapped"])


def to_xlsx(extract: Extract, build_date: str) -> bytes:
    """
    Write a workbook: the rows, what goes with them, the meaning of columns, sources, parameters.

    Parameters
    ----------
    extract
        Rows and provenance. Numbers are written as numbers, codes as texts, unknown values as
        empty cells; no text can run.
    build_date
        ISO date of the data: the workbook says it was made that day, so that the same data gives
        the same bytes.

    Returns
    -------
    content
        The same bytes for the same extract.

    Raises
    ------
    UserError
        If there are more rows than a sheet can hold.
    """
    if len(extract.table) > MOST_ROWS:
        raise UserError(files_words.TOO_MANY_ROWS.format(rows=len(extract.table), most=MOST_ROWS))
    buffer = io.BytesIO()
    inert = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **inert}) as book:
        made = dt.datetime.fromisoformat(build_date[:10]).replace(tzinfo=dt.UTC)
        book.set_properties({"title": extract.name, "author": "Atlas GHT", "created": made})
        styles = {name: book.add_format(dict(spec)) for name, spec in FORMATS.items()}
        for what, table in {extract.what: extract.table, **extract.others}.items():
            title = files_words.WHAT.get(what, what)[:LONGEST_TITLE]
            _write_table(book, title, safe(table), styles)
        if not extract.meanings.empty:
            _write_table(book, files_words.DICTIONARY_SHEET, extract.meanings, styles)
        _write_notes(book, extract, styles)
    return buffer.getvalue()
