"""Small maps of territories, side by side: from the drawing of the map to an image each."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geo.palette import HATCHES, INK

Ring = npt.NDArray[np.float64]
KM_PER_DEGREE: Final = 111.32
WIDTH, HEIGHT = 360, 330
MARGIN: Final = 1.12
# Parts whose centre is farther than this from the main one, in its own half-widths, are left out:
# Mayotte is 1,400 km from La Réunion.
FARTHEST: Final = 6.0
ROUND_LENGTHS: Final = (1, 2, 5, 10, 20, 50, 100, 200)
GROUND: Final = "#eef2f5"
# A window narrower than this, from its centre, is worth the detailed drawing.
DETAIL_KM: Final = 25.0


@dataclass(frozen=True)
class Shape:
    """
    A territory as it is drawn.

    Attributes
    ----------
    code, kind
        Of the area.
    polygons
        Each a list of rings, the shell first; rings are (n, 2) arrays of degrees, closed.
    box
        West, south, east and north of the whole, degrees.
    """

    code: str
    kind: str
    polygons: tuple[tuple[Ring, ...], ...] = field(repr=False)
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Window:
    """
    What a map shows.

    Attributes
    ----------
    lon, lat
        Centre, degrees.
    half_km
        From the centre to the nearer edge, kilometres.
    is_clipped
        Whether a far part of the territory is out of it.
    """

    lon: float
    lat: float
    half_km: float
    is_clipped: bool = False


def _arcs(document: Mapping[str, Any]) -> list[Ring]:
    """Undo the quantisation of TopoJSON: differences, to be added, scaled and moved."""
    scale = np.asarray(document["transform"]["scale"])
    origin = np.asarray(document["transform"]["translate"])
    return [np.cumsum(np.asarray(arc), axis=0) * scale + origin for arc in document["arcs"]]


def _ring(numbers: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """Join arcs end to end; ``~n`` is arc n backwards."""
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate([parts[0], *[part[1:] for part in parts[1:]]])


def read_shapes(content: bytes) -> dict[str, Shape]:
    """
    Read the drawing of the territories.

    Parameters
    ----------
    content
        Quantised TopoJSON with an object `territories`, polygons with an `id` and a `kind`.

    Returns
    -------
    shapes
        By `area_code`.
    """
    document = json.loads(content)
    arcs = _arcs(document)
    shapes = {}
    for geometry in document["objects"]["territories"]["geometries"]:
        is_single = geometry["type"] == "Polygon"
        parts = [geometry["arcs"]] if is_single else geometry["arcs"]
        polygons = tuple(tuple(_ring(ring, arcs) for ring in part) for part in parts)
        code = str(geometry["id"])
        box = _box(np.concatenate([polygon[0] for polygon in polygons]))
        shapes[code] = Shape(code, str(geometry["properties"]["kind"]), polygons, box)
    return shapes


def _box(ring: Ring) -> tuple[float, float, float, float]:
    """Bounds of a ring: west, south, east, north."""
    (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
    return float(west), float(south), float(east), float(north)


def _size(box: tuple[float, float, float, float]) -> float:
    """Area of a box, in square degrees."""
    return (box[2] - box[0]) * (box[3] - box[1])


def window_of(shape: Shape) -> Window:
    """Find the window that holds a territory, its far parts left out."""
    boxes = [_box(polygon[0]) for polygon in shape.polygons]
    main = max(boxes, key=_size)
    centre = ((main[0] + main[2]) / 2, (main[1] + main[3]) / 2)
    reach = FARTHEST * max(main[2] - main[0], main[3] - main[1]) / 2
    near = [
        box
        for box in boxes
        if math.hypot((box[0] + box[2]) / 2 - centre[0], (box[1] + box[3]) / 2 - centre[1]) <= reach
    ]
    west, south = min(box[0] for box in near), min(box[1] for box in near)
    east, north = max(box[2] for box in near), max(box[3] for box in near)
    lon, lat = (west + east) / 2, (south + north) / 2
    across = (east - west) * KM_PER_DEGREE * math.cos(math.radians(lat)) / 2
    up = (north - south) * KM_PER_DEGREE / 2
    half = max(across * HEIGHT / WIDTH, up) * MARGIN
    return Window(lon, lat, half, len(near) < len(boxes))


def _place(window: Window) -> Callable[[Ring], Ring]:
    """Make the function that turns degrees into pixels (local plate carrée, north up)."""
    per_km = HEIGHT / 2 / window.half_km
    across = KM_PER_DEGREE * math.cos(math.radians(window.lat)) * per_km
    up = KM_PER_DEGREE * per_km

    def place(points: Ring) -> Ring:
        x = WIDTH / 2 + (points[:, 0] - window.lon) * across
        y = HEIGHT / 2 - (points[:, 1] - window.lat) * up
        return np.column_stack([x, y])

    return place


def _path(shape: Shape, place: Callable[[Ring], Ring]) -> str:
    """Write the rings in the window as an SVG path; points of the same half pixel are merged."""
    parts = []
    for polygon in shape.polygons:
        for ring in polygon:
            pixels = np.round(place(ring) * 2) / 2
            (left, top), (right, bottom) = pixels.min(axis=0), pixels.max(axis=0)
            if right < 0 or bottom < 0 or left > WIDTH or top > HEIGHT:
                continue
            moved = np.any(np.diff(pixels, axis=0) != 0, axis=1)
            kept = pixels[np.concatenate([[True], moved])]
            parts.append("M" + "L".join(f"{x:g},{y:g}" for x, y in kept) + "Z")
    return "".join(parts)


def _is_near(shape: Shape, window: Window) -> bool:
    """Tell whether the box of a territory may meet a window."""
    west, south, east, north = shape.box
    up = window.half_km / KM_PER_DEGREE
    across = up * WIDTH / HEIGHT / math.cos(math.radians(window.lat))
    return (
        west <= window.lon + across
        and east >= window.lon - across
        and south <= window.lat + up
        and north >= window.lat - up
    )


def _hatch(name: str) -> str:
    """Define the pattern of an area that carries no class."""
    hatch = HATCHES[name]
    return (
        f'<pattern id="{name}" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({hatch.angle})"><rect width="7" height="7" fill="{hatch.ground}"'
        f'/><path d="M0,3.5H7" stroke="{hatch.line}" stroke-width="{hatch.width}"/></pattern>'
    )


def bar_km(half_km: float) -> int:
    """Choose the round length of the scale bar: about a quarter of the width."""
    quarter = half_km / 2
    fitting = [length for length in ROUND_LENGTHS if length <= quarter]
    return fitting[-1] if fitting else ROUND_LENGTHS[0]


def _bar(half_km: float) -> str:
    """Draw the scale bar; its length is written beside the map."""
    length = bar_km(half_km) * HEIGHT / 2 / half_km
    path = f"M12,{HEIGHT - 18}v6h{length:.1f}v-6"
    return (
        f'<path d="{path}" fill="none" stroke="#ffffff" stroke-width="5"/>'
        f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="2"/>'
    )


def small_map(
    shapes: Mapping[str, Shape],
    code: str,
    window: Window,
    fills: Mapping[str, str],
    sites: Sequence[tuple[float, float]],
) -> str:
    """
    Draw a territory among its neighbours.

    Parameters
    ----------
    shapes
        Every territory.
    code
        The one outlined.
    window
        What the map shows.
    fills
        Web colour of each area; hatched when it has none.
    sites
        Longitude and latitude of its sites.

    Returns
    -------
    svg
        A document without any text: names stand beside it.
    """
    place = _place(window)
    drawn = []
    for shape in shapes.values():
        path = _path(shape, place) if _is_near(shape, window) else ""
        if not path:
            continue
        fill = fills.get(shape.code) or f"url(#{'inconnu' if shape.kind == 'ght' else 'hors'})"
        faint = "" if shape.code == code else ' fill-opacity="0.45"'
        drawn.append(f'<path d="{path}" fill="{fill}"{faint} stroke="#8a939b" stroke-width="0.7"/>')
    outline = _path(shapes[code], place)
    drawn.append(f'<path d="{outline}" fill="none" stroke="{INK}" stroke-width="2.6"/>')
    for x, y in place(np.asarray(sites, dtype="float64").reshape(-1, 2)):
        drawn.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#111111" stroke="#ffffff" '
            'stroke-width="1.5"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}"><defs>{_hatch("inconnu")}{_hatch("hors")}</defs>'
        f'<rect width="100%" height="100%" fill="{GROUND}"/>{"".join(drawn)}'
        f"{_bar(window.half_km)}</svg>"
    )
