"""Where the ends of the roads are: town halls and hospital sites; what a road links by land."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.geography.communes import MAINLAND
from geo.geography.distance import EARTH_RADIUS_KM, unit_vectors

TOWN_HALL_DEGREES = 0.002  # some 200 metres
ROADS = (MAINLAND, "corse")


def positions_km(places: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Place points (`lon`, `lat`, degrees) in space, kilometres from the centre of the Earth."""
    return EARTH_RADIUS_KM * unit_vectors(places.lon, places.lat)


def commune_places(
    communes: pd.DataFrame, polygons: gpd.GeoDataFrame, town_halls: pd.DataFrame
) -> pd.DataFrame:
    """
    Place each commune at its town hall, or at its inner point.

    Parameters
    ----------
    communes
        `insee_code`, `landmass`, `population`, `area_km2`, `anchor_lon`, `anchor_lat`.
    polygons
        `insee_code`, geometry (EPSG:4326), one per commune.
    town_halls
        `insee_code` (key), `lon`, `lat`. A town hall more than 200 m out of its commune is a fault
        of its address, and not used.

    Returns
    -------
    places
        `insee_code`, `landmass`, `lon`, `lat`, `is_town_hall`, `population`, `density` (per km2),
        in the order of `communes`.
    """
    halls = town_halls.set_index("insee_code").reindex(communes.insee_code)
    shapes = polygons.set_index("insee_code").geometry.reindex(communes.insee_code)
    is_hall = halls.lon.notna().to_numpy(copy=True)
    points = shapely.points(halls.lon.to_numpy()[is_hall], halls.lat.to_numpy()[is_hall])
    far = shapely.distance(np.asarray(shapes.array)[is_hall], points)
    is_hall[is_hall] = far <= TOWN_HALL_DEGREES
    return pd.DataFrame(
        {
            "insee_code": communes.insee_code.to_numpy(),
            "landmass": communes.landmass.to_numpy(),
            "lon": np.where(is_hall, halls.lon, communes.anchor_lon),
            "lat": np.where(is_hall, halls.lat, communes.anchor_lat),
            "is_town_hall": is_hall,
            "population": communes.population.to_numpy("float64"),
            "density": (communes.population / communes.area_km2).to_numpy("float64"),
        }
    )


def site_places(sites: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """
    Place hospital sites where they are, once for all those at one point.

    Parameters
    ----------
    sites
        `insee_code`, `lon`, `lat`.
    places
        From `commune_places`: a site has the density of its commune.

    Returns
    -------
    points
        `insee_code`, `lon`, `lat`, `density`: one row per point, in the order of their first site.
    """
    density = places.set_index("insee_code").density
    points = sites[["insee_code", "lon", "lat"]].drop_duplicates(ignore_index=True)
    return points.assign(density=points.insee_code.map(density).astype("float64"))


@dataclass(frozen=True)
class Lands:
    """
    What can be reached without a boat.

    Attributes
    ----------
    of_commune
        Number of the land of each commune, by code: neighbours, and the two ends of a bridge.
    """

    of_commune: pd.Series

    @property
    def largest(self) -> int:
        """The land with most communes."""
        return int(np.bincount(self.of_commune).argmax())


def lands(codes: pd.Series, borders: pd.DataFrame, bridges: pd.DataFrame) -> Lands:
    """
    Tell the lands apart.

    Parameters
    ----------
    codes
        Codes of the communes.
    borders
        Neighbours: `insee_a`, `insee_b`.
    bridges
        The same two columns, for communes that a road links over the water.
    """
    position = pd.Index(codes)
    links = pd.concat([borders[["insee_a", "insee_b"]], bridges[["insee_a", "insee_b"]]])
    start, end = position.get_indexer(links.insee_a), position.get_indexer(links.insee_b)
    is_known = (start >= 0) & (end >= 0)
    shape = (len(position), len(position))
    graph = coo_array((np.ones(is_known.sum()), (start[is_known], end[is_known])), shape=shape)
    _, land = connected_components(graph, directed=False)
    return Lands(pd.Series(land, index=position))
