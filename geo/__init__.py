"""Atlas GHT: the engine. Pure Python on GeoPandas; only ``geo.ui`` knows Streamlit."""

__version__ = "0.1.0"
