"""The indicators that a person brings: for a session, on the map, in a table, in files."""

from dataclasses import replace
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.drawing import palette
from geo.drawing.classes import Classes, class_texts, classify
from geo.drawing.protocol import MapValues, MapView
from geo.drawing.screen_map import measure_texts, paint_values
from geo.errors import GhtError
from geo.files.csv import to_csv
from geo.formats import UNKNOWN, format_count, format_number
from geo.studies.indicator import (
    AS_IS,
    Brought,
    Indicator,
    by_area,
    indicator_table,
    likely,
    read_indicator,
)
from geo.ui.carte import words_own as words
from geo.ui.carte.own_shown import MOST, OWN, SHOWN, shown
from geo.ui.shared import cache, downloads
from geo.ui.shared import view as shared_view
from geo.ui.shared.controls import TABLE_HEIGHT, name_in, show_rows
from geo.ui.shared.html import (
    entries_html,
    escape_markdown,
    note_html,
    scale_html,
    section_html,
    swatch_html,
    table_html,
)

READ: Final = "carte_vos_donnees_lues"
MEGABYTES: Final = 5
MOST_LINES: Final = 20
LONGEST: Final = 80


def _classes(indicator: Indicator) -> tuple[pd.Series, Classes]:
    """Cut the values of the areas, in their order, into classes."""
    areas = cache.areas()
    values = areas.area_code.map(indicator.values).astype("float64")
    return values, classify(values[areas.kind == "ght"], shared_view.selection().method)


def painted(indicator: Indicator, view: MapView) -> MapValues:
    """Give what the map paints, as `geo.drawing.screen_map.paint_values` does."""
    values, classes = _classes(indicator)
    texts = measure_texts(values, lambda value: format_number(value, indicator.decimals))
    seen: MapView = {**view, "legend": class_texts(classes, indicator.decimals)}
    for name in ("circles", "steps"):  # of the indicator of the list
        seen.pop(name, None)  # type: ignore[misc]
    return paint_values(cache.areas(), classes, (indicator.label, indicator.unit), texts, seen)


def show_legend(indicator: Indicator) -> None:
    """Show the classes, the source, and the way back."""
    _, classes = _classes(indicator)
    colors = palette.sequential(classes.count) if classes.count else []
    counts = [format_count(count, *words.AREAS) for count in classes.counts]
    scale = scale_html(colors, class_texts(classes, indicator.decimals), counts)
    unknown = format_count(int(classes.numbers.isna().sum()), *words.AREAS)
    hatch = swatch_html("", palette.HATCHES["inconnu"])
    note = note_html(words.source_note(indicator.source, indicator.how))
    body = Markup().join([scale, entries_html([(hatch, words.UNKNOWN, unknown)]), note])
    st.html(section_html(indicator.heading, body))
    st.button(words.BACK, on_click=_choose, args=(None,), key="votre_retour")


def show_table(indicator: Indicator) -> None:
    """Show the values by territory, and offer them as files."""
    table = indicator_table(cache.areas(), indicator)
    st.html(section_html(words.TABLE))
    show_rows(table, height=TABLE_HEIGHT, empty=UNKNOWN)
    filters = (
        (words.SOURCE, indicator.source), (words.HOW, words.HOW_NAMES[indicator.how])
    )  # fmt: skip
    content = downloads.Content(indicator.label, "France", lambda: table, filters, shapes=_shapes)
    downloads.show_exports("votre_indicateur", content)


def _shapes(table: pd.DataFrame) -> gpd.GeoSeries:
    """Find the polygons of territories."""
    shapes = gpd.read_parquet(cache.atlas().shapes("territories")).set_index("area_code").geometry
    return gpd.GeoSeries(shapes.reindex(table.iloc[:, 1]))


