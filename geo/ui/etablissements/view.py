"""The view of the page of establishments, kept in step with the address and the widgets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import streamlit as st

from geo.establishments import words as wording
from geo.establishments.explorer import Query
from geo.ui.etablissements import cache as etablissements_cache
from geo.ui.shared import cache, frame
from geo.ui.shared import view as shared_view
from geo.ui.shared.selection import LONGEST_VALUE, choose_area, choose_region

VIEW: Final = "etablissements_vue"
FIELDS: Final[Mapping[str, str]] = {
    "departement": "departement",
    "categorie": "group",
    "role": "role",
    "statut": "status",
    "texte": "text",
    "page": "page",
    "entite": "entity",
}
GHT: Final = "ght"
ADDRESS_NAMES: Final = frozenset({*FIELDS, GHT})
SHARED: Final = ("region", "area")  # fields of the view that all pages share
LONGEST_TEXT: Final = 80
MOST_DIGITS: Final = 6


@dataclass(frozen=True)
class View:
    """
    What a person asks of the establishments, beside the region and the area of the shared view.

    Attributes
    ----------
    departement, group, role, status, text
        See `geo.establishments.explorer.Query`.
    page
        Page of the table, from 1.
    entity
        `finess_ej` of the legal entity whose sheet is open.
    """

    departement: str | None = None
    group: str | None = None
    role: str | None = None
    status: str | None = None
    text: str = ""
    page: int = 1
    entity: str | None = None


DEFAULT: Final = View()


def _read_value(name: str, text: str) -> str | int | None:
    """Read a value of an address; None when it does not exist here."""
    if name == "texte":
        return text[:LONGEST_TEXT]
    if name == "page":
        is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
        return int(text) if is_number and int(text) else None
    if name == "entite":
        return etablissements_cache.entity_number(text[:LONGEST_VALUE])
    return text if text in etablissements_cache.choices()[FIELDS[name]] else None


def read_view(parameters: Mapping[str, str]) -> tuple[View, tuple[str, ...]]:
    """
    Read the view an address asks for; what is wrong falls back to the default and is said.

    Parameters
    ----------
    parameters
        Query parameters, untrusted; the GHT is read by `open_page`.

    Returns
    -------
    view, notices
        Notices are French sentences, not escaped.
    """
    found: dict[str, Any] = {}
    notices: list[str] = []
    for name, field in FIELDS.items():
        text = str(parameters.get(name, "")).strip()
        value = _read_value(name, text) if text else None
        if value is not None:
            found[field] = value
            if name == "entite":
                notices.append(etablissements_cache.entity_notice(text))
        elif text:
            notices.append(wording.wrong_value(name, text[:LONGEST_VALUE]))
    return replace(DEFAULT, **found), tuple(filter(None, notices))


def to_parameters(view: View) -> dict[str, str]:
    """Write a view as query parameters: short, defaults left out."""
    values = {name: getattr(view, field) for name, field in FIELDS.items()}
    defaults = {name: getattr(DEFAULT, field) for name, field in FIELDS.items()}
    return {name: str(value) for name, value in values.items() if value != defaults[name]}


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
    parameters = shared_view.read_address(ADDRESS_NAMES)
    if parameters is not None:
        _read(parameters)
    _drop_departement()


def _read(parameters: Mapping[str, str]) -> None:
    """Take the view from the parameters of the page."""
    chosen, notices = read_view(parameters)
    code = parameters.get(GHT, "").strip()
    if code in cache.choices().areas:
        shared = choose_area(shared_view.selection(), code, cache.choices())
        st.session_state[shared_view.SELECTION] = shared
    elif code:
        notices = (wording.wrong_value(GHT, code[:LONGEST_VALUE]), *notices)
    region = shared_view.selection().region
    if region and chosen.departement not in {None, *departements(region)}:
        notices = (*notices, wording.outside_region(str(chosen.departement)))
    st.session_state[VIEW] = chosen
    st.session_state[shared_view.NOTICES] = (
        *st.session_state.get(shared_view.NOTICES, ()),
        *notices,
    )


def _drop_departement() -> None:
    """Forget a departement that is not in the region, whichever page chose the region."""
    region, chosen = shared_view.selection().region, view()
    if region and chosen.departement not in {None, *departements(region)}:
        st.session_state[VIEW] = replace(chosen, departement=None, page=1)


def departements(region: str | None) -> dict[str, str]:
    """List the departements of a region, or of the country."""
    names: Mapping[str, str] = etablissements_cache.choices()["departement"]
    homes = etablissements_cache.departement_regions()
    return {code: name for code, name in names.items() if region in {None, homes[code]}}


def write_address() -> None:
    """Show the view in the address, so that it can be shared."""
    shared_view.write_address(to_parameters(view()))


def query() -> Query:
    """Say which sites to keep."""
    chosen, shared = view(), shared_view.selection()
    return Query(
        region=shared.region, departement=chosen.departement, area=shared.area,
        group=chosen.group, role=chosen.role, status=chosen.status, text=chosen.text,
    )  # fmt: skip


def open_entity(number: str | None) -> None:
    """Open the sheet of a legal entity, or close it."""
    keep(replace(view(), entity=number))


def turn_to(page: int) -> None:
    """Show another page of the table."""
    keep(replace(view(), page=page))


def reset() -> None:
    """Drop every filter; the open sheet stays."""
    shared_view.keep(replace(shared_view.selection(), region=None, area=None))
    keep(View(entity=view().entity))


def pick_area(area: str | None) -> None:
    """Keep the sites of an area's entities, from their first page."""
    shared_view.pick_area(area)
    keep(replace(view(), page=1))


def _changed(name: str, key: str) -> None:
    """Take the value of a widget into the view; other rows start at their first page."""
    value = st.session_state.get(key)
    if name == "area":
        pick_area(value)
    elif name == "region":
        shared_view.keep(choose_region(shared_view.selection(), value, cache.choices()))
        keep(replace(view(), page=1))
    elif name == "entity":
        open_entity(value)
    elif name == "text":
        keep(replace(view(), text=str(value or "")[:LONGEST_TEXT].strip(), page=1))
    else:
        changed: dict[str, Any] = {name: value, "page": 1}
        keep(replace(view(), **changed))


def bound(name: str) -> dict[str, Any]:
    """Bind a widget, already set, to a field of the view."""
    key = f"etablissements_{name}"
    st.session_state[key] = getattr(shared_view.selection() if name in SHARED else view(), name)
    on_change: Callable[[str, str], None] = _changed
    return {"key": key, "on_change": on_change, "args": (name, key)}
