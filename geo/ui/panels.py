"""The panels of the pages: each shows one thing that the engine computed."""

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, Final

import pandas as pd
import streamlit as st
from pandas.api.types import is_bool_dtype, is_numeric_dtype
from streamlit.delta_generator import DeltaGenerator

from geo import wording
from geo.exports import to_csv
from geo.formats import format_date, format_number
from geo.maps import CLICK_KEY, paint_values
from geo.measures import MEASURES
from geo.palette import MARKS, SUPPORT
from geo.search import describe_match
from geo.selection import LAYERS, SITE_LEVELS
from geo.tables import NOTHING, export_table, in_region
from geo.ui import cache, state
from geo.ui.folium_map import give_head_start, show_folium
from geo.ui.layers import LINKS, layer_values, show_layer_legend, show_layers
from geo.ui.markup import escape_markdown, marks_html, note_html, section_html, title_html

TABLE_HEIGHT: Final = 420
MAP_SOURCES: Final = frozenset(
    {"contours", "populations", "mayotte", "finess", "ghts", "published"}
)
SITE_MARKS: Final = {
    "supports": ("support",),
    "generaux": ("support", "chr_chu", "ch", "hopital_local"),
}


def show_title() -> None:
    """Show the name of the product and what its territories are."""
    st.html(title_html(wording.APP_TITLE, wording.APP_SUBTITLE, wording.MODEL_DECLARATION))


def name_in(names: Mapping[str, str]) -> Callable[[Any], str]:
    """Make the function that names the choices of a list."""
    return lambda key: names.get(key, str(key))


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
        placeholder=wording.WHOLE_COUNTRY, **state.bound("region"),
    )  # fmt: skip
    names = {code: f"{name} ({code})" for code, name in choices.areas.items()}
    area.selectbox(
        wording.AREA, list(names), format_func=name_in(names), index=None,
        placeholder=wording.AREA_NONE, **state.bound("area"),
    )  # fmt: skip
    measure.selectbox(
        wording.MEASURE, list(choices.measures), format_func=name_in(choices.measures),
        **state.bound("measure"),
    )  # fmt: skip
    sites.selectbox(
        wording.SITES, list(SITE_LEVELS), format_func=name_in(wording.SITE_LEVELS),
        **state.bound("sites"),
    )  # fmt: skip
    with layers:
        show_layers(LAYERS)


def _show_search() -> None:
    """Show the search box and its answers."""
    text = st.text_input(wording.SEARCH, placeholder=wording.SEARCH_HINT, key="recherche")
    if not text:
        return
    matches = cache.found(text)
    if not matches:
        st.caption(wording.SEARCH_NOTHING)
        return
    st.caption(wording.SEARCH_FOUND)
    for place, match in enumerate(matches):
        st.button(
            escape_markdown(describe_match(match)), key=f"resultat_{place}", type="tertiary",
            on_click=_take_match, args=(match.area_code,),
        )  # fmt: skip


def _take_match(area_code: str) -> None:
    """Choose the territory of an answer and close the search."""
    state.pick_area(area_code)
    st.session_state["recherche"] = ""


def clicked_area(value: Any) -> tuple[bool, str | None]:  # noqa: ANN401
    """
    Read what the map sent back.

    Returns
    -------
    is_click, area_code
        Anything but a known code or None is ignored: it comes from the browser.
    """
    click = value.get(CLICK_KEY) if isinstance(value, dict) else None
    if not isinstance(click, dict) or "area_code" not in click:
        return False, None
    code = click["area_code"]
    if code is None:
        return True, None
    known = isinstance(code, str) and code in cache.choices().areas
    return known, code if known else None


def show_map() -> None:
    """Show the map: geometry by address, values by rerun."""
    files, view = cache.map_files(), state.selection()
    if files.addresses is None:
        st.warning(escape_markdown(wording.NO_ASSETS.format(reason=files.reason)))
        return
    key = f"carte-{cache.atlas().version}"

    def on_click() -> None:
        is_click, code = clicked_area(st.session_state.get(key))
        if is_click:
            state.pick_area(code)

    measure, classes = MEASURES[view.measure], cache.classes(view.measure, view.method)
    over = layer_values(view, classes, measure.decimals)
    if LINKS in view.layers:
        over |= _links().link_values(view)
    values = paint_values(
        cache.areas(), classes, (measure.label, measure.unit), cache.texts(view.measure),
        {"selected": view.area, "region": view.region, "sites": view.sites, **over},
    )  # fmt: skip
    show_folium(files.addresses, values, key, on_click)
    give_head_start()


