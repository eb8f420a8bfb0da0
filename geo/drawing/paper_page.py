"""The page of a static map: title, legends, insets, what its areas are filled with."""

import textwrap
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import geopandas as gpd
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from geo import wording
from geo.drawing import palette, words
from geo.drawing.classes import Classes
from geo.drawing.paper_circles import CircleKey, draw_circles, draw_key
from geo.drawing.paper_frames import Window, frame_on, points_in, scale_bar
from geo.drawing.paper_ground import (
    Surround,
    area_names,
    draw_ground,
    draw_lines,
    names_in,
    place_names,
)
from geo.drawing.paper_marks import (
    DOTS_PER_INCH,
    HATCHES,
    OUTSIDE,
    color_handle,
    draw_mark,
    draw_points,
    hatch_handle,
)
from geo.errors import UserError
from geo.formats import is_unknown

AREA_SIZE: Final = 8.0
LEGEND_GAP: Final = 0.018
RIM: Final = 2.6  # times as wide as the ink: the white under it
SUBTITLE_LINES: Final = 3
WHITE: Final = "#ffffff"
GREY: Final = "#aab2b9"
Box = tuple[float, float, float, float]
Ground = gpd.GeoDataFrame | gpd.GeoSeries


def inset_boxes() -> tuple[Box, ...]:
    """Place six insets in a row at the bottom right."""
    return tuple((0.665 + place * 0.0535, 0.118, 0.0505, 0.1) for place in range(6))


@dataclass(frozen=True)
class Layout:
    """
    Where the parts of a page stand.

    Attributes
    ----------
    size
        Of the page, inches.
    main, insets
        Left, bottom, width and height of the maps, in shares of the page.
    legend
        Left and top, in the same shares.
    letters
        In a line of the legend.
    """

    size: tuple[float, float] = (12.0, 6.75)
    main: Box = (0.02, 0.118, 0.63, 0.752)
    insets: Sequence[Box] = inset_boxes()
    legend: tuple[float, float] = (0.665, 0.87)
    letters: int = 46


# A slide: 1,920 pixels by 1,080.
LANDSCAPE: Final = Layout()


@dataclass(frozen=True)
class Paint:
    """
    How the areas of a map are filled.

    Attributes
    ----------
    numbers, hatches
        Class number, or name of a hatch, by code.
    colors
        Of the classes.
    edge
        Colour of the borders: white parts strong colours, not pale ones.
    """

    numbers: Mapping[str, int]
    hatches: Mapping[str, str]
    colors: Sequence[str]
    edge: str = WHITE


@dataclass(frozen=True)
class PaperMap:
    """
    What is on a page with one map and its insets.

    Attributes
    ----------
    title, subtitle, source
        Written above and under the map, unless they belong to the page that will hold it.
    place
        What is named when nothing is drawn.
    windows
        The main one first.
    focus
        Codes that the map is drawn around; a single one is outlined.
    areas
        Gives the areas in a window, index `area_code`, in its projection.
    paint
        Draws the areas of a window, and what is over them: called with the window, its areas and
        those of `focus`; gives what the window is framed on.
    legend
        See `legends`.
    sites
        `lon`, `lat`, and `mark`, a key of `palette.MARKS`; None for none.
    has_dots
        Whether sites are dots of ink, whatever they are: for a map of the country.
    around
        Lines and towns; None for a map that is framed too closely for them.
    circles
        Of a count, with their legend.
    outline, outline_width, mark_scale, legend_size
        Colour, points, times the marks of the screen, points.
    """

    place: str
    windows: Sequence[Window]
    focus: Collection[str]
    areas: Callable[[Window], gpd.GeoDataFrame]
    paint: Callable[[Axes, Window, gpd.GeoDataFrame, gpd.GeoDataFrame], Ground]
    title: str = ""
    subtitle: str = ""
    source: str = ""
    legend: Sequence[tuple[str, Sequence[Artist]]] = ()
    sites: pd.DataFrame | None = None
    has_dots: bool = False
    around: Surround | None = None
    circles: CircleKey | None = None
    outline: str = palette.SELECTED
    outline_width: float = 1.8
    mark_scale: float = 0.75
    legend_size: float = 8.5
    layout: Layout = LANDSCAPE


# Points of a title, the letters that fit the width at that size, and the longest one.
TITLE_SIZE, TITLE_LETTERS, LONGEST_TITLE = 17.0, 95, 150


