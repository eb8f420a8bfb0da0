"""Which area a commune belongs to: the default model on tiny drawn countries."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from geo.atlas.schema import check_table
from geo.catchment.models import DEFAULT_MODEL, run_model
from geo.catchment.ranks import area_code, rank_sites
from geo.catchment.travel_times import Impedance
from tests import builders

pytestmark = pytest.mark.spec
A, B, C = "AA-01", "BB-01", "CC-01"


def assign(
    communes: pd.DataFrame,
    sites: pd.DataFrame,
    zones: tuple[str, ...] = (),
    provider: Mapping[str, str] | None = None,
    impedance: Impedance | None = None,
    **values: float,
) -> pd.DataFrame:
    """Communes as the default model sees them; `values` are those of its parameters."""
    country = builders.world(communes, sites, zones, provider, impedance)
    return run_model(country, DEFAULT_MODEL, values).communes


def areas(
    communes: pd.DataFrame, sites: pd.DataFrame, zones: tuple[str, ...] = (), **values: float
) -> list[str]:
    """Areas of the communes in their order."""
    country = builders.world(communes, sites, zones)
    return run_model(country, DEFAULT_MODEL, values).communes.area_code.to_list()


def test_a_commune_goes_to_the_nearest_site() -> None:
    """The commune at km 10 is 10 km from A and 30 km from B: A's GHT gets it."""
    communes = builders.communes(km=[10])
    sites = builders.sites(km=[0, 40], ght_code=[A, B])
    row = assign(communes, sites).iloc[0]
    assert (row.area_code, row.finess_et, row.rule) == (A, "100000001", "road")
    assert row.runner_up_area_code == B


def test_the_middle_of_the_road_is_the_border() -> None:
    """At km 19 A is nearer, at km 21 B is."""
    sites = builders.sites(km=[0, 40], ght_code=[A, B])
    assert areas(builders.communes(km=[19, 21]), sites) == [A, B]


def test_travel_time_is_crow_distance_with_detour_at_mean_speed() -> None:
    """10 km as the crow flies are 13 km of road: 13 minutes at 60 km/h; 39 minutes to the rival."""
    row = assign(builders.communes(km=[10]), builders.sites(km=[0, 40], ght_code=[A, B])).iloc[0]
    assert row.travel_time_min == pytest.approx(13)
    assert row.runner_up_time_min == pytest.approx(39)
    assert row.lead_min == pytest.approx(26)


def test_another_impedance_changes_times_not_areas() -> None:
    """On straight roads at 30 km/h, 10 km take 20 minutes."""
    sites = builders.sites(km=[0, 40], ght_code=[A, B])
    slow = Impedance(detour_factor=1.0, speed_km_h=30.0)
    row = assign(builders.communes(km=[10]), sites, impedance=slow).iloc[0]
    assert row.area_code == A
    assert row.travel_time_min == pytest.approx(20)


def test_the_runner_up_is_another_area_not_another_site() -> None:
    """A owns the three nearest sites; the runner-up is B, farther."""
    sites = builders.sites(km=[0, 1, 2, 30], ght_code=[A, A, A, B])
    row = assign(builders.communes(km=[1]), sites).iloc[0]
    assert row.finess_et == "100000002"
    assert row.runner_up_area_code == B
    assert row.runner_up_time_min == pytest.approx(29 * 1.3)


def test_the_runner_up_is_found_behind_a_crowd_of_sites_of_one_area() -> None:
    """Fifty sites of A stand before the first of B."""
    sites = builders.sites(km=[*range(50), 80], ght_code=[*[A] * 50, B])
    row = assign(builders.communes(km=[0]), sites).iloc[0]
    assert (row.area_code, row.runner_up_area_code) == (A, B)
    assert row.runner_up_time_min == pytest.approx(80 * 1.3)


def test_beyond_two_hours_there_is_no_rival() -> None:
    """92 km are 119.6 minutes, 93 km are 120.9."""
    rivals = [
        assign(builders.communes(km=[0]), builders.sites(km=[0, km], ght_code=[A, B])).iloc[0]
        for km in (92, 93)
    ]
    assert rivals[0].runner_up_area_code == B
    assert pd.isna(rivals[1].runner_up_area_code)
    assert np.isnan(rivals[1].lead_min)


def test_a_commune_far_from_everything_goes_to_its_nearest_site() -> None:
    """200 km from A, 300 km from B: beyond reach, and yet somebody's."""
    row = assign(builders.communes(km=[0]), builders.sites(km=[200, 300], ght_code=[A, B])).iloc[0]
    assert (row.area_code, row.rule) == (A, "road")
    assert row.travel_time_min == pytest.approx(260)


def test_without_a_rival_there_is_no_runner_up() -> None:
    """A alone in the country: no rival time, no margin, never zero."""
    row = assign(builders.communes(km=[5]), builders.sites(km=[0], ght_code=[A])).iloc[0]
    assert pd.isna(row.runner_up_area_code)
    assert np.isnan(row.runner_up_time_min)
    assert np.isnan(row.margin)
    assert np.isnan(row.lead_min)


