"""The panel of a person's zoning: a file, what it matches, then a model like any other."""

import hashlib
from dataclasses import replace

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.catchment import words as catchment_words
from geo.catchment.layers import people
from geo.catchment.runs import IMPORTED, Basin, BasinView
from geo.catchment.zoning import (
    FIELDS,
    MatchReport,
    Places,
    match_zoning,
    places_of_atlas,
    read_zoning,
)
from geo.errors import GhtError
from geo.faults import format_values
from geo.files.csv import to_csv
from geo.formats import format_count, format_number
from geo.ui.bassins import view as bassins_view
from geo.ui.bassins import words
from geo.ui.shared import cache
from geo.ui.shared.html import (
    Figure,
    escape_markdown,
    figures_html,
    note_html,
    section_html,
    table_html,
)

MEGABYTES = 5
MOST_LINES = 20


def show_zoning(found: Basin) -> None:  # noqa: ARG001  one signature for every panel
    """Show the upload, the report, and the button that uses the file."""
    columns = [f"{one.description}. Colonne {one.shown}." for one in FIELDS]
    notes = Markup().join(map(note_html, (words.ZONING_INTRO, *columns)))
    st.html(section_html(words.ZONING, notes))
    # Of any type: of one that is not read, Streamlit says so in a bubble, and the report in words.
    file = st.file_uploader(words.ZONING_FILE, key="zonage_fichier", max_upload_size=MEGABYTES)
    if file is not None:
        report = _report(file.name, file.getvalue())
        if isinstance(report, str):
            st.error(escape_markdown(report))
        else:
            _show_report(report)
    if bassins_view.zoning() is not None:
        st.success(words.ZONING_USED)
        st.button(words.ZONING_DROP, on_click=_drop, key="zonage_retirer")


# What is refused is kept like what is read: the page runs again at every click.
@cache.kept(max_entries=16)
def _report(name: str, content: bytes) -> MatchReport | str:
    """Read a file and match it against the atlas; a sentence when it is refused."""
    try:
        return match_zoning(read_zoning(name, content), _places())
    except GhtError as error:
        return str(error)


@cache.kept()
def _places() -> Places:
    return places_of_atlas(cache.atlas())


def _show_report(report: MatchReport) -> None:
    """Show what a file matches, then offer to use it."""
    figures = []
    for name, (label, fate) in words.REPORT.items():
        codes: tuple[str, ...] = getattr(report, name)
        listed = f" : {format_values(codes)}" if codes and name != "matched" else ""
        note = f"{fate}{listed}" if codes else ""
        figures.append(Figure(label, format_number(len(codes)), note))
    rows = format_count(report.row_count, "ligne")
    note = words.import_note(rows, people(report.population))
    notes = Markup().join(map(note_html, (note, *report.told)))
    st.html(section_html(words.REPORT_TITLE, figures_html(figures) + notes))
    _show_lines(report.lines)
    st.button(
        words.ZONING_USE, on_click=_use, args=(report,), key="zonage_utiliser",
        type="primary", disabled=not report.matched,
    )  # fmt: skip


def _show_lines(lines: pd.DataFrame) -> None:
    """Show what was understood otherwise than to the letter; the file has all of it."""
    if lines.empty:
        return
    title = words.LINES
    shown = table_html(lines.head(MOST_LINES), title, catchment_words.LINE_COLUMNS[1])
    st.html(note_html(title) + shown)
    st.download_button(
        words.LINES_FILE, data=lambda: to_csv(lines), mime="text/csv",
        file_name=cache.file_name_of(words.LINES_FILE_NAME, "csv"), on_click="ignore",
        key="zonage_lignes",
    )  # fmt: skip


def _use(report: MatchReport) -> None:
    """Make the file the model on screen."""
    content = report.table.to_csv(index=False).encode()
    digest = hashlib.sha256(content).hexdigest()[:16]
    st.session_state[bassins_view.ZONING] = (digest, report.table)
    bassins_view.keep(replace(bassins_view.view(), model=IMPORTED))


def _drop() -> None:
    """Forget the file."""
    st.session_state.pop(bassins_view.ZONING, None)
    view = bassins_view.view()
    model = BasinView().model if view.model == IMPORTED else view.model
    bassins_view.keep(replace(view, model=model))
