"""The map of one territory: communes by access time, general sites, neighbours."""

import textwrap
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from geo.atlas.load import Atlas
from geo.drawing import palette
from geo.drawing import words as drawing_words
from geo.drawing.paper_frames import (
    Window,
    communes_in,
    frame_on,
    points_in,
    scale_bar,
    territories_in,
    windows_of,
)
from geo.drawing.paper_marks import (
    DOTS_PER_INCH,
    HATCHES,
    OUTSIDE,
    color_handle,
    draw_mark,
    hatch_handle,
    mark_handle,
)
from geo.errors import UserError
from geo.establishments.picture import territory_sites
from geo.formats import is_unknown
from geo.profile import words_pdf

BANDS_MIN: Final = (15, 30, 45, 60)

LABEL_LIMIT: Final = 12


def bands_of(minutes: pd.Series) -> pd.Series:
    """Give each commune the number of its band of access time; missing where it is unknown."""
    numbers = pd.Series(np.searchsorted(BANDS_MIN, minutes.fillna(0.0), side="left"), minutes.index)
    return numbers.astype("Int64").mask(minutes.isna())


def _label(axes: Axes, sites: gpd.GeoDataFrame, renderer: RendererAgg) -> None:
    """Write the towns of the main sites, leaving out those that would collide."""
    taken: list[Bbox] = []
    for x, y, name in zip(sites.geometry.x, sites.geometry.y, sites.town, strict=True):
        if is_unknown(name) or len(taken) == LABEL_LIMIT:
            continue
        text = axes.annotate(
            str(name)[:28], (x, y), xytext=(5, 3), textcoords="offset points", fontsize=7.5,
            color=palette.INK, zorder=8,
            bbox={"boxstyle": "round,pad=0.08", "fc": "#ffffff", "alpha": 0.72, "lw": 0},
        )  # fmt: skip
        box = text.get_window_extent(renderer)
        if any(box.overlaps(other) for other in taken):
            text.remove()
        else:
            taken.append(box)


def draw_territory(atlas: Atlas, area_code: str, size: tuple[float, float] = (7.6, 5.4)) -> Figure:
    """
    Draw one territory: its communes by access time, its general sites, its neighbours.

    Parameters
    ----------
    atlas
        The bundled tables.
    area_code
        A modelled territory.
    size
        Inches.

    Returns
    -------
    figure
        Map and legend, without title or source: they belong to the page that holds it.

    Raises
    ------
    UserError
        If the territory is unknown or has no polygon.
    """
    areas = atlas.territories.set_index("area_code")
    if area_code not in areas.index:
        raise UserError(drawing_words.UNKNOWN_AREA.format(code=area_code))
    windows = windows_of(atlas, [area_code])
    if not windows:
        raise UserError(drawing_words.NO_MAP.format(name=areas.area_name[area_code]))
    figure = Figure(figsize=size, dpi=DOTS_PER_INCH, facecolor="#ffffff")
    sites = territory_sites(atlas, area_code)
    boxes = [(0.005, 0.01, 0.70, 0.98), *[(0.72, 0.01 + 0.26 * n, 0.27, 0.22) for n in range(5)]]
    drawn = [(figure.add_axes(box), window) for box, window in zip(boxes, windows, strict=False)]
    unknown = [_draw_communes(axes, atlas, window, area_code, sites) for axes, window in drawn]
    # Only now: with this canvas GeoPandas would draw the whole figure again at each layer.
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    for axes, window in drawn:
        _label(axes, points_in(sites, window), renderer)
    bands = zip(palette.sequential(len(words_pdf.BANDS)), words_pdf.BANDS, strict=True)
    handles = [color_handle(color, text) for color, text in bands]
    if any(unknown):
        handles.append(hatch_handle("inconnu", words_pdf.UNKNOWN_TIME))
    handles += [mark_handle(key) for key in palette.MARKS if key in set(sites.mark)]
    handles.append(color_handle(OUTSIDE, drawing_words.NEIGHBOURS))
    for handle in handles:
        handle.set_label("\n".join(textwrap.wrap(str(handle.get_label()), 24)))
    figure.legend(
        handles=handles, title=words_pdf.LEGEND_ACCESS, loc="upper left", fontsize=7.5,
        bbox_to_anchor=(0.715, 0.99), frameon=False, alignment="left", borderaxespad=0,
        title_fontproperties={"weight": "bold", "size": 8}, handlelength=1.8,
    )  # fmt: skip
    return figure


def _draw_communes(
    axes: Axes, atlas: Atlas, window: Window, area_code: str, sites: pd.DataFrame
) -> bool:
    """Draw the communes of a territory in one window; tell whether a time is unknown."""
    assigned = atlas.assignments[atlas.assignments.area_code == area_code]
    shapes = communes_in(atlas, assigned.insee_code, window)
    numbers = bands_of(assigned.set_index("insee_code").travel_time_min).reindex(shapes.index)
    around = territories_in(atlas, window, detailed=True)
    around.plot(ax=axes, color=OUTSIDE, edgecolor="#9aa4ac", linewidth=0.7)
    for number, color in enumerate(palette.sequential(len(words_pdf.BANDS))):
        group = shapes[(numbers == number).fillna(False).to_numpy(dtype=bool)]
        if not group.empty:
            group.plot(ax=axes, color=color, edgecolor="#c3ccd2", linewidth=0.15)
    unknown, hatch = shapes[numbers.isna().to_numpy()], palette.HATCHES["inconnu"]
    if not unknown.empty:
        unknown.plot(
            ax=axes,
            facecolor=hatch.ground,
            edgecolor=hatch.line,
            hatch=HATCHES["inconnu"],
            linewidth=0.2,
        )
    around[around.index == area_code].boundary.plot(ax=axes, color=palette.INK, linewidth=1.4)
    frame_on(axes, shapes)
    points = points_in(sites, window)
    for key in dict.fromkeys(points.mark):
        draw_mark(axes, points[points.mark == key], key)
    scale_bar(axes)
    return not unknown.empty
