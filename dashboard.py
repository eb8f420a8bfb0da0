"""Atlas GHT: the frame around every page. Start it with `streamlit run dashboard.py`."""

from geo.ui.app.memory import settle
from geo.ui.app.rescue import watched
from geo.ui.shared.frame import open_frame

page = open_frame()
with watched(page.url_path):
    page.run()
settle("page")
