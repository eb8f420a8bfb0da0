"""The command that runs the grid."""

import json
from pathlib import Path

import pytest

from geo.cli.app import main
from tests import builders

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return builders.bundle(tmp_path_factory.mktemp("cli") / "data")


def test_one_row_per_area_or_per_commune_and_the_file_is_resumed(
    folder: Path, capsys: Captured, tmp_path: Path
) -> None:
    asked = ["sensitivity", "--runs", "3", "--format", "json", "--data", str(folder)]
    kept = ["--out", str(tmp_path / "tirages.parquet")]
    assert main([*asked, *kept]) == 0
    areas = json.loads(capsys.readouterr().out)
    assert [row["area_code"] for row in areas] == ["GE-06", "NON-AFFECTE"]
    assert areas[0]["population_median"] == 800
    assert main([*asked, *kept, "--by", "commune"]) == 0
    told = capsys.readouterr()
    assert [row["stays_percent"] for row in json.loads(told.out)] == [100.0, 100.0]
    assert "3/3" not in told.err  # all of them were in the file


def test_a_number_of_runs_out_of_range_is_a_sentence(folder: Path, capsys: Captured) -> None:
    assert main(["sensitivity", "--runs", "0", "--data", str(folder)]) == 1
    assert "Nombre de tirages refusé : 0. Donnez un entier de 1 à 10" in capsys.readouterr().err
