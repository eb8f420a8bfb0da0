"""FINESS establishments: one table whatever the format of the file."""

from pathlib import Path

import pandas as pd

from geo.faults import Faults
from geo.sources.adapters.checks import FINESS_CODE, FINESS_FORM, check_key, check_pattern
from geo.sources.adapters.contours import PARQUET_MAGIC
from geo.sources.adapters.finess_plus import read_finess_plus
from geo.sources.adapters.finess_text import read_finess_text
from geo.sources.adapters.projections import are_in_france
from geo.sources.adapters.rawfile import peek_bytes, read_parquet, strip_cells

PACIFIC = ("984", "986", "987", "988", "989")

PARQUET_COLUMNS = {
    "nofinesset": "finess_et",
    "nofinessej": "finess_ej",
    "rs": "site_name",
    "adresse": "address",
    "codepostal": "postal_code",
    "ville": "city",
    "categetab": "category_code",
    "libcategetab": "category_label",
    "categagretab": "category_group_code",
    "libcategagretab": "category_group_label",
    "codesph": "public_status_code",
    "libsph": "public_status_label",
    "dateouv": "opened_on",
    "lon": "lon",
    "lat": "lat",
    "dep": "dep_code",
    "coord_source": "coord_source",
}
FINESS_COLUMNS = tuple(PARQUET_COLUMNS.values())
TEXT_COLUMNS = tuple(name for name in FINESS_COLUMNS if name not in ("lon", "lat"))


def read_finess(path: Path) -> pd.DataFrame:
    """
    Read the establishments of FINESS, whatever the format.

    Parameters
    ----------
    path
        The Parquet republication, the old text extraction (`structureet` and `geolocalisation`
        lines) or the FINESS+ JSON of structures; the last two plain or gzip. The format is known
        by the first bytes.

    Returns
    -------
    establishments
        `finess_et` (key), `finess_ej`, `site_name`, `address`, `postal_code`, `city`,
        `category_code`, `category_label`, `category_group_code`, `category_group_label`,
        `public_status_code`, `public_status_label`, `opened_on` (AAAA-MM-JJ text), `lon`, `lat`
        (degrees WGS84, float64, missing together), `dep_code`, `coord_source`. Text that the
        source leaves empty is missing. Order of the file.

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    table = _read_any(path)
    faults = Faults(path.name)
    check_finess(faults, table)
    faults.raise_if_any()
    return table


def _read_any(path: Path) -> pd.DataFrame:
    start = peek_bytes(path)
    if start.startswith(PARQUET_MAGIC):
        return _read_parquet(path)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return read_finess_plus(path).establishments[list(FINESS_COLUMNS)]
    return read_finess_text(path)[list(FINESS_COLUMNS)]


def _read_parquet(path: Path) -> pd.DataFrame:
    faults = Faults(path.name)
    table = read_parquet(path, list(PARQUET_COLUMNS)).rename(columns=PARQUET_COLUMNS)
    degrees = {name: _to_degrees(faults, table[name], name) for name in ("lon", "lat")}
    faults.raise_if_any()
    return strip_cells(table[list(TEXT_COLUMNS)]).assign(**degrees)[list(FINESS_COLUMNS)]


def _to_degrees(faults: Faults, values: pd.Series, name: str) -> pd.Series:
    degrees = pd.to_numeric(values, errors="coerce").astype("float64")
    faults.bad_values(
        values[degrees.isna() & values.notna()], f"{name} non numérique(s)", "Degrés attendus."
    )
    return degrees


def check_finess(faults: Faults, establishments: pd.DataFrame) -> None:
    """Note the faults of a table of establishments, whatever file it comes from."""
    finess_et = establishments["finess_et"]
    check_key(faults, finess_et, "numéro FINESS établissement", FINESS_CODE, FINESS_FORM)
    check_pattern(
        faults, establishments["finess_ej"], "numéro FINESS juridique", FINESS_CODE, FINESS_FORM
    )
    lon, lat = establishments["lon"], establishments["lat"]
    faults.bad_values(
        finess_et[lon.isna() != lat.isna()],
        "longitude sans latitude, ou l'inverse, pour les établissements",
        "Remplissez les deux ou aucune.",
    )
    is_inside = are_in_france(pd.DataFrame({"minx": lon, "miny": lat, "maxx": lon, "maxy": lat}))
    is_far = lon.notna() & lat.notna() & ~is_inside & ~establishments["dep_code"].isin(PACIFIC)
    faults.bad_values(
        finess_et[is_far],
        "coordonnées hors de France pour les établissements",
        "Donnez la longitude puis la latitude, en degrés WGS84, ou la bonne projection.",
    )
