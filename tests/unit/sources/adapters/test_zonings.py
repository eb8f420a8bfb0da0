"""Zonings of INSEE: codes as texts, levels that do not exist, names of the zones."""

from pathlib import Path

import pandas as pd

from geo.sources.adapters.zonings import LEVELS, read_zone_names, read_zonings
from tests.unit.sources.adapters.raw import faults_of


def zonings_file(folder: Path, **changed: list[str | None]) -> Path:
    columns: dict[str, list[str | None]] = {
        "CODGEO": ["01001", "97601", None],
        "ARR": ["012", "ZZZZ", None],
        "CANOV": ["0108", "97609", None],
        "BV2022": ["01093", "97611", None],
        "ZE2020": ["8405", "0601", None],
        "UU2020": ["01000", "9F201", None],
        "AAV2020": ["524", "9F1", None],
    }
    path = folder / "zonages.parquet"
    pd.DataFrame(columns | changed).to_parquet(path)
    return path


def names_file(folder: Path, **changed: list[str]) -> Path:
    columns = {
        "NIVGEO": ["ARR", "ARR", "DEP", "ZE2020"],
        "CODGEO": ["012", "ZZZZ", "01", "0601"],
        "LIBGEO": ["Bourg-en-Bresse", "Sans objet", "Ain", "Mayotte"],
    }
    path = folder / "libelles.parquet"
    pd.DataFrame(columns | changed).to_parquet(path)
    return path


def test_a_level_that_does_not_exist_is_missing(tmp_path: Path) -> None:
    """INSEE writes ZZZZ: Mayotte has no arrondissement. The last row of the file is empty."""
    table = read_zonings(zonings_file(tmp_path)).set_index("insee_code")
    assert table.index.to_list() == ["01001", "97601"]
    assert list(table.columns) == list(LEVELS.values())
    assert table.to_numpy().tolist()[0] == ["012", "0108", "01093", "8405", "01000", "524"]
    assert table.isna().sum().to_dict() == dict.fromkeys(table.columns, 0) | {"arrondissement": 1}


def test_faults_of_zonings_come_together(tmp_path: Path) -> None:
    path = zonings_file(tmp_path, CODGEO=["1001", "97601", None], BV2022=["01093", None, None])
    said = faults_of(read_zonings, path)
    assert "CODGEO invalide(s) : 1001" in said
    assert "BV2022 vide, ligne(s) : 3" in said


def test_zones_have_the_names_of_the_levels_read(tmp_path: Path) -> None:
    table = read_zone_names(names_file(tmp_path))
    assert table.to_numpy().tolist() == [
        ["arrondissement", "012", "Bourg-en-Bresse"],
        ["zone_emploi", "0601", "Mayotte"],
    ]


def test_two_names_for_a_zone_and_none_are_refused(tmp_path: Path) -> None:
    path = names_file(tmp_path, CODGEO=["012", "012", "01", "0601"], LIBGEO=["A", "B", "Ain", " "])
    said = faults_of(read_zone_names, path)
    assert "NIVGEO et CODGEO en double : ARR 012" in said
    assert "LIBGEO vide" in said
    nothing = names_file(tmp_path, NIVGEO=["DEP"] * 4, CODGEO=["01", "02", "03", "04"])
    assert "aucun nom de zone" in faults_of(read_zone_names, nothing)
