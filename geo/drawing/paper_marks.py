"""What static maps share: marks, hatches, their legends, and the file written."""

import io
from typing import Any, Final

import geopandas as gpd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from geo.drawing import palette, words
from geo.errors import UserError

FORMATS: Final = ("png", "svg", "pdf")
DOTS_PER_INCH: Final = 160
MARKERS: Final = {"circle": "o", "square": "s", "triangle": "^", "diamond": "D", "star": "*"}
RIMS: Final = {False: 0.6, True: 1.1}  # width of the rim, points: full, hollow
HATCHES: Final = {"hors": "////", "inconnu": "..", "libre": ""}
# Over a class: a white veil keeps its lines legible on dark colours.
VEIL: Final = "dispute"
VEIL_MARKS: Final = "-----"
VEIL_COLOR: Final = (1.0, 1.0, 1.0, 0.45)
OUTSIDE: Final = "#e4e3dd"
SITE_GROUPS: Final = ("chr_chu", "ch", "hopital_local")


def draw_mark(axes: Axes, sites: gpd.GeoDataFrame, key: str, scale: float = 1.0) -> None:
    """Draw establishments of one group."""
    draw_points(axes, sites, palette.MARKS[key], scale, 7 if key in palette.SUPPORTS else 6)


def draw_points(
    axes: Axes, points: gpd.GeoDataFrame, mark: palette.Mark, scale: float, zorder: float
) -> None:
    """Draw points as one mark."""
    axes.scatter(
        points.geometry.x, points.geometry.y, marker=MARKERS[mark.shape], color=mark.fill,
        s=(mark.radius * scale) ** 2 * 2.2, edgecolor=mark.rim, linewidth=RIMS[mark.is_hollow],
        zorder=zorder,
    )  # fmt: skip


def mark_handle(key: str) -> Artist:
    """Draw the legend of a group of establishments."""
    return point_handle(palette.MARKS[key])


def point_handle(mark: palette.Mark) -> Artist:
    """Draw the legend of a mark."""
    return Line2D(
        [], [], linestyle="", marker=MARKERS[mark.shape], color=mark.fill, label=mark.label,
        markeredgecolor=mark.rim, markeredgewidth=RIMS[mark.is_hollow] if mark.is_hollow else None,
        markersize=mark.radius + 2,
    )  # fmt: skip


def hatch_handle(name: str, label: str) -> Artist:
    """Draw the legend of a hatch."""
    hatch = palette.HATCHES[name]
    return Patch(facecolor=hatch.ground, edgecolor=hatch.line, hatch=HATCHES[name], label=label)


def veil_handle(label: str) -> Artist:
    """Draw the legend of the hatch laid over classes."""
    line = palette.HATCHES[VEIL].line
    return Patch(facecolor=VEIL_COLOR, edgecolor=line, hatch=VEIL_MARKS, label=label, linewidth=0.4)


def color_handle(color: str, label: str) -> Artist:
    """Draw the legend of a class."""
    return Patch(facecolor=color, edgecolor="#6b7680", linewidth=0.5, label=label)


def to_bytes(figure: Figure, form: str, build_date: str, title: str = "Atlas GHT") -> bytes:
    """
    Write a figure.

    Parameters
    ----------
    figure
        From `draw_map` or `draw_territory`.
    form
        "png", "svg" or "pdf".
    build_date
        ISO date of the data: the only date written in the file.
    title
        Kept in the file for those who read it without seeing it.

    Returns
    -------
    content
        The same bytes for the same figure.

    Raises
    ------
    UserError
        If the format is another.
    """
    if form not in FORMATS:
        known = ", ".join(FORMATS)
        raise UserError(words.UNKNOWN_FORMAT.format(form=form, known=known))
    metadata: dict[str, dict[str, Any]] = {
        "png": {"Title": title, "Creation Time": build_date, "Software": None},
        "svg": {"Title": title, "Date": build_date, "Creator": None},
        "pdf": {"Title": title, "CreationDate": None, "Creator": None, "Producer": None},
    }
    buffer = io.BytesIO()
    figure.savefig(buffer, format=form, metadata=metadata[form])
    return buffer.getvalue()
