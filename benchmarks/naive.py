"""
The page one writes first, on the same data: full geometry, a Marker each, `st_folium` as it comes.

It is what the dashboard is compared with. Its assets are local, like the dashboard's: only the way
of sending the map differs. Names are in tooltips, since folium's popups would need jQuery.
"""

import folium
import geopandas as gpd
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from geo import wording
from geo.atlas.load import Atlas, load_atlas
from geo.territories.measures import MEASURES, territory_table

COLORS = ("#deebf7", "#b5d0e8", "#7fb1d8", "#4a8cc2", "#2166a5", "#0b3c74")
LABELS = {measure.label: measure.key for measure in MEASURES.values()}
STATIC = "../../app/static/"


@st.cache_resource
def read() -> tuple[Atlas, gpd.GeoDataFrame]:
    """Read the tables and the full polygons."""
    atlas = load_atlas()
    polygons = gpd.read_parquet(atlas.shapes("territories"))
    return atlas, polygons.merge(territory_table(atlas), on="area_code")


def colors(values: pd.Series) -> pd.Series:
    """Cut an indicator in six classes."""
    ranks = values.rank(pct=True, na_option="keep").fillna(0.0)
    return ranks.map(lambda rank: COLORS[min(int(rank * 6), 5)])


def draw(areas: gpd.GeoDataFrame, sites: pd.DataFrame, label: str) -> folium.Map:
    """Draw polygons, tooltips and one marker per general establishment."""
    chart = folium.Map(location=[46.6, 2.4], zoom_start=5, tiles=None)
    chart.default_js = [("leaflet", STATIC + "leaflet.js")]
    chart.default_css = [("leaflet", STATIC + "leaflet.css")]
    shown = areas[["area_code", "area_name", LABELS[label], "fill", "geometry"]]
    folium.GeoJson(
        shown,
        style_function=lambda area: {
            "fillColor": area["properties"]["fill"], "color": "#555555", "weight": 1,
            "fillOpacity": 0.8,
        },
        tooltip=folium.GeoJsonTooltip(["area_name", LABELS[label]], ["GHT", label]),
    ).add_to(chart)  # fmt: skip
    for lat, lon, name in zip(sites.lat, sites.lon, sites.site_name, strict=True):
        folium.Marker([lat, lon], tooltip=name).add_to(chart)
    return chart


def main() -> None:
    """Show the page."""
    atlas, areas = read()
    regions = atlas.regions.set_index("reg_name").reg_code
    region = st.selectbox(wording.REGION, [wording.WHOLE_COUNTRY, *regions.index])
    label = st.selectbox(wording.MEASURE, list(LABELS))
    areas = areas.assign(fill=colors(areas[LABELS[label]]))
    sites = atlas.establishments[atlas.establishments.is_general]
    if region != wording.WHOLE_COUNTRY:
        areas = areas[areas.reg_code == regions[region]]
        sites = sites[sites.ght_code.isin(areas.area_code)]
    st_folium(draw(areas, sites, label), use_container_width=True)
    st.dataframe(areas[["area_name", "population", "area_km2"]])


main()
