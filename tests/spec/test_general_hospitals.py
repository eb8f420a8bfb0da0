"""Which establishments compete for the population, and which do not."""

import pandas as pd
import pytest

from geo.establishments.sites import (
    entity_distance_km,
    mark_general,
    select_establishments,
)
from tests import builders

pytestmark = pytest.mark.spec
REMOTE = "unité à plus de 50 km du centre de son entité"
GENERAL = "hôpital général public"
SMALL = "petit hôpital général public (moins de 20 lits de médecine)"
NO_BED = "aucun lit de MCO ni de SMR dans la SAE 2024"
YEAR = "2024"


def mark(sites: pd.DataFrame, thematic: set[str] | None = None) -> pd.DataFrame:
    return mark_general(sites, thematic or set(), builders.NO_EXCEPTION, YEAR)


def reasons(sites: pd.DataFrame, thematic: set[str] | None = None) -> list[str]:
    return mark(sites, thematic).general_reason.to_list()


# Remote units: the three cases


def test_a_far_site_in_another_departement_is_a_unit() -> None:
    """A seaside centre of a city hospital, 300 km away in departement 62."""
    sites = builders.candidates(km=[0, 1, 300], dep_code=["75", "75", "62"])
    assert reasons(sites) == [GENERAL, GENERAL, REMOTE]


def test_a_far_site_at_another_hospitals_door_is_a_unit() -> None:
    """Same departement, 60 km from home, 2 km from the hospital of another entity."""
    sites = builders.candidates(
        km=[0, 1, 60, 62],
        finess_ej=["109999901", "109999901", "109999901", "109999902"],
    )
    assert reasons(sites) == [GENERAL, GENERAL, REMOTE, GENERAL]


def test_a_far_site_alone_in_its_own_departement_is_a_hospital() -> None:
    """60 km from home, nobody else there: it serves the people around it."""
    assert reasons(builders.candidates(km=[0, 1, 60])) == [GENERAL, GENERAL, GENERAL]


def test_a_near_site_at_another_hospitals_door_is_a_hospital() -> None:
    """Fewer than 50 km from home is home, even next to another entity."""
    sites = builders.candidates(
        km=[0, 1, 40, 41], finess_ej=["109999901", "109999901", "109999901", "109999902"]
    )
    assert reasons(sites) == [GENERAL] * 4


def test_the_heart_of_an_entity_is_its_most_central_site() -> None:
    """Sites at km 0, 10 and 100: the heart is at km 10, not at the mean (km 37)."""
    distance = entity_distance_km(builders.candidates(km=[0, 10, 100]))
    assert distance.to_list() == pytest.approx([10, 0, 90], abs=1e-6)


def test_of_two_sites_the_smaller_finess_is_the_heart() -> None:
    """Whatever the order of the rows."""
    sites = builders.candidates(km=[0, 70], finess_et=["200000000", "100000000"])
    for table in (sites, sites.iloc[::-1]):
        distance = entity_distance_km(table).sort_index()
        assert distance.to_list() == pytest.approx([70, 0], abs=1e-6)


def test_a_lone_site_is_its_own_heart() -> None:
    assert entity_distance_km(builders.candidates(km=[500])).to_list() == [0]


# Psychiatry, survey, beds, status


def test_the_members_of_a_psychiatric_ght_do_not_compete() -> None:
    sites = builders.candidates(km=[0, 1], finess_ej=["590000001", "590000002"])
    assert reasons(sites, {"590000001"}) == ["membre d'un GHT de psychiatrie", GENERAL]


@pytest.mark.parametrize(
    "name", ["USLD DU CH DE TROYES", "Hôpital de jour", "SMUR DE ROMILLY", "PHARMACIE", None]
)
def test_a_name_excludes_nobody_who_has_beds(name: str | None) -> None:
    """What a site declares tells what it is; words of names were guesses."""
    assert reasons(builders.candidates(site_name=[name])) == [GENERAL]


def test_a_site_that_did_not_answer_the_survey_does_not_compete() -> None:
    sites = builders.candidates(km=[0, 1, 2], registers=["finess", "finess_et_sae", "sae"])
    assert reasons(sites) == ["n'a pas répondu à l'enquête SAE 2024", GENERAL, GENERAL]


