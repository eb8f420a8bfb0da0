"""What a person asks of the models, and one run of it, small enough to be kept."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd

from geo.atlas.load import Atlas
from geo.catchment import words as catchment_words
from geo.catchment.analysis import Analysis, analyse, measure
from geo.catchment.assignment import imported
from geo.catchment.models import DEFAULT_MODEL, MODELS
from geo.catchment.options import NO_UNITS, Options
from geo.catchment.parameters import Parameter
from geo.catchment.scenario import Change, Scenario
from geo.catchment.world import World
from geo.errors import UserError

IMPORTED: Final = catchment_words.IMPORTED
REALITY: Final = catchment_words.REALITY
DEFAULT_MARGIN: Final = 10
# The model with every parameter: values are kept when the model changes.
PARAMETERS: Final[Mapping[str, Parameter]] = {
    parameter.key: parameter for model in MODELS.values() for parameter in model.parameters
}
KEPT_CODES: Final = ("area_code", "runner_up_area_code", "finess_et", "rule")


@dataclass(frozen=True)
class BasinView:
    """
    What a person asks of the models.

    Attributes
    ----------
    model
        Key of `geo.catchment.models.MODELS`, or `IMPORTED`.
    values
        Values of parameters that are not the defaults, as texts, by key.
    enclaves
        Enclaves of fewer inhabitants are absorbed.
    own_town, whole_units
        See `geo.catchment.options.Options`.
    margin
        Percent under which a commune is contested.
    look
        What the map shows: a key of `geo.ui.bassins.words.LOOKS`.
    other
        Model compared, or `REALITY`.
    panel
        Key of `geo.ui.bassins.words.PANELS`.
    scenario
        Changes to the supply.
    """

    model: str = DEFAULT_MODEL
    values: tuple[tuple[str, str], ...] = ()
    enclaves: int = 0
    margin: int = DEFAULT_MARGIN
    look: str = "territoires"
    other: str = "gravity"
    panel: str = "tableau"
    scenario: Scenario = field(default_factory=Scenario)
    own_town: bool = False
    whole_units: str = NO_UNITS

    def with_value(self, key: str, value: str) -> "BasinView":
        """Set a parameter; its default value is left out."""
        kept = {name: text for name, text in self.values if name != key}
        if value != plain_value(PARAMETERS[key]):
            kept[key] = value
        return replace(self, values=tuple(sorted(kept.items())))

    def own_values(self, model: str) -> dict[str, str]:
        """Values of the parameters that a model has."""
        keys = {parameter.key for parameter in MODELS[model].parameters} if model in MODELS else ()
        return {key: value for key, value in self.values if key in keys}


@dataclass(frozen=True)
class Request:
    """
    What decides a run: two equal requests share one result.

    Attributes
    ----------
    model, values, enclaves, margin, own_town, whole_units
        See `BasinView`; only the values that the model has.
    changes
        Of the scenario; its name changes nothing.
    zoning
        Digest of an imported zoning; empty otherwise.
    times
        Digest of a person's travel times; empty for those of the atlas.
    """

    model: str = DEFAULT_MODEL
    values: tuple[tuple[str, str], ...] = ()
    enclaves: int = 0
    margin: int = DEFAULT_MARGIN
    changes: tuple[Change, ...] = ()
    zoning: str = ""
    own_town: bool = False
    whole_units: str = NO_UNITS
    times: str = ""

    @property
    def options(self) -> Options:
        """What follows the model."""
        return Options(float(self.enclaves), self.own_town, self.whole_units)

    @property
    def key(self) -> str:
        """Name of the result."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Basin:
    """
    The result of a run, without the probabilities: about 2 MB.

    Attributes
    ----------
    communes
        The columns of `geo.catchment.models.Assignment.communes`, in the order of the atlas.
    territories
        See `geo.catchment.analysis.Analysis`.
    moved
        Enclaves, communes and inhabitants that the clean-up moved; None without one.
    optional
        Communes and inhabitants that bound towns and whole units moved; None without them.
    emptied
        Names of the areas that these options leave without a commune.
    """

    communes: pd.DataFrame = field(repr=False)
    territories: pd.DataFrame = field(repr=False)
    moved: tuple[int, int, int] | None = None
    optional: tuple[int, int] | None = None
    emptied: tuple[str, ...] = ()


