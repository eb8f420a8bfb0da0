"""How each model shares a tiny drawn country: one road along the equator, hospitals A, B, C."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from geo.atlas.columns import UNASSIGNED
from geo.catchment.assignment import Assignment, imported, reassign
from geo.catchment.enclaves import absorb_enclaves
from geo.catchment.models import MODELS, run_model
from geo.catchment.outcome import disagreement, population_range, territory_outcome
from geo.catchment.parameters import check_values
from geo.catchment.ranks import rank_sites
from geo.catchment.travel_times import matrix_reach
from geo.catchment.world import World
from geo.errors import UserError
from tests import builders

pytestmark = pytest.mark.spec
A, B, C = "AA-01", "BB-01", "CC-01"


def world(km: list[float], site_km: list[float], **given: object) -> World:
    """One commune of 1,000 inhabitants at each `km`, one site at each `site_km`."""
    columns: dict[str, Any] = given
    own = {name: columns.pop(name) for name in list(columns) if name in ("dep", "reg")}
    people = {name: columns.pop(name) for name in list(columns) if name.startswith("commune_")}
    communes = builders.communes(
        km=km,
        **{name.removeprefix("commune_"): value for name, value in people.items()},
    )
    defaults: dict[str, Any] = {"ght_code": [A, B, C][: len(site_km)]}
    sites = builders.sites(km=site_km, **(defaults | columns))
    sites = sites.assign(
        capacity=columns.get("capacity", 1.0),
        dep_code=own.get("dep", "10"),
        reg_code=own.get("reg", "44"),
    )
    return World(communes, rank_sites(sites))


def areas(assignment: Assignment) -> list[str]:
    return assignment.communes.area_code.to_list()


def test_with_equal_hospitals_the_nearer_one_is_more_probable() -> None:
    """At 10 and 30 km with beta 1: pulls 1/13 and 1/39, so 3/4 against 1/4."""
    found = run_model(world([10], [0, 40]), "gravity", {"beta": 1}).communes.iloc[0]
    assert (found.area_code, found.runner_up_area_code) == (A, B)
    assert found.share == pytest.approx(0.75)
    assert found.margin == pytest.approx(0.5)


def test_a_large_hospital_attracts_from_farther() -> None:
    """At 15 km from A and 25 km from B, B wins when it is four times larger (beta 1)."""
    assert areas(run_model(world([15], [0, 40]), "gravity", {"beta": 1})) == [A]
    larger = world([15], [0, 40], capacity=[1.0, 4.0])
    assert areas(run_model(larger, "gravity", {"beta": 1})) == [B]
    assert areas(run_model(larger, "nearest")) == [A]


def test_two_sites_of_one_ght_pull_together() -> None:
    """Neither site of A alone beats B, both do."""
    both = world([20], [0, 0.5, 36], ght_code=[A, A, B])
    found = run_model(both, "gravity", {"beta": 1}).communes.iloc[0]
    assert found.area_code == A
    assert found.finess_et == "100000002"


def test_log_logistic_decay_halves_at_its_half_time() -> None:
    """f(t50) is 1/2 and f(0) about 1: shares 2/3 and 1/3."""
    far_km = 30 / 1.3
    found = run_model(
        world([0], [0, far_km]),
        "gravity",
        {"decay": "log_logistic", "half_time": 30, "beta": 4},
    ).communes.iloc[0]
    assert found.share == pytest.approx(2 / 3, abs=1e-4)


def test_departement_gives_all_to_the_largest_of_its_hospitals() -> None:
    """Departement 10 holds A (1) and B (2): B gets its three communes, near A or not."""
    country = world(
        [0, 20, 80],
        [0, 40, 90],
        capacity=[1.0, 2.0, 5.0],
        dep=["10", "10", "20"],
        commune_dep_code=["10", "10", "10"],
    )
    found = run_model(country, "departement")
    assert areas(found) == [B, B, B]
    assert found.communes.share.to_list() == pytest.approx([2 / 3] * 3)


def test_a_binding_border_stops_communes_and_hospitals() -> None:
    """The commune of departement 10 nearer to B, across the border, stays with A when bound."""
    country = world(
        [30, 60], [0, 40], dep=["10", "20"], reg=["24", "44"],
        commune_dep_code=["10", "20"], commune_reg_code=["24", "44"],
    )  # fmt: skip
    assert areas(run_model(country, "gravity")) == [B, B]
    assert areas(run_model(country, "perimeter", {"regions": "24"})) == [A, B]
    assert areas(run_model(country, "perimeter", {"regions": "52"})) == [B, B]


def test_a_bound_commune_without_a_site_in_its_departement_keeps_all_its_sites() -> None:
    country = world(
        [30], [0, 40], dep=["10", "20"], reg=["44", "44"],
        commune_dep_code=["30"], commune_reg_code=["24"],
    )  # fmt: skip
    assert areas(run_model(country, "perimeter", {"regions": "24"})) == [B]


def test_a_land_without_a_site_goes_to_its_only_provider_or_to_nobody() -> None:
    island = world([0], [0], commune_landmass="976", commune_dep_code="976")
    for key in MODELS:
        assert areas(run_model(island, key)) == [UNASSIGNED], key
        provided = run_model(replace(island, provider={"976": A}), key).communes.iloc[0]
        assert (provided.area_code, provided.rule) == (A, "only_provider"), key
        assert np.isnan(provided.travel_time_min), key


@pytest.mark.parametrize("key", MODELS)
def test_a_country_without_any_site_is_unassigned_by_every_model(key: str) -> None:
    country = world([0, 40], [0])
    bare = replace(country, sites=country.sites.head(0))
    found = run_model(bare, key).communes
    assert found.area_code.to_list() == [UNASSIGNED, UNASSIGNED]
    assert set(found.rule) == {"unassigned"}
    assert found[["finess_et", "travel_time_min", "lead_min"]].isna().all(axis=None)


def test_an_imported_zoning_is_followed_and_its_gaps_are_unassigned() -> None:
    country = world([0, 40, 80], [0, 40])
    table = pd.DataFrame({"insee_code": ["10001", "10003"], "area_code": [B, A]})
    found = imported(country, table)
    assert areas(found) == [B, UNASSIGNED, A]
    assert found.communes.travel_time_min.to_list()[0] == pytest.approx(52)
    assert found.communes.margin.isna().all()


def test_a_travel_time_matrix_replaces_the_estimate() -> None:
    """By road B is 5 minutes away and A 50; the second commune is not in the matrix."""
    country = world([10, 10], [0, 40])
    matrix = pd.DataFrame(
        {
            "origin": ["10001", "10001", "99999", "10001"],
            "destination": ["100000001", "100000002", "100000001", "999999999"],
            "minutes": [50.0, 5.0, 1.0, 1.0],
        }
    )
    reach, report = matrix_reach(matrix, country.communes, country.sites, country.reach)
    by_road = replace(country, given=reach)
    for key in ("nearest", "gravity"):
        found = run_model(by_road, key).communes
        assert found.area_code.to_list() == [B, A], key
        assert found.travel_time_min.to_list() == pytest.approx([5, 13]), key
    assert report.unknown_origins == ("99999",)
    assert report.unknown_destinations == ("999999999",)
    assert report.estimated_communes == ("10002",)


def test_contested_population_counts_narrow_leads() -> None:
    """The commune in the middle is contested, the one at A's door is not."""
    country = world([0, 20], [0, 40], commune_population=[300, 700])
    outcome = territory_outcome(run_model(country, "gravity"), country.communes, 0.1)
    assert outcome.contested_population.sum() == 700
    assert outcome.expected_population.sum() == pytest.approx(1000)


