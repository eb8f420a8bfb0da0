"""Colours, hatches and marks, shared by the map, its legend and later the charts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from branca.colormap import linear

FEWEST, MOST = 3, 6
INK: Final = "#1c2530"
PAPER: Final = "#ffffff"
SELECTED: Final = "#d0006f"


@dataclass(frozen=True)
class Hatch:
    """
    A hatch for areas that carry no class.

    Attributes
    ----------
    ground, line
        Colours.
    width
        Width of the line, pixels out of a 7-pixel repeat.
    angle
        Degrees.
    """

    ground: str
    line: str
    width: float
    angle: int


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
    "inconnu": Hatch("#ffffff", "#8a939b", 1.6, 135),
    "libre": Hatch("#f7f7f7", "#d5dade", 1.2, 0),
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


def _hexadecimal(rgba: tuple[float, ...]) -> str:
    """Write an RGBA tuple of branca as a web colour."""
    return "#" + "".join(f"{round(255 * part):02x}" for part in rgba[:3])


def sequential(count: int) -> list[str]:
    """
    Colours of ordered classes, light to dark (ColorBrewer YlGnBu, safe for colour-blind readers).

    Parameters
    ----------
    count
        Number of classes, 1 to 6.

    Returns
    -------
    colors
        `count` web colours.
    """
    steps = min(max(count, FEWEST), MOST)
    scheme = getattr(linear, f"YlGnBu_{steps:02d}")
    return [_hexadecimal(color) for color in scheme.colors][:count]


def diverging(count: int) -> list[str]:
    """
    Colours of ordered classes around a neutral middle (ColorBrewer PuOr, orange for less).

    Parameters
    ----------
    count
        Odd number of classes, 3 to 7.

    Returns
    -------
    colors
        `count` web colours.
    """
    scheme = getattr(linear, f"PuOr_{count:02d}")
    return [_hexadecimal(color) for color in scheme.colors]


def confidence(count: int) -> list[str]:
    """Colours of ordered degrees of confidence: ColorBrewer Purples, unlike an indicator's."""
    steps = min(max(count, FEWEST), MOST)
    scheme = getattr(linear, f"Purples_{steps:02d}")
    return [_hexadecimal(color) for color in scheme.colors][:count]


# Partnerships: a colour for the family of forms, a dash for the state, a mark for the sector.
FAMILY_COLORS: Final[Mapping[str, str]] = {
    "gcs": "#00509e",
    "gie_gip": "#b3240b",
    "convention": "#00665a",
    "statut": "#7a0177",
    "programme": "#8a5a00",
    "autre": "#4d5965",
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
