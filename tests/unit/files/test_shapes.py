"""Shapes that people bring: read, brought to degrees, said; or refused with the feature."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.errors import RefusedFileError
from geo.files.shapes import read_features

TROYES = shapely.box(4.0, 48.2, 4.2, 48.4)
REIMS = shapely.box(3.9, 49.1, 4.2, 49.4)


def frame(*shapes: shapely.Geometry | None, **columns: list[str]) -> gpd.GeoDataFrame:
    names = columns or {"nom": [f"Zone {n}" for n in range(len(shapes))]}
    return gpd.GeoDataFrame(names, geometry=np.array(shapes, dtype=object), crs="EPSG:4326")


def geojson(table: gpd.GeoDataFrame, **members: Any) -> bytes:  # noqa: ANN401
    document = json.loads(table.to_json(drop_id=True, to_wgs84=False))
    document.pop("crs", None)
    return json.dumps({**document, **members}).encode()


def zipped(folder: Path, *names: str, parts: str = "shp dbf shx prj cpg") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            for part in parts.split():
                path = folder / f"{name}.{part}"
                if path.exists():
                    archive.write(path, f"dossier/{name}.{part}")
    return stream.getvalue()


def box_of(content: bytes, layer: str = "") -> list[float]:
    return [round(float(n), 2) for n in shapely.total_bounds(read_features(content, layer).shapes)]


def test_geojson_is_read_with_its_texts() -> None:
    found = read_features(geojson(frame(TROYES, REIMS, nom=["A", "B"], code=["01", "02"])))
    assert found.fields == ["nom", "code"]
    assert found.rows == [["A", "01"], ["B", "02"]]
    assert found.told == {"repaired": 0, "no_shape": 0}


def test_metres_without_a_system_are_lambert_93_and_said() -> None:
    found = read_features(geojson(frame(TROYES).to_crs(2154)))
    assert found.told["lambert"] == 1
    assert shapely.box(3.9, 48.1, 4.3, 48.5).contains(found.shapes[0])


def test_a_declared_system_is_used_and_an_address_is_never_followed() -> None:
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}
    content = geojson(frame(TROYES).to_crs(2154), crs=named)
    assert read_features(content).told["projected"] == 2154
    link = {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs"}}
    assert box_of(geojson(frame(TROYES), crs=link)) == [4.0, 48.2, 4.2, 48.4]


def test_a_shape_that_crosses_itself_is_repaired_and_an_absent_one_counted() -> None:
    bow = shapely.Polygon([(4, 48), (5, 49), (5, 48), (4, 49)])
    found = read_features(geojson(frame(bow, None, TROYES)))
    assert (found.told["repaired"], found.told["no_shape"]) == (1, 1)
    assert shapely.is_valid(found.shapes[0])


def test_a_geopackage_of_several_layers_offers_them(tmp_path: Path) -> None:
    path = tmp_path / "z.gpkg"
    frame(TROYES).to_file(path, layer="secteurs", driver="GPKG")
    frame(REIMS).to_crs(2154).to_file(path, layer="pôles", driver="GPKG")
    content = path.read_bytes()
    first = read_features(content)
    assert (first.layer, first.layers) == ("secteurs", ["secteurs", "pôles"])
    second = read_features(content, "pôles")
    assert second.told["projected"] == 2154
    assert shapely.box(3.8, 49.0, 4.3, 49.5).contains(second.shapes[0])


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_a_zipped_shapefile_keeps_its_accents(tmp_path: Path, encoding: str) -> None:
    table = frame(TROYES, nom=["Sézanne"]).to_crs(2154)
    table.to_file(tmp_path / "z.shp", encoding=encoding)
    found = read_features(zipped(tmp_path, "z", parts="shp dbf shx prj"))
    assert found.rows == [["Sézanne"]]


def test_a_shapefile_without_its_table_is_refused(tmp_path: Path) -> None:
    frame(TROYES).to_file(tmp_path / "z.shp")
    for content in (zipped(tmp_path, "z", parts="shp shx"), zipped(tmp_path, "z", parts="prj")):
        with pytest.raises(RefusedFileError, match="no_shapefile"):
            read_features(content)


KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>zones</name>
<Placemark><name>A</name><description><![CDATA[<b onclick="x()">texte</b>]]></description>
<Polygon><outerBoundaryIs><LinearRing><coordinates>4,48,9 4.2,48,9 4.2,48.2,9 4,48,9</coordinates>
</LinearRing></outerBoundaryIs></Polygon></Placemark></Folder></Document></kml>"""


def test_a_kml_is_flat_and_its_html_is_left_out() -> None:
    found = read_features(KML.encode())
    assert "A" in found.rows[0]
    assert "<b" not in str(found.rows)
    assert not shapely.has_z(found.shapes[0])


HUGE = {"type": "Polygon", "coordinates": [[[1.49e25, 0], [1, 0], [1, 1], [1.49e25, 0]]]}
REFUSED = {
    "latitude first": (geojson(frame(shapely.box(48.2, 4.0, 48.4, 4.2))), "swapped"),
    "metres of nowhere": (geojson(frame(shapely.box(5e5, 5e4, 6e5, 6e4))), "no_system"),
    "cut": (geojson(frame(TROYES))[:200], "broken_shapes"),
    "points": (geojson(frame(shapely.Point(4, 48))), "no_polygon"),
    "nothing": (b'{"type": "FeatureCollection", "features": []}', "no_features"),
    "no list": (b'{"type": "FeatureCollection", "features": 3}', "no_features"),
    "a list": (b'{"features": [1]}', "no_features"),
    "huge": (json.dumps({"features": [{"geometry": HUGE}]}).encode(), "coordinates"),
    "bad ring": (
        b'{"features": [{"geometry": {"type": "Polygon", "coordinates": [[[1, 2]]]}}]}',
        "bad_feature",
    ),
    "text": (b"bonjour", "not_shapes"),
    "web page": (b"<html><body/></html>", "web_page"),
    "virtual file": (b"<OGRVRTDataSource><kml/></OGRVRTDataSource>", "web_page"),
    "entities": (b'<!DOCTYPE k [<!ENTITY a "x">]><kml>&a;</kml>', "broken_shapes"),
    "false geopackage": (b"SQLite format 3\0" + b"x" * 500, "not_shapes"),
    "false archive": (b"PK\x03\x04" + b"x" * 500, "broken_shapes"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_placed_is_refused_by_its_kind(case: str) -> None:
    content, kind = REFUSED[case]
    with pytest.raises(RefusedFileError) as caught:
        read_features(content)
    assert caught.value.kind == kind
