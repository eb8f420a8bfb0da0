"""Which communes touch, and along how many kilometres."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.geography.distance import EARTH_RADIUS_KM

ROUNDING_DECIMALS = 7


def _segments(polygons: gpd.GeoDataFrame) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Every edge of every ring, ends in a fixed order, with the position of its polygon."""
    lines = shapely.boundary(polygons.geometry.to_numpy())
    parts, owner = shapely.get_parts(lines, return_index=True)
    points, line = shapely.get_coordinates(parts, return_index=True)
    is_edge = line[1:] == line[:-1]
    ends = np.hstack([points[:-1], points[1:]])[is_edge]
    ends = np.round(ends, ROUNDING_DECIMALS)
    swapped = (ends[:, 0] > ends[:, 2]) | ((ends[:, 0] == ends[:, 2]) & (ends[:, 1] > ends[:, 3]))
    ends[swapped] = ends[swapped][:, [2, 3, 0, 1]]
    return ends, owner[line[:-1][is_edge]]


def _length_km(ends: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Length of short edges on the sphere."""
    lon_a, lat_a, lon_b, lat_b = np.radians(ends).T
    across = (lon_b - lon_a) * np.cos((lat_a + lat_b) / 2)
    length: npt.NDArray[np.float64] = EARTH_RADIUS_KM * np.hypot(across, lat_b - lat_a)
    return length


def shared_borders(polygons: gpd.GeoDataFrame) -> pd.DataFrame:
    """
    Measure the border that each pair of neighbours shares.

    Parameters
    ----------
    polygons
        Communes: `insee_code` (unique), polygon; a valid coverage, EPSG:4326.

    Returns
    -------
    borders
        One row per pair that shares an edge: `insee_a` < `insee_b`, `border_km`.
    """
    ends, owner = _segments(polygons)
    order = np.lexsort((owner, *ends.T[::-1]))
    ends, owner = ends[order], owner[order]
    is_shared = (ends[1:] == ends[:-1]).all(axis=1) & (owner[1:] != owner[:-1])
    codes = polygons.insee_code.to_numpy(dtype=object)
    pairs = np.sort(np.column_stack([owner[:-1][is_shared], owner[1:][is_shared]]), axis=1)
    edges = pd.DataFrame(
        {
            "insee_a": codes[pairs[:, 0]],
            "insee_b": codes[pairs[:, 1]],
            "border_km": _length_km(ends[:-1][is_shared]),
        }
    )
    summed = edges.groupby(["insee_a", "insee_b"]).border_km.sum().reset_index()
    flip = summed.insee_a > summed.insee_b
    summed.loc[flip, ["insee_a", "insee_b"]] = summed.loc[flip, ["insee_b", "insee_a"]].to_numpy()
    return summed.sort_values(["insee_a", "insee_b"], ignore_index=True)
