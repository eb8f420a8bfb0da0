"""What lies over and under the territories: the choices, and what the map needs to show them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from geo.atlas.zone_kinds import ZONE_KINDS
from geo.atlas.zones import zones_of
from geo.drawing import words as drawing_words
from geo.drawing.classes import Classes, class_texts
from geo.drawing.palette import ZONE_STROKES
from geo.drawing.protocol import MapView
from geo.errors import BundleError
from geo.formats import format_count
from geo.ui.shared import cache
from geo.ui.shared import view as shared_view
from geo.ui.shared.assets import AssetError
from geo.ui.shared.html import entries_html, hatch_html, note_html
from geo.ui.shared.layer_files import address, is_there, publish_layer
from geo.ui.shared.selection import BACKGROUNDS, LAYERS, Selection, layers_in_order

LAYERS_KEY: Final = "choix_calques"
BACKGROUND_KEY: Final = "choix_fond"
COMMUNES, CONTESTED, LINKS = "communes", "disputees", "partenariats"
ELSEWHERE, UNSURE = "ailleurs", "instables"
FAR: Final = "loin_"  # before the key of a service
ALL_FAR: Final = tuple(layer for layer in LAYERS if layer.startswith(FAR))
ZONES: Final = tuple(ZONE_STROKES)
ON_EVERY_MAP: Final = tuple(layer for layer in LAYERS if layer != LINKS)
# These communes are those of the bundled model, not of the one that is chosen.
ON_MODELS: Final = tuple(
    layer
    for layer in ON_EVERY_MAP
    if layer not in (COMMUNES, CONTESTED, UNSURE, ELSEWHERE, *ALL_FAR)
)

HATCHED: Final = (
    (CONTESTED, "dispute", drawing_words.CONTESTED_LEGEND),
    (UNSURE, "instables", drawing_words.UNSURE_LEGEND),
    (ELSEWHERE, "ailleurs", drawing_words.ELSEWHERE_LEGEND),
    *((layer, "loin", legend) for layer, legend in drawing_words.FAR_LEGENDS.items()),
)


@dataclass(frozen=True)
class Published:
    """A layer in its file: its name, empty for nothing to draw, and the parts it holds."""

    name: str
    count: int = 0


@cache.kept(max_entries=200)
def _published(layer: str, area: str | None) -> Published:
    # Only those who want a layer wait for what draws it: half of the start of a server.
    from geo.catchment.layers import contested_drawing  # noqa: PLC0415
    from geo.territories.band_layers import far_drawing, unsure_drawing  # noqa: PLC0415
    from geo.territories.layers import (  # noqa: PLC0415
        commune_drawing,
        town_drawing,
        zone_drawing,
    )
    from geo.ui.shared.light_communes import light  # noqa: PLC0415

    if layer == CONTESTED:
        drawn = contested_drawing(light(), cache.atlas())
        content, count = drawn.content, drawn.commune_count
    elif layer == ELSEWHERE:
        content, count = town_drawing(light(), cache.atlas())
    elif layer == UNSURE:
        content, count = unsure_drawing(light(), cache.atlas())
    elif layer in ALL_FAR:
        content, count = far_drawing(light(), cache.atlas(), layer.removeprefix(FAR))
    elif layer in ZONES:
        zones = zones_of(cache.atlas(), layer)
        content, count = zone_drawing(light(), zones), zones.nunique()
    else:
        content, count = commune_drawing(light(), cache.atlas(), str(area)), 0
    return Published(publish_layer("calque", content) if content else "", count)


def _layer(layer: str, area: str | None = None) -> Published:
    """Publish a layer, and again when its file was forgotten; none when it cannot be."""
    try:
        found = _published(layer, area)
        if not is_there(found.name):
            _published.clear(layer, area)
            found = _published(layer, area)
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
    whole = (UNSURE, ELSEWHERE, *ALL_FAR, *ZONES)
    found |= {layer: _layer(layer).name for layer in whole if layer in view.layers}
    return {layer: address(name) for layer, name in found.items() if name}


def layer_values(view: Selection, classes: Classes | None = None, decimals: int = 0) -> MapView:
    """
    Say what the map shows besides the indicator; to merge in the view of `paint_values`.

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
    values: MapView = {"show": list(view.layers), "details": details(view)}
    if view.background != BACKGROUNDS[0]:
        values["background"] = view.background
    if classes is not None:
        values |= {"legend": class_texts(classes, decimals), **cache.circled(view.measure)}
    return values