def blank_page(size: tuple[float, float], title: str, subtitle: str, source: str) -> Figure:
    """Make a page with its title, what its figures are, and where they come from."""
    figure = Figure(figsize=size, dpi=DOTS_PER_INCH, facecolor="#ffffff")
    ink: dict[str, Any] = {"color": palette.INK, "ha": "left"}
    height = size[1]
    name = textwrap.shorten(title, LONGEST_TITLE, placeholder="…")
    letters = TITLE_SIZE * min(1.0, TITLE_LETTERS / max(len(name), 1))  # smaller, never cut
    figure.text(0.02, 1 - 0.252 / height, name,
                fontsize=letters, fontweight="bold", va="center", **ink)  # fmt: skip
    said = textwrap.wrap(subtitle, 195, max_lines=SUBTITLE_LINES, placeholder="…")
    figure.text(0.02, 1 - 0.43 / height, "\n".join(said), fontsize=7.5, va="top", **ink)
    cited = "\n".join(textwrap.wrap(source, 205))
    figure.text(0.02, 0.70 / height, cited, fontsize=6.8, va="top", **ink)
    return figure


def draw(sheet: PaperMap) -> Figure:
    """
    Draw a page: its first window large, the others as insets.

    Raises
    ------
    UserError
        If it has no window.
    """
    if not sheet.windows:
        raise UserError(words.NO_MAP.format(name=sheet.place))
    layout = sheet.layout
    page = blank_page(layout.size, sheet.title, sheet.subtitle, sheet.source)
    main, window = page.add_axes(layout.main), sheet.windows[0]
    draw_window(main, window, sheet)
    if sheet.around is not None:
        named = area_names(sheet.areas(window), sheet.around.areas, AREA_SIZE)
        place_names(main, [*named, *names_in(sheet.around, window, main)])
    for axes, window in _inset_axes(page, sheet.windows[1:], layout):
        draw_window(axes, window, sheet, 6)
    legends(page, sheet.legend, sheet.legend_size, layout, sheet.circles)
    return page


def draw_window(axes: Axes, window: Window, sheet: PaperMap, scale_size: float = 7.5) -> None:
    """Draw one window: areas, what is over them, outline of a single one, sites, scale."""
    shapes = sheet.areas(window)
    around = shapes[shapes.index.isin(set(sheet.focus))]
    if sheet.around is not None:
        draw_ground(axes, window)
    here = sheet.paint(axes, window, shapes, around)
    if sheet.around is not None:
        draw_lines(axes, sheet.around.outlines, window)
    if sheet.circles is not None:
        draw_circles(axes, shapes, sheet.circles)
    if len(sheet.focus) == 1 and not around.empty:
        around.boundary.plot(ax=axes, color=sheet.outline, linewidth=sheet.outline_width, zorder=3)
    if sheet.sites is not None:
        points = points_in(sheet.sites, window)
        if sheet.has_dots:
            draw_points(axes, points, palette.SUPPORT_DOT, sheet.mark_scale, 6)
            points = points.head(0)
        # Supports come first in the list, and last on the map.
        for key in [key for key in reversed(tuple(palette.MARKS)) if key in set(points["mark"])]:
            draw_mark(axes, points[points["mark"] == key], key, sheet.mark_scale)
    frame_on(axes, here)
    scale_bar(axes, scale_size)


def fill(axes: Axes, shapes: gpd.GeoDataFrame, paint: Paint, shown: set[str], line: float) -> None:
    """Fill the areas of a window; those not shown are a plain ground."""
    rest = shapes[~shapes.index.isin(shown)]
    if not rest.empty:
        rest.plot(ax=axes, color=OUTSIDE, edgecolor=WHITE, linewidth=line)
    for number, color in enumerate(paint.colors):
        group = shapes[
            [code in shown and paint.numbers.get(code) == number for code in shapes.index]
        ]
        if not group.empty:
            group.plot(ax=axes, color=color, edgecolor=paint.edge, linewidth=RIM * line)
    for name, marks in HATCHES.items():
        group = shapes[[code in shown and paint.hatches.get(code) == name for code in shapes.index]]
        hatch = palette.HATCHES[name]
        if not group.empty:
            group.plot(
                ax=axes, facecolor=hatch.ground, edgecolor=hatch.line, hatch=marks, linewidth=line
            )
    if paint.edge == WHITE:  # ink over the white rim: one of the two shows beside every tint
        shapes.boundary.plot(ax=axes, color=palette.INK, linewidth=line, zorder=2)


