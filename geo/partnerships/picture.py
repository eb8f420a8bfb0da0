"""The map of partnerships, to take away: links by family of forms, parties, legend and scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from geo.atlas.load import Atlas
from geo.atlas.schema import CRS
from geo.atlas.vocabulary import FORM_FAMILIES, STATUSES
from geo.drawing import palette
from geo.drawing import words as drawing_words
from geo.drawing.paper_frames import (
    WINDOWS,
    Window,
    near,
    points_in,
    territories_in,
    windows_of,
)
from geo.drawing.paper_ground import surround
from geo.drawing.paper_marks import draw_points, point_handle
from geo.drawing.paper_page import (
    Ground,
    Paint,
    PaperMap,
    draw,
    fill,
    paint_handles,
)
from geo.formats import format_count
from geo.partnerships import words, words_files
from geo.partnerships.layers import LINK_WIDTH

WIDTH, SELECTED_WIDTH = 1.6, 3.2
MARK_SCALE: Final = 0.85
LEGEND_SIZE: Final = 7.5
INK: Final = "#39424e"
Pattern = Literal["solid"] | tuple[float, tuple[float, ...]]
PATTERN: Final[Mapping[str, Pattern]] = {
    status: (0.0, tuple(length / LINK_WIDTH for length in dash)) if dash else "solid"
    for status, dash in palette.STATUS_DASHES.items()
}


@dataclass(frozen=True)
class LinkMap:
    """
    Everything that the picture of partnerships shows.

    Attributes
    ----------
    place
        French name of what is kept.
    source
        Source line, with the date.
    paint
        Tint or hatch of each territory.
    focus
        Codes of the territories that the map is drawn around.
    arcs
        See `geo.partnerships.links.arcs`.
    points
        See `geo.partnerships.links.points`.
    selected
        `partnership_id` of the one that is told; None without one.
    """

    place: str
    source: str
    paint: Paint = field(repr=False)
    focus: Sequence[str] = field(repr=False)
    arcs: pd.DataFrame = field(repr=False)
    points: pd.DataFrame = field(repr=False)
    selected: str | None = None

    @property
    def title(self) -> str:
        """Title of the picture."""
        return words_files.LINKS_TITLE.format(place=self.place)


def _is_inside(window: Window, lon: pd.Series, lat: pd.Series) -> pd.Series:
    """Tell which places are in a window."""
    west, south, east, north = window.bounds
    return lon.between(west, east) & lat.between(south, north)


def links_in(arcs: pd.DataFrame, window: Window) -> gpd.GeoDataFrame:
    """Keep the links whose two ends are in a window, as curves in its projection."""
    inside = _is_inside(window, arcs.from_lon, arcs.from_lat) & _is_inside(
        window, arcs.to_lon, arcs.to_lat
    )
    kept = arcs[inside.astype(bool)]
    lines = [shapely.LineString(path) for path in kept["path"]]
    frame = gpd.GeoDataFrame(kept.drop(columns="path"), geometry=lines, crs=CRS)
    return frame.to_crs(epsg=window.epsg)


def left_out(arcs: pd.DataFrame, windows: Sequence[Window]) -> int:
    """Count the links that go from one window to another, which no window can draw."""
    return len(arcs) - sum(len(links_in(arcs, window)) for window in windows)


def draw_links(atlas: Atlas, drawn: LinkMap) -> Figure:
    """
    Draw the links between located parties over faint territories.

    Parameters
    ----------
    atlas
        Where the outlines are read.
    drawn
        What the map shows.

    Returns
    -------
    figure
        Map, insets, legend, scale, source and date; what it cannot draw is counted.

    Raises
    ------
    UserError
        If nothing has a place.
    """
    windows = _windows(atlas, drawn)
    count = left_out(drawn.arcs, windows)
    missing = words_files.LINKS_LEFT.format(count=format_count(count, "trait")) if count else ""
    codes = set(drawn.paint.numbers) | set(drawn.paint.hatches)
    is_close = len(drawn.focus) < len(codes)
    return draw(
        PaperMap(
            title=drawn.title, source=drawn.source, place=drawn.place,
            subtitle=words_files.LINKS_SUBTITLE.format(left=missing).strip(),
            windows=windows, focus=drawn.focus, paint=partial(_paint, drawn, codes),
            areas=lambda window: territories_in(atlas, window, detailed=is_close),
            legend=legend_parts(drawn), legend_size=LEGEND_SIZE,
            around=surround(atlas, is_close=is_close),
            outline_width=1.6,
        )
    )  # fmt: skip


def _windows(atlas: Atlas, drawn: LinkMap) -> list[Window]:
    """List the windows of the territories, then those where there is only a party."""
    found = windows_of(atlas, drawn.focus)
    others = [
        window
        for window in WINDOWS
        if window not in found and _is_inside(window, drawn.points.lon, drawn.points.lat).any()
    ]
    return found + others


def _paint(
    drawn: LinkMap, codes: set[str], axes: Axes, window: Window, shapes: gpd.GeoDataFrame,
    around: gpd.GeoDataFrame,
) -> Ground:  # fmt: skip
    """Draw the territories of a window, the links and the parties, which it is framed on."""
    links, points = links_in(drawn.arcs, window), points_in(drawn.points, window)
    ground = shapes if around.empty else around
    here = gpd.GeoSeries(
        pd.concat([ground.geometry, links.geometry, points.geometry]), crs=shapes.crs
    )
    fill(axes, near(shapes, here), drawn.paint, codes, 0.35)
    looks = sorted(set(zip(links.family, links.status, strict=True)))
    for family, status in looks:
        group = links[(links.family == family) & (links.status == status)]
        _draw_lines(axes, group, drawn.selected)
    for sector in sorted(set(points.sector)):
        mark = palette.SECTOR_MARKS[sector]
        draw_points(axes, points[points.sector == sector], mark, MARK_SCALE, 7)
    return here


def _draw_lines(axes: Axes, links: gpd.GeoDataFrame, selected: str | None) -> None:
    """Draw the links of one family and one state; the one that is told is wider."""
    family, status = links.family.iloc[0], links.status.iloc[0]
    widths = np.where(links.partnership_id == selected, SELECTED_WIDTH, WIDTH)
    paths = [shapely.get_coordinates(line) for line in links.geometry]
    lines = LineCollection(
        paths, colors=palette.FAMILY_COLORS[family], linewidths=widths.tolist(),
        linestyles=[PATTERN[status]], zorder=5, alpha=0.9,
    )  # fmt: skip
    axes.add_collection(lines, autolim=False)


def legend_parts(drawn: LinkMap) -> list[tuple[str, list[Artist]]]:
    """List the parts of the legend: only what is on the map."""
    families, statuses = set(drawn.arcs.family), set(drawn.arcs.status)
    sectors = set(drawn.points.sector)
    codes = set(drawn.paint.numbers) | set(drawn.paint.hatches)
    return [
        (
            words.FAMILIES,
            [
                _line_handle(palette.FAMILY_COLORS[key], "solid", label)
                for key, label in FORM_FAMILIES.items()
                if key in families
            ],
        ),
        (
            words.STATUSES,
            [
                _line_handle(INK, PATTERN[key], label)
                for key, label in STATUSES.items()
                if key in statuses
            ],
        ),
        (
            words.SECTORS,
            [point_handle(mark) for key, mark in palette.SECTOR_MARKS.items() if key in sectors],
        ),
        (
            drawing_words.AREAS_LEGEND,
            paint_handles(drawn.paint, (words.PLAIN, words.TINTED), codes),
        ),
    ]


def _line_handle(color: str, pattern: Pattern, label: str) -> Artist:
    """Draw the legend of a line."""
    return Line2D([], [], color=color, linestyle=pattern, linewidth=WIDTH, label=label)
