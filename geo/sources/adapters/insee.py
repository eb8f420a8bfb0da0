"""INSEE files: official geographic code, movements, legal populations, context figures."""

from pathlib import Path

import pandas as pd

from geo.faults import Faults
from geo.sources.adapters.checks import (
    DEP_CODE,
    INSEE_CODE,
    INSEE_FORM,
    check_among,
    check_filled,
    check_key,
    check_pattern,
    to_integers,
)
from geo.sources.adapters.rawfile import read_table

DEP_FORM = "2 ou 3 caractères, par exemple 01, 2A ou 971"
COMMUNE_TYPES = ("COM", "COMD", "COMA", "ARM")
CONTEXT_TYPES = ("COM", "ARM")
MAYOTTE = "976"

COG_COLUMNS = {
    "TYPECOM": "type_code",
    "COM": "insee_code",
    "REG": "reg_code",
    "DEP": "dep_code",
    "LIBELLE": "commune_name",
    "COMPARENT": "parent_code",
}
MOVEMENT_COLUMNS = {
    "MOD": "mod",
    "DATE_EFF": "date",
    "TYPECOM_AV": "type_before",
    "COM_AV": "code_before",
    "LIBELLE_AV": "name_before",
    "TYPECOM_AP": "type_after",
    "COM_AP": "code_after",
    "LIBELLE_AP": "name_after",
}
CONTEXT_FIGURES = {
    "population_2021": "population_2021",
    "population_2015": "population_2015",
    "naissances_2022": "births_2022",
    "deces_2022": "deaths_2022",
    "pop_15_64_totale_2021": "aged_15_64_2021",
    "pop_15_64_active_2021": "active_15_64_2021",
    "pop_15_64_chomage_2021": "unemployed_15_64_2021",
}
OVERSEAS_COLUMNS = {
    "code_commune": "insee_code",
    "nom_commune": "commune_name",
    "code_collectivite": "collectivity_code",
    "nom_collectivite": "collectivity_name",
    "code_postal": "postal_code",
    "population": "population",
}


def read_cog_communes(path: Path) -> pd.DataFrame:
    """
    Read the communes of the official geographic code (INSEE `v_commune`).

    Parameters
    ----------
    path
        INSEE CSV with TYPECOM, COM, REG, DEP, LIBELLE, COMPARENT.

    Returns
    -------
    communes
        `type_code` (COM, COMD, COMA, ARM), `insee_code`, `reg_code`, `dep_code`, `commune_name`,
        `parent_code`; strings. Key: `type_code` with `insee_code`. `reg_code` and `dep_code` are
        missing for COMD and COMA, `parent_code` is missing for COM.

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    table = read_table(path, list(COG_COLUMNS)).rename(columns=COG_COLUMNS)
    faults = Faults(path.name)
    check_among(faults, table["type_code"], "TYPECOM", COMMUNE_TYPES)
    check_pattern(faults, table["insee_code"], "COM", INSEE_CODE, INSEE_FORM)
    check_filled(faults, table["commune_name"], "LIBELLE")
    is_commune = table["type_code"] == "COM"
    check_pattern(faults, table.loc[is_commune, "dep_code"], "DEP", DEP_CODE, DEP_FORM)
    faults.duplicates(table["type_code"].str.cat(table["insee_code"], " "), "TYPECOM et COM")
    faults.raise_if_any()
    return table


def read_movements(path: Path) -> pd.DataFrame:
    """
    Read the history of the communes (INSEE `v_mvt_commune`).

    Parameters
    ----------
    path
        INSEE CSV with MOD, DATE_EFF and the commune before and after.

    Returns
    -------
    movements
        `mod` (kind of event), `date` (day it took effect), `type_before`, `code_before`,
        `name_before`, `type_after`, `code_after`, `name_after`, in the order of the file.
        The side before or after is missing for a commune from or to nowhere.

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    table = read_table(path, list(MOVEMENT_COLUMNS)).rename(columns=MOVEMENT_COLUMNS)
    faults = Faults(path.name)
    check_pattern(faults, table["mod"], "MOD", r"^\d{2}$", "2 chiffres, par exemple 32")
    for column, name in (("code_before", "COM_AV"), ("code_after", "COM_AP")):
        check_pattern(faults, table[column].dropna(), name, INSEE_CODE, INSEE_FORM)
    dates = pd.to_datetime(table["date"], format="%Y-%m-%d", errors="coerce")
    faults.bad_values(
        table["date"].fillna("(vide)")[dates.isna()],
        "DATE_EFF illisible(s)",
        "Forme attendue : AAAA-MM-JJ.",
    )
    faults.bad_values(
        table.loc[table.duplicated(), "code_before"].fillna("(vide)"),
        "mouvements en double, COM_AV",
        "Gardez une seule ligne par mouvement.",
    )
    faults.raise_if_any()
    return table.assign(date=dates)


