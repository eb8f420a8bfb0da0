"""The view of the page Bassins in its address."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from geo import wording
from geo.catchment.models import MODELS
from geo.catchment.options import UNITS
from geo.catchment.parameters import check_values
from geo.catchment.runs import IMPORTED, PARAMETERS, REALITY, BasinView
from geo.catchment.scenario import Scenario
from geo.catchment.scenario_file import from_address, to_address
from geo.errors import GhtError, UserError
from geo.ui.bassins import words
from geo.ui.shared.address import LONGEST_VALUE, Codec, Parameter, number, word

MARGINS: Final = (1, 50)
ENCLAVES: Final = (0, 50_000)
VALUE_NAMES: Final = {
    "alpha": "alpha",
    "beta": "beta",
    "frein": "decay",
    "t50": "half_time",
    "liees": "regions",
    "petit": "small_penalty",
    "zone": "zone_penalty",
    "lits": "small_beds",
    "lits_min": "min_beds",
}
SCENARIO_NAME: Final = "scenario"
BOUND: Final = "liees"


def _is_bound(text: str) -> tuple[bool | None, list[str]]:
    """Read whether the towns of members are bound."""
    return (True, []) if text == BOUND else (None, [text])


class _Codec(Codec[BasinView]):
    """The values of parameters are said one by one, and the scenario as a whole."""

    def names(self) -> frozenset[str]:
        return super().names() | {*VALUE_NAMES, SCENARIO_NAME}

    def write(self, view: BasinView) -> dict[str, str]:
        values = dict(view.values)
        numbers = {name: values[key] for name, key in VALUE_NAMES.items() if key in values}
        packed = to_address(view.scenario) if view.scenario.changes else None  # None: too long
        return super().write(view) | numbers | ({SCENARIO_NAME: packed} if packed else {})


CODEC: Final = _Codec(
    BasinView(),
    {
        "model": Parameter("modele", word((*MODELS, IMPORTED))),
        "look": Parameter("vue", word(words.LOOKS)),
        "other": Parameter("avec", word((*MODELS, REALITY))),
        "panel": Parameter("volet", word(words.PANELS)),
        "enclaves": Parameter("enclaves", number(*ENCLAVES)),
        "margin": Parameter("marge", number(*MARGINS)),
        "own_town": Parameter("villes", _is_bound, lambda bound: BOUND if bound else ""),
        "whole_units": Parameter("unites", word(UNITS)),
    },
)


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
    view, notices = CODEC.read(parameters, {})
    for name, key in VALUE_NAMES.items():
        text = str(parameters.get(name, "")).strip()
        if is_value(key, text, regions):
            view = view.with_value(key, text)
        elif text:
            notices = (*notices, wording.unknown_parameter(name, text[:LONGEST_VALUE]))
    scenario, notice = _read_scenario(str(parameters.get(SCENARIO_NAME, "")).strip())
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
