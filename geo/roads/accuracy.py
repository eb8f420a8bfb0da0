"""How far the minutes are from those of others, on trips that they were not fitted on."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from geo.errors import UserError
from geo.geography.distance import EARTH_RADIUS_KM, unit_vectors
from geo.roads.calibration import Trips, crow_km
from geo.roads.costs import RoadCosts, Roads
from geo.roads.crow import CrowLine
from geo.roads.parameters import HELD_OUT, OFFICIAL
from geo.roads.places import positions_km
from geo.sources.adapters.projections import LAMBERT_93, to_wgs84

Floats = npt.NDArray[np.float64]

NEAR_MIN = 5.0
CLASSES = (0.0, 15.0, 30.0, 45.0, 60.0, 120.0)
ISERE = "osrm_isere_512x512.parquet"
GIRONDE = "metric_osrm_gironde.parquet"
RULE_OF_THUMB = CrowLine(0.0, 1.3)  # 1.3 times the distance, at 60 km/h


def error_row(test: str, found: Floats, stated: Floats) -> dict[str, object]:
    """
    Sum up the differences between two series of minutes.

    Parameters
    ----------
    test
        What is compared.
    found, stated
        Minutes estimated, minutes of another; a trip that one of them lacks is left out.

    Returns
    -------
    row
        `test`, `trips`, `mean_error_min`, `median_error_min`, `median_error_percent`,
        `within_5_min_percent`, `bias_min` (estimated less stated), `p90_error_min`.
    """
    kept = np.isfinite(found) & np.isfinite(stated) & (stated > 0)
    difference = found[kept] - stated[kept]
    error = np.abs(difference)
    if not len(error):
        return {"test": test, "trips": 0}
    return {
        "test": test,
        "trips": len(error),
        "mean_error_min": float(error.mean()),
        "median_error_min": float(np.median(error)),
        "median_error_percent": float(100 * np.median(error / stated[kept])),
        "within_5_min_percent": float(100 * (error <= NEAR_MIN).mean()),
        "bias_min": float(difference.mean()),
        "p90_error_min": float(np.quantile(error, 0.9)),
    }


def by_class(test: str, found: Floats, stated: Floats) -> list[dict[str, object]]:
    """Sum up the differences by class of the stated minutes."""
    rows = []
    for low, high in pairwise(CLASSES):
        kept = (stated > low) & (stated <= high)
        if kept.any():
            name = f"{test}, {low:.0f} à {high:.0f} min"
            rows.append(error_row(name, found[kept], stated[kept]))
    return rows


def drees_errors(
    roads: Roads, costs: RoadCosts, places: pd.DataFrame, trips: Trips, line: CrowLine
) -> pd.DataFrame:
    """
    Measure the errors on the official times.

    Parameters
    ----------
    roads, costs
        The graph and its parameters.
    places
        Communes of the graph.
    trips
        Official times.
    line
        Minutes from the distance as the crow flies, fitted on the same departements.

    Returns
    -------
    errors
        A row per test (see `error_row`): fitted departements, those left out and their classes,
        then the same by the crow.
    """
    minutes = roads.nearest(costs, trips.equipped)
    km = crow_km(places, trips)
    kept = np.where(trips.is_fitted, np.nan, trips.minutes)
    return pd.DataFrame(
        [
            error_row(
                f"{OFFICIAL}, départements du calage",
                minutes,
                np.where(trips.is_fitted, trips.minutes, np.nan),
            ),
            error_row(HELD_OUT, minutes, kept),
            *by_class(HELD_OUT, minutes, kept),
            error_row(f"{HELD_OUT}, vol d'oiseau calé", line.minutes(km), kept),
            error_row(f"{HELD_OUT}, 1,3 fois à 60 km/h", RULE_OF_THUMB.minutes(km), kept),
        ]
    )


def check_errors(
    folder: Path, roads: Roads, costs: RoadCosts, places: pd.DataFrame, line: CrowLine
) -> pd.DataFrame:
    """
    Measure the errors on the minutes of routing engines, which nothing was fitted on.

    Parameters
    ----------
    folder
        Holds the two files `ISERE` (a square table of minutes between communes) and `GIRONDE`
        (`X1`, `Y1`, `X2`, `Y2` in Lambert-93, `metric_offpeak_min`, `osrm_min`).
    roads, costs, places, line
        As for `drees_errors`.

    Returns
    -------
    errors
        As `drees_errors`.

    Raises
    ------
    UserError
        If a file is absent.
    """
    missing = [name for name in (ISERE, GIRONDE) if not (folder / name).is_file()]
    if missing:
        raise UserError(f"{folder} : fichier absent : {', '.join(missing)}. Vérifiez --checks.")
    rows = [
        *_isere(pd.read_parquet(folder / ISERE), roads, costs, places, line),
        *_gironde(pd.read_parquet(folder / GIRONDE).dropna(), roads, costs, places, line),
    ]
    return pd.DataFrame(rows)


def _isere(
    table: pd.DataFrame, roads: Roads, costs: RoadCosts, places: pd.DataFrame, line: CrowLine
) -> list[dict[str, object]]:
    """Compare every pair of communes of Isère."""
    position = pd.Series(np.arange(len(places)), index=places.insee_code)
    codes = [code for code in table.columns if code in position.index]
    at = position[codes].to_numpy()
    found = roads.minutes(costs, at, np.inf)[:, at]
    stated = table.loc[codes, codes].to_numpy("float64")
    space = positions_km(places.iloc[at])
    km = np.linalg.norm(space[:, None] - space[None], axis=2)
    apart = ~np.eye(len(at), dtype=bool)
    found, stated, km = found[apart], stated[apart], km[apart]
    short, far = stated <= 60, (stated > 60) & (stated <= 120)  # noqa: PLR2004
    return [
        error_row("Isère, OSRM, jusqu'à 60 min", found[short], stated[short]),
        error_row("Isère, OSRM, 60 à 120 min", found[far], stated[far]),
        error_row(
            "Isère, vol d'oiseau calé, jusqu'à 60 min", line.minutes(km)[short], stated[short]
        ),
    ]


def _gironde(
    table: pd.DataFrame, roads: Roads, costs: RoadCosts, places: pd.DataFrame, line: CrowLine
) -> list[dict[str, object]]:
    """Compare trips between points of Gironde, each taken at the nearest commune."""
    epsg = pd.Series(LAMBERT_93, index=table.index, dtype="Int64")
    tree = cKDTree(unit_vectors(places.lon, places.lat))
    ends = [to_wgs84(table[f"X{n}"], table[f"Y{n}"], epsg) for n in (1, 2)]
    points = [unit_vectors(end.lon, end.lat) for end in ends]
    start, end = (tree.query(at)[1] for at in points)
    nodes, row = np.unique(start, return_inverse=True)
    found = roads.minutes(costs, nodes, np.inf)[row, end]
    stated = table.metric_offpeak_min.to_numpy("float64")
    km = EARTH_RADIUS_KM * np.linalg.norm(points[0] - points[1], axis=1)
    short = stated <= 60  # noqa: PLR2004
    return [
        error_row("Gironde, METRIC heures creuses, jusqu'à 60 min", found[short], stated[short]),
        error_row(
            "Gironde, vol d'oiseau calé, jusqu'à 60 min", line.minutes(km)[short], stated[short]
        ),
        error_row(
            "Gironde, OSRM face à METRIC", table.osrm_min.to_numpy("float64")[short], stated[short]
        ),
    ]
