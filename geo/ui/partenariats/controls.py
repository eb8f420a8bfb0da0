"""The choices of the page of partnerships."""

from pathlib import Path
from typing import Final

import streamlit as st

from geo.partnerships import words as wording
from geo.partnerships.collection import Filters
from geo.ui.partenariats import cache as partenariats_cache
from geo.ui.partenariats import view as partenariats_view
from geo.ui.partenariats import words
from geo.ui.shared import cache
from geo.ui.shared import view as shared_view
from geo.ui.shared.controls import name_in
from geo.ui.shared.html import title_html
from geo.ui.shared.search import Choice, Search, show_search

STYLE: Final = Path(__file__).with_name("partenariats.css").read_text(encoding="utf-8")


def show_title() -> None:
    """Show what the page is, and that its list is partial."""
    st.html(f"<style>{STYLE}</style>")
    st.html(title_html(wording.PAGE, words.SUBTITLE, words.DECLARATION))


def show_controls() -> None:
    """Show the filters, then the choice of the view."""
    with st.container(key="commandes"):
        ght, region, *others = st.columns([1.8, 1.4, 1.3, 1.3, 1.1, 1.3])
    with ght:
        _show_ght()
    region.selectbox(
        words.REGION, list(cache.choices().regions),
        filter_mode="contains",
        format_func=name_in(cache.choices().regions),
        index=None, placeholder=words.EVERY_REGION, **shared_view.bound("region"),
    )  # fmt: skip
    view, choices = partenariats_view.view(), partenariats_cache.choices()
    lists = {
        "form": (words.FORM, choices.forms), "domain": (words.DOMAIN, choices.domains),
        "status": (words.STATUS, choices.statuses), "sector": (words.SECTOR, choices.sectors),
    }  # fmt: skip
    for (name, (label, labels)), column in zip(lists.items(), others, strict=True):
        column.selectbox(
            label, list(labels), filter_mode="contains",
            format_func=name_in(labels), index=None,
            placeholder=words.EVERY[name],
            **partenariats_view.bound(name, getattr(view, name)),
        )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            words.LOOK, list(words.LOOKS), format_func=name_in(words.LOOKS), required=True,
            wrap=True, label_visibility="collapsed", **partenariats_view.bound("look", view.look),
        )  # fmt: skip
        _show_years()
        if partenariats_view.filters() != Filters():
            st.button(words.RESET, on_click=partenariats_view.reset, key="partenariats_effacer")


def _show_ght() -> None:
    """Choose a GHT among those of the region, each with the number of its partnerships."""
    names, chosen = (
        partenariats_cache.ght_choices(shared_view.selection().region),
        partenariats_view.ght(),
    )
    shown = names.get(chosen or "", "")
    search = Search(words.GHT, words.GHT_NONE, "ght", shown, names=names, kind="ght")
    show_search(search, "partenariats_ght", _take_ght)


def _take_ght(taken: Choice | None) -> None:
    """Choose a GHT, or none."""
    if taken is None or taken.code in partenariats_cache.ght_names():
        shared_view.pick_area(taken.code if taken else None)


def _show_years() -> None:
    """Choose the years, and what becomes of the partnerships without a date."""
    view, choices = partenariats_view.view(), partenariats_cache.choices()
    first, last = choices.first_year, choices.last_year
    if first is None or last is None or first == last:
        return
    asked = (view.first_year or first, view.last_year or last)
    st.slider(words.YEARS, first, last, width=240, **partenariats_view.bound("years", asked))
    st.checkbox(
        words.UNDATED, help=words.UNDATED_HELP,
        disabled=view.first_year is None and view.last_year is None,
        **partenariats_view.bound("with_undated", view.with_undated),
    )  # fmt: skip
