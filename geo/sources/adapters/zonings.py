"""Zonings of INSEE: which zone of each kind a commune is in, and what the zones are called."""

from pathlib import Path

import pandas as pd

from geo.faults import Faults
from geo.sources.adapters.checks import INSEE_CODE, INSEE_FORM, check_filled, check_key
from geo.sources.adapters.rawfile import read_parquet, strip_cells

LEVELS = {
    "ARR": "arrondissement",
    "CANOV": "canton",
    "BV2022": "bassin_vie",
    "ZE2020": "zone_emploi",
    "UU2020": "unite_urbaine",
    "AAV2020": "aire_attraction",
}
NO_ZONE = r"^Z+$"  # INSEE writes ZZZZ where a level does not exist


def read_zonings(path: Path) -> pd.DataFrame:
    """
    Read the zones of every commune (INSEE, table d'appartenance, republished by COGugaison).

    Parameters
    ----------
    path
        Parquet: `CODGEO` and the levels of `LEVELS`, on the official code of 2024. Rows without a
        code, which the republication ends with, are left out.

    Returns
    -------
    zonings
        `insee_code` (key), then a column per kind of zone: its code, missing where the level does
        not exist.

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    columns = {"CODGEO": "insee_code", **LEVELS}
    table = strip_cells(read_parquet(path, list(columns))).rename(columns=columns)
    table = table[table.insee_code.notna()].reset_index(drop=True)
    faults = Faults(path.name)
    check_key(faults, table.insee_code, "CODGEO", INSEE_CODE, INSEE_FORM)
    for level, kind in LEVELS.items():
        check_filled(faults, table[kind], level)
    faults.raise_if_any()
    kinds = list(LEVELS.values())
    table[kinds] = table[kinds].replace(NO_ZONE, None, regex=True).astype("str")
    return table


def read_zone_names(path: Path) -> pd.DataFrame:
    """
    Read the names of the zones.

    Parameters
    ----------
    path
        Parquet: `NIVGEO` (the level), `CODGEO`, `LIBGEO`.

    Returns
    -------
    names
        `kind`, `zone_code`, `zone_name`, for the kinds of `LEVELS`. Key: the first two.

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    columns = {"NIVGEO": "level", "CODGEO": "zone_code", "LIBGEO": "zone_name"}
    table = strip_cells(read_parquet(path, list(columns))).rename(columns=columns)
    table = table[table.level.isin(list(LEVELS)) & ~table.zone_code.str.match(NO_ZONE, na=True)]
    table = table.reset_index(drop=True)
    faults = Faults(path.name)
    check_filled(faults, table.zone_name, "LIBGEO")
    faults.duplicates(table.level.str.cat(table.zone_code, " "), "NIVGEO et CODGEO")
    if table.empty:
        faults.add("aucun nom de zone. Prenez le fichier des libellés de la même année.")
    faults.raise_if_any()
    return table.assign(kind=table.level.map(LEVELS).astype("str"))[
        ["kind", "zone_code", "zone_name"]
    ]
