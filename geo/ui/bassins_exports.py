"""The files of the page of models: its tables, its map with its geometry, its picture."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo import wording, wording_bassins, wording_exports
from geo.basin_exports import (
    area_table,
    changed_table,
    contested_table,
    margin_table,
    model_label,
    run_notes,
    value_notes,
)
from geo.basin_names import change_text
from geo.basins import IMPORTED, REALITY, Basin, BasinView, Request, compared
from geo.extracts import Notes
from geo.selection import Selection
from geo.ui import bassins_cache, bassins_map, bassins_state, cache, state
from geo.ui.exports_panel import MAP_WORD, Content, Picture, show_exports
from geo.ui.panels import source_text

DIFFERENCE: Final = "difference"
CONFIDENCE: Final = "confiance"


@dataclass(frozen=True)
class Scene:
    """
    The map on screen. Files are made outside the session: they can ask nothing more of it.

    Attributes
    ----------
    found, other
        The run, and the one it is compared with; None without one.
    shown
        What the map paints.
    view, request, chosen
        What a person asked for.
    model, other_name
        French names of the two runs; the second is empty without one.
    """

    found: Basin = field(repr=False)
    other: Basin | None = field(repr=False)
    shown: bassins_map.Picture = field(repr=False)
    view: BasinView
    request: Request
    chosen: Selection
    model: str
    other_name: str

    @property
    def label(self) -> str:
        """Short name of the run."""
        label = model_label(self.view.model)
        return f"{label}, {wording_exports.WITH_SCENARIO}" if self.request.changes else label

    @property
    def area(self) -> str | None:
        """The territory chosen, if the run gives it a commune."""
        area = self.chosen.area
        is_there = area is not None and (self.found.communes.area_code == area).any()
        return area if is_there else None


def scene(found: Basin, shown: bassins_map.Picture) -> Scene:
    """Gather the map on screen."""
    view = bassins_state.view()
    is_difference = view.look == DIFFERENCE
    return Scene(
        found, bassins_map.against()[1] if is_difference else None, shown, view,
        bassins_state.request(), state.selection(), model_text(),
        _other_name(view) if is_difference else "",
    )  # fmt: skip


def model_text() -> str:
    """Name the model on screen, with its scenario."""
    view = bassins_state.view()
    values = ", ".join(f"{key} = {value}" for key, value in bassins_state.request().values)
    text = model_label(view.model) + (f" ({values})" if values else "")
    if view.scenario.changes and view.model != IMPORTED:
        text += f" – {' '.join(wording_bassins.banner(view.scenario.name))}"
    return text


def model_source() -> str:
    """Provenance of the figures on screen, the model in the place of the default one."""
    return source_text().replace(wording.MODEL_NAME, f"Modèle : {model_text().rstrip('.')}")


def values_text(view: BasinView) -> str:
    """Write every parameter with the value used."""
    return " ; ".join(f"{label} : {value}" for label, value in value_notes(view))


def _other_name(view: BasinView) -> str:
    """Name what the map of differences compares with."""
    other = compared(view)
    return wording_bassins.REALITY_LABEL if other == REALITY else model_label(other)


def _notes(other_name: str = "") -> Notes:
    """Say what the rows on screen were computed with."""
    request = bassins_state.request()
    world, areas = bassins_cache.world(), dict(cache.choices().areas)
    steps = [change_text(change, world, areas) for change in request.changes]
    view = bassins_state.view()
    return run_notes(cache.atlas(), view, steps, request.zoning, other_name)


def _run_name() -> str:
    """Name the run on screen as the files do."""
    view = bassins_state.view()
    name = model_label(view.model)
    return f"{name} {view.scenario.name}" if bassins_state.request().changes else name


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


def show_map_files(found: Basin, shown: bassins_map.Picture) -> None:
    """Offer the map: rows with their geometry, and its picture."""
    help_text = wording.MORE_FILES_HELP
    if not st.toggle(wording.MORE_FILES, key="bassins_fichiers", help=help_text):
        return
    seen = scene(found, shown)
    words = (MAP_WORD, seen.view.look, _run_name(), *((seen.area,) if seen.area else ()))
    picture = Picture(words, partial(_draw, seen))
    for number, content in enumerate(map_contents(seen)):
        st.caption(content.what)
        show_exports(f"bassins_carte_{number}", content, None if number else picture)


def map_contents(seen: Scene) -> list[Content]:
    """List what the map shows as rows with a geometry: its territories, then its communes."""
    said, place = _notes(seen.other_name), _run_name()
    spread = bassins_cache.survey(bassins_state.scenario()).spread
    rows = partial(area_table, cache.atlas(), seen.found, spread, seen.view.look, seen.other)
    shapes = partial(_area_shapes, seen)
    areas = Content(wording_exports.BASINS, place, rows, model=said, shapes=shapes)
    communes = _communes_of(seen)
    if communes is None:
        return [areas]
    title, read = communes
    filters = area_filter(seen.area) if title == wording_exports.MARGIN_COMMUNES else ()
    return [areas, Content(title, place, read, filters, said, _commune_shapes)]


def _area_shapes(seen: Scene, table: pd.DataFrame) -> gpd.GeoSeries:
    """Find the polygons of territories; one without a commune has none."""
    shapes = bassins_cache.whole_areas(seen.request, seen.found)
    codes = table[wording_bassins.COLUMNS["area_code"]]
    return gpd.GeoSeries(shapes.reindex(codes))


def _commune_shapes(table: pd.DataFrame) -> gpd.GeoSeries:
    """Find the polygons of communes."""
    from geo.geofiles import commune_shapes  # noqa: PLC0415  those who want it wait for it

    return commune_shapes(cache.atlas(), table[wording_bassins.CONTESTED_COLUMNS["insee_code"]])


def _communes_of(seen: Scene) -> tuple[str, Callable[[], pd.DataFrame]] | None:
    """Say what lies over the territories: title and rows; None for nothing."""
    atlas, found, margin = cache.atlas(), seen.found, seen.view.margin
    if seen.other is not None:
        title = wording_exports.CHANGED_COMMUNES
        return title, partial(changed_table, atlas, found, seen.other)
    if seen.view.look != CONFIDENCE or found.communes.margin.isna().all():
        return None
    if seen.area is not None:
        title = wording_exports.MARGIN_COMMUNES
        return title, partial(margin_table, atlas, found, margin, seen.area)
    return wording_exports.CONTESTED_COMMUNES, partial(contested_table, atlas, found, margin, None)


def _draw(seen: Scene, form: str) -> bytes:
    """Draw the map on screen; what draws is loaded by those who want it."""
    from geo.ui import bassins_figure  # noqa: PLC0415

    return bassins_figure.picture_bytes(seen, form)
