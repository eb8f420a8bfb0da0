"""Shared borders measured on drawn squares."""

import geopandas as gpd
import pytest
from shapely.geometry import box

from geo.geography.borders import shared_borders
from tests import builders


def squares(*corners: tuple[float, float, float, float]) -> gpd.GeoDataFrame:
    """Rectangles given in kilometres from the equator and Greenwich."""
    shapes = []
    for corner in corners:
        west, south, east, north = (builders.degrees(side) for side in corner)
        shapes.append(box(west, south, east, north))
    codes = [str(position + 1) for position in range(len(shapes))]
    return gpd.GeoDataFrame({"insee_code": codes}, geometry=shapes, crs="EPSG:4326")


def test_neighbours_share_the_length_of_their_common_side() -> None:
    """Squares of 10 km side by side share 10 km; the third, apart, shares nothing."""
    found = shared_borders(squares((0, 0, 10, 10), (10, 0, 20, 10), (40, 0, 50, 10)))
    assert found[["insee_a", "insee_b"]].to_numpy().tolist() == [["1", "2"]]
    assert found.border_km.to_list() == pytest.approx([10], rel=1e-4)


def test_touching_at_a_corner_is_no_border() -> None:
    assert shared_borders(squares((0, 0, 10, 10), (10, 10, 20, 20))).empty


def test_the_order_of_the_polygons_does_not_matter() -> None:
    drawn = squares((0, 0, 10, 10), (10, 0, 20, 10), (0, 10, 10, 20), (10, 10, 20, 20))
    found = shared_borders(drawn)
    assert len(found) == 4
    again = shared_borders(drawn.iloc[[2, 0, 3, 1]].reset_index(drop=True))
    assert again.to_numpy().tolist() == found.to_numpy().tolist()
