"""Checks shared by the adapters: forms of the codes, closed lists, whole numbers."""

from collections.abc import Sequence

import pandas as pd

from geo.faults import Faults

INSEE_CODE = r"^(\d{2}|2[AB])\d{3}$"
DEP_CODE = r"^(\d{2}|2[AB]|9[78]\d)$"
FINESS_CODE = r"^(\d{2}|2[AB])\d{7}$"
GHT_CODE = r"^[A-Z]{2,5}-\d{2,4}$"
INSEE_FORM = "5 caractères, zéro initial compris, par exemple 01004 ou 2A004"
HEADING_LINES = 1
FINESS_FORM = "9 caractères, zéro initial compris, par exemple 100000017"
GHT_FORM = "lettres, tiret, chiffres, par exemple GE-06"


def check_pattern(faults: Faults, values: pd.Series, name: str, pattern: str, form: str) -> None:
    """
    Note the values that do not match a pattern; missing ones are noted as missing.

    Parameters
    ----------
    faults
        Where to note them.
    values
        Strings, no missing value allowed.
    name
        The column as the person knows it.
    pattern
        Regular expression the whole value must match.
    form
        The expected form in French, for the cure.
    """
    check_filled(faults, values, name)
    filled = values.dropna()
    wrong = filled[~filled.str.match(pattern)]
    faults.bad_values(wrong, f"{name} invalide(s)", f"Forme attendue : {form}.")


def check_key(faults: Faults, values: pd.Series, name: str, pattern: str, form: str) -> None:
    """Note the values of a key that are missing, malformed or repeated (see `check_pattern`)."""
    check_pattern(faults, values, name, pattern, form)
    faults.duplicates(values.dropna(), name)


def check_filled(faults: Faults, values: pd.Series, name: str) -> None:
    """Note the lines where a value is missing; the index counts the data lines from 0."""
    lines = [str(row + HEADING_LINES + 1) for row in values.index[values.isna()]]
    faults.bad_values(lines, f"{name} vide, ligne(s)", "Complétez ou retirez ces lignes.")


def check_among(faults: Faults, values: pd.Series, name: str, allowed: Sequence[str]) -> None:
    """Note the values outside a closed list."""
    wrong = values[~values.isin(list(allowed))].fillna("(vide)")
    faults.bad_values(wrong, f"{name} inconnu(s)", f"Valeurs admises : {', '.join(allowed)}.")


def to_integers(faults: Faults, values: pd.Series, name: str) -> pd.Series:
    """
    Turn French written whole numbers into integers.

    Parameters
    ----------
    faults
        Where the values that are no whole number are noted.
    values
        Strings; blanks and no-break spaces between thousands are accepted.
    name
        The column as the person knows it.

    Returns
    -------
    numbers
        Int64, missing where the string is missing.
    """
    compact = values.str.replace(r"\s", "", regex=True)
    is_wrong = compact.notna() & ~compact.str.fullmatch(r"\d+", na=False)
    faults.bad_values(
        values[is_wrong], f"{name} non numérique(s)", "Nombres entiers positifs attendus."
    )
    return pd.to_numeric(compact.mask(is_wrong)).astype("Int64")
