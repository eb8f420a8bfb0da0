"""The map of the establishments: exactly those of the choice, over territories without a colour."""

from typing import Final

import pandas as pd
import streamlit as st

from geo.drawing.classes import Classes
from geo.drawing.protocol import MapValues, MapView
from geo.drawing.screen_map import paint_values
from geo.errors import BundleError
from geo.ui.etablissements import cache as etablissements_cache
from geo.ui.etablissements import view as etablissements_view
from geo.ui.etablissements import words
from geo.ui.etablissements.cache import Found
from geo.ui.shared import cache
from geo.ui.shared import view as shared_view
from geo.ui.shared.assets import AssetError
from geo.ui.shared.clicks import take_click
from geo.ui.shared.layers import layer_values
from geo.ui.shared.map import show_folium, show_no_map
from geo.ui.shared.spots import spots

GROUND: Final = "#f4f1ea"  # territories stay in the background
NO_LEVEL: Final = "aucun"  # of the sites that the map of territories draws by itself


@cache.kept()
def _plain_classes() -> Classes:
    ghts = cache.areas().kind == "ght"
    numbers = pd.Series(0, index=cache.areas().index[ghts], dtype="Int64")
    return Classes((0.0, 0.0), numbers, (int(ghts.sum()),))


def map_values(shown: Found, address: str) -> MapValues:
    """Gather what is painted: areas of one colour, their number of sites, the sites kept."""
    view = shared_view.selection()
    choice: MapView = {"selected": view.area, "region": view.region, "sites": NO_LEVEL}
    if shown.frame and etablissements_view.view().text:
        choice["frame"] = list(shown.frame)
    return paint_values(
        cache.areas(), _plain_classes(), (words.MAP_COUNT, ""), shown.texts,
        {
            **choice, "colors": [GROUND], **layer_values(view), **spots(view),
            "places": {"address": address, "mask": shown.mask},
        },
    )  # fmt: skip


def show_map(shown: Found) -> None:
    """Show the map: geometry and sites by address, a mask by rerun."""
    files = cache.map_files()
    try:
        address, reason = etablissements_cache.sites_address(), files.reason
    except (AssetError, BundleError) as error:
        address, reason = "", str(error)
    if files.addresses is None or not address:
        show_no_map(reason, words.NO_MAP)
        return
    key = f"etablissements-{cache.atlas().version}"

    show_folium(
        files.addresses, map_values(shown, address), key,
        lambda: take_click(st.session_state.get(key), etablissements_view.pick_area),
    )  # fmt: skip
