"""The view state: what is selected, read from an address and written back to it."""

from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from geo import wording
from geo.atlas.columns import OUTSIDE_PREFIX
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
    commune
        `insee_code` of the commune whose card is open; its territory is then chosen.
    site
        `finess_et` of the hospital whose card is open, wherever it is.
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
    commune: str | None = said("commune", None)
    site: str | None = said("site", None)
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
    communes
        `insee_code` -> `area_code` of the territory that the model gives it to.
    sites
        `finess_et` -> `area_code` of its entity, else of its commune; None for neither.
    ghts
        `area_code` of the territories of GHTs.
    """

    regions: Mapping[str, str]
    measures: Mapping[str, str]
    areas: Mapping[str, str]
    area_regions: Mapping[str, str | None] = field(default_factory=dict)
    communes: Mapping[str, str] = field(default_factory=dict, repr=False)
    sites: Mapping[str, str | None] = field(default_factory=dict, repr=False)
    ghts: Collection[str] = frozenset()


def choices_of(atlas: Atlas, measures: Mapping[str, str]) -> Choices:
    """
    List what can be chosen in an atlas.

    Parameters
    ----------
    atlas
        `regions`, `territories`, `assignments` and `establishments` are read.
    measures
        Key -> label of the indicators.

    Returns
    -------
    choices
        Regions with at least one area, by name; areas by name.
    """
    areas, given = atlas.territories.sort_values("area_name"), atlas.assignments
    present = set(areas.reg_code.dropna())
    regions = atlas.regions[atlas.regions.reg_code.isin(present)].sort_values("reg_name")
    homes = areas.reg_code.astype(object).where(areas.reg_code.notna(), None)
    return Choices(
        regions=dict(zip(regions.reg_code, regions.reg_name, strict=True)),
        measures=dict(measures),
        areas=dict(zip(areas.area_code, areas.area_name, strict=True)),
        area_regions=dict(zip(areas.area_code, homes, strict=True)),
        communes=dict(zip(given.insee_code.tolist(), given.area_code.tolist(), strict=True)),
        sites=_site_areas(atlas),
        ghts=frozenset(areas.area_code[areas.kind == "ght"]),
    )


def _site_areas(atlas: Atlas) -> dict[str, str | None]:
    """Give the territory that each site is looked for in, as the search does."""
    sites = atlas.establishments
    own = OUTSIDE_PREFIX + sites.finess_ej.astype(str)
    own = own.where(own.isin(atlas.territories.area_code))
    near = sites.insee_code.map(atlas.assignments.set_index("insee_code").area_code)
    homes = sites.ght_code.fillna(own).fillna(near).astype(object)
    known = homes.where(homes.notna(), None)
    return dict(zip(sites.finess_et.tolist(), known.tolist(), strict=True))


def choose_area(selection: Selection, area: str | None, choices: Choices) -> Selection:
    """
    Choose a territory, or none.

    A territory outside the filtered region moves the filter to its own region: what is chosen is
    always in sight. The card of a commune of another territory closes, and so does that of a site.
    """
    home = choices.area_regions.get(area) if area else None
    region = selection.region
    if area and region and region != home:
        region = home
    is_home = selection.commune is not None and choices.communes.get(selection.commune) == area
    commune = selection.commune if area and is_home else None
    return replace(selection, area=area, region=region, commune=commune, site=None)


def choose_commune(selection: Selection, commune: str | None, choices: Choices) -> Selection:
    """Choose a commune, and its territory with it; or close its card, the territory stays."""
    if commune is None:
        return replace(selection, commune=None)
    chosen = choose_area(selection, choices.communes[commune], choices)
    return replace(chosen, commune=commune)


def choose_site(selection: Selection, site: str | None, choices: Choices) -> Selection:
    """
    Open the card of a site, or close it.

    Where nothing is filtered, its territory is chosen so that the map shows it; a filter, a region
    or a territory that is there stays.
    """
    home = choices.sites.get(site) if site else None
    if home in choices.areas and selection.area is None and selection.region is None:
        selection = choose_area(selection, home, choices)
    return replace(selection, site=site)


def choose_region(selection: Selection, region: str | None, choices: Choices) -> Selection:
    """Filter by region; a territory of another region is no longer chosen."""
    home = choices.area_regions.get(selection.area) if selection.area else None
    keeps = selection.area if region is None or home == region else None
    commune = selection.commune if keeps else None
    return replace(selection, region=region, area=keeps, commune=commune)


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
    there: dict[str, Container[str]] = {
        "region": choices.regions, "measure": choices.measures, "area": choices.areas,
        "commune": choices.communes, "site": choices.sites,
    }  # fmt: skip
    selection, wrong = CODEC.read(parameters, {key: word(codes) for key, codes in there.items()})
    notices = [*wrong]
    unknown = sorted(set(parameters) - CODEC.names())
    if unknown:
        notices.append(wording.unused_parameters([name[:LONGEST_VALUE] for name in unknown]))
    selection, led = _with_commune(selection, choices)
    notices += led
    kept = choose_region(selection, selection.region, choices)
    if kept.area != selection.area and selection.area and selection.region:
        notices.append(wording.moved_region(choices.areas[selection.area]))
        selection = replace(choose_area(selection, selection.area, choices), site=selection.site)
    return selection, tuple(notices)


def _with_commune(selection: Selection, choices: Choices) -> tuple[Selection, list[str]]:
    """Choose the territory of the commune of an address, and say so if it asked for another."""
    if selection.commune is None:
        return selection, []
    home = choices.communes[selection.commune]
    is_other = selection.area not in {None, home}
    return replace(selection, area=home), [wording.moved_area(choices.areas[home])] * is_other
