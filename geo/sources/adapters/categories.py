"""FINESS categories of establishments and public statuses: labels of the codes."""

import functools
from importlib import resources

import pandas as pd

STATUS_LABELS = {
    "0": "Non concerné",
    "1": "Etablissement public de santé",
    "2": "PSPH par intégration",
    "3": "PSPH par concession",
    "6": "Etablissement de santé privé d'intérêt collectif",
    "7": "Etab de santé privé non lucratif, non déclar intérêt collect",
    "9": "indéterminé",
}


@functools.cache
def read_categories() -> pd.DataFrame:
    """
    Read the bundled nomenclature, for the formats that carry codes without labels.

    Returns
    -------
    categories
        Index `category_code`; `category_label`, `category_group_code`, `category_group_label`.
        The categories in use in FINESS on 8 January 2021.
    """
    table = resources.files("geo.sources.adapters").joinpath("finess_categories.csv")
    with table.open(encoding="utf-8") as stream:
        return pd.read_csv(stream, dtype=str).set_index("category_code")


def add_category_labels(establishments: pd.DataFrame) -> pd.DataFrame:
    """
    Label the categories and statuses of establishments known by code only.

    Parameters
    ----------
    establishments
        Columns `category_code` and `public_status_code`.

    Returns
    -------
    labelled
        The same rows with `category_label`, `category_group_code`, `category_group_label` and
        `public_status_label`; missing for a code that is not in the nomenclature.
    """
    labelled = establishments.join(read_categories(), on="category_code")
    status = labelled["public_status_code"].map(STATUS_LABELS).astype("str")
    return labelled.assign(public_status_label=status)