@pytest.mark.parametrize(
    ("mco", "smr", "reason"),
    [
        (None, None, NO_BED),
        (0, 0, NO_BED),
        (None, 0, NO_BED),
        (1, None, GENERAL),
        (0, 12, GENERAL),
    ],
)
def test_a_site_without_beds_does_not_compete(
    mco: int | None, smr: int | None, reason: str
) -> None:
    """Beds of rehabilitation are enough, as in former local hospitals."""
    sites = builders.candidates(mco_beds=[mco], smr_beds=[smr])
    assert reasons(sites) == [reason]


@pytest.mark.parametrize(
    ("status", "ght", "reason"),
    [
        ("public", None, GENERAL),
        ("prive", "GE-06", GENERAL),
        ("espic", None, "établissement non public"),
        ("prive", None, "établissement non public"),
    ],
)
def test_public_hospitals_and_members_compete(status: str, ght: str | None, reason: str) -> None:
    """A public hospital outside the GHTs, and a private member of one."""
    sites = builders.candidates(public_status=[status], ght_code=[ght])
    assert reasons(sites) == [reason]


@pytest.mark.parametrize(("beds", "is_small"), [(20, False), (19, True), (0, True), (None, True)])
def test_a_hospital_of_fewer_than_twenty_beds_of_medicine_is_small(
    beds: int | None, is_small: bool
) -> None:
    """Those who declare none are small too, and the reason says so."""
    marked = mark(builders.candidates(medicine_beds=[beds])).iloc[0]
    assert (marked.is_general, marked.is_small) == (True, is_small)
    assert marked.general_reason == (SMALL if is_small else GENERAL)


def test_only_a_general_hospital_is_small() -> None:
    marked = mark(builders.candidates(category_code=["500"], medicine_beds=[0]))
    assert marked.is_small.to_list() == [False]


def test_each_excluded_site_says_why() -> None:
    """A hand-made exception, then category, status, survey, beds, then psychiatry, then place."""
    sites = builders.candidates(
        km=[0] * 7,
        category_code=["500", "355", "355", "355", "355", "355", "355"],
        public_status=["prive", "prive", "public", "public", "public", "public", "public"],
        ght_code=[None] * 7,
        registers=["finess", "finess", "finess", "sae", "sae", "sae", "sae"],
        mco_beds=[None, None, None, None, 5, 5, 5],
        smr_beds=None,
    )
    sites.loc[4, ["lon", "lat"]] = None
    by_hand = pd.DataFrame({"finess_et": ["100000006"], "reason": ["gériatrie ou long séjour"]})
    marked = mark_general(sites, set(), by_hand, YEAR)
    assert marked.general_reason.to_list() == [
        "catégorie sans hospitalisation générale",
        "établissement non public",
        "n'a pas répondu à l'enquête SAE 2024",
        NO_BED,
        "coordonnées inconnues",
        "gériatrie ou long séjour",
        GENERAL,
    ]
    assert marked.is_general.to_list() == [False] * 6 + [True]


def test_a_country_without_general_hospital_is_possible() -> None:
    sites = builders.candidates(km=[0], category_code=["500"])
    assert reasons(sites) == ["catégorie sans hospitalisation générale"]


# Which sites are kept


def test_hospitals_of_all_and_other_sites_of_members_are_kept() -> None:
    """A member's nursing home is kept apart; another's nursing home is not kept."""
    sites = builders.finess(
        finess_et=["100000003", "100000002", "100000001"],
        finess_ej=["109999901", "109999901", "109999902"],
        category_group_code=["1102", "4401", "4401"],
        category_code=["355", "500", "500"],
        public_status_code=["1", "9", "1"],
    ).assign(registers="finess")
    kept = select_establishments(sites, {"109999901"})
    assert kept.finess_et.to_list() == ["100000002", "100000003"]
    assert kept.scope.to_list() == ["autre_site_membre", "hospitalier"]
    assert kept.public_status.to_list() == ["inconnu", "public"]
    assert kept.category_group.to_list() == ["ehpad", "ch"]


def test_an_unknown_category_is_grouped_as_other() -> None:
    site = builders.finess(category_code="999").assign(registers="finess")
    assert select_establishments(site, set()).category_group.to_list() == ["autre"]


def test_whoever_answered_the_survey_is_a_hospital() -> None:
    """A category that FINESS does not file under hospitals, and nobody's member."""
    sites = builders.finess(category_code=["699", "699"], category_group_code="9999").assign(
        registers=["finess_et_sae", "finess"]
    )
    kept = select_establishments(sites, set())
    assert kept.finess_et.to_list() == ["100000001"]
    assert kept.scope.to_list() == ["hospitalier"]
