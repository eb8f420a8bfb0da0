"""The map of one territory: its communes, its sites, its neighbours."""

from dataclasses import replace
from typing import Any, Final

import streamlit as st

from geo.drawing import palette
from geo.drawing.classes import one_class
from geo.drawing.protocol import MapValues, MapView, Overlay
from geo.drawing.screen_map import paint_values
from geo.profile.words_pdf import BANDS
from geo.territories.activity import INDICATORS
from geo.ui.shared import cache
from geo.ui.shared import view as shared_view
from geo.ui.shared.clicks import clicked_area, clicked_card
from geo.ui.shared.layer_files import address
from geo.ui.shared.layers import COMMUNES, layer_values
from geo.ui.shared.map import show_folium, show_no_map
from geo.ui.shared.selection import Selection, layers_in_order
from geo.ui.shared.spots import spots
from geo.ui.territoire import cache as territoire_cache
from geo.ui.territoire import view as territoire_view
from geo.ui.territoire import words
from geo.ui.territoire.view import ACCESS

TURN: Final = "territoire_tour"
SITES: Final = "generaux"
GROUND: Final = "#e9ecee"  # territories that are not the subject


def view_of(shared: Selection) -> Selection:
    """Add to the shared view what this page always draws: communes and general sites."""
    layers = layers_in_order({*shared.layers, COMMUNES})
    return replace(shared, layers=layers, sites=SITES)


def take_click(value: Any) -> None:  # noqa: ANN401  it comes from the browser
    """
    Open the profile of the territory that was clicked.

    A click beside any territory closes nothing: the map is painted again as it was.
    """
    is_click, code = clicked_area(value)
    if clicked_card(value):
        return
    if is_click and code is not None:
        shared_view.pick_area(code)
    elif is_click:
        st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def map_values() -> MapValues:
    """Gather what the map shows; the number of turns makes it paint again."""
    values = _access_values() if territoire_view.view().paint == ACCESS else _indicator_values()
    values["token"] += f".{st.session_state.get(TURN, 0)}"
    return values


def _access_values() -> MapValues:
    """Paint the communes by minutes; the other territories are a ground without a value."""
    view = view_of(shared_view.selection())
    areas = cache.areas()
    layers = tuple(layer for layer in view.layers if layer != COMMUNES)
    drawn = territoire_cache.access_layer(str(view.area))
    overlay: Overlay | None = None
    if drawn.name:
        overlay = {"address": address(drawn.name), "colors": palette.sequential(len(BANDS))}
    return paint_values(
        areas, one_class(len(areas)), (words.ACCESS_LEGEND, ""), [""] * len(areas),
        {
            "selected": view.area, "region": None, "sites": view.sites, "overlay": overlay,
            "colors": [GROUND], **layer_values(replace(view, layers=layers)),
            **spots(view),
        },
    )  # fmt: skip


def _indicator_values() -> MapValues:
    """Paint an indicator over all territories."""
    view = view_of(shared_view.selection())
    measure, classes = INDICATORS[view.measure], cache.classes(view.measure, view.method)
    over = layer_values(view, classes, measure.decimals)
    chosen: MapView = {"selected": view.area, "region": view.region, "sites": view.sites}
    return paint_values(
        cache.areas(), classes, cache.told(view.measure), cache.texts(view.measure),
        {**chosen, **over, **spots(view)},
    )  # fmt: skip


def show_map() -> None:
    """Show the map: geometry by address, values by rerun."""
    files = cache.map_files()
    if files.addresses is None:
        show_no_map(files.reason)
        return
    key = f"territoire-{cache.atlas().version}"
    show_folium(files.addresses, map_values(), key, lambda: take_click(st.session_state.get(key)))
