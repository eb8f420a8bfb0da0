"""Faults of one input: gathered, then raised once, each with values and cure."""

import pandas as pd
import pytest

from geo.errors import BundleError, DataError, GhtError, SourceError, UserError
from geo.faults import Faults, format_values


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([], ""),
        (["01001"], "01001"),
        (range(1, 6), "1, 2, 3, 4, 5"),
        (range(1, 7), "1, 2, 3, 4, 5 (et 1\u00a0autre)"),
        (range(1, 13), "1, 2, 3, 4, 5 (et 7\u00a0autres)"),
        (range(34_864), "0, 1, 2, 3, 4 (et 34\u202f859\u00a0autres)"),
        ([None, 2.5], "None, 2.5"),
    ],
)
def test_five_values_at_most_are_shown(values: list[object], text: str) -> None:
    assert format_values(values) == text


def test_no_fault_raises_nothing() -> None:
    faults = Faults("communes.csv")
    faults.duplicates(pd.Series(["1", "2"]), "code")
    faults.bad_values([], "codes", "Rien.")
    assert not faults.missing_columns(["code", "nom"], ["nom"])
    assert not faults
    faults.raise_if_any()


def test_all_the_faults_are_raised_together_in_order() -> None:
    faults = Faults("communes.csv")
    assert faults.missing_columns(["code", "name"], ["code", "nom", "population"])
    faults.duplicates(pd.Series(["01001", "01002", "01001", "01001"]), "code")
    faults.bad_values(["x", "y", "x"], "populations illisibles", "Écrivez des nombres.")
    assert faults
    with pytest.raises(SourceError) as error:
        faults.raise_if_any()
    assert error.value.subject == "communes.csv"
    assert error.value.faults == (
        (
            "colonne(s) absente(s) : nom, population. Colonnes lues : code, name. "
            "Reprenez le fichier d'origine ou renommez les colonnes."
        ),
        "code en double : 01001. Gardez une seule ligne par code.",
        "populations illisibles : x, y. Écrivez des nombres.",
    )
    assert str(error.value).startswith("communes.csv : 3 défauts.\n  - colonne(s)")


def test_one_fault_is_singular() -> None:
    assert str(SourceError("x.csv", ["fichier vide. Reprenez-le."])) == (
        "x.csv : 1 défaut.\n  - fichier vide. Reprenez-le."
    )


def test_a_caller_may_catch_the_family() -> None:
    for kind in (UserError, DataError, SourceError, BundleError):
        assert issubclass(kind, GhtError)
    assert issubclass(SourceError, DataError)
    assert issubclass(BundleError, DataError)
    assert not issubclass(UserError, DataError)
