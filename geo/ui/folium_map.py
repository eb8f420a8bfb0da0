"""A folium map on a page, through streamlit-folium: what every page with a map calls."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

import branca.element
import jinja2
from branca.element import MacroElement
from streamlit_folium import st_folium

from geo.maps import CLICK_KEY, MapAddresses, base_map, paint_layer

MAP_HEIGHT: Final = 600

# branca compiles the same dozen of templates each time a map is rendered, two thirds of the cost of
# `st_folium`. A compiled template holds no state: one serves for ever.
vars(branca.element)["Template"] = lru_cache(maxsize=256)(jinja2.Template)


def show_folium(
    addresses: MapAddresses,
    values: Mapping[str, Any],
    key: str,
    on_click: Callable[[], None],
    over: Iterable[MacroElement] = (),
) -> None:
    """
    Show the map: geometry by address, values by rerun, the same frame whatever the values.

    Parameters
    ----------
    addresses
        What the browser fetches once.
    values
        See `geo.maps.paint_values`.
    key
        What the map sends back is kept there in the session; names the data version, so that new
        data makes a new map.
    on_click
        Called before the rerun that follows a click.
    over
        Elements that travel with the values.
    """
    group = paint_layer(values)
    for element in over:
        group.add_child(element)
    st_folium(
        base_map(addresses), key=key, height=MAP_HEIGHT, use_container_width=True,
        returned_objects=[CLICK_KEY], feature_group_to_add=group, on_change=on_click,
    )  # fmt: skip
