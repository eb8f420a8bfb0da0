"""What lies under and over the areas of a static map: sea, other countries, lines, names."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import Stroke
from matplotlib.textpath import TextToPath

from geo.atlas.load import Atlas
from geo.drawing import palette
from geo.drawing.landmarks import LAND, towns
from geo.drawing.paper_circles import anchor
from geo.drawing.paper_frames import Window, shapes_in

BEYOND: Final = 8.0  # degrees
DEGREES: Final = "EPSG:4326"
GAP: Final = 3.0  # points, from the point of a town to its name
LINE: Final = 1.2
SIDES: Final = ((1, 0), (-1, 0), (0, 1), (0, -1))
SHIFTS: Final = ((0, -1.5), (0, 1.5), (0, 0), (0, -3), (0, 3))  # of a name beside a circle
WRAPPED: Final = 18  # letters of a line
MOST: Final = 40
NAMES_ZORDER: Final = 8.0
FAR_SIZES: Final = (8.5, 6.5)
CLOSE_SIZES: Final = (9.0, 8.0, 6.5)
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Surround:
    """
    What helps a reader find his way on a map.

    Attributes
    ----------
    outlines
        Drawing of the departements and the regions.
    towns
        See `geo.drawing.landmarks.towns`.
    sizes
        Points, of the names of towns by rank; a rank without a size is not named.
    areas
        Names of areas by code, before those of towns.
    """

    outlines: Path
    towns: pd.DataFrame
    sizes: Sequence[float] = FAR_SIZES
    areas: Mapping[str, str] = field(default_factory=dict)


def surround(atlas: Atlas, *, is_close: bool = False) -> Surround:
    """Gather what surrounds the areas of a map: of the country, or of a part of it."""
    drawing = atlas.drawing("outlines_fine" if is_close else "outlines")
    return Surround(drawing, towns(atlas), CLOSE_SIZES if is_close else FAR_SIZES)


@dataclass(frozen=True)
class Name:
    """
    A name on a map.

    Attributes
    ----------
    text
        French.
    x, y
        In the projection of the map.
    size
        Points.
    is_bold
        Whether it is a foremost one.
    has_dot
        Whether it names a point, beside it; it is else centred on its place.
    """

    text: str
    x: float
    y: float
    size: float
    is_bold: bool = False
    has_dot: bool = True


@lru_cache(maxsize=4)
def _drawn(path: Path, layer: str) -> gpd.GeoDataFrame:
    """Read a layer of a drawing of the screen, once."""
    shapes = gpd.read_file(path, layer=layer)[["geometry"]].set_crs(DEGREES, allow_override=True)
    return shapes.assign(geometry=shapes.make_valid())


@lru_cache(maxsize=32)
def _projected(path: Path, layer: str, window: Window) -> gpd.GeoDataFrame:
    """Keep what is in a window, and beyond it as far as a frame may reach."""
    west, south, east, north = window.bounds
    wide = replace(window, bounds=(west - BEYOND, south - BEYOND, east + BEYOND, north + BEYOND))
    return shapes_in(_drawn(path, layer), wide)


def draw_ground(axes: Axes, window: Window) -> None:
    """Draw the sea and the other countries."""
    axes.set_facecolor(palette.SEA)
    near = _projected(LAND, "land", window)
    if not near.empty:
        near.plot(
            ax=axes, color=palette.FOREIGN, edgecolor=palette.COAST, linewidth=0.3, zorder=0.5
        )


def draw_lines(axes: Axes, outlines: Path, window: Window) -> None:
    """Draw the lines of the departements, fine, and those of the regions."""
    for layer, width, dash in (("departements", 0.35, (0, (1, 2))), ("regions", 0.9, "solid")):
        lines = _projected(outlines, layer, window).boundary
        lines.plot(
            ax=axes, color=palette.COAST, linewidth=width, linestyle=dash, alpha=0.8, zorder=2.5
        )


def _overlaps(box: Box, taken: Sequence[Box]) -> bool:
    """Tell whether a box touches another."""
    return any(
        box[0] < one[2] and one[0] < box[2] and box[1] < one[3] and one[1] < box[3] for one in taken
    )


def _places(axes: Axes, name: Name) -> list[tuple[float, float, Box]]:
    """List where a name may stand, points from the corner of the page, the best place first."""
    x, y = axes.transData.transform((name.x, name.y)) * 72 / axes.figure.dpi
    font = FontProperties(size=name.size, weight="bold" if name.is_bold else "normal")
    lines = name.text.split("\n")
    measure = TextToPath().get_text_width_height_descent
    width = max(measure(line, font, ismath=False)[0] for line in lines)
    high = name.size * LINE * len(lines)
    found = []
    for right, up in SIDES if name.has_dot else SHIFTS:
        cx, cy = x + right * (width / 2 + GAP), y + up * (high / 2 + GAP)
        found.append((cx, cy, (cx - width / 2, cy - high / 2, cx + width / 2, cy + high / 2)))
    return found


def place_names(axes: Axes, names: Sequence[Name], taken: Sequence[Box] = ()) -> list[Box]:
    """
    Write names, the foremost first, where they fit; the limits of the map are set.

    Parameters
    ----------
    axes
        A map that is framed.
    names
        In order of priority.
    taken
        Boxes kept clear, points from the corner of the page.

    Returns
    -------
    boxes
        Of the names written: none overlaps another, none leaves the map.
    """
    scale = 72 / axes.figure.dpi
    frame = axes.get_window_extent()
    west, east = frame.x0 * scale, frame.x1 * scale
    south, north = frame.y0 * scale, frame.y1 * scale
    written: list[Box] = []
    for name in names:
        for x, y, box in _places(axes, name):
            is_in = west < box[0] and box[2] < east and south < box[1] and box[3] < north
            if is_in and not _overlaps(box, [*taken, *written]):
                _write(axes, name, (x / scale, y / scale))
                written.append(box)
                break
        if len(written) == MOST:
            break
    return written


def _write(axes: Axes, name: Name, at: tuple[float, float]) -> None:
    """Write a name with its halo, and the point that it names."""
    x, y = axes.transData.inverted().transform(at)
    if name.has_dot:
        axes.plot([name.x], [name.y], "o", color=palette.INK, markersize=2.4, zorder=7.5,
                  markeredgecolor=palette.PAPER, markeredgewidth=0.4)  # fmt: skip
    look: dict[str, Any] = {
        "ha": "center", "va": "center", "fontsize": name.size,
        "fontweight": "bold" if name.is_bold else "normal",
    }  # fmt: skip
    # A text with an effect is drawn as curves: the halo is one of them, the name stays a text.
    halo = axes.text(x, y, name.text, color=palette.PAPER, zorder=7.8, **look)
    halo.set_path_effects([Stroke(linewidth=2, foreground=palette.PAPER)])
    axes.text(x, y, name.text, color=palette.INK, zorder=NAMES_ZORDER, **look)


def area_names(shapes: gpd.GeoDataFrame, names: Mapping[str, str], size: float) -> list[Name]:
    """
    List the names of areas, the largest area first.

    Parameters
    ----------
    shapes
        Index `area_code`, in the projection of the map.
    names
        By code; areas without one are not named.
    size
        Points.
    """
    own = shapes[shapes.index.isin(list(names))]
    ordered = own.assign(_area=own.area).sort_values("_area", ascending=False)
    found = []
    for code, shape in ordered.geometry.items():
        short = names[str(code)].split(" (")[0].split(" - ")[0]
        middle = anchor(shape)
        text = "\n".join(textwrap.wrap(short, WRAPPED, break_long_words=False))
        found.append(Name(text, middle.x, middle.y, size, is_bold=True, has_dot=False))
    return found


def names_in(around: Surround, window: Window, axes: Axes) -> list[Name]:
    """List the towns that a framed map shows, the foremost first."""
    sizes = around.sizes
    kept = around.towns[around.towns["rank"] < len(sizes)]
    points = gpd.GeoSeries.from_xy(kept.lon, kept.lat, crs=DEGREES).to_crs(epsg=window.epsg)
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    inside = points.x.between(west, east) & points.y.between(south, north)
    rows = zip(kept.commune_name, points.x, points.y, kept["rank"], inside, strict=True)
    return [
        Name(str(text), float(x), float(y), sizes[int(rank)], is_bold=int(rank) == 0)
        for text, x, y, rank, is_in in rows
        if is_in
    ]
