"""Partnerships: who cooperates with whom, in what form, since when."""

import streamlit as st

from geo.ui import partenariats_controls, partenariats_state, partenariats_views
from geo.ui.frame import ensure_frame

ensure_frame()
partenariats_state.open_page()

# What comes and goes above the map has a container of its own: the map is never mounted again.
partenariats_controls.show_title()
with st.container():
    partenariats_controls.show_notices()
with st.container():
    partenariats_controls.show_controls()
partenariats_views.show_view()
partenariats_views.show_downloads()
partenariats_views.show_contributions()
partenariats_state.write_address()
