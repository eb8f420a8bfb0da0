"""One territory: figures, map, members, access, partnerships, comparisons, files."""

from geo.ui import state, territoire_panels
from geo.ui.frame import ensure_frame, open_view

ensure_frame()
open_view()

territoire_panels.show_title()
territoire_panels.show_controls()
territoire_panels.show_profile()
state.write_address()
