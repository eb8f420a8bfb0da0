"""The command ``python -m geo access``."""

import json
from pathlib import Path

import pytest

from geo.cli.app import main
from tests import builders


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small bundle, read only."""
    return builders.bundle(tmp_path_factory.mktemp("access") / "data")


def run(data: Path, *words: str) -> int:
    return main(["access", "--data", str(data), *words])


def rows(data: Path, capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, object]]:
    assert run(data, "--format", "json", *words) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_official_minutes_say_so(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = rows(data, capsys, "--what", "urgences", "--ght", "GE-06")
    assert (row["kind"], row["percent_beyond_15_min"]) == ("officiel", 37.5)
    assert "DREES" in str(row["source"])


def test_each_row_has_its_unit_year_source_and_method(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (row,) = rows(data, capsys, "--what", "medecine", "--by", "departement")
    assert {"unit", "year", "source", "method"} <= set(row)
    assert (row["kind"], row["dep_code"]) == ("modélisé", "10")
    assert "sites privés" in str(row["method"])


def test_a_person_reads_the_method_once_above(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, "--what", "lits") == 0
    shown = capsys.readouterr()
    assert "20 min : 1" in shown.err
    assert "E2SFCA" not in shown.out


def test_the_communes_of_a_ght(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(data, capsys, "--what", "membre", "--by", "commune", "--ght", "GE-06")
    assert [row["minutes"] for row in found] == [3.0, 14.5]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--what", "lits", "--by", "commune"), "pas de chiffre par commune"),
        (("--what", "recours"), "ajoutez --ght"),
        (("--what", "membre", "--by", "departement", "--ght", "GE-06"), "limites diffèrent"),
    ],
)
def test_what_makes_no_sense_is_refused(
    data: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert run(data, *words) == 1
    assert said in capsys.readouterr().err
