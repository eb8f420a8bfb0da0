"""The choices of the data page, kept in step with the address and the widgets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import streamlit as st

from geo.atlas.load import TABLES
from geo.establishments import words as wording
from geo.ui.donnees import cache as donnees_cache
from geo.ui.shared import frame
from geo.ui.shared import view as shared_view
from geo.ui.shared.html import escape_markdown
from geo.ui.shared.selection import LONGEST_VALUE

VIEW: Final = "donnees_vue"
LONGEST_TEXT: Final = 80
PARAMETERS: Final[Mapping[str, str]] = {
    "anomalie": "kind",
    "groupement": "ght",
    "origine": "source",
    "filtre": "text",
    "composition": "composition",
    "table": "table",
}
KEYS: Final[Mapping[str, str]] = {
    "kind": "anomalie",
    "ght": "anomalie_ght",
    "source": "anomalie_source",
    "text": "filtre",
    "composition": "rapprochement",
    "table": "table",
}


@dataclass(frozen=True)
class View:
    """
    What is chosen on the data page.

    Attributes
    ----------
    kind, ght, source, text
        Filters of the anomalies; None and an empty text keep everything.
    composition
        GHT whose members are reconciled; the first one when None.
    table
        Table described.
    """

    kind: str | None = None
    ght: str | None = None
    source: str | None = None
    text: str = ""
    composition: str | None = None
    table: str = TABLES[0]


DEFAULT: Final = View()


def read_view(parameters: Mapping[str, str]) -> tuple[View, tuple[str, ...]]:
    """
    Read the choices of an address; what is wrong falls back to the default and is said.

    Parameters
    ----------
    parameters
        Query parameters, untrusted.

    Returns
    -------
    view, notices
        Notices are French sentences, not escaped.
    """
    found: dict[str, Any] = {}
    notices: list[str] = []
    for parameter, name in PARAMETERS.items():
        text = str(parameters.get(parameter, "")).strip()
        if name == "text":
            found[name] = text[:LONGEST_TEXT]
        elif text and text in donnees_cache.allowed(name):
            found[name] = text
        elif text:
            notices.append(wording.wrong_value(parameter, text[:LONGEST_VALUE]))
    return replace(DEFAULT, **found), tuple(notices)


def to_parameters(chosen: View) -> dict[str, str]:
    """Write the choices as query parameters: short, defaults left out."""
    values = {parameter: getattr(chosen, name) for parameter, name in PARAMETERS.items()}
    defaults = {parameter: getattr(DEFAULT, name) for parameter, name in PARAMETERS.items()}
    return {key: str(value) for key, value in values.items() if value != defaults[key]}


def view() -> View:
    """Return the choices of this session."""
    held = st.session_state.get(VIEW)
    return held if isinstance(held, View) else DEFAULT


def open_page() -> None:
    """Load the data, read the address and say what it asked for in vain."""
    frame.open_data()
    parameters = shared_view.read_address(PARAMETERS)
    if parameters is not None:
        st.session_state[VIEW], notices = read_view(parameters)
        st.session_state[shared_view.NOTICES] = (
            *st.session_state.get(shared_view.NOTICES, ()),
            *notices,
        )
    for notice in st.session_state.get(shared_view.NOTICES, ()):
        st.warning(escape_markdown(notice))


def write_address() -> None:
    """Show the choices in the address, so that they can be shared."""
    shared_view.write_address(to_parameters(view()))


def _changed(name: str, key: str) -> None:
    """Take the value of a widget into the choices; notices about an address no longer matter."""
    value = st.session_state.get(key)
    if name == "text":
        value = str(value or "")[:LONGEST_TEXT].strip()
    changed: dict[str, Any] = {name: value}
    st.session_state[VIEW] = replace(view(), **changed)
    st.session_state[shared_view.NOTICES] = ()
    st.session_state[shared_view.TOUCHED] = True


def bound(name: str) -> dict[str, Any]:
    """Bind a widget, already set, to a choice."""
    key = KEYS[name]
    st.session_state[key] = getattr(view(), name)
    on_change: Callable[[str, str], None] = _changed
    return {"key": key, "on_change": on_change, "args": (name, key)}
