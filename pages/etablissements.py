"""Establishments: filter the sites, see them on the map and in a table, open a legal entity."""

import streamlit as st

from geo.ui.etablissements import cache as etablissements_cache
from geo.ui.etablissements import map as etablissements_map
from geo.ui.etablissements import panels as etablissements_panels
from geo.ui.etablissements import view as state
from geo.ui.shared import cards
from geo.ui.shared.frame import ensure_frame, show_notices

ensure_frame()
state.open_page()

# What comes and goes above the map has a container of its own: the map is never mounted again.
etablissements_panels.show_title()
with st.container():
    show_notices()
etablissements_panels.show_filters()
found = etablissements_cache.found(state.query())
left, right = st.columns([2.35, 1])
with left:
    etablissements_map.show_map(found)
with right:
    cards.show_cards(etablissements_panels.show_sheet_button)
    etablissements_panels.show_figures(found)
with st.container():
    etablissements_panels.show_entity()
etablissements_panels.show_table(found)
state.write_address()