def paint_handles(paint: Paint, texts: Sequence[str], shown: set[str]) -> list[Artist]:
    """List the entries of a legend for the classes, and the hatches of the areas shown."""
    handles: list[Artist] = [
        color_handle(color, text) for color, text in zip(paint.colors, texts, strict=True)
    ]
    used = {name for code, name in paint.hatches.items() if code in shown}
    if "hors" in used:
        handles.append(hatch_handle("hors", wording.OUTSIDE_GHT))
    if "inconnu" in used:
        handles.append(hatch_handle("inconnu", wording.UNKNOWN_VALUE))
    return handles


def legends(
    figure: Figure, parts: Sequence[tuple[str, Sequence[Artist]]], size: float, layout: Layout,
    circles: CircleKey | None = None,
) -> None:  # fmt: skip
    """
    Write legends under one another at the right of the map.

    Parameters
    ----------
    figure
        Already drawn: a legend is measured to place the next one.
    parts
        Title (may be empty) and entries; without an entry a part is left out.
    size
        Of the texts, points.
    layout
        Of the page.
    circles
        Their legend comes first, under the title of the first part.
    """
    # Only now: with this canvas GeoPandas would draw the whole figure again at each layer.
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    left, top = layout.legend
    for title, handles in parts:
        if circles is not None:
            top -= _circle_part(figure, title, circles, (left, top), size)
            title, circles = "", None  # noqa: PLW2901
        if not handles:
            continue
        for handle in handles:
            handle.set_label("\n".join(textwrap.wrap(str(handle.get_label()), layout.letters)))
        made = figure.legend(
            handles=list(handles), title="\n".join(textwrap.wrap(title, layout.letters)) or None,
            loc="upper left", bbox_to_anchor=(left, top), frameon=False, fontsize=size,
            title_fontproperties={"weight": "bold", "size": size + 0.5}, alignment="left",
            handlelength=2.6, handleheight=1.1, borderpad=0, borderaxespad=0, labelspacing=0.45,
        )  # fmt: skip
        top -= made.get_window_extent(renderer).height / figure.bbox.height + LEGEND_GAP


def _circle_part(
    figure: Figure, title: str, circles: CircleKey, corner: tuple[float, float], size: float
) -> float:
    """Write the title and the legend of circles; tell the height taken, in shares of the page."""
    head = (size + 4) / (72 * float(figure.get_size_inches()[1]))
    figure.text(*corner, title, fontsize=size + 0.5, fontweight="bold", va="top", color=palette.INK)
    return head + draw_key(figure, circles, (corner[0], corner[1] - head), size)


def _inset_axes(
    figure: Figure, windows: Sequence[Window], layout: Layout
) -> list[tuple[Axes, Window]]:
    """Make the axes of the other windows, each with its name."""
    made = []
    for box, window in zip(layout.insets, windows, strict=False):
        axes = figure.add_axes(box)
        axes.set_title(window.name, fontsize=6.5, color=palette.INK, pad=2, loc="left")
        made.append((axes, window))
    if made:
        left, bottom, _, height = layout.insets[0]
        top = bottom + height + 0.021
        figure.text(left, top, words.INSETS_NOTE, fontsize=6.5, color=palette.INK)
    return made


def run_paint(
    areas: pd.DataFrame, classes: Classes, colors: Sequence[str], edge: str = WHITE
) -> Paint:
    """
    Give each area of a run its class, or the hatch that says why it has none.

    Parameters
    ----------
    areas
        `area_code`, `kind`; the index of `classes.numbers` is among its own.
    classes, colors
        As the screen has them.
    edge
        Colour of the borders.
    """
    codes = areas.area_code.loc[classes.numbers.index]
    coded = replace(classes, numbers=classes.numbers.set_axis(codes))
    return replace(paint_of(areas, coded), colors=colors, edge=edge)


def plain(paint: Paint) -> Paint:
    """Leave out the tints of a count, which circles tell: the hatches stay."""
    return replace(paint, numbers=dict.fromkeys(paint.numbers, 0), colors=[palette.LAND])


def paint_of(areas: pd.DataFrame, classes: Classes) -> Paint:
    """Give each area its class, or the hatch that says why it has none."""
    numbers = {
        str(code): int(number) for code, number in classes.numbers.items() if not is_unknown(number)
    }
    names = {"hors_ght": "hors", "unassigned": "libre"}
    hatches = {
        str(code): names.get(kind, "inconnu")
        for code, kind in zip(areas.area_code, areas.kind, strict=True)
        if code not in numbers
    }
    return Paint(numbers, hatches, palette.sequential(classes.count))
