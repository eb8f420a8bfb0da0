"""Files people take away: CSV that French spreadsheets open as it is, and safely."""

import pandas as pd

BOM = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutralise(value: object) -> object:
    """
    Disarm a text that a spreadsheet would run as a formula.

    Returns
    -------
    value
        The text behind an apostrophe if it starts like a formula; anything else unchanged.
    """
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.lstrip(" \u00a0\u202f").startswith(FORMULA_STARTS) else value


def safe(table: pd.DataFrame) -> pd.DataFrame:
    """Disarm every text of a table, and the names of its columns."""
    texts = table.select_dtypes(include=["object", "str", "category"]).columns
    disarmed = table.assign(**{name: table[name].astype(object).map(neutralise) for name in texts})
    disarmed.columns = [str(neutralise(str(name))) for name in disarmed.columns]
    return disarmed


def to_csv(table: pd.DataFrame, source: str) -> bytes:
    """
    Write a table for a spreadsheet set in French.

    Parameters
    ----------
    table
        Columns are written as they are named; the index is left out.
    source
        Provenance, written as the last line.

    Returns
    -------
    content
        UTF-8 with a byte-order mark, semicolons, decimal commas; unknown values are empty cells.
    """
    body = safe(table).to_csv(index=False, sep=";", decimal=",", lineterminator="\r\n")
    line = str(neutralise(" ".join(source.split()))).replace('"', '""')
    return f'{BOM}{body}\r\n"{line}"\r\n'.encode()
