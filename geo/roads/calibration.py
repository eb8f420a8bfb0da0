"""Fit the costs of the roads on the official times of half of the departements."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import least_squares
from scipy.spatial import cKDTree

from geo.geography.distance import chord_to_km, unit_vectors
from geo.roads.costs import RoadCosts, Roads
from geo.roads.crow import PREFIX, CrowLine

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

UNTOLD_CITIES = ("75056", "69123", "13055")  # the producer leaves them blank: they have hospitals
ROBUST_MIN = 1.5  # beyond, a residual counts by its size and no longer by its square
STEP = 2e-3
ROUNDS = 30
STARTING = RoadCosts(
    local_pace=1.15, local_density=0.0, local_density_squared=0.05, local_ruggedness=0.0,
    climb=1.5, national_pace=0.8, national_density=0.0, national_ruggedness=0.1,
    motorway_pace=0.57, motorway_density=0.0, motorway_ruggedness=0.0, motorway_access=1.0,
    end=1.5, end_density=0.0,
)  # fmt: skip


@dataclass(frozen=True)
class Trips:
    """
    Official times to the nearest equipped commune.

    Attributes
    ----------
    minutes
        Official minutes by commune, missing where there are none or the commune is equipped.
    equipped
        Positions of the communes with an emergency department or SMUR.
    is_fitted
        Communes of the departements on which the costs are fitted; the others measure the error.
    """

    minutes: Floats
    equipped: npt.NDArray[np.int64]
    is_fitted: Flags

    @property
    def is_told(self) -> Flags:
        """Communes with an official time."""
        return np.isfinite(self.minutes)


def trips_of(places: pd.DataFrame, dep_code: pd.Series, times: pd.DataFrame) -> Trips:
    """
    Match the official times with the places.

    Parameters
    ----------
    places
        `insee_code`.
    dep_code
        Departement of each commune, by code. Every other one, in order, is fitted.
    times
        From `geo.sources.adapters.roads.read_drees_times`.
    """
    minutes = places.insee_code.map(times.set_index("insee_code").minutes).to_numpy("float64")
    is_equipped = (minutes == 0) | places.insee_code.isin(UNTOLD_CITIES).to_numpy()
    departements = places.insee_code.map(dep_code)
    fitted = departements.isin(sorted(departements.unique())[::2]).to_numpy()
    told = np.where(is_equipped, np.nan, minutes)
    return Trips(told, np.flatnonzero(is_equipped), fitted)


def fit_costs(roads: Roads, trips: Trips) -> RoadCosts:
    """
    Find the costs that give the official times best.

    Parameters
    ----------
    roads
        Network of mainland France and Corse.
    trips
        From `trips_of`; those of the departements left out are not looked at.

    Returns
    -------
    costs
        Minimise a robust sum of squared differences, minutes.
    """
    used = trips.is_told & trips.is_fitted
    is_reached = np.isfinite(roads.nearest(STARTING, trips.equipped))
    kept = used & is_reached

    def residuals(values: Floats) -> Floats:
        found = roads.nearest(RoadCosts(*values), trips.equipped)
        return np.asarray((found - trips.minutes)[kept])

    start = STARTING.values
    fit = least_squares(
        residuals, start, loss="soft_l1", f_scale=ROBUST_MIN, diff_step=np.full(len(start), STEP),
        x_scale=np.maximum(np.abs(start), 0.1), max_nfev=ROUNDS,
    )  # fmt: skip
    return RoadCosts(*(float(value) for value in fit.x))


def crow_km(places: pd.DataFrame, trips: Trips) -> Floats:
    """Great-circle kilometres from each commune to the nearest equipped one, shape (communes,)."""
    points = unit_vectors(places.lon, places.lat)
    chord, _ = cKDTree(points[trips.equipped]).query(points)
    return chord_to_km(np.asarray(chord))


def fit_crow(km: Floats, minutes: Floats) -> CrowLine:
    """Fit a line of minutes on great-circle kilometres, the far points counting less."""

    def residuals(line: Floats) -> Floats:
        return np.asarray(line[0] + line[1] * km - minutes)

    fit = least_squares(residuals, [2.0, 1.3], loss="soft_l1", f_scale=ROBUST_MIN)
    return CrowLine(float(fit.x[0]), float(fit.x[1]))


def fitted_rows(costs: RoadCosts, lines: dict[str, CrowLine]) -> dict[str, float]:
    """Name every fitted value as the curated file does."""
    named = {f"{PREFIX}{land}_start": line.start for land, line in lines.items()}
    named |= {f"{PREFIX}{land}_per_km": line.per_km for land, line in lines.items()}
    return vars(costs) | named
