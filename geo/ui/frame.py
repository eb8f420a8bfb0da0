"""The frame of every page: configuration, navigation, and data that loads or says why not."""

import runpy
from functools import lru_cache
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from geo import (
    journal,
    wording,
    wording_bassins,
    wording_comparer,
    wording_etablissements,
    wording_partenariats,
    wording_territoire,
)
from geo.errors import GhtError
from geo.ui import cache, state
from geo.ui.markup import escape_markdown

MARK: Final = "atlas_frame"
PAGES_FOLDER: Final = Path(__file__).resolve().parents[2] / "pages"
STYLE: Final = Path(__file__).with_name("frame.css").read_text(encoding="utf-8")
FRENCH: Final = Path(__file__).with_name("frame.js").read_text(encoding="utf-8")
ROWS: Final = Path(__file__).with_name("rows.js").read_text(encoding="utf-8")


configure_once: Final = lru_cache(maxsize=1)(journal.configure)


def home() -> None:
    """Show the map at the root; Streamlit refuses one script at two addresses."""
    runpy.run_path(str(PAGES_FOLDER / "carte.py"))


def pages() -> list[StreamlitPage]:
    """
    List the pages, home first. Their file names are their addresses.

    The map is at `/`, as home, and at `/carte`, out of the menu: both links must work.
    """
    return [
        st.Page(home, title=wording.PAGE_MAP, default=True),
        st.Page(PAGES_FOLDER / "territoire.py", title=wording_territoire.PAGE),
        st.Page(PAGES_FOLDER / "comparer.py", title=wording_comparer.PAGE),
        st.Page(PAGES_FOLDER / "partenariats.py", title=wording_partenariats.PAGE),
        st.Page(PAGES_FOLDER / "bassins.py", title=wording_bassins.PAGE),
        st.Page(PAGES_FOLDER / "etablissements.py", title=wording_etablissements.PAGE),
        st.Page(PAGES_FOLDER / "donnees.py", title=wording.PAGE_DATA),
        st.Page(PAGES_FOLDER / "carte.py", title=wording.PAGE_MAP, visibility="hidden"),
    ]


def open_frame() -> StreamlitPage:
    """Prepare the screen and return the page to run."""
    configure_once()
    st.session_state[MARK] = True
    st.set_page_config(page_title=wording.APP_TITLE, layout="wide")
    page = st.navigation(pages(), position="top")
    st.session_state[state.PAGE] = page.url_path
    state.count_run()
    head = f"<style>{STYLE}</style><script>{FRENCH}{ROWS}</script>"
    st.html(head, unsafe_allow_javascript=True)
    return page


def ensure_frame() -> None:
    """
    Put the frame around a page that was started without it.

    On a server where nobody has opened the home page yet, Streamlit runs the script of a deep link
    alone. Every page calls this first.
    """
    if not st.session_state.get(MARK):
        st.session_state[MARK] = True
        st.navigation(pages())
        st.rerun()


def open_data() -> None:
    """Load the data; stop with a sentence when it cannot be trusted."""
    try:
        cache.atlas()
    except GhtError as error:
        st.error(escape_markdown(error))
        st.stop()


def open_view() -> None:
    """Load the data and read the address."""
    open_data()
    state.read_address()
    for notice in st.session_state.get(state.NOTICES, ()):
        st.warning(escape_markdown(notice))
