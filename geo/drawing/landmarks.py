"""What maps show around the territories: the land of others, and towns by rank."""

from pathlib import Path
from typing import Final

import pandas as pd

from geo.atlas.load import Atlas
from geo.drawing.protocol_columns import TownColumns

CURATED: Final = Path(__file__).resolve().parents[1] / "curated"
LAND: Final = CURATED / "land.json"
PREFECTURES: Final = CURATED / "prefectures.csv"
METROPOLIS, PREFECTURE, OTHER = 0, 1, 2
LARGE, SMALL = 40_000, 2_000  # inhabitants


def towns(atlas: Atlas) -> pd.DataFrame:
    """
    List the communes that a map may name, the foremost first.

    Parameters
    ----------
    atlas
        `communes` is read.

    Returns
    -------
    towns
        `insee_code`, `commune_name`, `population`, `lon`, `lat` (degrees) and `rank`: a dozen of
        metropolises, prefectures, others.
    """
    seats = pd.read_csv(PREFECTURES, dtype=str, keep_default_na=False).set_index("insee_code")
    ranks = seats.is_metropolis.map({"1": METROPOLIS, "": PREFECTURE})
    found = atlas.communes[["insee_code", "commune_name", "population"]].assign(
        lon=atlas.communes.anchor_lon, lat=atlas.communes.anchor_lat,
        rank=atlas.communes.insee_code.map(ranks).fillna(OTHER).astype("int64"),
    )  # fmt: skip
    named = found[(found["rank"] < OTHER) | (found.population.fillna(0) >= SMALL)]
    located = named.dropna(subset=["lon", "lat"])
    return located.sort_values(["rank", "population", "insee_code"], ascending=[True, False, True])


def town_columns(atlas: Atlas) -> dict[str, TownColumns]:
    """
    Lay out towns for the browser: those of the country, and the small ones of a closer view.

    Returns
    -------
    groups
        "towns" and "finertowns".
    """
    table = towns(atlas)
    is_large = (table["rank"] < OTHER) | (table.population.fillna(0) >= LARGE)
    return {"towns": _columns(table[is_large]), "finertowns": _columns(table[~is_large])}


def _columns(table: pd.DataFrame) -> TownColumns:
    """Lay out some towns, their points with 3 decimals (100 m)."""
    return {
        "name": table.commune_name.tolist(),
        "lon": table.lon.round(3).tolist(),
        "lat": table.lat.round(3).tolist(),
        "rank": table["rank"].tolist(),
        "people": table.population.fillna(0).astype("int64").tolist(),
    }
