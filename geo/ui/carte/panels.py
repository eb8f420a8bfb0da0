"""The panels of the page Carte: each shows one thing that the engine computed."""

from types import ModuleType
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo import wording
from geo.atlas.columns import UNASSIGNED
from geo.atlas.search import describe_match
from geo.drawing.protocol import MapView
from geo.drawing.screen_map import paint_values
from geo.files.csv import to_csv
from geo.formats import format_number
from geo.territories.activity import INDICATORS
from geo.ui.carte import own_shown, words, words_own
from geo.ui.shared import cache, recipes
from geo.ui.shared import view as shared_view
from geo.ui.shared.clicks import clicked_area
from geo.ui.shared.controls import TABLE_HEIGHT, name_in, show_rows
from geo.ui.shared.html import escape_markdown, note_html, section_html, title_html
from geo.ui.shared.layers import LINKS, layer_values, show_layer_legend, show_layers
from geo.ui.shared.map import give_head_start, show_folium, show_no_map
from geo.ui.shared.selection import DEFAULT, LAYERS, SITE_LEVELS

# Of the figures of a territory, in their order.
PANEL_MEASURES: Final = ("population", "area_km2", "density_per_km2", "member_count", "site_count")


def show_title() -> None:
    """Show the name of the product and what its territories are."""
    st.html(title_html(wording.APP_TITLE, words.APP_SUBTITLE, wording.MODEL_DECLARATION))


def make_room_for_controls() -> DeltaGenerator:
    """Keep the place of the controls: they are shown once the map has started."""
    room = st.container(key="commandes")
    room.html('<i class="atlas-room"></i>')  # Streamlit does not show an empty container
    return room


def show_controls() -> None:
    """Show the search and the choices of the view."""
    choices = cache.choices()
    search, region, area, measure, sites, layers = st.columns(
        [2.0, 1.3, 1.8, 1.4, 1.5, 0.8], vertical_alignment="bottom"
    )
    with search:
        _show_search()
    region.selectbox(
        wording.REGION, list(choices.regions), format_func=name_in(choices.regions), index=None,
        placeholder=wording.WHOLE_COUNTRY, **shared_view.bound("region"),
    )  # fmt: skip
    names = {code: f"{name} ({code})" for code, name in choices.areas.items()}
    area.selectbox(
        wording.AREA, list(names), format_func=name_in(names), index=None,
        placeholder=wording.AREA_NONE, **shared_view.bound("area"),
    )  # fmt: skip
    measure.selectbox(
        wording.MEASURE, list(choices.measures), format_func=name_in(choices.measures),
        **shared_view.bound("measure"),
    )  # fmt: skip
    sites.selectbox(
        wording.SITES, list(SITE_LEVELS), format_func=name_in(wording.SITE_LEVELS),
        **shared_view.bound("sites"),
    )  # fmt: skip
    with layers:
        show_layers(LAYERS)


def _show_search() -> None:
    """Show the search box and its answers."""
    text = st.text_input(words.SEARCH, placeholder=words.SEARCH_HINT, key="recherche")
    if not text:
        return
    matches = cache.found(text)
    if not matches:
        st.caption(words.SEARCH_NOTHING)
        return
    st.caption(words.SEARCH_FOUND)
    for place, match in enumerate(matches):
        st.button(
            escape_markdown(describe_match(match)), key=f"resultat_{place}", type="tertiary",
            on_click=_take_match, args=(match.area_code,),
        )  # fmt: skip


def _take_match(area_code: str) -> None:
    """Choose the territory of an answer and close the search."""
    shared_view.pick_area(area_code)
    st.session_state["recherche"] = ""


def show_map() -> None:
    """Show the map: geometry by address, values by rerun."""
    files, view = cache.map_files(), shared_view.selection()
    if files.addresses is None:
        show_no_map(files.reason)
        return
    key = f"carte-{cache.atlas().version}"

    def on_click() -> None:
        is_click, code = clicked_area(st.session_state.get(key))
        if is_click:
            shared_view.pick_area(code)

    measure, classes = INDICATORS[view.measure], cache.classes(view.measure, view.method)
    over = layer_values(view, classes, measure.decimals)
    if LINKS in view.layers:
        over |= _links().link_values(view)
    seen: MapView = {"selected": view.area, "region": view.region, "sites": view.sites, **over}
    own = own_shown.shown()
    values = _own().painted(own, seen) if own else paint_values(
        cache.areas(), classes, cache.told(view.measure), cache.texts(view.measure), seen
    )  # fmt: skip
    show_folium(files.addresses, values, key, on_click)
    give_head_start()


