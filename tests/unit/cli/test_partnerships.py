"""The command ``python -m geo partnerships``."""

import json
from pathlib import Path

import pytest

from geo.cli.app import main
from tests import builders


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return builders.bundle(tmp_path / "data")


def run(data: Path, *words: str) -> int:
    return main(["partnerships", "--data", str(data), *words])


def test_csv_has_one_row_per_partnership(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "--format", "csv") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("partnership_id,title,ght_codes,form,")
    assert lines[0].endswith(",partners,source_urls")
    assert [line.split(",")[0] for line in lines[1:]] == ["partenariat-1", "partenariat-2"]


def test_filters_by_ght_and_region(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words, count in (
        (("--ght", "HF-13"), 0), (("--ght", "GE-06"), 2), (("--region", "44"), 2),
        (("--region", "32"), 0),
    ):  # fmt: skip
        assert run(data, "--format", "json", *words) == 0
        assert len(json.loads(capsys.readouterr().out)) == count


def test_a_table_is_shown_by_default(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data) == 0
    assert "Partenariat 1" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_file_is_written(
    data: Path, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"sortie.{form}"
    assert run(data, "--format", form, "--out", str(out)) == 0
    assert capsys.readouterr().out == f"2\u00a0partenariats écrits dans {out}.\n"
    text = out.read_text(encoding="utf-8")
    assert text.count("partenariat-1") == 2 if form == "json" else len(text.splitlines()) == 3


def test_what_cannot_be_written_or_found_is_said_in_french(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, "--out", str(tmp_path)) == 1
    assert "n'a pas pu être écrit" in capsys.readouterr().err
    assert run(data, "--ght", "ZZ-01") == 1
    assert "GHT « ZZ-01 » inconnu" in capsys.readouterr().err