def request_of(view: BasinView, zoning: str = "") -> Request:
    """Say which run a view asks for; an imported zoning knows neither parameters nor scenarios."""
    asked = Request(
        view.model, margin=view.margin, own_town=view.own_town, whole_units=view.whole_units
    )
    if view.model == IMPORTED:
        return replace(asked, zoning=zoning)
    values = tuple(sorted(view.own_values(view.model).items()))
    return replace(asked, values=values, enclaves=view.enclaves, changes=view.scenario.changes)


def others(view: BasinView) -> tuple[str, ...]:
    """List what a view can be compared with, the most telling first."""
    models = tuple(key for key in MODELS if key != view.model)
    has_scenario = bool(view.scenario.changes) and view.model != IMPORTED
    return (REALITY, *models) if has_scenario else models


def compared(view: BasinView) -> str:
    """Say what a view is compared with: what it asks for, if that makes sense."""
    possible = others(view)
    if view.other in possible:
        return view.other
    return "gravity" if "gravity" in possible else possible[0]


def other_request(view: BasinView, other: str) -> Request:
    """Say which run the map of differences compares with."""
    here = request_of(view)
    if other == REALITY:
        return replace(here, changes=())
    return request_of(replace(view, model=other))


def run_request(
    atlas: Atlas, world: World, request: Request, zoning: pd.DataFrame | None = None
) -> Basin:
    """
    Run what a request asks for.

    Parameters
    ----------
    atlas
        The bundled tables.
    world
        Demand and supply, the scenario applied.
    request
        What to run.
    zoning
        `insee_code`, `area_code`, for an imported zoning.

    Returns
    -------
    basin
        Safe to share between sessions.
    """
    margin = request.margin / 100
    if request.model == IMPORTED:
        if zoning is None:
            raise UserError(catchment_words.ZONING_ABSENT)
        return small_basin(measure(atlas, world, imported(world, zoning), margin, request.options))
    values = dict(request.values)
    return small_basin(analyse(atlas, world, request.model, values, margin, request.options))


def small_basin(analysis: Analysis) -> Basin:
    """Keep what the page shows."""
    communes = analysis.assignment.communes
    codes = {name: communes[name].astype("category") for name in KEPT_CODES}
    clean, moves = analysis.clean_up, analysis.moves
    counts = (clean.enclave_count, clean.commune_count, clean.population) if clean else None
    optional = (moves.commune_count, moves.population) if moves else None
    table = communes.assign(**codes)
    return Basin(table, analysis.territories, counts, optional, analysis.emptied)


def plain_value(parameter: Parameter) -> str:
    """Write the default of a parameter as an address does."""
    default = parameter.default
    if isinstance(default, tuple):
        return ",".join(default)
    return f"{default:g}" if isinstance(default, float) else default


def command_line(view: BasinView) -> str | None:
    """
    Write the command that gives the same figures.

    Returns
    -------
    command
        None for a scenario or an imported zoning, which the command line does not know.
    """
    if view.model == IMPORTED or view.scenario.changes:
        return None
    words = ["python -m geo territories", f"--model {view.model}"]
    words += [f"--{key.replace('_', '-')} {value}" for key, value in request_of(view).values]
    if view.enclaves:
        words.append(f"--enclaves {view.enclaves}")
    if view.own_town:
        words.append("--own-town")
    if view.whole_units != NO_UNITS:
        words.append(f"--whole-units {view.whole_units}")
    return " ".join([*words, "--format csv"])
