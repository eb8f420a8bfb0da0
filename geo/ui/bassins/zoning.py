"""The panel of a person's zoning: what it matches, then a model like any other, and its tables."""

import hashlib
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.catchment import words as catchment_words
from geo.catchment.crossing import crossing, cut_table, sites_inside, zone_figures
from geo.catchment.files import model_label
from geo.catchment.layers import people
from geo.catchment.runs import IMPORTED, Basin, BasinView, request_of
from geo.catchment.zoning import Zoning
from geo.catchment.zoning_match import (
    FREE,
    MEANINGS,
    MatchReport,
    completed,
    match_zoning,
)
from geo.errors import GhtError
from geo.faults import format_values
from geo.files.csv import to_csv
from geo.formats import UNKNOWN, format_count, format_number
from geo.ui.bassins import view as bassins_view
from geo.ui.bassins import words_zoning as words
from geo.ui.bassins.files import show_table_files
from geo.ui.bassins.zoning_origins import Given, ask_zoning, places
from geo.ui.shared import cache
from geo.ui.shared.controls import name_in, show_rows
from geo.ui.shared.html import (
    Figure,
    escape_markdown,
    figures_html,
    note_html,
    section_html,
    table_html,
)

MOST_LINES = 20
ABOUT = "bassins_zonage_licence"


def show_zoning(found: Basin) -> None:
    """Show where a zoning may come from, the report, the button that uses it, what it gives."""
    st.html(section_html(words.TITLE, note_html(words.INTRO)))
    given = ask_zoning()
    if isinstance(given.zoning, str):
        st.error(escape_markdown(given.zoning))
    elif given.zoning is not None:
        _show_given(given, given.zoning)
    if bassins_view.zoning() is not None:
        st.success(words.USED)
        st.button(words.DROP, on_click=_drop, key="zonage_retirer")
        if bassins_view.view().model == IMPORTED:
            _show_tables(found)


@cache.kept(max_entries=16, hash_funcs={Zoning: lambda zoning: _digest(zoning.table)})
def _report(zoning: Zoning, meaning: str) -> MatchReport | str:
    """Match a zoning against the atlas; a sentence when it is refused."""
    try:
        return match_zoning(zoning, places(), meaning)
    except GhtError as error:
        return str(error)


def _digest(table: pd.DataFrame) -> str:
    return hashlib.sha256(table.to_csv().encode(errors="replace")).hexdigest()[:32]


def _show_given(given: Given, zoning: Zoning) -> None:
    """Show what a zoning matches, then offer to use it."""
    report = _report(zoning, "" if given.is_file else FREE)
    if given.is_file and not isinstance(report, str):
        report = _report(zoning, _ask_meaning(report, _digest(zoning.table)))
    if isinstance(report, str):
        st.error(escape_markdown(report))
        return
    _show_report(replace(report, told=zoning.told))
    _show_cut(zoning.cut)
    is_completed = _ask_rest(report)
    st.button(
        words.USE, on_click=_use, args=(report, is_completed, given.is_shared_alike),
        key="zonage_utiliser", type="primary", disabled=not report.matched,
    )  # fmt: skip


def _ask_meaning(report: MatchReport, digest: str) -> str:
    """Ask whether names are those of GHTs; what is likelier is chosen."""
    chosen = st.radio(
        words.MEANING, MEANINGS, index=MEANINGS.index(report.meaning), horizontal=True,
        format_func=name_in(words.MEANINGS), key=f"zonage_sens_{digest}",
    )  # fmt: skip
    return chosen or report.meaning


def _base() -> BasinView:
    """Say which model completes a zoning: the one on screen."""
    view = bassins_view.view()
    return replace(view, model=BasinView().model) if view.model == IMPORTED else view


def _ask_rest(report: MatchReport) -> bool:
    """Ask what becomes of the communes that are left out."""
    if not (report.missing and report.matched):
        return False
    names = {False: words.REST_PARTIAL, True: words.rest_completed(model_label(_base().model))}
    return bool(
        st.radio(words.REST, list(names), format_func=lambda key: names[key], horizontal=True,
                 key="zonage_reste")
    )  # fmt: skip


def _show_report(report: MatchReport) -> None:
    """Show the fate of each row."""
    figures = []
    for name, (label, fate) in words.REPORT.items():
        codes: tuple[str, ...] = getattr(report, name)
        listed = f" : {format_values(codes)}" if codes and name != "matched" else ""
        note = f"{fate}{listed}" if codes else ""
        figures.append(Figure(label, format_number(len(codes)), note))
    rows = format_count(report.row_count, "ligne")
    note = words.import_note(rows, people(report.population))
    count = words.zone_count(report.table.area_code.nunique())
    notes = Markup().join(map(note_html, (note, count, *report.told)))
    st.html(section_html(words.REPORT_TITLE, figures_html(figures) + notes))
    if not report.lines.empty:
        columns = catchment_words.LINE_COLUMNS
        _show_list(words.LINES, report.lines, columns[1], words.LINES_FILE, "zonage_lignes")


def _show_cut(cut: pd.Series) -> None:
    """List the communes that a border cuts."""
    if not cut.empty:
        table = cut_table(cache.atlas(), cut)
        _show_list(words.CUT, table, str(table.columns[0]), words.CUT, "zonage_coupees")


def _show_list(title: str, lines: pd.DataFrame, head: str, label: str, key: str) -> None:
    """Show the first lines of a list; the file has all of it."""
    st.html(note_html(title) + table_html(lines.head(MOST_LINES), title, head))
    st.download_button(
        label, data=lambda: to_csv(lines), mime="text/csv", on_click="ignore", key=key,
        file_name=cache.file_name_of(words.LIST_NAMES[key], "csv"), icon=":material/download:",
    )  # fmt: skip


def _use(report: MatchReport, is_completed: bool, is_shared_alike: bool) -> None:
    """Make the zoning the model on screen."""
    table = report.table
    if is_completed:
        base = bassins_view.run(request_of(_base()))
        table = completed(table, base.communes)
    st.session_state[bassins_view.ZONING] = (_digest(table)[:16], table)
    st.session_state[ABOUT] = is_shared_alike
    bassins_view.pick(None)
    bassins_view.keep(replace(bassins_view.view(), model=IMPORTED))


def _drop() -> None:
    """Forget the zoning."""
    bassins_view.pick(None)
    st.session_state.pop(bassins_view.ZONING, None)
    bassins_view.keep(_base())


def _show_tables(found: Basin) -> None:
    """Show the figures of the zones, what they share with the GHTs, and their hospitals."""
    atlas = cache.atlas()
    tables = {
        words.FIGURES: ("zones", partial(zone_figures, found), ""),
        words.CROSSING: ("croisement", partial(crossing, atlas, found), words.CROSSING_NOTE),
        words.SITES: ("sites_zones", partial(sites_inside, atlas, found), ""),
    }
    for title, (key, read, note) in tables.items():
        st.html(section_html(title, note_html(note) if note else Markup()))
        show_rows(read(), height=300, empty=UNKNOWN)
        is_shared = st.session_state.get(ABOUT)
        name = words.OPEN_LICENCE.format(title=title) if is_shared else title
        show_table_files(key, name, read)
