"""The search box of every page: a component of our own, answered while one types."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import streamlit as st

from geo import wording
from geo.atlas.search import LONGEST_QUERY
from geo.ui.shared import cache
from geo.ui.shared import view as shared_view
from geo.ui.shared.answers import OF_AREAS, answers

STYLE: Final = Path(__file__).with_name("search.css").read_text(encoding="utf-8")
SCRIPT: Final = Path(__file__).with_name("search.js").read_text(encoding="utf-8")
# The script comes once, with the frame of the page: a box only calls it.
CALL: Final = """export default function (component) {
  const start = () => window.atlasSearch ? window.atlasSearch(component) : setTimeout(start, 20);
  start();
}"""
BOX: Final = st.components.v2.component(
    "atlas_search", html='<div class="atlas-search"></div>', js=CALL, isolate_styles=False
)
FREE_TEXT: Final = "texte"


@dataclass(frozen=True)
class Choice:
    """
    What was chosen in a search box: untrusted, as all that a browser sends.

    Attributes
    ----------
    kind
        That of a `geo.atlas.search.Match`; "texte" for the text itself.
    code
        See `geo.atlas.search.Match`; or the text.
    """

    kind: str
    code: str


@dataclass(frozen=True)
class Search:
    """
    A search box.

    Attributes
    ----------
    label, hint
        Its name, and what it says when it is empty.
    among
        Key of `geo.atlas.search.SCOPES`.
    shown
        Name of what is chosen.
    names
        Code -> name of a list that is short enough to be shown whole: those of its answers too.
    kind
        Of the things of that list.
    keeps
        Whether the box goes on showing what was chosen.
    is_free
        Whether a text that names nothing may be chosen.
    """

    label: str
    hint: str
    among: str
    shown: str = ""
    names: Mapping[str, str] | None = None
    kind: str = ""
    keeps: bool = True
    is_free: bool = False


def show_search(search: Search, key: str, on_choose: Callable[[Choice | None], None]) -> None:
    """
    Show a search box.

    Parameters
    ----------
    search
        What it is.
    key
        Of the component, one of its own in the page.
    on_choose
        Called before the page runs again; with None when the box was cleared.
    """

    def chosen() -> None:
        taken = _event(key, "chosen")
        if isinstance(taken, dict):
            kind, code = str(taken.get("kind", "")), str(taken.get("code", ""))[:LONGEST_QUERY]
            on_choose(Choice(kind, code) if kind else None)

    def typed() -> None:
        st.session_state[f"{key}_tape"] = str(_event(key, "typed") or "")[:LONGEST_QUERY]

    BOX(key=key, data=_data(search, key), on_chosen_change=chosen, on_typed_change=typed)


def _event(key: str, name: str) -> object:
    """Read what the component says has happened."""
    held = st.session_state.get(key)
    return held.get(name) if held is not None else None


def _data(search: Search, key: str) -> dict[str, Any]:
    """Say to the component what it shows; its answers only where it has asked a rerun for them."""
    data: dict[str, Any] = {
        "label": search.label, "hint": search.hint, "among": search.among, "value": search.shown,
        "kind": search.kind, "keeps": search.keeps, "free": search.is_free,
        "whole": search.among in OF_AREAS or search.names is not None,
        "words": wording.SEARCH_WORDS,
    }  # fmt: skip
    if search.names is not None:
        data["names"] = dict(search.names)
    typed = st.session_state.pop(f"{key}_tape", None)
    if typed is not None:
        data["answers"] = {"q": typed, "rows": answers(typed, search.among)}
    return data


def show_area_search(
    label: str, hint: str, key: str, pick: Callable[[str | None], None] = shared_view.pick_area
) -> None:
    """
    Choose a territory, by its name or by that of anything in it.

    Parameters
    ----------
    label, hint, key
        See `Search` and `show_search`.
    pick
        Takes the code of a territory, or None.
    """
    names, chosen = cache.choices().areas, shared_view.selection().area
    shown = wording.named_code(names[chosen], chosen) if chosen in names and chosen else ""

    def choose(taken: Choice | None) -> None:
        if taken is None or taken.code in names:
            pick(taken.code if taken else None)

    show_search(Search(label, hint, "territoires", shown), key, choose)
