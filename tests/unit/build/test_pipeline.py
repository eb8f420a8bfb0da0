"""The build: from raw tables to a bundle, swapped in when everything is right."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from geo.atlas.load import load_atlas
from geo.atlas.schema import TABLES
from geo.build.bundle import check_replaceable, swap
from geo.build.check import check_bundle
from geo.build.pipeline import _check_land, build
from geo.errors import SourceError, UserError
from geo.sources.adapters.compositions import Composition
from geo.sources.reading import WANTED, choose_paths
from tests import builders

Raw = dict[str, pd.DataFrame]
Builder = Callable[[Raw, Path], list[str]]


def silent(_: str) -> None:
    """Progress of a build nobody watches."""


def name_sources(folder: Path) -> Path:
    """Write a file of the right name for every source."""
    folder.mkdir()
    for source in WANTED:
        (folder / source.file_name).write_bytes(source.key.encode())
    return folder


def readers_of(raw: Raw) -> dict[str, Callable[[Path], pd.DataFrame]]:
    """Adapters that read the given tables whatever the file."""
    return builders.readers(raw)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a folder with a file of the right name for every source."""
    return name_sources(tmp_path / "sources")


@pytest.fixture
def build_from(sources: Path, monkeypatch: pytest.MonkeyPatch) -> Builder:
    """Return a build whose adapters read the given tables; it lists what it tells."""

    def run(raw: Raw, out: Path) -> list[str]:
        monkeypatch.setattr("geo.sources.reading.READERS", readers_of(raw))
        monkeypatch.setattr("geo.sources.reading.SURVEYS", builders.surveys())
        told: list[str] = []
        build(sources, out, told.append)
        return told

    return run


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bundle of the country drawn by hand; read it only."""
    folder = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geo.sources.reading.READERS", readers_of(builders.raw_tables()))
        patch.setattr("geo.sources.reading.SURVEYS", builders.surveys())
        build(name_sources(folder / "sources"), folder / "data", silent)
    return folder / "data"


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    """Return a copy of that bundle, to be spoilt."""
    return shutil.copytree(built_once, tmp_path / "data")


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_build_passes_its_own_checks(built_once: Path) -> None:
    lines = list(check_bundle(built_once))
    assert lines[-1].startswith("France (3 communes, 2 départements) : 790 habitants")


def test_every_inhabitant_is_in_one_area(built: Path) -> None:
    """GE-06: 480 and the 20 of 10004; AP-HP: 200; Mayotte: 90 to its only provider."""
    areas = load_atlas(built).territories.set_index("area_code")
    assert areas.population.dropna().to_dict() == {
        "GE-06": 500, "OI-01": 90, "HORS-750712184": 200, "NON-AFFECTE": 0,
    }  # fmt: skip
    assert areas.population_year["OI-01"] == 2017
    assert areas.status["HF-13"] == "thematic"
    assert areas.area_name["HORS-750712184"].startswith("Assistance publique")


def test_communes_without_a_polygon_are_named_and_listed(built: Path) -> None:
    atlas = load_atlas(built)
    row = atlas.communes.set_index("insee_code").loc["10001"]
    assert (row.population, row.included_codes, row.included_names) == (500, "10004", "Ville 10004")
    listed = atlas.anomalies.set_index("kind").subject
    assert listed["commune_sans_contour"] == "10004"
    assert listed["membre_absent_finess"] == "980500003"
    assert listed["membre_repris"].to_list() == ["109999902", "980500003"]
    assert listed["site_place_mairie"] == "100000009"
    assert listed["sans_site_localise"] == "976"


def test_a_site_that_only_the_survey_has_stands_at_its_town_hall(built_once: Path) -> None:
    """100000009 declares 10004, which is counted with 10001: it stands at the anchor of 10001."""
    atlas = load_atlas(built_once)
    site = atlas.establishments.set_index("finess_et").loc["100000009"]
    anchor = atlas.communes.set_index("insee_code").loc["10001"]
    assert (site.insee_code, site.insee_check, site.registers) == ("10001", "mairie", "sae")
    assert (site.lon, site.lat) == (anchor.anchor_lon, anchor.anchor_lat)
    assert (site.is_general, site.is_small, site.ght_code) == (True, True, "GE-06")


def test_each_list_keeps_its_vintage(built_once: Path) -> None:
    """The list of 2024 is in use; that of 2018 says where its members are now, and GE-16."""
    atlas = load_atlas(built_once)
    assert set(atlas.ghts.ght_code) == {"GE-06", "HF-13", "OI-01"}
    assert set(atlas.members.vintage) == {"2024"}
    assert atlas.members.evidence.to_list() == ["proved", "carried", "proved", "carried"]
    before = atlas.earlier_members.set_index("finess_ej")
    assert set(before.vintage) == {"2018"}
    moved = before.loc["109999903"]
    assert (moved.ght_code, moved.current_ght_code, moved.current_finess_ej) == (
        "GE-16", "GE-06", "109999901",
    )  # fmt: skip
    assert atlas.former_ghts.to_numpy().tolist() == [["GE-16", "Sézannais", "GE-06", 1]]


def test_the_support_of_the_list_before_is_kept_while_it_is_a_member(built_once: Path) -> None:
    atlas = load_atlas(built_once)
    ghts = atlas.ghts.set_index("ght_code")
    assert ghts.support_evidence.to_dict() == {
        "GE-06": "published", "HF-13": "unknown", "OI-01": "unknown",
    }  # fmt: skip
    assert ghts.support_finess_ej["GE-06"] == "109999901"
    roles = atlas.members.set_index("finess_ej").role
    assert roles.to_list() == ["support", "partie", "partie", "partie"]


def test_the_figure_of_a_ght_that_is_gone_is_left_out(built_once: Path) -> None:
    """GE-16 published 50 inhabitants; GE-06, which took its members in, did not."""
    published = load_atlas(built_once).published
    assert published.value.to_list() == [600, 90, 2]
    assert set(published.ght_code) == {"GE-06"}


def test_a_list_given_to_the_build_is_the_one_in_use(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GE-16 exists again: it is in the list supplied, and AP-HP has joined GE-06."""
    raw = builders.raw_tables()
    listed = builders.listed_members(
        ght_code=["GE-06", "GE-06", "GE-16"], finess_ej=["109999901", "750712184", "109999902"],
        vintage="2026-10", source="finess_gcc",
    )  # fmt: skip
    ghts = raw["ghts"][raw["ghts"].ght_code.isin(["GE-06", "GE-16"])].assign(
        composition_vintage="2026-10", composition_source="finess_gcc"
    )
    monkeypatch.setattr("geo.sources.reading.READERS", readers_of(raw))
    monkeypatch.setattr("geo.sources.reading.SURVEYS", builders.surveys())
    monkeypatch.setattr("geo.sources.reading.read_composition", lambda _: Composition(ghts, listed))
    (tmp_path / "liste.xlsx").write_bytes(b"")
    build(sources, tmp_path / "data", silent, {"composition": tmp_path / "liste.xlsx"})
    atlas = load_atlas(tmp_path / "data")
    assert set(atlas.ghts.ght_code) == {"GE-06", "GE-16"}
    assert set(atlas.members.vintage) == {"2026-10"}
    areas = atlas.territories.set_index("area_code").population.dropna()
    assert areas.to_dict() == {"GE-06": 700, "NON-AFFECTE": 90}


