"""Maps of territories side by side: the window of each, and what travels to the browser."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.atlas.load import Atlas
from geo.drawing.protocol import MapView, PaneView
from geo.geography.distance import EARTH_RADIUS_KM

KM_PER_DEGREE: Final = math.radians(EARTH_RADIUS_KM)
# Parts whose centre is farther than this from the main one, in its own half-widths, are left out:
# Mayotte is 1,400 km from La Réunion.
FARTHEST: Final = 6.0
# Room left around a territory.
MARGIN: Final = 1.08


@dataclass(frozen=True)
class Window:
    """
    What a map shows of a territory.

    Attributes
    ----------
    lon, lat
        Centre, degrees, EPSG:4326.
    across_km, up_km
        From the centre to the edges of the territory, kilometres.
    is_clipped
        Whether a far part of the territory is out of it.
    """

    lon: float
    lat: float
    across_km: float
    up_km: float
    is_clipped: bool = False


def window_of(parts: pd.DataFrame) -> Window:
    """
    Find the window that holds a territory, its far parts left out.

    Parameters
    ----------
    parts
        Bounds of each of its polygons: `minx`, `miny`, `maxx`, `maxy`, degrees; at least one row.
    """
    width, height = parts.maxx - parts.minx, parts.maxy - parts.miny
    x, y = (parts.minx + parts.maxx) / 2, (parts.miny + parts.maxy) / 2
    main = int(np.argmax(width * height))
    reach = FARTHEST * max(width.iloc[main], height.iloc[main]) / 2
    is_near = np.hypot(x - x.iloc[main], y - y.iloc[main]) <= reach
    near = parts[is_near]
    west, south, east, north = near.minx.min(), near.miny.min(), near.maxx.max(), near.maxy.max()
    lat = (south + north) / 2
    across = (east - west) * KM_PER_DEGREE * np.cos(np.radians(lat)) / 2
    up = (north - south) * KM_PER_DEGREE / 2
    return Window(float((west + east) / 2), float(lat), float(across), float(up), not is_near.all())


def read_windows(atlas: Atlas) -> dict[str, Window]:
    """
    Find the window of every territory that has an outline.

    Returns
    -------
    windows
        By `area_code`. About 0.2 s: to be kept.

    Raises
    ------
    BundleError
        If the outlines are missing or altered.
    """
    areas = gpd.read_parquet(atlas.shapes("territories")).set_index("area_code")
    parts = areas[["geometry"]].explode()
    bounds = parts[~parts.is_empty & parts.geometry.notna()].bounds
    return {str(code): window_of(rows) for code, rows in bounds.groupby(level=0)}


@dataclass(frozen=True)
class Pane:
    """
    One of the maps.

    Attributes
    ----------
    code, name
        Of the territory.
    text
        Its figure, with the name of the measure.
    note
        What the map leaves out, or why there is none.
    window
        None for a territory that nothing draws.
    """

    code: str
    name: str
    text: str
    note: str
    window: Window | None


def _pane(pane: Pane) -> PaneView:
    """Write a map for the browser: ten metres are enough."""
    window = pane.window
    written: PaneView = {
        "code": pane.code, "name": pane.name, "text": pane.text, "note": pane.note, "lon": None,
    }  # fmt: skip
    if window is None:
        return written
    return {
        **written, "lon": round(window.lon, 4), "lat": round(window.lat, 4),
        "across": round(window.across_km, 2), "up": round(window.up_km, 2),
    }  # fmt: skip


def panes_view(panes: Sequence[Pane], scale: str) -> MapView:
    """
    Say what each map shows; to give as the view of `geo.drawing.screen_map.paint_values`.

    Parameters
    ----------
    panes
        From two to four, in the order shown.
    scale
        "commune": the same for all, that of the largest; "propre": each as large as it can be.

    Returns
    -------
    view
        For a frame whose base is `geo.drawing.screen_map.base_map` with panes.
    """
    return {"panes": [_pane(pane) for pane in panes], "scale": scale}
