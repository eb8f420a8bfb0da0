"""The indicators of activity on the maps: the producer's totals, what is unknown, their cost."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from geo.activity.measures import MEASURES as ACTIVITY_MEASURES
from geo.atlas.load import Atlas
from geo.territories.access_measures import ACCESS
from geo.territories.activity import (
    ACTIVITY,
    INDICATORS,
    facts_of,
    heading_of,
    indicator_text,
    menu_label,
    origin_of,
    title_of,
    with_indicators,
)
from geo.territories.measures import MEASURES, territory_table

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def areas(atlas: Atlas) -> pd.DataFrame:
    return territory_table(atlas)


def values(atlas: Atlas, areas: pd.DataFrame, key: str) -> pd.Series:
    return with_indicators(atlas, areas, [key]).set_index("area_code")[key]


def test_about_forty_indicators_join_those_of_the_territory() -> None:
    assert 40 <= len(ACTIVITY) <= 45
    assert list(INDICATORS) == [*MEASURES, *ACTIVITY, *ACCESS]
    families = [menu_label(one).partition(" · ")[0] for one in ACTIVITY.values()]
    assert {"Capacités", "Naissances", "Urgences", "Imagerie", "Personnel"} <= set(families)


@pytest.mark.parametrize("key", ["beds_mco", "deliveries", "emergency_visits", "scanners"])
def test_areas_add_up_to_the_sites_of_the_hospitals(
    atlas: Atlas, areas: pd.DataFrame, key: str
) -> None:
    """The sites of the members and of the entities that make an area of their own, nothing else."""
    sites = atlas.activity_sites.query("year == 2024 and measure == @key")
    members = atlas.proved_members
    counted = members[members.evidence != "not_counted"].finess_ej
    outside = areas.area_code[areas.kind == "hors_ght"].str.removeprefix("HORS-")
    expected = sites[sites.finess_ej.isin({*counted, *outside})].value.sum()
    assert values(atlas, areas, key).sum() == expected > 0


def test_a_rate_divides_the_fact_by_the_people_of_the_model(
    atlas: Atlas, areas: pd.DataFrame
) -> None:
    table = with_indicators(atlas, areas, ["beds_mco", "beds_mco_rate"]).set_index("area_code")
    row = table.loc["GE-06"]
    assert row.beds_mco == 579
    assert row.beds_mco_rate == pytest.approx(579_000 / row.population)
    assert "(fait et modèle)" in ACTIVITY["beds_mco_rate"].label
    other = with_indicators(atlas, areas.assign(population=1000), ["beds_mco_rate"])
    assert other.set_index("area_code").beds_mco_rate["GE-06"] == 579, "of any model"


def test_what_nobody_declares_is_unknown(atlas: Atlas, areas: pd.DataFrame) -> None:
    found = values(atlas, areas, "deliveries")
    assert pd.isna(found["HF-13"]), "the ministry writes 0 where no member declares"
    assert pd.isna(found["NON-AFFECTE"])
    assert indicator_text("deliveries", found["HF-13"], "thematic") == "non déclaré"
    assert indicator_text("deliveries_rate", None, "thematic") == "sans objet"
    assert indicator_text("population", None, "thematic") == "sans objet"
    staff = values(atlas, areas, "nurses")
    assert staff[areas.area_code[areas.kind == "hors_ght"]].isna().all(), "known by GHT only"


def test_unit_producer_and_year_are_said(atlas: Atlas) -> None:
    beds = INDICATORS["beds_mco"]
    assert origin_of(atlas, beds) == "DREES, 2024"
    assert title_of(atlas, beds) == "Lits de MCO – DREES, 2024"
    assert heading_of(atlas, beds) == "Lits de MCO (lits ; DREES, 2024)"
    assert heading_of(atlas, INDICATORS["population"]) == "Population (habitants)"


def test_what_is_kept_is_asked_for_once(atlas: Atlas, areas: pd.DataFrame) -> None:
    asked: list[tuple[str, ...]] = []

    def facts(outside: tuple[str, ...]) -> pd.DataFrame:
        asked.append(outside)
        return facts_of(atlas, outside)

    assert with_indicators(atlas, areas, ["population"], facts) is areas
    table = with_indicators(atlas, areas, ["mri", "mri"], facts)
    assert with_indicators(atlas, table, ["mri"], facts) is table
    assert set(asked) == {("HORS-750712184", "HORS-980500003")}


def test_an_indicator_that_is_not_chosen_reads_no_table_of_activity(repository: Path) -> None:
    code = """
from geo.ui.shared import cache
from geo.ui.shared.selection import DEFAULT
view = DEFAULT
cache.choices(), cache.areas(), cache.table(None, view.measure), cache.told(view.measure)
cache.legend(view.measure, view.method), cache.texts(view.measure), cache.key_figures(None, None)
heavy = {"activity_ghts", "activity_sites", "proved_members"}
assert not heavy & cache.atlas().tables.in_memory(), cache.atlas().tables.in_memory()
cache.texts("beds_mco")
assert heavy <= cache.atlas().tables.in_memory()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=repository, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_every_indicator_is_a_measure_of_the_survey_with_values(
    atlas: Atlas, areas: pd.DataFrame
) -> None:
    table = with_indicators(atlas, areas, ACTIVITY)
    ghts = table[table.kind == "ght"]
    for key in ACTIVITY:
        assert key in ACTIVITY_MEASURES
        assert ghts[key].notna().sum() >= 30, key
        assert (ghts[key].dropna() >= 0).all(), key
