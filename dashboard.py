"""Atlas GHT: the frame around every page. Start it with `streamlit run dashboard.py`."""

from geo.ui.frame import open_frame
from geo.ui.memory import settle
from geo.ui.rescue import watched

page = open_frame()
with watched(page.url_path):
    page.run()
settle("page")
