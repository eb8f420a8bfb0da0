"""The map of the establishments: exactly those of the choice, over territories without a colour."""

from pathlib import Path
from typing import Any, Final

import pandas as pd
import streamlit as st
from branca.element import MacroElement
from folium.template import Template
from streamlit_folium import st_folium

from geo import wording_etablissements as wording
from geo.classes import Classes
from geo.errors import BundleError
from geo.maps import CLICK_KEY, base_map, paint_layer, paint_values, script_json
from geo.ui import cache, etablissements_cache, etablissements_state, state
from geo.ui.assets import AssetError
from geo.ui.etablissements_cache import Found
from geo.ui.folium_map import MAP_HEIGHT
from geo.ui.layers import layer_values
from geo.ui.markup import escape_markdown
from geo.ui.panels import clicked_area

SCRIPT: Final = Path(__file__).with_name("etablissements_map.js").read_text(encoding="utf-8")
GROUND: Final = "#f4f1ea"  # territories stay in the background
NO_LEVEL: Final = "aucun"  # of the sites that the map of territories draws by itself


class PlacesElement(MacroElement):
    """Draw sites named by a mask; travels at each rerun in a feature group."""

    _template = Template("{% macro script(this, kwargs) %}{{ this.script }}{% endmacro %}")

    def __init__(self, address: str, mask: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "AtlasPlaces"
        arguments = ",".join(map(script_json, (address, mask, wording.NO_SITES)))
        self.script = f"{SCRIPT.strip()}({arguments});"


@st.cache_resource(show_spinner=False)
def _plain_classes(version: str) -> Classes:  # noqa: ARG001
    ghts = cache.areas().kind == "ght"
    numbers = pd.Series(0, index=cache.areas().index[ghts], dtype="Int64")
    return Classes((0.0, 0.0), numbers, (int(ghts.sum()),))


def map_values(shown: Found) -> dict[str, Any]:
    """Gather the values of the areas: one colour, and the number of sites kept as their figure."""
    view = state.selection()
    choice = {"selected": view.area, "region": view.region, "sites": NO_LEVEL}
    return paint_values(
        cache.areas(), _plain_classes(cache.atlas().version), (wording.MAP_COUNT, ""), shown.texts,
        {**choice, "colors": [GROUND], **layer_values(view)},
    )  # fmt: skip


def show_map(shown: Found) -> None:
    """Show the map: geometry and sites by address, a mask by rerun."""
    files = cache.map_files()
    try:
        address, reason = etablissements_cache.sites_address(), files.reason
    except (AssetError, BundleError) as error:
        address, reason = "", str(error)
    if files.addresses is None or not address:
        st.warning(escape_markdown(wording.NO_MAP.format(reason=reason)))
        return
    key = f"etablissements-{cache.atlas().version}"

    def on_click() -> None:
        is_click, code = clicked_area(st.session_state.get(key))
        if is_click:
            etablissements_state.pick_area(code)

    layer = paint_layer(map_values(shown))
    layer.add_child(PlacesElement(address, shown.mask))
    st_folium(
        base_map(files.addresses), key=key, height=MAP_HEIGHT, use_container_width=True,
        returned_objects=[CLICK_KEY], feature_group_to_add=layer, on_change=on_click,
    )  # fmt: skip
