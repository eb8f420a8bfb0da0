"""The view of the page that compares, kept in step with the address and the widgets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import streamlit as st

from geo.comparison import words as wording
from geo.comparison.peers import PEER_MEASURES
from geo.territories.measures import MEASURES
from geo.ui.comparer import cache as comparer_cache
from geo.ui.shared import cache, frame
from geo.ui.shared import view as shared_view
from geo.ui.shared.selection import LONGEST_VALUE

VIEW: Final = "comparer_vue"
FIELDS: Final[Mapping[str, str]] = {
    "volet": "panel",
    "ordre": "order",
    "contre": "second",
    "axes": "axes",
    "avec": "others",
    "echelle": "scale",
    "mesures": "measures",
}
AXES: Final = ("auto", "lineaires")
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "panel": tuple(wording.PANELS),
    "order": tuple(wording.ORDERS),
    "second": tuple(MEASURES),
    "axes": AXES,
    "scale": tuple(wording.SCALES),
}


@dataclass(frozen=True)
class View:
    """
    What a person compares, beside the region, the territory and the measure of the shared view.

    Attributes
    ----------
    panel
        Key of `geo.comparison.words.PANELS`.
    order
        Key of `geo.comparison.words.ORDERS`.
    second
        Measure set against that of the shared view.
    axes
        "auto" takes widespread measures by their logarithm, "lineaires" none.
    others
        `area_code` of the territories beside the chosen one, three at most.
    scale
        Key of `geo.comparison.words.SCALES`.
    measures
        Measures on which peers resemble each other.
    """

    panel: str = WORDS["panel"][0]
    order: str = WORDS["order"][0]
    second: str = "mean_travel_time_min"
    axes: str = AXES[0]
    others: tuple[str, ...] = ()
    scale: str = WORDS["scale"][0]
    measures: tuple[str, ...] = PEER_MEASURES


DEFAULT: Final = View()


def _read_list(text: str, allowed: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Read a list: those that exist, each once, then the other words."""
    asked = [word for word in dict.fromkeys(map(str.strip, text.split(","))) if word]
    wrong = [word for word in asked if word not in allowed]
    return tuple(word for word in asked if word in allowed), wrong


def read_view(parameters: Mapping[str, str], areas: Sequence[str]) -> tuple[View, tuple[str, ...]]:
    """
    Read the view an address asks for; what is wrong falls back to the default and is said.

    Parameters
    ----------
    parameters
        Query parameters, untrusted.
    areas
        Codes of the territories that may be compared.

    Returns
    -------
    view, notices
        Notices are French sentences, not escaped.
    """
    found: dict[str, Any] = {}
    notices: list[str] = []
    lists = {"others": areas, "measures": tuple(MEASURES)}
    for name, field in FIELDS.items():
        text = str(parameters.get(name, "")).strip()
        if not text:
            continue
        wrong = [text]
        if field in lists:
            kept, wrong = _read_list(text, lists[field])
            found |= {field: kept} if kept else {}
        elif text in WORDS[field]:
            found[field], wrong = text, []
        if wrong:
            notices.append(wording.wrong_value(name, ", ".join(wrong)[:LONGEST_VALUE]))
    view = replace(DEFAULT, **found)
    if len(view.others) > wording.MOST_OTHERS:
        view = replace(view, others=view.others[: wording.MOST_OTHERS])
        notices.append(wording.too_many(wording.MOST_OTHERS))
    return view, tuple(notices)


def to_parameters(view: View) -> dict[str, str]:
    """Write a view as query parameters: short, defaults left out."""
    values = {
        name: (getattr(view, field), getattr(DEFAULT, field)) for name, field in FIELDS.items()
    }
    return {
        name: ",".join(value) if isinstance(value, tuple) else value
        for name, (value, default) in values.items()
        if value != default and value
    }


def view() -> View:
    """Return the view of this session."""
    held = st.session_state.get(VIEW)
    return held if isinstance(held, View) else DEFAULT


def keep(chosen: View) -> None:
    """Change the view; notices about an address no longer matter."""
    st.session_state[VIEW] = chosen
    st.session_state[shared_view.NOTICES] = ()
    st.session_state[shared_view.TOUCHED] = True


def open_page() -> None:
    """Load the data and read the address."""
    frame.open_data()
    parameters = shared_view.read_address(tuple(FIELDS))
    if parameters is not None:
        chosen, notices = read_view(parameters, tuple(comparer_cache.comparable()))
        st.session_state[VIEW] = chosen
        st.session_state[shared_view.NOTICES] = (
            *st.session_state.get(shared_view.NOTICES, ()),
            *notices,
        )


def write_address() -> None:
    """Show the view in the address, so that it can be shared."""
    shared_view.write_address(to_parameters(view()))


def others() -> tuple[str, ...]:
    """List the territories beside the chosen one; it is never set beside itself."""
    area = shared_view.selection().area
    return tuple(code for code in view().others if code != area)


def compared() -> tuple[str, ...]:
    """List the territories set side by side, the chosen one first."""
    area = shared_view.selection().area
    first = (area,) if area in comparer_cache.comparable() else ()
    return (*first, *others())


def second() -> str:
    """Return the vertical measure of the scatter: never the horizontal one."""
    chosen, first = view().second, shared_view.selection().measure
    return chosen if chosen != first else next(key for key in MEASURES if key != first)


def put_beside(codes: Sequence[str]) -> None:
    """Set territories beside the chosen one, and show them."""
    keep(replace(view(), panel="cote", others=tuple(codes)))


def area_name(code: str) -> str:
    """Name a territory, with its code."""
    return f"{cache.choices().areas[code]} ({code})"


def _with(name: str, value: Any) -> View:  # noqa: ANN401  each field has its type
    """Change one field of the view."""
    return replace(view(), **{name: value})


def _changed(name: str, key: str) -> None:
    """Take the value of a widget into the view."""
    value = st.session_state.get(key)
    if name == "axes":
        keep(replace(view(), axes=AXES[bool(value)]))
    elif isinstance(value, list):
        keep(_with(name, tuple(value)))
    elif value is not None:
        keep(_with(name, value))


def bound(name: str, value: object) -> dict[str, Any]:
    """Bind a widget, already set to a value, to a field of the view."""
    key = f"comparer_{name}"
    st.session_state[key] = value
    on_change: Callable[[str, str], None] = _changed
    return {"key": key, "on_change": on_change, "args": (name, key)}