def show_panel() -> None:
    """Show the indicators of the session, and the form that adds one."""
    _show_list()
    st.html(note_html(words.INTRO))
    file = st.file_uploader(words.FILE, key="vos_donnees_fichier", max_upload_size=MEGABYTES)
    if file is None:
        st.session_state.pop(READ, None)
        return
    read = _read(str(file.file_id), file.name, file.getvalue())
    if isinstance(read, str):
        st.error(escape_markdown(read))
        return
    st.html(Markup().join(map(note_html, read.told)))
    if not read.lines.empty:
        _show_lines(read.lines)
    _show_form(read, file.name)


def _read(file_id: str, name: str, content: bytes) -> Brought | str:
    """Read a file once, for this session alone."""
    held: Any = st.session_state.get(READ)
    if held is not None and held[0] == file_id:
        kept: Brought | str = held[1]
        return kept
    try:
        read: Brought | str = read_indicator(cache.atlas(), name, content)
    except GhtError as error:
        read = str(error)
    st.session_state[READ] = (file_id, read)
    return read


def _show_lines(lines: pd.DataFrame) -> None:
    """Show what was left aside; the file has all of it."""
    head = str(lines.columns[0])
    st.html(note_html(words.LINES) + table_html(lines.head(MOST_LINES), words.LINES, head))
    st.download_button(
        words.LINES, data=lambda: to_csv(lines), mime="text/csv", on_click="ignore",
        file_name=cache.file_name_of((words.LINES,), "csv"), key="vos_lignes",
        icon=":material/download:",
    )  # fmt: skip


def _show_form(read: Brought, file_name: str) -> None:
    """Ask which column, what to call it, and how to gather it."""
    column = st.selectbox(words.COLUMN, list(read.values.columns), key="vos_colonne")
    label, unit, guess = likely(column)
    first, second, third = st.columns(3)
    name = first.text_input(words.NAME, label, LONGEST, key=f"vos_nom_{column}")
    said = second.text_input(words.UNIT, unit, 40, key=f"vos_unite_{column}")
    source = third.text_input(
        words.SOURCE, file_name[:LONGEST], LONGEST, key=f"vos_source_{file_name}"
    )
    how: str | None = AS_IS
    if read.level in words.HOWS:
        hows = words.HOWS[read.level]
        how = st.radio(
            words.HOW, list(hows), index=None, format_func=name_in(hows), key=f"vos_regle_{column}"
        )
        st.caption(words.GUESS[guess])
    is_full = len(st.session_state.get(OWN, {})) >= MOST
    if is_full:
        st.info(words.TOO_MANY.format(most=MOST))
    nothing = pd.Series(dtype="float64")
    origin = source or file_name
    named = Indicator(name or label, said or "", origin, read.level, how or "", nothing, nothing)
    st.button(
        words.SHOW, on_click=_add, args=(read, column, named), key="vos_afficher", type="primary",
        disabled=how is None or is_full,
    )  # fmt: skip


def _add(read: Brought, column: str, named: Indicator) -> None:
    """Keep an indicator, and show it."""
    values, known = by_area(cache.atlas(), read, column, named.how)
    held = dict(st.session_state.get(OWN, {}))
    held[named.heading] = replace(named, values=values, known=known)
    st.session_state[OWN] = held
    _choose(named.heading)


def _choose(name: str | None) -> None:
    st.session_state[SHOWN] = name


def _remove(name: str) -> None:
    """Forget an indicator."""
    kept = {key: one for key, one in st.session_state[OWN].items() if key != name}
    st.session_state[OWN] = kept
    _choose(None)


def _show_list() -> None:
    """Show the indicators of the session: one is chosen, or none."""
    held = list(st.session_state.get(OWN, {}))
    if not held:
        return
    chosen = shown()
    st.session_state["vos_choix"] = chosen.heading if chosen else None
    st.selectbox(
        words.SHOWN, held, index=None, placeholder=words.NONE, key="vos_choix",
        on_change=lambda: _choose(st.session_state.get("vos_choix")),
    )  # fmt: skip
    if chosen is not None:
        name = chosen.heading
        st.button(words.REMOVE, on_click=_remove, args=(name,), key="vos_retirer")
