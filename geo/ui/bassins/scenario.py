"""The panel of what-if scenarios: add a change, take it back, name it, share it, see its effect."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from geo.catchment.runs import Basin
from geo.catchment.scenario import CAPACITY_RANGE, CHANGE_KINDS, Change, Scenario
from geo.catchment.scenario_effect import far_sentence
from geo.catchment.scenario_file import MAX_BYTES, MAX_NAME, from_json, to_address, to_json
from geo.catchment.scenario_names import is_idle, target_names, target_text
from geo.catchment.world import World
from geo.errors import GhtError
from geo.formats import UNKNOWN
from geo.ui.bassins import cache as bassins_cache
from geo.ui.bassins import form, words, words_files
from geo.ui.bassins import view as bassins_view
from geo.ui.bassins.address import CODEC
from geo.ui.bassins.files import show_table_files
from geo.ui.bassins.scene import model_text, values_text
from geo.ui.bassins.told import Told
from geo.ui.shared import cache
from geo.ui.shared import view as shared_view
from geo.ui.shared.controls import name_in, show_rows
from geo.ui.shared.html import (
    Figure,
    escape_markdown,
    figures_html,
    note_html,
    section_html,
    status_html,
)
from geo.ui.shared.search import Choice, Search, show_search
from geo.ui.shared.selection import to_parameters
from geo.ui.shared.templates import EMPTY
from geo.wording import named_code

MEGABYTE: Final = 1
MOST: Final = 6  # territories told beside the map
# Kind of change -> what its target is searched among: a key of `geo.atlas.search.SCOPES`
SEARCHED: Final[Mapping[str, str]] = {
    "move_site": "sites",
    "move": "entites",
    "merge": "territoires",
    "close": "sites",
    "open": "communes",
    "capacity": "sites",
}


def show_scenario(found: Basin) -> None:
    """Show what the scenario does, in full, and take it away."""
    st.html(section_html(words.SCENARIO, note_html(words.SCENARIO_INTRO)))
    if bassins_view.invents():
        _show_table(found)
    _show_files(found)


def show_side(found: Basin) -> None:
    """Show beside the map what the scenario does, its changes, and the form of the next one."""
    if bassins_view.invents():
        show_effect(found)
    if bassins_view.view().panel != bassins_view.SCENARIO:
        return
    with st.container(key="scenario_cote"):
        _show_changes()
        _show_form()


def _show_form() -> None:
    """Show the form of the next change."""
    st.html(section_html(words.NEXT_CHANGE, note_html(words.CLICK_HINT)))
    kind = st.selectbox(
        words.CHANGE_KIND, list(CHANGE_KINDS), key=form.NATURE, filter_mode="contains",
        format_func=name_in(words.CHANGE_KINDS),
    )  # fmt: skip
    _show_target(words.TARGETS[kind], SEARCHED[kind], form.target_key(kind), _target_name(kind))
    if CHANGE_KINDS[kind].needs_ght:
        _show_target(words.DESTINATION, "ght", form.GHT, _area_name)
    if CHANGE_KINDS[kind].needs_capacity:
        st.number_input(
            words.CAPACITY, *CAPACITY_RANGE, value=100.0, step=10.0, format="%.0f",
            key=form.CAPACITY,
        )  # fmt: skip
    change = form.change()
    if change is not None:
        _warn(change, bassins_cache.changed_world(bassins_view.view().scenario))
    st.button(words.ADD, on_click=_add, key="scenario_ajouter", type="primary")


def _warn(change: Change, world: World) -> None:
    """Warn of a hospital that goes to a GHT far from it."""
    areas = dict(cache.choices().areas)
    sentence = far_sentence(change, world, areas, target_text(change, world))
    if sentence:
        st.warning(escape_markdown(sentence))


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


def _add() -> None:
    """Add the change of the form."""
    held, change = st.session_state, form.change()
    if change is None:
        held[bassins_view.FAULT] = words.MISSING_TARGET
        return
    if is_idle(change, bassins_cache.changed_world(bassins_view.view().scenario)):
        held[bassins_view.FAULT] = words.NO_EFFECT
        return
    before = bassins_view.view().scenario
    bassins_view.change_scenario(lambda old: old.then(change))
    if bassins_view.view().scenario != before:
        form.forget()


def _show_changes() -> None:
    """Show the list of changes, in order, and how to take them back."""
    scenario = bassins_view.view().scenario
    if not scenario.changes:
        st.info(words.NO_SCENARIO)
        return
    st.session_state["scenario_nom"] = scenario.name
    st.text_input(words.NAME, max_chars=MAX_NAME, key="scenario_nom", on_change=_rename)
    steps = bassins_cache.steps(scenario)
    st.html(section_html(words.CHANGES, _ordered(steps.changes)))
    for doubt in steps.doubts:
        st.warning(escape_markdown(doubt))
    with st.container(horizontal=True):
        st.button(
            words.UNDO, on_click=bassins_view.change_scenario, args=(Scenario.undo,),
            key="scenario_annuler",
        )  # fmt: skip
        st.button(
            words.RESET, key="scenario_vider",
            on_click=bassins_view.change_scenario, args=(lambda _: Scenario(),),
        )  # fmt: skip


def _ordered(lines: Sequence[str]) -> Markup:
    """Write numbered lines."""
    return EMPTY.join(note_html(f"{number}. {line}") for number, line in enumerate(lines, start=1))


def _rename() -> None:
    """Name the scenario."""
    name = " ".join(str(st.session_state["scenario_nom"]).split())[:MAX_NAME]
    scenario = replace(bassins_view.view().scenario, name=name or Scenario.name)
    bassins_view.keep(replace(bassins_view.view(), scenario=scenario))


def _show_files(found: Basin) -> None:
    """Take the scenario away, or bring one."""
    scenario = bassins_view.view().scenario
    if scenario.changes:
        _show_pdf(found)
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


def _show_pdf(found: Basin) -> None:
    """Offer the page of the scenario, written when it is asked for."""
    if not bassins_view.invents():
        return
    name = bassins_view.view().scenario.name
    asked = told(found)
    st.download_button(
        words.PDF, data=partial(_pdf_bytes, asked), mime="application/pdf",
        file_name=cache.file_name_of((words.SCENARIO_FILE, name), "pdf"), on_click="ignore",
        key="scenario_pdf", icon=":material/picture_as_pdf:",
    )  # fmt: skip


def told(found: Basin) -> Told:
    """Gather what the page of the scenario says."""
    view, request, reality = bassins_view.view(), bassins_view.request(), _reality()
    steps = bassins_cache.steps(view.scenario)
    done = bassins_cache.outcome(request, found, reality)
    return Told(
        found, reality, request, view.scenario.name, steps.changes, steps.doubts, done.effects,
        done.summary, model_text().rstrip("."), values_text(view), _link(),
    )  # fmt: skip


def _pdf_bytes(asked: Told) -> bytes:
    """Write the page of the scenario; what writes it is loaded by those who want it."""
    from geo.ui.bassins.scenario_pdf import scenario_pdf  # noqa: PLC0415

    return scenario_pdf(asked)


def _link() -> str:
    """Write the address of the page, with its scenario."""
    base = str(st.context.url or "/bassins").partition("?")[0]
    asked = to_parameters(shared_view.selection()) | CODEC.write(bassins_view.view())
    return f"{base}?{urlencode(asked)}"


def _reality() -> Basin:
    """Return the run on screen without its scenario."""
    return bassins_view.run(bassins_view.reality())


def show_effect(found: Basin) -> None:
    """Say what the scenario does to each territory that it touches: before and after."""
    done = bassins_cache.outcome(bassins_view.request(), found, _reality())
    listed, chosen = done.effects, shared_view.selection().area
    figures = [Figure(one.name, one.change, one.detail, is_wide=True) for one in listed[:MOST]]
    notes = [done.summary] if listed else [words.EFFECT_NONE]
    if len(listed) > MOST:
        notes.append(words.more_areas(len(listed) - MOST))
    if chosen and all(one.area_code != chosen for one in listed):
        notes.append(words.untouched(_area_name(chosen)))
    heard = " ".join(one.sentence for one in listed[:MOST])
    body = figures_html(figures) + EMPTY.join(map(note_html, notes))
    st.html(status_html(heard) + section_html(words.EFFECT, body))


def _show_table(found: Basin) -> None:
    """Show what the scenario changes, territory by territory."""
    table = bassins_cache.outcome(bassins_view.request(), found, _reality()).table
    if table.empty:
        return
    st.html(section_html(words.EFFECT_ROWS))
    show_rows(table, empty=UNKNOWN)
    show_table_files("effet", words_files.EFFECT, lambda: table)
