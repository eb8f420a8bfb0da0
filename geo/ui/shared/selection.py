"""The view state: what is selected, read from an address and written back to it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from geo import wording
from geo.atlas.load import Atlas
from geo.drawing import words as drawing_words
from geo.drawing.classes import DEFAULT_METHOD, METHODS
from geo.ui.shared.address import LONGEST_VALUE, Codec, said, word, words

SITE_LEVELS: Final = ("supports", "generaux", "tous", "aucun")
LAYERS: Final = tuple(drawing_words.LAYER_NAMES)
BACKGROUNDS: Final = tuple(drawing_words.BACKGROUND_NAMES)
DEFAULT_LAYERS: Final = ("noms", "departements", "regions")
RECIPES: Final = ("non", "oui")
NO_LAYER: Final = "aucun"


def layers_in_order(layers: Collection[str]) -> tuple[str, ...]:
    """Keep the layers that exist, each once, in the order of `LAYERS`."""
    return tuple(layer for layer in LAYERS if layer in layers)


def _read_layers(text: str) -> tuple[tuple[str, ...] | None, list[str]]:
    """Read a list of layers: those that exist, None without any; then the other words."""
    if text.strip(" ,") == NO_LAYER:
        return (), []
    kept, wrong = words(LAYERS)(text)
    return layers_in_order(kept or ()) or None, wrong


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
    recipes
        Whether it is shown where figures come from: a member of `RECIPES`.
    """

    region: str | None = said("region", None)
    measure: str = said("indicateur", "population")
    area: str | None = said("territoire", None, old="ght")
    sites: str = said("etablissements", SITE_LEVELS[0], word(SITE_LEVELS))
    method: str = said("classes", DEFAULT_METHOD, word(METHODS))
    layers: tuple[str, ...] = said(
        "calques", DEFAULT_LAYERS, _read_layers, write=lambda layers: ",".join(layers) or NO_LAYER
    )
    background: str = said("fond", BACKGROUNDS[0], word(BACKGROUNDS))
    recipes: str = said("recettes", RECIPES[0], word(RECIPES))


DEFAULT: Final = Selection()
CODEC: Final = Codec(DEFAULT)
to_parameters: Final = CODEC.write


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
    ghts
        `area_code` of the territories of GHTs.
    """

    regions: Mapping[str, str]
    measures: Mapping[str, str]
    areas: Mapping[str, str]
    area_regions: Mapping[str, str | None] = field(default_factory=dict)
    ghts: Collection[str] = frozenset()


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
        ghts=frozenset(areas.area_code[areas.kind == "ght"]),
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
        French sentences about what was ignored, in the order of the fields.
    """
    there = {"region": choices.regions, "measure": choices.measures, "area": choices.areas}
    selection, wrong = CODEC.read(parameters, {key: word(codes) for key, codes in there.items()})
    notices = [*wrong]
    unknown = sorted(set(parameters) - CODEC.names())
    if unknown:
        notices.append(wording.unused_parameters([name[:LONGEST_VALUE] for name in unknown]))
    kept = choose_region(selection, selection.region, choices)
    if kept.area != selection.area and selection.area and selection.region:
        notices.append(wording.moved_region(choices.areas[selection.area]))
        selection = choose_area(selection, selection.area, choices)
    return selection, tuple(notices)
