"""Rows of exports: filters, notes, workbooks and layers, each read back."""

import io
import json
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely

from geo.atlas.load import Atlas, load_atlas
from geo.atlas.provenance import source_sentence
from geo.atlas.zone_kinds import ZONE_KINDS
from geo.errors import UserError
from geo.files import workbook
from geo.files.contents import extract, rows, written
from geo.files.extract import with_table
from geo.files.french import in_french
from geo.files.geofiles import GEO_FORMATS, geo_bytes, with_geometry
from geo.files.workbook import to_xlsx
from tests import builders

HOSTILE = '=HYPERLINK("http://x","y")<script>'


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Return a small bundle on disk, one of whose names is hostile."""
    areas = builders.small_tables()["territories"]
    areas.loc[0, "area_name"] = HOSTILE
    folder = builders.bundle(tmp_path_factory.mktemp("extracts") / "data", territories=areas)
    return load_atlas(folder)


def sheet(content: bytes, name: str) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[cell.value for cell in row] for row in book[name].iter_rows()]


def layer(content: bytes, form: str, folder: Path) -> gpd.GeoDataFrame:
    path = folder / f"couche.{form}"
    path.write_bytes(content)
    return gpd.read_parquet(path) if form == "parquet" else gpd.read_file(path)


# Rows


def test_rows_are_kept_by_region_and_by_ght() -> None:
    atlas = builders.atlas()
    assert rows(atlas, "territories", "32").area_code.to_list() == ["HF-13"]
    assert rows(atlas, "territories", ght="GE-06").area_code.to_list() == ["GE-06"]
    assert rows(atlas, "communes", ght="GE-06").population.sum() == 800
    assert rows(atlas, "communes", "32").empty
    assert rows(atlas, "establishments", "44").shape[0] == 1
    assert "partenariat-1" in set(rows(atlas, "partnerships", ght="GE-06").partnership_id)
    assert rows(atlas, "partnerships", ght="HF-13").empty
    assert set(rows(atlas, "partnerships", "44").reg_codes) == {"44"}


def test_communes_have_their_people_and_the_zones_that_anyone_may_reuse() -> None:
    table = rows(builders.atlas(), "communes")
    assert table.epci_name.to_list() == ["Zone 200069193"] * 2
    assert table.arrondissement.to_list() == ["101"] * 2
    assert table.aged_75_over_percent.to_list() == [10.0] * 2
    assert not {"canton", "bassin_vie", "zone_emploi"} & set(table.columns), "these are ODbL"


def test_the_zones_under_odbl_go_apart_with_their_notice() -> None:
    atlas = builders.atlas()
    made = extract(atlas, "zones", ght="GE-06")
    assert made.table.bassin_vie_name.to_list() == ["Zone 10001"] * 2
    assert set(ZONE_KINDS) <= set(made.table.columns)
    assert "partagez sous la même licence" in dict(made.notes)["Licence"]
    assert "odbl" in made.name, "a CSV says so by its name"
    assert "Licence Ouverte" in dict(extract(atlas, "communes").notes)["Licence"]


def test_an_unknown_content_is_refused() -> None:
    with pytest.raises(UserError, match=r"« routes » inconnu\. Contenus : territories"):
        extract(builders.atlas(), "routes")


def test_an_extract_says_what_it_holds() -> None:
    made = extract(builders.atlas(), "territories", region="44", ght="GE-06")
    notes = dict(made.notes)
    assert made.name.startswith("territoires_aube-et-sezannais_2026-11_v")
    assert notes["Filtre : région"] == "Grand Est (44)"
    assert notes["Filtre : GHT"] == "Aube et Sézannais (GE-06)"
    assert notes["Lignes"] == "1"
    assert notes["Paramètre model"] == "nearest"
    assert notes["Version des données"] == builders.atlas().version
    assert written(made, "f.csv") == "1\u00a0ligne écrite dans f.csv."


def test_a_page_exports_what_it_shows() -> None:
    table = pd.DataFrame({"Nom": ["Troyes"]})
    made = with_table(builders.atlas(), "Anomalies", "GHT Loire", table, (("Filtre", "x"),))
    assert made.name.startswith("anomalies_ght-loire_2026-11_v")
    assert made.meanings.empty
    assert ("Filtre", "x") in made.notes


# Workbooks


def test_a_workbook_keeps_types(small: Atlas) -> None:
    made = in_french(small, extract(small, "territories"))
    header, *lines = sheet(to_xlsx(made, "2026-11-21"), "Territoires")
    first = dict(zip(header, lines[0], strict=True))
    assert first["Code du territoire"] == "GE-06"
    assert first["Code région"] == "44", "a code is a text"
    assert first["Région"] == "Grand Est", "and its name is beside"
    assert first["Population modélisée"] == 800
    assert isinstance(first["Population modélisée"], int)
    assert first["Superficie (km²)"] == 2
    second = dict(zip(header, lines[1], strict=True))
    assert second["Population modélisée"] is None, "unknown is not zero"
    assert len(lines) == len(made.table)


def test_no_text_of_a_workbook_runs(small: Atlas) -> None:
    made = extract(small, "territories")
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(made, "2026-11-21")))
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
    assert f"'{HOSTILE}" in {cell.value for cell in cells}


def test_a_workbook_can_be_read_by_a_person(small: Atlas) -> None:
    made = in_french(small, extract(small, "territories", region="44"))
    content = to_xlsx(made, "2026-11-21")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Territoires", "Dictionnaire", "Sources et paramètres"]
    page = book["Territoires"]
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref is not None
    assert page["A1"].font.bold
    notes = {str(row[0]): row[1] for row in sheet(content, "Sources et paramètres")}
    assert notes["Filtre : région"] == "Grand Est (44)"
    meanings = {str(row[0]): row[1:] for row in sheet(content, "Dictionnaire")}
    assert meanings["Population modélisée"] == ["population", "habitants", "Population modélisée"]


def test_the_same_data_gives_the_same_workbook(small: Atlas) -> None:
    made = extract(small, "establishments")
    assert to_xlsx(made, "2026-11-21") == to_xlsx(made, "2026-11-21")


def test_booleans_years_and_odd_values_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    table = pd.DataFrame(
        {"vrai": [True, False], "year": [2018, 2019], "x": [1.5, float("inf")],
         "texte": ["a" * 40_000, None]}
    )  # fmt: skip
    made = with_table(builders.atlas(), "Essai", "France", table)
    lines = sheet(to_xlsx(made, "2026-11-21"), "Essai")
    assert lines[1][:3] == [True, 2018, 1.5]
    assert lines[2][2:] == [None, None]
    assert len(str(lines[1][3])) == 32_767
    monkeypatch.setattr(workbook, "MOST_ROWS", 1)
    with pytest.raises(UserError, match="2 lignes : une feuille de classeur en contient 1"):
        to_xlsx(made, "2026-11-21")


def test_an_empty_selection_is_a_header(small: Atlas) -> None:
    made = extract(small, "territories", region="32", ght="GE-06")
    lines = sheet(to_xlsx(made, "2026-11-21"), "Territoires")
    assert len(lines) == 1
    empty = with_table(small, "Vide", "France", pd.DataFrame())
    assert sheet(to_xlsx(empty, "2026-11-21"), "Vide") == []


# Layers


@pytest.mark.parametrize("form", GEO_FORMATS)
@pytest.mark.parametrize("what", ["territories", "establishments", "partnerships", "parties"])
def test_a_layer_reads_back(small: Atlas, tmp_path: Path, what: str, form: str) -> None:
    made = extract(small, what)
    back = layer(geo_bytes(small, made, form), form, tmp_path)
    assert back.crs is not None
    assert back.crs.to_epsg() == 4326
    assert list(back.columns) == [*made.table.columns, "geometry"]
    texts = [str(name) for name in made.table if str(name).endswith(("_code", "_id", "_name"))]
    for name in texts:
        assert back[name].fillna("").to_list() == made.table[name].fillna("").to_list()
    expected = with_geometry(small, what, made.table).geometry
    assert (back.geometry.isna() == expected.isna()).all()
    known = expected.notna()
    first, second = (np.asarray(shapes[known]) for shapes in (back.geometry, expected))
    assert (shapely.hausdorff_distance(first, second) < 1e-5).all()


def test_links_go_with_their_parties(small: Atlas, tmp_path: Path) -> None:
    made = extract(small, "links")
    assert list(made.others) == ["parties"]
    path = tmp_path / "liens.gpkg"
    path.write_bytes(geo_bytes(small, made, "gpkg"))
    assert path.read_bytes() == geo_bytes(small, made, "gpkg"), "the same bytes"
    back = {name: gpd.read_file(path, layer=name) for name in ("links", "parties")}
    assert list(back["links"].columns) == [*made.table.columns, "geometry"]
    assert len(back["links"]) == len(made.table)
    assert len(back["parties"]) == len(small.tables["partnership_parties"])
    title = made.table.title.to_list()
    assert [
        row[1] for row in sheet(to_xlsx(made, "2026-11-21"), "Liens entre parties")[1:]
    ] == title
    assert sheet(to_xlsx(made, "2026-11-21"), "Parties des partenariats")
    assert rows(small, "links", ght="HF-13").empty
    assert rows(small, "parties", "32").empty


def test_a_link_is_a_straight_line_between_its_ends() -> None:
    ends = pd.DataFrame({"from_lon": [4.0], "from_lat": [48.0], "to_lon": [4.5], "to_lat": [48.2]})
    frame = with_geometry(builders.atlas(), "links", ends)
    assert [*frame.geometry[0].coords] == [(4.0, 48.0), (4.5, 48.2)]
    made = replace(with_table(builders.atlas(), "links", "x", ends), table=ends)
    document = json.loads(geo_bytes(builders.atlas(), made, "geojson"))
    assert document["features"][0]["geometry"]["type"] == "LineString"


def test_rows_may_bring_their_geometry_and_their_model(small: Atlas, tmp_path: Path) -> None:
    table = pd.DataFrame({"Code": ["a", "b"], "x": [1, 2]})
    square = gpd.GeoSeries([shapely.box(0, 0, 1, 1)], crs="EPSG:4326")
    shapes = gpd.GeoSeries(square.reindex([0, 1]))
    model = (("Modèle de territoire", "Attraction"), ("β", "2"))
    made = replace(with_table(small, "Bassins d'essai", "x", table, (), model), shapes=shapes)
    back = layer(geo_bytes(small, made, "gpkg"), "gpkg", tmp_path)
    assert back.x.to_list() == [1, 2]
    assert back.geometry.isna().to_list() == [False, True]
    assert pyogrio.list_layers(tmp_path / "couche.gpkg")[0, 0] == "bassins-d-essai"
    notes = dict(made.notes)
    assert notes["β"] == "2"
    assert "Paramètre model" not in notes, "not the model of the bundled territories"


@pytest.mark.parametrize("form", GEO_FORMATS)
def test_an_empty_layer_reads_back(small: Atlas, tmp_path: Path, form: str) -> None:
    made = extract(small, "communes", region="32")
    back = layer(geo_bytes(small, made, form), form, tmp_path)
    assert len(back) == 0


def test_geojson_follows_its_standard(small: Atlas) -> None:
    document = json.loads(geo_bytes(small, extract(small, "territories"), "geojson"))
    assert "crs" not in document
    first = document["features"][0]
    ring = first["geometry"]["coordinates"]
    ring = ring[0][0] if first["geometry"]["type"] == "MultiPolygon" else ring[0]
    assert shapely.LinearRing(ring).is_ccw
    assert all(len(str(value).partition(".")[2]) <= 6 for point in ring for value in point)
    assert first["properties"]["area_name"] == HOSTILE, "a layer is no spreadsheet"
    assert document["features"][1]["geometry"] is None


@pytest.mark.parametrize("form", GEO_FORMATS)
def test_the_same_data_gives_the_same_layer(small: Atlas, form: str) -> None:
    made = extract(small, "territories")
    assert geo_bytes(small, made, form) == geo_bytes(small, made, form)


def test_other_formats_and_contents_are_refused(small: Atlas) -> None:
    made = extract(small, "territories")
    with pytest.raises(UserError, match=r"« shp » inconnu\. Formats : geojson, gpkg, parquet"):
        geo_bytes(small, made, "shp")
    with pytest.raises(UserError, match="« routes » inconnu"):
        with_geometry(small, "routes", made.table)


def test_sites_without_coordinates_have_no_point() -> None:
    sites = builders.sites(km=[0, 5])
    sites.loc[1, ["lon", "lat"]] = float("nan")
    frame = with_geometry(builders.atlas(), "establishments", sites)
    assert frame.geometry.isna().to_list() == [False, True]


# The bundled country


@pytest.mark.data
def test_the_communes_of_a_ght_read_back_with_their_polygons(atlas: Atlas, tmp_path: Path) -> None:
    made = extract(atlas, "communes", ght="GE-06")
    back = layer(geo_bytes(atlas, made, "gpkg"), "gpkg", tmp_path)
    assert len(back) == 485
    assert back.population.sum() == 332_322
    area = back.to_crs(epsg=2154).area.sum() / 1e6
    assert area == pytest.approx(made.table.area_km2.sum(), rel=0.005)


@pytest.mark.data
def test_the_links_of_a_ght_read_back_between_their_ends(atlas: Atlas, tmp_path: Path) -> None:
    made = extract(atlas, "links", ght="GE-06")
    back = layer(geo_bytes(atlas, made, "geojson"), "geojson", tmp_path)
    assert len(back) == len(made.table) > 0
    assert set(made.table.partnership_id) <= set(
        rows(atlas, "partnerships", ght="GE-06").iloc[:, 0]
    )
    ends = [[*line.coords] for line in back.geometry]
    wanted = made.table[["from_lon", "from_lat", "to_lon", "to_lat"]].to_numpy(dtype=float)
    assert np.allclose(np.reshape(ends, (-1, 4)), wanted, atol=1e-6)


@pytest.mark.data
def test_the_territories_of_the_country_sum_to_it(atlas: Atlas) -> None:
    table = extract(atlas, "territories").table
    assert table.population.sum() == atlas.communes.population.sum()
    assert "INSEE" in source_sentence(atlas)
