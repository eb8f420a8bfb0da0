"""The panels of the data page: provenance, disagreements, dictionary, files to take away."""

import os
from collections.abc import Callable
from typing import Final

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo import wording
from geo.atlas import words as atlas_words
from geo.atlas.changes import PREVIOUS_VARIABLE, Changes, shown_changes
from geo.atlas.load import TABLES
from geo.catchment.models import MODELS
from geo.errors import GhtError
from geo.establishments import words as words_of
from geo.files.extract import Notes
from geo.formats import format_count, format_date
from geo.territories.anomalies import ANOMALY_KINDS
from geo.ui.donnees import cache as donnees_cache
from geo.ui.donnees import view as donnees_view
from geo.ui.donnees import words
from geo.ui.donnees.cache import french
from geo.ui.shared import cache
from geo.ui.shared.controls import TABLE_HEIGHT, name_in, show_rows
from geo.ui.shared.downloads import Content, show_exports
from geo.ui.shared.html import (
    escape_markdown,
    index_html,
    note_html,
    section_html,
    table_html,
    title_html,
)
from geo.ui.shared.templates import EMPTY

ROW_HEIGHT: Final = 35
MODEL: Final = "model"  # the parameter that names the others


def show_title() -> None:
    """Show what the page is about and which data it describes."""
    manifest = cache.atlas().manifest
    st.html(title_html(wording.PAGE_DATA, words.DATA_INTRO))
    version = wording.data_version(cache.atlas().version, format_date(manifest.build_date))
    st.html(note_html(version))


def show_contents() -> None:
    """Show the links to the sections, beside them."""
    st.html(index_html(words.CONTENTS, words.SECTIONS))


def _section(key: str, note: Markup = EMPTY) -> None:
    """Show the title of a section, where its link leads."""
    st.html(section_html(words.SECTIONS[key], note, key))


def _show_files(
    key: str, title: str, read: Callable[[], pd.DataFrame], filters: Notes = ()
) -> None:
    """Show the files of a table: exactly the rows on screen."""
    show_exports(key, Content(title, wording.WHOLE_COUNTRY, read, filters))


def show_sources() -> None:
    """Show every raw file with its producer, vintage, licence and digest."""
    _section("sources")
    table = french(pd.DataFrame(list(cache.atlas().manifest.sources)), wording.SOURCE_COLUMNS)
    height = ROW_HEIGHT * (len(table) + 1) + 3
    show_rows(table, height=height, link=wording.SOURCE_COLUMNS["url"])
    _show_files("sources", words.DATA_SOURCES, lambda: table)


def show_published() -> None:
    """Show the modelled figures beside the published ones."""
    table = donnees_cache.published()
    _section("publies", note_html(words.DATA_PUBLISHED_NOTE))
    show_rows(table, link=wording.PUBLISHED_COLUMNS["published_source"])
    _show_files("publies", words.DATA_PUBLISHED, lambda: table)
    _show_all_published()


def _show_all_published() -> None:
    """Show every published figure with what it describes, on demand."""
    count = len(cache.atlas().published)
    if st.toggle(words.all_published(count), key="donnees_publies"):
        st.html(note_html(words.ALL_PUBLISHED_NOTE))
        every = donnees_cache.all_published()
        show_rows(every, height=TABLE_HEIGHT, link=str(every.columns[-1]))
        _show_files("tous_publies", words.ALL_PUBLISHED, lambda: every)


def show_lists() -> None:
    """Show the two lists of members, how they are known, and what changed between them."""
    vintages, found = cache.vintages(), donnees_cache.list_changes()
    _section("listes", note_html(vintages.fill(words.LISTS_NOTE)))
    table = french(donnees_cache.lists(), words.LISTS_COLUMNS)
    st.html(table_html(table, words.LISTS_TITLE, words.LISTS_COLUMNS["vintage"]))
    line = atlas_words.lists_line(found.old, found.new)
    if st.toggle(words.list_changes(found.count), key="donnees_listes"):
        _show_change_tables(found, line)
    _show_files("listes", line, lambda: shown_changes(found.table()))


def _show_change_tables(found: Changes, line: str) -> None:
    """Show what changed, subject by subject."""
    st.html(note_html(line))
    for name, title in words.CHANGES_SECTIONS.items():
        table = shown_changes(getattr(found, name))
        if not table.empty:
            caption = f"{title} : {format_count(len(table), 'changement')}"
            st.html(note_html(caption) + table_html(table, caption))


def show_reconciliations() -> None:
    """Show, step by step, how the members listed become the members published."""
    _section("compositions", note_html(words.DATA_RECONCILIATION_NOTE))
    names, codes = cache.choices().areas, donnees_cache.allowed("composition")
    choice = donnees_view.bound("composition")
    st.session_state[choice["key"]] = donnees_view.view().composition or codes[0]
    chosen = st.selectbox(
        "GHT",
        codes,
        filter_mode="contains",
        format_func=lambda code: f"{names.get(code, code)} ({code})",
        **choice,
    )
    table = french(donnees_cache.steps(chosen), words.RECONCILIATION_COLUMNS)
    show_rows(table)
    named = ((words.ANOMALY_GHT, f"{names.get(chosen, chosen)} ({chosen})"),)
    _show_files("compositions", words.DATA_RECONCILIATIONS, lambda: table, named)


