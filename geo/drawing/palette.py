"""Colours, hatches and marks, shared by the map, its legend, charts and paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from branca.colormap import LinearColormap

INK: Final = "#1c2530"
PAPER: Final = "#ffffff"
SELECTED: Final = "#d0006f"
# Grounds of the maps, light and dark: the page and its frame choose by the theme.
SEA: Final = "#e6ecf0"
FOREIGN: Final = "#dcdcd6"
LAND: Final = "#f4f2ec"
COAST: Final = "#6b7680"
# A circle for each count: dark enough to stand out from the ground through its transparency.
CIRCLE: Final = "#2a5b8c"
CIRCLE_OPACITY: Final = 0.8
# Any two of a set differ by 18 or more (CIE76) for all eyes: tests/unit/drawing/test_palette.py.
RATES: Final = ("#f7f3bf", "#93c9a0", "#3a929b", "#235c8f", "#16255a")
RATES_DARK: Final = ("#16324a", "#23628a", "#3f97a8", "#8fcfaa", "#f3f2bd")
CHANGES: Final = ("#7a3300", "#d9822b", "#f3f1ec", "#8d84c4", "#3d2172")
CONFIDENCES: Final = ("#ece7f2", "#b3a4d3", "#7a5fb5", "#3f1f80")
DARK: Final[Mapping[str, str]] = {
    **dict(zip(RATES, RATES_DARK, strict=True)),
    LAND: "#1d2731", CIRCLE: "#8ec5ff", FOREIGN: "#232c34",
}  # fmt: skip


@dataclass(frozen=True)
class Hatch:
    """
    A hatch for areas that carry no class.

    Attributes
    ----------
    ground, line
        Colours.
    width
        Width of the line, or of a dot, pixels out of an 8-pixel repeat.
    angle
        Degrees.
    kind
        Lines, dots, or nothing but the ground and a dashed outline.
    """

    ground: str
    line: str
    width: float
    angle: int
    kind: Literal["lines", "dots", "empty"] = "lines"


@dataclass(frozen=True)
class Mark:
    """
    How an establishment is drawn: never by colour alone.

    Attributes
    ----------
    label
        French name of the group, in the legend and the tooltip.
    shape
        One of circle, square, triangle, diamond, star.
    color
        Fill; every mark has a white rim.
    radius
        Pixels at the national scale.
    is_hollow
        Whether the colour draws the rim, around a white fill.
    """

    label: str
    shape: str
    color: str
    radius: float
    is_hollow: bool = False

    @property
    def fill(self) -> str:
        """Colour inside."""
        return PAPER if self.is_hollow else self.color

    @property
    def rim(self) -> str:
        """Colour of the line around."""
        return self.color if self.is_hollow else PAPER


@dataclass(frozen=True)
class Stroke:
    """
    A line that stands for the borders of zones: never known by its colour alone.

    Attributes
    ----------
    color
        Dark enough for its white rim to set it off from every class.
    dash
        Pixels drawn and left, in turn; empty for a whole line.
    """

    color: str
    dash: tuple[int, ...] = ()


ZONE_STROKES: Final[Mapping[str, Stroke]] = {
    "epci": Stroke("#6f2a86"),
    "arrondissement": Stroke("#00564d", (9, 4)),
    "bassin_vie": Stroke("#8a4300", (2, 4)),
    "zone_emploi": Stroke("#a1123c", (10, 4, 2, 4)),
}
HATCHES: Final[Mapping[str, Hatch]] = {
    "hors": Hatch("#f3e6da", "#b58863", 2.2, 45),
    "inconnu": Hatch("#fbfbf9", "#6f7983", 2.2, 0, "dots"),
    "libre": Hatch("#fbfbf9", "#6f7983", 1.2, 0, "empty"),
    # Over a class: its white veil keeps the lines legible on dark colours.
    "dispute": Hatch("rgba(255,255,255,0.45)", "#1c2530", 1.5, 90),
    "ailleurs": Hatch("rgba(255,255,255,0.45)", "#1c2530", 3.0, 0),
    "loin": Hatch("rgba(255,255,255,0.45)", "#7a1f00", 2.0, 45),
    "instables": Hatch("rgba(255,255,255,0.45)", "#1c2530", 1.5, 135),
}
SUPPORT: Final = "support"
PRESUMED: Final = "support_presume"
# Marks of the support establishments: how each is known shows by its fill, never by its colour.
SUPPORTS: Final = (SUPPORT, PRESUMED)
MARKS: Final[Mapping[str, Mark]] = {
    SUPPORT: Mark("Établissement support, publié", "star", "#d0006f", 7.5),
    PRESUMED: Mark("Établissement support, présumé", "star", "#d0006f", 7.5, is_hollow=True),
    "chr_chu": Mark("CHU ou CHR", "square", "#7a0177", 5.0),
    "ch": Mark("Centre hospitalier", "circle", "#b3240b", 4.2),
    "hopital_local": Mark("Centre hospitalier (ex-hôpital local)", "circle", "#e07b00", 3.2),
    "psychiatrie": Mark("Psychiatrie", "triangle", "#5b3fa8", 4.2),
    "long_sejour": Mark("Soins de longue durée", "diamond", "#6b4a2b", 3.8),
    "smr": Mark("Soins médicaux et de réadaptation", "diamond", "#00665a", 4.0),
    "clinique": Mark("Clinique", "square", "#39424e", 3.2),
    "cancer": Mark("Centre de lutte contre le cancer", "square", "#00509e", 4.0),
    "had": Mark("Hospitalisation à domicile", "triangle", "#00806b", 3.4),
    "dialyse": Mark("Dialyse", "triangle", "#39424e", 3.0),
    "gcs": Mark("Groupement de coopération sanitaire", "diamond", "#00509e", 3.8),
    "ehpad": Mark("EHPAD", "diamond", "#7a7f87", 3.0),
    "autre": Mark("Autre site", "circle", "#7a7f87", 2.6),
}


def themed(color: str) -> str:
    """Write a colour for both themes, in CSS; the same one where it has no other in the dark."""
    return f"light-dark({color},{DARK[color]})" if color in DARK else color


def _spread(colors: Sequence[str], count: int) -> list[str]:
    """Choose as many colours along a scale, its ends included; between them when it has too few."""
    last = len(colors) - 1
    if count == 0:
        return []
    if count == 1:
        return [colors[last // 2]]
    if count <= len(colors):
        return [colors[round(place * last / (count - 1))] for place in range(count)]
    scale = LinearColormap(list(colors), vmin=0, vmax=count - 1)
    return [scale.rgb_hex_str(place) for place in range(count)]


def sequential(count: int) -> list[str]:
    """
    Colours of ordered classes, light to dark.

    Parameters
    ----------
    count
        Number of classes.

    Returns
    -------
    colors
        `count` web colours: those of `RATES` as long as they are enough.
    """
    return _spread(RATES, count)


def diverging(count: int) -> list[str]:
    """
    Colours of ordered classes around a neutral middle, orange for less.

    Parameters
    ----------
    count
        Odd number of classes, at least 3.

    Returns
    -------
    colors
        `count` web colours.
    """
    return _spread(CHANGES, count)


def confidence(count: int) -> list[str]:
    """Colours of ordered degrees of confidence: purples, unlike an indicator's."""
    return _spread(CONFIDENCES, count)


