"""Layers that hatch some communes by band of a figure: how sure, how far from a service."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.atlas.load import Atlas
from geo.drawing import words
from geo.drawing.topology import to_topojson
from geo.formats import format_count, format_number, format_quantity
from geo.territories.services import THRESHOLDS_MIN, commune_minutes
from geo.territories.stability import SURE_PERCENT

STEPS: Final = 20_000
# Percent of the runs in which a commune stays in its area; above the last it is sure.
UNSURE_BANDS: Final = (0.0, 50.0, 75.0, SURE_PERCENT)
FAR_BANDS: Final = (*map(float, THRESHOLDS_MIN[1:]), np.inf)


def unsure_drawing(light: gpd.GeoDataFrame, atlas: Atlas) -> tuple[bytes, int]:
    """
    Hatch the communes that leave their territory in more than a tenth of the runs.

    Parameters
    ----------
    light
        Simplified communes: `insee_code`, polygon, EPSG:4326.
    atlas
        `commune_stability`, `assignments`, `communes` and `territories` are read.

    Returns
    -------
    document, count
        TopoJSON, one object `parts`, dissolved by territory and band of `UNSURE_BANDS`, empty bytes
        without any; and how many communes there are.
    """
    stays = atlas.commune_stability.set_index("insee_code").stays_percent
    bands = pd.cut(stays, list(UNSURE_BANDS), right=False, labels=False)
    return _drawing(light, atlas, bands, _between(UNSURE_BANDS, words.STAYS, ""), "instables")


def far_drawing(light: gpd.GeoDataFrame, atlas: Atlas, service: str) -> tuple[bytes, int]:
    """
    Hatch the communes that are beyond half an hour of a service.

    Parameters
    ----------
    light
        Simplified communes: `insee_code`, polygon, EPSG:4326.
    atlas
        What `geo.territories.services.commune_minutes` reads, and the territories.
    service
        Key of `geo.territories.services.SERVICES`.

    Returns
    -------
    document, count
        As `unsure_drawing`, by band of `FAR_BANDS`. A commune whose minutes are unknown is left.
    """
    minutes = commune_minutes(atlas, service).set_index("insee_code").minutes
    bands = pd.cut(minutes, list(FAR_BANDS), labels=False)
    return _drawing(light, atlas, bands, _between(FAR_BANDS, words.FAR, words.FARTHEST), "loin")


def _between(bounds: Sequence[float], middle: str, last: str) -> list[str]:
    """Name each band."""
    return [
        (last if np.isinf(high) else middle).format(
            low=format_number(low), high="" if np.isinf(high) else format_number(high)
        )
        for low, high in pairwise(bounds)
    ]


def _drawing(
    light: gpd.GeoDataFrame, atlas: Atlas, bands: pd.Series, labels: Sequence[str], mark: str
) -> tuple[bytes, int]:
    """Dissolve the communes that have a band by territory and band; say what each part holds."""
    rows = atlas.assignments[["insee_code", "area_code"]].merge(
        atlas.communes[["insee_code", "population"]]
    )
    rows = rows.assign(band=rows.insee_code.map(bands)).dropna(subset=["band", "area_code"])
    if rows.empty:
        return b"", 0
    shapes = light.merge(rows, on="insee_code")
    keys = ["area_code", "band"]
    parts = shapes[[*keys, "geometry"]].dissolve(by=keys, method="coverage")
    sums = rows.groupby(keys).population.agg(["size", "sum"]).loc[parts.index]
    names = atlas.territories.set_index("area_code").area_name
    areas, numbers = (parts.index.get_level_values(key) for key in keys)
    parts = parts.set_axis([f"{area}>{number:.0f}" for area, number in parts.index])
    parts["area"] = areas
    parts["name"] = [names.get(area, area) for area in areas]
    parts["text"] = [
        words.band_text(
            format_count(int(count), "commune"), format_quantity(people, "habitants"),
            labels[int(number)],
        )
        for number, (count, people) in zip(numbers, sums.itertuples(index=False), strict=True)
    ]  # fmt: skip
    parts["mark"] = mark
    return to_topojson({"parts": parts}, STEPS), len(rows)
