"""Profiles of the bundled territories, recomputed by hand, and the recipes of their figures."""

import json
import math
import shlex
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest

from geo.atlas.load import Atlas
from geo.cli.app import main
from geo.errors import UserError
from geo.geography.distance import great_circle_km
from geo.profile.territory import Context, profile
from geo.territories.measures import MEASURES
from geo.territories.people import RATIOS
from geo.territories.recipe import MAKERS, recipe

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def context(atlas: Atlas) -> Context:
    return Context(atlas)


def test_aube_et_sezannais(atlas: Atlas, context: Context) -> None:
    """Every figure added up again from the communes."""
    made = profile(atlas, "GE-06", context)
    assert made.title == "GHT Aube et Sézannais (GE-06)"
    assert made.region == "Grand Est"
    assert made.support is not None
    assert made.support.name == "CH de Troyes"
    assert made.support.rule.startswith("publié")
    assert made.creation is not None
    assert (made.creation.created_on, made.creation.evidence) == ("2016-07-01", "published")
    figures = {figure.measure: figure for figure in made.key_figures}
    assert figures["population"].value == made.communes.population.sum() == 332_322
    assert figures["population"].published == 350_000
    assert figures["population"].published_year == 2018
    people = made.communes.merge(atlas.communes, on="insee_code")
    then = (people.population_2015 + people.population_2021).sum() / 2  # 2018 is half way
    assert figures["population"].modelled_then == pytest.approx(then, abs=1)
    off = (round(then) - 350_000) / 350_000 * 100
    assert figures["population"].deviation_percent == pytest.approx(off)
    assert figures["area_km2"].published == 7_000
    assert figures["commune_count"].value == len(made.communes) == 485
    assert len(made.members) == figures["member_count"].value == 6
    assert made.members.role.to_list() == ["support"] + ["partie"] * 5
    assert made.by_category["count"].sum() == made.by_city["count"].sum() == 47
    assert made.by_category.general_count.sum() == figures["site_count"].value == 8
    assert set(made.partnerships.partnerships.partnership_id) >= {"aube-gcs-clinique-de-champagne"}
    assert made.population_years == "2023"


def test_loire(atlas: Atlas, context: Context) -> None:
    made = profile(atlas, "ARA-09", context)
    assert len(made.members) == 15, "the members of today; the GHT says 15 too"
    assert made.members.successor_label.isna().all()
    assert made.history.detail.str.contains("Lucien-Neuwirth", na=False).any(), "who merged"
    assert set(made.published.value[made.published.figure == "members"]) == {15, 20}
    assert made.neighbours.area_code[0] == "ARA-01"
    assert made.creation is not None
    assert made.creation.evidence == "presumed"


def test_access_counted_inhabitant_by_inhabitant(atlas: Atlas, context: Context) -> None:
    """Each inhabitant is a value: shares, median and mean without any weight."""
    for code in ("GE-06", "ARA-09"):
        made = profile(atlas, code, context)
        people = made.communes.population.to_numpy(dtype="int64")
        minutes = np.repeat(made.communes.travel_time_min.to_numpy(), people)
        assert made.access.median_min == np.percentile(minutes, 50, method="inverted_cdf")
        assert made.access.mean_min == pytest.approx(minutes.mean())
        for band, share in made.access.shares.items():
            assert share == pytest.approx((minutes <= band).mean() * 100)


def test_a_mean_is_the_measure_or_unknown(atlas: Atlas, context: Context) -> None:
    means = context.areas.set_index("area_code").mean_travel_time_min
    for code in ("GE-06", "OI-01", "HORS-980500003"):
        mean = profile(atlas, code, context).access.mean_min
        assert mean == pytest.approx(means[code])
    one = atlas.assignments
    one.loc[one.insee_code == "97411", "travel_time_min"] = np.nan
    changed = replace(atlas, tables=MappingProxyType({**atlas.tables, "assignments": one}))
    made = profile(changed, "OI-01")
    assert math.isnan(made.access.mean_min)
    figures = {figure.measure: figure.value for figure in made.key_figures}
    assert figures["mean_travel_time_min"] is None, "one commune unknown: no mean of the others"


def test_ranks_by_hand(atlas: Atlas, context: Context) -> None:
    made = profile(atlas, "GE-06", context)
    ranks = made.ranks.set_index("measure")
    people = context.ghts.set_index("area_code").population.dropna().sort_values(ascending=False)
    assert ranks.country_rank["population"] == list(people.index).index("GE-06") + 1
    assert ranks.country_count["population"] == len(people) == 131
    assert ranks.region_count["population"] == 11
    assert "partnership_count" not in ranks.index, "a partial collection is not ranked"


def test_neighbours_are_mutual(atlas: Atlas, context: Context) -> None:
    mine = profile(atlas, "GE-06", context).neighbours.set_index("area_code").border_km
    for code, length in mine.head(3).items():
        theirs = profile(atlas, str(code), context).neighbours.set_index("area_code").border_km
        assert theirs["GE-06"] == pytest.approx(length)


def test_a_ght_without_territory_has_no_figure(atlas: Atlas, context: Context) -> None:
    made = profile(atlas, "HF-13", context)
    figures = {figure.measure: figure.value for figure in made.key_figures}
    assert figures["population"] is None, "unknown is not zero"
    assert figures["member_count"] == 4
    assert made.communes.empty
    assert made.peers.empty
    assert made.neighbours.empty
    assert "psychiatrie" in made.status_note
    assert made.support is not None
    assert made.support.name == "EPSM Lille-Métropole"


