"""The communes of today: polygons carried to the official code, inhabitants counted once."""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import shapely

from geo.faults import Faults
from geo.geography import communes
from geo.sources.reading import Log


@dataclass
class Land:
    """Communes and their polygons."""

    carry: communes.Carry
    polygons: gpd.GeoDataFrame
    table: pd.DataFrame


def build_land(raw: Mapping[str, pd.DataFrame], log: Log) -> Land:
    """Carry the communes to today and count their inhabitants."""
    cog = raw["cog_communes"]
    shapes = gpd.GeoDataFrame(raw["contours"])
    carry = communes.carry_codes(shapes.insee_code, cog, raw["movements"])
    polygons = communes.commune_polygons(shapes, carry)
    population = communes.municipal_populations(raw["populations"], raw["mayotte"], cog)
    table = communes.build_communes(polygons, population, cog, carry, raw["context"])
    log.note(
        "communes",
        contours=len(shapes),
        communes_2026=len(table),
        sans_contour_propre=len(carry.included),
        habitants=int(table.population.sum()),
    )
    _check_land(polygons, table, population)
    return Land(carry, polygons[["insee_code", "geometry"]], table)


def _check_land(polygons: gpd.GeoDataFrame, table: pd.DataFrame, population: pd.DataFrame) -> None:
    """No inhabitant lost, no gap, no overlap."""
    faults = Faults("communes")
    if int(table.population.sum()) != int(population.population.sum()):
        faults.add("des habitants ont été perdus ou comptés deux fois. Signalez ce défaut.")
    if not shapely.coverage_is_valid(polygons.geometry.to_numpy()):
        faults.add("les contours se chevauchent ou laissent des trous. Reprenez le fichier.")
    faults.raise_if_any()
