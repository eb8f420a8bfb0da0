"""One territory: figures, map, members, access, partnerships, comparisons, files."""

from geo.ui.shared import view
from geo.ui.shared.frame import ensure_frame, open_view
from geo.ui.territoire import panels as territoire_panels

ensure_frame()
open_view()

territoire_panels.show_title()
territoire_panels.show_controls()
territoire_panels.show_profile()
view.write_address()
