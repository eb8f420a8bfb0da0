"""The panel of a person's travel times: what a file holds, its doubts, then the models with it."""

import hashlib
from typing import Final

import pandas as pd
import streamlit as st

from geo.catchment.analysis import with_times
from geo.catchment.matrix_file import Matrix, read_matrix_apart, with_communes_of_today
from geo.catchment.runs import Basin
from geo.catchment.travel_times import MatrixReport
from geo.errors import GhtError
from geo.faults import format_values
from geo.formats import format_number
from geo.ui.bassins import cache as bassins_cache
from geo.ui.bassins import view as bassins_view
from geo.ui.bassins import words_times as words
from geo.ui.shared import cache
from geo.ui.shared.html import Figure, escape_markdown, figures_html, note_html, section_html

READ: Final = "bassins_temps_lus"
MEGABYTES: Final = 20
Read = tuple[Matrix, MatrixReport]


def show_times(found: Basin) -> None:  # noqa: ARG001  one signature for every panel
    """Show the upload, the report, and the button that uses the times."""
    st.html(section_html(words.TITLE, note_html(words.INTRO)))
    file = st.file_uploader(words.FILE, key="temps_fichier", max_upload_size=MEGABYTES)
    if file is None:
        st.session_state.pop(READ, None)
    else:
        read = _read(str(file.file_id), file.name, file.getvalue())
        if isinstance(read, str):
            st.error(escape_markdown(read))
        else:
            _show_report(*read)
    if bassins_view.times() is not None:
        st.success(words.USED)
        st.button(words.DROP, on_click=_drop, key="temps_retirer")


def _read(file_id: str, name: str, content: bytes) -> Read | str:
    """Read a file once, for this session alone."""
    held: tuple[str, Read | str] | None = st.session_state.get(READ)
    if held is None or held[0] != file_id:
        held = (file_id, _matched(name, content))
        st.session_state[READ] = held
    return held[1]


def _matched(name: str, content: bytes) -> Read | str:
    """Read the pairs and match them; a sentence when they are refused."""
    try:
        matrix = with_communes_of_today(read_matrix_apart(name, content), cache.atlas())
    except GhtError as error:
        return str(error)
    small = matrix.table.astype({"origin": "category", "destination": "category"})
    return Matrix(small, matrix.told), with_times(bassins_cache.world(), matrix.table)[1]


def _show_report(matrix: Matrix, report: MatrixReport) -> None:
    """Show what matched and what is doubtful, then offer to use it."""
    for told in matrix.told:
        st.warning(escape_markdown(told))
    figures = [
        Figure(words.PAIRS, format_number(len(matrix.table))),
        _listed(words.ORIGINS, report.unknown_origins, words.OUTSIDE),
        _listed(words.DESTINATIONS, report.unknown_destinations, words.OUTSIDE),
        _listed(words.ESTIMATED, report.estimated_communes, words.KEPT),
    ]
    st.html(section_html(words.REPORT, figures_html(figures)))
    st.button(
        words.USE, on_click=_use, args=(matrix.table,), key="temps_utiliser", type="primary",
        disabled=len(report.estimated_communes) == len(cache.atlas().communes),
    )  # fmt: skip


def _listed(label: str, codes: tuple[str, ...], fate: str) -> Figure:
    """Count codes, and show the first."""
    note = f"{fate} : {format_values(codes)}" if codes else ""
    return Figure(label, format_number(len(codes)), note)


def _use(table: pd.DataFrame) -> None:
    """Make these the times of the models on screen."""
    digest = hashlib.sha256(table.to_csv(index=False).encode(errors="replace")).hexdigest()[:32]
    st.session_state[bassins_view.TIMES] = (digest, table)


def _drop() -> None:
    """Forget the times."""
    st.session_state.pop(bassins_view.TIMES, None)
