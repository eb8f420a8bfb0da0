"""The files of the page of models: its tables, its map with its geometry, its picture."""

from collections.abc import Callable
from functools import partial

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo import wording
from geo.catchment import words as catchment_words
from geo.catchment.files import (
    area_table,
    changed_table,
    contested_table,
    margin_table,
    model_label,
    run_notes,
)
from geo.catchment.runs import Basin
from geo.catchment.scenario import Scenario
from geo.files.extract import Notes
from geo.ui.bassins import cache as bassins_cache
from geo.ui.bassins import map as bassins_map
from geo.ui.bassins import view as bassins_view
from geo.ui.bassins import words, words_files, words_times
from geo.ui.bassins.scene import CONFIDENCE, Scene, model_text, scene
from geo.ui.shared import cache
from geo.ui.shared.controls import source_text
from geo.ui.shared.downloads import MAP_WORD, Content, Picture, show_exports


def model_source() -> str:
    """Provenance of the figures on screen, the model in the place of the default one."""
    return source_text().replace(wording.MODEL_NAME, f"Modèle : {model_text().rstrip('.')}")


def _notes(other_name: str = "") -> Notes:
    """Say what the rows on screen were computed with."""
    request = bassins_view.request()
    steps = bassins_cache.steps(Scenario(changes=request.changes)).changes
    view = bassins_view.view()
    notes = run_notes(cache.atlas(), view, steps, request.zoning, other_name)
    own = ((words_times.NOTE, request.times),) if request.times else ()
    return (*own, *notes)


def _run_name() -> str:
    """Name the run on screen as the files do."""
    view = bassins_view.view()
    name = model_label(view.model)
    return (
        f"{name} {words.SCENARIO_FILE} {view.scenario.name}"
        if bassins_view.request().changes
        else name
    )


def show_table_files(
    key: str, title: str, read: Callable[[], pd.DataFrame], filters: Notes = ()
) -> None:
    """
    Offer a table of the page as files.

    Parameters
    ----------
    key
        Tells the rows of files apart.
    title
        What the rows are: names the files and their sheet.
    read
        Gives the rows on screen.
    filters
        French label and value of each filter in force.
    """
    show_exports(f"bassins_{key}", Content(title, _run_name(), read, filters, _notes()))


def area_filter(area: str | None) -> Notes:
    """Say which territory is kept."""
    if area is None:
        return ()
    return ((wording.AREA, f"{cache.choices().areas.get(area, area)} ({area})"),)


# The map


def show_map_files(found: Basin, shown: bassins_map.Choropleth) -> None:
    """Offer the map: rows with their geometry, and its picture."""
    help_text = wording.MORE_FILES_HELP
    if not st.toggle(wording.MORE_FILES, key="bassins_fichiers", help=help_text):
        return
    seen = scene(found, shown)
    named = (MAP_WORD, seen.view.look, _run_name(), *((seen.area,) if seen.area else ()))
    picture = Picture(named, partial(_draw, seen))
    for number, content in enumerate(map_contents(seen)):
        st.caption(content.what)
        show_exports(f"bassins_carte_{number}", content, None if number else picture)


def map_contents(seen: Scene) -> list[Content]:
    """List what the map shows as rows with a geometry: its territories, then its communes."""
    said, place = _notes(seen.other_name), _run_name()
    spread = bassins_cache.survey(bassins_view.scenario()).spread
    rows = partial(
        area_table, cache.atlas(), seen.found, spread, seen.view.look, seen.other,
        is_invented=bool(seen.request.changes),
    )  # fmt: skip
    shapes = partial(_area_shapes, seen)
    areas = Content(words_files.BASINS, place, rows, model=said, shapes=shapes)
    communes = _communes_of(seen)
    if communes is None:
        return [areas]
    title, read = communes
    filters = area_filter(seen.area) if title == words_files.MARGIN_COMMUNES else ()
    return [areas, Content(title, place, read, filters, said, _commune_shapes)]


def _area_shapes(seen: Scene, table: pd.DataFrame) -> gpd.GeoSeries:
    """Find the polygons of territories; one without a commune has none."""
    shapes = bassins_cache.whole_areas(seen.request, seen.found)
    codes = table[catchment_words.COLUMNS["area_code"]]
    return gpd.GeoSeries(shapes.reindex(codes))


def _commune_shapes(table: pd.DataFrame) -> gpd.GeoSeries:
    """Find the polygons of communes."""
    from geo.files.geofiles import commune_shapes  # noqa: PLC0415  those who want it wait for it

    return commune_shapes(cache.atlas(), table[catchment_words.CONTESTED_COLUMNS["insee_code"]])


def _communes_of(seen: Scene) -> tuple[str, Callable[[], pd.DataFrame]] | None:
    """Say what lies over the territories: title and rows; None for nothing."""
    atlas, found, margin = cache.atlas(), seen.found, seen.view.margin
    if seen.other is not None:
        title = words_files.CHANGED_COMMUNES
        return title, partial(changed_table, atlas, found, seen.other)
    if seen.view.look != CONFIDENCE or found.communes.margin.isna().all():
        return None
    if seen.area is not None:
        title = words_files.MARGIN_COMMUNES
        return title, partial(margin_table, atlas, found, margin, seen.area)
    return words_files.CONTESTED_COMMUNES, partial(contested_table, atlas, found, margin, None)


def _draw(seen: Scene, form: str) -> bytes:
    """Draw the map on screen; what draws is loaded by those who want it."""
    from geo.ui.bassins import picture as bassins_picture  # noqa: PLC0415

    return bassins_picture.picture_bytes(seen, form)
