"""The panels of the data page: provenance, disagreements, dictionary, files to take away."""

import os
from collections.abc import Callable
from typing import Final

import pandas as pd
import streamlit as st

from geo import wording
from geo import wording_etablissements as words_of
from geo.anomalies import KINDS
from geo.data_changes import PREVIOUS_VARIABLE, shown_changes
from geo.errors import GhtError
from geo.extracts import Notes
from geo.formats import format_count, format_date
from geo.load import TABLES
from geo.models import MODELS
from geo.schema import TABLES as SCHEMAS
from geo.ui import cache, data_cache, data_state
from geo.ui.data_cache import french
from geo.ui.exports_panel import Content, show_exports
from geo.ui.markup import escape_markdown, note_html, section_html, table_html, title_html
from geo.ui.panels import TABLE_HEIGHT, name_in, show_rows

ROW_HEIGHT: Final = 35
MODEL: Final = "model"  # the parameter that names the others


def show_title() -> None:
    """Show what the page is about and which data it describes."""
    manifest = cache.atlas().manifest
    st.html(title_html(wording.PAGE_DATA, wording.DATA_INTRO))
    version = wording.data_version(cache.atlas().version, format_date(manifest.build_date))
    st.html(note_html(version))


def _show_files(
    key: str, title: str, read: Callable[[], pd.DataFrame], filters: Notes = ()
) -> None:
    """Show the files of a table: exactly the rows on screen."""
    show_exports(key, Content(title, wording.WHOLE_COUNTRY, read, filters))


def show_sources() -> None:
    """Show every raw file with its producer, vintage, licence and digest."""
    st.html(section_html(wording.DATA_SOURCES))
    table = french(pd.DataFrame(list(cache.atlas().manifest.sources)), wording.SOURCE_COLUMNS)
    height = ROW_HEIGHT * (len(table) + 1) + 3
    show_rows(table, height=height, link=wording.SOURCE_COLUMNS["url"])
    _show_files("sources", wording.DATA_SOURCES, lambda: table)


def show_published() -> None:
    """Show the modelled figures beside the published ones."""
    table = data_cache.published()
    st.html(section_html(wording.DATA_PUBLISHED, note_html(wording.DATA_PUBLISHED_NOTE)))
    show_rows(table, link=wording.PUBLISHED_COLUMNS["published_source"])
    _show_files("publies", wording.DATA_PUBLISHED, lambda: table)


def show_reconciliations() -> None:
    """Show, step by step, how the members listed become the members published."""
    st.html(section_html(wording.DATA_RECONCILIATIONS, note_html(wording.DATA_RECONCILIATION_NOTE)))
    names, codes = cache.choices().areas, data_cache.allowed("composition")
    choice = data_state.bound("composition")
    st.session_state[choice["key"]] = data_state.view().composition or codes[0]
    chosen = st.selectbox(
        "GHT", codes, format_func=lambda code: f"{names.get(code, code)} ({code})", **choice
    )
    table = french(data_cache.steps(chosen), wording.RECONCILIATION_COLUMNS)
    show_rows(table)
    named = ((words_of.ANOMALY_GHT, f"{names.get(chosen, chosen)} ({chosen})"),)
    _show_files("compositions", wording.DATA_RECONCILIATIONS, lambda: table, named)


def _model_first(item: tuple[str, object]) -> tuple[bool, str]:
    """Sort the model before its parameters."""
    return item[0] != MODEL, item[0]


def _parameter_text(name: str, value: object) -> str:
    """Write the value of a parameter the French way."""
    if name == MODEL:
        return MODELS[str(value)].label if value in MODELS else str(value)
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def show_parameters() -> None:
    """Show the model in force and the values of its parameters."""
    rows = [
        {"label": label, "value": _parameter_text(name, value), "unit": unit, "name": name}
        for name, value in sorted(cache.atlas().manifest.parameters.items(), key=_model_first)
        for label, unit in [words_of.PARAMETERS.get(name, (name, ""))]
    ]
    st.html(section_html(words_of.PARAMETERS_TITLE, note_html(words_of.PARAMETERS_NOTE)))
    table = french(pd.DataFrame(rows), words_of.PARAMETER_COLUMNS)
    st.html(table_html(table, words_of.PARAMETERS_TITLE, words_of.PARAMETER_COLUMNS["label"]))
    _show_files("parametres", words_of.PARAMETERS_TITLE, lambda: table)


