"""Ages and incomes of the inhabitants of the communes."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from geo.faults import Faults
from geo.sources.adapters.checks import INSEE_CODE, INSEE_FORM, check_key
from geo.sources.adapters.rawfile import read_parquet, strip_cells

AGE_COLUMNS = {
    "part_moins25_2020": "under_25_percent",
    "part_25_64_2020": "aged_25_64_percent",
    "part_65plus_2020": "aged_65_over_percent",
    "part_75plus_2020": "aged_75_over_percent",
}
INCOME_COLUMNS = {
    "MED21": "median_income_eur",
    "TP6021": "poverty_percent",
    "D121": "first_decile_eur",
    "D921": "ninth_decile_eur",
}
WHOLE = ("under_25_percent", "aged_25_64_percent", "aged_65_over_percent")
WHOLE_TOLERANCE = 0.25  # three shares rounded to a tenth
OLDEST_TOLERANCE = 0.5
PERCENT = (0, 100)
SECRET = ("", "s", "ns", "nd")


def read_ages(path: Path) -> pd.DataFrame:
    """
    Read the ages of the inhabitants (INSEE census of 2020, republished).

    Parameters
    ----------
    path
        Parquet: `code` and the shares of `AGE_COLUMNS`. Three are in percent; `part_75plus_2020`
        is a fraction.

    Returns
    -------
    ages
        `insee_code` (key), `under_25_percent`, `aged_25_64_percent`, `aged_65_over_percent`,
        `aged_75_over_percent` (part of the one before): percent, float64, missing where unknown.

    Raises
    ------
    SourceError
        Every fault of the file, among them shares that do not make a whole.
    """
    faults = Faults(path.name)
    table = _figures(faults, path, "code", AGE_COLUMNS)
    table["aged_75_over_percent"] *= 100
    check_key(faults, table.insee_code, "code", INSEE_CODE, INSEE_FORM)
    _check_percent(faults, table, tuple(AGE_COLUMNS.values()))
    whole = table[list(WHOLE)].sum(axis="columns", min_count=len(WHOLE))
    faults.bad_values(
        table.insee_code[(whole - 100).abs() > WHOLE_TOLERANCE],
        "communes dont les parts d'âge ne font pas 100 %",
        "Reprenez le fichier du producteur.",
    )
    faults.bad_values(
        table.insee_code[
            table.aged_75_over_percent > table.aged_65_over_percent + OLDEST_TOLERANCE
        ],
        "communes avec plus de 75 ans et plus que de 65 ans et plus",
        "part_75plus_2020 est une fraction entre 0 et 1.",
    )
    faults.raise_if_any()
    return table


def read_incomes(path: Path) -> pd.DataFrame:
    """
    Read the incomes of the households (INSEE Filosofi 2021, republished).

    Parameters
    ----------
    path
        Parquet: `CODGEO` and the figures of `INCOME_COLUMNS`; "s" or empty for secrecy.

    Returns
    -------
    incomes
        `insee_code` (key; both Paris, Lyon, Marseille and their arrondissements),
        `median_income_eur`, `first_decile_eur`, `ninth_decile_eur` (euros a year and unit of
        consumption), `poverty_percent` (households below 60 % of the national median): float64,
        missing where the producer keeps them secret.

    Raises
    ------
    SourceError
        Every fault of the file, among them deciles in the wrong order.
    """
    faults = Faults(path.name)
    table = _figures(faults, path, "CODGEO", INCOME_COLUMNS)
    check_key(faults, table.insee_code, "CODGEO", INSEE_CODE, INSEE_FORM)
    _check_percent(faults, table, ("poverty_percent",))
    is_low = table.median_income_eur < table.first_decile_eur
    is_high = table.median_income_eur > table.ninth_decile_eur
    faults.bad_values(
        table.insee_code[is_low | is_high | (table.median_income_eur <= 0)],
        "communes dont le revenu médian n'est pas entre les déciles",
        "Reprenez le fichier du producteur.",
    )
    faults.raise_if_any()
    return table


def _check_percent(faults: Faults, table: pd.DataFrame, columns: tuple[str, ...]) -> None:
    """Note the communes with a share outside 0 to 100."""
    for column in columns:
        faults.bad_values(
            table.insee_code[~table[column].fillna(0).between(*PERCENT)],
            f"communes avec {column} hors de 0 à 100",
            "Reprenez le fichier du producteur.",
        )


def _figures(faults: Faults, path: Path, code: str, columns: Mapping[str, str]) -> pd.DataFrame:
    """Read the code of each commune and figures; secret ones are missing, never zero."""
    table = read_parquet(path, [code, *columns])
    read = strip_cells(table[[code]]).rename(columns={code: "insee_code"})
    for old, new in columns.items():
        known = table[old].mask(table[old].astype("str").str.strip().isin(SECRET))
        read[new] = pd.to_numeric(known, errors="coerce").astype("float64")
        faults.bad_values(
            known[read[new].isna() & known.notna()], f"{old} non numérique(s)", "Nombres attendus."
        )
    faults.raise_if_any()
    return read