def read_departements(path: Path) -> pd.DataFrame:
    """
    Read the departements.

    Returns
    -------
    departements
        `dep_code` (key), `dep_name`, `reg_code`; strings.

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    columns = {"DEP": "dep_code", "LIBELLE": "dep_name", "REG": "reg_code"}
    table = read_table(path, list(columns)).rename(columns=columns)
    faults = Faults(path.name)
    check_key(faults, table["dep_code"], "DEP", DEP_CODE, DEP_FORM)
    check_pattern(faults, table["reg_code"], "REG", r"^\d{2}$", "2 chiffres, par exemple 44")
    check_filled(faults, table["dep_name"], "LIBELLE")
    faults.raise_if_any()
    return table


def read_regions(path: Path) -> pd.DataFrame:
    """
    Read the regions.

    Returns
    -------
    regions
        `reg_code` (key), `reg_name`; strings.

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    columns = {"REG": "reg_code", "LIBELLE": "reg_name"}
    table = read_table(path, list(columns)).rename(columns=columns)
    faults = Faults(path.name)
    check_key(faults, table["reg_code"], "REG", r"^\d{2}$", "2 chiffres, par exemple 44")
    check_filled(faults, table["reg_name"], "LIBELLE")
    faults.raise_if_any()
    return table


def read_populations(path: Path) -> pd.DataFrame:
    """
    Read the legal populations: municipal population of each commune.

    Parameters
    ----------
    path
        INSEE text with `;` between fields, or the INSEE zip that holds `donnees_communes.csv`;
        thousands may be spaced.

    Returns
    -------
    populations
        `insee_code` (key; arrondissements for Paris, Lyon, Marseille), `commune_name`, `dep_code`
        (3 digits overseas), `population` (inhabitants, PMUN, Int64).

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    columns = {
        "COM": "insee_code",
        "Commune": "commune_name",
        "DEP": "dep_code",
        "PMUN": "population",
    }
    table = read_table(path, list(columns), separator=";", member="donnees_communes.csv")
    table = table.rename(columns=columns)
    faults = Faults(path.name)
    check_key(faults, table["insee_code"], "COM", INSEE_CODE, INSEE_FORM)
    check_pattern(faults, table["dep_code"], "DEP", DEP_CODE, DEP_FORM)
    is_elsewhere = ~_belongs(table["insee_code"], table["dep_code"])
    faults.bad_values(
        table.loc[is_elsewhere, "insee_code"],
        "COM hors de son DEP",
        "Le code de la commune commence par celui du département.",
    )
    check_filled(faults, table["population"], "PMUN")
    population = to_integers(faults, table["population"], "PMUN")
    faults.raise_if_any()
    return table.assign(population=population)


def _belongs(insee_code: pd.Series, dep_code: pd.Series) -> pd.Series:
    pairs = zip(insee_code.fillna(""), dep_code.fillna(""), strict=True)
    return pd.Series([code.startswith(dep) for code, dep in pairs], index=insee_code.index)


def read_mayotte(path: Path) -> pd.DataFrame:
    """
    Read the populations of Mayotte, whose file has no commune code.

    Parameters
    ----------
    path
        INSEE text with `;`; CODCOM is 601 to 617 and COM is empty.

    Returns
    -------
    populations
        `insee_code` (key; 976 and the last two digits of CODCOM), `population` (inhabitants,
        PMUN, Int64).

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    table = read_table(path, ["DEP", "CODCOM", "PMUN"], separator=";")
    faults = Faults(path.name)
    check_among(faults, table["DEP"], "DEP", [MAYOTTE])
    check_key(faults, table["CODCOM"], "CODCOM", r"^6\d{2}$", "3 chiffres, de 601 à 617")
    check_filled(faults, table["PMUN"], "PMUN")
    population = to_integers(faults, table["PMUN"], "PMUN")
    faults.raise_if_any()
    return pd.DataFrame(
        {"insee_code": MAYOTTE + table["CODCOM"].str[-2:], "population": population}
    )