def show_changes() -> None:
    """Show what changed since the version that the server was told to compare with."""
    st.html(section_html(words_of.CHANGES_TITLE))
    folder = os.environ.get(PREVIOUS_VARIABLE)
    if not folder:
        st.info(escape_markdown(words_of.CHANGES_NONE))
        return
    try:
        found = data_cache.changes(folder)
    except GhtError as error:
        st.warning(escape_markdown(words_of.changes_error(str(error))))
        return
    st.html(note_html(words_of.changes_line(found.old, found.new)))
    if not found.count:
        st.info(words_of.CHANGES_SAME)
        return
    for name, title in words_of.CHANGES_SECTIONS.items():
        table = shown_changes(getattr(found, name))
        if not table.empty:
            caption = f"{title} : {format_count(len(table), 'changement')}"
            st.html(note_html(caption) + table_html(table, caption))
    versions = ((words_of.CHANGES_TITLE, words_of.changes_line(found.old, found.new)),)
    _show_files(
        "changements", words_of.CHANGES_TITLE, lambda: shown_changes(found.table()), versions
    )


def _show_anomaly_filters() -> None:
    """Show the filters of the anomalies."""
    names = cache.choices().areas
    kind, ght, source, text = st.columns([1.2, 1.2, 1, 1.6])
    kind.selectbox(
        wording.DATA_ANOMALY_KIND, data_cache.allowed("kind"), format_func=name_in(KINDS),
        index=None, placeholder=wording.DATA_ALL, **data_state.bound("kind"),
    )  # fmt: skip
    ght.selectbox(
        words_of.ANOMALY_GHT, data_cache.allowed("ght"), index=None,
        format_func=lambda code: f"{names.get(code, code)} ({code})",
        placeholder=words_of.ALL_MALE, **data_state.bound("ght"),
    )  # fmt: skip
    source.selectbox(
        words_of.ANOMALY_SOURCE, data_cache.allowed("source"), index=None,
        placeholder=wording.DATA_ALL, **data_state.bound("source"),
    )  # fmt: skip
    text.text_input(wording.DATA_FILTER, **data_state.bound("text"))


def _anomaly_filters(chosen: data_state.View) -> Notes:
    """Say in French which filters of the anomalies are in force."""
    named = (
        (wording.DATA_ANOMALY_KIND, dict(KINDS).get(chosen.kind or "", chosen.kind)),
        (words_of.ANOMALY_GHT, chosen.ght),
        (words_of.ANOMALY_SOURCE, chosen.source),
        (wording.DATA_FILTER, chosen.text),
    )
    return tuple((label, value) for label, value in named if value)


def show_anomalies() -> None:
    """Show what the sources get wrong or contradict, with filters, counts and a file."""
    st.html(section_html(wording.DATA_ANOMALIES))
    _show_anomaly_filters()
    chosen = data_state.view()
    table, counts = data_cache.anomalies(chosen.kind, chosen.ght, chosen.source, chosen.text)
    if table.empty:
        st.info(wording.DATA_NO_ANOMALY)
        return
    left, right = st.columns([2.6, 1])
    with left:
        show_rows(table, height=TABLE_HEIGHT)
    right.html(counts)
    st.caption(format_count(len(table), "anomalie"))
    _show_files("anomalies", wording.DATA_ANOMALIES, lambda: table, _anomaly_filters(chosen))


def show_dictionary() -> None:
    """Show one table: what its columns mean, and the file to take away."""
    st.html(section_html(wording.DATA_DICTIONARY))
    name = st.selectbox(
        wording.DATA_TABLE, list(TABLES), **data_state.bound("table"),
        format_func=lambda table: f"{table} – {SCHEMAS[table].description}",
    )  # fmt: skip
    show_rows(french(data_cache.meanings(name), wording.DICTIONARY_COLUMNS))
    rows: pd.DataFrame = getattr(cache.atlas(), name)
    st.caption(format_count(len(rows), "ligne"))
    _show_files("table", f"{wording.DATA_TABLE} {name}", lambda: rows)


def show_licences() -> None:
    """Show what may be done with the data."""
    st.html(section_html(wording.DATA_LICENCES))
    st.markdown(wording.DATA_LICENCE_TEXT)
