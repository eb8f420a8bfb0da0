"""The view state: what is selected, read from an address and written back to it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from geo import wording
from geo.atlas.load import Atlas
from geo.drawing import words as drawing_words
from geo.drawing.classes import DEFAULT_METHOD, METHODS

SITE_LEVELS: Final = ("supports", "generaux", "tous", "aucun")
LAYERS: Final = tuple(drawing_words.LAYER_NAMES)
BACKGROUNDS: Final = tuple(drawing_words.BACKGROUND_NAMES)
DEFAULT_LAYERS: Final = ("noms", "departements", "regions")
NO_LAYER: Final = "aucun"
DEFAULT_MEASURE: Final = "population"
LONGEST_VALUE: Final = 40


@dataclass(frozen=True)
class Selection:
    """
    What a person looks at. Every field is a code; None means "all" or "nothing chosen".

    Attributes
    ----------
    region
        `reg_code` the view is limited to.
    measure
        Key of the indicator painted.
    area
        `area_code` of the chosen territory.
    sites
        Which establishments are drawn: a member of `SITE_LEVELS`.
    method
        How classes are cut: a key of `geo.drawing.classes.METHODS`.
    layers
        What is drawn over the territories: members of `LAYERS`, in that order.
    background
        What is drawn under them: a member of `BACKGROUNDS`, the first for none.
    """

    region: str | None = None
    measure: str = DEFAULT_MEASURE
    area: str | None = None
    sites: str = SITE_LEVELS[0]
    method: str = DEFAULT_METHOD
    layers: tuple[str, ...] = DEFAULT_LAYERS
    background: str = BACKGROUNDS[0]


PARAMETERS: Final = {
    "region": "region",
    "indicateur": "measure",
    "territoire": "area",
    "etablissements": "sites",
    "classes": "method",
    "calques": "layers",
    "fond": "background",
}
DEFAULT: Final = Selection()


@dataclass(frozen=True)
class Choices:
    """
    The values a view may take.

    Attributes
    ----------
    regions
        `reg_code` -> name, in the order of the list shown.
    measures
        Key -> label.
    areas
        `area_code` -> name.
    area_regions
        `area_code` -> `reg_code`; None for the unassigned communes.
    """

    regions: Mapping[str, str]
    measures: Mapping[str, str]
    areas: Mapping[str, str]
    area_regions: Mapping[str, str | None] = field(default_factory=dict)

    def allowed(self, name: str) -> tuple[str, ...]:
        """List the values a field may take."""
        fields: dict[str, tuple[str, ...]] = {
            "region": tuple(self.regions),
            "measure": tuple(self.measures),
            "area": tuple(self.areas),
            "sites": SITE_LEVELS,
            "method": tuple(METHODS),
            "layers": LAYERS,
            "background": BACKGROUNDS,
        }
        return fields[name]


def choices_of(atlas: Atlas, measures: Mapping[str, str]) -> Choices:
    """
    List what can be chosen in an atlas.

    Parameters
    ----------
    atlas
        `regions` and `territories` are read.
    measures
        Key -> label of the indicators.

    Returns
    -------
    choices
        Regions with at least one area, by name; areas by name.
    """
    areas = atlas.territories.sort_values("area_name")
    present = set(areas.reg_code.dropna())
    regions = atlas.regions[atlas.regions.reg_code.isin(present)].sort_values("reg_name")
    homes = areas.reg_code.astype(object).where(areas.reg_code.notna(), None)
    return Choices(
        regions=dict(zip(regions.reg_code, regions.reg_name, strict=True)),
        measures=dict(measures),
        areas=dict(zip(areas.area_code, areas.area_name, strict=True)),
        area_regions=dict(zip(areas.area_code, homes, strict=True)),
    )


def choose_area(selection: Selection, area: str | None, choices: Choices) -> Selection:
    """
    Choose a territory, or none.

    A territory outside the filtered region moves the filter to its own region: what is chosen is
    always in sight.
    """
    home = choices.area_regions.get(area) if area else None
    region = selection.region
    if area and region and region != home:
        region = home
    return replace(selection, area=area, region=region)


def choose_region(selection: Selection, region: str | None, choices: Choices) -> Selection:
    """Filter by region; a territory of another region is no longer chosen."""
    home = choices.area_regions.get(selection.area) if selection.area else None
    keeps = selection.area if region is None or home == region else None
    return replace(selection, region=region, area=keeps)


def layers_in_order(layers: Collection[str]) -> tuple[str, ...]:
    """Keep the layers that exist, each once, in the order of `LAYERS`."""
    return tuple(layer for layer in LAYERS if layer in layers)


def _read_layers(text: str) -> tuple[tuple[str, ...], list[str]]:
    """Read a list of layers: those that exist, the default without any; then the other words."""
    asked = [word for word in map(str.strip, text.split(",")) if word]
    if asked == [NO_LAYER]:
        return (), []
    wrong = [word for word in asked if word not in LAYERS]
    return layers_in_order(asked) or DEFAULT_LAYERS, wrong


def read_selection(
    parameters: Mapping[str, str], choices: Choices
) -> tuple[Selection, tuple[str, ...]]:
    """
    Read the view an address asks for. A wrong address never fails: it falls back and says so.

    Parameters
    ----------
    parameters
        Query parameters, untrusted.
    choices
        What exists in the data on screen.

    Returns
    -------
    selection
        Valid for `choices`.
    notices
        French sentences about what was ignored, in the order of `PARAMETERS`.
    """
    found: dict[str, Any] = {}
    notices: list[str] = []
    for parameter, name in PARAMETERS.items():
        value = str(parameters.get(parameter, "")).strip()
        if not value:
            continue
        wrong = [value]
        if name == "layers":
            found[name], wrong = _read_layers(value)
        elif value in choices.allowed(name):
            found[name], wrong = value, []
        if wrong:
            shown = ", ".join(wrong)[:LONGEST_VALUE]
            notices.append(wording.unknown_parameter(parameter, shown))
    unknown = sorted(set(parameters) - set(PARAMETERS))
    if unknown:
        notices.append(wording.unused_parameters([name[:LONGEST_VALUE] for name in unknown]))
    selection = replace(DEFAULT, **found)
    kept = choose_region(selection, selection.region, choices)
    if kept.area != selection.area and selection.area and selection.region:
        notices.append(wording.moved_region(choices.areas[selection.area]))
        selection = choose_area(selection, selection.area, choices)
    return selection, tuple(notices)


def _written(value: str | tuple[str, ...] | None) -> str | None:
    """Write the value of a field for an address."""
    return (",".join(value) or NO_LAYER) if isinstance(value, tuple) else value


def to_parameters(selection: Selection) -> dict[str, str]:
    """Write a view as query parameters: short, defaults left out."""
    values = {parameter: getattr(selection, name) for parameter, name in PARAMETERS.items()}
    defaults = {parameter: getattr(DEFAULT, name) for parameter, name in PARAMETERS.items()}
    written = {key: _written(value) for key, value in values.items() if value != defaults[key]}
    return {key: value for key, value in written.items() if value}
