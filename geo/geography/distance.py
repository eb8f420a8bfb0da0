"""Distances on the sphere."""

import numpy as np
import numpy.typing as npt

EARTH_RADIUS_KM = 6371.0088


def unit_vectors(lon: npt.ArrayLike, lat: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """
    Turn longitudes and latitudes into points of the unit sphere.

    Parameters
    ----------
    lon, lat
        Degrees, EPSG:4326, shape (n,).

    Returns
    -------
    vectors
        Shape (n, 3), float64. The straight distance between two of them grows with the
        great-circle distance, so that a spatial tree may search with it.
    """
    theta, phi = np.radians(np.asarray(lon, float)), np.radians(np.asarray(lat, float))
    return np.column_stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)])


def chord_to_km(chord: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Convert straight distances between unit vectors (0 to 2) to great-circle kilometres."""
    km: npt.NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.clip(chord / 2, 0, 1))
    return km


def pairwise_km(
    lon_a: npt.ArrayLike, lat_a: npt.ArrayLike, lon_b: npt.ArrayLike, lat_b: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """
    Measure the distance between the points of two lists, one to one.

    Parameters
    ----------
    lon_a, lat_a, lon_b, lat_b
        Degrees, EPSG:4326, shape (n,); possibly missing.

    Returns
    -------
    distance_km
        Shape (n,); NaN where a point is missing.
    """
    apart = unit_vectors(lon_a, lat_a) - unit_vectors(lon_b, lat_b)
    return chord_to_km(np.linalg.norm(apart, axis=1))


def great_circle_km(
    lon_a: npt.ArrayLike, lat_a: npt.ArrayLike, lon_b: npt.ArrayLike, lat_b: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """
    Measure every distance between two sets of points.

    Parameters
    ----------
    lon_a, lat_a
        Degrees, EPSG:4326, shape (n,).
    lon_b, lat_b
        Degrees, EPSG:4326, shape (m,).

    Returns
    -------
    distance_km
        Shape (n, m), on a sphere of radius 6371.0088 km (within 0.6 % of the ellipsoid).
    """
    a, b = unit_vectors(lon_a, lat_a), unit_vectors(lon_b, lat_b)
    chord = np.linalg.norm(a[:, None, :] - b[None, :, :], axis=2)
    return chord_to_km(chord)
