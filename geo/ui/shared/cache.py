"""Everything kept between reruns, shared by all sessions: read once, never changed."""

import logging
import time
from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from geo import wording
from geo.atlas.load import Atlas, default_folder, load_atlas
from geo.atlas.search import Match, SearchIndex, build_index, search
from geo.drawing.classes import Classes, classify
from geo.drawing.screen_map import MapAddresses, measure_texts
from geo.errors import BundleError
from geo.territories.measures import MEASURES, territory_table, totals
from geo.territories.tables import figure_table, in_region, rounded, with_region_names
from geo.ui.shared.assets import AssetError, are_there, publish_all
from geo.ui.shared.html import figures_html, indicator_html, rows_html, section_html, status_html
from geo.ui.shared.key_figures import area_figures, group_figures
from geo.ui.shared.selection import Choices, choices_of

LOGGER: Final = logging.getLogger(__name__)


@dataclass(frozen=True)
class MapFiles:
    """Addresses of the files of the map, or the reason why there are none."""

    addresses: MapAddresses | None
    reason: str = ""


@st.cache_resource(show_spinner=wording.LOADING)
def _atlas(folder: str) -> Atlas:
    began = time.monotonic()
    try:
        read = load_atlas()
    except BundleError as error:
        LOGGER.error("data refused", extra={"folder": folder, "cause": str(error)})
        raise
    facts = {"folder": folder, "version": read.version, "built": read.manifest.build_date}
    LOGGER.info("data loaded", extra={**facts, "seconds": round(time.monotonic() - began, 3)})
    return read


def atlas() -> Atlas:
    """Load the bundled data once per server; a `BundleError` is not kept, so a repair is seen."""
    return _atlas(str(default_folder()))


@st.cache_resource(show_spinner=False)
def _choices(version: str) -> Choices:  # noqa: ARG001
    return choices_of(atlas(), {key: measure.label for key, measure in MEASURES.items()})


def choices() -> Choices:
    """List what can be chosen."""
    return _choices(atlas().version)


@st.cache_resource(show_spinner=False)
def _areas(version: str) -> pd.DataFrame:  # noqa: ARG001
    return with_region_names(territory_table(atlas()), atlas()).reset_index(drop=True)


def areas() -> pd.DataFrame:
    """One row per area of the whole country. Shared: never change it."""
    return _areas(atlas().version)


@st.cache_resource(show_spinner=False, max_entries=64)
def _region_totals(version: str, region: str | None) -> pd.Series:  # noqa: ARG001
    return totals(in_region(areas(), region))


def region_totals(region: str | None) -> pd.Series:
    """Totals of a region, or of the country."""
    return _region_totals(atlas().version, region)


@st.cache_resource(show_spinner=False, max_entries=64)
def _figures(version: str, region: str | None) -> pd.DataFrame:  # noqa: ARG001
    return rounded(figure_table(in_region(areas(), region)))


def figures(region: str | None) -> pd.DataFrame:
    """Lay out the figures of a region, or of the country, as they are shown."""
    return _figures(atlas().version, region)


@st.cache_resource(show_spinner=False, max_entries=64)
def _table(version: str, region: str | None) -> str:  # noqa: ARG001
    return rows_html(figures(region), wording.TABLE_TITLE)


def table(region: str | None) -> str:
    """Write the figures of a region, or of the country, for `st.html` with its scripts."""
    return _table(atlas().version, region)


def area(code: str) -> pd.Series:
    """Figures of one area."""
    return areas()[areas().area_code == code].iloc[0]


@st.cache_resource(show_spinner=False, max_entries=512)
def _key_figures(version: str, region: str | None, code: str | None) -> str:  # noqa: ARG001
    if code is not None:
        row = area(code)
        is_ght = row.kind == "ght"
        name = f"GHT {row.area_name} ({row.area_code})" if is_ght else str(row.area_name)
        figures = area_figures(row)
    else:
        name = wording.attached_to(choices().regions[region]) if region else wording.WHOLE_COUNTRY
        figures = group_figures(in_region(areas(), region), region_totals(region))
    return status_html(wording.shown_now(name)) + section_html(name, figures_html(figures))


def key_figures(region: str | None, code: str | None) -> str:
    """Write the figures of a territory, else of a region, else of the country."""
    return _key_figures(atlas().version, None if code else region, code)


@st.cache_resource(show_spinner=False, max_entries=64)
def _legend(version: str, measure: str, method: str) -> str:  # noqa: ARG001
    return indicator_html(MEASURES[measure], classes(measure, method), areas(), method)


def legend(measure: str, method: str) -> str:
    """Write the legend of an indicator."""
    return _legend(atlas().version, measure, method)


@st.cache_resource(show_spinner=False, max_entries=64)
def _classes(version: str, measure: str, method: str) -> Classes:  # noqa: ARG001
    table = areas()
    return classify(table.loc[table.kind == "ght", measure], method)


def classes(measure: str, method: str) -> Classes:
    """Classes of the GHT territories of the whole country: the same colours in every region."""
    return _classes(atlas().version, measure, method)


@st.cache_resource(show_spinner=False, max_entries=64)
def _texts(version: str, key: str) -> list[str]:  # noqa: ARG001
    measure = MEASURES[key]
    return measure_texts(areas(), key, measure.decimals)


def texts(measure: str) -> list[str]:
    """Format one indicator for every area, in the order of `areas`."""
    return _texts(atlas().version, measure)


@st.cache_resource(show_spinner=False)
def _map_files(version: str) -> MapFiles:  # noqa: ARG001
    return MapFiles(publish_all(atlas(), areas=areas()))


def map_files() -> MapFiles:
    """
    Publish the files of the map, once per server, and again when they are gone.

    A failure is not kept: once the folder is repaired, the next visit has its map.
    """
    if not st.get_option("server.enableStaticServing"):
        return MapFiles(None, wording.NO_STATIC)
    try:
        files = _map_files(atlas().version)
        if files.addresses and not are_there(files.addresses):
            _map_files.clear()
            files = _map_files(atlas().version)
    except (AssetError, BundleError) as error:
        LOGGER.error("map not published", extra={"cause": str(error.__cause__ or error)})
        return MapFiles(None, str(error))
    return files


@st.cache_resource(show_spinner=wording.SEARCH_PREPARING)
def _index(version: str) -> SearchIndex:  # noqa: ARG001
    return build_index(atlas())


@st.cache_data(show_spinner=False, max_entries=500)
def _found(version: str, text: str) -> list[Match]:
    return search(_index(version), text)


def found(text: str) -> list[Match]:
    """Search names."""
    return _found(atlas().version, text)
