"""The frame of every page: configuration, navigation, and data that loads or says why not."""

import runpy
from functools import lru_cache
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from geo import journal, wording
from geo.catchment import words as catchment_words
from geo.comparison import words as comparison_words
from geo.errors import GhtError
from geo.establishments import words as establishments_words
from geo.partnerships import words as partnerships_words
from geo.profile import words as profile_words
from geo.ui.shared import cache, search, view
from geo.ui.shared.html import escape_markdown
from geo.ui.shared.silence import keep_silent

MARK: Final = "atlas_frame"
PAGES_FOLDER: Final = Path(__file__).resolve().parents[3] / "pages"
STYLE: Final = Path(__file__).with_name("frame.css").read_text(encoding="utf-8")
PRINT: Final = Path(__file__).with_name("print.css").read_text(encoding="utf-8")
FRENCH: Final = Path(__file__).with_name("frame.js").read_text(encoding="utf-8")
HABITS: Final = Path(__file__).with_name("habits.js").read_text(encoding="utf-8")
ROWS: Final = Path(__file__).with_name("rows.js").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def configure_once() -> None:
    """Do what our own server has done already, for `streamlit run`."""
    keep_silent()
    journal.configure()


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
        st.Page(PAGES_FOLDER / "territoire.py", title=profile_words.PAGE),
        st.Page(PAGES_FOLDER / "comparer.py", title=comparison_words.PAGE),
        st.Page(PAGES_FOLDER / "partenariats.py", title=partnerships_words.PAGE),
        st.Page(PAGES_FOLDER / "bassins.py", title=catchment_words.PAGE),
        st.Page(PAGES_FOLDER / "etablissements.py", title=establishments_words.PAGE),
        st.Page(PAGES_FOLDER / "donnees.py", title=wording.PAGE_DATA),
        st.Page(PAGES_FOLDER / "carte.py", title=wording.PAGE_MAP, visibility="hidden"),
    ]


def open_frame() -> StreamlitPage:
    """Prepare the screen and return the page to run."""
    configure_once()
    st.session_state[MARK] = True
    st.set_page_config(page_title=view.window_title(), layout="wide")
    page = st.navigation(pages(), position="top")
    st.session_state[view.PAGE] = page.url_path
    st.session_state[view.PAGE_NAME] = page.title
    view.count_run()
    scripts = f"{FRENCH}{HABITS}{ROWS}{search.SCRIPT}"
    head = f"<style>{STYLE}{PRINT}{search.STYLE}</style><script>{scripts}</script>"
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


def show_notices() -> None:
    """Say what the address asked for in vain."""
    for notice in st.session_state.get(view.NOTICES, ()):
        st.warning(escape_markdown(notice))


def open_view() -> None:
    """Load the data and read the address."""
    open_data()
    view.read_address()
    show_notices()
