"""Files people take away: CSV that French spreadsheets open as it is, and safely; file names."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from geo.errors import UserError
from geo.formats import plain_text
from geo.wording import NO, YES

BOM = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
DECIMAL_MARKS: Final = {";": ",", ",": "."}
LONGEST_WORD: Final = 60
PORTRAIT: Final = "portrait"


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


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """Write counts without decimals and flags as words: what floats and booleans hide."""
    told = table.copy()
    for name in table.select_dtypes(include=["bool", "boolean"]):
        told[name] = table[name].astype(object).map({True: YES, False: NO})
    for name in table.select_dtypes(include=["float"]):
        known = table[name].dropna()
        if len(known) and np.isfinite(known).all() and (known == known.round()).all():
            told[name] = table[name].astype("Float64").astype("Int64")
    return told


def to_csv(table: pd.DataFrame, separator: str = ";") -> bytes:
    """
    Write a table for a spreadsheet set in French, or for a program: its rows and nothing else.

    Parameters
    ----------
    table
        Columns are written as they are named; the index is left out.
    separator
        ";" (with decimal commas) or "," (with decimal points).

    Returns
    -------
    content
        UTF-8 with a byte-order mark; unknown values are empty cells.

    Raises
    ------
    UserError
        If the separator is another.
    """
    if separator not in DECIMAL_MARKS:
        raise UserError(f"Séparateur « {separator} » refusé. Écrivez « ; » ou « , ».")
    mark = DECIMAL_MARKS[separator]
    told = safe(plain(table))
    body = told.to_csv(index=False, sep=separator, decimal=mark, lineterminator="\r\n")
    return f"{BOM}{body}".encode()


def slug(text: str) -> str:
    """
    Reduce a text to what every file system takes.

    Returns
    -------
    slug
        ASCII letters, digits and hyphens, for instance "aube-et-sezannais"; never empty.
    """
    return plain_text(text).replace(" ", "-")[:LONGEST_WORD].strip("-") or "sans-nom"


def file_name(words: Sequence[str], date: str, version: str, extension: str) -> str:
    """
    Name a file after what it holds: the one rule of every page and command.

    Parameters
    ----------
    words
        View, place, and anything else that tells two files apart: "Territoires", "Bretagne".
    date
        ISO date of the data; the day is left out.
    version
        Of the data.
    extension
        Without its dot.

    Returns
    -------
    name
        For instance "territoires_bretagne_2026-11_v0123456789ab.xlsx".
    """
    return "_".join([*map(slug, words), slug(date[:7]), f"v{slug(version)}"]) + f".{extension}"


def profile_name(area_code: str, area_name: str, date: str, version: str) -> str:
    """Name the PDF of a portrait: it holds the version of the data, so that it is kept or not."""
    return file_name((PORTRAIT, area_name, area_code), date, version, "pdf")
