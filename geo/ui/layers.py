"""What lies over and under the territories: the choices, and what the map needs to show them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Final

import streamlit as st

from geo import wording_map
from geo.classes import Classes, class_texts
from geo.errors import BundleError
from geo.formats import format_count
from geo.maps import CLICK_KEY
from geo.selection import BACKGROUNDS, LAYERS, Selection, layers_in_order
from geo.ui import cache, state
from geo.ui.assets import AssetError
from geo.ui.bassins_files import address, is_there, publish_layer
from geo.ui.markup import hatch_html, note_html

LAYERS_KEY: Final = "choix_calques"
BACKGROUND_KEY: Final = "choix_fond"
COMMUNES, CONTESTED, LINKS = "communes", "disputees", "partenariats"
ON_EVERY_MAP: Final = tuple(layer for layer in LAYERS if layer != LINKS)


@dataclass(frozen=True)
class Published:
    """A layer in its file: its name, empty for nothing to draw, and the communes it covers."""

    name: str
    commune_count: int = 0


@st.cache_resource(show_spinner=False, max_entries=200)
def _published(version: str, layer: str, area: str | None) -> Published:  # noqa: ARG001
    # Only those who want a layer wait for what draws it: half of the start of a server.
    from geo.map_layers import commune_drawing, contested_drawing  # noqa: PLC0415
    from geo.ui.bassins_cache import light  # noqa: PLC0415

    if layer == CONTESTED:
        drawn = contested_drawing(light(), cache.atlas())
        content, count = drawn.content, drawn.commune_count
    else:
        content, count = commune_drawing(light(), cache.atlas(), str(area)), 0
    return Published(publish_layer("calque", content) if content else "", count)


def _layer(layer: str, area: str | None = None) -> Published:
    """Publish a layer, and again when its file was forgotten; none when it cannot be."""
    arguments = (cache.atlas().version, layer, area)
    try:
        found = _published(*arguments)
        if not is_there(found.name):
            _published.clear(*arguments)
            found = _published(*arguments)
    except (AssetError, BundleError):
        return Published("")
    return found


def details(view: Selection) -> dict[str, str]:
    """
    Find the files of the layers that are drawn on demand.

    Returns
    -------
    addresses
        Layer -> address from the frame of the map; only those asked for and not empty.
    """
    found = {}
    if COMMUNES in view.layers and view.area:
        found[COMMUNES] = _layer(COMMUNES, view.area).name
    if CONTESTED in view.layers:
        found[CONTESTED] = _layer(CONTESTED).name
    return {layer: address(name) for layer, name in found.items() if name}


def layer_values(
    view: Selection, classes: Classes | None = None, decimals: int = 0
) -> dict[str, Any]:
    """
    Say what the map shows besides the indicator; to merge in the view of `geo.maps.paint_values`.

    Parameters
    ----------
    view
        What is chosen.
    classes, decimals
        Of the indicator: the map writes its own legend in full screen.

    Returns
    -------
    values
        `show`, `background`, `details` and `legend`, about 200 bytes; geometry goes by address.
    """
    values: dict[str, Any] = {"show": list(view.layers), "details": details(view)}
    if view.background != BACKGROUNDS[0]:
        values["background"] = view.background
    if classes is not None:
        values["legend"] = class_texts(classes, decimals)
    return values


def _take_layers(offered: Collection[str]) -> None:
    """Take the layers chosen into the view; those that the page does not offer stay."""
    view, chosen = state.selection(), st.session_state.get(LAYERS_KEY) or ()
    kept = [layer for layer in view.layers if layer not in offered]
    state.keep(replace(view, layers=layers_in_order([*chosen, *kept])))


def _take_background() -> None:
    """Take the background chosen into the view; none when the choice is undone."""
    chosen = st.session_state.get(BACKGROUND_KEY) or BACKGROUNDS[0]
    state.keep(replace(state.selection(), background=chosen))


def show_layers(offered: Collection[str] = ON_EVERY_MAP) -> None:
    """
    Show the choices of layers and background, folded behind one button.

    Parameters
    ----------
    offered
        Layers that the page has, out of `geo.selection.LAYERS`.
    """
    view = state.selection()
    choices = [layer for layer in LAYERS if layer in offered]
    st.session_state[LAYERS_KEY] = [layer for layer in view.layers if layer in choices]
    st.session_state[BACKGROUND_KEY] = view.background
    with st.popover(wording_map.LAYERS_LABEL, icon=":material/layers:"):
        st.pills(
            wording_map.LAYERS_LABEL, choices, selection_mode="multi", key=LAYERS_KEY,
            format_func=wording_map.LAYER_NAMES.__getitem__, help=wording_map.LAYERS_HELP,
            on_change=_take_layers, args=(choices,),
        )  # fmt: skip
        if COMMUNES in view.layers and view.area is None:
            st.html(note_html(wording_map.NO_AREA_FOR_COMMUNES))
        st.radio(
            wording_map.BACKGROUND_LABEL, BACKGROUNDS, key=BACKGROUND_KEY, horizontal=True,
            format_func=wording_map.BACKGROUND_NAMES.__getitem__,
            help=wording_map.BACKGROUND_HELP, on_change=_take_background,
        )  # fmt: skip


def show_layer_legend() -> None:
    """Show the legend of the contested communes, when they are drawn."""
    if CONTESTED not in state.selection().layers:
        return
    count = format_count(_layer(CONTESTED).commune_count, "commune")
    st.html(hatch_html("dispute", f"{wording_map.CONTESTED_LEGEND} ({count})"))


def clicked_link(value: Any, known: Collection[str]) -> str | None:  # noqa: ANN401
    """
    Read the link that was clicked on the map.

    Parameters
    ----------
    value
        What the map sent back; it comes from the browser, hence untrusted.
    known
        Identifiers of the links drawn.

    Returns
    -------
    link_id
        None for anything else than a known link.
    """
    click = value.get(CLICK_KEY) if isinstance(value, dict) else None
    link = click.get("link_id") if isinstance(click, dict) else None
    return link if isinstance(link, str) and link in known else None
