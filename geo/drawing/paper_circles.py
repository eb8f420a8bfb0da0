"""Circles of counts on static maps, and their legend: the proportions of the screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import shapely
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse

from geo.drawing import palette
from geo.drawing.circles import Circles

POINTS_PER_PIXEL: Final = 0.52  # a map of 700 pixels on screen is 5 inches high on paper
LINE: Final = 1.1
FILL: Final = to_rgba(palette.CIRCLE, palette.CIRCLE_OPACITY)


@dataclass(frozen=True)
class CircleKey:
    """
    The circles of a map.

    Attributes
    ----------
    radii
        Points, by code of area; those without a circle are absent.
    steps
        Radius, points, and text of each circle of the legend, the largest first.
    """

    radii: Mapping[str, float]
    steps: Sequence[tuple[float, str]]


def circle_key(found: Circles, codes: Sequence[str], decimals: int) -> CircleKey:
    """
    Size the circles of a map on paper.

    Parameters
    ----------
    found
        As the screen has them.
    codes
        Of the areas, in the order of `found.radii`.
    decimals
        Of the indicator.
    """
    radii = {
        code: radius * POINTS_PER_PIXEL
        for code, radius in zip(codes, found.radii, strict=True)
        if radius > 0
    }
    texts = zip(found.steps, found.texts(decimals), strict=True)
    steps = [(found.radius(step) * POINTS_PER_PIXEL, text) for step, text in texts]
    return CircleKey(radii, steps)


def anchor(shape: shapely.Geometry) -> shapely.Point:
    """Find where the circle of an area stands: its middle when it is inside."""
    largest = max(shapely.get_parts(shape), key=shapely.area)
    middle: shapely.Point = shapely.centroid(largest)
    inside: shapely.Point = shapely.point_on_surface(largest)
    return middle if shapely.contains(largest, middle) else inside


def draw_circles(axes: Axes, shapes: gpd.GeoDataFrame, key: CircleKey) -> None:
    """Draw the circle of each area, the largest first."""
    own = shapes[shapes.index.isin(list(key.radii))]
    sized = sorted(own.geometry.items(), key=lambda pair: -key.radii[str(pair[0])])
    if not sized:
        return
    points = [anchor(shape) for _, shape in sized]
    axes.scatter(
        [point.x for point in points], [point.y for point in points], zorder=4,
        s=[(2 * key.radii[str(code)]) ** 2 for code, _ in sized], color=FILL,
        edgecolor=palette.PAPER, linewidth=0.9,
    )  # fmt: skip


def draw_key(figure: Figure, key: CircleKey, corner: tuple[float, float], size: float) -> float:
    """
    Draw the legend: circles one in another, their values beside.

    Returns
    -------
    height
        Taken under the corner, in shares of the page.
    """
    wide, high = (72 * side for side in figure.get_size_inches())
    largest = max((radius for radius, _ in key.steps), default=0.0)
    left, bottom = corner[0], corner[1] - (2 * largest + size) / high
    lines, lowest = dict[float, float](), -size
    for radius, _ in reversed(key.steps):  # no line over another
        lines[radius] = lowest = max(2 * radius - size / 2, lowest + size * LINE)
    for radius, text in key.steps:
        middle = (left + largest / wide, bottom + radius / high)
        figure.add_artist(
            Ellipse(
                middle, 2 * radius / wide, 2 * radius / high, transform=figure.transFigure,
                facecolor=FILL, edgecolor=palette.PAPER, linewidth=0.9,
            )
        )  # fmt: skip
        figure.text(
            left + (2 * largest + 10) / wide, bottom + lines[radius] / high, text,
            fontsize=size, va="center", color=palette.INK,
        )  # fmt: skip
    return float((2 * largest + 2 * size) / high)
