"""Figures that changed between two versions: those of territories, and the activity of the GHTs."""

from pathlib import Path
from types import MappingProxyType

import pandas as pd

from geo.atlas.changes import compare
from geo.atlas.load import Atlas
from geo.atlas.manifest import Manifest

TERRITORIES = pd.DataFrame(
    {"area_code": ["GE-06", "HF-13"], "area_name": ["Aube", "Psychiatrie"], "population": [800, 10],
     "population_year": [2023, 2023], "area_km2": [2000.04, None], "site_count": [1, None],
     "density_per_km2": [0.4, None]}
)  # fmt: skip
ACTIVITY = pd.DataFrame(
    {"ght_code": ["GE-06", "HF-13", "GE-06"], "year": [2024, 2024, 2023],
     "measure": ["beds_mco", "beds_mco", "births"], "value_members": [1200.0, 300.0, None]}
)  # fmt: skip


def version(territories: pd.DataFrame = TERRITORIES, activity: object = ACTIVITY) -> Atlas:
    """Return the tables of a version that the comparison reads."""
    tables = {
        "ghts": pd.DataFrame(
            columns=["ght_code", "ght_name", "support_finess_ej", "support_name"], dtype="str"
        ),
        "members": pd.DataFrame(
            columns=["finess_ej", "ght_code", "entity_name", "role"], dtype="str"
        ),
        "territories": territories,
        "assignments": pd.DataFrame({"insee_code": ["10387"], "area_code": "GE-06"}),
        "communes": pd.DataFrame({"insee_code": ["10387"], "commune_name": "Troyes"}),
    }
    if isinstance(activity, pd.DataFrame):
        tables["activity_ghts"] = activity
    return Atlas(Path("x"), Manifest("", "", {}, (), {}), MappingProxyType(tables))


def changed(old: Atlas, new: Atlas) -> list[tuple[str, ...]]:
    found = compare(old, new, {"beds_mco": "Lits de MCO"}).measures
    assert len(found) == compare(old, new).count
    return list(found.drop(columns="kind").itertuples(index=False, name=None))


def test_the_same_figures_have_not_changed() -> None:
    assert changed(version(), version()) == []


def test_a_figure_of_a_territory_changes_and_the_unknown_is_not_zero() -> None:
    after = TERRITORIES.assign(site_count=[2, 0], population_year=[2024, 2023])
    assert changed(version(), version(after)) == [
        ("GE-06", "Aube", "Année du recensement le plus ancien employé", "2023", "2024"),
        ("GE-06", "Aube", "Sites généraux", "1", "2"),
        ("HF-13", "Psychiatrie", "Sites généraux", "inconnu", "0"),
    ]


def test_what_only_a_rounding_or_the_population_moves_is_not_listed() -> None:
    after = TERRITORIES.assign(area_km2=[2000.01, float("nan")], density_per_km2=0.5)
    assert changed(version(), version(after)) == []


def test_a_figure_that_one_version_lacks_is_not_compared() -> None:
    assert changed(version(TERRITORIES.drop(columns="site_count")), version()) == []


def test_the_activity_of_all_the_ghts_changes_by_measure_and_year() -> None:
    later = pd.DataFrame(
        {"ght_code": ["GE-06"], "year": [2025], "measure": ["beds_mco"], "value_members": [1100.0]}
    )
    after = ACTIVITY.assign(value_members=[1150.0, 300.0, float("nan")])
    assert changed(version(), version(activity=pd.concat([after, later]))) == [
        ("FRANCE", "Ensemble des GHT", "Lits de MCO, 2024", "1\u202f500", "1\u202f450"),
        ("FRANCE", "Ensemble des GHT", "Lits de MCO, 2025", "", "1\u202f100"),
    ]


def test_a_version_from_before_activity_is_compared_all_the_same() -> None:
    rows = changed(version(activity=None), version())
    assert ("FRANCE", "Ensemble des GHT", "Lits de MCO, 2024", "", "1\u202f500") in rows
