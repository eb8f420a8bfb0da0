"""The communes with their grouping and their postcodes."""

from pathlib import Path

import pandas as pd
import pytest

from geo.sources.adapters.decoupage import read_epci
from tests.unit.sources.adapters.raw import cut, faults_of

ROWS = pd.DataFrame(
    {
        "code": ["01001", "29155", "98411"],
        "nom": ["L'Abergement-Clémenciat", "Ouessant", "Îles Saint-Paul"],
        "zone": ["metro", "metro", "com"],
        "arrondissement": ["012", "291", None],
        "epci": ["200069193", None, None],
        "epci_nom": ["CC de la Dombes", None, None],
        "codesPostaux": ["01400", "29242 29217", ""],
        "population": [860.0, 831.0, None],
    }
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "communes_epci.parquet"


def test_what_a_commune_does_not_have_is_missing(path: Path) -> None:
    ROWS.to_parquet(path)
    communes = read_epci(path).set_index("insee_code")
    assert communes.columns.to_list() == [
        "commune_name", "arr_code", "epci_code", "epci_name", "postcodes", "population",
    ]  # fmt: skip
    assert list(communes.loc["01001"]) == [
        "L'Abergement-Clémenciat", "012", "200069193", "CC de la Dombes", "01400", 860,
    ]  # fmt: skip
    assert communes.postcodes["29155"] == "29242 29217"
    assert communes.epci_code.isna().to_list() == [False, True, True]
    assert communes.loc["98411", ["arr_code", "postcodes", "population"]].isna().all()
    assert str(communes.population.dtype) == "Int64"


def test_every_fault_is_told_at_once(path: Path) -> None:
    spoilt = ROWS.assign(
        code=["1001", "29155", "29155"],
        epci=["CC", "", ""],
        codesPostaux=["1400", "29242,29217", ""],
        population=[1.5, -1.0, 3.0],
    )
    spoilt.to_parquet(path)
    message = faults_of(read_epci, path)
    assert "code invalide(s) : 1001" in message
    assert "code en double : 29155" in message
    assert "epci invalide(s) : CC" in message
    assert "codesPostaux invalide(s) : 1400, 29242,29217" in message
    assert "population illisible, communes : 1001, 29155" in message


def test_another_file_is_refused(path: Path) -> None:
    ROWS.drop(columns=["epci", "nom"]).to_parquet(path)
    assert "epci" in faults_of(read_epci, path)
    ROWS[:0].to_parquet(path)
    assert "aucune ligne" in faults_of(read_epci, path)
    ROWS.to_parquet(path)
    assert "Parquet tronqué" in faults_of(read_epci, cut(path))