def show_collectivities() -> None:
    """Show the overseas collectivities, which no sum of the atlas holds."""
    note = note_html(words.DATA_COLLECTIVITIES_NOTE)
    _section("collectivites", note)
    table = french(cache.atlas().collectivities, words.COLLECTIVITY_COLUMNS)
    st.html(
        table_html(
            table, words.DATA_COLLECTIVITIES, words.COLLECTIVITY_COLUMNS["collectivity_name"]
        )
    )
    _show_files("collectivites", words.DATA_COLLECTIVITIES, lambda: table)


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
        for label, unit in [words.PARAMETERS.get(name, (name, ""))]
    ]
    _section("parametres", note_html(words.PARAMETERS_NOTE))
    table = french(pd.DataFrame(rows), words.PARAMETER_COLUMNS)
    st.html(table_html(table, words.PARAMETERS_TITLE, words.PARAMETER_COLUMNS["label"]))
    _show_files("parametres", words.PARAMETERS_TITLE, lambda: table)


def show_changes() -> None:
    """Show what changed since the version that the server was told to compare with."""
    _section("changements")
    folder = os.environ.get(PREVIOUS_VARIABLE)
    if not folder:
        st.info(escape_markdown(words.CHANGES_NONE))
        return
    try:
        found = donnees_cache.changes(folder)
    except GhtError as error:
        st.warning(escape_markdown(words.changes_error(str(error))))
        return
    line = atlas_words.changes_line(found.old, found.new)
    if not found.count:
        st.html(note_html(line))
        st.info(atlas_words.CHANGES_SAME)
        return
    _show_change_tables(found, line)
    versions = ((words.CHANGES_TITLE, line),)
    _show_files("changements", words.CHANGES_TITLE, lambda: shown_changes(found.table()), versions)


def _show_anomaly_filters() -> None:
    """Show the filters of the anomalies."""
    names = cache.choices().areas
    kind, ght, source, text = st.columns([1.2, 1.2, 1, 1.6])
    kind.selectbox(
        words.DATA_ANOMALY_KIND, donnees_cache.allowed("kind"), filter_mode="contains",
        format_func=name_in(ANOMALY_KINDS),
        index=None, placeholder=words.DATA_ALL, **donnees_view.bound("kind"),
    )  # fmt: skip
    ght.selectbox(
        words.ANOMALY_GHT, donnees_cache.allowed("ght"), index=None,
        filter_mode="contains",
        format_func=lambda code: f"{names.get(code, code)} ({code})",
        placeholder=words_of.ALL_MALE, **donnees_view.bound("ght"),
    )  # fmt: skip
    source.selectbox(
        words.ANOMALY_SOURCE, donnees_cache.allowed("source"), index=None,
        placeholder=words.DATA_ALL, **donnees_view.bound("source"),
    )  # fmt: skip
    text.text_input(words.DATA_FILTER, **donnees_view.bound("text"))


def _anomaly_filters(chosen: donnees_view.View) -> Notes:
    """Say in French which filters of the anomalies are in force."""
    named = (
        (words.DATA_ANOMALY_KIND, dict(ANOMALY_KINDS).get(chosen.kind or "", chosen.kind)),
        (words.ANOMALY_GHT, chosen.ght),
        (words.ANOMALY_SOURCE, chosen.source),
        (words.DATA_FILTER, chosen.text),
    )
    return tuple((label, value) for label, value in named if value)


def show_anomalies() -> None:
    """Show what the sources get wrong or contradict, with filters, counts and a file."""
    _section("anomalies")
    _show_anomaly_filters()
    chosen = donnees_view.view()
    table, counts = donnees_cache.anomalies(chosen.kind, chosen.ght, chosen.source, chosen.text)
    if table.empty:
        st.info(words.DATA_NO_ANOMALY)
        return
    left, right = st.columns([2.6, 1])
    with left:
        show_rows(table, height=TABLE_HEIGHT)
    right.html(counts)
    st.caption(format_count(len(table), "anomalie"))
    _show_files("anomalies", words.DATA_ANOMALIES, lambda: table, _anomaly_filters(chosen))


def show_dictionary() -> None:
    """Show one table: what its columns mean, and the file to take away."""
    _section("dictionnaire")
    name = st.selectbox(
        words.DATA_TABLE, list(TABLES), **donnees_view.bound("table"),
        filter_mode="contains",
        format_func=lambda table: f"{table} – {donnees_cache.titles()[table]}",
    )  # fmt: skip
    show_rows(french(donnees_cache.meanings(name), words.DICTIONARY_COLUMNS))
    rows: pd.DataFrame = getattr(cache.atlas(), name)
    st.caption(format_count(len(rows), "ligne"))
    _show_files("table", f"{words.DATA_TABLE} {name}", lambda: rows)


def show_licences() -> None:
    """Show what may be done with the data."""
    _section("licences")
    st.markdown(words.DATA_LICENCE_TEXT.format(model=wording.MODEL_RULE))
