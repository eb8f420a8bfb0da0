"""What road minutes are estimated from: official times, road posts, relief, town halls."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd

from geo.errors import SourceError
from geo.faults import Faults
from geo.sources.adapters.checks import INSEE_CODE, INSEE_FORM, check_filled, check_key
from geo.sources.adapters.projections import LAMBERT_93, to_wgs84
from geo.sources.adapters.rawfile import read_bytes, read_parquet, strip_cells

TIMES = {"code": "insee_code", "tps_su_smur_2019_min": "minutes"}
POSTS = {"route": "route", "cote": "side", "depPr": "dep_code"}
POST_FIGURES = ("cumul", "x", "y")
HALLS = {"code": "insee_code", "typecom": "type_code"}
HALL_FIGURES = {"mairie_lon": "lon", "mairie_lat": "lat"}
CURRENT = ("COM", "ARM")
LEFT_SIDE = "G"
NO_ALTITUDE = -9999


def read_drees_times(path: Path) -> pd.DataFrame:
    """
    Read the official road minutes to the nearest emergency department or SMUR.

    Parameters
    ----------
    path
        Parquet: `code`, `tps_su_smur_2019_min` (empty where the producer gives none).

    Returns
    -------
    times
        `insee_code` (key), `minutes` (float64; 0 where the commune has one, missing where unknown).

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    table = read_parquet(path, list(TIMES)).rename(columns=TIMES)
    faults = Faults(path.name)
    codes = strip_cells(table[["insee_code"]]).insee_code
    check_key(faults, codes, "code", INSEE_CODE, INSEE_FORM)
    minutes = _numbers(faults, table, "minutes")
    faults.bad_values(
        codes[minutes < 0], "temps négatifs, communes", "Minutes positives attendues."
    )
    faults.raise_if_any()
    return pd.DataFrame({"insee_code": codes, "minutes": minutes})


def read_road_posts(path: Path) -> pd.DataFrame:
    """
    Read the kilometre posts of the national road network.

    Parameters
    ----------
    path
        Parquet: `route`, `depPr`, `cote`, `cumul` (metres from the start of the route), `x`, `y`
        (Lambert-93). A route that starts with a digit is a ramp.

    Returns
    -------
    posts
        `route`, `dep_code`, `metres` (along the route), `lon`, `lat`, `is_ramp`, without the left
        carriageways, which double the right ones; in the order of the file.

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    table = read_parquet(path, [*POSTS, *POST_FIGURES])
    faults = Faults(path.name)
    texts = strip_cells(table[list(POSTS)]).rename(columns=POSTS)
    check_filled(faults, texts.route, "route")
    figures = {name: _numbers(faults, table, name) for name in POST_FIGURES}
    for name, values in figures.items():
        check_filled(faults, values, name)
    faults.raise_if_any()
    epsg = pd.Series(LAMBERT_93, index=table.index, dtype="Int64")
    points = to_wgs84(figures["x"], figures["y"], epsg)
    posts = texts.assign(metres=figures["cumul"], is_ramp=texts.route.str.match(r"\d"), **points)
    is_kept = posts.is_ramp | (posts.side != LEFT_SIDE)
    return posts[is_kept].drop(columns="side").reset_index(drop=True)


def read_town_halls(path: Path) -> pd.DataFrame:
    """
    Read the places of the town halls.

    Parameters
    ----------
    path
        Parquet: `code`, `typecom`, `mairie_lon`, `mairie_lat` (degrees, empty where unknown).

    Returns
    -------
    town_halls
        `insee_code` (key), `lon`, `lat`: communes and municipal districts of today whose town hall
        is placed; the first one where a commune has several.

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    table = read_parquet(path, [*HALLS, *HALL_FIGURES]).rename(columns=HALL_FIGURES)
    faults = Faults(path.name)
    texts = strip_cells(table[list(HALLS)]).rename(columns=HALLS)
    check_filled(faults, texts.insee_code, "code")
    points = {name: _numbers(faults, table, name) for name in HALL_FIGURES.values()}
    faults.raise_if_any()
    halls = texts.assign(**points)
    placed = halls[halls.type_code.isin(CURRENT)].dropna()
    return placed.drop_duplicates("insee_code", ignore_index=True)[["insee_code", "lon", "lat"]]


def read_relief(path: Path) -> pd.DataFrame:
    """
    Read a grid of altitudes.

    Parameters
    ----------
    path
        NumPy archive: `z` (metres), `lat` and `lon` (degrees, ascending).

    Returns
    -------
    altitude
        Metres, one row per latitude (index) and one column per longitude; missing at sea.

    Raises
    ------
    SourceError
        Unreadable archive, absent arrays, or sizes that disagree.
    """
    try:
        with np.load(io.BytesIO(read_bytes(path)), allow_pickle=False) as grid:
            z, lat, lon = grid["z"], grid["lat"], grid["lon"]
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        fault = "grille d'altitudes illisible. Attendu : archive NumPy avec z, lat et lon."
        raise SourceError(path.name, [fault]) from error
    if z.shape != (len(lat), len(lon)) or (np.diff(lat) <= 0).any() or (np.diff(lon) <= 0).any():
        fault = "z doit avoir une ligne par lat et une colonne par lon, croissantes."
        raise SourceError(path.name, [fault])
    metres = np.where(z == NO_ALTITUDE, np.nan, z.astype("float64"))
    return pd.DataFrame(metres, index=lat, columns=lon)


def _numbers(faults: Faults, table: pd.DataFrame, name: str) -> pd.Series:
    """Take a column of numbers; what is neither a number nor empty is a fault."""
    numbers = pd.to_numeric(table[name], errors="coerce").astype("float64")
    wrong = table[name][numbers.isna() & table[name].notna()]
    faults.bad_values(wrong, f"{name} non numérique(s)", "Nombres attendus.")
    return numbers
