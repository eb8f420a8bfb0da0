"""The view of a session: one `Selection`, kept in step with the address and the widgets."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from geo.ui.shared import cache
from geo.ui.shared.selection import (
    DEFAULT,
    Selection,
    choose_area,
    choose_region,
    read_selection,
    to_parameters,
)

SELECTION: Final = "atlas_selection"
WRITTEN: Final = "atlas_written"  # the address as the session last wrote or read it
PAGE: Final = "atlas_page"  # the page that runs, set by the frame
RUNS: Final = "atlas_runs"  # how many times a page has run, counted by the frame
READ_ON: Final = "atlas_read_on"  # the page that last read the address
TOUCHED: Final = "atlas_touched"  # a widget of this run changed the view
NOTICES: Final = "atlas_notices"


def count_run() -> None:
    """Count one more run of a page in this session."""
    st.session_state[RUNS] = st.session_state.get(RUNS, 0) + 1


def is_first_run() -> bool:
    """Tell whether the session has just begun, whatever the page."""
    return bool(st.session_state.get(RUNS) == 1)


def selection() -> Selection:
    """Return the view of this session."""
    held = st.session_state.get(SELECTION, DEFAULT)
    return held if isinstance(held, Selection) else DEFAULT


def keep(chosen: Selection) -> None:
    """Change the view; notices about an address no longer matter."""
    st.session_state[SELECTION] = chosen
    st.session_state[NOTICES] = ()
    st.session_state[TOUCHED] = True


def read_address(own: Collection[str] = ()) -> Mapping[str, str] | None:
    """
    Take the view from the address when it is new: a first visit, a link, the Back button.

    Parameters
    ----------
    own
        Parameters that the page reads itself.

    Returns
    -------
    parameters
        Those of the page, to be read; None when the address says nothing new.
    """
    parameters = st.query_params.to_dict()
    if not _is_news(parameters):
        return None
    shared = {name: value for name, value in parameters.items() if name not in own}
    chosen, notices = read_selection(shared, cache.choices())
    st.session_state[SELECTION] = chosen
    st.session_state[NOTICES] = notices
    st.session_state[WRITTEN] = parameters
    return {name: value for name, value in parameters.items() if name in own}


def _is_news(parameters: Mapping[str, str]) -> bool:
    """
    Tell whether the address asks for another view.

    A link of the menu has no parameter either: the view goes along to the other page. A browser
    that has not yet received the last address sends the one before with a widget: the widget wins.
    """
    held = st.session_state
    written, is_touched = held.get(WRITTEN), held.pop(TOUCHED, False)
    is_other_page = held.get(PAGE) != held.get(READ_ON)
    held[READ_ON] = held.get(PAGE)
    if written is None:
        return True
    if is_other_page and not parameters:
        held[WRITTEN] = {}
        return False
    return parameters != written and not is_touched


def write_address(own: Mapping[str, str] | None = None) -> None:
    """Show the view, and the parameters of the page, in the address, so that it can be shared."""
    wanted = to_parameters(selection()) | dict(own or {})
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
