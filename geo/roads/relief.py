"""Altitude along a road: how much it climbs, how rugged the country is."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.ndimage import map_coordinates, uniform_filter

Floats = npt.NDArray[np.float64]
SAMPLES = 6
WINDOW = 5  # cells of the grid on a side: some eight kilometres


class Relief:
    """
    A grid of altitudes.

    Parameters
    ----------
    altitude
        Metres, missing at sea; one row per latitude (index) and one column per longitude, degrees.
    """

    def __init__(self, altitude: pd.DataFrame) -> None:
        altitude = altitude.sort_index().sort_index(axis="columns")
        self._lat = altitude.index.to_numpy(dtype="float64")
        self._lon = altitude.columns.to_numpy(dtype="float64")
        self._metres = np.nan_to_num(altitude.to_numpy(dtype="float64"))
        mean = uniform_filter(self._metres, WINDOW)
        variance = uniform_filter(self._metres**2, WINDOW) - mean**2
        self._rugged = np.sqrt(np.maximum(variance, 0.0))

    def _read(self, grid: Floats, lon: Floats, lat: Floats) -> Floats:
        """Interpolate a grid; a place outside takes the value of the nearest edge."""
        rows = np.interp(lat.ravel(), self._lat, np.arange(len(self._lat)))
        columns = np.interp(lon.ravel(), self._lon, np.arange(len(self._lon)))
        read: Floats = map_coordinates(grid, [rows, columns], order=1, mode="nearest")
        return read.reshape(lon.shape)

    def along(self, start: Floats, end: Floats) -> tuple[Floats, Floats]:
        """
        Follow straight lines over the relief.

        Parameters
        ----------
        start, end
            Longitude and latitude of both ends (degrees), shape (n, 2).

        Returns
        -------
        climb_m, ruggedness_m
            Metres climbed and gone down, and standard deviation of the altitudes around, shape
            (n,).
        """
        share = np.linspace(0.0, 1.0, SAMPLES)
        lon = start[:, :1] * (1 - share) + end[:, :1] * share
        lat = start[:, 1:] * (1 - share) + end[:, 1:] * share
        climb = np.abs(np.diff(self._read(self._metres, lon, lat), axis=1)).sum(axis=1)
        return climb, self._read(self._rugged, lon, lat).mean(axis=1)
