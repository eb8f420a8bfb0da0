"""Controls, tables and sources that several pages show."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from geo import wording
from geo.atlas.provenance import page_sentence
from geo.drawing.palette import MARKS, SUPPORTS
from geo.formats import format_date
from geo.territories.tables import NOTHING
from geo.ui.shared import cache, view
from geo.ui.shared.html import marks_html, note_html

TABLE_HEIGHT: Final = 420
SITE_MARKS: Final = {
    "supports": SUPPORTS,
    "generaux": (*SUPPORTS, "chr_chu", "ch", "hopital_local"),
}


def name_in(names: Mapping[str, str]) -> Callable[[Any], str]:
    """Make the function that names the choices of a list."""
    return lambda key: names.get(key, str(key))


def show_marks() -> None:
    """Show the legend of the establishments drawn, under the map."""
    level = view.selection().sites
    if level != "aucun":
        st.html(marks_html(SITE_MARKS.get(level) or _all_marks()) + note_html(cache.no_star()))


def _all_marks() -> list[str]:
    """List the marks of the hospital sites, support establishments first."""
    sites = cache.atlas().establishments
    groups = set(sites[sites.scope == "hospitalier"].category_group)
    return [key for key in MARKS if key in groups or key in SUPPORTS]


def show_rows(
    table: pd.DataFrame, height: int | None = None, link: str | None = None, empty: str = NOTHING
) -> None:
    """
    Show a table with French numbers and a dash for what is missing.

    Parameters
    ----------
    table
        Columns under their French names.
    height
        Pixels; by its content when None.
    link
        Column of web addresses.
    empty
        What stands for a missing value.
    """
    columns: dict[str, Any] = {}
    for name in table.columns:
        if is_numeric_dtype(table[name]) and not is_bool_dtype(table[name]):
            shape: Any = "%d" if str(name).startswith("Année") else "localized"
            columns[str(name)] = st.column_config.NumberColumn(format=shape)
    if link:
        columns[link] = st.column_config.LinkColumn(display_text=wording.SOURCE_LINK)
    st.dataframe(
        table, hide_index=True, placeholder=empty, column_config=columns,
        height=height or "auto",
    )  # fmt: skip


def source_text() -> str:
    """Provenance of the figures on screen."""
    return page_sentence(cache.atlas())


def version_text() -> str:
    """Model and version of the figures on screen: of when they are, the map says."""
    built = format_date(cache.atlas().manifest.build_date)
    return f"{wording.MODEL_NAME}. {wording.data_version(cache.atlas().version, built)}"


def show_sources() -> None:
    """Show which model and which version of the data the figures come from."""
    st.html(note_html(version_text()))
