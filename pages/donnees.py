"""The data: sources, published figures, anomalies, reconciliations, dictionary, downloads."""

from geo.ui import data_panels
from geo.ui.frame import ensure_frame, open_view

ensure_frame()
open_view()

data_panels.show_title()
data_panels.show_published()
data_panels.show_reconciliations()
data_panels.show_anomalies()
data_panels.show_sources()
data_panels.show_dictionary()
data_panels.show_licences()
