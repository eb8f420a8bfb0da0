"""Compare: ranking, distribution, two measures, profile, side by side, peers, regions."""

import streamlit as st

from geo.ui import comparer_panels, comparer_state
from geo.ui.frame import ensure_frame

ensure_frame()
comparer_state.open_page()

comparer_panels.show_title()
with st.container():
    comparer_panels.show_notices()
comparer_panels.show_controls()
comparer_panels.show_panel()
comparer_state.write_address()
