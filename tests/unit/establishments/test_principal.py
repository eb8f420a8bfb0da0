"""The site where people would say that an entity is."""

import pandas as pd
import pytest

from geo.establishments.members import principal_sites
from tests import builders

ENTITY = "109999901"


def chosen(names: pd.Series | None = None, **columns: object) -> str:
    """Give the site that stands for the entity, of three at 0, 1 and 10 km."""
    sites = builders.sites(km=[0, 1, 10], finess_ej=ENTITY, category_group="ch", **columns)
    return str(principal_sites(sites, names).finess_et[ENTITY])


def numbers() -> list[str]:
    return builders.sites(km=[0, 1, 10]).finess_et.to_list()


def called(name: str) -> pd.Series:
    return pd.Series({ENTITY: name})


def test_the_town_with_most_beds_then_its_site_with_most() -> None:
    towns, beds = ["Pessac", "Bordeaux", "Bordeaux"], [700, 300, 500]
    assert chosen(city=towns, mco_beds=beds) == numbers()[2]
    assert chosen(city=towns, mco_beds=[900, 300, 500]) == numbers()[0]


def test_a_hospital_called_after_a_town_is_there_if_it_has_beds_there() -> None:
    towns = ["Vandœuvre-lès-Nancy", "Nancy", "Nancy"]
    name = called("CHRU de Nancy")
    assert chosen(city=towns, mco_beds=[900, 500, 100]) == numbers()[0]
    assert chosen(name, city=towns, mco_beds=[900, 500, 100]) == numbers()[1]
    assert chosen(name, city=towns, mco_beds=[900, 20, 10]) == numbers()[0], "a few beds only"


@pytest.mark.parametrize("name", ["Hospices civils de Lyon", "HCL (Lyon)"])
def test_the_districts_of_a_city_are_one_town(name: str) -> None:
    towns = ["Pierre-Bénite", "Lyon 3e", "Lyon 4e"]
    assert chosen(called(name), city=towns, mco_beds=[800, 400, 390]) == numbers()[1]


def test_a_name_holds_whole_words() -> None:
    towns = ["Lens", "Valenciennes", "Valenciennes"]
    beds = [300, 350, 300]
    assert chosen(called("CH de Valenciennes"), city=towns, mco_beds=beds) == numbers()[1]
    assert chosen(called("CH du Lensois"), city=towns, mco_beds=beds) == numbers()[1]


def test_a_site_that_is_not_general_never_stands_for_its_entity() -> None:
    is_general = [False, True, True]
    assert chosen(mco_beds=[900, 10, 5], is_general=is_general) == numbers()[1]


def test_unknown_beds_leave_the_highest_category_then_the_middle() -> None:
    sites = builders.sites(km=[0, 1, 10], finess_ej=ENTITY, category_group=["ch", "ch", "chr_chu"])
    sites["mco_beds"] = pd.Series([None] * 3, dtype="Int64")
    assert principal_sites(sites).finess_et[ENTITY] == numbers()[2]
    sites["category_group"] = "ch"
    assert principal_sites(sites).finess_et[ENTITY] == numbers()[1]
