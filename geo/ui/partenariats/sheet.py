"""The sheet of one partnership, and what leads to it: figures, lists, links."""

from collections.abc import Iterable, Mapping
from typing import Final

import streamlit as st

from geo.ui.partenariats import cache as partenariats_cache
from geo.ui.partenariats import charts as partenariats_charts
from geo.ui.partenariats import view as partenariats_view
from geo.ui.partenariats import words
from geo.ui.shared.controls import name_in
from geo.ui.shared.html import escape_markdown, note_html, section_html
from geo.ui.shared.partnership_html import unplaced_html

MOST_BUTTONS: Final = 12


def show_side() -> None:
    """Show the figures, then the sheet that is open, else what the map cannot show."""
    filters, view = partenariats_view.filters(), partenariats_view.view()
    st.html(partenariats_cache.figures(filters))
    shown = partenariats_cache.shown(filters)
    titles = dict(shown.titles)
    if view.opened is not None and view.opened not in titles:
        titles[view.opened] = partenariats_cache.sheet(view.opened).title
    st.selectbox(
        words.OPEN, list(titles), filter_mode="contains",
        format_func=name_in(titles), index=None,
        placeholder=words.OPEN_HINT, **partenariats_view.bound("opened", view.opened),
    )  # fmt: skip
    if view.opened is not None:
        with st.container(key="fiche"):
            _show_sheet(view.opened)
    elif view.look == "carte":
        _show_off_map(shown)
    elif view.look == "frise":
        _show_undated()


def show_buttons(titles: Mapping[str, str], prefix: str) -> None:
    """Show a button per partnership, a dozen at most."""
    for code in [*titles][:MOST_BUTTONS]:
        st.button(
            escape_markdown(titles[code]), key=f"{prefix}_{code}", type="tertiary",
            on_click=partenariats_view.open_sheet, args=(code,),
        )  # fmt: skip
    if len(titles) > MOST_BUTTONS:
        st.html(note_html(words.and_others(len(titles) - MOST_BUTTONS)))


def _chosen(titles: Mapping[str, str], codes: Iterable[str]) -> dict[str, str]:
    return {code: titles[code] for code in codes}


def _show_off_map(shown: partenariats_cache.Shown) -> None:
    """List the partnerships that have no link on the map, and the parties without a place."""
    missing = _chosen(shown.titles, (code for code in shown.titles if code not in shown.linked))
    if missing:
        head = f"{words.OFF_MAP} ({len(missing)})"
        st.html(section_html(head, note_html(words.OFF_MAP_NOTE)))
        with st.container(key="hors_carte", gap=None):
            show_buttons(missing, "hors_carte")
    if shown.unplaced:
        st.html(unplaced_html(shown.unplaced, MOST_BUTTONS))


def _show_undated() -> None:
    """List the partnerships that no timeline can place."""
    titles = partenariats_charts.timeline_of(partenariats_view.filters())["undated"]
    if titles:
        st.html(section_html(f"{words.UNDATED_TITLE} ({len(titles)})"))
        with st.container(key="sans_date", gap=None):
            show_buttons(titles, "sans_date")


def _show_sheet(partnership_id: str) -> None:
    """Tell one partnership, then lead to its kin."""
    told = partenariats_cache.sheet(partnership_id)
    st.button(
        words.CLOSE, key="fermer", icon=":material/close:",
        on_click=partenariats_view.open_sheet, args=(None,),
    )  # fmt: skip
    if told.is_contribution:
        st.info(words.CONTRIBUTED)
    st.html(told.html)
    _show_links(told)
    st.html(note_html(words.SHARE))
    st.code(share_address(partnership_id), language=None, wrap_lines=True)


def _show_links(told: partenariats_cache.ToldPartnership) -> None:
    """Show a button per related partnership, named by its relation."""
    if not told.links:
        return
    st.html(section_html(words.LINKED))
    with st.container(key="lies", gap=None):
        for place, (relation, code, title) in enumerate(told.links):
            st.button(
                f"{escape_markdown(relation)} : {escape_markdown(title)}", key=f"lie_{place}",
                type="tertiary", on_click=partenariats_view.open_sheet, args=(code,),
            )  # fmt: skip


def share_address(partnership_id: str) -> str:
    """Write the address of a sheet; without the server's own when it does not know it."""
    base = str(st.context.url or "/partenariats").partition("?")[0]
    return f"{base}?{partenariats_view.OPENED}={partnership_id}"
