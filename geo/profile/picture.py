"""The map of one territory: communes by access time, general sites, neighbours."""

from typing import Final

import geopandas as gpd
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from geo.atlas.load import Atlas
from geo.drawing import palette
from geo.drawing import words as drawing_words
from geo.drawing.paper_frames import Window, communes_in, points_in, territories_in, windows_of
from geo.drawing.paper_marks import OUTSIDE, color_handle, hatch_handle, mark_handle
from geo.drawing.paper_page import Ground, Layout, Paint, PaperMap, draw, fill
from geo.errors import UserError
from geo.establishments.picture import territory_sites
from geo.formats import is_unknown
from geo.profile import words_pdf
from geo.territories.access import map_bands

LABEL_LIMIT: Final = 12
# In a page that says the rest.
EMBEDDED: Final = Layout(
    size=(7.6, 5.4), main=(0.005, 0.01, 0.70, 0.98), legend=(0.715, 0.99), letters=24,
    insets=[(0.72, 0.01 + 0.26 * place, 0.27, 0.22) for place in range(5)],
)  # fmt: skip


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


def draw_territory(atlas: Atlas, area_code: str) -> Figure:
    """
    Draw one territory: its communes by access time, its general sites, its neighbours.

    Parameters
    ----------
    atlas
        The bundled tables.
    area_code
        A modelled territory.

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
    windows, sites = windows_of(atlas, [area_code]), territory_sites(atlas, area_code)
    paint = _paint(atlas.assignments[atlas.assignments.area_code == area_code])
    shown = {*paint.numbers, *paint.hatches}

    def painted(axes: Axes, window: Window, shapes: gpd.GeoDataFrame, _: object) -> Ground:
        shapes.plot(ax=axes, color=OUTSIDE, edgecolor="#9aa4ac", linewidth=0.7)
        communes = communes_in(atlas, list(shown), window)
        fill(axes, communes, paint, shown, 0.15)
        return communes

    figure = draw(
        PaperMap(
            place=str(areas.area_name[area_code]), windows=windows, focus=[area_code],
            areas=lambda window: territories_in(atlas, window, detailed=True), paint=painted,
            legend=[(words_pdf.LEGEND_ACCESS, _handles(paint, set(sites.mark)))], sites=sites,
            outline=palette.INK, outline_width=1.4, mark_scale=1.0, legend_size=7.5,
            layout=EMBEDDED,
        )
    )  # fmt: skip
    # Only now: with this canvas GeoPandas would draw the whole figure again at each layer.
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    for axes, window in zip(figure.axes, windows, strict=True):
        _label(axes, points_in(sites, window), renderer)
    return figure


def _paint(assigned: pd.DataFrame) -> Paint:
    """Give each commune the class of its time, or the hatch of an unknown one."""
    numbers = map_bands(assigned.set_index("insee_code").travel_time_min)
    hatches = dict.fromkeys(numbers.index[numbers.isna()], "inconnu")
    colors = palette.sequential(len(words_pdf.BANDS))
    known = {str(code): int(number) for code, number in numbers.dropna().items()}
    return Paint(known, hatches, colors, edge="#c3ccd2")


def _handles(paint: Paint, marks: set[str]) -> list[Artist]:
    """List the entries of the legend that the map uses."""
    bands = zip(paint.colors, words_pdf.BANDS, strict=True)
    unknown = [hatch_handle("inconnu", words_pdf.UNKNOWN_TIME)] if paint.hatches else []
    sites = [mark_handle(key) for key in palette.MARKS if key in marks]
    ground = color_handle(OUTSIDE, drawing_words.NEIGHBOURS)
    return [*(color_handle(*band) for band in bands), *unknown, *sites, ground]
