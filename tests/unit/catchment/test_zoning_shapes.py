"""Shapes give communes to zones: by town hall, by the larger area, what is cut is listed."""

import json

import geopandas as gpd
import pytest
import shapely

from geo.atlas.load import Atlas
from geo.catchment.zoning_shapes import LARGER_SHARE, is_shapes, read_shapes, zoning_of
from geo.errors import UserError


def halves(atlas: Atlas, code: str) -> tuple[bytes, str]:
    """Cut a commune by a line east of its town hall: the west has it, the smaller share."""
    communes = gpd.read_parquet(atlas.shapes("communes_light")).set_index("insee_code")
    shape = communes.geometry[code]
    anchor = atlas.communes.set_index("insee_code").anchor_lon
    west, south, east, north = shape.bounds
    line = float(anchor.to_dict()[code]) + 0.001
    zones = [shapely.box(west, south, line, north), shapely.box(line, south, east, north)]
    areas = [zone.intersection(shape).area for zone in zones]
    larger = ["Ouest", "Est"][areas.index(max(areas))]
    table = gpd.GeoDataFrame({"nom": ["Ouest", "Est"]}, geometry=zones, crs="EPSG:4326")
    return json.dumps(json.loads(table.to_json())).encode(), larger


def test_a_commune_goes_to_its_town_hall_or_its_larger_share_and_is_listed(atlas: Atlas) -> None:
    content, larger = halves(atlas, "10387")
    read = read_shapes(atlas, "z.geojson", content)
    by_hall = zoning_of(read)
    given = by_hall.table.set_index("insee_code").area_code
    assert given["10387"] == "Ouest"
    assert by_hall.column == "nom"
    assert "10387" in by_hall.cut.index
    by_area = zoning_of(read, rule=LARGER_SHARE)
    assert by_area.table.set_index("insee_code").area_code["10387"] == larger
    assert any("coupées" in said.lower() for said in by_hall.told)


def test_a_refusal_names_the_file_in_french(atlas: Atlas) -> None:
    with pytest.raises(UserError, match=r"z\.shp : ni GeoJSON, ni GeoPackage"):
        read_shapes(atlas, "z.shp", b"\x00\x00\x27\x0a")
    assert is_shapes("Zones.GeoJSON")
    assert not is_shapes("zones.csv")
