"""
Which communes are in which shapes: by their town hall, and by the larger share of their area.

Runs in the process of `geo.files.parsers`, on the bundled communes in their light form.
"""

import time
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.files.shapes import Features, Geometries, read_features

BUDGET_SECONDS: Final = 12.0  # of the processor, for the shares
AT_ONCE: Final = 500  # pairs
CUT_PERCENT: Final = 2.0  # a smaller share is a border drawn otherwise
Positions = npt.NDArray[np.int64]


def parse_shapes(content: bytes, option: str) -> dict[str, Any]:
    """
    Read shapes, and say which communes are in each.

    Parameters
    ----------
    content
        Untrusted, see `read_features`.
    option
        The folder of the bundled data, then the layer to read, one a line.

    Returns
    -------
    read
        `fields`, `rows`, `layer`, `layers`, `told`: see `Features`; `communes`: a list of
        [code, feature of the town hall, feature of the larger area, its percent, percent of the
        second]: -1 for no feature, and for a share that could not be known in time.
    """
    folder, _, layer = option.partition("\n")
    found = read_features(content, layer)
    data = Path(folder)
    light = gpd.read_parquet(data / "shapes" / "communes_light.parquet")
    anchors = pd.read_parquet(
        data / "communes.parquet", columns=["insee_code", "anchor_lon", "anchor_lat"]
    )
    anchors = anchors.set_index("insee_code").reindex(light.insee_code)
    points = np.asarray(shapely.points(anchors[["anchor_lon", "anchor_lat"]].to_numpy()))
    communes = _homes(light.insee_code.to_numpy(), points, light.geometry.to_numpy(), found)
    return {
        "fields": found.fields, "rows": found.rows, "layer": found.layer, "layers": found.layers,
        "told": found.told, "communes": communes,
    }  # fmt: skip


def _homes(
    codes: npt.NDArray[np.object_], points: Geometries, communes: Geometries, found: Features
) -> list[list[Any]]:
    """Say the features of each commune that touches one."""
    # The shapes ask, since those that ask are prepared: they are the vast ones.
    feature, at = shapely.STRtree(points).query(found.shapes, predicate="intersects")
    town = np.full(len(codes), -1, dtype="int64")
    order = np.lexsort((-feature, at))
    town[at[order]] = feature[order]  # the first of those that overlap
    found.told["overlaps"] = int((np.bincount(at, minlength=len(codes)) > 1).sum())
    best, first, second = _shares(communes, found.shapes)
    touched = np.flatnonzero((town >= 0) | (best >= 0))
    return [
        [str(codes[n]), int(town[n]), int(best[n]), round(first[n], 1), round(second[n], 1)]
        for n in touched
    ]


def _shares(
    communes: Geometries, shapes: Geometries
) -> tuple[Positions, npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Find the feature that has the larger share of each commune, in percent; the second's too."""
    tree = shapely.STRtree(communes)
    whole, inside = tree.query(shapes, predicate="covers")
    best = np.full(len(communes), -1, dtype="int64")
    first, second = np.full(len(communes), -1.0), np.zeros(len(communes))
    best[inside[::-1]], first[inside] = whole[::-1], 100.0
    feature, at = tree.query(shapes, predicate="intersects")
    left = best[at] < 0
    at, feature = at[left], feature[left]
    areas = shapely.area(communes)
    until = time.process_time() + BUDGET_SECONDS
    for start in range(0, len(at), AT_ONCE):
        if time.process_time() > until:
            return best, first, second
        part = slice(start, start + AT_ONCE)
        shares = _common(communes[at[part]], shapes[feature[part]]) / areas[at[part]] * 100
        for n, one, share in zip(at[part], feature[part], shares, strict=True):
            if share > max(first[n], 0):
                second[n], first[n], best[n] = max(first[n], 0), share, one
            else:
                second[n] = max(second[n], share)
    return best, first, second


def _common(communes: Geometries, shapes: Geometries) -> npt.NDArray[np.float64]:
    """Measure what is common to pairs."""
    return np.asarray(shapely.area(shapely.intersection(communes, shapes)), dtype="float64")
