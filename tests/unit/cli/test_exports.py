"""Commands that write files: each writes what it says, each refusal is French."""

from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

from geo.cli.app import main
from geo.profile import book, pdf
from geo.profile.book import Book
from geo.territories import picture as territories_picture
from tests import builders

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return builders.bundle(tmp_path_factory.mktemp("cli_exports") / "data")


def run(folder: Path, *words: str) -> int:
    return main([*words, "--data", str(folder)])


def test_csv_by_default(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "t.csv"
    assert run(folder, "export", "--what", "territories", "--out", str(out)) == 0
    assert capsys.readouterr().out == f"3\u00a0lignes écrites dans {out}.\n"
    table = pd.read_csv(
        out, sep=";", decimal=",", encoding="utf-8-sig", dtype={"Code région": "str"}
    )
    assert table["Population modélisée"].sum() == 800
    assert table["Code région"][0] == "44"


def test_the_separator_may_be_a_comma(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "t.csv"
    words = ("export", "--what", "communes", "--out", str(out), "--separator", ",")
    assert run(folder, *words) == 0
    assert out.read_text("utf-8-sig").startswith("Code commune,Commune,")


def test_a_folder_gets_a_file_that_says_what_it_holds(folder: Path, tmp_path: Path) -> None:
    words = ("--what", "establishments", "--region", "44", "--format", "xlsx")
    assert run(folder, "export", *words, "--out", str(tmp_path)) == 0
    (made,) = tmp_path.iterdir()
    assert made.name.startswith("etablissements_grand-est_2026-11_v")
    assert openpyxl.load_workbook(made).sheetnames[0] == "Établissements"


@pytest.mark.parametrize("form", ["geojson", "gpkg", "parquet"])
def test_layers(folder: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"t.{form}"
    words = ("export", "--what", "territories", "--ght", "GE-06", "--format", form)
    assert run(folder, *words, "--out", str(out)) == 0
    table = gpd.read_parquet(out) if form == "parquet" else gpd.read_file(out)
    assert table.area_code.to_list() == ["GE-06"]


def test_the_links_of_partnerships_and_their_parties(folder: Path, tmp_path: Path) -> None:
    for what in ("links", "parties"):
        words = ("export", "--what", what, "--ght", "GE-06", "--format", "gpkg")
        assert run(folder, *words, "--out", str(tmp_path / f"{what}.gpkg")) == 0
    links = gpd.read_file(tmp_path / "links.gpkg", layer="links")
    parties = gpd.read_file(tmp_path / "parties.gpkg")
    assert set(links.partnership_id) <= set(parties.partnership_id)
    assert len(parties) > 0


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("export", "--what", "territories", "--region", "99"), 1, "Région « 99 » inconnue"),
        (("export", "--what", "territories", "--ght", "X"), 1, "GHT « X » inconnu"),
        (("export", "--what", "routes"), 2, "n'est pas parmi"),
        (("export",), 2, "option manquante"),
        (("figure", "--measure", "beauté"), 1, "Indicateur « beauté » inconnu"),
        (("figure", "--area", "X"), 1, "Territoire « X » inconnu"),
        (("report", "X"), 1, "Territoire « X » inconnu"),
        (("atlas", "--region", "99"), 1, "Région « 99 » inconnue"),
    ],
)
def test_refusals(
    folder: Path, tmp_path: Path, capsys: Captured, words: tuple[str, ...], status: int, said: str
) -> None:
    assert run(folder, *words, "--out", str(tmp_path / "x")) == status
    assert said in capsys.readouterr().err.replace("\n", " ")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_named(
    folder: Path, tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "absent" / "t.csv"
    assert run(folder, "export", "--what", "territories", "--out", str(out)) == 1
    assert "écriture impossible" in capsys.readouterr().err.replace("\n", " ")


def test_a_map_and_a_report_are_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(territories_picture, "map_bytes", lambda *_: b"image")
    monkeypatch.setattr(pdf, "to_pdf", lambda _: b"pdf")
    monkeypatch.setattr(
        "geo.profile.territory.profile", lambda *_: type("P", (), {"name": "A", "title": "T"})
    )
    assert run(folder, "figure", "--area", "GE-06", "--out", str(tmp_path)) == 0
    assert run(folder, "figure", "--region", "44", "--format", "svg", "--out", str(tmp_path)) == 0
    assert run(folder, "report", "GE-06", "--out", str(tmp_path / "p.pdf")) == 0
    said = capsys.readouterr().out
    assert "Carte écrite dans" in said
    assert "Portrait de T écrit dans" in said
    assert (tmp_path / "p.pdf").read_bytes() == b"pdf"
    names = {path.name.partition("_2026-11_v")[0] for path in tmp_path.glob("carte*")}
    assert names == {"carte_population_ge-06", "carte_population_grand-est"}


def test_the_book_says_what_it_kept(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    asked: list[object] = []

    def write_book(_: object, out: Path, codes: list[str], *rest: object) -> Book:
        tell = rest[-1]
        assert callable(tell)
        tell(1, 2, "GE-06")
        asked.extend([out, codes, *rest[:-1]])
        return Book(("GE-06",), ("HF-13",))

    monkeypatch.setattr(book, "write_book", write_book)
    assert run(folder, "atlas", "--out", str(tmp_path), "--region", "44", "--workers", "2") == 0
    assert asked == [tmp_path, ["GE-06"], None, 2]
    said = capsys.readouterr()
    assert "1/2 GE-06" in said.err
    assert "Portraits déjà à jour, gardés : 1." in said.out
    assert f"1\u00a0portrait écrit dans {tmp_path}" in said.out
