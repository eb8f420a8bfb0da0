"""The costs are found again from times they gave; errors are counted as they are."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geo.errors import UserError
from geo.roads.accuracy import by_class, check_errors, drees_errors, error_row
from geo.roads.calibration import Trips, crow_km, fit_costs, fit_crow, fitted_rows, trips_of
from geo.roads.costs import RoadCosts, Roads
from geo.roads.crow import CrowLine
from geo.roads.network import Network
from geo.roads.parameters import read_parameters, write_parameters
from tests import builders
from tests.unit.roads.test_network import COSTS, drawn, neighbours, places


def country() -> tuple[pd.DataFrame, Network]:
    """Sixty communes in a row, dense ones and empty ones."""
    row = places(*np.cumsum(np.tile([4.0, 7.0, 11.0], 20)))
    row = row.assign(density=np.tile([20.0, 55.0, 400.0, 90.0], 15))
    links = neighbours(*(f"{n} {n + 1}" for n in range(1, 60)))
    return row, drawn(row, links, builders.road_posts([900, 901]))


def test_the_pace_and_the_ends_are_found_again() -> None:
    _, network = country()
    roads = Roads(network)
    truth = replace(COSTS, local_pace=1.4, end=2.5, end_density=0.0)
    equipped = np.array([3, 40])
    minutes = roads.nearest(truth, equipped)
    minutes[equipped] = np.nan
    trips = Trips(minutes, equipped, np.arange(60) % 2 == 0)
    found = roads.nearest(fit_costs(roads, trips), equipped)
    left_out = trips.is_told & ~trips.is_fitted
    assert np.abs(found - minutes)[left_out].mean() < 0.3
    assert np.abs(roads.nearest(COSTS, equipped) - minutes)[left_out].mean() > 3


def test_a_blank_city_is_equipped_and_every_other_departement_is_left_out() -> None:
    row = places(0, 1, 2, 3).assign(insee_code=["01001", "02001", "03001", "75056"])
    times = builders.drees_times(c01001=12.0, c02001=0.0, c03001=None, c75056=None)
    deps = pd.Series(["01", "02", "03", "75"], index=row.insee_code)
    trips = trips_of(row, deps, times)
    assert list(trips.equipped) == [1, 3]
    assert list(trips.is_told) == [True, False, False, False]
    assert list(trips.is_fitted) == [True, False, True, False]
    assert crow_km(row, trips)[0] == pytest.approx(1, abs=0.01)


def test_a_line_is_fitted_whatever_a_few_far_points_say() -> None:
    km = np.arange(1.0, 41.0)
    minutes = 3 + 1.2 * km
    minutes[-2:] += 60
    line = fit_crow(km, minutes)
    assert line.start == pytest.approx(3, abs=0.5)
    assert line.per_km == pytest.approx(1.2, abs=0.05)


def test_an_error_row_counts_what_both_know() -> None:
    row = error_row(
        "essai", np.array([10.0, 26.0, np.inf, 5.0]), np.array([12.0, 20.0, 9.0, np.nan])
    )
    assert row["trips"] == 2
    assert row["mean_error_min"] == 4
    assert row["bias_min"] == 2
    assert row["within_5_min_percent"] == 50
    assert error_row("vide", np.array([1.0]), np.array([np.nan])) == {"test": "vide", "trips": 0}
    classes = by_class("essai", np.array([10.0, 26.0]), np.array([12.0, 20.0]))
    assert [row["test"] for row in classes] == ["essai, 0 à 15 min", "essai, 15 à 30 min"]


def test_the_graph_is_measured_beside_the_crow() -> None:
    row, network = country()
    roads = Roads(network)
    equipped = np.array([3, 40])
    minutes = roads.nearest(COSTS, equipped)
    minutes[equipped] = np.nan
    trips = Trips(minutes, equipped, np.arange(60) % 2 == 0)
    errors = drees_errors(roads, COSTS, row, trips, CrowLine(0.0, 0.1)).set_index("test")
    assert errors.loc["DREES, départements écartés", "mean_error_min"] == 0
    by_crow = errors.mean_error_min["DREES, départements écartés, vol d'oiseau calé"]
    assert by_crow > 1


def test_minutes_of_other_engines_are_compared_by_their_places(tmp_path: Path) -> None:
    row, network = country()
    roads, codes = Roads(network), [*row.insee_code[:3], "38999"]
    square = pd.DataFrame(20.0, index=codes, columns=codes)
    square.to_parquet(tmp_path / "osrm_isere_512x512.parquet")
    with pytest.raises(UserError, match="metric_osrm_gironde"):
        check_errors(tmp_path, roads, COSTS, row, CrowLine(3.0, 1.2))
    pd.DataFrame(
        {"X1": [420000.0], "Y1": [6420000.0], "X2": [430000.0], "Y2": [6420000.0],
         "metric_offpeak_min": [20.0], "osrm_min": [22.0]}
    ).to_parquet(tmp_path / "metric_osrm_gironde.parquet")  # fmt: skip
    errors = check_errors(tmp_path, roads, COSTS, row, CrowLine(3.0, 1.2)).set_index("test")
    assert errors.loc["Isère, OSRM, jusqu'à 60 min", "trips"] == 6
    assert errors.loc["Gironde, OSRM face à METRIC", "mean_error_min"] == 2


def test_fitted_values_are_written_with_their_units_and_meanings(tmp_path: Path) -> None:
    stated, path = read_parameters(), tmp_path / "costs.csv"
    stated.to_csv(path, index=False)
    values = dict(zip(stated.name, stated.value, strict=True))
    write_parameters(values | {"end": 9.12345}, path)
    again = read_parameters(path)
    assert again.set_index("name").value["end"] == pytest.approx(9.1235, abs=1e-4)
    assert list(again.meaning) == list(stated.meaning)
    with pytest.raises(ValueError, match="curated"):
        write_parameters({"end": 1.0}, path)


def test_the_curated_parameters_are_all_there_and_explained() -> None:
    stated = read_parameters()
    lines = {"metropole": CrowLine(1, 1), "971": CrowLine(1, 1), "972": CrowLine(1, 1),
             "974": CrowLine(1, 1), "976": CrowLine(1, 1)}  # fmt: skip
    assert set(fitted_rows(RoadCosts.of(stated), lines)) == set(stated.name)
    assert stated.meaning.str.len().gt(20).all()
