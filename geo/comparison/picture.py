"""The maps of territories side by side as a file: PNG, SVG or PDF, without a network."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from geo import wording
from geo.atlas.load import Atlas
from geo.atlas.provenance import map_sources
from geo.comparison import words
from geo.comparison.charts import title_of
from geo.comparison.windows import MARGIN, Pane, Window
from geo.drawing import palette
from geo.drawing.classes import CLASS_COUNT, Classes, class_texts, classify
from geo.drawing.paper_frames import Window as Sheet
from geo.drawing.paper_frames import points_in, scale_bar, territories_in, windows_of
from geo.drawing.paper_marks import DOTS_PER_INCH, HATCHES, draw_mark, mark_handle, to_bytes
from geo.drawing.paper_page import Paint, paint_handles, paint_of
from geo.establishments.picture import territory_sites
from geo.territories.measures import MEASURES, Measure, territory_table

WIDTH: Final = 11.0
# Inches: above and under the maps, their room, their titles, what separates them, the legend.
HEAD, FOOT, MAPS, TITLE, GAP, LEGEND = 0.85, 0.8, 7.9, 0.42, 0.18, 2.7
HEIGHTS: Final = {1: 4.2, 2: 3.0}
COLUMNS: Final = 2
LEFT: Final = 0.22
NEIGHBOUR: Final = 0.45


@dataclass(frozen=True)
class PanesRequest:
    """
    What the maps show.

    Attributes
    ----------
    measure
        Key of `geo.territories.measures.MEASURES`.
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


def grounds(windows: Sequence[Window], size: tuple[float, float], scale: str) -> list[float]:
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


def _frame(axes: Axes, window: Window, sheet: Sheet, half: tuple[float, float]) -> None:
    """Set the limits of a map around the centre of its window, without ticks; `half` in km."""
    middle = gpd.GeoSeries.from_xy([window.lon], [window.lat], crs="EPSG:4326").to_crs(sheet.epsg)
    x, y = float(middle.x.iloc[0]), float(middle.y.iloc[0])
    (across, up) = (1000 * half[0], 1000 * half[1])
    axes.set(xlim=(x - across, x + across), ylim=(y - up, y + up), xlabel="", ylabel="")
    axes.set(xticks=[], yticks=[], aspect="auto")


def _name(axes: Axes, name: str, text: str) -> None:
    """Write the name of a territory and its figure over its map."""
    axes.set_title(name, fontsize=9, fontweight="bold", loc="left", pad=16, color=palette.INK)
    axes.annotate(
        text, (0, 1), xytext=(0, 5), xycoords="axes fraction", textcoords="offset points",
        fontsize=8, color=palette.INK, annotation_clip=False,
    )  # fmt: skip
    for spine in axes.spines.values():
        spine.set(color="#aab2b9", linewidth=0.6)


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
    assert pane.window is not None  # noqa: S101  the caller's own check
    sheet = windows_of(atlas, [pane.code])[0]
    _frame(axes, pane.window, sheet, half)
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    shapes = territories_in(atlas, sheet, detailed=True).cx[west:east, south:north]
    _fill(axes, shapes, paint, pane.code)
    shapes.loc[[pane.code]].boundary.plot(ax=axes, color=palette.SELECTED, linewidth=1.8, zorder=5)
    sites = points_in(territory_sites(atlas, pane.code), sheet)
    for key in dict.fromkeys(sites.mark):
        draw_mark(axes, sites[sites.mark == key], key)
    _frame(axes, pane.window, sheet, half)  # what GeoPandas draws moves the limits
    scale_bar(axes)
    return {*sites.mark, *shapes.index}


def _blank(atlas: Atlas, title: str, height: float) -> Figure:
    """Make a page with its title, what its figures are, and where they come from."""
    figure = Figure(figsize=(WIDTH, height), dpi=DOTS_PER_INCH, facecolor="#ffffff")
    ink: dict[str, Any] = {"color": palette.INK, "ha": "left", "va": "top"}
    declared = textwrap.wrap(" ".join(wording.MODEL_DECLARATION), 150)
    source = textwrap.wrap(map_sources(atlas), 190)
    shown, left = textwrap.shorten(title, 110, placeholder="…"), LEFT / WIDTH
    figure.text(left, 1 - 0.12 / height, shown, fontsize=15, fontweight="bold", **ink)
    figure.text(left, 1 - 0.45 / height, "\n".join(declared), fontsize=8, **ink)
    figure.text(left, (FOOT - 0.12) / height, "\n".join(source), fontsize=6.8, **ink)
    return figure


def _legend(
    figure: Figure, measure: Measure, classes: Classes, paint: Paint, used: set[str]
) -> None:
    """Write the legend at the right of the maps: classes, then only what is drawn."""
    handles = paint_handles(paint, class_texts(classes, measure.decimals), used)
    handles += [mark_handle(key) for key in palette.MARKS if key in used]
    for handle in handles:
        handle.set_label("\n".join(textwrap.wrap(str(handle.get_label()), 26)))
    place = ((WIDTH - LEGEND) / WIDTH, 1 - (HEAD + TITLE) / figure.get_figheight())
    figure.legend(
        handles=handles, title="\n".join(textwrap.wrap(title_of(measure), 32)), loc="upper left",
        bbox_to_anchor=place, frameon=False, fontsize=8.5, alignment="left", handlelength=2.2,
        title_fontproperties={"weight": "bold", "size": 9}, handleheight=1.2, borderaxespad=0,
        labelspacing=0.55,
    )  # fmt: skip


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
    areas, measure = territory_table(atlas), MEASURES[request.measure]
    ghts = areas[areas.kind == "ght"].set_index("area_code")
    classes = classify(ghts[request.measure], request.method, CLASS_COUNT)
    paint, page = paint_of(areas, classes), page_of(len(request.panes))
    figure = _blank(atlas, words.figure_title(measure.label), page.height)
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
    _legend(figure, measure, classes, paint, used)
    return figure


def panes_bytes(atlas: Atlas, request: PanesRequest, form: str) -> bytes:
    """Draw the maps and write them (see `draw_panes` and `geo.drawing.paper_marks.to_bytes`)."""
    title = words.figure_title(MEASURES[request.measure].label)
    return to_bytes(draw_panes(atlas, request), form, atlas.manifest.build_date, title)
