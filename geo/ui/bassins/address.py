"""The view of the page Bassins in its address."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from geo import wording
from geo.catchment import words as catchment_words
from geo.catchment.models import MODELS
from geo.catchment.parameters import check_values
from geo.catchment.runs import IMPORTED, PARAMETERS, REALITY, BasinView
from geo.catchment.scenario import Scenario, from_address, to_address
from geo.errors import GhtError, UserError
from geo.ui.shared.selection import LONGEST_VALUE

MARGINS: Final = (1, 50)
ENCLAVES: Final = (0, 50_000)
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
    "vue": ("look", tuple(catchment_words.LOOKS)),
    "avec": ("other", (*MODELS, REALITY)),
    "volet": ("panel", tuple(catchment_words.PANELS)),
}
SCENARIO_NAME: Final = "scenario"
ADDRESS_NAMES: Final = frozenset({*VALUE_NAMES, *NUMBER_NAMES, *WORD_NAMES, SCENARIO_NAME})


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
