"""What the page that compares shows, computed once for all sessions and bounded in number."""

from dataclasses import replace
from typing import Any

import pandas as pd

from geo.comparison.charts import Mark, histogram, scatter
from geo.comparison.peers import nearest_peers
from geo.comparison.ranking import (
    RANKED,
    WHOLE,
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
from geo.comparison.spine_chart import spine_chart
from geo.comparison.spread import Relation, Spread, relate, spread_of
from geo.drawing.charts import Spec
from geo.formats import format_quantity, is_unknown
from geo.territories.activity import INDICATORS, indicator_text, with_indicators
from geo.territories.borders import area_borders
from geo.territories.interval import interval_of
from geo.territories.measures import MEASURES
from geo.ui.comparer import words
from geo.ui.comparer.html import pinned_html, ranking_html, with_pinned
from geo.ui.shared import cache


@cache.kept(max_entries=2)
def areas() -> pd.DataFrame:
    """One row per area, with the population of 2015. Shared: never change it."""
    return with_base_population(cache.areas(), cache.atlas())


@cache.kept(max_entries=64)
def _with(keys: tuple[str, ...]) -> pd.DataFrame:
    return with_indicators(cache.atlas(), areas(), keys, cache.facts)


def areas_with(*keys: str) -> pd.DataFrame:
    """Give `areas` with some indicators; those that every area has anyway read nothing."""
    added = tuple(key for key in keys if key not in areas())
    return _with(added) if added else areas()


@cache.kept(max_entries=2)
def comparable() -> dict[str, str]:
    """Name the areas that may be compared, by code."""
    table = areas()[areas().kind != "unassigned"].sort_values("area_name")
    return dict(zip(table.area_code, table.area_name, strict=True))


@cache.kept(max_entries=64)
def ranked(measure: str, region: str | None, *, ascending: bool) -> pd.DataFrame:
    """Order the territories of a region, or of the country."""
    return ranking(areas_with(measure), measure, region, ascending=ascending)


@cache.kept(max_entries=64)
def _summary(measure: str) -> Summary:
    return summarise(ghts_of(areas_with(measure))[measure])


def _ends(measure: str) -> dict[str, tuple[float, float]]:
    found = {key: _summary(key) for key in (*WHOLE, measure)}
    return {key: (each.low, each.high) for key, each in found.items()}


@cache.kept(max_entries=64)
def _ranked_html(measure: str, region: str | None, *, ascending: bool) -> str:
    table = ranked(measure, region, ascending=ascending)
    return ranking_html(table, measure, _ends(measure), ascending=ascending)


@cache.kept(max_entries=1_000)
def _pinned_html(measure: str, code: str, *, ascending: bool) -> str:
    everyone = ranked(measure, None, ascending=ascending)
    own = everyone[everyone.area_code == code]
    return pinned_html(own, measure, _ends(measure), ascending=ascending)


def ranked_html(measure: str, region: str | None, code: str | None, *, ascending: bool) -> str:
    """Write the ranking as a table, the row of the chosen territory in sight."""
    table = _ranked_html(measure, region, ascending=ascending)
    if code is None or code not in comparable():
        return table
    return with_pinned(table, _pinned_html(measure, code, ascending=ascending), code)


@cache.kept(max_entries=512)
def value_text(measure: str, code: str) -> str:
    """Write an indicator of a territory, a population with what it is sure to."""
    row = cache.area(code)
    sure = interval_of(row) if measure == cache.SHOWN_AS_INTERVAL else None
    if sure is not None:
        return words.with_interval(format_quantity(sure.value, "habitants"), sure.range_text)
    value = cache.measured(measure).set_index("area_code")[measure][code]
    return indicator_text(measure, value, str(row.status))


@cache.kept(max_entries=512)
def own_rank(measure: str, code: str) -> str:
    """Say where a territory stands."""
    table = areas_with(measure)
    place = table.index[table.area_code == code][0]
    row = ranks(table, measure).loc[place]
    country = region = ""
    if not is_unknown(row["rank"]):
        country = words.rank_in(row["rank"], row.rank_count, words.IN_COUNTRY)
        home = words.in_region(str(table.reg_name[place]))
        region = words.rank_in(row.rank_region, row.region_count, home)
    return words.own_rank(str(table.area_name[place]), value_text(measure, code), country, region)


@cache.kept(max_entries=32)
def spread(measure: str) -> Spread:
    """Sort the GHTs into the classes of a histogram."""
    return spread_of(areas_with(measure), measure, INDICATORS[measure].decimals)


@cache.kept(max_entries=64)
def _histogram(measure: str, mark: Mark) -> Spec:
    table = ghts_of(areas_with(measure))
    return histogram(table, INDICATORS[measure], spread(measure), mark)


def histogram_of(measure: str, mark: Mark) -> Spec:
    """Draw the classes of a measure."""
    return _histogram(measure, replace(mark, region=None))


@cache.kept(max_entries=128)
def relation(x: str, y: str, *, may_log: bool) -> Relation:
    """Relate two measures."""
    return relate(areas_with(x, y), x, y, may_log=may_log)


@cache.kept(max_entries=64)
def scatter_of(x: str, y: str, mark: Mark, *, may_log: bool) -> Spec:
    """Draw two measures."""
    found = relation(x, y, may_log=may_log)
    return scatter(found, INDICATORS[x], INDICATORS[y], mark)


@cache.kept(max_entries=256)
def profile(code: str) -> pd.DataFrame:
    """Set a territory among the GHTs."""
    return spine(areas(), code)


@cache.kept(max_entries=64)
def _spine_chart(code: str, names: tuple[str, str], mark: Mark) -> Spec:
    return spine_chart(profile(code), names, mark)


def profile_chart(code: str, names: tuple[str, str], mark: Mark) -> Spec:
    """Draw the profile of a territory."""
    return _spine_chart(code, names, replace(mark, code=None, region=None))


@cache.kept(max_entries=128)
def beside(codes: tuple[str, ...], measure: str) -> pd.DataFrame:
    """Lay the figures of several territories side by side, the indicator of the maps too."""
    keys = WHOLE if measure in MEASURES else (measure, *WHOLE)
    return side_by_side(areas_with(measure), codes, keys)


@cache.kept(max_entries=2)
def regions() -> pd.DataFrame:
    """Put the territories of each region together."""
    return region_table(areas(), cache.atlas().partnerships)


@cache.kept(max_entries=256)
def peers(code: str, measures: tuple[str, ...]) -> pd.DataFrame:
    """Find the GHTs that resemble one."""
    table = ghts_of(areas_with(*measures))
    return nearest_peers(table, code, measures, words.PEER_COUNT)


@cache.kept(max_entries=2)
def _borders() -> pd.DataFrame:
    return area_borders(cache.atlas())


@cache.kept(max_entries=256)
def neighbours(code: str) -> tuple[str, ...]:
    """
    List the territories that touch one, the longest border first.

    Raises
    ------
    BundleError
        If the table of borders is missing or altered.
    """
    found = _borders()
    pairs = found[(found.a == code) & found.b.isin(list(comparable()))]
    return tuple(pairs.sort_values(["border_km", "b"], ascending=[False, True]).b)


@cache.kept(max_entries=64)
def examples(measure: str, region: str | None) -> dict[str, str]:
    """Choose the GHTs at both ends and in the middle of a measure: code -> where it stands."""
    table = ranked(measure, region, ascending=False)
    codes = table.area_code[table.group == RANKED].tolist()
    places = dict(zip((0, len(codes) - 1, len(codes) // 2), words.EXAMPLES, strict=True))
    return {codes[place]: place_name for place, place_name in sorted(places.items()) if codes}


@cache.kept(max_entries=2)
def windows() -> dict[str, Any]:
    """
    Return the `geo.comparison.windows.Window` of each territory drawn.

    Raises
    ------
    BundleError
        If the outlines are missing or altered.
    """
    # GeoPandas is loaded by those who want maps.
    from geo.comparison.windows import read_windows  # noqa: PLC0415

    return dict(read_windows(cache.atlas()))


def left_out(measure: str) -> list[str]:
    """Name the modelled territories whose figure is unknown."""
    table: Any = areas()
    gap = table[measure].isna() & (table.status == "modelled")
    return sorted(table.area_name[gap])
