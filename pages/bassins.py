"""Catchment models: choose one, see how sure it is, check it, change it, bring your own."""

import streamlit as st

from geo.ui.bassins import controls as bassins_controls
from geo.ui.bassins import files as bassins_files
from geo.ui.bassins import form as bassins_form
from geo.ui.bassins import map as bassins_map
from geo.ui.bassins import panels as bassins_panels
from geo.ui.bassins import scenario as bassins_scenario
from geo.ui.bassins import view as bassins_view
from geo.ui.shared import cards
from geo.ui.shared.frame import ensure_frame

ensure_frame()
bassins_view.open_page()

# What comes and goes above the map has a container of its own: the map is never mounted again.
bassins_controls.show_title()
with st.container():
    bassins_controls.show_banner()
with st.container():
    bassins_controls.show_notices()
bassins_controls.show_controls()
with st.container():
    basin = bassins_view.basin()
    picture = bassins_map.picture(basin)
left, right = st.columns([2.35, 1])
with left:
    bassins_map.show_map(basin, picture)
    bassins_files.show_map_files(basin, picture)
with right:
    bassins_scenario.show_side(basin)
    cards.show_cards(actions=bassins_form.show_actions)
    bassins_panels.show_key_figures(basin)
    bassins_map.show_legend(basin, picture)
bassins_panels.show_panels(basin)
bassins_view.write_address()
