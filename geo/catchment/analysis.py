"""Models over the bundled data: what the pages and the command line ask for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.atlas.columns import OUTSIDE_PREFIX
from geo.atlas.load import Atlas
from geo.atlas.zones import zones_of
from geo.catchment.assignment import Assignment, reassign
from geo.catchment.enclaves import CleanUp, absorb_enclaves
from geo.catchment.matrix_file import read_matrix, with_communes_of_today
from geo.catchment.models import MODELS, run_model
from geo.catchment.options import NO_OPTION, NO_UNITS, Moves, Options, move
from geo.catchment.outcome import CONTESTED_MARGIN, population_range, territory_outcome
from geo.catchment.road_reach import crow_impedances, road_reach
from geo.catchment.travel_times import (
    MatrixReport,
    matrix_reach,
)
from geo.catchment.validation import compare_models, measured, without_territory
from geo.catchment.world import World, build_world, employment_zones
from geo.establishments.members import principal_sites
from geo.territories.areas import area_polygons, build_territories, with_zones
from geo.territories.measures import complete_territories


@dataclass(frozen=True)
class Analysis:
    """
    One run of a model.

    Attributes
    ----------
    world
        Demand and supply.
    assignment
        What the model says of each commune, after the clean-up if one was asked for.
    territories
        The columns of `geo.territories.measures.territory_table` and of
        `geo.catchment.outcome.territory_outcome`.
    clean_up
        What the contiguity clean-up did; None without one.
    moves
        What bound towns and whole units changed; None without such an option.
    emptied
        Names, with their codes, of the areas that these options leave without a commune.
    """

    world: World = field(repr=False)
    assignment: Assignment = field(repr=False)
    territories: pd.DataFrame = field(repr=False)
    clean_up: CleanUp | None = field(default=None, repr=False)
    moves: Moves | None = field(default=None, repr=False)
    emptied: tuple[str, ...] = ()


def atlas_world(atlas: Atlas) -> World:
    """Gather demand and supply from an atlas, with the times by road."""
    zones = employment_zones(atlas.commune_zones_odbl)
    world = build_world(atlas.communes, atlas.establishments, atlas.members, zones)
    given = road_reach(atlas, world.communes, world.sites)
    return replace(world, by_landmass=crow_impedances(), given=given)


def with_matrix(atlas: Atlas, world: World, path: Path) -> tuple[World, MatrixReport]:
    """
    Replace the estimated travel times by those of a file.

    Parameters
    ----------
    atlas
        The bundled tables: what former codes are today.
    world
        Demand and supply.
    path
        See `geo.catchment.matrix_file.read_matrix`.

    Returns
    -------
    world, report
        The new world, and the codes that matched nothing.
    """
    matrix = with_communes_of_today(read_matrix(path), atlas)
    changed, report = with_times(world, matrix.table)
    return changed, replace(report, told=matrix.told)


def with_times(world: World, times: pd.DataFrame) -> tuple[World, MatrixReport]:
    """
    Replace the travel times of a world by those of a person.

    Parameters
    ----------
    world
        Demand and supply.
    times
        `origin`, `destination`, `minutes`: see `geo.catchment.matrix_file.Matrix`.

    Returns
    -------
    world, report
        The new world, and the codes that matched nothing.
    """
    reach, report = matrix_reach(times, world.communes, world.sites, world.reach)
    return replace(world, given=reach), report


def model_territories(atlas: Atlas, world: World, assignment: Assignment) -> pd.DataFrame:
    """
    Build the table of territories of any assignment.

    Parameters
    ----------
    atlas
        The bundled tables: names, members, published figures.
    world
        The supply the model saw, for the sites of each area.
    assignment
        What the model says.

    Returns
    -------
    territories
        One row per GHT, hors-GHT area, and one for the unassigned; populations sum to the country.
    """
    codes = assignment.communes.area_code.drop_duplicates()
    outside = codes[codes.str.startswith(OUTSIDE_PREFIX)].str.removeprefix(OUTSIDE_PREFIX)
    names = _entity_names(atlas, outside)
    sites = world.sites.assign(is_general=True, ght_code=world.sites.area_code)
    areas = build_territories(assignment.communes, atlas.communes, atlas.ghts, sites, names)
    if assignment.zones:
        areas = with_zones(areas, assignment.communes, atlas.communes, sites, assignment.zones)
    return complete_territories(atlas, areas, assignment.communes)


def _entity_names(atlas: Atlas, entities: Iterable[str]) -> pd.Series:
    """Names of entities, indexed by `finess_ej`: those of the areas, then of their sites."""
    names = atlas.territories.set_index("area_code").area_name
    hors_ght = names[names.index.str.startswith(OUTSIDE_PREFIX)]
    known = hors_ght.set_axis(hors_ght.index.str.removeprefix(OUTSIDE_PREFIX))
    others = set(entities) - set(known.index)
    if not others:
        return known
    sites = atlas.establishments[atlas.establishments.finess_ej.isin(others)]
    return pd.Series(known.combine_first(principal_sites(sites).site_name))


def _area_texts(atlas: Atlas, codes: Sequence[str]) -> tuple[str, ...]:
    """Name areas, with their codes."""
    names = dict(zip(atlas.ghts.ght_code, atlas.ghts.ght_name, strict=True))
    if any(code not in names for code in codes):
        unknown = [code.removeprefix(OUTSIDE_PREFIX) for code in codes if code not in names]
        entities = _entity_names(atlas, unknown)
        names |= dict(zip(OUTSIDE_PREFIX + entities.index, entities, strict=True))
    return tuple(f"{names[code]} ({code})" if code in names else code for code in codes)


def analyse(
    atlas: Atlas,
    world: World,
    model: str,
    given: Mapping[str, str | float] | None = None,
    contested_margin: float = CONTESTED_MARGIN,
    options: Options = NO_OPTION,
) -> Analysis:
    """
    Run a model and measure its territories.

    Parameters
    ----------
    atlas
        The bundled tables.
    world
        Demand and supply, shared by all runs.
    model
        Key of `geo.catchment.models.MODELS`.
    given
        Values of its parameters; defaults otherwise.
    contested_margin
        A commune is contested when its area leads the second by less (0 to 1).
    options
        What is done after the model; nothing by default.

    Returns
    -------
    analysis
        The same figures wherever it is asked from.

    Raises
    ------
    UserError
        If the model or a value is unknown.
    """
    return measure(atlas, world, run_model(world, model, given), contested_margin, options)


def measure(
    atlas: Atlas,
    world: World,
    assignment: Assignment,
    contested_margin: float = CONTESTED_MARGIN,
    options: Options = NO_OPTION,
) -> Analysis:
    """Apply the options to an assignment, whatever rule made it, and measure its territories."""
    clean_up = moves = None
    if options.enclaves > 0:
        borders = pd.read_parquet(atlas.shapes("borders"))
        areas = assignment.communes.area_code
        clean_up = absorb_enclaves(atlas.communes, areas, borders, options.enclaves)
        assignment = reassign(world, assignment, clean_up.area_code)
    if options.moves:
        is_whole = options.whole_units != NO_UNITS
        zones = zones_of(atlas, options.whole_units) if is_whole else None
        moves = move(world, assignment, options.own_town, zones)
        assignment = moves.assignment
    table = _measured(atlas, world, assignment, contested_margin)
    emptied = _area_texts(atlas, moves.emptied) if moves else ()
    return Analysis(world, assignment, table, clean_up, moves, emptied)


def _measured(
    atlas: Atlas, world: World, assignment: Assignment, contested_margin: float
) -> pd.DataFrame:
    """Measure the territories of an assignment."""
    outcome = territory_outcome(assignment, atlas.communes, contested_margin)
    table = model_territories(atlas, world, assignment)
    fresh = outcome.drop(columns=[name for name in outcome if name in table.columns])
    return table.join(fresh, on="area_code")


def all_models(world: World) -> dict[str, Assignment]:
    """Run every registered model with its defaults."""
    return {key: run_model(world, key) for key in MODELS}


def model_spread(atlas: Atlas, assignments: Mapping[str, Assignment]) -> pd.DataFrame:
    """Give the population of each area under each model, with the lowest and highest."""
    return population_range(assignments, atlas.communes)


def validation(
    atlas: Atlas, assignments: Mapping[str, Assignment], published: pd.DataFrame
) -> pd.DataFrame:
    """Set every model beside every published figure (see `validation.compare_models`)."""
    outcomes = {
        key: measured(assignment.communes, atlas.communes)
        for key, assignment in assignments.items()
    }
    return compare_models(outcomes, published, without_territory(atlas.territories))


def model_polygons(atlas: Atlas, assignment: Assignment) -> gpd.GeoDataFrame:
    """
    Dissolve the simplified communes into the areas of an assignment, to draw them.

    Returns
    -------
    areas
        Index `area_code`, EPSG:4326; measure nothing on them.
    """
    light = gpd.read_parquet(atlas.shapes("communes_light"))
    return area_polygons(light, assignment.communes)
