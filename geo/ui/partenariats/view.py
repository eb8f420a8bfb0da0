"""The view of the page of partnerships, kept in step with the address and the widgets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import streamlit as st

from geo.partnerships import words as wording
from geo.partnerships.collection import Choices, Filters
from geo.ui.partenariats import cache as partenariats_cache
from geo.ui.shared import cache, frame
from geo.ui.shared import view as shared_view
from geo.ui.shared.selection import LONGEST_VALUE, choose_area

VIEW: Final = "partenariats_vue"
LOOKS: Final = tuple(wording.LOOKS)
CODES: Final[Mapping[str, str]] = {
    "forme": "form",
    "domaine": "domain",
    "etat": "status",
    "secteur": "sector",
}
YEARS: Final[Mapping[str, str]] = {"de": "first_year", "a": "last_year"}
GHT: Final = "ght"
UNDATED: Final = "nondates"
NO: Final = "non"
LOOK: Final = "vue"
OPENED: Final = "partenariat"
ADDRESS_NAMES: Final = frozenset({*CODES, *YEARS, GHT, UNDATED, LOOK, OPENED})


@dataclass(frozen=True)
class View:
    """
    What a person asks of the partnerships, beside the region and the GHT of the shared view.

    Attributes
    ----------
    form, domain, status, sector
        Codes; None keeps everything.
    first_year, last_year
        Years; None for no limit.
    with_undated
        Whether a range of years keeps the partnerships whose start is unknown.
    look
        Key of `geo.partnerships.words.LOOKS`.
    opened
        `partnership_id` of the one that is told.
    """

    form: str | None = None
    domain: str | None = None
    status: str | None = None
    sector: str | None = None
    first_year: int | None = None
    last_year: int | None = None
    with_undated: bool = True
    look: str = LOOKS[0]
    opened: str | None = None


DEFAULT: Final = View()


def _allowed(name: str, choices: Choices, ids: frozenset[str]) -> frozenset[str]:
    """List the values that a parameter of one word may take."""
    words: Mapping[str, Mapping[str, str]] = {
        "forme": choices.forms,
        "domaine": choices.domains,
        "etat": choices.statuses,
        "secteur": choices.sectors,
        LOOK: wording.LOOKS,
        UNDATED: {NO: ""},
    }
    return ids if name == OPENED else frozenset(words[name])


def _read_year(text: str, choices: Choices) -> int | None:
    """Read a year in the range of the collection; None when it is not one."""
    if not (text.isascii() and text.isdigit() and len(text) == len("2018")):
        return None
    first, last = choices.first_year, choices.last_year
    year = int(text)
    return year if first is not None and last is not None and first <= year <= last else None


def read_view(
    parameters: Mapping[str, str], choices: Choices, ids: frozenset[str]
) -> tuple[View, tuple[str, ...]]:
    """
    Read the view an address asks for; what is wrong falls back to the default and is said.

    Parameters
    ----------
    parameters
        Query parameters, untrusted; the GHT is read by `open_page`.
    choices, ids
        What exists.

    Returns
    -------
    view, notices
        Notices are French sentences, not escaped.
    """
    found: dict[str, Any] = {}
    notices: list[str] = []
    fields = {**CODES, **YEARS, LOOK: "look", OPENED: "opened", UNDATED: "with_undated"}
    for name, field in fields.items():
        text = str(parameters.get(name, "")).strip()
        if not text:
            continue
        if name in YEARS:
            found[field] = _read_year(text, choices)
        elif text in _allowed(name, choices, ids):
            found[field] = False if name == UNDATED else text
        if found.get(field) is None:
            found.pop(field, None)
            notices.append(wording.wrong_value(name, text[:LONGEST_VALUE]))
    view = replace(DEFAULT, **found)
    if view.first_year and view.last_year and view.first_year > view.last_year:
        view = replace(view, first_year=None, last_year=None)
        notices.append(wording.BACKWARDS_YEARS)
    return view, tuple(notices)


def to_parameters(view: View) -> dict[str, str]:
    """Write a view as query parameters: short, defaults left out."""
    fields = {**CODES, **YEARS, LOOK: "look", OPENED: "opened"}
    values = {name: getattr(view, field) for name, field in fields.items()}
    kept = {name: str(value) for name, value in values.items() if value is not None}
    if view.look == DEFAULT.look:
        kept.pop(LOOK)
    return kept | ({} if view.with_undated else {UNDATED: NO})


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
    partenariats_cache.look_again()
    parameters = shared_view.read_address(ADDRESS_NAMES)
    if parameters is None:
        _forget_what_left()
        return
    chosen, notices = read_view(parameters, partenariats_cache.choices(), partenariats_cache.ids())
    code = parameters.get(GHT, "").strip()
    if code in partenariats_cache.ght_names():
        shared = choose_area(shared_view.selection(), code, cache.choices())
        st.session_state[shared_view.SELECTION] = shared
    elif code:
        notices = (wording.wrong_value(GHT, code[:LONGEST_VALUE]), *notices)
    st.session_state[VIEW] = chosen
    st.session_state[shared_view.NOTICES] = (
        *st.session_state.get(shared_view.NOTICES, ()),
        *notices,
    )


def _forget_what_left() -> None:
    """Close the sheet of a contribution that was withdrawn."""
    if view().opened not in {None, *partenariats_cache.ids()}:
        st.session_state[VIEW] = replace(view(), opened=None)


def write_address() -> None:
    """Show the view in the address, so that it can be shared."""
    shared_view.write_address(to_parameters(view()))


def ght() -> str | None:
    """Return the GHT chosen; an area outside any GHT is none."""
    area = shared_view.selection().area
    return area if area in partenariats_cache.ght_names() else None


def filters() -> Filters:
    """Gather what to keep."""
    chosen = view()
    return Filters(
        region=shared_view.selection().region,
        ght=ght(),
        form=chosen.form,
        domain=chosen.domain,
        status=chosen.status,
        sector=chosen.sector,
        first_year=chosen.first_year,
        last_year=chosen.last_year,
        with_undated=chosen.with_undated,
    )


def open_sheet(partnership_id: str | None) -> None:
    """Open the sheet of a partnership, or close it."""
    keep(replace(view(), opened=partnership_id))


def reset() -> None:
    """Drop every filter; the view and the open sheet stay."""
    chosen = view()
    shared_view.keep(replace(shared_view.selection(), region=None, area=None))
    keep(View(look=chosen.look, opened=chosen.opened))


def _changed(name: str, key: str) -> None:
    """Take the value of a widget into the view."""
    value = st.session_state.get(key)
    if name == "ght":
        shared_view.pick_area(value)
    elif name == "years":
        first, last = value or (None, None)
        choices = partenariats_cache.choices()
        whole = (first, last) == (choices.first_year, choices.last_year)
        years = (None, None) if whole else (first, last)
        keep(replace(view(), first_year=years[0], last_year=years[1]))
    else:
        changed: dict[str, Any] = {name: value}
        keep(replace(view(), **changed))


def bound(name: str, value: object) -> dict[str, Any]:
    """Bind a widget, already set to a value, to a field of the view."""
    key = f"partenariats_{name}"
    st.session_state[key] = value
    on_change: Callable[[str, str], None] = _changed
    return {"key": key, "on_change": on_change, "args": (name, key)}
