"""The panels of the page of establishments."""

from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from geo.atlas.search import EVERYTHING
from geo.drawing import palette
from geo.establishments import words as wording
from geo.establishments.entity import Entity
from geo.establishments.explorer import GRID_ROWS, Page, Query
from geo.formats import format_count, format_number
from geo.ui.etablissements import cache as etablissements_cache
from geo.ui.etablissements import view as own
from geo.ui.etablissements import words
from geo.ui.etablissements.activity import show_activity
from geo.ui.etablissements.cache import Found
from geo.ui.shared import cache, view
from geo.ui.shared.controls import TABLE_HEIGHT, name_in, show_rows
from geo.ui.shared.downloads import show_exports
from geo.ui.shared.html import (
    Figure,
    entries_html,
    figures_html,
    mark_svg,
    note_html,
    section_html,
    status_html,
    title_html,
)
from geo.ui.shared.layers import show_layers
from geo.ui.shared.search import Search, show_area_search, show_search
from geo.ui.shared.templates import EMPTY


def show_title() -> None:
    """Show what the page is about."""
    st.html(title_html(wording.PAGE, words.SUBTITLE))


def show_filters() -> None:
    """Show what can be filtered."""
    choices = etablissements_cache.choices()
    with st.container(key="commandes"):
        first = st.columns([1.8, 1.1, 1.2, 1.9], vertical_alignment="bottom")
        second = st.columns([1.5, 1.3, 1.4, 1.4, 0.9, 0.9], vertical_alignment="bottom")
    with first[0]:
        _show_search()
    regions = cache.choices().regions
    _list(first[1], "region", wording.REGION, regions, words.WHOLE_COUNTRY)
    near = own.departements(view.selection().region)
    _list(first[2], "departement", wording.DEPARTEMENT, near, wording.ALL_MALE)
    with first[3]:
        show_area_search(wording.AREA, wording.ALL_MALE, "etablissements_area", own.pick_area)
    _list(second[0], "group", wording.GROUP, choices["group"], words.ALL_FEMALE)
    _list(second[1], "role", wording.ROLE, choices["role"], words.ALL_FEMALE)
    _list(second[2], "status", wording.STATUS, choices["status"], wording.ALL_MALE)
    _list(second[3], "offer", wording.OFFER, choices["offer"], words.ALL_FEMALE)
    second[4].button(words.RESET, on_click=own.reset, key="etablissements_effacer")
    with second[5]:
        show_layers()


def _show_search() -> None:
    """Show the search: a text that filters, or what is proposed for it."""
    search = Search(
        wording.SEARCH, words.SEARCH_HINT, EVERYTHING, own.view().text, is_free=True
    )  # fmt: skip
    show_search(search, "etablissements_text", own.take_search)


def _list(
    place: DeltaGenerator, name: str, label: str, names: Mapping[str, str], none: str
) -> None:
    """Show the list of one filter."""
    place.selectbox(
        label, list(names), filter_mode="contains",
        format_func=name_in(names), index=None, placeholder=none,
        **own.bound(name),
    )  # fmt: skip


def show_figures(shown: Found) -> None:
    """Show how many sites there are, and of which category: the legend of the map too."""
    figures = [
        Figure(words.SITES, format_number(shown.total)),
        Figure(words.ENTITIES, format_number(shown.entities)),
        Figure(words.GENERAL, format_number(shown.general), words.GENERAL_NOTE),
        Figure(words.UNLOCATED, format_number(shown.unlocated), words.UNLOCATED_NOTE),
    ]
    st.html(status_html(words.filtered_note(shown.total)) + figures_html(figures))
    st.html(section_html(words.COUNT_TITLE, _counts_html(shown)))


def _counts_html(shown: Found) -> Markup:
    """Write the categories with their marks and their counts."""
    rows = [(key, wording.GROUPS[key], count) for key, count in shown.groups.items()]
    stars = [(key, palette.MARKS[key].label, count) for key, count in shown.stars.items()]
    entries = [
        (mark_svg(palette.MARKS[key]), label, format_number(count))
        for key, label, count in [*stars, *rows]
    ]
    notes = note_html(words.STAR_NOTE) if shown.stars else EMPTY
    return entries_html(entries) + notes + note_html(words.MAP_NOTE)


