"""The panels of the pages: each shows one thing that the engine computed."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st
from pandas.api.types import is_bool_dtype, is_numeric_dtype
from streamlit_folium import st_folium

from geo import wording
from geo.exports import to_csv
from geo.formats import (
    UNKNOWN,
    format_count,
    format_date,
    format_deviation,
    format_number,
    format_quantity,
    format_year,
    is_unknown,
)
from geo.maps import CLICK_KEY, base_map, paint_layer, paint_values
from geo.measures import MEASURES
from geo.palette import MARKS, SUPPORT
from geo.search import describe_match
from geo.selection import SITE_LEVELS
from geo.tables import NOTHING, export_table, in_region
from geo.ui import cache, state
from geo.ui.markup import (
    Figure,
    escape_markdown,
    figures_html,
    legend_html,
    marks_html,
    note_html,
    section_html,
    status_html,
    title_html,
)

MAP_HEIGHT: Final = 600
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


def show_controls() -> None:
    """Show the search and the choices of the view."""
    choices = cache.choices()
    with st.container(key="commandes"):
        search, region, area, measure, sites = st.columns([2.1, 1.3, 1.9, 1.5, 1.5])
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

    values = paint_values(
        cache.areas(),
        cache.classes(view.measure, view.method),
        (MEASURES[view.measure].label, MEASURES[view.measure].unit),
        cache.texts(view.measure),
        {"selected": view.area, "region": view.region, "sites": view.sites},
    )
    st_folium(
        base_map(files.addresses), key=key, height=MAP_HEIGHT, use_container_width=True,
        returned_objects=[CLICK_KEY], feature_group_to_add=paint_layer(values), on_change=on_click,
    )  # fmt: skip


def published_figure(area: pd.Series) -> Figure:
    """Show the published population, with its year and the deviation of the model."""
    if is_unknown(area.published_population):
        return Figure("Population publiée", "–", wording.PUBLISHED_NONE)
    year = format_year(area.published_population_year)
    note = wording.published_note(year, format_deviation(area.population_deviation_percent))
    return Figure("Population publiée", format_number(area.published_population), note)


def _modelled(area: pd.Series, text: str) -> str:
    """Say of a figure that it makes no sense where the model gives no territory."""
    has_none = area.status in wording.NOT_MODELLED and text == UNKNOWN
    return wording.NOT_APPLICABLE if has_none else text


def _modelled_figures(area: pd.Series) -> list[Figure]:
    """Figures of the territory that the model gives, the published one beside them."""
    population = _modelled(area, format_number(area.population))
    years = (format_year(area[name]) for name in ("population_year", "population_latest_year"))
    note = f"habitants, {wording.year_note(*years)}" if population != wording.NOT_APPLICABLE else ""
    density = format_quantity(area.density_per_km2, "hab./km²", 1)
    return [
        Figure("Population modélisée", population, note),
        published_figure(area),
        Figure("Superficie", _modelled(area, format_quantity(area.area_km2, "km²"))),
        Figure("Densité", _modelled(area, density)),
    ]


def _area_figures(area: pd.Series) -> list[Figure]:
    """Key figures of one territory."""
    is_ght = area.kind == "ght"
    figures = [
        *_modelled_figures(area),
        Figure("Membres", format_number(area.member_count) if is_ght else "–"),
        Figure("Sites généraux", _modelled(area, format_number(area.site_count))),
    ]
    if is_ght and not is_unknown(area.support_name):
        evidence = wording.support_note(str(area.support_evidence))
        figures.append(Figure("Établissement support", str(area.support_name), evidence, True))
    return figures


def counted_in(areas: pd.DataFrame) -> str:
    """Say of which years the populations of areas are: the newest, and the oldest if it differs."""
    first, last = areas.population_year.min(), areas.population_latest_year.max()
    return wording.year_note(format_year(first), format_year(last))


def _group_figures(areas: pd.DataFrame, sums: pd.Series) -> list[Figure]:
    """Key figures of the country or of a region."""
    ghts = areas[areas.kind == "ght"]
    drawn = format_number(ghts.population.notna().sum())
    note = f"habitants, {counted_in(areas)}"
    return [
        Figure("Population", format_number(sums.population), note),
        Figure("GHT", format_number(len(ghts)), f"dont {drawn} avec un territoire"),
        Figure("Superficie", format_quantity(sums.area_km2, "km²")),
        Figure("Densité", format_quantity(sums.density_per_km2, "hab./km²", 1)),
        Figure("Membres de GHT", format_number(sums.member_count)),
        Figure("Zones hors GHT", format_number((areas.kind == "hors_ght").sum())),
    ]


def show_key_figures() -> None:
    """Show the figures of what is chosen: a territory, a region or the country."""
    view, areas = state.selection(), cache.areas()
    choices = cache.choices()
    if view.area is None:
        name = wording.WHOLE_COUNTRY
        if view.region:
            name = wording.attached_to(choices.regions[view.region])
        figures = _group_figures(in_region(areas, view.region), cache.region_totals(view.region))
        heard = status_html(wording.shown_now(name))
        st.html(heard + section_html(name, figures_html(figures)))
        return
    area = areas[areas.area_code == view.area].iloc[0]
    name = str(area.area_name) if area.kind != "ght" else f"GHT {area.area_name} ({area.area_code})"
    heard = status_html(wording.shown_now(name))
    st.html(heard + section_html(name, figures_html(_area_figures(area))))
    if area.status in wording.NO_TERRITORY:
        st.info(wording.NO_TERRITORY[area.status])
    st.button(wording.CLEAR, on_click=state.pick_area, args=(None,), key="effacer")


def show_legend() -> None:
    """Show the legend, always in step with the map."""
    view, areas = state.selection(), cache.areas()
    measure, classes = MEASURES[view.measure], cache.classes(view.measure, view.method)
    unknown = classes.numbers.isna()
    without = unknown & areas.status.reindex(unknown.index).isin(wording.NOT_MODELLED)
    counts = int(unknown.sum() - without.sum()), int(without.sum())
    body = legend_html(classes, measure.decimals, areas.kind.tolist(), *counts)
    drawn = format_count(sum(classes.counts), "territoire")
    body += note_html(wording.class_note(drawn, wording.METHOD_NAMES[view.method]))
    unit = f" ({measure.unit})" if measure.unit else ""
    st.html(section_html(f"{measure.label}{unit}", body))
    st.selectbox(
        wording.METHOD, list(wording.METHOD_NAMES), format_func=name_in(wording.METHOD_NAMES),
        help=measure.description, **state.bound("method"),
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
    view, choices = state.selection(), cache.choices()
    region = choices.regions[view.region] if view.region else None
    table = cache.figures(view.region)
    st.html(section_html(wording.TABLE_TITLE))
    if table.empty:
        st.info(wording.NO_DATA)
        return
    show_rows(table, height=420)
    population = format_number(cache.region_totals(view.region).population)
    note = f"{wording.total_note(population, region)} {wording.DASH_NOTE}"
    st.caption(escape_markdown(note))
    st.download_button(
        wording.DOWNLOAD_TABLE, data=lambda: table_file(view.region),
        file_name="territoires_ght.csv", mime="text/csv", on_click="ignore",
    )  # fmt: skip


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
    st.caption(escape_markdown(source_text()))
