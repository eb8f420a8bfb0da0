"""Commune polygons."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from shapely.geometry import Point, Polygon

from geo.sources.adapters.contours import read_contours
from tests.unit.sources.adapters.raw import RAW, cut, faults_of, pack, recode, spoil

BOW_TIE = [[[4.0, 48.0], [4.1, 48.1], [4.1, 48.0], [4.0, 48.1], [4.0, 48.0]]]


@pytest.fixture
def geojson(tmp_path: Path) -> Path:
    """Return a copy of the fixture to spoil."""
    return spoil(tmp_path, "communes.geojson")


def change(path: Path, **geometry: Any) -> Path:  # noqa: ANN401
    """Replace the geometry of the first commune of the file (Troyes)."""
    content = json.loads(path.read_text("utf-8"))
    content["features"][0]["geometry"] = geometry or None
    path.write_text(json.dumps(content), "utf-8")
    return path


def test_communes_come_ordered_in_wgs84() -> None:
    contours = read_contours(RAW / "communes.geojson")
    assert contours["insee_code"].to_list() == ["01001", "10387", "2A004"]
    assert contours.loc[0, "commune_name"] == "Abergement-Clémenciat"
    assert contours.columns.to_list() == ["insee_code", "commune_name", "geometry"]
    assert contours.crs == "EPSG:4326"
    assert contours.attrs["repaired"] == []


def test_gzip_and_parquet_give_the_same_communes(tmp_path: Path) -> None:
    expected = read_contours(RAW / "communes.geojson")
    packed = read_contours(pack(tmp_path, "communes.geojson"))
    assert packed.geometry.geom_equals_exact(expected.geometry, 0).all()
    expected.to_crs(2154).to_parquet(tmp_path / "communes.parquet")
    reread = read_contours(tmp_path / "communes.parquet")
    assert reread.crs == "EPSG:4326"
    assert reread.geometry.geom_equals_exact(expected.geometry, 1e-6).all()


def test_the_crs_member_of_a_geojson_is_obeyed(tmp_path: Path) -> None:
    projected = read_contours(RAW / "communes.geojson").to_crs(2154)
    projected.to_file(tmp_path / "projected.geojson", driver="GeoJSON", RFC7946="NO")
    reread = read_contours(tmp_path / "projected.geojson")
    assert reread.geometry.geom_equals_exact(
        read_contours(RAW / "communes.geojson").geometry, 1e-6
    ).all()


def test_an_invalid_polygon_is_repaired_and_told(geojson: Path) -> None:
    contours = read_contours(change(geojson, type="Polygon", coordinates=BOW_TIE))
    assert contours.attrs["repaired"] == ["10387"]
    assert contours.geometry.is_valid.all()
    assert set(contours.geom_type) <= {"Polygon", "MultiPolygon"}


def test_a_polygon_without_area_cannot_be_repaired(geojson: Path) -> None:
    flat = change(geojson, type="Polygon", coordinates=[[[4, 48], [4.1, 48], [4.2, 48], [4, 48]]])
    assert "géométrie sans surface : 10387" in faults_of(read_contours, flat)


def test_a_null_geometry_is_named(geojson: Path) -> None:
    assert "géométrie vide : 10387" in faults_of(read_contours, change(geojson))


def test_points_are_not_contours(geojson: Path) -> None:
    message = faults_of(read_contours, change(geojson, type="Point", coordinates=[4.0, 48.0]))
    assert "géométrie qui n'est pas un polygone : 10387" in message


def test_swapped_coordinates_fall_outside_france(geojson: Path) -> None:
    swapped = [[[y, x] for x, y in ring] for ring in BOW_TIE]
    swapped_file = change(geojson, type="Polygon", coordinates=swapped)
    message = faults_of(read_contours, swapped_file)
    assert "coordonnées hors de France : 10387" in message


def test_codes_and_shapes_are_reported_together(tmp_path: Path) -> None:
    doubled = spoil(
        tmp_path, "communes.geojson", ("01001", "10387"), ("2A004", "2C04"), ("Ajaccio", "")
    )
    message = faults_of(read_contours, change(doubled))
    assert "4 défauts" in message
    assert "code en double : 10387" in message
    assert "code invalide(s) : 2C04" in message
    assert "nom vide, ligne(s) : 3" in message
    assert "géométrie vide : 10387" in message


def test_numbers_in_place_of_codes_lose_their_zero(tmp_path: Path) -> None:
    numbers = spoil(
        tmp_path, "communes.geojson", ('"01001"', "1001"), ('"10387"', "10387"), ('"2A004"', "20")
    )
    message = faults_of(read_contours, numbers)
    assert "code invalide(s) : 20, 1001" in message
    assert "zéro initial compris" in message


def test_renamed_properties_are_listed(tmp_path: Path) -> None:
    renamed = spoil(tmp_path, "communes.geojson", ('"code"', '"INSEE_COM"'), ('"nom"', '"NOM"'))
    message = faults_of(read_contours, renamed)
    assert "colonne(s) absente(s) : insee_code, commune_name" in message
    assert "INSEE_COM" in message


def test_a_collection_without_commune_is_told(tmp_path: Path) -> None:
    empty = tmp_path / "empty.geojson"
    empty.write_text('{"type": "FeatureCollection", "features": []}')
    assert "aucune commune" in faults_of(read_contours, empty)


@pytest.mark.parametrize("text", ['{"a": 1}', '{"type": "FeatureCollection", "features": [{'])
def test_other_or_cut_json_is_told(text: str, tmp_path: Path) -> None:
    path = tmp_path / "communes.geojson"
    path.write_text(text)
    assert "GeoJSON illisible ou tronqué" in faults_of(read_contours, path)


def test_a_virtual_format_is_never_opened(tmp_path: Path) -> None:
    path = tmp_path / "communes.geojson"
    path.write_text("<OGRVRTDataSource></OGRVRTDataSource>")
    assert "ce n'est pas du GeoJSON" in faults_of(read_contours, path)


def test_unreadable_files_are_told(tmp_path: Path) -> None:
    assert "fichier absent" in faults_of(read_contours, tmp_path / "communes.geojson")
    latin = recode(tmp_path, "communes.geojson", "latin-1")
    assert "n'est pas encodé en UTF-8" in faults_of(read_contours, latin)
    packed = cut(pack(tmp_path, "communes.geojson"))
    assert "archive tronquée" in faults_of(read_contours, packed)
    (tmp_path / "vide.geojson").write_text("")
    assert "fichier vide" in faults_of(read_contours, tmp_path / "vide.geojson")


def test_a_parquet_needs_geometry_and_crs(tmp_path: Path) -> None:
    contours = read_contours(RAW / "communes.geojson")
    path = tmp_path / "communes.parquet"
    square = Polygon([(4, 46), (5, 46), (5, 47)])
    bare = gpd.GeoDataFrame({"code": ["01001"], "nom": ["A"]}, geometry=[square])
    bare.to_parquet(path)
    assert "système de coordonnées absent" in faults_of(read_contours, path)
    contours.drop(columns="geometry").to_parquet(path)
    assert "sans géométrie" in faults_of(read_contours, path)
    contours.to_parquet(path)
    assert "Parquet tronqué" in faults_of(read_contours, cut(path))


def test_empty_shapes_and_points_of_a_parquet_are_named_together(tmp_path: Path) -> None:
    path = tmp_path / "communes.parquet"
    gpd.GeoDataFrame(
        {"code": ["01001", "01002"], "nom": ["A", "B"]},
        geometry=[Polygon(), Point(4, 46)],
        crs=4326,
    ).to_parquet(path)
    message = faults_of(read_contours, path)
    assert "géométrie vide : 01001" in message
    assert "pas un polygone : 01002" in message
