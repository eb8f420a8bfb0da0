"""Compare: ranking, distribution, two measures, profile, side by side, peers, regions."""

import streamlit as st

from geo.ui.comparer import panels as comparer_panels
from geo.ui.comparer import view as comparer_view
from geo.ui.shared.frame import ensure_frame, show_notices

ensure_frame()
comparer_view.open_page()

comparer_panels.show_title()
with st.container():
    show_notices()
comparer_panels.show_controls()
comparer_panels.show_panel()
comparer_view.write_address()
