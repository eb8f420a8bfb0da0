"""The view of a session: one `Selection`, kept in step with the address and the widgets."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from geo.selection import (
    DEFAULT,
    Selection,
    choose_area,
    choose_region,
    read_selection,
    to_parameters,
)
from geo.ui import cache

SELECTION: Final = "atlas_selection"
WRITTEN: Final = "atlas_written"
NOTICES: Final = "atlas_notices"


def selection() -> Selection:
    """Return the view of this session."""
    held = st.session_state.get(SELECTION, DEFAULT)
    return held if isinstance(held, Selection) else DEFAULT


def keep(chosen: Selection) -> None:
    """Change the view; notices about an address no longer matter."""
    st.session_state[SELECTION] = chosen
    st.session_state[NOTICES] = ()


def read_address() -> None:
    """Take the view from the address when it is new: a first visit, a link, the Back button."""
    parameters = st.query_params.to_dict()
    written = st.session_state.get(WRITTEN)
    if written is not None and (not parameters or parameters == written):
        return
    chosen, notices = read_selection(parameters, cache.choices())
    st.session_state[SELECTION] = chosen
    st.session_state[NOTICES] = notices
    st.session_state[WRITTEN] = parameters


def write_address() -> None:
    """Show the view in the address, so that it can be shared."""
    wanted = to_parameters(selection())
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)
    st.session_state[WRITTEN] = wanted


def pick_area(area: str | None) -> None:
    """Choose a territory, or none."""
    keep(choose_area(selection(), area, cache.choices()))


def _changed(name: str, key: str) -> None:
    """Take the value of a widget into the view."""
    value = st.session_state.get(key)
    if name == "region":
        keep(choose_region(selection(), value, cache.choices()))
    elif name == "area":
        pick_area(value)
    elif value is not None:
        keep(replace(selection(), **{name: value}))


def bound(name: str) -> dict[str, Any]:
    """
    Bind a widget to a field of the view.

    Parameters
    ----------
    name
        Field of `Selection`.

    Returns
    -------
    arguments
        `key` and `on_change`, with the widget already set to the view.
    """
    key = f"choix_{name}"
    st.session_state[key] = getattr(selection(), name)
    on_change: Callable[[str, str], None] = _changed
    return {"key": key, "on_change": on_change, "args": (name, key)}