def test_the_manifest_tells_everything(built: Path) -> None:
    manifest = json.loads((built / "MANIFEST.json").read_text("utf-8"))
    assert set(manifest["tables"]) >= set(TABLES)
    files = {entry["file"] for entry in manifest["tables"].values()}
    assert set(content(built)) == files | {"MANIFEST.json", "README.md"}
    assert [source["key"] for source in manifest["sources"]] == [s.key for s in WANTED]
    assert all(len(source["sha256"]) == 64 for source in manifest["sources"])
    assert manifest["parameters"]["model"] == "road"
    assert manifest["counts"]["communes.habitants"] == 790
    entry = manifest["tables"]["communes"]
    assert (entry["rows"], entry["columns"]) == (3, list(TABLES["communes"].columns))


def test_progress_is_told_in_french(build_from: Builder, tmp_path: Path) -> None:
    told = build_from(builders.raw_tables(), tmp_path / "out" / "data")
    assert any("communes : contours 4, communes_2026 3" in line for line in told)
    assert (tmp_path / "out" / "data" / "MANIFEST.json").is_file(), "parents are made"


def test_the_same_input_gives_the_same_bytes_whatever_the_order_of_the_rows(
    build_from: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    build_from(builders.raw_tables(), tmp_path / "one")
    build_from(builders.raw_tables(), tmp_path / "two")
    assert content(tmp_path / "one") == content(tmp_path / "two")
    manifest = json.loads((tmp_path / "one" / "MANIFEST.json").read_text("utf-8"))
    assert manifest["build_date"] == "2023-11-14"
    shuffled = builders.raw_tables()
    keys = ("cog_communes", "movements", "populations", "context", "finess")
    lists = ("members", "ghts", "members_2024", "successors_2024")
    for key in (*keys, *lists):
        shuffled[key] = shuffled[key].iloc[::-1]
    build_from(shuffled, tmp_path / "three")
    assert content(tmp_path / "one") == content(tmp_path / "three")


# What goes wrong leaves the previous data alone


@pytest.mark.parametrize(
    ("key", "spoil", "said"),
    [
        (
            "populations",
            lambda t: t.head(1),
            "populations : 1 défaut.\n  - communes sans population",
        ),
        ("contours", lambda t: t.head(1), "communes en vigueur sans contour"),
        ("published", lambda t: t.assign(source_url="ftp://x"), "table published : 1 défaut."),
        ("members", lambda t: t.assign(role="chef"), "colonne role"),
        ("departements", lambda t: t.drop(columns="dep_name"), "colonne(s) absente(s) : dep_name"),
    ],
)
def test_a_failed_build_leaves_the_previous_data_untouched(
    built: Path, build_from: Builder, key: str, spoil: Callable[[object], object], said: str
) -> None:
    before = content(built)
    raw = builders.raw_tables()
    raw[key] = spoil(raw[key])  # type: ignore[assignment]
    with pytest.raises(SourceError) as error:
        build_from(raw, built)
    assert said in str(error.value)
    assert content(built) == before
    assert sorted(path.name for path in built.parent.iterdir()) == ["data", "sources"]


def test_a_build_that_breaks_while_writing_leaves_nothing_behind(
    built: Path, build_from: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full at the last file."""
    before = content(built)

    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("geo.build.pipeline.write_dictionary", full)
    with pytest.raises(OSError, match="no space"):
        build_from(builders.raw_tables(), built)
    assert content(built) == before
    assert sorted(path.name for path in built.parent.iterdir()) == ["data", "sources"]


def test_overlapping_polygons_stop_the_build(build_from: Builder, tmp_path: Path) -> None:
    raw = builders.raw_tables()
    shapes = gpd.GeoDataFrame(raw["contours"])
    raw["contours"] = shapes.set_geometry(
        [shapes.geometry[0], shapes.geometry[1].buffer(0.01), *shapes.geometry[2:]], crs=shapes.crs
    )
    with pytest.raises(SourceError, match="se chevauchent ou laissent des trous"):
        build_from(raw, tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_a_commune_counted_twice_is_seen() -> None:
    """The sum over the polygons must be the sum of the raw file."""
    squares = builders.contours("10001")
    people = builders.populations(c10001=10)
    with pytest.raises(SourceError, match="perdus ou comptés deux fois"):
        _check_land(squares, people.assign(population=11), people)


def test_the_faults_of_all_the_files_are_told_together(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path) -> pd.DataFrame:
        raise SourceError(path.name, ["vide.", "encodage inconnu."])

    readers = readers_of(builders.raw_tables())
    monkeypatch.setattr(
        "geo.sources.reading.READERS", readers | {"finess": broken, "context": broken}
    )
    monkeypatch.setattr("geo.sources.reading.SURVEYS", builders.surveys())
    with pytest.raises(SourceError) as error:
        build(sources, tmp_path / "data", silent)
    names = {source.key: source.file_name for source in WANTED}
    assert error.value.subject == "sources"
    assert set(error.value.faults) == {
        f"{names[key]} : {fault}"
        for key in ("finess", "context")
        for fault in ("vide.", "encodage inconnu.")
    }


def test_all_the_absent_files_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        build(tmp_path, tmp_path / "data", silent)
    assert len(error.value.faults) == len(WANTED)
    assert all("--download" in fault for fault in error.value.faults)
    with pytest.raises(SourceError, match="dossier absent"):
        build(tmp_path / "nowhere", tmp_path / "data", silent)


def test_a_supplied_file_must_exist_under_a_known_key(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"Source inconnue : hopitaux\. Clés possibles : contours"):
        choose_paths(tmp_path, {"hopitaux": tmp_path})
    with pytest.raises(UserError, match=r"Fichier absent : .*nothing\.csv"):
        choose_paths(tmp_path, {"finess": tmp_path / "nothing.csv"})


# Where the data goes


@pytest.mark.parametrize("name", ["notes.txt", "photos/summer.jpg"])
def test_a_folder_that_is_not_a_bundle_is_never_replaced(
    build_from: Builder, tmp_path: Path, name: str
) -> None:
    """``--out`` given by mistake: the person's files stay, and nothing is even read."""
    out = tmp_path / "documents"
    (out / name).parent.mkdir(parents=True)
    (out / name).write_text("precious")
    with pytest.raises(UserError, match="existe et n'est pas un dossier de données"):
        build_from({}, out)
    assert (out / name).read_text() == "precious"


def test_a_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("precious")
    with pytest.raises(UserError, match="Donnez à --out un dossier vide ou nouveau"):
        check_replaceable(tmp_path / "data")


def test_a_new_or_empty_folder_may_be_used(tmp_path: Path) -> None:
    check_replaceable(tmp_path / "new")
    check_replaceable(tmp_path)


def folders(tmp_path: Path) -> tuple[Path, Path]:
    new, out = tmp_path / "new", tmp_path / "data"
    for folder in (new, out):
        folder.mkdir()
        (folder / "name").write_text(folder.name)
    return new, out


def test_a_swap_replaces_the_whole_folder(tmp_path: Path) -> None:
    new, out = folders(tmp_path)
    (out / "old").write_text("from an earlier build")
    swap(new, out)
    assert content(out) == {"name": b"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_swap_that_fails_puts_the_previous_folder_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, out = folders(tmp_path)
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path == new:
            raise PermissionError("refused")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        swap(new, out)
    assert content(out) == {"name": b"data"}


def test_a_first_swap_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        swap(tmp_path / "absent", tmp_path / "data")
    assert list(tmp_path.iterdir()) == []


def test_what_an_interrupted_swap_left_is_cleaned(tmp_path: Path) -> None:
    new, out = folders(tmp_path)
    (tmp_path / "data.previous").mkdir()
    swap(new, out)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
