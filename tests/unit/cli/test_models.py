"""The commands that run models: the same figures as the page, refusals in one sentence."""

import io
import json
from pathlib import Path

import pandas as pd
import pytest

from geo.catchment.models import MODELS
from geo.cli.app import MODEL_COLUMNS, TERRITORY_COLUMNS, main
from tests import builders

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small bundle: two communes, 800 inhabitants, one hospital."""
    return builders.bundle(tmp_path_factory.mktemp("cli") / "data")


def run(folder: Path, *words: str) -> int:
    return main([*words, "--data", str(folder)])


@pytest.mark.parametrize("model", MODELS)
def test_territories_of_every_model_sum_to_the_country(
    folder: Path, capsys: Captured, model: str
) -> None:
    assert run(folder, "territories", "--model", model, "--format", "json") == 0
    table = pd.DataFrame(json.loads(capsys.readouterr().out))
    assert list(table.columns) == [*TERRITORY_COLUMNS, *MODEL_COLUMNS]
    assert table.population.sum() == 800
    assert table.share_within_30_min.iloc[0] == 100


def test_parameters_are_taken(folder: Path, capsys: Captured) -> None:
    words = ["--model", "gravity", "--beta", "2", "--alpha", "0.5", "--decay", "log_logistic"]
    assert run(folder, "territories", *words, "--half-time", "20", "--format", "csv") == 0
    table = pd.read_csv(io.StringIO(capsys.readouterr().out))
    assert table.expected_population.sum() == pytest.approx(800)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--model", "magie"], "magie"),
        (["--model", "gravity", "--beta", "99"], "beta : « 99.0 » refusé"),
        (["--model", "gravity", "--decay", "x"], "decay : « x » refusé"),
        (["--model", "nearest", "--beta", "2"], "n'a pas de paramètre beta"),
        (["--matrix", "absent.csv"], "absent.csv"),
        (["--whole-units", "canton"], "« canton » inconnu"),
    ],
)
def test_a_wrong_option_is_refused_in_a_sentence(
    folder: Path, capsys: Captured, words: list[str], said: str
) -> None:
    assert run(folder, "territories", *words) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert said in output.err
    assert "Traceback" not in output.err


def test_a_matrix_tells_the_codes_it_does_not_know(
    folder: Path, capsys: Captured, tmp_path: Path
) -> None:
    path = tmp_path / "times.csv"
    path.write_text("origin,destination,minutes\n10001,100000001,5\n99999,100000001,7\n")
    assert run(folder, "territories", "--matrix", str(path), "--format", "json") == 0
    output = capsys.readouterr()
    assert "origines inconnues : 99999" in output.err
    assert "communes absentes" in output.err
    assert json.loads(output.out)[0]["population"] == 800


def test_options_of_a_model_say_what_they_move(folder: Path, capsys: Captured) -> None:
    words = ["--whole-units", "departement", "--own-town", "--format", "json"]
    assert run(folder, "territories", *words) == 0
    output = capsys.readouterr()
    assert "Déplacés par les options : 0\u00a0commune, 0\u00a0habitant." in output.err
    assert "vide" not in output.err
    assert json.loads(output.out)[0]["population"] == 800


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_catchment_writes_one_row_per_commune(
    folder: Path, capsys: Captured, tmp_path: Path, form: str
) -> None:
    out = tmp_path / f"out.{form}"
    words = ["--model", "gravity", "--out", str(out), "--format", form]
    assert run(folder, "catchment", *words) == 0
    assert "2 communes écrites" in capsys.readouterr().out
    table = pd.read_csv(out) if form == "csv" else pd.read_parquet(out)
    assert set(table.area_code) == {"GE-06"}


def test_catchment_refuses_another_format(folder: Path, capsys: Captured, tmp_path: Path) -> None:
    assert run(folder, "catchment", "--out", str(tmp_path / "o"), "--format", "shp") == 1
    assert "Format « shp » inconnu" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_validate_judges_every_model(folder: Path, capsys: Captured, form: str) -> None:
    assert run(folder, "validate", "--format", form) == 0
    said = capsys.readouterr().out
    assert all(model in said for model in MODELS)


def test_validate_takes_a_persons_figures(folder: Path, capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("ght_code,population,area_km2\nGE-06,400,\n")
    words = ["--published", str(path), "--detail", "--format", "json"]
    assert run(folder, "validate", *words) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["deviation_percent"] for row in rows if row["figure"] == "population"} == {100.0}


def test_validate_refuses_an_unknown_ght(folder: Path, capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("ght_code,population,area_km2\nZZ-99,400,\n")
    assert run(folder, "validate", "--published", str(path)) == 1
    assert "« ZZ-99 » inconnu" in capsys.readouterr().err


def test_validate_lists_what_describes_something_else_and_counts_it_nowhere(
    capsys: Captured, tmp_path: Path
) -> None:
    figures = builders.published(
        figure="population", value=[1000, 50], year=[2018, 2018], scope=["ght", "member"]
    )
    folder = builders.bundle(tmp_path / "data", published=figures)
    assert run(folder, "validate", "--scope", "all", "--format", "json") == 0
    rows = pd.DataFrame(json.loads(capsys.readouterr().out))
    assert rows.groupby("scope").standing.first().to_dict() == {
        "ght": "counted", "member": "other_scope",
    }  # fmt: skip
    assert run(folder, "validate", "--scope", "ght", "--format", "json") == 0
    summary = pd.DataFrame(json.loads(capsys.readouterr().out))
    assert set(summary.figure_count) == {1}
    assert summary.worst_percent.to_list() == pytest.approx([20] * len(MODELS))
    assert run(folder, "validate", "--scope", "commune") == 1
    assert "« commune » inconnu" in capsys.readouterr().err


def test_validate_draws_zones_at_random_and_says_the_seed(folder: Path, capsys: Captured) -> None:
    words = ["validate", "--placebo", "2", "--seed", "7", "--format", "csv"]
    assert run(folder, *words) == 0
    first = capsys.readouterr()
    assert "graine 7" in first.err
    table = pd.read_csv(io.StringIO(first.out)).set_index("zoning")
    assert table.draw.to_dict()["random_mean"] == 2
    assert run(folder, *words) == 0
    assert capsys.readouterr().out == first.out
    assert run(folder, *words, "--detail") == 0
    assert pd.read_csv(io.StringIO(capsys.readouterr().out)).draw.to_list() == [0, 0, 1, 2]
