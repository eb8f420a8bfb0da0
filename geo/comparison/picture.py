"""The maps of territories side by side as a file: PNG, SVG or PDF, without a network."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from shapely import box

from geo import wording
from geo.atlas.load import Atlas
from geo.atlas.provenance import map_sources
from geo.comparison import words
from geo.comparison.windows import MARGIN, Pane
from geo.comparison.windows import Window as PaneWindow
from geo.drawing import palette
from geo.drawing.classes import CLASS_COUNT, class_texts, classify
from geo.drawing.paper_frames import MARGIN as FRAME_MARGIN
from geo.drawing.paper_frames import Window, near, territories_in, windows_of
from geo.drawing.paper_marks import HATCHES, mark_handle, to_bytes
from geo.drawing.paper_page import (
    GREY,
    Ground,
    Layout,
    Paint,
    PaperMap,
    blank_page,
    draw_window,
    legends,
    paint_handles,
    paint_of,
)
from geo.establishments.picture import territory_sites
from geo.territories.activity import INDICATORS, heading_of, with_indicators
from geo.territories.measures import territory_table

WIDTH: Final = 11.0
# Inches: above and under the maps, their room, their titles, what separates them, the legend.
HEAD, FOOT, MAPS, TITLE, GAP, LEGEND = 0.85, 0.92, 7.9, 0.42, 0.18, 2.7
HEIGHTS: Final = {1: 4.2, 2: 3.0}
COLUMNS: Final = 2
LEFT: Final = 0.22
NEIGHBOUR: Final = 0.45
INSIDE: Final = 1 / (1 + 2 * FRAME_MARGIN)  # `frame_on` adds its margin


@dataclass(frozen=True)
class PanesRequest:
    """
    What the maps show.

    Attributes
    ----------
    measure
        Key of `geo.territories.activity.INDICATORS`.
    method
        Key of `geo.drawing.classes.METHODS`; classes are those of the whole country, as on screen.
    panes
        From two to four territories.
    scale
        Key of `geo.ui.comparer.words.SCALES`.
    """

    measure: str
    method: str
    panes: tuple[Pane, ...]
    scale: str


@dataclass(frozen=True)
class Page:
    """
    Where the maps stand: two in a row.

    Attributes
    ----------
    height
        Of the page, inches.
    boxes
        Of each map: left, bottom, width and height, inches.
    """

    height: float
    boxes: tuple[tuple[float, float, float, float], ...]


def page_of(count: int) -> Page:
    """Lay out a page for some maps."""
    rows = -(-count // COLUMNS)
    width, tall = (MAPS - GAP) / COLUMNS, HEIGHTS[rows]
    height = HEAD + FOOT + rows * (tall + TITLE)
    boxes = []
    for place in range(count):
        row, column = divmod(place, COLUMNS)
        bottom = height - HEAD - (row + 1) * (tall + TITLE)
        boxes.append((LEFT + column * (width + GAP), bottom, width, tall))
    return Page(height, tuple(boxes))


def grounds(windows: Sequence[PaneWindow], size: tuple[float, float], scale: str) -> list[float]:
    """
    Choose how many kilometres an inch stands for on each map.

    Parameters
    ----------
    windows
        Of the territories drawn.
    size
        Width and height of a map, inches.
    scale
        "commune": the same for all.
    """
    needs = [MARGIN * 2 * max(one.across_km / size[0], one.up_km / size[1]) for one in windows]
    return [max(needs)] * len(needs) if scale == "commune" else needs


def _frame(seen: PaneWindow, window: Window, half: tuple[float, float]) -> gpd.GeoSeries:
    """Make the box of a map: some kilometres around the centre of what it shows."""
    middle = gpd.GeoSeries.from_xy([seen.lon], [seen.lat], crs="EPSG:4326").to_crs(window.epsg)
    x, y = float(middle.x.iloc[0]), float(middle.y.iloc[0])
    across, up = (1000 * km for km in half)
    return gpd.GeoSeries([box(x - across, y - up, x + across, y + up)], crs=window.epsg)


def _name(axes: Axes, name: str, text: str) -> None:
    """Write the name of a territory and its figure over its map."""
    axes.set_title(name, fontsize=9, fontweight="bold", loc="left", pad=16, color=palette.INK)
    axes.annotate(
        text, (0, 1), xytext=(0, 5), xycoords="axes fraction", textcoords="offset points",
        fontsize=8, color=palette.INK, annotation_clip=False,
    )  # fmt: skip
    axes.spines[:].set(color=GREY, linewidth=0.6)


def _fill(axes: Axes, shapes: gpd.GeoDataFrame, paint: Paint, own: str) -> None:
    """Fill the areas, the neighbours fainter."""
    is_plain = shapes.index.isin(list(paint.numbers))
    strength = {code: 1.0 if code == own else NEIGHBOUR for code in shapes.index}
    plain = shapes[is_plain]
    if not plain.empty:
        fills = [to_rgba(paint.colors[paint.numbers[code]], strength[code]) for code in plain.index]
        plain.plot(ax=axes, color=fills, edgecolor="#ffffff", linewidth=0.5)
    for code, shape in shapes[~is_plain].iterrows():
        name = paint.hatches[str(code)]
        hatch, marks = palette.HATCHES[name], HATCHES[name]
        gpd.GeoSeries([shape.geometry]).plot(
            ax=axes, facecolor=hatch.ground, edgecolor=hatch.line, hatch=marks, linewidth=0.5,
            alpha=strength[str(code)],
        )  # fmt: skip


def _draw(
    axes: Axes, atlas: Atlas, pane: Pane, paint: Paint, half: tuple[float, float]
) -> set[str]:
    """Draw one map that has a window; tell which areas and marks it shows."""
    sites, used = territory_sites(atlas, pane.code), set[str]()

    def painted(axes: Axes, window: Window, shapes: gpd.GeoDataFrame, _: object) -> Ground:
        assert pane.window is not None  # noqa: S101  the caller's own check
        frame = _frame(pane.window, window, half)
        _fill(axes, near(shapes, frame), paint, pane.code)
        used.update(shapes.index[shapes.intersects(frame.iloc[0])])
        return frame.scale(INSIDE, INSIDE)

    window = windows_of(atlas, [pane.code])[0]
    sheet = PaperMap(
        place=pane.name, windows=[window], focus=[pane.code], paint=painted, sites=sites,
        areas=lambda window: territories_in(atlas, window, detailed=True), mark_scale=1.0,
    )  # fmt: skip
    draw_window(axes, window, sheet)
    return {*sites.mark, *used}


def draw_panes(atlas: Atlas, request: PanesRequest) -> Figure:
    """
    Draw territories side by side, on the scale of the screen.

    Parameters
    ----------
    atlas
        The bundled tables.
    request
        What is drawn. A territory that nothing draws keeps its place, with the reason.

    Returns
    -------
    figure
        Each map is in the projection of its own part of the country.

    Raises
    ------
    BundleError
        If the outlines are missing or altered.
    """
    measure = INDICATORS[request.measure]
    areas = with_indicators(atlas, territory_table(atlas), [measure.key])
    ghts = areas[areas.kind == "ght"].set_index("area_code")
    classes = classify(ghts[request.measure], request.method, CLASS_COUNT)
    paint, page = paint_of(areas, classes), page_of(len(request.panes))
    title, declared = words.figure_title(measure.label), " ".join(wording.MODEL_DECLARATION)
    figure = blank_page((WIDTH, page.height), title, declared, map_sources(atlas))
    size = page.boxes[0][2:]
    windows = {pane.code: pane.window for pane in request.panes if pane.window is not None}
    found = grounds(list(windows.values()), size, request.scale) if windows else []
    scales, used = dict(zip(windows, found, strict=True)), set[str]()
    for pane, (left, bottom, width, height) in zip(request.panes, page.boxes, strict=True):
        box = (left / WIDTH, bottom / page.height, width / WIDTH, height / page.height)
        axes = figure.add_axes(box, xticks=[], yticks=[])
        name = textwrap.shorten(pane.name, 58, placeholder="…")
        said = (
            pane.text if pane.window is None else " – ".join(filter(None, (pane.text, pane.note)))
        )
        _name(axes, name, said)
        if pane.code in scales:
            km = scales[pane.code] / 2
            used |= _draw(axes, atlas, pane, paint, (km * width, km * height))
        else:
            axes.text(0.5, 0.5, pane.note, ha="center", transform=axes.transAxes, fontsize=8.5)
    handles = paint_handles(paint, class_texts(classes, measure.decimals), used)
    handles += [mark_handle(key) for key in palette.MARKS if key in used]
    corner = ((WIDTH - LEGEND) / WIDTH, 1 - (HEAD + TITLE) / page.height)
    legends(figure, [(heading_of(atlas, measure), handles)], 8.5, Layout(legend=corner, letters=30))
    return figure


def panes_bytes(atlas: Atlas, request: PanesRequest, form: str) -> bytes:
    """Draw the maps and write them (see `draw_panes` and `geo.drawing.paper_marks.to_bytes`)."""
    title = words.figure_title(INDICATORS[request.measure].label)
    return to_bytes(draw_panes(atlas, request), form, atlas.manifest.build_date, title)
