"""The choices of the page of partnerships."""

from pathlib import Path
from typing import Final

import streamlit as st

from geo import wording_partenariats as wording
from geo.partnerships import Filters
from geo.ui import cache, partenariats_cache, partenariats_state, state
from geo.ui.markup import escape_markdown, title_html
from geo.ui.panels import name_in

STYLE: Final = Path(__file__).with_name("partenariats.css").read_text(encoding="utf-8")


def show_title() -> None:
    """Show what the page is, and that its list is partial."""
    st.html(f"<style>{STYLE}</style>")
    st.html(title_html(wording.PAGE, wording.SUBTITLE, wording.DECLARATION))


def show_notices() -> None:
    """Say what the address asked for that does not exist."""
    for notice in st.session_state.get(state.NOTICES, ()):
        st.warning(escape_markdown(notice))


def show_controls() -> None:
    """Show the filters, then the choice of the view."""
    with st.container(key="commandes"):
        ght, region, *others = st.columns([1.8, 1.4, 1.3, 1.3, 1.1, 1.3])
    with ght:
        _show_ght()
    region.selectbox(
        wording.REGION, list(cache.choices().regions),
        format_func=name_in(cache.choices().regions),
        index=None, placeholder=wording.EVERY_REGION, **state.bound("region"),
    )  # fmt: skip
    view, choices = partenariats_state.view(), partenariats_cache.choices()
    lists = {
        "form": (wording.FORM, choices.forms), "domain": (wording.DOMAIN, choices.domains),
        "status": (wording.STATUS, choices.statuses), "sector": (wording.SECTOR, choices.sectors),
    }  # fmt: skip
    for (name, (label, labels)), column in zip(lists.items(), others, strict=True):
        column.selectbox(
            label, list(labels), format_func=name_in(labels), index=None,
            placeholder=wording.EVERY[name],
            **partenariats_state.bound(name, getattr(view, name)),
        )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            wording.LOOK, list(wording.LOOKS), format_func=name_in(wording.LOOKS), required=True,
            wrap=True, **partenariats_state.bound("look", view.look),
        )  # fmt: skip
        _show_years()
        if partenariats_state.filters() != Filters():
            st.button(wording.RESET, on_click=partenariats_state.reset, key="partenariats_effacer")


def _show_ght() -> None:
    """Choose a GHT among those of the region, each with the number of its partnerships."""
    names, chosen = (
        partenariats_cache.ght_choices(state.selection().region),
        partenariats_state.ght(),
    )
    st.selectbox(
        wording.GHT, list(names), format_func=name_in(names), index=None,
        placeholder=wording.GHT_NONE,
        **partenariats_state.bound("ght", chosen if chosen in names else None),
    )  # fmt: skip


def _show_years() -> None:
    """Choose the years, and what becomes of the partnerships without a date."""
    view, choices = partenariats_state.view(), partenariats_cache.choices()
    first, last = choices.first_year, choices.last_year
    if first is None or last is None or first == last:
        return
    asked = (view.first_year or first, view.last_year or last)
    st.slider(wording.YEARS, first, last, width=240, **partenariats_state.bound("years", asked))
    st.checkbox(
        wording.UNDATED, help=wording.UNDATED_HELP,
        disabled=view.first_year is None and view.last_year is None,
        **partenariats_state.bound("with_undated", view.with_undated),
    )  # fmt: skip
