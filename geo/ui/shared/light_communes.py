"""Communes in the light form that the browser gets, made once."""

import geopandas as gpd
import streamlit as st

from geo.ui.shared import cache


@st.cache_resource(show_spinner=False)
def _light(version: str) -> gpd.GeoDataFrame:  # noqa: ARG001
    return gpd.read_parquet(cache.atlas().shapes("communes_light"))


def light() -> gpd.GeoDataFrame:
    """Read the simplified communes, once."""
    return _light(cache.atlas().version)
