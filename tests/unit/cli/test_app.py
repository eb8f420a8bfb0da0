"""The command line: each command, each format, each refusal."""

import io
import json
from pathlib import Path

import pandas as pd
import pytest

from geo.cli.app import TERRITORY_COLUMNS, main
from geo.sources.reading import WANTED
from tests import builders

Captured = pytest.CaptureFixture[str]
FORMATS = ("table", "csv", "json")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small bundle whose names are hostile to terminals."""
    tables = builders.small_tables()
    hostile = tables["establishments"].assign(site_name="CH [bold]de[/] Troyes [/red]")
    return builders.bundle(tmp_path_factory.mktemp("cli") / "data", establishments=hostile)


def run(folder: Path, *words: str) -> int:
    return main([*words, "--data", str(folder)])


def read(form: str, text: str) -> pd.DataFrame:
    """Read an output back."""
    if form == "csv":
        return pd.read_csv(io.StringIO(text), dtype={"reg_code": "str", "finess_et": "str"})
    return pd.DataFrame(json.loads(text))


@pytest.mark.parametrize("form", ["csv", "json"])
def test_territories_read_back_and_sum_to_the_country(
    folder: Path, capsys: Captured, form: str
) -> None:
    assert run(folder, "territories", "--format", form) == 0
    table = read(form, capsys.readouterr().out)
    assert list(table.columns) == list(TERRITORY_COLUMNS)
    assert table.area_code.to_list() == ["GE-06", "HF-13", "NON-AFFECTE"]
    assert table.ght_name.iloc[0] == "Aube et Sézannais"
    assert table.population.sum() == 800
    assert table.population.isna().to_list() == [False, True, False], "unknown is not zero"
    assert table.published_population.iloc[0] == 1000
    assert table.population_deviation_percent.iloc[0] == pytest.approx(-20)


def test_csv_integers_are_integers(folder: Path, capsys: Captured) -> None:
    run(folder, "territories", "--format", "csv")
    assert ",800,720,880,2023," in capsys.readouterr().out.splitlines()[1]


@pytest.mark.parametrize("command", ["territories", "establishments", "members"])
def test_a_table_is_shown_to_a_person(folder: Path, capsys: Captured, command: str) -> None:
    assert run(folder, command) == 0
    said = capsys.readouterr()
    assert "GE-06" in said.out
    assert "nan" not in said.out.lower().replace("finance", "")
    assert said.err == ""


def test_names_are_shown_as_they_are_never_as_markup(folder: Path, capsys: Captured) -> None:
    """A closing tag in a FINESS name must not stop the command nor colour the terminal."""
    assert run(folder, "establishments") == 0
    assert "CH [bold]de[/] Troyes [/red]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["--region", "32"], ["HF-13"]),
        (["--region", "44"], ["GE-06"]),
    ],
)
def test_a_region_is_kept(
    folder: Path, capsys: Captured, words: list[str], codes: list[str]
) -> None:
    assert run(folder, "territories", "--format", "json", *words) == 0
    assert read("json", capsys.readouterr().out).area_code.to_list() == codes


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ([], 1),
        (["--region", "44"], 1),
        (["--region", "32"], 0),
        (["--ght", "GE-06"], 1),
        (["--ght", "HF-13"], 0),
        (["--general"], 1),
    ],
)
def test_establishments_are_filtered(
    folder: Path, capsys: Captured, words: list[str], count: int
) -> None:
    assert run(folder, "establishments", "--format", "json", *words) == 0
    assert len(json.loads(capsys.readouterr().out)) == count


def test_members_are_filtered(folder: Path, capsys: Captured) -> None:
    assert run(folder, "members", "--ght", "HF-13", "--format", "csv") == 0
    table = read("csv", capsys.readouterr().out)
    assert table.ght_code.to_list() == ["HF-13"]
    assert table.evidence.to_list() == ["read"]


@pytest.mark.parametrize("typed", ["GE-06", "ge06", "GE-6", "GHT de l'Aube et du Sézannais"])
def test_a_ght_is_taken_by_its_code_or_its_name(folder: Path, capsys: Captured, typed: str) -> None:
    assert run(folder, "members", "--ght", typed, "--format", "json") == 0
    output = capsys.readouterr()
    assert {row["ght_code"] for row in json.loads(output.out)} == {"GE-06"}
    assert ("GE-06, lu par son nom" in output.err) is (" " in typed)


def test_a_region_is_taken_by_its_name(folder: Path, capsys: Captured) -> None:
    assert run(folder, "territories", "--region", "grand-est", "--format", "json") == 0
    assert {row["reg_code"] for row in json.loads(capsys.readouterr().out)} == {"44"}


def test_check_tells_the_totals(folder: Path, capsys: Captured) -> None:
    assert run(folder, "check") == 0
    assert "France (2 communes, 2 départements) : 800 habitants" in capsys.readouterr().out


# Refusals: status, one French sentence on standard error, nothing on standard output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["territories", "--region", "99"], "Région « 99 » inconnue."),
        (["establishments", "--region", "Aube"], "Région « Aube » inconnue."),
        (["establishments", "--ght", "GE-60"], "GHT « GE-60 » inconnu."),
        (["members", "--ght", "sézanne"], "GHT « sézanne » inconnu."),
        (["territories", "--regions", "Grand Est,99"], "Région « 99 » inconnue."),
    ],
)
def test_an_unknown_code_is_refused(
    folder: Path, capsys: Captured, words: list[str], said: str
) -> None:
    assert run(folder, *words) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert said in output.err
    assert ("(32)" in output.err and "(44)" in output.err) or "GE-06" in output.err


@pytest.mark.parametrize("command", ["territories", "establishments", "members", "check"])
def test_a_missing_bundle_is_refused_with_the_cure(
    tmp_path: Path, capsys: Captured, command: str
) -> None:
    assert run(tmp_path, command) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert "MANIFEST.json est absent" in output.err
    assert "make data" in output.err
    assert "Traceback" not in output.err


@pytest.mark.parametrize(
    "words",
    [["carte"], ["territories", "--colour", "red"], ["territories", "--format", "xml"], ["build"]],
)
def test_a_badly_written_command_is_status_2_in_french(capsys: Captured, words: list[str]) -> None:
    assert main(words) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("Commande mal écrite : ")
    assert "python -m geo --help" in output.err


@pytest.mark.parametrize(
    "command", [[], ["territories"], ["establishments"], ["members"], ["check"], ["build"]]
)
def test_help_is_in_french(capsys: Captured, command: list[str]) -> None:
    assert main([*command, "--help"]) == 0
    said = capsys.readouterr().out
    assert "python -m geo" in said
    assert "Show this message and exit" not in said


def test_a_build_without_sources_is_refused(tmp_path: Path, capsys: Captured) -> None:
    words = ["build", "--sources", str(tmp_path / "raw"), "--out", str(tmp_path / "data")]
    assert main(words) == 1
    assert "dossier absent. Donnez à --sources un dossier qui existe." in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_a_build_over_a_persons_folder_is_refused(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "notes.txt").write_text("precious")
    assert main(["build", "--sources", str(tmp_path), "--out", str(tmp_path)]) == 1
    assert "il serait remplacé" in capsys.readouterr().err
    assert (tmp_path / "notes.txt").read_text() == "precious"


def test_a_build_tells_its_progress_and_where_the_data_is(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Progress on standard error, the result on standard output."""
    monkeypatch.setattr("geo.sources.reading.READERS", builders.readers(builders.raw_tables()))
    monkeypatch.setattr("geo.sources.reading.SURVEYS", builders.surveys())
    for source in WANTED:
        (tmp_path / source.file_name).write_bytes(b"")
    assert main(["build", "--sources", str(tmp_path), "--out", str(tmp_path / "data")]) == 0
    output = capsys.readouterr()
    assert "communes : contours 4" in output.err
    assert output.out.startswith("Données ")
    assert run(tmp_path / "data", "check") == 0


def test_a_build_may_download_first(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(
        "geo.sources.download.download_sources", lambda folder, *_, **__: asked.append(folder)
    )
    words = ["build", "--sources", str(tmp_path), "--out", str(tmp_path / "data"), "--download"]
    assert main(words) == 1, "nothing was downloaded: the files are absent"
    assert asked == [tmp_path]
    assert "fichier absent" in capsys.readouterr().err