def test_the_margin_is_the_lead_over_the_sum_of_the_times() -> None:
    """13 minutes against 39: (39 - 13) / (39 + 13)."""
    sites = builders.sites(km=[0, 40], ght_code=[A, B])
    assert assign(builders.communes(km=[10]), sites).margin.iloc[0] == pytest.approx(0.5)


# A small hospital counts minutes more


def test_a_small_hospital_counts_twelve_minutes_more() -> None:
    """A, small, 11 km away (14.3 + 12 minutes), B 20 km (26) or 21 km (27.3) away."""
    land = builders.communes(km=[0])
    for km, area in ((20, B), (21, A)):
        sites = builders.sites(km=[11, -km], ght_code=[A, B], medicine_beds=[19, 20])
        assert areas(land, sites) == [area]
        assert areas(land, sites, small_penalty=0) == [A]


def test_minutes_and_kilometres_are_those_of_the_road() -> None:
    """The penalty counts in the lead, never in the time shown."""
    sites = builders.sites(km=[0, 40], ght_code=[A, B], medicine_beds=[0, 60])
    row = assign(builders.communes(km=[10]), sites).iloc[0]
    assert (row.travel_time_min, row.runner_up_time_min) == pytest.approx((13, 39))
    assert row.lead_min == pytest.approx(39 - (13 + 12))
    assert row.margin == pytest.approx((39 - 25) / (39 + 25))


def test_the_site_that_decides_is_the_cheapest_not_the_nearest() -> None:
    """A has a small hospital at the door and a large one 5 km away: 6.5 minutes against 12."""
    sites = builders.sites(km=[0, 5, 60], ght_code=[A, A, B], medicine_beds=[5, 60, 60])
    row = assign(builders.communes(km=[0]), sites).iloc[0]
    assert row.finess_et == "100000002"
    assert row.travel_time_min == pytest.approx(6.5)


def test_a_hospital_that_declares_no_bed_of_medicine_is_small() -> None:
    sites = builders.sites(km=[0, 5], ght_code=[A, B], medicine_beds=[None, 60])
    assert areas(builders.communes(km=[0]), sites) == [B]


def test_where_small_begins_is_a_parameter() -> None:
    sites = builders.sites(km=[0, 5], ght_code=[A, B], medicine_beds=[30, 60])
    assert areas(builders.communes(km=[0]), sites) == [A]
    assert areas(builders.communes(km=[0]), sites, small_beds=35) == [B]
    assert areas(builders.communes(km=[0]), sites, small_beds=0) == [A], "nobody is small"


# Leaving the zone counts minutes more


def two_zones(site_communes: list[str]) -> pd.DataFrame:
    return builders.sites(km=[0, 40], ght_code=[A, B], insee_code=site_communes)


def test_leaving_the_zone_counts_ten_minutes_more() -> None:
    """At km 18, A is 23.4 minutes away but in the north; B 28.6 minutes away, in the south."""
    land = builders.communes(km=[18, 22, 0])
    sites = two_zones(["10003", "10002"])
    known = ("south", "south", "north")
    assert areas(land, sites) == [A, B, A], "without zones, the nearest"
    assert areas(land, sites, known) == [B, B, A]
    assert areas(land, sites, known, zone_penalty=0) == [A, B, A]


def test_nobody_leaves_an_unknown_zone() -> None:
    """The site of A stands in a commune without a zone."""
    land, sites = builders.communes(km=[18, 22]), two_zones(["10009", "10002"])
    assert areas(land, sites, ("south", "south")) == [A, B]


def test_both_penalties_add_up() -> None:
    """A, small and out of the zone, at the door: 22 minutes against 16 or 17 km of B."""
    for km, area in ((16, B), (17, A)):
        land = builders.communes(km=[0, 99], insee_code=["10001", "10009"])
        sites = builders.sites(
            km=[0, km], ght_code=[A, B], medicine_beds=[0, 60], insee_code=["10009", "10001"]
        )
        assert areas(land.head(2), sites, zones=("south", "north"))[0] == area


# The sea


def test_nobody_crosses_the_sea() -> None:
    """5 km from a mainland site, 100 km from a Corsican one: Corsica keeps its commune."""
    communes = builders.communes(km=[5], landmass="corse")
    sites = builders.sites(km=[0, 105], ght_code=[A, B], landmass=["metropole", "corse"])
    row = assign(communes, sites).iloc[0]
    assert row.area_code == B
    assert pd.isna(row.runner_up_area_code), "a rival across the sea is no rival"


def test_a_land_without_a_located_site_goes_to_its_only_provider() -> None:
    """No site is located in Mayotte (976), but one GHT has its member there; times are unknown."""
    communes = builders.communes(km=[0, 0], landmass=["metropole", "976"])
    sites = builders.sites(km=[0], ght_code=[A])
    table = assign(communes, sites, provider={"976": "OI-01"})
    assert table.area_code.to_list() == [A, "OI-01"]
    assert table.rule.to_list() == ["road", "only_provider"]
    far = table.iloc[1]
    assert far[["finess_et", "travel_time_min", "runner_up_area_code", "lead_min"]].isna().all()


