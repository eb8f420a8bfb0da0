"""The ground of static maps: windows, projections, simplified outlines, scale bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from geo.atlas.load import Atlas
from geo.drawing import palette, words
from geo.drawing.topology import NATIONAL_DEGREES, simplify_coverage
from geo.formats import format_number

# Names are untrusted and are never mathematics; text stays text in SVG and PDF; identifiers in an
# SVG come from its content, so that the same data gives the same bytes.
mpl.rcParams.update(
    {
        "text.parse_math": False, "svg.fonttype": "none", "svg.hashsalt": "atlas-ght",
        "pdf.fonttype": 42, "font.family": ["DejaVu Sans"], "hatch.linewidth": 0.7,
    }
)  # fmt: skip

DETAILED_DEGREES: Final = 0.0008
MARGIN: Final = 0.06
NICE_LENGTHS: Final = (1, 2, 5, 10, 20, 50, 100, 200)


@dataclass(frozen=True)
class Window:
    """
    A part of the country, drawn in its own projection.

    Attributes
    ----------
    name
        French.
    bounds
        West, south, east, north, degrees.
    epsg
        Code of a projection in metres.
    """

    name: str
    bounds: tuple[float, float, float, float]
    epsg: int


MAINLAND: Final = Window("France métropolitaine", (-5.6, 41.2, 10.0, 51.3), 2154)
WINDOWS: Final = (
    MAINLAND,
    Window("Guadeloupe", (-61.90, 15.78, -60.95, 16.56), 5490),
    Window("Martinique", (-61.28, 14.35, -60.77, 14.93), 5490),
    Window("Guyane", (-54.70, 2.05, -51.55, 5.85), 2972),
    Window("La Réunion", (55.15, -21.45, 55.90, -20.80), 2975),
    Window("Mayotte", (44.97, -13.05, 45.35, -12.58), 4471),
)


@lru_cache(maxsize=4)
def _outlines(path: Path, version: str, tolerance: float) -> gpd.GeoDataFrame:  # noqa: ARG001
    """Read and simplify the territories, once per version of the data."""
    areas = gpd.read_parquet(path).set_index("area_code")[["geometry"]]
    return simplify_coverage(areas, tolerance)


@lru_cache(maxsize=16)
def _projected(path: Path, version: str, tolerance: float, window: Window) -> gpd.GeoDataFrame:
    """Keep what is in a window, in its projection."""
    return shapes_in(_outlines(path, version, tolerance), window)


@lru_cache(maxsize=2)
def _light(path: Path, version: str) -> gpd.GeoDataFrame:  # noqa: ARG001
    """Read the simplified communes, once per version of the data."""
    return gpd.read_parquet(path).set_index("insee_code")


def shapes_in(shapes: gpd.GeoDataFrame, window: Window) -> gpd.GeoDataFrame:
    """Keep what is in a window, in its projection; what crosses its edge is cut."""
    near = shapes[shapes.intersects(shapely.box(*window.bounds))]
    return near.clip(window.bounds).to_crs(epsg=window.epsg)


def near(shapes: gpd.GeoDataFrame, around: gpd.GeoDataFrame | gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Cut away what no map framed on other shapes can show: files are lighter, drawn sooner."""
    west, south, east, north = around.total_bounds
    gap = max(east - west, north - south)
    box = (west - gap, south - gap, east + gap, north + gap)
    return shapes[shapes.intersects(shapely.box(*box))].clip(box)


def territories_in(atlas: Atlas, window: Window, detailed: bool = False) -> gpd.GeoDataFrame:
    """
    Give the outlines of the territories in a window.

    Returns
    -------
    areas
        Index `area_code`; in the projection of the window, for drawing only. Shared: do not change.
    """
    tolerance = DETAILED_DEGREES if detailed else NATIONAL_DEGREES
    return _projected(atlas.shapes("territories"), atlas.version, tolerance, window)


def communes_in(atlas: Atlas, codes: Sequence[str] | pd.Series, window: Window) -> gpd.GeoDataFrame:
    """Give the outlines of some communes that are in a window, in its projection."""
    light = _light(atlas.shapes("communes_light"), atlas.version)
    chosen = light[light.index.isin(set(codes))]
    near = chosen[chosen.intersects(shapely.box(*window.bounds))]
    return near.to_crs(epsg=window.epsg)


def windows_of(atlas: Atlas, codes: Sequence[str]) -> list[Window]:
    """List the windows where areas are drawn, the one that holds most of them first."""
    shapes = _outlines(atlas.shapes("territories"), atlas.version, NATIONAL_DEGREES)
    return windows_over(shapes[shapes.index.isin(set(codes))])


def windows_over(shapes: gpd.GeoDataFrame) -> list[Window]:
    """List the windows where polygons are, the one that holds most of them first."""
    found = []
    for window in WINDOWS:
        inside = shapes.intersection(shapely.box(*window.bounds))
        if not inside.is_empty.all():
            found.append((float(np.sum(shapely.area(inside.to_numpy()))), window))
    return [window for _, window in sorted(found, key=lambda pair: -pair[0])]


def points_in(sites: pd.DataFrame, window: Window) -> gpd.GeoDataFrame:
    """Project the located sites that are in a window."""
    west, south, east, north = window.bounds
    inside = sites[sites.lon.between(west, east) & sites.lat.between(south, north)]
    points = gpd.points_from_xy(inside.lon, inside.lat, crs="EPSG:4326")
    return gpd.GeoDataFrame(inside, geometry=points).to_crs(epsg=window.epsg)


def frame_on(axes: Axes, shapes: gpd.GeoDataFrame | gpd.GeoSeries) -> None:
    """Set the limits of a map around shapes, at the same scale both ways, without ticks."""
    west, south, east, north = shapes.total_bounds
    figure = axes.get_figure(root=True)
    page = figure.get_size_inches() if figure else (1.0, 1.0)
    box = axes.get_position(original=True)
    shape = (box.width * page[0]) / (box.height * page[1])
    gap = 1 + 2 * MARGIN
    width = max((east - west) * gap, (north - south) * gap * shape)
    middle = ((west + east) / 2, (south + north) / 2)
    axes.set_xlim(middle[0] - width / 2, middle[0] + width / 2)
    axes.set_ylim(middle[1] - width / shape / 2, middle[1] + width / shape / 2)
    axes.set_aspect("auto")
    axes.set_xlabel("")
    axes.set_ylabel("")
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_color("#aab2b9")
        spine.set_linewidth(0.6)


def scale_bar(axes: Axes, size: float = 7.5) -> None:
    """Draw a bar of a round length, about a fifth of the width, at the bottom left."""
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    most = (east - west) / 4 / 1000
    length = max((nice for nice in NICE_LENGTHS if nice <= most), default=NICE_LENGTHS[0])
    left, bottom = west + 0.03 * (east - west), south + 0.03 * (north - south)
    height = 0.008 * (north - south)
    for half, color in ((0, palette.INK), (1, "#ffffff")):
        axes.add_patch(
            Rectangle(
                (left + half * length * 500, bottom), length * 500, height, facecolor=color,
                edgecolor=palette.INK, linewidth=0.6, zorder=9,
            )
        )  # fmt: skip
    text = words.KILOMETRES.format(length=format_number(length))
    axes.annotate(
        text, (left, bottom + height), xytext=(0, 2), textcoords="offset points", fontsize=size,
        color=palette.INK, zorder=9,
    )  # fmt: skip
