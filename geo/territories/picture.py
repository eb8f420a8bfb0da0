"""Static maps, without a network: PNG, SVG and PDF, with legend, scale, source and date."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
from geopandas import GeoDataFrame
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from geo import wording
from geo.atlas.load import Atlas
from geo.atlas.provenance import map_sources
from geo.drawing import palette
from geo.drawing import words as drawing_words
from geo.drawing.circles import circles
from geo.drawing.classes import CLASS_COUNT, DEFAULT_METHOD, class_texts, classify
from geo.drawing.paper_circles import CircleKey, circle_key
from geo.drawing.paper_frames import Window, near, territories_in, windows_of
from geo.drawing.paper_ground import Surround, surround
from geo.drawing.paper_marks import OUTSIDE, color_handle, point_handle, to_bytes
from geo.drawing.paper_page import (
    Ground,
    Paint,
    PaperMap,
    draw,
    fill,
    paint_handles,
    paint_of,
    plain,
)
from geo.errors import UserError
from geo.establishments.picture import support_handles, support_sites
from geo.territories.activity import INDICATORS, heading_of, with_indicators
from geo.territories.measures import Measure, territory_table


@dataclass(frozen=True)
class MapRequest:
    """
    What a static map shows.

    Attributes
    ----------
    measure
        Key of `geo.territories.activity.INDICATORS`.
    method
        Key of `geo.drawing.classes.METHODS`; classes are those of the whole country, as on screen.
    region, area
        `reg_code` or `area_code` the map is drawn around; the country when both are None.
    sites
        Whether support establishments are drawn.
    address
        Of the view on screen, written under the map; empty when there is none.
    """

    measure: str
    method: str = DEFAULT_METHOD
    region: str | None = None
    area: str | None = None
    sites: bool = True
    address: str = ""


def _shown_codes(areas: pd.DataFrame, request: MapRequest) -> tuple[list[str], list[str]]:
    """List the codes that the map is drawn around, and those that are coloured."""
    everywhere = [str(code) for code in areas.area_code]
    if request.area is not None:
        row = areas[areas.area_code == request.area]
        if row.empty:
            raise UserError(drawing_words.UNKNOWN_AREA.format(code=request.area))
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
    return str(names[request.region]) if request.region else drawing_words.WHOLE_COUNTRY


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
    measure = INDICATORS[request.measure]
    areas = with_indicators(atlas, territory_table(atlas), [measure.key])
    ghts = areas[areas.kind == "ght"].set_index("area_code")
    values = measure.drawn(ghts[request.measure])
    classes = classify(values, request.method, CLASS_COUNT)
    codes, place = _shown_codes(areas, request), _place(atlas, areas, request)
    focus, shown = codes
    paint, key = paint_of(areas, classes), _circles(values, measure, set(shown))
    is_close = len(focus) < len(shown) or len(shown) < len(paint.numbers)
    texts = class_texts(classes, measure.decimals)
    if key is not None:
        paint, texts = plain(paint), [drawing_words.PLAIN_LAND]

    def painted(axes: Axes, _: Window, shapes: GeoDataFrame, around: GeoDataFrame) -> Ground:
        fill(axes, near(shapes, around), paint, set(shown), 0.35)
        return around

    drawn = set(areas.area_code[~areas.status.isin(wording.NOT_MODELLED)])
    handles, sites = _map_handles(paint, texts, drawn & set(shown), request), support_sites(atlas)
    if request.sites:
        dots = [point_handle(palette.SUPPORT_DOT)]
        handles += support_handles(sites) if is_close else dots
    return draw(
        PaperMap(
            title=drawing_words.MAP_TITLE.format(measure=measure.label, place=place),
            subtitle=" ".join(wording.MODEL_DECLARATION), place=place,
            source=_source(atlas, request.address),
            windows=windows_of(atlas, focus), focus=focus, paint=painted,
            areas=lambda window: territories_in(atlas, window, detailed=is_close),
            legend=[(heading_of(atlas, measure), handles)],
            sites=sites if request.sites else None, circles=key, has_dots=not is_close,
            around=_around(atlas, areas, focus, is_close=is_close),
        )
    )  # fmt: skip


def _circles(values: pd.Series, measure: Measure, shown: set[str]) -> CircleKey | None:
    """Size the circles of a count, for the areas shown; None for a rate."""
    if not measure.is_count:
        return None
    key = circle_key(circles(values), [str(code) for code in values.index], measure.decimals)
    return replace(key, radii={code: key.radii[code] for code in key.radii if code in shown})


def _source(atlas: Atlas, address: str) -> str:
    """Say where the figures come from, and where the view is."""
    view = drawing_words.VIEW_ADDRESS.format(address=address) if address else ""
    return f"{map_sources(atlas)} {view}".strip()


def _around(atlas: Atlas, areas: pd.DataFrame, focus: Sequence[str], *, is_close: bool) -> Surround:
    """Name the territories that a close map is drawn around; towns are named on every map."""
    found = surround(atlas, is_close=is_close)
    own = areas[areas.area_code.isin(list(focus))]
    names = dict(zip(own.area_code, own.area_name, strict=True))
    return replace(found, areas=names) if is_close else found


def _map_handles(
    paint: Paint, texts: Sequence[str], shown: set[str], request: MapRequest
) -> list[Artist]:
    """List the entries of the legend that the map uses."""
    handles = paint_handles(paint, texts, shown)
    if request.region is not None and request.area is None:
        handles.append(color_handle(OUTSIDE, drawing_words.NEIGHBOURS))
    return handles


def map_bytes(atlas: Atlas, request: MapRequest, form: str) -> bytes:
    """Draw a map and write it (see `draw_map` and `to_bytes`)."""
    title = drawing_words.MAP_TITLE.format(
        measure=INDICATORS[request.measure].label,
        place=_place(atlas, territory_table(atlas), request),
    )
    return to_bytes(draw_map(atlas, request), form, atlas.manifest.build_date, title)
