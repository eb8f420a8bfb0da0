"""Long CSV of few columns, as texts by column: bounded, more rows than a sheet may have."""

import csv
import io
from typing import Any, Final

from geo.errors import RefusedFileError
from geo.files.sheets import decoded, separator_of

MAX_ROWS: Final = 500_000
MAX_COLUMNS: Final = 20
MAX_CHARACTERS: Final = 24_000_000
LONGEST_CELL: Final = 100


def parse_columns(content: bytes, separators: str) -> dict[str, Any]:
    """
    Read a CSV by column.

    Parameters
    ----------
    content
        Untrusted; in the encodings of `geo.files.sheets.decoded`.
    separators
        Those that are looked for, the likeliest first.

    Returns
    -------
    read
        `header`, and `columns`: a list of texts for each heading.

    Raises
    ------
    RefusedFileError
        If it is unreadable or too large.
    """
    text = decoded(content)
    if len(text) > MAX_CHARACTERS:
        raise RefusedFileError("characters", MAX_CHARACTERS // 1_000_000)
    separator, is_declared = separator_of(text, separators)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        if is_declared:
            next(reader)
        header = [cell.strip() for cell in next(reader, [])]
        if len(header) > MAX_COLUMNS:
            raise RefusedFileError("columns", MAX_COLUMNS)
        rows = []
        for row in reader:
            if any(row):
                rows.append((row + [""] * len(header))[: len(header)])
            if len(rows) > MAX_ROWS:
                raise RefusedFileError("lines", MAX_ROWS)
    except csv.Error:
        raise RefusedFileError("broken_csv", reader.line_num) from None
    columns = [[cell[:LONGEST_CELL] for cell in column] for column in zip(*rows, strict=True)]
    return {"header": header, "columns": columns or [[] for _ in header]}
