"""Raw files: which one is read, by which adapter, and what is said of it."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from geo.errors import SourceError, UserError
from geo.sources.adapters.compositions import Composition
from geo.sources.reading import WANTED, Log, choose_paths, population_year, provenance, read_raw
from tests import builders

SOURCES = {source.key: source for source in WANTED}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a file of the right name for every source."""
    for source in WANTED:
        (tmp_path / source.file_name).write_bytes(b"")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "content", "format_read"),
    [
        ("liste.XLSX", b"", "ministry"),
        ("bundle.json", b'{"resourceType": "Bundle"}', "fhir"),
        ("bundles.zip", b"PK", "fhir"),
        ("finess.json", b'{"structures": []}', "finess_plus"),
    ],
)
def test_a_composition_is_known_by_its_name_and_first_bytes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, format_read: str
) -> None:
    """One file gives both the GHTs and the members in use; the list before stays."""
    raw = builders.raw_tables()
    given = Composition(raw["ghts"], raw["members"])
    wrapped = type("Bundles", (), {"composition": given})
    seen: list[str] = []

    def reads(key: str, result: object) -> Callable[[Path], object]:
        def read(_: Path) -> object:
            seen.append(key)
            return result

        return read

    monkeypatch.setattr(
        "geo.sources.adapters.ministry.read_ministry_list", reads("ministry", given)
    )
    monkeypatch.setattr("geo.sources.adapters.fhir.read_fhir_bundles", reads("fhir", wrapped))
    monkeypatch.setattr(
        "geo.sources.adapters.finess_plus.read_finess_groups", reads("finess_plus", given)
    )
    monkeypatch.setattr("geo.sources.reading.READERS", builders.readers(raw))
    monkeypatch.setattr("geo.sources.reading.SURVEYS", builders.surveys())
    (folder / name).write_bytes(content)
    told: list[str] = []
    read = read_raw(choose_paths(folder, {"composition": folder / name}), Log(told.append))
    assert seen == [format_read]
    assert read["composition_members"] is given.members
    assert read["composition_ghts"] is given.ghts
    assert read["members"] is raw["members"]
    assert f"lecture composition_members ({name}) : lignes 5" in told
    assert "later_mergers" in read, "the curated facts are read too"


def test_the_faults_of_a_composition_join_the_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path) -> Composition:
        raise SourceError(path.name, ["feuille vide."])

    monkeypatch.setattr("geo.sources.adapters.ministry.read_ministry_list", broken)
    monkeypatch.setattr("geo.sources.reading.READERS", builders.readers(builders.raw_tables()))
    monkeypatch.setattr("geo.sources.reading.SURVEYS", builders.surveys())
    (folder / "liste.xlsx").write_bytes(b"")
    paths = choose_paths(folder, {"composition": folder / "liste.xlsx"})
    with pytest.raises(SourceError) as error:
        read_raw(paths, Log(lambda _: None))
    assert error.value.faults == ("liste.xlsx : feuille vide.",)


def test_a_supplied_file_takes_the_place_of_the_usual_one(folder: Path) -> None:
    (folder / "mine.csv").write_bytes(b"")
    paths = choose_paths(folder, {"finess": folder / "mine.csv"})
    assert paths["finess"] == folder / "mine.csv"
    assert paths["cog_communes"].name == SOURCES["cog_communes"].file_name
    assert set(paths) == set(SOURCES)


@pytest.mark.parametrize(
    ("name", "year"),
    [("pop_2024.csv", 2024), ("1999-recensement.csv", 1999), ("mayotte2017v3.csv", 2017)],
)
def test_the_year_of_a_population_is_in_the_name_of_its_file(name: str, year: int) -> None:
    assert population_year(Path(name), "populations") == year


def test_the_usual_file_has_the_declared_year() -> None:
    for key in ("populations", "mayotte"):
        source = SOURCES[key]
        assert population_year(Path(source.file_name), key) == int(source.vintage)


def test_a_population_without_year_is_refused() -> None:
    with pytest.raises(
        UserError, match=r"année de la population inconnue\. Écrivez-la dans le nom"
    ):
        population_year(Path("populations.csv"), "populations")


def test_provenance_never_gives_a_vintage_to_another_file(tmp_path: Path) -> None:
    source = SOURCES["finess"]
    for name, vintage in ((source.file_name, source.vintage), ("mine.csv", "fichier mine.csv")):
        path = tmp_path / name
        path.write_bytes(b"abc")
        told = provenance(source, path)
        assert (told["file"], told["vintage"], told["url"]) == (name, vintage, source.url)
        assert told["sha256"].startswith("ba7816bf")


def test_log_keeps_the_counts_it_tells() -> None:
    told: list[str] = []
    log = Log(told.append)
    log.note("communes", habitants=790, contours=4)
    assert told == ["communes : habitants 790, contours 4"]
    assert log.counts == {"communes.habitants": 790, "communes.contours": 4}


def test_tables_drawn_by_hand_are_frames() -> None:
    assert all(isinstance(table, pd.DataFrame) for table in builders.raw_tables().values())
