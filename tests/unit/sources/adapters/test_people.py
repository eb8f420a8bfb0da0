"""Ages and incomes: fractions and percents, secrecy, and every fault of a file at once."""

from pathlib import Path

import pandas as pd
import pytest

from geo.sources.adapters.people import read_ages, read_incomes
from tests.unit.sources.adapters.raw import faults_of


def written(folder: Path, **columns: list[object]) -> Path:
    """Write a Parquet file."""
    path = folder / "table.parquet"
    pd.DataFrame(columns).to_parquet(path)
    return path


def ages_file(folder: Path, **changed: list[object]) -> Path:
    columns: dict[str, list[object]] = {
        "code": ["01001", "97601"],
        "part_moins25_2020": [27.0, None],
        "part_25_64_2020": [53.4, None],
        "part_65plus_2020": [19.6, None],
        "part_75plus_2020": [0.08657, None],
    }
    return written(folder, **(columns | changed))


def incomes_file(folder: Path, **changed: list[object]) -> Path:
    columns: dict[str, list[object]] = {
        "CODGEO": ["01001", "01002"],
        "MED21": ["25820", "s"],
        "TP6021": ["12.0", "s"],
        "D121": [None, "s"],
        "D921": ["", "s"],
    }
    return written(folder, **(columns | changed))


def test_the_oldest_are_in_percent_like_the_others(tmp_path: Path) -> None:
    """The republication writes 75 and over as a fraction: 0.08657 is 8.657 %."""
    first, mayotte = read_ages(ages_file(tmp_path)).to_dict("records")
    assert first["aged_65_over_percent"] == 19.6
    assert first["aged_75_over_percent"] == pytest.approx(8.657)
    assert pd.isna([value for name, value in mayotte.items() if name != "insee_code"]).all()


def test_ages_that_do_not_make_a_whole_are_told_together(tmp_path: Path) -> None:
    path = ages_file(
        tmp_path,
        code=["01001", "1002"],
        part_moins25_2020=[47.0, 27.0],
        part_25_64_2020=[53.4, 53.4],
        part_65plus_2020=[19.6, 19.6],
        part_75plus_2020=[0.1, 8.6],
    )
    said = faults_of(read_ages, path)
    assert "code invalide(s) : 1002" in said
    assert "ne font pas 100 % : 01001" in said
    assert "plus de 75 ans et plus que de 65 ans et plus : 1002" in said


def test_a_secret_is_unknown_and_never_zero(tmp_path: Path) -> None:
    table = read_incomes(incomes_file(tmp_path)).set_index("insee_code")
    assert table.median_income_eur["01001"] == 25820
    assert table.loc["01002"].isna().all()
    assert table.first_decile_eur.isna().all()


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"MED21": ["vingt mille", "s"]}, "MED21 non numérique(s) : vingt mille"),
        ({"D121": ["30000", "s"]}, "n'est pas entre les déciles : 01001"),
        ({"TP6021": ["120", "s"]}, "poverty_percent hors de 0 à 100 : 01001"),
        ({"CODGEO": ["01001", "01001"]}, "CODGEO en double"),
    ],
)
def test_wrong_incomes_are_refused(
    tmp_path: Path, changed: dict[str, list[object]], problem: str
) -> None:
    assert problem in faults_of(read_incomes, incomes_file(tmp_path, **changed))
