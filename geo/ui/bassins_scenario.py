"""The panel of what-if scenarios: add a change, take it back, name it, share it, see its effect."""

from dataclasses import replace
from typing import Final

import streamlit as st

from geo import wording_bassins, wording_exports
from geo.basin_names import change_text, is_idle, target_names
from geo.basin_tables import effect_rows, find_communes, in_french
from geo.basins import IMPORTED, Basin
from geo.catchment import OUTSIDE_PREFIX
from geo.errors import GhtError
from geo.formats import UNKNOWN
from geo.scenario import (
    CAPACITY_RANGE,
    KINDS,
    MAX_BYTES,
    MAX_NAME,
    Change,
    Scenario,
    from_json,
    to_address,
    to_json,
)
from geo.ui import bassins_cache, bassins_state, cache
from geo.ui.bassins_exports import show_table_files
from geo.ui.markup import escape_markdown, note_html, section_html
from geo.ui.panels import name_in, show_rows

MEGABYTE: Final = 1


def show_scenario(found: Basin) -> None:
    """Show the changes, the form that adds one, and what they do."""
    st.html(section_html(wording_bassins.SCENARIO, note_html(wording_bassins.SCENARIO_INTRO)))
    left, right = st.columns(2)
    with left:
        _show_form()
    with right:
        _show_changes()
        _show_files()
    view = bassins_state.view()
    if view.scenario.changes and view.model != IMPORTED:
        _show_effect(found)


def _show_form() -> None:
    """Show the form of the next change."""
    kind = st.selectbox(
        wording_bassins.CHANGE_KIND, list(KINDS), key="scenario_nature",
        format_func=name_in(wording_bassins.CHANGE_KINDS),
    )  # fmt: skip
    names = _targets(kind)
    st.selectbox(
        wording_bassins.TARGETS[kind], list(names), format_func=name_in(names), index=None,
        placeholder=wording_bassins.CHOOSE, key=f"scenario_cible_{kind}",
    )  # fmt: skip
    if KINDS[kind].needs_ght:
        ghts = {code: name for code, name in _areas().items() if not _is_outside(code)}
        st.selectbox(
            wording_bassins.DESTINATION, list(ghts), format_func=name_in(ghts), index=None,
            placeholder=wording_bassins.CHOOSE, key="scenario_ght",
        )  # fmt: skip
    if KINDS[kind].needs_capacity:
        st.number_input(
            wording_bassins.CAPACITY, *CAPACITY_RANGE, value=2.0, step=0.5, format="%.1f",
            key="scenario_capacite",
        )  # fmt: skip
    st.button(wording_bassins.ADD, on_click=_add, args=(kind,), key="scenario_ajouter",
              type="primary")  # fmt: skip


def _is_outside(code: str) -> bool:
    """Tell whether an area is outside any GHT."""
    return code.startswith(OUTSIDE_PREFIX)


def _areas() -> dict[str, str]:
    """Name the areas that have sites in the scenario."""
    world = bassins_cache.changed_world(bassins_state.view().scenario)
    names = cache.choices().areas
    codes = sorted(map(str, world.areas), key=lambda code: names.get(code, code))
    return {code: f"{names.get(code, code)} ({code})" for code in codes}


def _targets(kind: str) -> dict[str, str]:
    """Name what a kind of change may touch."""
    if kind == "merge":
        return _areas()
    if kind == "open":
        return _found_communes()
    return target_names(bassins_cache.changed_world(bassins_state.view().scenario), kind)


def _found_communes() -> dict[str, str]:
    """Search the commune of a new site: 35,000 names are too many for a list."""
    text = st.text_input(
        wording_bassins.COMMUNE_SEARCH, placeholder=wording_bassins.COMMUNE_HINT,
        key="scenario_commune",
    )  # fmt: skip
    codes = find_communes(cache.atlas().communes, bassins_cache.plain_names(), text or "")
    if text and not codes:
        st.caption(wording_bassins.COMMUNE_NONE)
    return {code: bassins_state.commune_name(code) for code in codes}


