"""The panel that sets the models against published figures: models, cloud, every figure."""

from typing import Final

import streamlit as st

from geo.catchment.runs import Basin
from geo.catchment.scenario import Scenario
from geo.catchment.tables import far_sentences, in_french, named_comparison, named_summary
from geo.catchment.validation import summarise
from geo.drawing.palette import INK, PAPER
from geo.formats import UNKNOWN, format_number
from geo.territories.interval import BASE_PERCENT, LEVEL_PERCENT, QUANTILE, WEAK_PERCENT
from geo.ui.bassins import cache as bassins_cache
from geo.ui.bassins import view as bassins_view
from geo.ui.bassins import words, words_files
from geo.ui.bassins.files import show_table_files
from geo.ui.bassins.scene import model_text
from geo.ui.shared import cache
from geo.ui.shared.controls import show_rows
from geo.ui.shared.html import note_html, section_html
from geo.ui.shared.templates import EMPTY

SIDES: Final = (3, 2)


def show_check(found: Basin) -> None:
    """Show the models judged, the run on screen beside published figures, then every figure."""
    if bassins_view.invents():
        st.html(section_html(words.CHECK))
        st.info(words.NO_CHECK)
        return
    comparison = bassins_cache.survey(Scenario()).comparison
    st.html(section_html(words.CHECK, note_html(words.CHECK_SCOPE)))
    summary = in_french(named_summary(summarise(comparison)), words.SUMMARY_COLUMNS)
    show_rows(summary)
    st.caption(words.CHECK_NOTE)
    show_table_files("ecarts", words_files.MODEL_SUMMARY, lambda: summary)
    _show_cloud(found)
    atlas = cache.atlas()
    sentences = far_sentences(atlas, found)
    head = words.FAR if sentences else words.FAR_NONE
    st.html(section_html(head, EMPTY.join(map(note_html, sentences))))
    rows = named_comparison(comparison, atlas.ghts.set_index("ght_code").ght_name)
    table = in_french(rows, words.COMPARISON_COLUMNS)
    st.html(section_html(words.EVERY_FIGURE, note_html(words.CHECK_SCOPE)))
    show_rows(table, height=360, empty=UNKNOWN)
    show_table_files("publies", words_files.PUBLISHED_MODELS, lambda: table)
    show_coverage()


def show_coverage() -> None:
    """Say how intervals are made, and how many published populations they hold."""
    found = bassins_cache.coverage_found()
    method = words.COVERAGE_NOTE.format(
        quantile=format_number(QUANTILE, 2), base=format_number(BASE_PERCENT),
        weak=format_number(WEAK_PERCENT),
        runs=format_number(cache.atlas().area_spread.run_count.max()),
    )  # fmt: skip
    result = words.COVERAGE_NONE
    if found is not None:
        result = words.COVERAGE_FOUND.format(
            count=found.figure_count, held=found.held_count, left_out=found.left_out_count,
            level=LEVEL_PERCENT, base=format_number(BASE_PERCENT),
            percent=format_number(found.left_out_percent), low=format_number(found.low_percent),
            high=format_number(found.high_percent),
        )  # fmt: skip
    st.html(section_html(words.COVERAGE, EMPTY.join(map(note_html, (method, result)))))


def _show_cloud(found: Basin) -> None:
    """Show the cloud of the run on screen, its table beside."""
    request, label = bassins_view.request(), model_text()
    rows = bassins_cache.judged(request, found, label)
    st.html(section_html(words.CLOUD, note_html(words.cloud_note(label))))
    if rows.empty:
        st.info(words.CLOUD_NONE)
        return
    drawing, beside = st.columns(SIDES)
    ink = PAPER if st.context.theme.type == "dark" else INK
    with drawing:
        st.vega_lite_chart(spec=bassins_cache.cloud(request, rows, ink), alt=words.CLOUD_HELP)
    table = in_french(rows, words.CLOUD_COLUMNS)
    with beside:
        show_rows(table, height=420, empty=UNKNOWN)
    st.caption(words.CHECK_YEARS)
    show_table_files("nuage", words_files.CLOUD, lambda: table)
