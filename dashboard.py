"""Atlas GHT: the frame around every page. Start it with `streamlit run dashboard.py`."""

from geo.ui.frame import open_frame

open_frame().run()
