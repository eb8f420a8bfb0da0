"""Runs of the models and their layers, computed once for all sessions and bounded in number."""

import threading
from dataclasses import dataclass, replace
from typing import Final

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo.catchment import words as catchment_words
from geo.catchment.analysis import atlas_world
from geo.catchment.files import full_areas
from geo.catchment.layers import (
    Overlay,
    area_drawing,
    commune_overlay,
    compact,
    contested_overlay,
    difference_overlay,
)
from geo.catchment.runs import Basin, Request, run_request
from geo.catchment.scenario import Scenario, apply_scenario
from geo.catchment.tables import Survey, survey_models
from geo.catchment.world import World
from geo.drawing.protocol import Layers
from geo.drawing.screen_map import area_columns
from geo.formats import plain_text
from geo.territories.areas import area_polygons
from geo.ui.shared import cache
from geo.ui.shared.layer_files import address, is_there, publish_layer
from geo.ui.shared.light_communes import light

# One computation at a time: fifty visitors who ask at once take their turn, not fifty times the
# memory; those who ask for the same find it done.
_TURN: Final = threading.RLock()


@dataclass(frozen=True)
class Drawn:
    """A layer over the territories: name of its file, and what it covers."""

    name: str
    commune_count: int
    population: int
    counts: tuple[int, ...]


@st.cache_resource(show_spinner=False)
def _world(version: str) -> World:  # noqa: ARG001
    return atlas_world(cache.atlas())


def world() -> World:
    """Gather demand and supply of the real situation."""
    return _world(cache.atlas().version)


@st.cache_resource(show_spinner=False, max_entries=1)
def _changed_world(version: str, key: str, _scenario: Scenario) -> World:  # noqa: ARG001
    return apply_scenario(world(), _scenario)


def changed_world(scenario: Scenario) -> World:
    """
    Apply a scenario; the last one is kept, since it holds 150 MB of travel times.

    Raises
    ------
    UserError
        If a change points to nothing.
    """
    if not scenario.changes:
        return world()
    return _changed_world(cache.atlas().version, Request(changes=scenario.changes).key, scenario)


@st.cache_resource(show_spinner=catchment_words.LOADING, max_entries=40)
def _basin(version: str, key: str, _request: Request, _zoning: pd.DataFrame | None) -> Basin:  # noqa: ARG001
    with _TURN:
        supply = changed_world(Scenario(changes=_request.changes))
        return run_request(cache.atlas(), supply, _request, _zoning)


def basin(request: Request, zoning: pd.DataFrame | None = None) -> Basin:
    """Run a model, once for all sessions."""
    return _basin(cache.atlas().version, request.key, request, zoning)


@st.cache_resource(show_spinner=catchment_words.LOADING_ALL, max_entries=8)
def _survey(version: str, key: str, _scenario: Scenario) -> Survey:  # noqa: ARG001
    with _TURN:
        return survey_models(cache.atlas(), changed_world(_scenario))


def survey(scenario: Scenario) -> Survey:
    """Run the four models with their defaults, once for all sessions."""
    key = Request(changes=scenario.changes).key
    return _survey(cache.atlas().version, key, scenario)


@st.cache_resource(show_spinner=catchment_words.LOADING, max_entries=64)
def _layers(version: str, key: str, _basin: Basin, is_bundled: bool) -> tuple[str, str]:  # noqa: ARG001
    with _TURN:
        areas = publish_layer("zones", compact(area_columns(_basin.territories)))
        shapes = "" if is_bundled else publish_layer("bassin", area_drawing(light(), _basin))
        return shapes, areas


@st.cache_resource(show_spinner=False, max_entries=4)
def _drawn_areas(version: str, key: str, _basin: Basin) -> gpd.GeoDataFrame:  # noqa: ARG001
    with _TURN:
        communes = _basin.communes.astype({"area_code": "str"})
        return area_polygons(light(), communes)


def drawn_areas(request: Request, found: Basin) -> gpd.GeoDataFrame:
    """Dissolve the simplified communes into the areas of a run: polygons, index `area_code`."""
    return _drawn_areas(cache.atlas().version, request.key, found)


@st.cache_resource(show_spinner=False, max_entries=4)
def _full_areas(version: str, key: str, _basin: Basin, is_bundled: bool) -> gpd.GeoSeries:  # noqa: ARG001
    if is_bundled:
        found = gpd.read_parquet(cache.atlas().shapes("territories")).set_index("area_code")
        return gpd.GeoSeries(found.geometry)
    with _TURN:
        return full_areas(cache.atlas(), _basin)


def whole_areas(request: Request, found: Basin) -> gpd.GeoSeries:
    """Give the full polygons of the areas of a run, index `area_code`, EPSG:4326."""
    return _full_areas(cache.atlas().version, request.key, found, is_default(request))


def is_default(request: Request) -> bool:
    """Tell whether the areas of a run are the bundled ones."""
    return replace(request, margin=0) == Request(margin=0)


def layers(request: Request, found: Basin) -> Layers:
    """
    Publish the areas of a run; those of the default run are already bundled.

    Raises
    ------
    AssetError, BundleError
        If they cannot be drawn.
    """
    bundled = cache.map_files().addresses
    is_bundled = bundled is not None and is_default(request)
    arguments = (cache.atlas().version, request.key, found, is_bundled)
    names = _layers(*arguments)
    if not is_there(*names):
        _layers.clear(*arguments)
        names = _layers(*arguments)
    shapes = bundled.territories if bundled and is_bundled else address(names[0])
    return {"territories": shapes, "areas": address(names[1])}


@st.cache_resource(show_spinner=catchment_words.LOADING, max_entries=64)
def _overlay(
    version: str,  # noqa: ARG001
    key: str,  # noqa: ARG001
    area: str | None,
    margin: int,
    _basin: Basin,
    _other: Basin | None,
) -> Drawn:
    with _TURN:
        drawn = _draw(area, margin, _basin, _other)
        name = publish_layer("calque", drawn.content) if drawn.content else ""
        return Drawn(name, drawn.commune_count, drawn.population, drawn.counts)


def _draw(area: str | None, margin: int, found: Basin, other: Basin | None) -> Overlay:
    """Draw the layer that the arguments ask for."""
    communes = cache.atlas().communes
    if other is not None:
        return difference_overlay(light(), found, other, communes)
    if area is not None:
        return commune_overlay(light(), found, communes, area, margin)
    return contested_overlay(light(), found, communes, margin)


def confidence(request: Request, found: Basin, area: str | None) -> Drawn:
    """Publish the contested communes of the country, or the communes of one territory."""
    return _published(request.key, area, request.margin, found, None)


def difference(request: Request, found: Basin, against: Request, other: Basin) -> Drawn:
    """Publish the communes that two runs give to different areas."""
    return _published(request.key + against.key, None, 0, found, other)


def _published(key: str, area: str | None, margin: int, found: Basin, other: Basin | None) -> Drawn:
    """Publish a layer again when its file was forgotten."""
    arguments = (cache.atlas().version, key, area, margin, found, other)
    drawn = _overlay(*arguments)
    if not is_there(drawn.name):
        _overlay.clear(*arguments)
        drawn = _overlay(*arguments)
    return drawn


@st.cache_resource(show_spinner=False)
def _plain_names(version: str) -> pd.Series:  # noqa: ARG001
    return cache.atlas().communes.commune_name.map(plain_text)


def plain_names() -> pd.Series:
    """Names of the communes as a search compares them."""
    return _plain_names(cache.atlas().version)
