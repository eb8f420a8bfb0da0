"""The recipe of a figure of activity: what it is made of adds up to it."""

import json
import shlex

import pytest
from typer.testing import CliRunner

from geo.atlas.load import Atlas
from geo.cli.app import app
from geo.errors import UserError
from geo.territories.activity_recipe import FACT, indicator_recipe

pytestmark = pytest.mark.data


def test_members_add_up_to_the_figure_and_the_ministry_stands_beside(atlas: Atlas) -> None:
    made = indicator_recipe(atlas, "beds_mco", "GE-06")
    *members, ministry, gap = made.ingredients
    assert sum(part.value or 0 for part in members) == made.value == ministry.value == 579
    assert gap.value == 0
    assert made.model == FACT
    assert {(part.unit, part.year) for part in made.ingredients} == {("lits", "2024")}
    assert all("(DREES)" in part.source for part in made.ingredients)


def test_the_difference_with_a_total_of_another_list_is_said(atlas: Atlas) -> None:
    made = indicator_recipe(atlas, "scanners", "OI-01")
    assert [part.value for part in made.ingredients[-2:]] == [4, 2]


def test_a_ratio_to_inhabitants_names_those_of_the_model(atlas: Atlas) -> None:
    made = indicator_recipe(atlas, "beds_mco_rate", "GE-06")
    people = made.ingredients[-1]
    assert people.unit == "habitants"
    assert made.value == pytest.approx(579_000 / float(people.value or 0))
    assert made.model != FACT
    assert "ne dit pas d'où viennent les patients" in made.formula


def test_a_share_shows_both_parts(atlas: Atlas) -> None:
    made = indicator_recipe(atlas, "day_share_surgery", "GE-06")
    labels = [part.label for part in made.ingredients if part.label.startswith("CH de Troyes")]
    assert len(labels) == 2


def test_staff_is_the_ministry_s_alone(atlas: Atlas) -> None:
    made = indicator_recipe(atlas, "nurses", "GE-06")
    assert [part.value for part in made.ingredients] == [made.value]


def test_an_entity_outside_any_ght_and_a_figure_of_our_own(atlas: Atlas) -> None:
    made = indicator_recipe(atlas, "beds_mco", "HORS-980500003")
    assert made.value == made.ingredients[0].value == 418
    assert indicator_recipe(atlas, "population", "GE-06").column == "population"
    with pytest.raises(UserError, match="Territoire « XX » inconnu"):
        indicator_recipe(atlas, "beds_mco", "XX")


def test_the_command_gives_the_same_figure(atlas: Atlas) -> None:
    made = indicator_recipe(atlas, "maternities_type_3", "GE-06")
    words = shlex.split(made.command)[3:]
    done = CliRunner().invoke(app, [*words, "--data", str(atlas.folder)])
    rows = json.loads(done.stdout)
    assert [row[made.column] for row in rows if row["year"] == 2024] == [made.value]
