"""Published figures: how exact they say they are, on screens and in files."""

import pandas as pd
import pytest

from geo.atlas.load import Atlas
from geo.catchment.charts import cloud_chart
from geo.catchment.tables import judged_population, named_comparison
from geo.catchment.validation import Measured, compare_models
from geo.profile.key_figures import key_figures_of
from geo.territories import tables
from geo.territories.measures import territory_table
from geo.territories.published import (
    latest_published,
    precision,
    precisions,
    published_population,
    qualified,
    with_notes,
    year_text,
)
from geo.territories.reconciliations import reconcile_members
from geo.ui.shared.key_figures import published_figure
from geo.wording import COLUMNS
from tests import builders

NARROW = "\u202f"


def atlas_of(**overrides: object) -> Atlas:
    figures = {"figure": ["population", "area_km2"], "value": [800000, 5000], **overrides}
    return builders.atlas(published=builders.published(**figures))


def aube(atlas: Atlas) -> pd.Series:
    areas = territory_table(atlas)
    return areas[areas.area_code == "GE-06"].iloc[0]


@pytest.mark.parametrize(
    ("qualifier", "shown"),
    [
        ("plain", "800"), ("more_than", "plus de 800"), ("about", "environ 800"),
        (None, "800"), (pd.NA, "800"), (float("nan"), "800"),
    ],
)  # fmt: skip
def test_a_figure_is_written_as_its_source_does(qualifier: object, shown: str) -> None:
    assert qualified("800", qualifier) == shown


@pytest.mark.parametrize(
    ("year", "certainty", "shown"),
    [
        (2018, "stated", "2018"),
        (2018, "inferred", "2018, année déduite"),
        (2018, None, "2018"),
        (None, "inferred", "année inconnue"),
        (pd.NA, pd.NA, "année inconnue"),
    ],
)
def test_an_inferred_year_is_said(year: object, certainty: object, shown: str) -> None:
    assert year_text(year, certainty) == shown


def test_a_number_that_stays_a_number_has_its_words_beside() -> None:
    assert precision("plain", "stated") is None
    assert precision(None, None) is None
    assert precision("more_than", "inferred") == "plus de, année déduite"
    rows = builders.published(
        figure=["beds", "members"], qualifier=["about", "plain"], year_certainty=["stated", None]
    )
    said = precisions(rows)
    assert said.iloc[0] == "environ"
    assert pd.isna(said.iloc[1])


def test_notes_join_their_figure_and_leave_the_others_alone() -> None:
    """What the collectors wrote for themselves is not shown."""
    figures = builders.published(figure=["population", "beds"], note="Collected.")
    figures = figures.drop(columns=["qualifier", "year_certainty"])
    notes = pd.DataFrame(
        {"ght_code": ["GE-06", "AA-01"], "figure": "population",
         "source_url": figures.source_url[0], "qualifier": "about", "year_certainty": "inferred",
         "note": [None, "Ailleurs."]}
    )  # fmt: skip
    found = with_notes(figures, notes)
    assert found.figure.to_list() == ["population", "beds"]
    assert found.qualifier.fillna("?").to_list() == ["about", "?"]
    assert found.year_certainty.fillna("?").to_list() == ["inferred", "?"]
    assert found.note.isna().all()
    assert "note_collected" not in found


def test_a_figure_about_something_else_says_what() -> None:
    """A note read around the figure says it better; a figure about the GHT needs none."""
    scopes = ["ght", None, "member", "support_basin", "department_or_health_territory"]
    figures = builders.published(scope=scopes).drop(columns=["qualifier", "year_certainty"])
    keys = figures.tail(1)[["ght_code", "figure", "source_url"]]
    noted = keys.assign(qualifier="plain", year_certainty="stated", note="Département du Jura.")
    assert with_notes(figures, noted).note.fillna("-").to_list() == [
        "-", "-", "Chiffre d'un seul membre, non du GHT.",
        "Chiffre du bassin de l'établissement support, non du GHT.", "Département du Jura.",
    ]  # fmt: skip


def test_a_note_given_twice_is_refused() -> None:
    figures = builders.published(figure=["population"]).drop(
        columns=["qualifier", "year_certainty"]
    )
    note = figures[["ght_code", "figure", "source_url", "note"]].assign(
        qualifier="plain", year_certainty="stated"
    )
    with pytest.raises(pd.errors.MergeError):
        with_notes(figures, pd.concat([note, note]))


def test_the_map_shows_the_figure_with_its_words() -> None:
    atlas = atlas_of(qualifier="more_than", year_certainty="inferred")
    shown = published_figure(aube(atlas))
    assert shown.value.replace(NARROW, " ") == "plus de 800 000"
    assert shown.note.startswith("2018, année déduite, écart du modèle")
    text, year = published_population(aube(atlas_of()))
    assert (text.replace(NARROW, " "), year) == ("800 000", "2018")


def test_tables_and_files_keep_the_words() -> None:
    atlas = atlas_of(qualifier=["more_than", "about"], year_certainty=["stated", "inferred"])
    areas = tables.with_region_names(territory_table(atlas), atlas)
    names = [COLUMNS[f"published_{what}_precision"] for what in ("population", "area")]
    table = tables.figure_table(areas)
    row = table[table["Code"] == "GE-06"].iloc[0]
    assert row[names].to_list() == ["plus de", "environ, année déduite"]
    stated = tables.published_table(areas).iloc[0]
    assert stated[names].to_list() == ["plus de", "environ, année déduite"]


def test_a_profile_keeps_the_words() -> None:
    atlas = atlas_of(qualifier="about", year_certainty="inferred", note="Arrondi.")
    area = aube(atlas)
    figure = {f.measure: f for f in key_figures_of(atlas, area)}["population"]
    assert figure.published_text.replace(NARROW, " ") == "environ 800 000"
    assert figure.year_text == "2018, année déduite"
    assert figure.published_precision == "environ, année déduite"
    assert figure.published_note == "Arrondi."
    bare = atlas_of(qualifier=None, year_certainty=None)
    figure = {f.measure: f for f in key_figures_of(bare, area)}["population"]
    assert (figure.qualifier, figure.published_precision) == (None, None)
    assert figure.published_text.replace(NARROW, " ") == "800 000"


def test_the_check_of_models_keeps_the_words() -> None:
    stated = builders.published(
        figure="population", value=[100], qualifier="more_than", year_certainty="inferred"
    )
    people = pd.DataFrame({2023: [110.0]}, index=["GE-06"])
    outcome = Measured(people, pd.Series([1.0], index=["GE-06"]))
    compared = compare_models({"nearest": outcome}, stated)
    named = named_comparison(compared, pd.Series({"GE-06": "Aube"}))
    assert named.precision.to_list() == ["plus de, année déduite"]
    values = cloud_chart(judged_population(named))["datasets"].values()
    rows = [row for rows in values for row in rows if "Publié" in row]
    assert [(row["Publié"], row["Année"]) for row in rows] == [
        ("plus de 100", "2018, année déduite")
    ]


def test_the_count_of_members_keeps_the_doubt_of_its_year() -> None:
    steps = reconcile_members(
        builders.members(),
        builders.earlier_members(),
        builders.published(year_certainty="inferred"),
    )
    assert "Nombre publié (2018, année déduite)" in set(steps.label)


def test_the_most_recent_figure_brings_its_own_words() -> None:
    rows = builders.published(value=[1, 2], year=[2016, 2020], qualifier=["about", "more_than"])
    assert latest_published(rows, "members").qualifier.to_dict() == {"GE-06": "more_than"}
