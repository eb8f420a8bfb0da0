"""Runs of the models and their layers, computed once for all sessions and bounded in number."""

import json
import threading
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.catchment.analysis import atlas_world, with_times
from geo.catchment.area_drawing import area_drawing, redrawn, touched_areas
from geo.catchment.charts import cloud_chart
from geo.catchment.coverage import Coverage, coverage
from geo.catchment.files import full_areas
from geo.catchment.layers import (
    Overlay,
    commune_overlay,
    compact,
    contested_overlay,
    difference_overlay,
)
from geo.catchment.rerun import is_local, rerun
from geo.catchment.runs import Basin, Request, run_request
from geo.catchment.scenario import Scenario, apply_scenario
from geo.catchment.scenario_effect import Effect, effects, far_sentence, moved_sentence
from geo.catchment.scenario_layers import scenario_overlay
from geo.catchment.scenario_names import change_text, target_text
from geo.catchment.tables import (
    Survey,
    compare_run,
    effect_rows,
    in_french,
    judged_population,
    survey_models,
)
from geo.catchment.world import World
from geo.drawing.charts import Spec
from geo.drawing.protocol import Layers
from geo.drawing.screen_map import area_columns
from geo.territories.areas import area_polygons
from geo.ui.bassins import words
from geo.ui.shared import cache
from geo.ui.shared.layer_files import address, is_there, publish_layer
from geo.ui.shared.light_communes import light

# One computation at a time: fifty visitors who ask at once take their turn, not fifty times the
# memory; those who ask for the same find it done.
_TURN: Final = threading.RLock()
# What tells runs and scenarios apart.
_KEYS: Final[cache.HashFuncs] = {
    Request: attrgetter("key"),
    Scenario: lambda scenario: Request(changes=scenario.changes).key,
}


@dataclass(frozen=True)
class Steps:
    """The changes of a scenario and the doubts about them, French sentences."""

    changes: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What a scenario does: by territory, in a sentence, and the table on screen."""

    effects: tuple[Effect, ...]
    summary: str
    table: pd.DataFrame = field(repr=False)


@dataclass(frozen=True)
class Drawn:
    """A layer over the territories: name of its file, and what it covers (see `Overlay`)."""

    name: str
    commune_count: int
    population: int
    counts: tuple[int, ...]
    areas: frozenset[str] = frozenset()
    frame: tuple[float, ...] = ()


@cache.kept()
def world() -> World:
    """Gather demand and supply of the real situation."""
    return atlas_world(cache.atlas())


@cache.kept(max_entries=1, hash_funcs=_KEYS)
def _changed_world(scenario: Scenario) -> World:
    return apply_scenario(world(), scenario)


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
    return _changed_world(scenario)


@cache.kept(max_entries=64, hash_funcs=_KEYS)
def steps(scenario: Scenario) -> Steps:
    """Say the changes of a scenario, and what is doubtful in them, with the names of today."""
    areas, now = dict(cache.choices().areas), world()
    doubts = (
        far_sentence(change, now, areas, target_text(change, now)) for change in scenario.changes
    )
    said = tuple(change_text(change, now, areas) for change in scenario.changes)
    return Steps(said, tuple(filter(None, doubts)))


@cache.kept(max_entries=64, hash_funcs=_KEYS)
def outcome(request: Request, _found: Basin, _reality: Basin) -> Outcome:  # noqa: ARG001
    """Say what a scenario does: to each territory, in all, and as a table."""
    summary = moved_sentence(_reality, _found, cache.atlas().communes)
    rows = effect_rows(_reality, _found)
    return Outcome(tuple(effects(rows)), summary, in_french(rows, words.EFFECT_COLUMNS))


@cache.kept(show_spinner=words.LOADING, max_entries=40, hash_funcs=_KEYS)
def basin(
    request: Request, _zoning: pd.DataFrame | None = None, _times: pd.DataFrame | None = None
) -> Basin:
    """Run a model, once for all sessions; a person's files are told apart by their digests."""
    with _TURN:
        supply = changed_world(Scenario(changes=request.changes))
        if request.changes and is_local(request):
            reality = basin(replace(request, changes=()))
            return rerun(cache.atlas(), world(), supply, reality, request)
        if request.times and _times is not None:
            supply, _ = with_times(supply, _times)
        return run_request(cache.atlas(), supply, request, _zoning)


@cache.kept(show_spinner=words.LOADING_ALL, max_entries=8, hash_funcs=_KEYS)
def survey(scenario: Scenario) -> Survey:
    """Run every model with their defaults, once for all sessions."""
    with _TURN:
        return survey_models(cache.atlas(), changed_world(scenario))


@cache.kept(max_entries=16, hash_funcs=_KEYS)
def judged(request: Request, _basin: Basin, label: str) -> pd.DataFrame:  # noqa: ARG001
    """Set a run beside the published populations that judge it."""
    with _TURN:
        return judged_population(compare_run(cache.atlas(), _basin, label))


