"""Tables as a French analyst opens them: headings and values in French, plain numbers."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pandas as pd
from pandas.api.types import is_float_dtype

from geo.atlas.fields import BETWEEN_CODES
from geo.atlas.load import Atlas
from geo.atlas.schema import TABLES
from geo.files import words_headings as words
from geo.files.extract import Extract
from geo.territories.activity import INDICATORS, heading_of
from geo.territories.people import COVERAGE

# The table of the bundle that holds the columns of a content, when it is of another name
OF_SCHEMA: Final[Mapping[str, str]] = {"parties": "partnership_parties", "links": ""}
DECIMALS: Final[Mapping[str, int]] = {"lon": 6, "lat": 6, "margin": 3}
SQUARE_KILOMETRES: Final = "area_km2"
REGION_CODE: Final = "reg_code"
_DATED: Final = re.compile(r"(?P<stem>.+)_(?P<year>\d{4})")


def heading(atlas: Atlas, what: str, column: str) -> str:
    """
    Head a column in French.

    Parameters
    ----------
    atlas
        The bundled tables, for the years that headings tell.
    what
        Key of `geo.files.words.WHAT`.
    column
        Technical name.

    Returns
    -------
    heading
        The technical name itself when nothing is known of it.
    """
    known = words.HEADINGS[what]
    if column in known:
        return known[column]
    dated = _DATED.fullmatch(column)
    if dated and dated["stem"] in words.DATED:
        return words.DATED[dated["stem"]].format(year=dated["year"])
    if column.endswith(COVERAGE):
        return words.COVERAGE.format(label=INDICATORS[column.removesuffix(COVERAGE)].label)
    if column in INDICATORS:
        return heading_of(atlas, INDICATORS[column])
    schema = TABLES.get(OF_SCHEMA.get(what, what))
    titled = schema.columns[column].title if schema and column in schema.columns else None
    return titled or column


def _labels(what: str, column: str) -> Mapping[str, str]:
    """Find the French labels of the values of a column; none for free texts."""
    if column in words.VALUES[what]:
        return words.VALUES[what][column]
    schema = TABLES.get(OF_SCHEMA.get(what, what))
    spec = schema.columns.get(column) if schema else None
    labels: Mapping[str, str] = ((spec.metadata or {}) if spec else {}).get("labels", {})
    return labels


def _told(values: pd.Series, labels: Mapping[str, str]) -> pd.Series:
    """Write labels in the place of codes, alone or in a list."""
    joined = f"{BETWEEN_CODES} "

    def tell(cell: object) -> str:
        return joined.join(labels.get(code, code) for code in str(cell).split(BETWEEN_CODES))

    return values.astype(object).map(tell, na_action="ignore").astype("str")


def _digits(what: str, column: str) -> int:
    """Digits after the comma of a column: those of its indicator."""
    if column == SQUARE_KILOMETRES and what != "territories":
        return 2
    if column in INDICATORS and not INDICATORS[column].is_time:
        return INDICATORS[column].decimals
    return DECIMALS.get(column.rsplit("_", maxsplit=1)[-1], 1)


def french_table(atlas: Atlas, what: str, table: pd.DataFrame) -> pd.DataFrame:
    """
    Write a bundled table in French, the name of a region beside its code.

    Parameters
    ----------
    atlas
        The bundled tables.
    what
        Key of `geo.files.words.WHAT`.
    table
        Columns under their technical names.

    Returns
    -------
    told
        The same rows in the same order; French headings and values, figures rounded as they are
        shown.
    """
    left_out = words.LEFT_OUT.get(what, frozenset())
    names = atlas.regions.set_index(REGION_CODE).reg_name
    columns: dict[str, pd.Series] = {}
    for name in map(str, table.columns):
        if name in left_out:
            continue
        values, labels = table[name], _labels(what, name)
        if labels:
            values = _told(values, labels)
        elif is_float_dtype(values.dtype):
            values = values.round(_digits(what, name))
        columns[heading(atlas, what, name)] = values
        if name == REGION_CODE and "region_name" not in table:
            columns[words.REGION] = values.map(names)
    return pd.DataFrame(columns, index=table.index)


def in_french(atlas: Atlas, extract: Extract) -> Extract:
    """
    Write an extract of bundled tables as CSV and workbooks have it.

    Parameters
    ----------
    atlas
        The bundled tables.
    extract
        Rows under technical names, or a table of a page, whose headings are French already.

    Returns
    -------
    extract
        Its tables in French; its dictionary leads from each heading to the technical name.
    """
    others = {
        what: french_table(atlas, what, table) if what in words.HEADINGS else table
        for what, table in extract.others.items()
    }
    if extract.what not in words.HEADINGS:
        return replace(extract, others=others)
    meanings = extract.meanings.copy()
    meanings.insert(0, "heading", [heading(atlas, extract.what, c) for c in meanings.column])
    meanings.columns = pd.Index(words.TECHNICAL_COLUMNS)
    told = french_table(atlas, extract.what, extract.table)
    return replace(extract, table=told, meanings=meanings, others=others)
