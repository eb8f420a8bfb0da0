"""The map of partnerships: faint territories, links and parties over them, and their legend."""

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st
from branca.element import MacroElement
from folium.template import Template

from geo.atlas.vocabulary import FORM_FAMILY
from geo.drawing import palette
from geo.drawing.protocol import Party
from geo.drawing.screen_map import script_json
from geo.ui.partenariats import cache as partenariats_cache
from geo.ui.partenariats import view as partenariats_view
from geo.ui.partenariats import words
from geo.ui.shared import cache
from geo.ui.shared import view as shared_view
from geo.ui.shared.clicks import clicked_area, clicked_link
from geo.ui.shared.html import mark_svg, note_html, section_html
from geo.ui.shared.map import show_folium, show_no_map
from geo.ui.shared.partnership_html import (
    family_keys,
    keys_html,
    sector_keys,
    status_keys,
    tint_keys,
)

STYLES: Final = {key: mark_svg(mark) for key, mark in palette.SECTOR_MARKS.items()}


class MarksElement(MacroElement):
    """The parties: Leaflet markers in the feature group that travels; their drawings are ours."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "Atlas.parties.add({{ this._parent.get_name() }}, {{ this.styles }}, {{ this.marks }});"
        "{% endmacro %}"
    )

    def __init__(self, marks: Sequence[Party]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "AtlasParties"
        present = {mark["s"] for mark in marks}
        self.styles = script_json({key: STYLES[key] for key in STYLES if key in present})
        self.marks = script_json(list(marks))


def _focus(opened: str | None) -> str | None:
    """Choose the territory to look at: the GHT chosen, else that of the sheet that is open."""
    chosen = partenariats_view.ght()
    if chosen or opened is None:
        return chosen
    return partenariats_cache.sheet(opened).ght


def take_click(value: Any) -> None:  # noqa: ANN401
    """Open the sheet of a link, or choose the GHT of a territory; it comes from the browser."""
    link = clicked_link(value, partenariats_cache.ids())
    if link is not None:
        partenariats_view.open_sheet(link)
        return
    is_click, code = clicked_area(value)
    if not is_click:
        return
    if code is None:
        partenariats_view.open_sheet(None)
    if code is None or code in partenariats_cache.ght_names():
        shared_view.pick_area(code)


def show_map() -> None:
    """Show the map: geometry by address, values and marks by rerun."""
    files, view = cache.map_files(), partenariats_view.view()
    if files.addresses is None:
        show_no_map(files.reason)
        return
    key = f"partenariats-{cache.atlas().version}"
    filters = partenariats_view.filters()
    values = partenariats_cache.values(
        filters,
        {
            "selected": _focus(view.opened),
            "region": filters.region,
            "sites": "aucun",
            "links": partenariats_cache.links(filters, view.opened),
        },
    )
    show_folium(
        files.addresses, values, key, lambda: take_click(st.session_state.get(key)),
        over=[MarksElement(partenariats_cache.shown(filters).marks)],
    )  # fmt: skip


def show_legend() -> None:
    """Show what the lines and the marks say: only what is on the map."""
    shown = partenariats_cache.shown(partenariats_view.filters())
    heads = shown.collection.partnerships
    heads = heads[heads.partnership_id.isin(shown.linked)]
    parts = [
        family_keys(heads.form.map(FORM_FAMILY)), status_keys(heads.status),
        sector_keys(mark["s"] for mark in shown.marks), tint_keys(),
    ]  # fmt: skip
    st.html(section_html(words.MAP_SECTION, keys_html(parts) + note_html(words.MAP_HINT)))
