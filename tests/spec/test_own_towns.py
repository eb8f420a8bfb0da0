"""The own towns of members: which commune houses one, and which are in another's territory."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.territories.anomalies import ANOMALY_KINDS
from geo.territories.own_towns import member_homes, own_town_anomalies, towns_elsewhere
from tests import builders

pytestmark = pytest.mark.spec
A, B, PSY = "AA-01", "BB-01", "PP-01"


def homes(**sites: object) -> list[str]:
    """Communes that house the members "109999901" and "109999902"."""
    members = builders.members(ght_code=[A, B], city=["Commune 1", "Commune 2"])
    return member_homes(members, builders.sites(**sites)).insee_code.to_list()  # type: ignore[arg-type]


def assigned(*areas: str) -> pd.DataFrame:
    codes = [f"{10001 + place}" for place in range(len(areas))]
    return pd.DataFrame({"insee_code": codes, "area_code": list(areas)})


def test_every_general_hospital_of_a_member_is_at_home() -> None:
    assert homes(km=[0, 1, 2], finess_ej=["109999901", "109999901", "100000009"]) == [
        "10001", "10002",
    ]  # fmt: skip


def test_a_member_without_a_general_hospital_lives_in_the_town_of_the_list() -> None:
    """Three sites of the second member: the consulting rooms of another town come first by code."""
    found = homes(
        km=[0, 1, 2], finess_ej="109999902", is_general=False,
        city=["Commune 9", "Commune 2", "Commune 8"],
    )  # fmt: skip
    assert found == ["10002"]


def test_a_consulting_room_of_a_member_that_has_a_hospital_is_no_home() -> None:
    assert homes(km=[0, 1], finess_ej="109999901", is_general=[True, False]) == ["10001"]


def test_a_site_without_a_commune_is_nowhere() -> None:
    assert homes(km=[0], finess_ej="109999901", insee_code=None) == []


def test_a_town_given_to_another_is_told_but_for_psychiatry() -> None:
    members = builders.members(ght_code=[A, PSY])
    sites = builders.sites(km=[0, 1], site_name=["CH de Bar", "EPSM"])
    ghts = builders.ghts(ght_code=[A, PSY], is_thematic=[False, True])
    found = member_homes(members, sites)
    towns = towns_elsewhere(found, assigned(B, B), ghts)
    assert towns[["insee_code", "ght_code", "area_code"]].to_numpy().tolist() == [["10001", A, B]]
    assert towns_elsewhere(found, assigned(A, B), ghts).empty
    areas = pd.DataFrame({"area_code": [A, B], "area_name": ["Bar", "Foo"]})
    rows = own_town_anomalies(towns, builders.communes(km=[0, 1]), areas)
    assert set(rows.kind) <= set(ANOMALY_KINDS)
    assert rows.detail.to_list() == [
        "Commune 1 abrite un membre du GHT Bar (CH de Bar) ; le modèle la rattache à Foo (BB-01)."
    ]
    assert rows[["ght_code", "subject"]].to_numpy().tolist() == [[A, "10001"]]


def test_two_sites_in_a_town_are_one_anomaly_and_none_is_no_anomaly() -> None:
    sites = builders.sites(km=[0, 1], insee_code="10001", finess_ej="109999901")
    ghts = builders.ghts(ght_code=[A])
    found = member_homes(builders.members(ght_code=[A]), sites)
    areas = pd.DataFrame({"area_code": [A, B], "area_name": ["Bar", "Foo"]})
    land = builders.communes(km=[0, 1])
    for area, count in ((B, 1), (A, 0)):
        towns = towns_elsewhere(found, assigned(area), ghts)
        assert len(own_town_anomalies(towns, land, areas)) == count


@settings(max_examples=20)
@given(st.permutations(range(4)))
def test_the_order_of_the_sites_does_not_matter(order: list[int]) -> None:
    members = builders.members(ght_code=[A, B])
    sites = builders.sites(
        km=[0, 1, 2, 3], is_general=[True, False, False, False],
        finess_ej=["109999901", "109999901", "109999902", "109999902"],
    )  # fmt: skip
    before, after = (member_homes(members, table) for table in (sites, sites.iloc[order]))
    assert before.to_dict("list") == after.to_dict("list")