# Partnerships: a colour for the family of forms, a dash for the state, a mark for the sector.
FAMILY_COLORS: Final[Mapping[str, str]] = {
    "gcs": "#38227e",
    "gie_gip": "#b560bf",
    "convention": "#269440",
    "statut": "#650c4a",
    "programme": "#403402",
    "autre": "#778386",
}
STATUS_DASHES: Final[Mapping[str, tuple[int, ...]]] = {
    "en_vigueur": (),
    "signe": (14, 5),
    "annonce": (8, 6),
    "projet": (1, 6),
    "termine": (12, 5, 1, 5),
    "conteste": (12, 5, 1, 5, 1, 5),
    "inconnu": (5, 5),
}
# Far from the ground, stars would hide the map.
SUPPORT_DOT: Final = Mark("Établissement support", "circle", INK, 2.2)
SECTOR_MARKS: Final[Mapping[str, Mark]] = {
    "public": Mark("Public", "circle", "#b3240b", 4.0),
    "prive": Mark("Privé", "square", "#00509e", 4.2),
    "mutualiste": Mark("Mutualiste ou non lucratif", "diamond", "#00665a", 5.2),
    "associatif": Mark("Associatif", "triangle", "#8a5a00", 5.2),
    "militaire": Mark("Militaire", "star", "#39424e", 6.0),
    "groupement": Mark("Groupement", "diamond", "#7a0177", 5.2),
    "inconnu": Mark("Secteur inconnu", "circle", "#6b7680", 3.4),
}

# Under what is drawn, where no indicator is: the colour of the light page -> that of the dark one.
DARK_GROUNDS: Final[Mapping[str, str]] = {
    "#f4f1ea": "#1d2731",
    "#f4f6f8": "#1d2731",
    "#e9ecee": "#1d2731",
    "#d3e0ea": "#2f4557",
}
