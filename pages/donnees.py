"""The data: sources, model, changes, published figures, anomalies, dictionary, downloads."""

import streamlit as st

from geo.ui.donnees import panels as donnees_panels
from geo.ui.donnees import view as donnees_view
from geo.ui.shared.frame import ensure_frame

ensure_frame()
donnees_view.open_page()

donnees_panels.show_title()
index, sections = st.columns([1, 5], gap="medium")
with index:
    donnees_panels.show_contents()
with sections:
    donnees_panels.show_lists()
    donnees_panels.show_published()
    donnees_panels.show_collectivities()
    donnees_panels.show_reconciliations()
    donnees_panels.show_anomalies()
    donnees_panels.show_changes()
    donnees_panels.show_parameters()
    donnees_panels.show_sources()
    donnees_panels.show_dictionary()
    donnees_panels.show_licences()
donnees_view.write_address()