def show_table(shown: Found) -> None:
    """Show the sites kept: a page of them, or a grid to sort and search."""
    st.html(section_html(words.TABLE_TITLE))
    if not shown.total:
        st.info(words.NOTHING)
        return
    query = own.query()
    limit = words.GRID_HELP.format(count=format_count(GRID_ROWS, "site"))
    if st.toggle(words.GRID, key="etablissements_grille", help=limit):
        rows = etablissements_cache.grid(query)
        show_rows(rows, height=TABLE_HEIGHT)
        st.caption(words.grid_line(len(rows), shown.total))
    else:
        page, table = etablissements_cache.page(query, own.view().page)
        st.html(table)
        _show_pages(page)
        _show_entity_choice(page)
    _show_downloads(query)


def _show_pages(page: Page) -> None:
    """Show where the page is among the others, and lead to them and to the entities."""
    last = page.first + len(page.rows) - 1
    st.caption(words.page_line(page.first, last, page.total, page.number, page.count))
    if page.count == 1:
        return
    targets = (
        (words.FIRST, 1, "first_page"),
        (words.PREVIOUS, page.number - 1, "chevron_left"),
        (words.NEXT, page.number + 1, "chevron_right"),
        (words.LAST, page.count, "last_page"),
    )
    with st.container(horizontal=True):
        for label, target, icon in targets:
            st.button(
                label, icon=f":material/{icon}:", key=f"etablissements_{icon}",
                on_click=own.turn_to, args=(target,),
                disabled=not 1 <= target <= page.count or target == page.number,
            )  # fmt: skip


def _show_downloads(query: Query) -> None:
    """Show the files to take away, made when they are asked for."""
    st.caption(words.DOWNLOADS)
    chosen = etablissements_cache.content(query)
    show_exports("etablissements", chosen, etablissements_cache.picture(query))


def _show_entity_choice(page: Page) -> None:
    """Show the legal entities of the page on screen, to open the sheet of one."""
    opened = own.view().entity
    rows = page.rows.drop_duplicates("finess_ej")
    names = dict(zip(rows.finess_ej, rows.entity_name, strict=True))
    if opened is not None:
        found = etablissements_cache.entity(opened)
        names = {opened: found.name if found else opened} | names
    labels = {code: f"{name} ({code})" for code, name in names.items()}
    shown = labels.get(opened or "", "")
    search = Search(words.OPEN, words.OPEN_NONE, "fiches", shown, names=labels, kind="entite")
    show_search(search, "etablissements_entity", own.take_entity)


def show_sheet_button() -> None:
    """Offer the sheet of the legal entity of the site whose card is open."""
    number = view.selection().site
    entity = etablissements_cache.entity_number(number) if number else None
    if entity and entity != own.view().entity:
        st.button(words.SEE_SHEET, on_click=own.open_entity, args=(entity,), key="fiche_entite")


def show_entity() -> None:
    """Show the sheet of the legal entity that is open."""
    number = own.view().entity
    found = etablissements_cache.entity(number) if number else None
    if found is None:
        return
    facts, tables = st.columns([1, 2.3])
    with facts:
        figures = figures_html(entity_figures(found))
        st.html(status_html(words.opened_now(found.name)) + section_html(found.name, figures))
        st.button(words.CLOSE, on_click=own.open_entity, args=(None,), key="etablissements_fermer")
    with tables:
        if found.sites.empty:
            st.info(cache.vintages().fill(words.ENTITY_NO_SITE))
        else:
            sites = etablissements_cache.entity_table(found.finess_ej)
            st.html(section_html(words.ENTITY_SITES) + sites)
        show_activity(found)
        if not found.anomalies.empty:
            faults = etablissements_cache.entity_faults(found.finess_ej)
            st.html(section_html(words.ENTITY_ANOMALIES) + faults)


def entity_figures(found: Entity) -> list[Figure]:
    """List what is known of a legal entity; what has no object is left out."""
    ght = f"{found.ght_name} ({found.ght_code})" if found.ght_code else words.ENTITY_OUTSIDE
    total = len(found.sites)
    qualities = found.sites.quality_label.value_counts()
    lines = [f"{name} : {format_number(count)}" for name, count in qualities.items()]
    facts = [
        (words.ENTITY_NUMBER, found.finess_ej, ""),
        (words.ENTITY_GHT, ght, ""),
        (words.ENTITY_ROLE, found.role_label, ""),
        (words.ENTITY_EVIDENCE, found.membership, ""),
        (words.ENTITY_SUPPORT, found.support, ""),
        (words.ENTITY_BEFORE, " ; ".join(found.predecessors), ""),
        (words.ENTITY_MODEL, words.model_line(found.general_count, total) if total else "", ""),
        (words.ENTITY_QUALITY, " ; ".join(lines), ""),
    ]
    return [Figure(label, value, note, is_wide=True) for label, value, note in facts if value]