def test_access_is_measured_over_inhabitants() -> None:
    """300 people at the door, 700 at 52 minutes: 30 % within 30 minutes, median 52."""
    country = world([0, 40], [0], commune_population=[300, 700])
    outcome = territory_outcome(run_model(country, "nearest"), country.communes).loc[A]
    assert outcome.share_within_30_min == pytest.approx(30)
    assert outcome.share_within_60_min == pytest.approx(100)
    assert outcome.median_travel_time_min == pytest.approx(52)


def test_models_are_compared_area_by_area() -> None:
    country = world([15, 39], [0, 40], capacity=[1.0, 4.0])
    found = {key: run_model(country, key, given) for key, given in (
        ("nearest", {}), ("gravity", {"beta": 1}))}  # fmt: skip
    spread = population_range(found, country.communes)
    assert spread.loc[A].to_dict() == {
        "nearest": 1000, "gravity": 0, "population_min": 0, "population_max": 1000,
    }  # fmt: skip
    differs = disagreement(found["nearest"], found["gravity"])
    assert differs.to_numpy().tolist() == [["10001", A, B]]


def test_an_enclave_rejoins_the_neighbour_with_the_longest_border() -> None:
    """Commune 2, alone in B's land, touches A along 5 km and C along 2 km."""
    communes = builders.communes(
        km=[0, 1, 2, 3], population=[1000, 10, 1000, 5000], insee_code=["1", "2", "3", "4"]
    )
    borders = pd.DataFrame(
        {"insee_a": ["1", "2", "3"], "insee_b": ["2", "3", "4"], "border_km": [5.0, 2.0, 9.0]}
    )
    cleaned = absorb_enclaves(communes, pd.Series([A, B, C, B]), borders, threshold=100)
    assert cleaned.area_code.to_list() == [A, A, C, B]
    assert (cleaned.enclave_count, cleaned.commune_count, cleaned.population) == (1, 1, 10)
    kept = absorb_enclaves(communes, pd.Series([A, B, C, B]), borders, threshold=5)
    assert kept.enclave_count == 0


