"""The panel of what-if scenarios: add a change, take it back, name it, share it, see its effect."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.catchment.runs import IMPORTED, Basin
from geo.catchment.scenario import (
    CAPACITY_RANGE,
    CHANGE_KINDS,
    MAX_BYTES,
    MAX_NAME,
    Change,
    Scenario,
    from_json,
    to_address,
    to_json,
)
from geo.catchment.scenario_names import change_text, is_idle, target_names
from geo.catchment.tables import effect_rows, in_french
from geo.errors import GhtError
from geo.formats import UNKNOWN
from geo.ui.bassins import cache as bassins_cache
from geo.ui.bassins import view as bassins_view
from geo.ui.bassins import words, words_files
from geo.ui.bassins.files import show_table_files
from geo.ui.shared import cache
from geo.ui.shared.controls import name_in, show_rows
from geo.ui.shared.html import escape_markdown, note_html, section_html
from geo.ui.shared.search import Choice, Search, show_search
from geo.ui.shared.templates import EMPTY
from geo.wording import named_code

MEGABYTE: Final = 1
# Kind of change -> what its target is searched among: a key of `geo.atlas.search.SCOPES`
SEARCHED: Final[Mapping[str, str]] = {
    "move": "entites",
    "merge": "territoires",
    "close": "sites",
    "open": "communes",
    "capacity": "sites",
}


def show_scenario(found: Basin) -> None:
    """Show the changes, the form that adds one, and what they do."""
    st.html(section_html(words.SCENARIO, note_html(words.SCENARIO_INTRO)))
    left, right = st.columns(2)
    with left:
        _show_form()
    with right:
        _show_changes()
        _show_files()
    view = bassins_view.view()
    if view.scenario.changes and view.model != IMPORTED:
        _show_effect(found)


def _show_form() -> None:
    """Show the form of the next change."""
    kind = st.selectbox(
        words.CHANGE_KIND, list(CHANGE_KINDS), key="scenario_nature",
        filter_mode="contains",
        format_func=name_in(words.CHANGE_KINDS),
    )  # fmt: skip
    _show_target(words.TARGETS[kind], SEARCHED[kind], f"scenario_cible_{kind}", _target_name(kind))
    if CHANGE_KINDS[kind].needs_ght:
        _show_target(words.DESTINATION, "ght", "scenario_ght", _area_name)
    if CHANGE_KINDS[kind].needs_capacity:
        st.number_input(
            words.CAPACITY, *CAPACITY_RANGE, value=100.0, step=10.0, format="%.0f",
            key="scenario_capacite",
        )  # fmt: skip
    st.button(words.ADD, on_click=_add, args=(kind,), key="scenario_ajouter",
              type="primary")  # fmt: skip


def _show_target(label: str, among: str, key: str, name: Callable[[str], str]) -> None:
    """Search what a change touches, by any name: its own, its town's, that of a site of it."""
    held = st.session_state
    code = held.get(key)

    def choose(taken: Choice | None) -> None:
        held[key] = taken.code if taken else None

    hint = words.SEARCH_HINTS.get(among, words.CHOOSE)
    search = Search(label, hint, among, name(code) if code else "")
    show_search(search, f"{key}_recherche", choose)


def _target_name(kind: str) -> Callable[[str], str]:
    """Make what names a target of a kind of change."""
    if kind == "merge":
        return _area_name
    if kind == "open":
        return bassins_view.commune_name
    return lambda code: _supply_names(kind).get(code, code)


def _supply_names(kind: str) -> dict[str, str]:
    """Name the sites or the entities of the scenario."""
    return target_names(bassins_cache.changed_world(bassins_view.view().scenario), kind)


def _area_name(code: str) -> str:
    """Name a territory."""
    return named_code(cache.choices().areas.get(code, code), code)


def _add(kind: str) -> None:
    """Add the change of the form."""
    held = st.session_state
    target = held.get(f"scenario_cible_{kind}")
    ght = held.get("scenario_ght") if CHANGE_KINDS[kind].needs_ght else ""
    if not target or ght is None:
        held[bassins_view.FAULT] = words.MISSING_TARGET
        return
    capacity = float(held["scenario_capacite"]) if CHANGE_KINDS[kind].needs_capacity else 0.0
    change = Change(kind, target, ght or "", capacity)
    if is_idle(change, bassins_cache.changed_world(bassins_view.view().scenario)):
        held[bassins_view.FAULT] = words.NO_EFFECT
        return
    bassins_view.change_scenario(lambda old: old.then(change))


def _show_changes() -> None:
    """Show the list of changes, in order, and how to take them back."""
    scenario = bassins_view.view().scenario
    if not scenario.changes:
        st.info(words.NO_SCENARIO)
        return
    st.session_state["scenario_nom"] = scenario.name
    st.text_input(words.NAME, max_chars=MAX_NAME, key="scenario_nom", on_change=_rename)
    world = bassins_cache.world()
    areas = dict(cache.choices().areas)
    lines = [change_text(change, world, areas) for change in scenario.changes]
    st.html(section_html(words.CHANGES, _ordered(lines)))
    with st.container(horizontal=True):
        st.button(
            words.UNDO, on_click=bassins_view.change_scenario, args=(Scenario.undo,),
            key="scenario_annuler",
        )  # fmt: skip
        st.button(
            words.RESET, key="scenario_vider",
            on_click=bassins_view.change_scenario, args=(lambda _: Scenario(),),
        )  # fmt: skip


def _ordered(lines: list[str]) -> Markup:
    """Write numbered lines."""
    return EMPTY.join(note_html(f"{number}. {line}") for number, line in enumerate(lines, start=1))


def _rename() -> None:
    """Name the scenario."""
    name = " ".join(str(st.session_state["scenario_nom"]).split())[:MAX_NAME]
    scenario = replace(bassins_view.view().scenario, name=name or Scenario.name)
    bassins_view.keep(replace(bassins_view.view(), scenario=scenario))


def _show_files() -> None:
    """Take the scenario away, or bring one."""
    scenario = bassins_view.view().scenario
    if scenario.changes:
        if to_address(scenario) is None:
            st.warning(words.TOO_LONG)
        st.download_button(
            words.SAVE, data=to_json(scenario), mime="application/json",
            file_name=cache.file_name_of((words.SCENARIO_FILE, scenario.name), "json"),
            on_click="ignore", key="scenario_json",
        )  # fmt: skip
    # Of any type, as a zoning: what is no scenario is refused in a sentence.
    file = st.file_uploader(words.UPLOAD_SCENARIO, key="scenario_fichier", max_upload_size=MEGABYTE)
    if file is None:
        return
    try:
        opened = from_json(file.read(MAX_BYTES + 1))
        bassins_cache.changed_world(opened)
    except GhtError as error:
        st.error(escape_markdown(error))
        return
    st.button(
        words.LOAD_SCENARIO, on_click=bassins_view.change_scenario,
        args=(lambda _: opened,), key="scenario_appliquer",
    )  # fmt: skip


def _show_effect(found: Basin) -> None:
    """Show what the scenario changes, territory by territory."""
    request = replace(bassins_view.request(), changes=())
    rows = effect_rows(bassins_view.run(request), found)
    st.html(section_html(words.EFFECT))
    if rows.empty:
        st.info(words.EFFECT_NONE)
        return
    table = in_french(rows, words.EFFECT_COLUMNS)
    show_rows(table, empty=UNKNOWN)
    show_table_files("effet", words_files.EFFECT, lambda: table)
