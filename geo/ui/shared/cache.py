"""Everything kept between reruns, shared by all sessions: read once, never changed."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import update_wrapper, wraps
from inspect import signature
from typing import Any, Final, Generic, ParamSpec, TypeAlias, TypeVar

import pandas as pd
import streamlit as st

from geo import wording
from geo.atlas.load import Atlas, default_folder, load_atlas
from geo.atlas.resolve import Part
from geo.atlas.resolve import former_ghts as former_of
from geo.atlas.vintages import Vintages
from geo.drawing.circles import Circles, circles
from geo.drawing.classes import Classes, classify
from geo.drawing.protocol import MapView
from geo.drawing.screen_map import MapAddresses, circle_view, measure_texts
from geo.errors import BundleError
from geo.files.csv import file_name
from geo.territories.activity import (
    INDICATORS,
    facts_of,
    heading_of,
    menu_label,
    origin_of,
    title_of,
    with_indicators,
)
from geo.territories.interval import interval_texts
from geo.territories.measures import territory_table
from geo.territories.sums import totals
from geo.territories.tables import (
    SHOWN,
    figure_table,
    in_region,
    outside_text,
    rounded,
    with_region_names,
)
from geo.ui.shared.assets import AssetError, are_there, publish_all
from geo.ui.shared.html import (
    Column,
    figures_html,
    indicator_html,
    laid_out,
    later_html,
    section_html,
    status_html,
)
from geo.ui.shared.key_figures import area_figures, group_figures
from geo.ui.shared.selection import Choices, choices_of

SHOWN_AS_INTERVAL: Final = "population"
BESIDE_NAMES: Final = 2  # columns before the indicator: code, name
LOGGER: Final = logging.getLogger(__name__)
Asked = ParamSpec("Asked")
Given = TypeVar("Given")
HashFuncs: TypeAlias = dict[str | type[Any], Callable[[Any], Any]]


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


def file_name_of(words: Sequence[str], extension: str) -> str:
    """Name a file to take away, by the one rule."""
    return file_name(words, atlas().manifest.build_date, version(), extension)


def version() -> str:
    """Return the version of the data on screen."""
    return atlas().version


def vintages() -> Vintages:
    """Return what texts repeat of the data on screen."""
    return atlas().vintages


class Kept(Generic[Asked, Given]):
    """A function whose results are kept; made by `kept`."""

    def __init__(self, cached: Callable[..., Given], per: Callable[[], object]) -> None:
        self._cached: Any = cached
        self._per = per

    def __call__(self, *args: Asked.args, **named: Asked.kwargs) -> Given:
        """Give what was kept, or make it."""
        found: Given = self._cached(*args, **named, kept_per=self._per())
        return found

    def clear(self, *args: object) -> None:
        """Forget the result for these arguments; every result when none is given."""
        self._cached.clear(*args, **{"kept_per": self._per()} if args else {})


def kept(
    *,
    per: Callable[[], object] = version,
    max_entries: int | None = None,
    show_spinner: bool | str = False,
    ttl: float | None = None,
    hash_funcs: HashFuncs | None = None,
) -> Callable[[Callable[Asked, Given]], Kept[Asked, Given]]:
    """
    Keep the results of a function for all sessions, per version of the data and per argument.

    A failure is not kept. An argument whose name begins with `_` does not tell results apart.

    Parameters
    ----------
    per
        What tells results apart besides the arguments, the version among it.
    max_entries, show_spinner, ttl, hash_funcs
        See `st.cache_resource`.
    """

    def decorate(function: Callable[Asked, Given]) -> Kept[Asked, Given]:
        @wraps(function)
        def made(*args: Asked.args, **named: Asked.kwargs) -> Given:
            named.pop("kept_per")
            return function(*args, **named)

        # Streamlit asks for the names of the arguments at each call: they are found once.
        made.__signature__ = signature(function)  # type: ignore[attr-defined]
        keep = st.cache_resource(
            ttl=ttl, max_entries=max_entries, show_spinner=show_spinner, hash_funcs=hash_funcs
        )
        result: Kept[Asked, Given] = Kept(keep(made), per)
        update_wrapper(result, function)
        return result

    return decorate


def described(measure: str) -> str:
    """Say how an indicator is made."""
    return vintages().fill(INDICATORS[measure].description)


@kept()
def choices() -> Choices:
    """List what can be chosen."""
    return choices_of(atlas(), {key: menu_label(measure) for key, measure in INDICATORS.items()})


@kept()
def no_star() -> str:
    """Say how many GHTs have no star on the map."""
    return wording.no_star(int(atlas().ghts.support_finess_ej.isna().sum()))


@kept()
def former_ghts() -> dict[str, Part]:
    """Say what became of the GHTs that are gone, by their code."""
    return former_of(atlas())


@kept()
def areas() -> pd.DataFrame:
    """One row per area of the whole country. Shared: never change it."""
    return with_region_names(territory_table(atlas()), atlas()).reset_index(drop=True)


@kept(max_entries=16)
def facts(outside: tuple[str, ...]) -> pd.DataFrame:
    """Give what every indicator of activity is made of, once per version of the data."""
    return facts_of(atlas(), outside)


@kept(max_entries=128)
def _measured(keys: tuple[str, ...]) -> pd.DataFrame:
    return with_indicators(atlas(), areas(), keys, facts)


def measured(*keys: str) -> pd.DataFrame:
    """
    Give `areas` with some indicators, each computed when it is first chosen.

    Parameters
    ----------
    keys
        Of `INDICATORS`; those that every area has anyway read nothing.
    """
    added = tuple(key for key in keys if key not in areas())
    return _measured(added) if added else areas()


def told(measure: str) -> tuple[str, str]:
    """Name an indicator, with its producer and its year, and its unit: what a tooltip says."""
    return title_of(atlas(), INDICATORS[measure]), INDICATORS[measure].unit


@kept(max_entries=64)
def region_totals(region: str | None) -> pd.Series:
    """Totals of a region, or of the country."""
    return totals(in_region(areas(), region))


@kept()
def outside() -> str:
    """Name the collectivities near the departements, which no sum holds, with their inhabitants."""
    return outside_text(atlas().collectivities)


def columns_with(measure: str) -> dict[str, str]:
    """Name the columns of the table of territories: those it always has, and the indicator."""
    chosen = {} if measure in SHOWN else {measure: heading_of(atlas(), INDICATORS[measure])}
    return {**wording.COLUMNS, **chosen}


def _digits(measure: str) -> dict[str, int]:
    """Give the decimals of the column that the indicator adds, by its name."""
    added = {} if measure in SHOWN else {columns_with(measure)[measure]: INDICATORS[measure]}
    return {name: spec.decimals for name, spec in added.items()}


@kept(max_entries=64)
def _always(region: str | None) -> pd.DataFrame:
    """Lay out the columns that the table has whatever the indicator."""
    return rounded(figure_table(in_region(areas(), region), list(wording.COLUMNS)))


@kept(max_entries=128)
def _added(measure: str) -> pd.Series:
    """Lay out the column that an indicator adds, under its heading, by code of area."""
    heading = columns_with(measure)[measure]
    column = measured(measure).set_index("area_code")[[measure]].rename(columns={measure: heading})
    return rounded(column, _digits(measure))[heading]


def figures(region: str | None, measure: str = SHOWN[0]) -> pd.DataFrame:
    """Lay out the figures of a region, or of the country, as they are shown."""
    return _always(region) if measure in SHOWN else _figures(region, measure)


@kept(max_entries=512)
def _figures(region: str | None, measure: str) -> pd.DataFrame:
    table, column = _always(region).copy(), _added(measure)
    values = table[wording.COLUMNS["area_code"]].map(column)
    table.insert(BESIDE_NAMES, str(column.name), values)  # in sight, whatever the width
    return table


@kept(max_entries=64)
def _texts_always(region: str | None) -> tuple[list[Column], list[list[str]]]:
    return laid_out(_always(region))


# Sixty-five indicators in eighteen regions: what one visitor chose, another finds ready.
@kept(max_entries=2_000)
def _table(region: str | None, measure: str) -> str:
    columns, texts = _texts_always(region)
    if measure not in SHOWN:
        named = figures(region, measure).iloc[:, [BESIDE_NAMES]]
        more, written = laid_out(named, wording.COLUMNS["area_code"], _digits(measure))
        columns = [*columns[:BESIDE_NAMES], *more, *columns[BESIDE_NAMES:]]
        texts = [*texts[:BESIDE_NAMES], *written, *texts[BESIDE_NAMES:]]
    return later_html(columns, texts, wording.TABLE_TITLE)


def table(region: str | None, measure: str = SHOWN[0]) -> str:
    """Write the figures of a region, or of the country, for `st.html` with its scripts."""
    return _table(region, SHOWN[0] if measure in SHOWN else measure)


def area(code: str) -> pd.Series:
    """Figures of one area."""
    return areas()[areas().area_code == code].iloc[0]


@kept()
def support_origins() -> dict[str, tuple[str, str]]:
    """Give, by GHT whose support is published, the page that names it, else the list that does."""
    ghts = atlas().ghts
    named = ghts[ghts.support_evidence == "published"]
    cells = named[["support_source", "support_note"]].fillna("")
    told = zip(cells.support_source, cells.support_note, strict=True)
    pairs = [(page if page.startswith("http") else "", note) for page, note in told]
    return dict(zip(named.ght_code, pairs, strict=True))


def chosen_name(region: str | None, code: str | None) -> str:
    """Name what is chosen, a territory before a region; empty for the whole country."""
    if code is not None:
        name = choices().areas[code]
        return f"GHT {name}" if code in choices().ghts else name
    return choices().regions[region] if region else ""


@kept(max_entries=512)
def _key_figures(region: str | None, code: str | None) -> str:
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
    return _key_figures(None if code else region, code)


@kept(max_entries=256)
def legend(measure: str, method: str) -> str:
    """Write the legend of an indicator."""
    spec = INDICATORS[measure]
    origin = origin_of(atlas(), spec)
    found = sized(measure)
    return indicator_html(spec, classes(measure, method), areas(), method, origin, found)


@kept(max_entries=256)
def classes(measure: str, method: str) -> Classes:
    """Classes of the GHT territories of the whole country: the same colours in every region."""
    return classify(_drawn(measure), method)


def _drawn(measure: str) -> pd.Series:
    """Give what a map may show of an indicator, for the GHT territories."""
    table = measured(measure)
    return INDICATORS[measure].drawn(table.loc[table.kind == "ght", measure])


@kept(max_entries=128)
def sized(measure: str) -> Circles | None:
    """Size the circles of a count; None for a rate, which tints areas."""
    return circles(_drawn(measure)) if INDICATORS[measure].is_count else None


@kept(max_entries=128)
def circled(measure: str) -> MapView:
    """Say which circles a map draws; to merge in the view of `paint_values`."""
    found = sized(measure)
    return circle_view(areas(), found, INDICATORS[measure].decimals) if found else {}


@kept(max_entries=128)
def texts(measure: str) -> list[str]:
    """Format one indicator for every area, in the order of `areas`."""
    if measure == SHOWN_AS_INTERVAL:
        return interval_texts(areas())
    spec = INDICATORS[measure]
    return measure_texts(spec.drawn(measured(measure)[measure]), spec.text)


@kept()
def _map_files() -> MapFiles:
    return MapFiles(publish_all(atlas(), areas=areas()))


def map_files() -> MapFiles:
    """
    Publish the files of the map, once per server, and again when they are gone.

    A failure is not kept: once the folder is repaired, the next visit has its map.
    """
    if not st.get_option("server.enableStaticServing"):
        return MapFiles(None, wording.NO_STATIC)
    try:
        files = _map_files()
        if files.addresses and not are_there(files.addresses):
            _map_files.clear()
            files = _map_files()
    except (AssetError, BundleError) as error:
        LOGGER.error("map not published", extra={"cause": str(error.__cause__ or error)})
        return MapFiles(None, str(error))
    return files