def test_an_island_that_touches_nobody_stays() -> None:
    communes = builders.communes(km=[0, 9], population=[1000, 10], insee_code=["1", "2"])
    borders = pd.DataFrame({"insee_a": [], "insee_b": [], "border_km": []})
    cleaned = absorb_enclaves(communes, pd.Series([A, A]), borders, threshold=100)
    assert (cleaned.area_code.to_list(), cleaned.enclave_count) == ([A, A], 0)


@pytest.mark.parametrize(
    ("key", "given", "sentence"),
    [
        ("unknown", {}, "Modèle « unknown » inconnu. Modèles possibles : road, nearest"),
        ("gravity", {"beta": 99}, "beta : « 99 » refusé. Donnez un nombre de 0.8 à 4."),
        ("gravity", {"beta": "vite"}, "beta : « vite » refusé."),
        ("gravity", {"decay": "linear"}, "decay : « linear » refusé. Choix : power, log_logistic."),
        ("nearest", {"beta": 1}, "Le modèle nearest n'a pas de paramètre beta."),
    ],
)
def test_a_wrong_model_or_value_is_refused(
    key: str, given: dict[str, str | float], sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence.replace(".", r"\.").replace("?", r"\?")):
        run_model(world([0], [0]), key, given)


def test_defaults_complete_what_is_not_given() -> None:
    values = check_values("perimeter", MODELS["perimeter"].parameters, {"alpha": "0.5"})
    assert values == {
        "alpha": 0.5, "beta": 1.67, "decay": "power", "half_time": 30.0,
        "regions": ("24", "52", "93"),
    }  # fmt: skip


def test_a_moved_commune_shows_its_new_site_and_its_former_area() -> None:
    """The commune at B's door is moved to A: 52 minutes, A's share, B second, no margin."""
    country = world([0, 40], [0, 40])
    before = run_model(country, "gravity")
    after = reassign(country, before, pd.Series([A, A])).communes
    assert after.iloc[0].to_dict() == before.communes.iloc[0].to_dict()
    moved = after.iloc[1]
    assert (moved.area_code, moved.runner_up_area_code, moved.rule) == (A, B, "enclave")
    assert moved.travel_time_min == pytest.approx(52)
    assert moved.share + moved.runner_up_share == pytest.approx(1)
    assert np.isnan(moved.margin)
