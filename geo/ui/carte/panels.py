"""The panels of the page Carte: each shows one thing that the engine computed."""

from types import ModuleType
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo import wording
from geo.atlas.columns import UNASSIGNED
from geo.atlas.search import EVERYTHING
from geo.drawing.protocol import MapView
from geo.drawing.screen_map import paint_values
from geo.files.csv import to_csv
from geo.formats import format_number
from geo.territories.activity import INDICATORS
from geo.ui.carte import own_shown, words, words_own
from geo.ui.shared import cache, names, recipes
from geo.ui.shared import view as shared_view
from geo.ui.shared.clicks import take_click
from geo.ui.shared.controls import TABLE_HEIGHT, name_in, show_rows
from geo.ui.shared.html import link_html, note_html, section_html, title_html
from geo.ui.shared.layers import LINKS, layer_values, show_layer_legend, show_layers
from geo.ui.shared.map import give_head_start, show_folium, show_no_map
from geo.ui.shared.search import Choice, Search, show_area_search, show_search
from geo.ui.shared.selection import DEFAULT, LAYERS, SITE_LEVELS
from geo.ui.shared.spots import spots

# Of the figures of a territory, in their order.
PANEL_MEASURES: Final = ("population", "area_km2", "density_per_km2", "member_count", "site_count")


WAYS: Final[tuple[tuple[str, str, dict[str, str]], ...]] = (
    ("pages/territoire.py", words.PORTRAIT, {}),
    ("pages/partenariats.py", words.PARTNERSHIPS, {}),
    ("pages/comparer.py", words.COMPARE, {}),
    ("pages/bassins.py", words.CONTESTED, {"vue": "confiance", "volet": "disputees"}),
)
GHT_ONLY: Final = ("pages/partenariats.py", "pages/comparer.py")


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
        wording.REGION, list(choices.regions), filter_mode="contains",
        format_func=name_in(choices.regions), index=None,
        placeholder=wording.WHOLE_COUNTRY, **shared_view.bound("region"),
    )  # fmt: skip
    with area:
        show_area_search(wording.AREA, wording.AREA_NONE, "choix_area")
    measure.selectbox(
        wording.MEASURE, list(choices.measures), filter_mode="contains",
        format_func=name_in(choices.measures),
        **shared_view.bound("measure"),
    )  # fmt: skip
    sites.selectbox(
        wording.SITES, list(SITE_LEVELS), filter_mode="contains",
        format_func=name_in(wording.SITE_LEVELS),
        **shared_view.bound("sites"),
    )  # fmt: skip
    with layers:
        show_layers(LAYERS)


def _show_search() -> None:
    """Show the search: what is chosen is shown by the map and its panel."""
    search = Search(words.SEARCH, words.SEARCH_HINT, EVERYTHING, keeps=False)
    show_search(search, "recherche", take_choice)


def take_choice(taken: Choice | None) -> None:
    """Open what was chosen: a territory, a commune with its own, a hospital where it is."""
    choices = cache.choices()
    if taken is None:
        return
    if taken.kind == "commune" and taken.code in choices.communes:
        shared_view.pick_commune(taken.code)
    elif taken.kind == "etablissement" and taken.code in choices.sites:
        home = choices.sites[taken.code]
        if home in choices.areas and home != shared_view.selection().area:
            shared_view.pick_area(home)
        shared_view.pick_site(taken.code)
    else:
        area = names.entity_areas().get(taken.code, taken.code)
        if area in choices.areas:
            shared_view.pick_area(area)


def show_map() -> None:
    """Show the map: geometry by address, values by rerun."""
    files, view = cache.map_files(), shared_view.selection()
    if files.addresses is None:
        show_no_map(files.reason)
        return
    key = f"carte-{cache.atlas().version}"

    measure, classes = INDICATORS[view.measure], cache.classes(view.measure, view.method)
    over = layer_values(view, classes, measure.decimals)
    if LINKS in view.layers:
        over |= _links().link_values(view)
    over |= spots(view)
    seen: MapView = {"selected": view.area, "region": view.region, "sites": view.sites, **over}
    own = own_shown.shown()
    values = _own().painted(own, seen) if own else paint_values(
        cache.areas(), classes, cache.told(view.measure), cache.texts(view.measure), seen
    )  # fmt: skip
    show_folium(files.addresses, values, key, lambda: take_click(st.session_state.get(key)))
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


def show_ways() -> None:
    """Lead to what other pages say of the chosen territory, and to who names its support."""
    area = shared_view.selection().area
    if area is None or area == UNASSIGNED:
        return
    page, note = cache.support_origins().get(area, ("", ""))
    if page:
        st.html(link_html(page, words.SUPPORT_SOURCE, words.NEW_TAB))
    elif note:
        st.html(note_html(f"{words.SUPPORT_NAMED} {note}"))
    is_ght = cache.area(area).kind == "ght"
    with st.container(horizontal=True, key="chemins"):
        for page, label, more in WAYS:
            if is_ght or page not in GHT_ONLY:
                st.page_link(page, label=label, query_params={"territoire": area, **more})


def show_legend() -> None:
    """Show the legend, always in step with the map."""
    view = shared_view.selection()
    own = own_shown.shown()
    if own is None:
        st.html(cache.legend(view.measure, view.method))
    else:
        _own().show_legend(own)
    show_layer_legend(view.layers)
    if INDICATORS[view.measure].is_count:  # circles have no classes to choose
        st.html(note_html(cache.described(view.measure)))
        return
    st.selectbox(
        words.METHOD, list(wording.METHOD_NAMES), filter_mode="contains",
        format_func=name_in(wording.METHOD_NAMES),
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
