"""The map: territories by indicator, a region, a territory; the same figures in a table."""

import streamlit as st

from geo.ui.carte import panels
from geo.ui.shared import cards, view
from geo.ui.shared import controls as shared_controls
from geo.ui.shared.frame import ensure_frame, open_view

ensure_frame()
open_view()

panels.show_title()
controls = panels.make_room_for_controls()
left, right = st.columns([2.35, 1])
with left, st.container(key="grande_carte"):
    panels.show_map()
with controls:
    panels.show_controls()
with left:
    shared_controls.show_marks()
    panels.show_links()
with right:
    cards.show_cards()
    panels.show_key_figures()
    panels.show_ways()
    cards.show_choice()
    panels.show_legend()
    panels.show_recipes()
panels.show_table()
panels.show_own()
shared_controls.show_sources()
view.write_address()
