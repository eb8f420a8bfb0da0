"""The map of one territory: its communes, its sites, its neighbours."""

from dataclasses import replace
from typing import Any, Final

import streamlit as st

from geo.drawing.protocol import MapValues, MapView
from geo.drawing.screen_map import paint_values
from geo.territories.activity import INDICATORS
from geo.ui.shared import cache
from geo.ui.shared import view as shared_view
from geo.ui.shared.clicks import clicked_area, clicked_card
from geo.ui.shared.html import escape_markdown
from geo.ui.shared.layers import COMMUNES, layer_values
from geo.ui.shared.map import show_folium
from geo.ui.shared.selection import Selection, layers_in_order
from geo.ui.shared.spots import spots
from geo.wording import NO_ASSETS

TURN: Final = "territoire_tour"
SITES: Final = "generaux"


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
    view = view_of(shared_view.selection())
    measure, classes = INDICATORS[view.measure], cache.classes(view.measure, view.method)
    over = layer_values(view, classes, measure.decimals)
    chosen: MapView = {"selected": view.area, "region": view.region, "sites": view.sites}
    values = paint_values(
        cache.areas(), classes, cache.told(view.measure), cache.texts(view.measure),
        {**chosen, **over, **spots(view)},
    )  # fmt: skip
    values["token"] += f".{st.session_state.get(TURN, 0)}"
    return values


def show_map() -> None:
    """Show the map: geometry by address, values by rerun."""
    files = cache.map_files()
    if files.addresses is None:
        st.warning(escape_markdown(NO_ASSETS.format(reason=files.reason)))
        return
    key = f"territoire-{cache.atlas().version}"
    show_folium(files.addresses, map_values(), key, lambda: take_click(st.session_state.get(key)))
