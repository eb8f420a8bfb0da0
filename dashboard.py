"""Atlas GHT: the frame around every page. Start it with `streamlit run dashboard.py`."""

from geo.ui.frame import open_frame
from geo.ui.memory import settle

open_frame().run()
settle("page")
