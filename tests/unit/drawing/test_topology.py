"""Geometry made to be drawn: same polygons, shared borders, same bytes."""

import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely.geometry import Polygon, box

from geo.drawing.topology import drawings, pieces, simplify_coverage, to_topojson
from geo.geography.communes import geodesic_area_km2
from tests import builders
from tests.topojson import decode

CODES = ["10001", "10002", "10003", "10004"]
KINDS = pd.Series({"AA-01": "ght", "HORS-750712184": "hors_ght"})


@pytest.fixture
def squares() -> gpd.GeoDataFrame:
    """Return four squares in a row."""
    return builders.contours(*CODES)


@pytest.fixture
def keys() -> pd.DataFrame:
    """Return two areas, two departements, one region; their borders do not coincide."""
    return pd.DataFrame(
        {
            "insee_code": CODES,
            "area_code": ["AA-01", "AA-01", "AA-01", "HORS-750712184"],
            "dep_code": ["10", "10", "51", "51"],
            "reg_code": "44",
        }
    )


def toothed(count: int = 50) -> gpd.GeoDataFrame:
    """Two neighbours with a toothed common border."""
    teeth = [(0.5 + 0.0005 * (n % 2), n / count) for n in range(count + 1)]
    left = Polygon([(0, 0), *teeth, (0, 1)])
    right = Polygon([(1, 0), (1, 1), *teeth[::-1]])
    return gpd.GeoDataFrame(
        {"insee_code": ["10001", "10002"]}, geometry=[left, right], crs="EPSG:4326"
    )


def test_neighbours_keep_one_border_when_simplified() -> None:
    shapes = toothed()
    simple = simplify_coverage(shapes, 0.05)
    assert simple.insee_code.to_list() == ["10001", "10002"]
    assert simple.crs == shapes.crs
    before, after = (
        shapely.get_num_coordinates(t.geometry.to_numpy()).sum() for t in (shapes, simple)
    )
    assert after < before / 3
    assert shapely.coverage_is_valid(simple.geometry.to_numpy())
    assert simple.union_all().equals(shapes.union_all()), "no sliver is lost between neighbours"


def test_pieces_are_the_common_parts_of_the_layers(
    squares: gpd.GeoDataFrame, keys: pd.DataFrame
) -> None:
    """Three areas x departements meet: AA-01 in 10, AA-01 in 51, AP-HP in 51."""
    parts = pieces(squares, keys)
    assert parts[["area_code", "dep_code"]].to_numpy().tolist() == [
        ["AA-01", "10"], ["AA-01", "51"], ["HORS-750712184", "51"],
    ]  # fmt: skip
    areas = [geodesic_area_km2(table.geometry).sum() for table in (parts, squares)]
    assert areas[0] == pytest.approx(areas[1])


def test_every_file_decodes_to_the_layers(squares: gpd.GeoDataFrame, keys: pd.DataFrame) -> None:
    files = drawings(squares, keys, KINDS)
    assert set(files) == {"territories", "territories_fine", "outlines", "outlines_fine"}
    for stem in ("territories", "territories_fine"):
        (layer,) = decode(files[stem]).values()
        assert layer.kind.to_dict() == KINDS.to_dict()
        assert layer.geometry["AA-01"].bounds == pytest.approx((0, 45, 0.3, 45.1), abs=1e-5)
    for stem in ("outlines", "outlines_fine"):
        outlines = decode(files[stem])
        assert {name: list(layer.index) for name, layer in outlines.items()} == {
            "departements": ["10", "51"], "regions": ["44"],
        }  # fmt: skip
        assert outlines["regions"].geometry["44"].area == pytest.approx(0.04, rel=1e-4)


def test_a_common_border_is_written_once(squares: gpd.GeoDataFrame, keys: pd.DataFrame) -> None:
    document = json.loads(drawings(squares, keys, KINDS)["territories"])
    one, other = document["objects"]["territories"]["geometries"]
    numbers = [{n if n >= 0 else ~n for ring in g["arcs"] for n in ring} for g in (one, other)]
    assert numbers[0] & numbers[1], "the two areas share an arc"


def test_holes_and_islands_survive() -> None:
    ring = box(0, 0, 4, 4).difference(box(1, 1, 2, 2)).union(box(6, 0, 7, 1))
    frame = gpd.GeoDataFrame({"kind": ["ght"]}, geometry=[ring], index=["AA-01"], crs="EPSG:4326")
    layer = decode(to_topojson({"territories": frame}))["territories"]
    assert layer.geometry["AA-01"].area == pytest.approx(16, rel=1e-4)
    assert shapely.get_num_geometries(layer.geometry.to_numpy()).tolist() == [2]


def test_accents_are_written_in_utf_8() -> None:
    frame = gpd.GeoDataFrame(
        {"name": ["Île"]}, geometry=[box(0, 0, 1, 1)], index=["É"], crs="EPSG:4326"
    )
    content = to_topojson({"a": frame})
    assert "Île".encode() in content
    assert decode(content)["a"].name.to_dict() == {"É": "Île"}


def test_the_same_input_gives_the_same_bytes(squares: gpd.GeoDataFrame, keys: pd.DataFrame) -> None:
    first = drawings(squares, keys, KINDS)
    assert first == drawings(squares, keys, KINDS)
    assert first == drawings(squares, keys.iloc[::-1], KINDS[::-1])