def test_an_area_outside_any_ght(atlas: Atlas, context: Context) -> None:
    made = profile(atlas, "HORS-750712184", context)
    assert made.title.startswith("Assistance publique")
    assert made.support is None
    assert made.creation is None
    assert made.members.empty
    assert made.ranks.empty
    assert len(made.establishments) > 20
    assert all(figure.published is None for figure in made.key_figures)


def test_the_census_of_mayotte_is_named(atlas: Atlas, context: Context) -> None:
    assert profile(atlas, "HORS-980500003", context).population_years == "2017"


def test_an_unknown_creation_is_not_invented(atlas: Atlas, context: Context) -> None:
    creation = profile(atlas, "BFC-12", context).creation
    assert creation is not None
    assert (creation.created_on, creation.evidence) == (None, "unknown")


def test_an_unknown_territory_is_refused(atlas: Atlas) -> None:
    with pytest.raises(UserError, match="« ZZ-99 » inconnu"):
        profile(atlas, "ZZ-99")
    with pytest.raises(UserError, match="« ZZ-99 » inconnu"):
        recipe(atlas, "population", "ZZ-99")
    with pytest.raises(UserError, match="Indicateur « beauté » inconnu"):
        recipe(atlas, "beauté", "GE-06")


# Recipes


def combine(measure: str, values: list[float]) -> float:
    """Apply the formula of a measure to its ingredients."""
    if measure == "density_per_km2":
        return sum(values[:-1]) / values[-1]
    if measure == "member_count":
        return values[0] - values[1]
    if measure == "population_change_percent":
        return (values[1] - values[0]) / values[0] * 100
    if measure == "mean_travel_time_min":
        return values[0] / sum(values[1:])
    if measure in RATIOS:
        return values[0] / values[1] * RATIOS[measure].per
    return sum(values)


def test_every_measure_has_a_recipe() -> None:
    assert set(MAKERS) == set(MEASURES)


@pytest.mark.parametrize("code", ["GE-06", "ARA-09"])
def test_the_ingredients_give_the_figure(atlas: Atlas, context: Context, code: str) -> None:
    for measure, made in profile(atlas, code, context).recipes.items():
        values = [part.value for part in made.ingredients if part.value is not None]
        assert len(values) == len(made.ingredients)
        assert made.value == pytest.approx(combine(measure, values)), measure
        assert all(part.source for part in made.ingredients)


@pytest.mark.parametrize("code", ["ARA-09", "HORS-750712184", "HF-13", "NON-AFFECTE"])
def test_the_command_gives_the_figure(
    atlas: Atlas, context: Context, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    recipes = profile(atlas, code, context).recipes
    (command,) = {made.command for made in recipes.values()}
    program, words = command.split("geo ", 1)
    assert program == "python -m "
    assert main([*shlex.split(words), "--data", str(atlas.folder)]) == 0
    rows = {row["area_code"]: row for row in json.loads(capsys.readouterr().out)}
    for made in recipes.values():
        given = rows[code][made.column]
        assert (given is None) == (made.value is None), made.measure
        if made.value is not None:
            assert given == pytest.approx(made.value)


def test_unknown_inputs_stay_unknown(atlas: Atlas, context: Context) -> None:
    recipes = profile(atlas, "HF-13", context).recipes
    assert all(part.value is None for part in recipes["area_km2"].ingredients)
    assert pd.isna(recipes["population_change_percent"].value or None)
    hors = profile(atlas, "HORS-750712184", context).recipes
    assert hors["member_count"].ingredients == ()
    assert hors["partnership_count"].ingredients == ()


def test_the_recipe_of_a_time_states_its_method_and_its_error(
    atlas: Atlas, context: Context
) -> None:
    made = profile(atlas, "GE-06", context).recipes["mean_travel_time_min"]
    method = atlas.vintages.travel_method
    assert method != atlas.vintages.travel_time, "no error is said"
    assert method in made.formula


def test_the_kilometres_beside_a_time_are_those_of_its_trip(atlas: Atlas, context: Context) -> None:
    """Troyes, whose hospital stands in the town, and Bar-sur-Aube, which has its own."""
    table = profile(atlas, "GE-06", context).communes.set_index("insee_code")
    assert 1 < table.site_km["10387"] < 3
    sites = atlas.establishments.set_index("finess_et")
    homes = atlas.assignments.set_index("insee_code").finess_et
    lands = atlas.communes.set_index("insee_code")
    for code in table.index[::40]:
        site, land = sites.loc[homes[code]], lands.loc[code]
        km = great_circle_km([land.anchor_lon], [land.anchor_lat], [site.lon], [site.lat])
        assert table.site_km[code] == pytest.approx(km[0, 0], abs=1e-6)
    assert context.communes.site_km.isna().equals(context.communes.site_name.isna())


def test_the_mean_time_of_a_profile_is_its_key_figure(atlas: Atlas, context: Context) -> None:
    """One formula, whatever the order of the communes; known in Mayotte too."""
    for code in ("GE-06", "ARA-04", "NA-07", "OI-01", "HORS-980500003"):
        made = profile(atlas, code, context)
        figures = {figure.measure: figure.value for figure in made.key_figures}
        mean = figures["mean_travel_time_min"]
        known = np.nan if mean is None else mean
        assert made.access.mean_min == pytest.approx(known, rel=1e-12, nan_ok=True)
