"""A folium map on a page, through streamlit-folium: what every page with a map calls."""

import inspect
import logging
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

import branca.element
import folium
import jinja2
import streamlit as st
from branca.element import MacroElement
from streamlit_folium import st_folium

from geo import wording
from geo.drawing import words as drawing_words
from geo.drawing.protocol import MapValues
from geo.drawing.screen_map import CLICK_KEY, MapAddresses, base_map, paint_layer
from geo.ui.shared import cache, view
from geo.ui.shared.assets import FRAME, FROM_FRAME, FROM_PAGE
from geo.ui.shared.html import note_html

LOGGER: Final = logging.getLogger(__name__)
MAP_HEIGHT: Final = 420  # at least: `frame.css` gives it what the window has
HEAD_START_SECONDS: Final = 0.2
BUNDLE: Final = FRAME / "static" / "js"
# What the map asks of streamlit-folium, beyond what it documents: see `are_hooks_there`.
HOOKS: Final = ("window.Streamlit=", "feature_group", "js_links", "css_links")
ARGUMENTS: Final = (
    "key", "height", "use_container_width", "returned_objects", "feature_group_to_add", "on_change",
)  # fmt: skip

# branca compiles the same dozen of templates each time a map is rendered, two thirds of the cost of
# `st_folium`. A compiled template holds no state: one serves for ever.
vars(branca.element)["Template"] = lru_cache(maxsize=256)(jinja2.Template)


@lru_cache(maxsize=1)
def are_hooks_there(bundle: Path = BUNDLE) -> bool:
    """
    Tell whether the installed streamlit-folium has what the map leans on.

    Parameters
    ----------
    bundle
        Folder of the scripts of its frame; read once per server.
    """
    if not set(ARGUMENTS) <= set(inspect.signature(st_folium).parameters):
        return False
    script = "".join(path.read_text(encoding="utf-8") for path in bundle.glob("*.js"))
    return all(hook in script for hook in HOOKS)


def _show_plainly(chart: folium.Map, group: folium.FeatureGroup, height: int) -> None:
    """Show the same map without streamlit-folium: whole, but with no click, drawn at each run."""
    st.warning(drawing_words.PLAIN_MAP)
    group.add_to(chart)
    page = chart.get_root().render().replace(FROM_FRAME, FROM_PAGE)
    st.iframe(page, height=height)


def show_no_map(reason: str, said: str = wording.NO_ASSETS) -> None:
    """Say that there is no map: the cause, which a visitor cannot cure, goes to the log."""
    LOGGER.error("map not shown", extra={"cause": reason})
    st.warning(said)


def give_head_start() -> None:
    """
    Let a browser that has just come start on the map before it gets the rest of the page.

    A browser makes a page of Streamlit and the frame of the map with the same processor: given both
    at once, it makes the page first. Later runs, and sessions without a browser, wait for nothing.
    """
    if view.is_first_run() and st.context.headers:
        time.sleep(HEAD_START_SECONDS)


def show_folium(
    addresses: MapAddresses,
    values: MapValues,
    key: str,
    on_click: Callable[[], None],
    over: Iterable[MacroElement] = (),
    panes_height: int = 0,
) -> None:
    """
    Show the map, and under it of when its figures are.

    Geometry goes by address, values by rerun: the frame stays the same whatever the values.

    Parameters
    ----------
    addresses
        What the browser fetches once.
    values
        See `geo.drawing.screen_map.paint_values`.
    key
        What the map sends back is kept there in the session; names the data version, so that new
        data makes a new map.
    on_click
        Called before the rerun that follows a click.
    over
        Elements that travel with the values.
    panes_height
        Height of a frame of several maps, pixels (see `geo.drawing.screen_map.base_map`); 0 for one
        map.
    """
    group = paint_layer(values)
    for element in over:
        group.add_child(element)
    chart, height = base_map(addresses, has_panes=panes_height > 0), panes_height or MAP_HEIGHT
    if are_hooks_there():
        st_folium(
            chart, key=key, height=height, use_container_width=True,
            returned_objects=[CLICK_KEY], feature_group_to_add=group, on_change=on_click,
        )  # fmt: skip
    else:
        _show_plainly(chart, group, height)
    st.html(note_html(cache.vintages().line))