@cache.kept(max_entries=16, hash_funcs=_KEYS)
def cloud(request: Request, _rows: pd.DataFrame, ink: str) -> Spec:  # noqa: ARG001
    """Draw the cloud of a run, for a theme."""
    return cloud_chart(_rows, ink)


# A run is large and its request says which it is: only the request is compared.
@cache.kept(show_spinner=words.LOADING, max_entries=64, hash_funcs=_KEYS)
def _layers(request: Request, _basin: Basin, is_bundled: bool) -> tuple[str, str]:
    with _TURN:
        areas = publish_layer("zones", compact(area_columns(_basin.territories)))
        shapes = "" if is_bundled else publish_layer("bassin", _area_shapes(request, _basin))
        return shapes, areas


def _area_shapes(request: Request, found: Basin) -> bytes:
    """Draw the areas of a run; those of a scenario from those of the same run without it."""
    if not request.changes or request.times:
        return area_drawing(light(), found)
    reality = replace(request, changes=())
    before = basin(reality)
    touched = touched_areas(before, found)
    return redrawn(_drawn_before(reality, before), light(), found, touched)


@cache.kept(max_entries=2, hash_funcs=_KEYS)
def _drawn_before(request: Request, _basin: Basin) -> dict[str, Any]:  # noqa: ARG001
    drawing: dict[str, Any] = json.loads(area_drawing(light(), _basin))
    return drawing


@cache.kept(max_entries=4, hash_funcs=_KEYS)
def drawn_areas(request: Request, _basin: Basin) -> gpd.GeoDataFrame:  # noqa: ARG001
    """Dissolve the simplified communes into the areas of a run: polygons, index `area_code`."""
    with _TURN:
        communes = _basin.communes.astype({"area_code": "str"})
        return area_polygons(light(), communes)


@cache.kept(max_entries=4, hash_funcs=_KEYS)
def whole_areas(request: Request, _basin: Basin) -> gpd.GeoSeries:
    """Give the full polygons of the areas of a run, index `area_code`, EPSG:4326."""
    if is_default(request):
        found = gpd.read_parquet(cache.atlas().shapes("territories")).set_index("area_code")
        return gpd.GeoSeries(found.geometry)
    with _TURN:
        return full_areas(cache.atlas(), _basin)


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
    arguments = (request, found, is_bundled)
    names = _layers(*arguments)
    if not is_there(*names):
        _layers.clear(*arguments)
        names = _layers(*arguments)
    shapes = bundled.territories if bundled and is_bundled else address(names[0])
    return {"territories": shapes, "areas": address(names[1])}


@cache.kept(show_spinner=words.LOADING, max_entries=64)
def _overlay(
    key: str,  # noqa: ARG001
    area: str | None,
    margin: int,
    _basin: Basin,
    _other: Basin | None,
    is_scenario: bool,
) -> Drawn:
    with _TURN:
        drawn = _draw(area, margin, _basin, _other, is_scenario)
        name = publish_layer("calque", drawn.content) if drawn.content else ""
        return Drawn(
            name, drawn.commune_count, drawn.population, drawn.counts, drawn.areas, drawn.frame
        )


def _draw(
    area: str | None, margin: int, found: Basin, other: Basin | None, is_scenario: bool
) -> Overlay:
    """Draw the layer that the arguments ask for."""
    communes = cache.atlas().communes
    if other is not None and is_scenario:
        return scenario_overlay(light(), found, other, communes)
    if other is not None:
        return difference_overlay(light(), found, other, communes)
    if area is not None:
        return commune_overlay(light(), found, communes, area, margin)
    return contested_overlay(light(), found, communes, margin)


def confidence(request: Request, found: Basin, area: str | None) -> Drawn:
    """Publish the contested communes of the country, or the communes of one territory."""
    return _published(request.key, area, request.margin, found, None)


def difference(request: Request, found: Basin, against: Request, other: Basin) -> Drawn:
    """Publish the communes that two runs give to different areas, and what a scenario moves."""
    is_scenario = request != against and replace(request, changes=()) == against
    return _published(request.key + against.key, None, 0, found, other, is_scenario)


def _published(
    key: str, area: str | None, margin: int, found: Basin, other: Basin | None,
    is_scenario: bool = False,
) -> Drawn:  # fmt: skip
    """Publish a layer again when its file was forgotten."""
    arguments = (key, area, margin, found, other, is_scenario)
    drawn = _overlay(*arguments)
    if not is_there(drawn.name):
        _overlay.clear(*arguments)
        drawn = _overlay(*arguments)
    return drawn


@cache.kept()
def coverage_found() -> Coverage | None:
    """Count the published populations that the intervals hold."""
    return coverage(cache.areas(), cache.atlas().published)
