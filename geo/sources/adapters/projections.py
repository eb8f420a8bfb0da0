"""From the projected coordinates of FINESS to WGS84, zone by zone."""

import functools
import re

import numpy as np
import pandas as pd
from pyproj import Transformer

LAMBERT_93 = 2154
EPSG_BY_ZONE = {"20N": 5490, "21N": 4467, "22N": 2972, "38S": 4471, "40S": 2975}
EPSG_BY_DEP = {"971": 5490, "972": 5490, "973": 2972, "974": 2975, "975": 4467, "976": 4471}
OVERSEAS_DEP = re.compile(r"^9[78]\d$")
KNOWN_EPSG = frozenset({LAMBERT_93, *EPSG_BY_ZONE.values(), 32620, 32621, 32622, 32738, 32740})

# Bounding boxes: west, south, east, north. One box for all would let swapped coordinates through:
# longitude 48, latitude 4 lies between Guyane and La Réunion.
METROPOLE_BOX = (-5.6, 41.2, 9.8, 51.3)
OVERSEAS_BOXES = {
    "971": (-63.3, 15.7, -60.9, 18.2),
    "972": (-61.3, 14.3, -60.7, 15.0),
    "973": (-54.7, 2.0, -51.5, 5.9),
    "974": (55.1, -21.5, 55.9, -20.8),
    "975": (-56.6, 46.6, -56.0, 47.3),
    "976": (44.9, -13.1, 45.4, -12.6),
}

_EPSG = re.compile(r"EPSG\s*:\s*(\d{4,5})", re.IGNORECASE)
_ZONE = re.compile(r"UTM[ _]*(?:ZONE[ _]*)?([NS])?[ _]*(\d{2})[ _]*([NS])?", re.IGNORECASE)
_LAMBERT = re.compile(r"LAMBERT[ _-]*93", re.IGNORECASE)


@functools.lru_cache(maxsize=4096)
def epsg_of(coord_source: str, dep_code: str) -> int | None:
    """
    Find the projection of a FINESS position.

    Parameters
    ----------
    coord_source
        The `sourcecoordet` text, for instance `1,IGN,100,BD_ADRESSE,V2.2,LAMBERT_93` or
        `2,ATLASANTE,96,BAN,EPSG:5490 RGAF09/UTM Zone 20N (Antilles)`; may be empty.
    dep_code
        Departement, which decides when the text names no projection.

    Returns
    -------
    epsg
        EPSG code; None when neither the text nor the departement settles it.
    """
    if found := _EPSG.search(coord_source):
        epsg = int(found[1])
        return epsg if epsg in KNOWN_EPSG else None
    if _LAMBERT.search(coord_source):
        return LAMBERT_93
    if found := _ZONE.search(coord_source):
        return EPSG_BY_ZONE.get(found[2] + (found[1] or found[3] or "").upper())
    return None if OVERSEAS_DEP.match(dep_code) else LAMBERT_93


def to_wgs84(x: pd.Series, y: pd.Series, epsg: pd.Series) -> pd.DataFrame:
    """
    Reproject points, each from its own projection.

    Parameters
    ----------
    x, y
        Easting and northing (metres), float64, possibly missing.
    epsg
        EPSG code of each point, Int64; missing leaves the point missing.

    Returns
    -------
    positions
        `lon`, `lat` (degrees WGS84, float64, rounded to 1e-6), indexed like `x`.
    """
    positions = pd.DataFrame({"lon": np.nan, "lat": np.nan}, index=x.index)
    is_known = x.notna() & y.notna() & epsg.notna()
    for code in sorted(epsg[is_known].unique()):
        rows = is_known & epsg.eq(code).fillna(value=False).astype("bool")
        transformer = Transformer.from_crs(int(code), 4326, always_xy=True)
        lon, lat = transformer.transform(x[rows].to_numpy(), y[rows].to_numpy())
        positions.loc[rows, "lon"] = np.round(lon, 6)
        positions.loc[rows, "lat"] = np.round(lat, 6)
    return positions


def are_in_france(bounds: pd.DataFrame) -> pd.Series:
    """
    Tell the shapes that lie within one territory of France.

    Parameters
    ----------
    bounds
        `minx`, `miny`, `maxx`, `maxy` (degrees WGS84).

    Returns
    -------
    is_inside
        False for shapes outside, astride two territories, or without bounds.
    """
    is_inside = pd.Series(data=False, index=bounds.index)
    for west, south, east, north in (METROPOLE_BOX, *OVERSEAS_BOXES.values()):
        is_inside |= (
            bounds["minx"].ge(west)
            & bounds["maxx"].le(east)
            & (bounds["miny"].ge(south) & bounds["maxy"].le(north))
        )
    return is_inside


def is_in_france(lon: float, lat: float) -> bool:
    """Tell whether a point (degrees WGS84) lies in a territory of France."""
    return any(
        west <= lon <= east and south <= lat <= north
        for west, south, east, north in (METROPOLE_BOX, *OVERSEAS_BOXES.values())
    )


def repair_overseas(lon: pd.Series, lat: pd.Series, dep_code: pd.Series) -> pd.DataFrame:
    """
    Put back in place the overseas positions that a republication took for Lambert-93.

    Parameters
    ----------
    lon, lat
        Positions as published, float64; some may still be metres of their UTM zone.
    dep_code
        Departement of each.

    Returns
    -------
    positions
        `lon`, `lat` (degrees WGS84) and `coord_source`: `published`,
        `repaired_from_bad_reprojection_epsg5490` (or another zone), `left_in_metres_epsg5490`,
        `missing`.
    """
    source = lon.notna().map({True: "published", False: "missing"}).astype("str")
    placed = pd.DataFrame({"lon": lon, "lat": lat, "coord_source": source})
    for dep, box in OVERSEAS_BOXES.items():
        rows = dep_code.eq(dep) & lon.notna() & ~_in_box(lon, lat, box)
        epsg = pd.Series(EPSG_BY_DEP[dep], index=lon.index[rows], dtype="Int64")
        for kind, (x, y) in _readings(lon[rows], lat[rows]).items():
            moved = to_wgs84(x, y, epsg)
            moved = moved[_in_box(moved["lon"], moved["lat"], box)]
            placed.loc[moved.index, ["lon", "lat"]] = moved
            placed.loc[moved.index, "coord_source"] = f"{kind}_epsg{EPSG_BY_DEP[dep]}"
    return placed


def _in_box(lon: pd.Series, lat: pd.Series, box: tuple[float, float, float, float]) -> pd.Series:
    return lon.between(box[0], box[2]) & lat.between(box[1], box[3])


def _readings(lon: pd.Series, lat: pd.Series) -> dict[str, tuple[pd.Series, pd.Series]]:
    to_lambert = Transformer.from_crs(4326, LAMBERT_93, always_xy=True)
    is_degrees = lon.abs().le(180) & lat.abs().le(90)
    x, y = to_lambert.transform(lon[is_degrees].to_numpy(), lat[is_degrees].to_numpy())
    index = lon.index[is_degrees]
    return {
        "left_in_metres": (lon[~is_degrees], lat[~is_degrees]),
        "repaired_from_bad_reprojection": (pd.Series(x, index=index), pd.Series(y, index=index)),
    }