def _take_layers(offered: Collection[str]) -> None:
    """Take the layers chosen into the view; those that the page does not offer stay."""
    view, chosen = shared_view.selection(), st.session_state.get(LAYERS_KEY) or ()
    kept = [layer for layer in view.layers if layer not in offered]
    shared_view.keep(replace(view, layers=layers_in_order([*chosen, *kept])))


def _take_background() -> None:
    """Take the background chosen into the view; none when the choice is undone."""
    chosen = st.session_state.get(BACKGROUND_KEY) or BACKGROUNDS[0]
    shared_view.keep(replace(shared_view.selection(), background=chosen))


def show_layers(offered: Collection[str] = ON_EVERY_MAP) -> None:
    """
    Show the choices of layers and background, folded behind one button.

    Parameters
    ----------
    offered
        Layers that the page has, out of `geo.ui.shared.selection.LAYERS`.
    """
    view = shared_view.selection()
    choices = [layer for layer in LAYERS if layer in offered]
    st.session_state[LAYERS_KEY] = [layer for layer in view.layers if layer in choices]
    st.session_state[BACKGROUND_KEY] = view.background
    with st.popover(drawing_words.LAYERS_LABEL, icon=":material/layers:"):
        st.pills(
            drawing_words.LAYERS_LABEL, choices, selection_mode="multi", key=LAYERS_KEY,
            format_func=drawing_words.LAYER_NAMES.__getitem__, help=drawing_words.LAYERS_HELP,
            on_change=_take_layers, args=(choices,),
        )  # fmt: skip
        if COMMUNES in view.layers and COMMUNES in offered and view.area is None:
            st.html(note_html(drawing_words.NO_AREA_FOR_COMMUNES))
        st.radio(
            drawing_words.BACKGROUND_LABEL, BACKGROUNDS, key=BACKGROUND_KEY, horizontal=True,
            format_func=drawing_words.BACKGROUND_NAMES.__getitem__,
            help=drawing_words.BACKGROUND_HELP, on_change=_take_background,
        )  # fmt: skip


def show_layer_legend(layers: Collection[str]) -> None:
    """Show the legend of the hatched communes and of the borders of zones that are drawn."""
    shown = [layer for layer in LAYERS if layer in layers]
    for layer, hatch, legend in HATCHED:
        if layer in shown:
            count = format_count(_layer(layer).count, "commune")
            said = cache.vintages().fill(legend)
            st.html(hatch_html(hatch, f"{said} ({count})"))
    kinds = [kind for kind in ZONES if kind in shown]
    if kinds:
        _show_zone_legend(kinds)


def _show_zone_legend(kinds: Sequence[str]) -> None:
    """Show how the borders of each kind of zone are drawn, and whose they are."""
    from geo.ui.shared.partnership_html import line_svg  # noqa: PLC0415  for those who want it

    by_key = {source["key"]: source for source in cache.atlas().manifest.sources}
    entries = []
    for kind in kinds:
        spec, stroke = ZONE_KINDS[kind], ZONE_STROKES[kind]
        source = by_key[spec.source]
        text = drawing_words.zones_legend(
            spec.plural, spec.year, format_count(_layer(kind).count, "zone"),
            f"{source['producer']}, {spec.licence}",
        )  # fmt: skip
        entries.append((line_svg(stroke.color, stroke.dash), text, ""))
    st.html(note_html(drawing_words.ZONES_LEGEND) + entries_html(entries))
