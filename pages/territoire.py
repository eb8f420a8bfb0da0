"""One territory: what is said first, map, members, access, partnerships, comparisons, files."""

import streamlit as st

from geo.ui.shared.frame import ensure_frame, show_notices
from geo.ui.territoire import panels as territoire_panels
from geo.ui.territoire import view as territoire_view

ensure_frame()
territoire_view.open_page()

territoire_panels.show_title()
with st.container():
    show_notices()
territoire_panels.show_controls()
territoire_panels.show_profile()
territoire_view.write_address()