def test_a_land_with_neither_site_nor_provider_is_not_assigned() -> None:
    """Its commune is listed as unassigned, never dropped, never given to a neighbour."""
    communes = builders.communes(km=[0, 0], landmass=["metropole", "975"])
    table = assign(communes, builders.sites(km=[0], ght_code=[A]))
    assert table.area_code.to_list() == [A, "NON-AFFECTE"]
    assert table.rule.to_list() == ["road", "unassigned"]


def test_a_country_without_any_site_is_wholly_unassigned() -> None:
    """No crash, no invented hospital."""
    table = assign(builders.communes(km=[0, 1]), builders.sites(km=[0]).head(0))
    assert table.area_code.to_list() == ["NON-AFFECTE", "NON-AFFECTE"]
    assert table.lead_min.isna().all()


def test_the_result_is_the_bundled_table() -> None:
    """Every kind of row passes the schema once the GHT code is added."""
    communes = builders.communes(km=[0, 3, 5, 7], landmass=["metropole", "corse", "976", "975"])
    sites = builders.sites(km=[0, 9, 3], ght_code=[A, B, C], landmass=["metropole"] * 2 + ["corse"])
    table = assign(communes, sites, provider={"976": "OI-01"})
    table = table.rename(columns={"lead_min": "margin_min"})
    table["ght_code"] = table.area_code.where(table.area_code != "NON-AFFECTE")
    assert check_table("assignments", table).rule.to_list() == [
        "road", "road", "only_provider", "unassigned",
    ]  # fmt: skip


# One address, several entities


def test_at_one_address_the_site_nearest_to_its_own_heart_wins() -> None:
    """A's site is at home; B's is a unit 40 km from B's heart, at A's door: A keeps the commune."""
    sites = builders.sites(
        km=[0, 0], ght_code=[B, A], own_distance_km=[40.0, 0.0], category_code=["101", "106"]
    )
    assert areas(builders.communes(km=[12]), sites) == [A]


def test_at_one_address_and_equally_at_home_the_larger_category_wins() -> None:
    """A CHU (101) before a CH (355) before a former local hospital (106)."""
    sites = builders.sites(km=[0, 0, 0], ght_code=[C, B, A], category_code=["106", "355", "101"])
    row = assign(builders.communes(km=[12]), sites).iloc[0]
    assert (row.area_code, row.runner_up_area_code) == (A, B)
    assert row.lead_min == pytest.approx(0)


def test_at_one_address_and_alike_the_smaller_finess_wins() -> None:
    sites = builders.sites(km=[0, 0], ght_code=[B, A], finess_et=["200000000", "100000000"])
    assert areas(builders.communes(km=[12]), sites) == [A]


def test_a_hundred_metres_do_not_break_a_tie() -> None:
    """Two doors of one hospital, 40 m apart: the rule decides, not the 40 metres."""
    sites = builders.sites(km=[0.04, 0.0], ght_code=[B, A], own_distance_km=[60.0, 0.0])
    assert areas(builders.communes(km=[12.02]), sites) == [A]


def test_a_kilometre_is_not_a_tie() -> None:
    """The rule of ties never moves a commune to a site that is really farther."""
    sites = builders.sites(km=[1, 0], ght_code=[B, A], own_distance_km=[60.0, 0.0])
    assert areas(builders.communes(km=[12]), sites) == [B]


def test_a_tie_of_more_sites_than_are_searched_first_is_still_settled() -> None:
    """Forty entities at one address: the smallest FINESS wins, wherever it stands in the table."""
    codes = [f"AA-{n:02d}" for n in range(40)]
    numbers = [f"1{n:08d}" for n in range(40)]
    sites = builders.sites(km=[0] * 40, ght_code=codes, finess_et=numbers)
    for seed in range(3):
        row = assign(builders.communes(km=[12]), sites.sample(frac=1, random_state=seed))
        assert row[["area_code", "runner_up_area_code"]].to_numpy().tolist() == [["AA-00", "AA-01"]]


def test_sites_are_ranked_whatever_the_order_of_the_rows() -> None:
    sites = builders.sites(
        km=[0, 0, 0, 0],
        own_distance_km=[5.0, 0.04, 0.0, 0.0],
        category_code=["101", "355", "106", "999"],
    )
    ranks = ["100000002", "100000003", "100000004", "100000001"]
    assert rank_sites(sites).finess_et.to_list() == ranks
    assert rank_sites(sites.iloc[::-1]).finess_et.to_list() == ranks


# Outside the GHTs


def test_a_public_hospital_outside_the_ghts_competes_under_its_own_name() -> None:
    """AP-HP is in no GHT: its communes are its own, not the neighbour's."""
    sites = builders.sites(km=[0, 40], ght_code=[None, A], finess_ej=["750712184", "109999902"])
    assert areas(builders.communes(km=[10, 30]), sites) == ["HORS-750712184", A]


def test_two_hospitals_outside_the_ghts_are_two_areas() -> None:
    codes = area_code(
        pd.Series([None, "GE-06", None], dtype="str"),
        pd.Series(["750712184", "100000017", "770110070"]),
    )
    assert codes.to_list() == ["HORS-750712184", "GE-06", "HORS-770110070"]
