"""The data: sources, model, changes, published figures, anomalies, dictionary, downloads."""

from geo.ui import data_panels, data_state
from geo.ui.frame import ensure_frame

ensure_frame()
data_state.open_page()

data_panels.show_title()
data_panels.show_published()
data_panels.show_reconciliations()
data_panels.show_anomalies()
data_panels.show_changes()
data_panels.show_parameters()
data_panels.show_sources()
data_panels.show_dictionary()
data_panels.show_licences()
data_state.write_address()
