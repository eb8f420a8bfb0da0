"""The panels of the data page: provenance, disagreements, dictionary, files to take away."""

from collections.abc import Mapping
from typing import Final

import pandas as pd
import streamlit as st

from geo import wording
from geo.anomalies import KINDS
from geo.exports import to_csv
from geo.formats import format_count, format_date
from geo.load import TABLES
from geo.schema import TABLES as SCHEMAS
from geo.schema import dictionary
from geo.tables import filter_rows, published_table
from geo.ui import cache
from geo.ui.markup import note_html, section_html, title_html
from geo.ui.panels import name_in, show_rows, source_text

ROW_HEIGHT: Final = 35


def _french(table: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Keep the columns named, under their French names."""
    return table.reindex(columns=list(names)).rename(columns=dict(names))


def show_title() -> None:
    """Show what the page is about and which data it describes."""
    manifest = cache.atlas().manifest
    st.html(title_html(wording.PAGE_DATA, wording.DATA_INTRO))
    version = wording.data_version(cache.atlas().version, format_date(manifest.build_date))
    st.html(note_html(version))


def show_sources() -> None:
    """Show every raw file with its producer, vintage, licence and digest."""
    st.html(section_html(wording.DATA_SOURCES))
    table = _french(pd.DataFrame(list(cache.atlas().manifest.sources)), wording.SOURCE_COLUMNS)
    height = ROW_HEIGHT * (len(table) + 1) + 3
    show_rows(table, height=height, link=wording.SOURCE_COLUMNS["url"])


def show_published() -> None:
    """Show the modelled figures beside the published ones."""
    table = published_table(cache.areas())
    st.html(section_html(wording.DATA_PUBLISHED, note_html(wording.DATA_PUBLISHED_NOTE)))
    show_rows(table, link=wording.PUBLISHED_COLUMNS["published_source"])


def show_reconciliations() -> None:
    """Show, step by step, how the members listed become the members published."""
    st.html(section_html(wording.DATA_RECONCILIATIONS, note_html(wording.DATA_RECONCILIATION_NOTE)))
    steps = cache.atlas().reconciliations
    names = cache.atlas().ghts.set_index("ght_code").ght_name
    codes = steps.ght_code.drop_duplicates().tolist()
    chosen = st.selectbox(
        "GHT", codes, format_func=lambda code: f"{names.get(code, code)} ({code})",
        key="rapprochement",
    )  # fmt: skip
    rows = steps[steps.ght_code == chosen].assign(ght_name=steps.ght_code.map(names))
    show_rows(_french(rows, wording.RECONCILIATION_COLUMNS))


def show_anomalies() -> None:
    """Show what the sources get wrong or contradict, with a filter and a file."""
    anomalies = cache.atlas().anomalies
    st.html(section_html(wording.DATA_ANOMALIES))
    left, right = st.columns([1, 2])
    present = [kind for kind in KINDS if (anomalies.kind == kind).any()]
    kind = left.selectbox(
        wording.DATA_ANOMALY_KIND, present, format_func=name_in(KINDS), index=None,
        placeholder=wording.DATA_ALL, key="anomalie",
    )  # fmt: skip
    text = right.text_input(wording.DATA_FILTER, key="filtre")
    rows = filter_rows(anomalies if kind is None else anomalies[anomalies.kind == kind], text)
    if rows.empty:
        st.info(wording.DATA_NO_ANOMALY)
        return
    table = _french(rows.assign(kind=rows.kind.map(KINDS)), wording.ANOMALY_COLUMNS)
    show_rows(table, height=360)
    st.caption(format_count(len(rows), "anomalie"))
    st.download_button(
        wording.DATA_DOWNLOAD, data=lambda: to_csv(table, source_text()), mime="text/csv",
        file_name="anomalies.csv", on_click="ignore", key="anomalies_csv",
    )  # fmt: skip


def show_dictionary() -> None:
    """Show one table: what its columns mean, and the file to take away."""
    st.html(section_html(wording.DATA_DICTIONARY))
    name = st.selectbox(
        wording.DATA_TABLE, list(TABLES), key="table",
        format_func=lambda table: f"{table} – {SCHEMAS[table].description}",
    )  # fmt: skip
    words = dictionary()
    words = words[words.table == name].assign(
        is_nullable=lambda rows: rows.is_nullable.map({True: "oui", False: "non"}),
    )
    show_rows(_french(words, wording.DICTIONARY_COLUMNS))
    rows: pd.DataFrame = getattr(cache.atlas(), name)
    st.caption(format_count(len(rows), "ligne"))
    st.download_button(
        wording.DATA_DOWNLOAD, data=lambda: to_csv(rows, source_text()), mime="text/csv",
        file_name=f"{name}.csv", on_click="ignore", key="table_csv",
    )  # fmt: skip


def show_licences() -> None:
    """Show what may be done with the data."""
    st.html(section_html(wording.DATA_LICENCES))
    st.markdown(wording.DATA_LICENCE_TEXT)
