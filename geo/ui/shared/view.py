"""The view of a session: one `Selection`, kept in step with the address and the widgets."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, Final, Generic

import streamlit as st

from geo import wording
from geo.ui.shared import cache, names
from geo.ui.shared.address import Codec, V, follow, follow_commune
from geo.ui.shared.selection import (
    CODEC,
    RECIPES,
    Selection,
    choose_area,
    choose_commune,
    choose_region,
    choose_site,
    read_selection,
    to_parameters,
)

SELECTION: Final = "atlas_selection"
OWN: Final = object()  # the value that the view itself holds
WRITTEN: Final = "atlas_written"  # the address as the session last wrote or read it
PAGE: Final = "atlas_page"  # the page that runs, set by the frame
PAGE_NAME: Final = "atlas_page_name"  # its name in the menu
WINDOW: Final = "atlas_window"  # the title of the window, as last given
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


class Held(Generic[V]):
    """
    A view in this session, kept in step with the address and the widgets.

    Parameters
    ----------
    key
        Of the session state.
    prefix
        Of the keys of its widgets.
    codec
        From its address and back.
    """

    def __init__(self, key: str, prefix: str, codec: Codec[V]) -> None:
        self._key, self._prefix, self._codec = key, prefix, codec

    def view(self) -> V:
        """Return the view of this session."""
        held, default = st.session_state.get(self._key), self._codec.default
        return held if isinstance(held, type(default)) else default

    def keep(self, chosen: V) -> None:
        """Change the view; notices about an address no longer matter."""
        st.session_state[self._key] = chosen
        st.session_state[NOTICES] = ()
        st.session_state[TOUCHED] = True

    def hold(self, chosen: V, notices: tuple[str, ...] = ()) -> None:
        """Change the view as the address asks, and say what it asked for in vain."""
        st.session_state[self._key] = chosen
        st.session_state[NOTICES] = (*st.session_state.get(NOTICES, ()), *notices)

    def open(self, read: Callable[[Mapping[str, str]], tuple[V, tuple[str, ...]]]) -> bool:
        """Read the address; tell whether it said anything new."""
        parameters = read_address(self._codec.names())
        if parameters is not None:
            self.hold(*read(parameters))
        return parameters is not None

    def write(self) -> None:
        """Show the view in the address, so that it can be shared."""
        write_address(self._codec.write(self.view()))

    def change(self, name: str, value: Any) -> None:  # noqa: ANN401  each field has its type
        """Take the value of a widget; None only where nothing is chosen by default."""
        if value is not None or getattr(self._codec.default, name) is None:
            changed: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value}
            self.keep(replace(self.view(), **changed))

    def bound(self, name: str, value: object = OWN, key: str = "") -> dict[str, Any]:
        """
        Bind a widget to a field of the view.

        Parameters
        ----------
        name
            Field.
        value
            What the widget is set to.
        key
            Of the widget, when it does not follow from the field.

        Returns
        -------
        arguments
            `key` and `on_change`, with the widget already set.
        """
        key = key or f"{self._prefix}_{name.replace('.', '_')}"
        st.session_state[key] = getattr(self.view(), name) if value is OWN else value
        return {"key": key, "on_change": self._changed, "args": (name, key)}

    def _changed(self, name: str, key: str) -> None:
        """Take the value of a widget."""
        self.change(name, st.session_state.get(key))


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
    parameters = _read(own)
    _name_window()  # at once: the rest of a page may take seconds
    return parameters


def _read(own: Collection[str]) -> Mapping[str, str] | None:
    """Read the address, as `read_address` says."""
    written = st.query_params.to_dict()
    if not _is_news(written):
        return None
    ours, led = follow(written, cache.former_ghts())
    communes = cache.choices().communes
    parameters, resolved = follow_commune(ours, communes, names.commune_meant)
    shared = {name: value for name, value in parameters.items() if name not in own}
    chosen, notices = read_selection(shared, cache.choices())
    st.session_state[SELECTION] = chosen
    st.session_state[NOTICES] = (*led, *resolved, *notices)
    st.session_state[WRITTEN] = written
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


def window_title() -> str:
    """Return the title that the window has."""
    return str(st.session_state.get(WINDOW, wording.APP_TITLE))


def _name_window() -> None:
    """Say in the title of the window what is looked at: tabs, bookmarks and the history show it."""
    page = st.session_state.get(PAGE_NAME, "")
    chosen = cache.chosen_name(selection().region, selection().area)
    title = " – ".join(filter(None, (chosen, page, wording.APP_TITLE)))
    if title != window_title():
        st.session_state[WINDOW] = title
        st.set_page_config(page_title=title)


def pick_area(area: str | None) -> None:
    """Choose a territory, or none."""
    keep(choose_area(selection(), area, cache.choices()))


def pick_commune(commune: str | None) -> None:
    """Open the card of a commune and choose its territory; or close the card."""
    keep(choose_commune(selection(), commune, cache.choices()))


def pick_site(site: str | None) -> None:
    """Open the card of a hospital, in its territory where nothing is chosen; or close the card."""
    keep(choose_site(selection(), site, cache.choices()))


def open_site(site: str | None) -> None:
    """Open the card of a hospital clicked on the map: nothing else changes."""
    keep(replace(selection(), site=site))


class _Held(Held[Selection]):
    """The view that all pages share."""

    def change(self, name: str, value: Any) -> None:  # noqa: ANN401  each field has its type
        if name == "region":
            keep(choose_region(selection(), value, cache.choices()))
        elif name == "area":
            pick_area(value)
        elif name == "commune":
            pick_commune(value)
        elif name == "recipes":
            super().change(name, RECIPES[bool(value)])
        else:
            super().change(name, value)


HELD: Final = _Held(SELECTION, "choix", CODEC)
selection: Final = HELD.view
keep: Final = HELD.keep
bound: Final = HELD.bound
