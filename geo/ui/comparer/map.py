"""The maps of the territories compared: one frame, from two to four maps that move together."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import streamlit as st

from geo.drawing.protocol import MapValues
from geo.drawing.screen_map import paint_values
from geo.errors import BundleError
from geo.ui.comparer import cache as comparer_cache
from geo.ui.comparer import words
from geo.ui.shared import cache
from geo.ui.shared import view as shared_view
from geo.ui.shared.controls import SITE_MARKS
from geo.ui.shared.downloads import MAP_WORD, Picture
from geo.ui.shared.html import marks_html, note_html
from geo.ui.shared.map import show_folium, show_no_map
from geo.ui.shared.selection import Selection

# Of the frame, pixels, for one row of maps and for two; a narrow frame asks for more itself.
HEIGHTS: Final = (540, 830)
ONE_ROW: Final = 3


def panes_of(codes: Sequence[str], measure: str) -> list[Any]:
    """
    Say what each map shows, in the order compared.

    Returns
    -------
    panes
        Of `geo.comparison.windows.Pane`.

    Raises
    ------
    BundleError
        If the outlines are missing or altered.
    """
    # Half a tenth of a second, and GeoPandas, for those who want maps.
    from geo.comparison.windows import Pane  # noqa: PLC0415

    windows, panes = comparer_cache.windows(), []
    for code in codes:
        window = windows.get(code)
        clipped = words.CLIPPED if window is not None and window.is_clipped else ""
        note = words.NO_SHAPE if window is None else clipped
        text = f"{cache.told(measure)[0]} : {comparer_cache.value_text(measure, code)}"
        panes.append(Pane(code, comparer_cache.comparable()[code], text, note, window))
    return panes


def map_values(panes: Sequence[Any], view: Selection, scale: str) -> MapValues:
    """Gather what the maps show: classes and words of the measure, territories, windows."""
    height = HEIGHTS[len(panes) > ONE_ROW]
    from geo.comparison.windows import panes_view  # noqa: PLC0415

    return paint_values(
        cache.areas(), cache.classes(view.measure, view.method), cache.told(view.measure),
        cache.texts(view.measure),
        {**panes_view(panes, scale), "height": height, **cache.circled(view.measure)},
    )  # fmt: skip


def _draw(panes: tuple[Any, ...], view: Selection, scale: str, form: str) -> bytes:
    """Draw the maps as a file; what draws is loaded by those who want it."""
    from geo.comparison.picture import PanesRequest, panes_bytes  # noqa: PLC0415

    request = PanesRequest(view.measure, view.method, panes, scale)
    return panes_bytes(cache.atlas(), request, form)


def show_maps(codes: Sequence[str], scale: str) -> Picture | None:
    """
    Show the maps, or why there are none: the table has the same figures.

    Returns
    -------
    picture
        The same maps, to take away; None when the outlines cannot be read.
    """
    view = shared_view.selection()
    try:
        panes = panes_of(codes, view.measure)
    except BundleError as error:
        show_no_map(str(error))
        return None
    figures, legend = st.columns([4, 1])
    with figures:
        _show_frame(map_values(panes, view, scale))
    with legend:
        st.html(cache.legend(view.measure, view.method))
        st.html(marks_html(SITE_MARKS["generaux"]))
        st.html(note_html(words.MAP_NOTE))
    named = (words.PANELS["cote"], MAP_WORD, view.measure, " ".join(codes))
    return Picture(named, partial(_draw, tuple(panes), view, scale))


def _show_frame(values: MapValues) -> None:
    """Show the frame of the maps, or why the browser cannot have its files."""
    files = cache.map_files()
    if files.addresses is None:
        show_no_map(files.reason)
        return
    key = f"comparer-{cache.atlas().version}"
    show_folium(files.addresses, values, key, lambda: None, panes_height=values["height"])
