"""Static maps, without a network: PNG, SVG and PDF, with legend, scale, source and date."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from geo import palette, wording, wording_exports
from geo.classes import CLASS_COUNT, DEFAULT_METHOD, Classes, class_texts, classify
from geo.errors import UserError
from geo.figure_frames import (
    MAINLAND,
    Window,
    frame_on,
    points_in,
    scale_bar,
    territories_in,
    windows_of,
)
from geo.figure_marks import (
    DOTS_PER_INCH,
    HATCHES,
    OUTSIDE,
    color_handle,
    draw_mark,
    hatch_handle,
    mark_handle,
    support_sites,
    to_bytes,
)
from geo.formats import format_date, is_unknown
from geo.load import Atlas
from geo.measures import MEASURES, territory_table

SIZE_INCHES: Final = (11.0, 8.4)
MAIN_BOX: Final = (0.02, 0.115, 0.68, 0.79)
LEGEND_BOX: Final = (0.72, 0.44, 0.27, 0.465)


@dataclass(frozen=True)
class MapRequest:
    """
    What a static map shows.

    Attributes
    ----------
    measure
        Key of `geo.measures.MEASURES`.
    method
        Key of `geo.classes.METHODS`; classes are those of the whole country, as on screen.
    region, area
        `reg_code` or `area_code` the map is drawn around; the country when both are None.
    sites
        Whether support establishments are drawn.
    """

    measure: str
    method: str = DEFAULT_METHOD
    region: str | None = None
    area: str | None = None
    sites: bool = True


@dataclass(frozen=True)
class Paint:
    """How the areas of a map are filled: a class number, or the name of a hatch, by code."""

    numbers: Mapping[str, int]
    hatches: Mapping[str, str]
    colors: Sequence[str]


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
    return Paint(numbers, hatches, palette.sequential(classes.count) if classes.count else [])


def _fill(axes: Axes, shapes: gpd.GeoDataFrame, paint: Paint, shown: set[str], line: float) -> None:
    """Fill the areas of a window; those not shown are a plain ground."""
    rest = shapes[~shapes.index.isin(shown)]
    if not rest.empty:
        rest.plot(ax=axes, color=OUTSIDE, edgecolor="#ffffff", linewidth=line)
    for number, color in enumerate(paint.colors):
        group = shapes[
            [code in shown and paint.numbers.get(code) == number for code in shapes.index]
        ]
        if not group.empty:
            group.plot(ax=axes, color=color, edgecolor="#ffffff", linewidth=line)
    for name, marks in HATCHES.items():
        group = shapes[[code in shown and paint.hatches.get(code) == name for code in shapes.index]]
        hatch = palette.HATCHES[name]
        if not group.empty:
            group.plot(
                ax=axes, facecolor=hatch.ground, edgecolor=hatch.line, hatch=marks, linewidth=line
            )


def _blank(title: str, subtitle: str, source: str) -> Figure:
    """Make a page with its title, what its figures are, and where they come from."""
    figure = Figure(figsize=SIZE_INCHES, dpi=DOTS_PER_INCH, facecolor="#ffffff")
    ink: dict[str, Any] = {"color": palette.INK, "ha": "left"}
    figure.text(0.02, 0.97, textwrap.shorten(title, 110, placeholder="…"), fontsize=15,
                fontweight="bold", va="center", **ink)  # fmt: skip
    figure.text(0.02, 0.946, "\n".join(textwrap.wrap(subtitle, 150)), fontsize=8, va="top", **ink)
    figure.text(0.02, 0.098, "\n".join(textwrap.wrap(source, 190)), fontsize=6.8, va="top", **ink)
    return figure


def _legend(figure: Figure, title: str, handles: Sequence[Artist]) -> None:
    """Write the legend at the right of the map."""
    figure.legend(
        handles=list(handles), title="\n".join(textwrap.wrap(title, 38)), loc="upper left",
        bbox_to_anchor=(LEGEND_BOX[0], LEGEND_BOX[1] + LEGEND_BOX[3]), frameon=False, fontsize=8.5,
        title_fontproperties={"weight": "bold", "size": 9}, alignment="left", handlelength=2.2,
        handleheight=1.2, borderpad=0, borderaxespad=0, labelspacing=0.55,
    )  # fmt: skip


def map_sources(atlas: Atlas) -> str:
    """Write the source line of a map."""
    wanted = {"contours", "populations", "mayotte", "finess", "ghts", "members"}
    listed = [
        f"{source['title']} ({source['producer'].partition(',')[0]}, {source['vintage']})"
        for source in atlas.manifest.sources
        if source["key"] in wanted
    ]
    date = format_date(atlas.manifest.build_date)
    return wording.source_line(" ; ".join(listed), atlas.version, date)


def _inset_boxes(count: int) -> list[tuple[float, float, float, float]]:
    """Place up to six insets in two columns, under the legend."""
    boxes = []
    for number in range(count):
        row, column = divmod(number, 2)
        boxes.append((0.72 + column * 0.137, 0.365 - row * 0.127, 0.13, 0.106))
    return boxes


def _shown_codes(areas: pd.DataFrame, request: MapRequest) -> tuple[list[str], list[str]]:
    """List the codes that the map is drawn around, and those that are coloured."""
    everywhere = [str(code) for code in areas.area_code]
    if request.area is not None:
        row = areas[areas.area_code == request.area]
        if row.empty:
            raise UserError(wording_exports.UNKNOWN_AREA.format(code=request.area))
        return [request.area], everywhere
    if request.region is not None:
        inside = [str(code) for code in areas.area_code[areas.reg_code == request.region]]
        return inside, inside
    return everywhere, everywhere


def _place(atlas: Atlas, areas: pd.DataFrame, request: MapRequest) -> str:
    """Name what the map is drawn around."""
    if request.area is not None:
        return str(areas.set_index("area_code").area_name[request.area])
    names = atlas.regions.set_index("reg_code").reg_name
    return str(names[request.region]) if request.region else wording_exports.WHOLE_COUNTRY


def _draw_window(
    axes: Axes, atlas: Atlas, window: Window, paint: Paint, codes: tuple[list[str], list[str]],
    sites: pd.DataFrame,
) -> None:  # fmt: skip
    """Draw one window: areas, outline of the chosen ones, support establishments, scale."""
    focus, shown = codes
    is_close = len(focus) < len(shown) or len(shown) < len(paint.numbers)
    shapes = territories_in(atlas, window, detailed=is_close)
    _fill(axes, shapes, paint, set(shown), 0.35)
    around = shapes[shapes.index.isin(focus)]
    if len(focus) == 1:
        around.boundary.plot(ax=axes, color=palette.SELECTED, linewidth=1.8, zorder=5)
    points = points_in(sites, window)
    if not points.empty:
        draw_mark(axes, points, palette.SUPPORT, 0.75)
    frame_on(axes, around)
    scale_bar(axes, 7.5 if window == MAINLAND else 6)


def _insets(figure: Figure, windows: Sequence[Window]) -> list[tuple[Axes, Window]]:
    """Make the axes of the other windows, each with its name."""
    made = []
    for box, window in zip(_inset_boxes(len(windows)), windows, strict=True):
        axes = figure.add_axes(box)
        axes.set_title(window.name, fontsize=6.5, color=palette.INK, pad=2, loc="left")
        made.append((axes, window))
    if made:
        figure.text(0.72, 0.492, wording_exports.INSETS_NOTE, fontsize=6.5, color=palette.INK)
    return made


def draw_map(atlas: Atlas, request: MapRequest) -> Figure:
    """
    Draw the choropleth of an indicator: the country, a region or around a territory.

    Parameters
    ----------
    atlas
        The bundled tables.
    request
        What is drawn. Colours, classes and hatches are those of the screen.

    Returns
    -------
    figure
        Not tied to any window system.

    Raises
    ------
    UserError
        If the territory is unknown, or nothing is drawn there.
    """
    areas, measure = territory_table(atlas), MEASURES[request.measure]
    ghts = areas[areas.kind == "ght"].set_index("area_code")
    classes = classify(ghts[request.measure], request.method, CLASS_COUNT)
    codes, place = _shown_codes(areas, request), _place(atlas, areas, request)
    windows = windows_of(atlas, codes[0])
    if not windows:
        raise UserError(wording_exports.NO_MAP.format(name=place))
    title = wording_exports.MAP_TITLE.format(measure=measure.label, place=place)
    figure = _blank(title, " ".join(wording.MODEL_DECLARATION), map_sources(atlas))
    paint = paint_of(areas, classes)
    sites = support_sites(atlas) if request.sites else atlas.establishments.head(0)
    main = figure.add_axes(MAIN_BOX)
    for axes, window in [(main, windows[0]), *_insets(figure, windows[1:])]:
        _draw_window(axes, atlas, window, paint, codes, sites)
    drawn = set(areas.area_code[~areas.status.isin(wording.NOT_MODELLED)])
    unit = {"label": measure.label, "unit": measure.unit}
    _legend(
        figure, wording_exports.LEGEND_UNIT.format(**unit) if measure.unit else measure.label,
        _map_handles(
            paint, class_texts(classes, measure.decimals), drawn & set(codes[1]), request
        ),
    )  # fmt: skip
    return figure


def _map_handles(
    paint: Paint, texts: Sequence[str], shown: set[str], request: MapRequest
) -> list[Artist]:
    """List the entries of the legend that the map uses."""
    handles = [color_handle(color, text) for color, text in zip(paint.colors, texts, strict=True)]
    used = {name for code, name in paint.hatches.items() if code in shown}
    if "hors" in used:
        handles.append(hatch_handle("hors", wording.OUTSIDE_GHT))
    if "inconnu" in used:
        handles.append(hatch_handle("inconnu", wording.UNKNOWN_VALUE))
    if request.region is not None and request.area is None:
        handles.append(color_handle(OUTSIDE, wording_exports.NEIGHBOURS))
    if request.sites:
        handles.append(mark_handle(palette.SUPPORT))
    return handles


def map_bytes(atlas: Atlas, request: MapRequest, form: str) -> bytes:
    """Draw a map and write it (see `draw_map` and `to_bytes`)."""
    title = wording_exports.MAP_TITLE.format(
        measure=MEASURES[request.measure].label,
        place=_place(atlas, territory_table(atlas), request),
    )
    return to_bytes(draw_map(atlas, request), form, atlas.manifest.build_date, title)
