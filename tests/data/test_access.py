"""Access over the bundled tables: the country adds up, the page and the command say the same."""

import numpy as np
import pandas as pd
import pytest

from geo.atlas.load import Atlas
from geo.profile.access import beds_text, referrals_text, services_numbers, services_text
from geo.profile.territory import Context, profile
from geo.territories.beds import beds_table, fifths
from geo.territories.services import EVERY, SERVICES, access_table, share_name

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def context(atlas: Atlas) -> Context:
    return Context(atlas)


def test_every_division_adds_up_to_the_country(atlas: Atlas) -> None:
    for key in EVERY:
        by_ght, by_departement = (access_table(atlas, key, by) for by in ("ght", "departement"))
        counts = by_ght.filter(regex="population|inhabitants").sum()
        assert counts.population == atlas.communes.population.sum()
        assert counts.to_dict() == by_departement.filter(items=counts.index).sum().to_dict()


def test_the_official_minutes_are_untouched(atlas: Atlas) -> None:
    table = access_table(atlas, "urgences", "commune").set_index("insee_code")
    official = atlas.emergency_times.set_index("insee_code").minutes
    pd.testing.assert_series_equal(table.minutes, official.reindex(table.index))


def test_a_support_is_never_nearer_than_a_member(atlas: Atlas) -> None:
    support, member = (access_table(atlas, key, "commune").minutes for key in ("support", "membre"))
    both = support.notna() & member.notna()
    assert both.sum() > 30_000
    assert (support[both] >= member[both]).mean() > 0.999  # a distance estimated, over two hours


def test_the_beds_within_reach_are_the_beds_of_the_survey(atlas: Atlas) -> None:
    """All but those that nobody reaches: E2SFCA neither makes nor loses one."""
    beds = atlas.communes.insee_code.map(atlas.access_beds.set_index("insee_code").beds_per_1000)
    people = atlas.communes.population.to_numpy(dtype="float64")
    shared = float(np.nansum(beds.to_numpy() * people) / 1000)
    sites = atlas.activity_sites.query("year == 2024 and measure == 'beds_mco'")
    assert 0.995 < shared / sites.value.sum() <= 1.0
    bounds = fifths(beds.to_numpy(dtype="float64"), people)
    assert bounds.round(1).tolist() == [1.9, 2.5, 2.9, 3.5]
    assert set(beds_table(atlas).bed_class.dropna()) == {1, 2, 3, 4, 5}


def test_the_page_says_what_the_command_says(atlas: Atlas, context: Context) -> None:
    made = profile(atlas, "GE-06", context)
    for key in SERVICES:
        row = access_table(atlas, key).set_index("area_code").loc["GE-06"]
        assert made.services.loc[key, share_name(30)] == pytest.approx(row[share_name(30)])
    shown = services_text(made)
    assert shown.iloc[:, -1].tolist() == ["officiel, 2019", *["modélisé, 2024"] * 4]
    assert shown.iloc[0, 2] == "13,1\u00a0% (43\u202f400)"
    assert len(services_numbers(made)) == len(SERVICES)
    assert "classe 2 sur 5 (peu)" in beds_text(made)
    assert "jusqu'à 20 min : 1" in beds_text(made)
    assert "CH de Troyes (Troyes)" in set(referrals_text(made).iloc[:, 2])


def test_a_support_makes_no_sense_outside_a_ght(atlas: Atlas, context: Context) -> None:
    shown = services_text(profile(atlas, "HORS-750712184", context)).set_index("Trajet vers")
    assert set(shown.loc["L'établissement support du GHT"].iloc[:-1]) == {"sans objet"}
    assert "inconnu" not in set(shown.loc["Une maternité"])


def test_a_territory_without_a_commune_has_no_access(atlas: Atlas, context: Context) -> None:
    made = profile(atlas, "HF-13", context)
    assert services_text(made).empty
    assert services_numbers(made).empty
    assert "inconnu" in beds_text(made)
