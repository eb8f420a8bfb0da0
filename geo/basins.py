"""The view of the page of models, and one run of what it asks for, small enough to be kept."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd

from geo import wording, wording_bassins
from geo.analysis import Analysis, analyse, measure
from geo.errors import GhtError, UserError
from geo.load import Atlas
from geo.models import MODELS, imported
from geo.parameters import Parameter, check_values
from geo.scenario import Change, Scenario, from_address, to_address
from geo.selection import LONGEST_VALUE
from geo.world import World

DEFAULT_MODEL: Final = "nearest"
IMPORTED: Final = wording_bassins.IMPORTED
REALITY: Final = wording_bassins.REALITY
DEFAULT_MARGIN: Final = 10
MARGINS: Final = (1, 50)
ENCLAVES: Final = (0, 50_000)
# The model with every parameter: values are kept when the model changes.
PARAMETERS: Final[Mapping[str, Parameter]] = {
    parameter.key: parameter for model in MODELS.values() for parameter in model.parameters
}
VALUE_NAMES: Final = {
    "alpha": "alpha",
    "beta": "beta",
    "frein": "decay",
    "t50": "half_time",
    "liees": "regions",
}
NUMBER_NAMES: Final = {"enclaves": ("enclaves", ENCLAVES), "marge": ("margin", MARGINS)}
WORD_NAMES: Final = {
    "modele": ("model", (*MODELS, IMPORTED)),
    "vue": ("look", tuple(wording_bassins.LOOKS)),
    "avec": ("other", (*MODELS, REALITY)),
    "volet": ("panel", tuple(wording_bassins.PANELS)),
}
SCENARIO_NAME: Final = "scenario"
ADDRESS_NAMES: Final = frozenset({*VALUE_NAMES, *NUMBER_NAMES, *WORD_NAMES, SCENARIO_NAME})
KEPT_CODES: Final = ("area_code", "runner_up_area_code", "finess_et", "rule")


@dataclass(frozen=True)
class BasinView:
    """
    What a person asks of the models.

    Attributes
    ----------
    model
        Key of `geo.models.MODELS`, or `IMPORTED`.
    values
        Values of parameters that are not the defaults, as texts, by key.
    enclaves
        Enclaves of fewer inhabitants are absorbed.
    margin
        Percent under which a commune is contested.
    look
        What the map shows: a key of `geo.wording_bassins.LOOKS`.
    other
        Model compared, or `REALITY`.
    panel
        Key of `geo.wording_bassins.PANELS`.
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
    model, values, enclaves, margin
        See `BasinView`; only the values that the model has.
    changes
        Of the scenario; its name changes nothing.
    zoning
        Digest of an imported zoning; empty otherwise.
    """

    model: str = DEFAULT_MODEL
    values: tuple[tuple[str, str], ...] = ()
    enclaves: int = 0
    margin: int = DEFAULT_MARGIN
    changes: tuple[Change, ...] = ()
    zoning: str = ""

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
        The columns of `geo.models.Assignment.communes`, in the order of the atlas.
    territories
        See `geo.analysis.Analysis`.
    moved
        Enclaves, communes and inhabitants that the clean-up moved; None without one.
    """

    communes: pd.DataFrame = field(repr=False)
    territories: pd.DataFrame = field(repr=False)
    moved: tuple[int, int, int] | None = None


def request_of(view: BasinView, zoning: str = "") -> Request:
    """Say which run a view asks for; an imported zoning knows neither parameters nor scenarios."""
    if view.model == IMPORTED:
        return Request(IMPORTED, margin=view.margin, zoning=zoning)
    values = tuple(sorted(view.own_values(view.model).items()))
    return Request(view.model, values, view.enclaves, view.margin, view.scenario.changes)


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
            raise UserError(wording_bassins.ZONING_ABSENT)
        return _small(measure(atlas, world, imported(world, zoning), margin))
    values = dict(request.values)
    return _small(analyse(atlas, world, request.model, values, margin, float(request.enclaves)))


def _small(analysis: Analysis) -> Basin:
    """Keep what the page shows."""
    communes = analysis.assignment.communes
    codes = {name: communes[name].astype("category") for name in KEPT_CODES}
    clean = analysis.clean_up
    counts = (clean.enclave_count, clean.commune_count, clean.population) if clean else None
    return Basin(communes.assign(**codes), analysis.territories, counts)


def plain_value(parameter: Parameter) -> str:
    """Write the default of a parameter as an address does."""
    default = parameter.default
    if isinstance(default, tuple):
        return ",".join(default)
    return f"{default:g}" if isinstance(default, float) else default


def read_basin_view(
    parameters: Mapping[str, str], regions: Collection[str]
) -> tuple[BasinView, tuple[str, ...]]:
    """
    Read the view an address asks for; what is wrong falls back to the default and is said.

    Parameters
    ----------
    parameters
        Query parameters, untrusted.
    regions
        Codes of the regions that exist.

    Returns
    -------
    view, notices
        The codes of a scenario are checked later, against a world.
    """
    found: dict[str, object] = {}
    notices: list[str] = []
    given = {name: str(parameters.get(name, "")).strip() for name in sorted(ADDRESS_NAMES)}
    for name, (attribute, allowed) in WORD_NAMES.items():
        if given[name] in allowed:
            found[attribute] = given[name]
        elif given[name]:
            notices.append(wording.unknown_parameter(name, given[name][:LONGEST_VALUE]))
    for name, (attribute, (low, high)) in NUMBER_NAMES.items():
        text = given[name]
        # A number of thousands of figures is refused by Python itself, after zeros too.
        is_short = len(text) <= len(str(high)) and text.isascii() and text.isdigit()
        if is_short and low <= int(text) <= high:
            found[attribute] = int(text)
        elif text:
            notices.append(wording.unknown_parameter(name, text[:LONGEST_VALUE]))
    view = replace(BasinView(), **found)  # type: ignore[arg-type]
    for name, key in VALUE_NAMES.items():
        if is_value(key, given[name], regions):
            view = view.with_value(key, given[name])
        elif given[name]:
            notices.append(wording.unknown_parameter(name, given[name][:LONGEST_VALUE]))
    scenario, notice = _read_scenario(given[SCENARIO_NAME])
    return replace(view, scenario=scenario), (*notices, *notice)


def is_value(key: str, text: str, regions: Collection[str]) -> bool:
    """Tell whether a text is a value of a parameter."""
    if not text:
        return False
    if key == "regions":
        return set(text.split(",")) <= set(regions)
    try:
        check_values(key, [PARAMETERS[key]], {key: text})
    except UserError:
        return False
    return True


def _read_scenario(packed: str) -> tuple[Scenario, tuple[str, ...]]:
    """Unpack the scenario of a link."""
    if not packed:
        return Scenario(), ()
    try:
        return from_address(packed), ()
    except GhtError as error:
        return Scenario(), (str(error),)


def to_basin_parameters(view: BasinView) -> dict[str, str]:
    """Write a view as query parameters; defaults, and a scenario too long, are left out."""
    default = BasinView()
    words = {
        name: str(getattr(view, attribute))
        for name, (attribute, _) in (*WORD_NAMES.items(), *NUMBER_NAMES.items())
        if getattr(view, attribute) != getattr(default, attribute)
    }
    values = dict(view.values)
    numbers = {name: values[key] for name, key in VALUE_NAMES.items() if key in values}
    packed = to_address(view.scenario) if view.scenario.changes else None
    return words | numbers | ({SCENARIO_NAME: packed} if packed else {})


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
    return " ".join([*words, "--format csv"])