def read_context(path: Path) -> pd.DataFrame:
    """
    Read the context figures of the communes (INSEE comparateur des territoires).

    Parameters
    ----------
    path
        CSV with one line per commune and postcode; the figures are those of the commune.

    Returns
    -------
    context
        `insee_code` (key), `commune_type` (COM or ARM), `parent` (missing for COM), then Int64
        figures: `population_2021`, `population_2015`, `births_2022`, `deaths_2022`,
        `aged_15_64_2021`, `active_15_64_2021`, `unemployed_15_64_2021`. Delegated communes are
        left out. A zero in Mayotte means unknown and is missing.

    Raises
    ------
    SourceError
        Every fault of the file, among them lines of one commune that disagree.
    """
    columns = ["insee_com", "commune_type", "insee_parente", *CONTEXT_FIGURES]
    table = read_table(path, columns)
    faults = Faults(path.name)
    check_among(faults, table["commune_type"], "commune_type", COMMUNE_TYPES)
    check_pattern(faults, table["insee_com"], "insee_com", INSEE_CODE, INSEE_FORM)
    kept = table[table["commune_type"].isin(CONTEXT_TYPES)].drop_duplicates()
    repeated = kept.loc[kept["insee_com"].duplicated(), "insee_com"]
    faults.bad_values(
        repeated,
        "lignes d'une même insee_com avec des chiffres différents",
        "Gardez les chiffres justes sur chacune de ses lignes.",
    )
    figures = {new: to_integers(faults, kept[old], old) for old, new in CONTEXT_FIGURES.items()}
    faults.raise_if_any()
    return _context_frame(kept, pd.DataFrame(figures))


def _context_frame(communes: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    names = {"insee_com": "insee_code", "insee_parente": "parent"}
    in_mayotte = communes["insee_com"].str.startswith(MAYOTTE)
    known = figures.mask(figures.eq(0).fillna(value=False).astype("bool").mul(in_mayotte, axis=0))
    heads = communes[["insee_com", "commune_type", "insee_parente"]].rename(columns=names)
    return heads.join(known).reset_index(drop=True)


def read_overseas(path: Path) -> pd.DataFrame:
    """
    Read the populations of the overseas collectivities.

    Returns
    -------
    communes
        `insee_code` (key), `commune_name`, `collectivity_code`, `collectivity_name`,
        `postal_code` (several joined by `|`, missing where nobody lives), `population`
        (inhabitants, Int64, missing where unknown).

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    table = read_table(path, list(OVERSEAS_COLUMNS)).rename(columns=OVERSEAS_COLUMNS)
    faults = Faults(path.name)
    check_key(faults, table["insee_code"], "code_commune", INSEE_CODE, INSEE_FORM)
    check_filled(faults, table["commune_name"], "nom_commune")
    check_pattern(
        faults, table["collectivity_code"], "code_collectivite", r"^9[78]\d$", "3 chiffres, 978"
    )
    population = to_integers(faults, table["population"], "population")
    faults.raise_if_any()
    return table.assign(population=population)
