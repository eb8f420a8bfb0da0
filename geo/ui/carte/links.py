"""The links of partnerships over the map of territories: their file, their legend."""

from dataclasses import replace
from typing import Final

import streamlit as st

from geo import wording
from geo.drawing.protocol import MapView
from geo.errors import BundleError
from geo.partnerships import words as partnerships_words
from geo.partnerships.collection import Filters, collection_of
from geo.partnerships.layers import LinkDrawing, link_drawing
from geo.ui.carte import words
from geo.ui.shared import cache
from geo.ui.shared.assets import AssetError
from geo.ui.shared.html import note_html, section_html
from geo.ui.shared.layer_files import address, is_there, publish_layer
from geo.ui.shared.partnership_html import family_keys, keys_html, status_keys
from geo.ui.shared.selection import Selection, to_parameters
from geo.ui.shared.templates import EMPTY

# The styles of the legend and of its link, which other pages have among their own.
STYLE: Final = (
    ".atlas-keys { display: flex; flex-wrap: wrap; gap: 0.3rem 2rem; }"
    ".atlas-keys h3 { font-size: 0.9rem; padding: 0; margin: 0; font-weight: 600; }"
    ".stPageLink a { padding-left: 0; } .stPageLink a p { text-decoration: underline; white-space:"
    " normal; color: light-dark(#1f4e79, #8ec5ff); }"
)


@cache.kept(max_entries=200)
def _drawn(region: str | None, area: str | None) -> tuple[str, LinkDrawing]:
    drawn = link_drawing(collection_of(cache.atlas()), Filters(region=region, ght=area))
    name = publish_layer("calque", drawn.content) if drawn.content else ""
    return name, replace(drawn, content=b"")


def _published(view: Selection) -> tuple[str, LinkDrawing] | None:
    """Publish the links of a view, and again when their file was forgotten; None when refused."""
    try:
        found = _drawn(view.region, view.area)
        if not is_there(found[0]):
            _drawn.clear(view.region, view.area)
            found = _drawn(view.region, view.area)
    except (AssetError, BundleError):
        return None
    return found


def link_values(view: Selection) -> MapView:
    """
    Say which links the map draws; to merge in the view of `geo.drawing.screen_map.paint_values`.

    Returns
    -------
    values
        `links`: the address of their file, about 80 bytes, and `quiet`: a click on one is a click
        on the territory under it. Empty when there is nothing to draw.
    """
    name, _ = _published(view) or ("", None)
    return {"links": {"address": address(name), "quiet": True}} if name else {}


def _place(view: Selection) -> str:
    """Name what the links are those of."""
    choices = cache.choices()
    if view.area is not None:
        return partnerships_words.ght_name(choices.areas[view.area], view.area)
    if view.region is not None:
        return partnerships_words.region_name(choices.regions[view.region])
    return wording.WHOLE_COUNTRY


def show_link_legend(view: Selection) -> None:
    """Show what the links say, how many there are, and where their table is."""
    found = _published(view)
    if found is None:
        st.html(note_html(words.LINKS_MISSING))
    else:
        drawn = found[1]
        note = words.links_note(_place(view), drawn.count, drawn.linked_count)
        keys = keys_html([family_keys(drawn.families), status_keys(drawn.statuses)])
        body = (keys if drawn.linked_count else EMPTY) + note_html(note)
        st.html(f"<style>{STYLE}</style>")
        st.html(section_html(words.LINKS_TITLE, body))
    st.page_link("pages/partenariats.py", label=words.LINKS_TABLE, query_params=to_parameters(view))
