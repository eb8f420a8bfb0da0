"""The map of a run of a model, to take away: what the screen shows, with legend and scale."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import geopandas as gpd
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from geo.atlas.columns import UNASSIGNED
from geo.catchment import words as catchment_words
from geo.catchment.layers import margin_class
from geo.catchment.runs import Basin
from geo.drawing import palette
from geo.drawing import words as drawing_words
from geo.drawing.paper_circles import CircleKey
from geo.drawing.paper_frames import Window, near, shapes_in, windows_over
from geo.drawing.paper_ground import Surround
from geo.drawing.paper_marks import (
    HATCHES,
    OUTSIDE,
    VEIL,
    VEIL_COLOR,
    VEIL_MARKS,
    color_handle,
    hatch_handle,
    veil_handle,
)
from geo.drawing.paper_page import Ground, Paint, PaperMap, draw, fill, paint_handles
from geo.establishments.picture import support_handles

UNKNOWN: Final = "inconnu"


@dataclass(frozen=True)
class Over:
    """
    What lies over the territories.

    Attributes
    ----------
    shapes
        Index of any kind, EPSG:4326; `mark` is "dispute" (a hatch), "inconnu" (another), or the
        number of a class, as a text.
    title
        Of its part of the legend; may be empty.
    hatch
        What the hatch says; empty when there is none.
    colors, texts
        Of the classes; may be empty.
    """

    shapes: gpd.GeoDataFrame = field(repr=False)
    title: str = ""
    hatch: str = ""
    colors: Sequence[str] = ()
    texts: Sequence[str] = ()


@dataclass(frozen=True)
class BasinMap:
    """
    Everything that the picture of a run shows.

    Attributes
    ----------
    words
        Title, what the territories are, and source line.
    heading, texts
        Legend of the classes.
    paint
        Class or hatch of each area.
    areas
        Polygons light enough to be drawn, index `area_code`, EPSG:4326.
    focus, shown
        Codes that the map is drawn around, and those that are coloured.
    over
        A layer over them; None without one.
    sites
        Support establishments with `lon`, `lat` and `mark`; empty for none.
    around, circles
        See `geo.drawing.paper_page.PaperMap`.
    """

    words: tuple[str, str, str]
    heading: str
    texts: Sequence[str]
    paint: Paint = field(repr=False)
    areas: gpd.GeoDataFrame = field(repr=False)
    focus: Sequence[str] = field(repr=False)
    shown: Sequence[str] = field(repr=False)
    sites: pd.DataFrame = field(repr=False)
    over: Over | None = None
    around: Surround | None = None
    circles: CircleKey | None = None


def hatched_shapes(light: gpd.GeoDataFrame, found: Basin, codes: pd.Series) -> gpd.GeoDataFrame:
    """
    Dissolve communes by the area they are in, to be hatched.

    Parameters
    ----------
    light
        Simplified communes: `insee_code`, polygon.
    found
        The run.
    codes
        `insee_code` of the communes.

    Returns
    -------
    shapes
        Index `area_code`; `mark` is "dispute".
    """
    rows = found.communes[found.communes.insee_code.isin(codes)]
    parts = light[["insee_code", "geometry"]].merge(rows[["insee_code", "area_code"]])
    parts["area_code"] = parts.area_code.astype("str")
    merged = parts[["area_code", "geometry"]].dissolve(by="area_code", method="coverage")
    return merged.assign(mark=VEIL)


def margin_shapes(
    light: gpd.GeoDataFrame, found: Basin, margin: float, area: str
) -> gpd.GeoDataFrame:
    """Take the communes of an area, each with its class of margin."""
    rows = found.communes[found.communes.area_code == area]
    parts = light[["insee_code", "geometry"]].merge(rows[["insee_code", "margin"]])
    numbers = margin_class(parts.margin, margin)
    marks = numbers.astype("str").where(numbers.notna(), UNKNOWN)
    return parts.set_index("insee_code")[["geometry"]].assign(mark=marks.to_numpy())


def draw_basin(drawn: BasinMap) -> Figure:
    """
    Draw what the map of a run shows.

    Returns
    -------
    figure
        Map, insets, legend, scale, source and date.

    Raises
    ------
    UserError
        If nothing has a polygon.
    """
    around = drawn.areas[drawn.areas.index.isin(set(drawn.focus))]
    title, subtitle, source = drawn.words
    return draw(
        PaperMap(
            title=title, subtitle=subtitle, source=source, place=title,
            windows=windows_over(around), focus=drawn.focus,
            areas=lambda window: shapes_in(drawn.areas, window), paint=partial(_paint, drawn),
            legend=_parts(drawn), sites=drawn.sites, around=drawn.around, circles=drawn.circles,
        )
    )  # fmt: skip


def _paint(
    drawn: BasinMap, axes: Axes, window: Window, shapes: gpd.GeoDataFrame, around: gpd.GeoDataFrame
) -> Ground:
    """Draw the areas of a window and what lies over them."""
    fill(axes, near(shapes, around), drawn.paint, set(drawn.shown), 0.35)
    if drawn.over is not None:
        _draw_over(axes, drawn.over, near(shapes_in(drawn.over.shapes, window), around))
    return around


def _draw_over(axes: Axes, over: Over, shapes: gpd.GeoDataFrame) -> None:
    """Draw what a window shows of the layer over the areas."""
    for mark in sorted(set(shapes["mark"])):
        group, look = shapes[shapes["mark"] == mark], {}
        if mark == VEIL:
            line = palette.HATCHES[VEIL].line
            look = {"facecolor": VEIL_COLOR, "edgecolor": line, "hatch": VEIL_MARKS}
        elif mark == UNKNOWN:
            hatch = palette.HATCHES[UNKNOWN]
            look = {"facecolor": hatch.ground, "edgecolor": hatch.line, "hatch": HATCHES[UNKNOWN]}
        else:
            look = {"facecolor": over.colors[int(mark)], "edgecolor": "#c3ccd2"}
        group.plot(ax=axes, linewidth=0.15, zorder=3, **look)


def _parts(drawn: BasinMap) -> list[tuple[str, list[Artist]]]:
    """List the parts of the legend."""
    there = set(drawn.shown) & set(drawn.areas.index)
    handles = paint_handles(drawn.paint, drawn.texts, there)
    if there < set(drawn.areas.index) - {UNASSIGNED}:
        handles.append(color_handle(OUTSIDE, drawing_words.NEIGHBOURS))
    stars = support_handles(drawn.sites)
    return [(drawn.heading, handles), *_over_part(drawn.over), ("", stars)]


def _over_part(over: Over | None) -> list[tuple[str, list[Artist]]]:
    """List the entries of the layer over the areas: only what is there."""
    if over is None or over.shapes.empty:
        return []
    handles = [color_handle(*pair) for pair in zip(over.colors, over.texts, strict=True)]
    present = set(over.shapes["mark"])
    if VEIL in present:
        handles.append(veil_handle(over.hatch))
    if UNKNOWN in present:
        handles.append(hatch_handle(UNKNOWN, catchment_words.MARGIN_UNKNOWN))
    return [(over.title, handles)]
