"""What the form of a change holds: filled by hand, by a click on the map, by the card of a site."""

from dataclasses import replace
from typing import Any, Final

import streamlit as st

from geo.catchment.scenario import CHANGE_KINDS, Change
from geo.ui.bassins import cache as bassins_cache
from geo.ui.bassins import view as bassins_view
from geo.ui.bassins import words
from geo.ui.shared import cache
from geo.ui.shared import view as shared_view
from geo.ui.shared.clicks import take_click

NATURE: Final = "scenario_nature"
GHT: Final = "scenario_ght"
CAPACITY: Final = "scenario_capacite"
ON_SITES: Final = ("move_site", "close", "capacity")


def target_key(kind: str) -> str:
    """Name where the target of a kind of change is held."""
    return f"scenario_cible_{kind}"


def nature() -> str:
    """Return the kind of change that is chosen."""
    return str(st.session_state.get(NATURE, next(iter(CHANGE_KINDS))))


def target() -> str | None:
    """Return what the change of the form touches."""
    held: str | None = st.session_state.get(target_key(nature()))
    return held


def change() -> Change | None:
    """Return the change of the form, or None until it is whole."""
    kind, held = nature(), st.session_state
    ght = held.get(GHT) if CHANGE_KINDS[kind].needs_ght else ""
    code = target()
    if not code or ght is None:
        return None
    capacity = float(held.get(CAPACITY, 0.0)) if CHANGE_KINDS[kind].needs_capacity else 0.0
    return Change(kind, code, ght or "", capacity)


def forget() -> None:
    """Empty the form: its change is in the scenario."""
    st.session_state.pop(target_key(nature()), None)
    st.session_state.pop(GHT, None)


def hold(kind: str, code: str) -> None:
    """Fill the form and open the panel where it is."""
    st.session_state[NATURE] = kind
    st.session_state[target_key(kind)] = code
    shared_view.HELD.hold(bassins_view.with_hospitals(shared_view.selection()))
    bassins_view.keep(replace(bassins_view.view(), panel=bassins_view.SCENARIO))


def entities() -> dict[str, str]:
    """Give the entity of each hospital that the scenario on screen has."""
    sites = bassins_cache.changed_world(bassins_view.view().scenario).sites
    return dict(zip(sites.finess_et, sites.finess_ej, strict=True))


def take_map_click(value: Any) -> None:  # noqa: ANN401  untrusted
    """
    Do what a click on the map asks for in the panel of scenarios.

    A hospital is also what changes, and the next territory where it goes.
    """
    before = shared_view.selection().site
    take_click(value, _arrive)
    site = shared_view.selection().site
    if site and site != before:
        _take_site(site)


def _take_site(site: str) -> None:
    """Make a hospital the target of the form, if the model knows it."""
    owners, kind = entities(), nature()
    if site not in owners:
        st.session_state[bassins_view.FAULT] = words.NOT_IN_MODEL
    elif kind == "move":
        hold(kind, owners[site])
    else:
        hold(kind if kind in ON_SITES else ON_SITES[0], site)


def _arrive(area: str | None) -> None:
    """Make a territory the one of arrival while the form waits for it; choose it otherwise."""
    kind = nature()
    if area in cache.choices().ghts and target() and CHANGE_KINDS[kind].needs_ght:
        st.session_state[GHT] = area
    else:
        bassins_view.pick(area)


def show_actions(site: str) -> None:
    """Offer what a scenario can do with the hospital whose card is open."""
    entity = entities().get(site)
    if entity is None:
        return
    with st.container(horizontal=True, key="scenario_gestes"):
        for label, kind, code in (
            (words.MOVE_SITE, "move_site", site), (words.MOVE_ENTITY, "move", entity),
        ):  # fmt: skip
            st.button(label, on_click=hold, args=(kind, code), key=f"geste_{kind}")
        st.button(words.CLOSE_SITE, on_click=_close, args=(site,), key="geste_close")


def _close(site: str) -> None:
    """Close a hospital, at once."""
    hold("close", site)
    bassins_view.change_scenario(lambda old: old.then(Change("close", site)))
    forget()
