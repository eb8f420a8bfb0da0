"""The bundled people and places, against the totals of their producers."""

import pandas as pd
import pytest

from geo.atlas.load import Atlas
from geo.atlas.zone_kinds import ZONE_KINDS
from geo.territories.measures import territory_table
from geo.territories.people import COVERAGE, known_communes, people_figures


@pytest.fixture(scope="module")
def country(atlas: Atlas) -> pd.Series:
    """Return the figures of the country as one area."""
    whole = atlas.assignments.assign(area_code="FR")
    figures = people_figures(whole, known_communes(atlas.communes, atlas.people))
    return pd.Series(figures.loc["FR"])


def test_the_country_has_the_ages_of_the_census(country: pd.Series) -> None:
    assert country.aged_65_over_percent == pytest.approx(20.2, abs=0.05)
    assert country.aged_75_over_percent == pytest.approx(9.45, abs=0.005)
    assert country["aged_65_over_percent" + COVERAGE] > 99.5, "Mayotte is not in the census"


def test_territories_put_together_have_the_ages_of_the_country(
    atlas: Atlas, country: pd.Series
) -> None:
    """The people of 65 and over of each territory sum to those of the country."""
    table = territory_table(atlas)
    for key in ("aged_65_over_percent", "aged_75_over_percent"):
        known = table.population.astype("Float64") * table[key + COVERAGE] / 100
        total = (known * table[key]).sum() / known.sum()
        assert total == pytest.approx(country[key], abs=1e-6)


def test_the_ages_of_each_commune_make_a_whole(atlas: Atlas) -> None:
    people = atlas.people
    whole = people.under_25_percent + people.aged_25_64_percent + people.aged_65_over_percent
    assert whole.dropna().between(99.75, 100.25).all()
    assert (people.aged_75_over_percent <= people.aged_65_over_percent + 0.5)[whole.notna()].sum()
    assert whole.isna().sum() < 30, "Mayotte, and the six villages destroyed in 1916"


def test_secret_incomes_are_unknown(atlas: Atlas, country: pd.Series) -> None:
    people = atlas.people.set_index("insee_code")
    assert people.median_income_eur["01001"] == 25820
    assert people.median_income_eur.notna().sum() == pytest.approx(31_200, abs=100)
    assert (people.median_income_eur.dropna() > 10_000).all()
    assert country["median_income_eur" + COVERAGE] > 97
    guadeloupe = people[people.index.str.startswith("971")]
    assert guadeloupe.median_income_eur.isna().all()


def test_births_and_deaths_are_those_of_the_country(country: pd.Series) -> None:
    """INSEE counted 10.6 births and 9.9 deaths per 1,000 inhabitants in 2022."""
    assert country.births_per_1000 == pytest.approx(10.6, abs=0.1)
    assert country.deaths_per_1000 == pytest.approx(9.9, abs=0.1)


def test_every_commune_has_its_zones(atlas: Atlas) -> None:
    zones = atlas.commune_zones.merge(atlas.commune_zones_odbl, on="insee_code")
    assert len(zones) == len(atlas.communes)
    unknown = zones[list(ZONE_KINDS)].isna().sum()
    assert unknown[unknown > 0].to_dict() == {"arrondissement": 17, "epci": 4}
    counts = zones[list(ZONE_KINDS)].nunique()
    assert counts.departement == 101
    assert counts.zone_emploi == 306
    assert counts.bassin_vie == 1707
    assert counts.epci == pytest.approx(1254, abs=5)
    assert counts.arrondissement == pytest.approx(333, abs=2)


def test_zones_under_odbl_are_apart_and_say_so(atlas: Atlas) -> None:
    by_key = {source["key"]: source for source in atlas.manifest.sources}
    for kind, spec in ZONE_KINDS.items():
        assert by_key[spec.source]["licence"] == spec.licence
        assert (kind in atlas.commune_zones_odbl) is spec.is_shared_alike
        assert (kind in atlas.commune_zones) is not spec.is_shared_alike


def test_the_collectivities_are_outside_the_sum(atlas: Atlas) -> None:
    people = atlas.collectivities.set_index("collectivity_code").population
    assert people[["975", "977", "978"]].to_list() == [5790, 10660, 31160]
    assert pd.isna(people["984"]), "nobody lives there all year: unknown, not zero"
    assert not atlas.communes.dep_code.isin(people.index).any()
