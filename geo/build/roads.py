"""From raw files to road minutes: the graph, the tables of the bundle, the calibration."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.geography.borders import shared_borders
from geo.roads.accuracy import check_errors, drees_errors
from geo.roads.calibration import (
    UNTOLD_CITIES,
    crow_km,
    fit_costs,
    fit_crow,
    fitted_rows,
    trips_of,
)
from geo.roads.costs import RoadCosts, Roads
from geo.roads.crow import CrowLine, crow_lines
from geo.roads.network import Network, draw_network
from geo.roads.parameters import read_parameters
from geo.roads.places import ROADS, Lands, commune_places, lands, site_places
from geo.roads.relief import Relief
from geo.roads.travel_times import (
    CROW,
    ROAD,
    crow_pairs,
    road_pairs,
    times_table,
    wanted_sites,
)
from geo.sources.reading import Log

TIMES_YEAR = 2019
TERRITORIES_WITH_A_LINE = ("971", "972", "974", "976")  # in Guyane roads follow no distance


@dataclass(frozen=True)
class Ground:
    """
    What the roads of any network lie on.

    Attributes
    ----------
    places
        Every commune, overseas too (see `geo.roads.places.commune_places`).
    borders
        Neighbours, and the ends of bridges.
    lands
        What can be reached without a boat.
    """

    places: pd.DataFrame
    borders: pd.DataFrame
    lands: Lands

    @property
    def on_roads(self) -> pd.DataFrame:
        """Communes of the graph."""
        return self.places[self.places.landmass.isin(ROADS)].reset_index(drop=True)


def survey(
    raw: Mapping[str, pd.DataFrame], communes: pd.DataFrame, polygons: gpd.GeoDataFrame
) -> Ground:
    """
    Place the communes and tell the lands apart.

    Parameters
    ----------
    raw
        Raw tables by key of source; `town_halls` and the curated `road_bridges` are read.
    communes
        Bundled table.
    polygons
        `insee_code`, geometry.
    """
    borders = shared_borders(polygons)
    both = pd.concat([borders, raw["road_bridges"]])[["insee_a", "insee_b"]]
    return Ground(
        commune_places(communes, polygons, raw["town_halls"]),
        both,
        lands(communes.insee_code, borders, raw["road_bridges"]),
    )


def network_of(ground: Ground, raw: Mapping[str, pd.DataFrame], points: pd.DataFrame) -> Network:
    """Draw the graph, with the hospital sites at `points`."""
    return draw_network(
        ground.on_roads,
        points,
        raw["road_posts"],
        ground.borders,
        ground.lands,
        Relief(raw["relief"]),
    )


def build_travel_times(
    raw: Mapping[str, pd.DataFrame],
    communes: pd.DataFrame,
    polygons: gpd.GeoDataFrame,
    establishments: pd.DataFrame,
    log: Log,
) -> pd.DataFrame:
    """
    Estimate the minutes from every commune to every hospital site within two hours.

    Parameters
    ----------
    raw, communes, polygons
        As for `survey`.
    establishments
        Bundled table.
    log
        Where the counts go.

    Returns
    -------
    times
        See `geo.roads.travel_times.times_table`.
    """
    ground, sites = survey(raw, communes, polygons), wanted_sites(establishments)
    road_places = ground.on_roads
    on_roads = sites.insee_code.isin(road_places.insee_code)
    points = site_places(sites[on_roads], road_places)
    network = network_of(ground, raw, points)
    keys = ["insee_code", "lon", "lat"]
    point = pd.MultiIndex.from_frame(points[keys]).get_indexer(
        pd.MultiIndex.from_frame(sites.loc[on_roads, keys])
    )
    costs = RoadCosts.of(raw["road_costs"])
    commune, site, half = road_pairs(Roads(network), costs, len(road_places) + point)
    origin = pd.Index(ground.places.insee_code).get_indexer(road_places.insee_code)
    by_road = (origin[commune], np.flatnonzero(on_roads)[site], half)
    overseas = {
        name: line
        for name, line in crow_lines(raw["road_costs"]).items()
        if name in TERRITORIES_WITH_A_LINE
    }
    by_crow = crow_pairs(ground.places, sites, ground.lands, overseas)
    log.note(
        "temps de trajet", noeuds=len(network.nodes), aretes=len(network.edges), sites=len(sites),
        couples_route=len(half), couples_distance=len(by_crow[0]),
    )  # fmt: skip
    return times_table(ground.places.insee_code, sites.finess_et, {ROAD: by_road, CROW: by_crow})


def build_emergency_times(communes: pd.DataFrame, times: pd.DataFrame) -> pd.DataFrame:
    """
    Give each commune the official minutes to its nearest emergency department or SMUR.

    Parameters
    ----------
    communes
        `insee_code`.
    times
        `insee_code`, `minutes`: 0 where the commune has a site, missing where unknown.

    Returns
    -------
    emergency_times
        `insee_code`, `minutes`, `status`, `year`. Paris, Lyon and Marseille, left blank by the
        producer, have sites.
    """
    minutes = communes.insee_code.map(times.set_index("insee_code").minutes).astype("float64")
    minutes = minutes.mask(communes.insee_code.isin(UNTOLD_CITIES), 0.0)
    status = np.select([minutes.isna(), minutes == 0], ["unknown", "equipped"], "measured")
    table = pd.DataFrame({"insee_code": communes.insee_code, "minutes": minutes, "status": status})
    return table.assign(year=pd.Series(TIMES_YEAR, index=table.index, dtype="Int64")).astype(
        {"status": "str"}
    )


@dataclass(frozen=True)
class Calibration:
    """
    Fitted parameters and the errors they leave.

    Attributes
    ----------
    fitted
        Value by name, as in the curated file.
    errors
        A row per test (see `geo.roads.accuracy.error_row`).
    """

    fitted: dict[str, float]
    errors: pd.DataFrame


def calibrate(
    raw: Mapping[str, pd.DataFrame],
    communes: pd.DataFrame,
    polygons: gpd.GeoDataFrame,
    *,
    is_fitted_again: bool,
    checks: Path | None = None,
) -> Calibration:
    """
    Measure the errors of the minutes, after fitting the parameters again if asked.

    Parameters
    ----------
    raw, communes, polygons
        As for `survey`.
    is_fitted_again
        Fit on the official times of half of the departements; otherwise take the curated values.
    checks
        Folder of the minutes of routing engines, which only measure.
    """
    ground = survey(raw, communes, polygons)
    places = ground.on_roads
    none = site_places(places.iloc[:0], places)
    roads = Roads(network_of(ground, raw, none))
    departements = communes.set_index("insee_code").dep_code
    trips = trips_of(places, departements, raw["drees_times"])
    if is_fitted_again:
        costs = fit_costs(roads, trips)
        fitted = fitted_rows(costs, _lines(ground, departements, raw["drees_times"]))
    else:
        stated = read_parameters()
        costs = RoadCosts.of(stated)
        fitted = dict(zip(stated.name, stated.value, strict=True))
    line = crow_lines(pd.DataFrame({"name": [*fitted], "value": [*fitted.values()]}))["metropole"]
    errors = [drees_errors(roads, costs, places, trips, line)]
    if checks is not None:
        errors.append(check_errors(checks, roads, costs, places, line))
    return Calibration(fitted, pd.concat(errors, ignore_index=True))


def _lines(ground: Ground, dep_code: pd.Series, times: pd.DataFrame) -> dict[str, CrowLine]:
    """Fit a line for the mainland, and one for each territory on all it has: they are small."""
    mainland = ground.on_roads
    trips = trips_of(mainland, dep_code, times)
    kept = trips.is_told & trips.is_fitted
    lines = {"metropole": fit_crow(crow_km(mainland, trips)[kept], trips.minutes[kept])}
    for name in TERRITORIES_WITH_A_LINE:
        places = ground.places[ground.places.landmass == name]
        land = ground.lands.of_commune.reindex(places.insee_code)
        places = places[(land == land.value_counts().idxmax()).to_numpy()].reset_index(drop=True)
        trips = trips_of(places, dep_code, times)
        lines[name] = fit_crow(crow_km(places, trips)[trips.is_told], trips.minutes[trips.is_told])
    return lines
