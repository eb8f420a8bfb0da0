"""The views of the partnerships, each with its table, and the files to take away."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.atlas.vocabulary import FORM_FAMILY
from geo.files.csv import to_csv
from geo.formats import format_count, format_date
from geo.partnerships import words as partnerships_words
from geo.partnerships import words_tables as partnerships_words_tables
from geo.partnerships.charts import matrix_height, timeline_height
from geo.partnerships.tables import as_json
from geo.partnerships.timeline import FIRST_SHOWN_YEAR
from geo.ui.partenariats import cache as partenariats_cache
from geo.ui.partenariats import charts as partenariats_charts
from geo.ui.partenariats import files as partenariats_files
from geo.ui.partenariats import map as partenariats_map
from geo.ui.partenariats import view as partenariats_view
from geo.ui.partenariats import words
from geo.ui.partenariats.scene import place_of
from geo.ui.partenariats.sheet import show_side
from geo.ui.shared import cache, view
from geo.ui.shared.controls import show_rows
from geo.ui.shared.html import escape_markdown, note_html, section_html
from geo.ui.shared.partnership_html import (
    event_keys,
    family_keys,
    keys_html,
    sector_keys,
    status_keys,
)

NETWORK_HEIGHT: Final = 620
GRID_HEIGHT: Final = 420
MOST_GHTS: Final = 6
IDENTIFIER: Final = partnerships_words_tables.COLUMNS["partnership_id"]


def show_view() -> None:
    """Show the view chosen beside the figures and the sheet; its table under it."""
    left, right = st.columns([2.3, 1])
    with left:
        if partenariats_cache.shown(partenariats_view.filters()).table.empty:
            _show_empty()
        shows: Mapping[str, Callable[[], None]] = {
            "carte": _show_map, "frise": _show_timeline, "tableau": _show_list,
            "reseau": _show_network, "matrice": _show_matrix,
        }  # fmt: skip
        shows[partenariats_view.view().look]()
    with right:
        show_side()


def _show_empty() -> None:
    """Say that nothing passes the filters, and that it proves nothing."""
    filters = partenariats_view.filters()
    only_ght = filters.ght is not None and vars(filters) == vars(type(filters)()) | {
        "ght": filters.ght,
        "region": filters.region,
    }
    if only_ght:
        name = partenariats_cache.ght_names()[str(filters.ght)]
        st.info(escape_markdown(words.empty_ght(name)))
    else:
        st.info(words.EMPTY)


def _show_map() -> None:
    partenariats_map.show_map()
    partenariats_map.show_legend()
    _show_list()


def _show_list() -> None:
    """Show one row per partnership."""
    shown = partenariats_cache.shown(partenariats_view.filters())
    _show_table(shown.table, shown.table_html, partenariats_view.view().look)


def _show_table(table: pd.DataFrame, html: str, look: str) -> None:
    """Show a table, or the grid that sorts it, searches it and opens its rows."""
    if table.empty:
        return
    st.html(section_html(words.TABLE[look]))
    if not st.toggle(words.GRID, key="partenariats_grille", help=words.GRID_HELP):
        st.html(html)
    elif IDENTIFIER in table:
        _show_grid(table)
    else:
        show_rows(table, height=GRID_HEIGHT)


def _show_grid(table: pd.DataFrame) -> None:
    """Show a grid whose rows open a sheet."""
    key = f"partenariats_lignes_{len(table)}"

    def on_select() -> None:
        rows = st.session_state[key].selection.rows
        if rows and rows[0] < len(table):
            partenariats_view.open_sheet(str(table[IDENTIFIER].iloc[rows[0]]))

    st.dataframe(
        table, hide_index=True, height=GRID_HEIGHT, key=key, on_select=on_select,
        selection_mode="single-row", placeholder="–",
    )  # fmt: skip


def _show_chart(drawn: Mapping[str, Any], height: int, alt: str) -> None:
    """Show a chart kept as what the browser draws."""
    st.vega_lite_chart(spec=drawn["spec"], height=height, alt=alt)


def _heads() -> pd.DataFrame:
    return partenariats_cache.shown(partenariats_view.filters()).collection.partnerships


def _show_timeline() -> None:
    """Show what passes the filters in time."""
    filters = partenariats_view.filters()
    drawn = partenariats_charts.timeline_of(filters)
    heads = _heads()
    dated = heads[heads.start_date.notna()]
    if dated.empty:
        if not heads.empty:
            st.info(words.NO_TIMELINE)
        return
    alt = words.TIMELINE_ALT.format(year=FIRST_SHOWN_YEAR)
    _show_chart(drawn, timeline_height(len(dated)), alt)
    keys = [
        family_keys(dated.form.map(FORM_FAMILY)), status_keys(dated.status),
        event_keys(drawn["precisions"]),
    ]  # fmt: skip
    st.html(keys_html(keys) + note_html(words.TIMELINE_LEGEND))
    _show_table(drawn["table"], drawn["html"], "frise")


def _show_network() -> None:
    """Show the network of the GHT chosen, or the GHTs that have one."""
    ght = partenariats_view.ght()
    if ght is None:
        _show_ghts()
        return
    if _heads().empty:
        return
    drawn = partenariats_charts.network_of(partenariats_view.filters(), ght)
    _show_chart(drawn, NETWORK_HEIGHT, words.NETWORK_ALT)
    keys = [
        family_keys(drawn["families"]), status_keys(drawn["statuses"]),
        sector_keys(drawn["sectors"]),
    ]  # fmt: skip
    st.html(keys_html(keys))
    _show_table(drawn["table"], drawn["html"], "reseau")


def _show_ghts() -> None:
    """Offer the GHTs of which most is collected."""
    shown = partenariats_cache.shown(partenariats_view.filters())
    ranked = shown.counts[shown.counts > 0].sort_values(ascending=False, kind="stable")
    if ranked.empty:
        return
    st.info(words.CHOOSE_GHT)
    names = partenariats_cache.ght_names()
    for code, count in ranked.head(MOST_GHTS).items():
        st.button(
            escape_markdown(words.ght_choice(names[str(code)], str(code), int(count))),
            key=f"reseau_{code}", on_click=view.pick_area, args=(code,),
        )  # fmt: skip


def _show_matrix() -> None:
    """Show how many partnerships each form has in each domain."""
    if _heads().empty:
        return
    drawn = partenariats_charts.matrix_of(partenariats_view.filters())
    _show_chart(drawn, matrix_height(len(drawn["table"])), words.MATRIX_ALT)
    st.html(note_html(words.MATRIX_NOTE))
    _show_table(drawn["table"], drawn["html"], "matrice")


def show_contributions() -> None:
    """Offer to bring partnerships; what that needs is loaded by those who want it."""
    if not st.toggle(words.CONTRIBUTE, key="partenariats_apporter"):
        return
    from geo.ui.contributions import panels as contributions_panels  # noqa: PLC0415  spreadsheets: half a second to load

    contributions_panels.show_contributions()


def csv_file(table: Callable[[], pd.DataFrame]) -> bytes:
    """Write a file, once it is asked for."""
    return to_csv(table())


def _source_text() -> str:
    """Provenance of what is on screen."""
    tables, manifest = partenariats_cache.collection(), cache.atlas().manifest
    count = len(partenariats_cache.distinct_sources(tables))
    return words.source_line(
        format_count(count, "source publique", "sources publiques"),
        cache.vintages().line,
        cache.atlas().version,
        format_date(manifest.build_date),
    )


def show_downloads() -> None:
    """Offer what passes the filters as files, exactly."""
    filters = partenariats_view.filters()
    kept = partenariats_cache.shown(filters).collection
    named, file_name_of = (partnerships_words.PAGE, place_of(filters)), cache.file_name_of
    if kept.partnerships.empty:
        return
    with st.popover(words.DOWNLOAD, icon=":material/download:"):
        for sheet, table in partenariats_charts.sheets(filters).items():
            st.download_button(
                words.DOWNLOAD_CSV.format(sheet=sheet), mime="text/csv",
                data=partial(csv_file, table),
                file_name=file_name_of((*named, sheet), "csv"), on_click="ignore",
                key=f"fichier_{sheet}",
            )  # fmt: skip
        st.download_button(
            words.DOWNLOAD_JSON, data=lambda: as_json(kept), mime="application/json",
            file_name=file_name_of(named, "json"), on_click="ignore", key="fichier_json",
        )  # fmt: skip
    look = partenariats_view.view().look
    partenariats_files.show_files(words.FILE_LOOKS[look], _table_on_screen(), _source_text())
    st.caption(escape_markdown(_source_text()))


def _table_on_screen() -> pd.DataFrame | None:
    """Return the table of the view on screen; None for a network without a GHT."""
    filters, look = partenariats_view.filters(), partenariats_view.view().look
    ght = partenariats_view.ght()
    charts: Mapping[str, Callable[[], Mapping[str, Any]]] = {
        "frise": partial(partenariats_charts.timeline_of, filters),
        "matrice": partial(partenariats_charts.matrix_of, filters),
    }
    if look == "reseau":
        return partenariats_charts.network_of(filters, ght)["table"] if ght else None
    if look in charts:
        table: pd.DataFrame = charts[look]()["table"]
        return table
    return partenariats_cache.shown(filters).table
