"""Communes in the light form that the browser gets, made once."""

import geopandas as gpd

from geo.ui.shared import cache


@cache.kept()
def light() -> gpd.GeoDataFrame:
    """Read the simplified communes, once."""
    return gpd.read_parquet(cache.atlas().shapes("communes_light"))
