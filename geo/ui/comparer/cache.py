"""What the page that compares shows, computed once for all sessions and bounded in number."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from geo.comparison import words
from geo.comparison.charts import Mark, histogram, scatter, spine_chart
from geo.comparison.peers import nearest_peers
from geo.comparison.ranking import (
    Summary,
    ghts_of,
    ranking,
    ranks,
    region_table,
    side_by_side,
    spine,
    summarise,
    with_base_population,
)
from geo.comparison.spread import Relation, Spread, relate, spread_of
from geo.drawing.charts import Spec
from geo.formats import is_unknown
from geo.territories.measures import MEASURES, figure_text
from geo.ui.comparer.html import ranking_html
from geo.ui.shared import cache


def version() -> str:
    """Return the version of the data."""
    return cache.atlas().version


@st.cache_resource(show_spinner=False, max_entries=2)
def _areas(version: str) -> pd.DataFrame:  # noqa: ARG001
    return with_base_population(cache.areas(), cache.atlas())


def areas() -> pd.DataFrame:
    """One row per area, with the population of 2015. Shared: never change it."""
    return _areas(version())


@st.cache_resource(show_spinner=False, max_entries=2)
def _comparable(version: str) -> dict[str, str]:  # noqa: ARG001
    table = areas()[areas().kind != "unassigned"].sort_values("area_name")
    return dict(zip(table.area_code, table.area_name, strict=True))


def comparable() -> dict[str, str]:
    """Name the areas that may be compared, by code."""
    return _comparable(version())


@st.cache_resource(show_spinner=False, max_entries=64)
def _ranking(version: str, measure: str, region: str | None, ascending: bool) -> pd.DataFrame:  # noqa: ARG001
    return ranking(areas(), measure, region, ascending=ascending)


def ranked(measure: str, region: str | None, *, ascending: bool) -> pd.DataFrame:
    """Order the territories of a region, or of the country."""
    return _ranking(version(), measure, region, ascending)


@st.cache_resource(show_spinner=False, max_entries=2)
def _summaries(version: str) -> dict[str, Summary]:  # noqa: ARG001
    return {key: summarise(ghts_of(areas())[key]) for key in MEASURES}


@st.cache_resource(show_spinner=False, max_entries=64)
def _ranking_html(version: str, measure: str, region: str | None, ascending: bool) -> str:
    table = ranked(measure, region, ascending=ascending)
    ends = {key: (found.low, found.high) for key, found in _summaries(version).items()}
    return ranking_html(table, measure, ends, ascending=ascending)


def ranked_html(measure: str, region: str | None, *, ascending: bool) -> str:
    """Write the ranking as a table."""
    return _ranking_html(version(), measure, region, ascending)


@st.cache_resource(show_spinner=False, max_entries=512)
def _own_rank(version: str, measure: str, code: str) -> str:  # noqa: ARG001
    table = areas()
    place = table.index[table.area_code == code][0]
    row = ranks(table, measure).loc[place]
    value = figure_text(measure, table[measure][place], table.status[place])
    country = region = ""
    if not is_unknown(row["rank"]):
        country = words.rank_in(row["rank"], row.rank_count, words.IN_COUNTRY)
        home = words.in_region(str(table.reg_name[place]))
        region = words.rank_in(row.rank_region, row.region_count, home)
    return words.own_rank(str(table.area_name[place]), value, country, region)


def own_rank(measure: str, code: str) -> str:
    """Say where a territory stands."""
    return _own_rank(version(), measure, code)


@st.cache_resource(show_spinner=False, max_entries=32)
def _spread(version: str, measure: str) -> Spread:  # noqa: ARG001
    return spread_of(areas(), measure, MEASURES[measure].decimals)


def spread(measure: str) -> Spread:
    """Sort the GHTs into the classes of a histogram."""
    return _spread(version(), measure)


@st.cache_resource(show_spinner=False, max_entries=64)
def _histogram(version: str, measure: str, mark: Mark) -> Spec:  # noqa: ARG001
    return histogram(ghts_of(areas()), MEASURES[measure], spread(measure), mark)


def histogram_of(measure: str, mark: Mark) -> Spec:
    """Draw the classes of a measure."""
    return _histogram(version(), measure, replace(mark, region=None))


@st.cache_resource(show_spinner=False, max_entries=128)
def _relation(version: str, x: str, y: str, may_log: bool) -> Relation:  # noqa: ARG001
    return relate(areas(), x, y, may_log=may_log)


def relation(x: str, y: str, *, may_log: bool) -> Relation:
    """Relate two measures."""
    return _relation(version(), x, y, may_log)


@st.cache_resource(show_spinner=False, max_entries=64)
def _scatter(version: str, x: str, y: str, may_log: bool, mark: Mark) -> Spec:  # noqa: ARG001
    return scatter(relation(x, y, may_log=may_log), MEASURES[x], MEASURES[y], mark)


def scatter_of(x: str, y: str, mark: Mark, *, may_log: bool) -> Spec:
    """Draw two measures."""
    return _scatter(version(), x, y, may_log, mark)


@st.cache_resource(show_spinner=False, max_entries=256)
def _spine(version: str, code: str) -> pd.DataFrame:  # noqa: ARG001
    return spine(areas(), code)


def profile(code: str) -> pd.DataFrame:
    """Set a territory among the GHTs."""
    return _spine(version(), code)


@st.cache_resource(show_spinner=False, max_entries=64)
def _spine_chart(version: str, code: str, names: tuple[str, str], mark: Mark) -> Spec:  # noqa: ARG001
    return spine_chart(profile(code), names, mark)


def profile_chart(code: str, names: tuple[str, str], mark: Mark) -> Spec:
    """Draw the profile of a territory."""
    return _spine_chart(version(), code, names, replace(mark, code=None, region=None))


@st.cache_resource(show_spinner=False, max_entries=128)
def _beside(version: str, codes: tuple[str, ...]) -> pd.DataFrame:  # noqa: ARG001
    return side_by_side(areas(), codes)


def beside(codes: Sequence[str]) -> pd.DataFrame:
    """Lay the figures of several territories side by side."""
    return _beside(version(), tuple(codes))


@st.cache_resource(show_spinner=False, max_entries=2)
def _regions(version: str) -> pd.DataFrame:  # noqa: ARG001
    return region_table(areas(), cache.atlas().partnerships)


def regions() -> pd.DataFrame:
    """Put the territories of each region together."""
    return _regions(version())


@st.cache_resource(show_spinner=False, max_entries=256)
def _peers(version: str, code: str, measures: tuple[str, ...]) -> pd.DataFrame:  # noqa: ARG001
    return nearest_peers(ghts_of(areas()), code, measures, words.PEER_COUNT)


def peers(code: str, measures: Sequence[str]) -> pd.DataFrame:
    """Find the GHTs that resemble one."""
    return _peers(version(), code, tuple(measures))


@st.cache_resource(show_spinner=False, max_entries=2)
def _windows(version: str) -> dict[str, Any]:  # noqa: ARG001
    # GeoPandas is loaded by those who want maps.
    from geo.comparison.windows import read_windows  # noqa: PLC0415

    return dict(read_windows(cache.atlas()))


def windows() -> dict[str, Any]:
    """
    Return the `geo.comparison.windows.Window` of each territory drawn.

    Raises
    ------
    BundleError
        If the outlines are missing or altered.
    """
    return _windows(version())


def left_out(measure: str) -> list[str]:
    """Name the modelled territories whose figure is unknown."""
    table: Any = areas()
    gap = table[measure].isna() & (table.status == "modelled")
    return sorted(table.area_name[gap])
