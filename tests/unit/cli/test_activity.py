"""The command ``python -m geo activity``."""

import json
from pathlib import Path

import pytest

from geo.cli.app import main
from tests import builders


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small bundle, read only."""
    return builders.bundle(tmp_path_factory.mktemp("activity") / "data")


def run(data: Path, *words: str) -> int:
    return main(["activity", "--data", str(data), *words])


def rows(data: Path, capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, object]]:
    assert run(data, "--format", "json", *words) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_a_ght_is_long_by_measure_and_year(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "--ght", "GE-06", "--format", "csv") == 0
    heading, *lines = capsys.readouterr().out.splitlines()
    assert heading.startswith("place,measure,label,family,kind,year,value,unit,scope,source")
    assert any(line.startswith("GE-06,beds_mco,Lits de MCO,Capacités,stock,2024,100.0,lits,somme")
               for line in lines)  # fmt: skip
    assert all("(SAE) 2024" in line for line in lines)


def test_one_measure_of_a_ght_known_by_its_name(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (row,) = rows(data, capsys, "--ght", "Aube et Sézannais", "--measure", "deliveries")
    assert (row["place"], row["value"], row["value_ministry"]) == ("GE-06", 900, 900)


def test_a_site_and_the_country(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site,) = rows(data, capsys, "--site", "750000001", "--measure", "beds_mco")
    assert (site["place"], site["value"]) == ("750000001", 50)
    (country,) = rows(data, capsys, "--measure", "beds_mco")
    assert (country["place"], country["value"], country["value_members"]) == ("FRANCE", 150, 100)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--ght", "ZZ-01"), "GHT « ZZ-01 » inconnu"),
        (("--site", "999999999"), "Site 999999999 : aucun chiffre dans la SAE"),
        (("--measure", "lits"), "Mesure inconnue : lits. Mesures possibles : sites, beds,"),
        (("--ght", "GE-06", "--site", "750000001"), "Donnez --ght ou --site, pas les deux."),
    ],
)
def test_what_cannot_be_found_is_said_in_french(
    data: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert run(data, *words) == 1
    assert said in capsys.readouterr().err
