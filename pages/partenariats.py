"""Partnerships: who cooperates with whom, in what form, since when."""

import streamlit as st

from geo.ui.partenariats import controls as partenariats_controls
from geo.ui.partenariats import panels as partenariats_panels
from geo.ui.partenariats import view as partenariats_view
from geo.ui.shared.frame import ensure_frame, show_notices

ensure_frame()
partenariats_view.open_page()

# What comes and goes above the map has a container of its own: the map is never mounted again.
partenariats_controls.show_title()
with st.container():
    show_notices()
with st.container():
    partenariats_controls.show_controls()
partenariats_panels.show_view()
partenariats_panels.show_downloads()
partenariats_panels.show_contributions()
partenariats_view.write_address()
