"""What road minutes are estimated from."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geo.sources.adapters.roads import (
    read_drees_times,
    read_relief,
    read_road_posts,
    read_town_halls,
)
from tests.unit.sources.adapters.raw import faults_of


def written(folder: Path, **columns: object) -> Path:
    path = folder / "source.parquet"
    pd.DataFrame(columns).to_parquet(path)
    return path


def test_a_time_that_is_not_given_is_missing_and_not_zero(tmp_path: Path) -> None:
    path = written(tmp_path, code=["01001", "75056"], tps_su_smur_2019_min=[31.0, None], pop=[1, 2])
    times = read_drees_times(path)
    assert list(times.columns) == ["insee_code", "minutes"]
    assert times.minutes.iloc[0] == 31.0
    assert np.isnan(times.minutes.iloc[1])


def test_the_faults_of_times_are_told_together(tmp_path: Path) -> None:
    path = written(tmp_path, code=["1001", "01002", "01002"], tps_su_smur_2019_min=[1.0, -2.0, 3.0])
    message = faults_of(read_drees_times, path)
    assert "1001" in message
    assert "code en double : 01002" in message
    assert "temps négatifs, communes : 01002" in message


def posts(**changes: object) -> dict[str, object]:
    """Two posts of the A43 near Chambéry, one on each side, and a ramp."""
    columns = {
        "route": ["A0043", "A0043", "73A904301"],
        "depPr": ["73", "73", "73"],
        "cote": ["G", "D", "D"],
        "cumul": [1000, 1000, 0],
        "x": [927000.0, 927010.0, 927100.0],
        "y": [6500000.0, 6500000.0, 6500000.0],
    }
    return columns | changes


def test_posts_are_placed_once_for_both_carriageways(tmp_path: Path) -> None:
    read = read_road_posts(written(tmp_path, **posts()))
    assert list(read.route) == ["A0043", "73A904301"]
    assert list(read.is_ramp) == [False, True]
    assert read.lon.between(5.8, 6.0).all()
    assert read.lat.between(45.5, 45.6).all()


def test_posts_that_are_not_placed_are_told(tmp_path: Path) -> None:
    path = written(tmp_path, **posts(x=["927000", "ici", "927100"]))
    assert "x non numérique(s) : ici" in faults_of(read_road_posts, path)


def test_town_halls_are_those_of_today_that_are_placed(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        code=["01001", "01001", "01002", "13201", "01003"],
        typecom=["COM", "COM", "COMD", "ARM", "COM"],
        mairie_lon=[4.9, 5.0, 4.9, 5.4, None],
        mairie_lat=[46.1, 46.2, 46.1, 43.3, None],
    )
    halls = read_town_halls(path)
    assert list(halls.insee_code) == ["01001", "13201"]
    assert halls.lon.iloc[0] == 4.9


def test_the_sea_has_no_altitude(tmp_path: Path) -> None:
    path = tmp_path / "relief.npz"
    np.savez(path, z=np.array([[1, -9999], [3, 4]], "int16"), lat=[45.0, 45.1], lon=[0.0, 0.1])
    altitude = read_relief(path)
    assert altitude.index.to_list() == [45.0, 45.1]
    assert altitude.columns.astype("float64").to_list() == [0.0, 0.1]
    assert altitude.to_numpy()[1, 1] == 4
    assert np.isnan(altitude.to_numpy()[0, 1])


@pytest.mark.parametrize(
    "arrays",
    [
        {"z": np.zeros((2, 2)), "lat": [45.1, 45.0], "lon": [0.0, 0.1]},
        {"z": np.zeros((2, 3)), "lat": [45.0, 45.1], "lon": [0.0, 0.1]},
        {"z": np.zeros((2, 2)), "lat": [45.0, 45.1]},
    ],
)
def test_a_grid_of_another_form_is_refused(tmp_path: Path, arrays: dict[str, object]) -> None:
    path = tmp_path / "relief.npz"
    np.savez(path, **arrays)  # type: ignore[arg-type]
    assert "relief.npz" in faults_of(read_relief, path)


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "relief.npz"
    path.write_bytes(b"altitudes")
    assert "grille d'altitudes illisible" in faults_of(read_relief, path)
