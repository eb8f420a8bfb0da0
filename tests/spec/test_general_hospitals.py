"""Which establishments compete for the population, and which do not."""

import pandas as pd
import pytest

from geo.establishments.sites import (
    entity_distance_km,
    mark_general,
    non_general_reason,
    select_establishments,
)
from tests import builders

pytestmark = pytest.mark.spec
REMOTE = "unité à plus de 50 km du centre de son entité"
GENERAL = "hôpital général public"


def reasons(sites: pd.DataFrame, thematic: set[str] | None = None) -> list[str]:
    return mark_general(sites, thematic or set(), builders.NO_EXCEPTION).general_reason.to_list()


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


# Psychiatry, long stay, private


def test_the_members_of_a_psychiatric_ght_do_not_compete() -> None:
    sites = builders.candidates(km=[0, 1], finess_ej=["590000001", "590000002"])
    assert reasons(sites, {"590000001"}) == ["membre d'un GHT de psychiatrie", GENERAL]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Hôpital de jour", "accueil de jour ou consultation"),
        ("C.M.P. ENFANTS", ""),
        ("CMP ENFANTS", "psychiatrie"),
        ("USLD DU CH DE TROYES", "gériatrie ou long séjour"),
        ("UNITE D'AUTODIALYSE", "spécialité unique"),
        ("SMUR DE ROMILLY", "urgences mobiles"),
        ("Centre de rééducation", "soins de suite ou de réadaptation"),
        ("SSIAD du canton", "soins à domicile"),
        ("UCSA Clairvaux", "milieu pénitentiaire"),
        ("PHARMACIE CENTRALE", "plateau ou service technique"),
        ("CH DE TROYES", ""),
        ("CH DE SAINT-DIÉ", ""),
        ("", ""),
    ],
)
def test_a_name_may_exclude_general_admission(name: str, reason: str) -> None:
    assert non_general_reason(name) == reason


def test_each_excluded_site_says_why() -> None:
    """Category first, then status, then name, then place; a hand-made exception before all."""
    sites = builders.candidates(
        km=[0] * 6,
        category_code=["500", "355", "355", "355", "355", "355"],
        site_name=["EHPAD", "CLINIQUE", "USLD", "CH", "CH", None],
    )
    sites["public_status"] = ["public", "prive", "public", "public", "public", "public"]
    sites.loc[3, ["lon", "lat"]] = None
    by_hand = pd.DataFrame({"finess_et": ["100000005"], "reason": ["gériatrie ou long séjour"]})
    marked = mark_general(sites, set(), by_hand)
    assert marked.general_reason.to_list() == [
        "catégorie sans hospitalisation générale",
        "établissement non public",
        "gériatrie ou long séjour",
        "coordonnées inconnues",
        "gériatrie ou long séjour",
        GENERAL,
    ]
    assert marked.is_general.to_list() == [False] * 5 + [True]


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
    )
    kept = select_establishments(sites, {"109999901"})
    assert kept.finess_et.to_list() == ["100000002", "100000003"]
    assert kept.scope.to_list() == ["autre_site_membre", "hospitalier"]
    assert kept.public_status.to_list() == ["inconnu", "public"]
    assert kept.category_group.to_list() == ["ehpad", "ch"]


def test_an_unknown_category_is_grouped_as_other() -> None:
    assert select_establishments(
        builders.finess(category_code="999"), set()
    ).category_group.to_list() == ["autre"]
