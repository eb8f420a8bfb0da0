"""The panel of a person's zoning: a file, what it matches, then a model like any other."""

import hashlib
from dataclasses import replace

import streamlit as st

from geo.atlas.columns import OUTSIDE_PREFIX
from geo.catchment import words as catchment_words
from geo.catchment.layers import people
from geo.catchment.runs import IMPORTED, Basin, BasinView
from geo.catchment.zoning import MatchReport, match_zoning, read_zoning
from geo.errors import GhtError
from geo.faults import format_values
from geo.formats import format_count, format_number
from geo.ui.bassins import view as bassins_view
from geo.ui.shared import cache
from geo.ui.shared.html import Figure, escape_markdown, figures_html, note_html, section_html

MEGABYTES = 5


def show_zoning(found: Basin) -> None:  # noqa: ARG001  one signature for every panel
    """Show the upload, the report, and the button that uses the file."""
    st.html(section_html(catchment_words.ZONING, note_html(catchment_words.ZONING_INTRO)))
    # Of any type: of one that is not read, Streamlit says so in a bubble, and the report in words.
    file = st.file_uploader(
        catchment_words.ZONING_FILE, key="zonage_fichier", max_upload_size=MEGABYTES
    )
    if file is not None:
        report = _report(file.name, file.getvalue())
        if isinstance(report, str):
            st.error(escape_markdown(report))
        else:
            _show_report(report)
    if bassins_view.zoning() is not None:
        st.success(catchment_words.ZONING_USED)
        st.button(catchment_words.ZONING_DROP, on_click=_drop, key="zonage_retirer")


# What is refused is kept like what is read: the page runs again at every click.
@cache.kept(max_entries=16)
def _report(name: str, content: bytes) -> MatchReport | str:
    """Read a file and match it against the atlas; a sentence when it is refused."""
    atlas = cache.atlas()
    codes = {*atlas.ghts.ght_code, *atlas.territories.area_code}
    areas = {code for code in codes if code in set(atlas.ghts.ght_code) or _is_outside(code)}
    try:
        return match_zoning(read_zoning(name, content), atlas.communes, areas)
    except GhtError as error:
        return str(error)


def _is_outside(code: str) -> bool:
    """Tell whether an area is outside any GHT."""
    return code.startswith(OUTSIDE_PREFIX)


def _show_report(report: MatchReport) -> None:
    """Show what a file matches, then offer to use it."""
    figures = []
    for name, (label, fate) in catchment_words.REPORT.items():
        codes: tuple[str, ...] = getattr(report, name)
        listed = f" : {format_values(codes)}" if codes and name != "matched" else ""
        note = f"{fate}{listed}" if codes else ""
        figures.append(Figure(label, format_number(len(codes)), note))
    rows = format_count(report.row_count, "ligne")
    note = catchment_words.import_note(rows, people(report.population))
    st.html(section_html(catchment_words.REPORT_TITLE, figures_html(figures) + note_html(note)))
    st.button(
        catchment_words.ZONING_USE, on_click=_use, args=(report,), key="zonage_utiliser",
        type="primary", disabled=not report.matched,
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
