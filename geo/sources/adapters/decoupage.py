"""The communes of the administrative division: their grouping, arrondissement and postcodes."""

from pathlib import Path

import pandas as pd

from geo.faults import Faults
from geo.sources.adapters.checks import INSEE_CODE, INSEE_FORM, check_filled, check_key
from geo.sources.adapters.rawfile import read_parquet, strip_cells

COLUMNS = {
    "code": "insee_code",
    "nom": "commune_name",
    "arrondissement": "arr_code",
    "epci": "epci_code",
    "epci_nom": "epci_name",
    "codesPostaux": "postcodes",
}
POPULATION = "population"
SIREN_FORM = "9 chiffres, par exemple 200069193"


def read_epci(path: Path) -> pd.DataFrame:
    """
    Read the communes with the groupings that hold them and their postcodes.

    Parameters
    ----------
    path
        Parquet of `@etalab/decoupage-administratif`: `code`, `nom`, `arrondissement`, `epci`,
        `epci_nom`, `codesPostaux` (separated by a blank), `population`.

    Returns
    -------
    communes
        `insee_code` (key), `commune_name`, `arr_code` (departement, then the number of the
        arrondissement), `epci_code` (SIREN), `epci_name`, `postcodes` (text: one or more,
        separated by a blank), `population` (inhabitants, Int64). Missing where the commune has
        none: four islands have no grouping, the collectivites d'outre-mer none either.

    Raises
    ------
    SourceError
        Every fault of the file.
    """
    table = read_parquet(path, [*COLUMNS, POPULATION])
    faults = Faults(path.name)
    texts = strip_cells(table[list(COLUMNS)]).rename(columns=COLUMNS)
    check_key(faults, texts.insee_code, "code", INSEE_CODE, INSEE_FORM)
    check_filled(faults, texts.commune_name, "nom")
    _check_form(faults, texts.epci_code, "epci", r"\d{9}", SIREN_FORM)
    _check_form(
        faults,
        texts.postcodes,
        "codesPostaux",
        r"\d{5}( \d{5})*",
        "5 chiffres, un espace entre deux",
    )
    people = pd.to_numeric(table[POPULATION], errors="coerce").astype("float64")
    is_wrong = table[POPULATION].notna() & ~(people.ge(0) & people.mod(1).eq(0))
    faults.bad_values(
        table.loc[is_wrong, "code"], "population illisible, communes", "Nombres entiers attendus."
    )
    faults.raise_if_any()
    return texts.assign(population=people.astype("Int64"))


def _check_form(faults: Faults, values: pd.Series, name: str, pattern: str, form: str) -> None:
    """Note the values of another form; missing ones are allowed."""
    filled = values.dropna()
    wrong = filled[~filled.str.fullmatch(pattern)]
    faults.bad_values(wrong, f"{name} invalide(s)", f"Forme attendue : {form}.")