def _links() -> ModuleType:
    """Load what draws the links, for those who want them only."""
    from geo.ui import carte_links  # noqa: PLC0415

    return carte_links


def show_links() -> None:
    """Show the legend of the links of partnerships, when they are drawn."""
    view = state.selection()
    if LINKS in view.layers:
        _links().show_link_legend(view)


def show_key_figures() -> None:
    """Show the figures of what is chosen: a territory, a region or the country."""
    view = state.selection()
    st.html(cache.key_figures(view.region, view.area))
    if view.area is None:
        return
    status = cache.area(view.area).status
    if status in wording.NO_TERRITORY:
        st.info(wording.NO_TERRITORY[status])
    st.button(wording.CLEAR, on_click=state.pick_area, args=(None,), key="effacer")


def show_legend() -> None:
    """Show the legend, always in step with the map."""
    view = state.selection()
    st.html(cache.legend(view.measure, view.method))
    show_layer_legend()
    st.selectbox(
        wording.METHOD, list(wording.METHOD_NAMES), format_func=name_in(wording.METHOD_NAMES),
        help=MEASURES[view.measure].description, **state.bound("method"),
    )  # fmt: skip


def show_marks() -> None:
    """Show the legend of the establishments drawn, under the map."""
    level = state.selection().sites
    if level != "aucun":
        st.html(marks_html(SITE_MARKS.get(level) or _all_marks()))


def _all_marks() -> list[str]:
    """List the marks of the hospital sites, support establishments first."""
    sites = cache.atlas().establishments
    groups = set(sites[sites.scope == "hospitalier"].category_group)
    return [key for key in MARKS if key in groups or key == SUPPORT]


def show_rows(
    table: pd.DataFrame, height: int | None = None, link: str | None = None, empty: str = NOTHING
) -> None:
    """
    Show a table with French numbers and a dash for what is missing.

    Parameters
    ----------
    table
        Columns under their French names.
    height
        Pixels; by its content when None.
    link
        Column of web addresses.
    empty
        What stands for a missing value.
    """
    columns: dict[str, Any] = {}
    for name in table.columns:
        if is_numeric_dtype(table[name]) and not is_bool_dtype(table[name]):
            shape: Any = "%d" if str(name).startswith("Année") else "localized"
            columns[str(name)] = st.column_config.NumberColumn(format=shape)
    if link:
        columns[link] = st.column_config.LinkColumn(display_text=wording.SOURCE_LINK)
    st.dataframe(
        table, hide_index=True, placeholder=empty, column_config=columns,
        height=height or "auto",
    )  # fmt: skip


def show_table() -> None:
    """Show the figures of the map as a table, what they add up to, and the file to take away."""
    view = state.selection()
    region = cache.choices().regions[view.region] if view.region else None
    st.html(section_html(wording.TABLE_TITLE))
    if cache.figures(view.region).empty:
        st.info(wording.NO_DATA)
        return
    if st.toggle(wording.TABLE_GRID, key="grille", help=wording.TABLE_GRID_HELP):
        show_rows(cache.figures(view.region), height=TABLE_HEIGHT)
    else:
        st.html(cache.table(view.region), unsafe_allow_javascript=True)  # texts, never HTML
    population = format_number(cache.region_totals(view.region).population)
    st.html(note_html(f"{wording.total_note(population, region)} {wording.DASH_NOTE}"))
    st.download_button(
        wording.DOWNLOAD_TABLE, data=lambda: table_file(view.region),
        file_name="territoires_ght.csv", mime="text/csv", on_click="ignore",
    )  # fmt: skip
    # Eight files to offer cost as much as the rest of the page: only those who want them pay.
    if st.toggle(wording.MORE_FILES, key="fichiers", help=wording.MORE_FILES_HELP):
        from geo.ui import exports_panel  # noqa: PLC0415  as do those who want what writes them

        content = exports_panel.bundled("territories", region=view.region)
        exports_panel.show_exports("carte", content, exports_panel.picture_of(view))


def table_file(region: str | None) -> bytes:
    """Write the file of the table on screen."""
    return to_csv(export_table(in_region(cache.areas(), region)), source_text())


def source_text() -> str:
    """Provenance of the figures on screen."""
    manifest = cache.atlas().manifest
    listed = [
        f"{source['title']} ({source['producer'].partition(',')[0]}, {source['vintage']})"
        for source in manifest.sources
        if source["key"] in MAP_SOURCES
    ]
    return wording.source_line(
        " ; ".join(listed), cache.atlas().version, format_date(manifest.build_date)
    )


def show_sources() -> None:
    """Show where the figures come from."""
    st.html(note_html(source_text()))