def _add(kind: str) -> None:
    """Add the change of the form."""
    held = st.session_state
    target = held.get(f"scenario_cible_{kind}")
    ght = held.get("scenario_ght") if KINDS[kind].needs_ght else ""
    if not target or ght is None:
        held[bassins_state.FAULT] = wording_bassins.MISSING_TARGET
        return
    capacity = float(held["scenario_capacite"]) if KINDS[kind].needs_capacity else 0.0
    change = Change(kind, target, ght or "", capacity)
    if is_idle(change, bassins_cache.changed_world(bassins_state.view().scenario)):
        held[bassins_state.FAULT] = wording_bassins.NO_EFFECT
        return
    bassins_state.change_scenario(lambda old: old.then(change))


def _show_changes() -> None:
    """Show the list of changes, in order, and how to take them back."""
    scenario = bassins_state.view().scenario
    if not scenario.changes:
        st.info(wording_bassins.NO_SCENARIO)
        return
    st.session_state["scenario_nom"] = scenario.name
    st.text_input(wording_bassins.NAME, max_chars=MAX_NAME, key="scenario_nom", on_change=_rename)
    world = bassins_cache.world()
    areas = dict(cache.choices().areas)
    lines = [change_text(change, world, areas) for change in scenario.changes]
    st.html(section_html(wording_bassins.CHANGES, _ordered(lines)))
    with st.container(horizontal=True):
        st.button(
            wording_bassins.UNDO, on_click=bassins_state.change_scenario, args=(Scenario.undo,),
            key="scenario_annuler",
        )  # fmt: skip
        st.button(
            wording_bassins.RESET, key="scenario_vider",
            on_click=bassins_state.change_scenario, args=(lambda _: Scenario(),),
        )  # fmt: skip


def _ordered(lines: list[str]) -> str:
    """Write numbered lines."""
    return "".join(note_html(f"{number}. {line}") for number, line in enumerate(lines, start=1))


def _rename() -> None:
    """Name the scenario."""
    name = " ".join(str(st.session_state["scenario_nom"]).split())[:MAX_NAME]
    scenario = replace(bassins_state.view().scenario, name=name or Scenario.name)
    bassins_state.keep(replace(bassins_state.view(), scenario=scenario))


def _show_files() -> None:
    """Take the scenario away, or bring one."""
    scenario = bassins_state.view().scenario
    if scenario.changes:
        if to_address(scenario) is None:
            st.warning(wording_bassins.TOO_LONG)
        st.download_button(
            wording_bassins.SAVE, data=to_json(scenario), file_name="scenario_ght.json",
            mime="application/json", on_click="ignore", key="scenario_json",
        )  # fmt: skip
    file = st.file_uploader(
        wording_bassins.UPLOAD_SCENARIO, type="json", key="scenario_fichier",
        max_upload_size=MEGABYTE,
    )  # fmt: skip
    if file is None:
        return
    try:
        opened = from_json(file.read(MAX_BYTES + 1))
        bassins_cache.changed_world(opened)
    except GhtError as error:
        st.error(escape_markdown(error))
        return
    st.button(
        wording_bassins.LOAD_SCENARIO, on_click=bassins_state.change_scenario,
        args=(lambda _: opened,), key="scenario_appliquer",
    )  # fmt: skip


def _show_effect(found: Basin) -> None:
    """Show what the scenario changes, territory by territory."""
    request = replace(bassins_state.request(), changes=())
    rows = effect_rows(bassins_cache.basin(request), found)
    st.html(section_html(wording_bassins.EFFECT))
    if rows.empty:
        st.info(wording_bassins.EFFECT_NONE)
        return
    table = in_french(rows, wording_bassins.EFFECT_COLUMNS)
    show_rows(table, empty=UNKNOWN)
    show_table_files("effet", wording_exports.EFFECT, lambda: table)