def _links() -> ModuleType:
    """Load what draws the links, for those who want them only."""
    from geo.ui.carte import links as carte_links  # noqa: PLC0415

    return carte_links


def _own() -> ModuleType:
    """Load what reads and shows a person's own indicators, for those who have some only."""
    from geo.ui.carte import own as carte_own  # noqa: PLC0415

    return carte_own


def show_own() -> None:
    """Offer to bring an indicator; show the table of the one on the map."""
    own = own_shown.shown()
    if own is not None:
        _own().show_table(own)
    if st.toggle(words_own.OPEN, key="vos_donnees", help=words_own.OPEN_HELP):
        _own().show_panel()


def show_links() -> None:
    """Show the legend of the links of partnerships, when they are drawn."""
    view = shared_view.selection()
    if LINKS in view.layers:
        _links().show_link_legend(view)


def show_key_figures() -> None:
    """Show the figures of what is chosen: a territory, a region or the country."""
    view = shared_view.selection()
    st.html(cache.key_figures(view.region, view.area))
    if view.area is None:
        return
    status = cache.area(view.area).status
    if status in wording.NO_TERRITORY:
        st.info(wording.NO_TERRITORY[status])
    st.button(wording.CLEAR, on_click=shared_view.pick_area, args=(None,), key="effacer")


def show_legend() -> None:
    """Show the legend, always in step with the map."""
    view = shared_view.selection()
    own = own_shown.shown()
    if own is None:
        st.html(cache.legend(view.measure, view.method))
    else:
        _own().show_legend(own)
    show_layer_legend()
    st.selectbox(
        words.METHOD, list(wording.METHOD_NAMES), format_func=name_in(wording.METHOD_NAMES),
        help=cache.described(view.measure), **shared_view.bound("method"),
    )  # fmt: skip


def show_recipes() -> None:
    """Offer where the figures of the chosen territory come from, the indicator's first."""
    view = shared_view.selection()
    if view.area is not None and view.area != UNASSIGNED:
        area = view.area
        recipes.show_recipes((key, area) for key in (view.measure, *PANEL_MEASURES))


def show_table() -> None:
    """Show the figures of the map as a table, what they add up to, and the file to take away."""
    view = shared_view.selection()
    region = cache.choices().regions[view.region] if view.region else None
    place = region or wording.WHOLE_COUNTRY
    st.html(section_html(wording.TABLE_TITLE))
    if cache.figures(view.region, view.measure).empty:
        st.info(wording.NO_DATA)
        return
    if st.toggle(words.TABLE_GRID, key="grille", help=words.TABLE_GRID_HELP):
        show_rows(cache.figures(view.region, view.measure), height=TABLE_HEIGHT)
    else:
        table = cache.table(view.region, view.measure)
        st.html(table, unsafe_allow_javascript=True)  # texts, never HTML
    population = format_number(cache.region_totals(view.region).population)
    said = words.total_note(population, region, cache.outside())
    st.html(note_html(f"{said} {wording.DASH_NOTE}"))
    st.download_button(
        words.DOWNLOAD_TABLE, data=lambda: table_file(view.region, view.measure),
        mime="text/csv", on_click="ignore",
        file_name=cache.file_name_of((wording.PAGE_MAP, place, view.measure), "csv"),
    )  # fmt: skip
    # Eight files to offer cost as much as the rest of the page: only those who want them pay.
    if st.toggle(wording.MORE_FILES, key="fichiers", help=wording.MORE_FILES_HELP):
        from geo.ui.shared import downloads  # noqa: PLC0415  as do those who want what writes them

        content = downloads.with_indicator(
            downloads.bundled("territories", region=view.region), view.measure
        )
        others = downloads.ALL_FORMS - {"csv"}  # the one above, of the table on screen
        downloads.show_exports("carte", content, downloads.picture_of(view), others)


def table_file(region: str | None, measure: str = DEFAULT.measure) -> bytes:
    """Write the file of the table on screen: its rows, in their order."""
    return to_csv(cache.figures(region, measure))
