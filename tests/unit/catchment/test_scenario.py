"""What-if scenarios: each kind of change, and every way a file or a link can be wrong."""

import base64
import hashlib
import json
import zlib
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.catchment import scenario, scenario_file
from geo.catchment.models import run_model
from geo.catchment.ranks import rank_sites
from geo.catchment.scenario import (
    CHANGE_KINDS,
    Change,
    Scenario,
    apply_scenario,
    check_change,
    describe_change,
)
from geo.catchment.scenario_file import from_address, from_json, to_address, to_json
from geo.catchment.world import World
from geo.errors import GhtError, SourceError, UserError
from tests import builders

A, B, C = "AA-01", "BB-01", "CC-01"


@pytest.fixture
def world() -> World:
    """Three hospitals at 0, 40 and 80 km, one commune of 1,000 beside each."""
    communes = builders.communes(km=[1, 41, 81])
    sites = builders.sites(km=[0, 40, 80], ght_code=[A, B, C])
    sites = sites.assign(capacity=1.0, dep_code="10", reg_code="44")
    return World(communes, rank_sites(sites))


def won(world: World, *changes: Change, model: str = "nearest") -> list[str]:
    changed = apply_scenario(world, Scenario(changes=changes))
    return run_model(changed, model).communes.area_code.to_list()


def test_without_a_change_nothing_changes(world: World) -> None:
    assert won(world) == [A, B, C]


def test_a_move_takes_the_sites_of_an_entity(world: World) -> None:
    assert won(world, Change("move", "109999902", A)) == [A, A, C]


def test_a_move_of_a_site_leaves_the_others_of_its_entity(world: World) -> None:
    sites = world.sites.assign(finess_ej="109999901")
    one = replace(world, sites=sites)
    assert won(one, Change("move_site", world.sites.finess_et.iloc[1], A)) == [A, A, C]
    assert won(one, Change("move", "109999901", A)) == [A, A, A]


def test_a_merger_takes_the_whole_ght(world: World) -> None:
    assert won(world, Change("merge", C, B)) == [A, B, B]


def test_a_closed_site_leaves_its_communes_to_the_next(world: World) -> None:
    assert won(world, Change("close", "100000002")) == [A, C, C]


def test_an_opened_site_takes_the_commune_where_it_stands(world: World) -> None:
    assert won(world, Change("open", "10003", A, 60.0)) == [A, B, A]
    assert won(world, Change("open", "10003", A, 60.0), model="road") == [A, B, A]


def test_an_opened_site_is_as_large_as_its_capacity_says(world: World) -> None:
    """Fewer than twenty beds: it does not compete by the nearest, and counts minutes by road."""
    assert won(world, Change("open", "10003", A, 10.0)) == [A, B, C]
    assert won(world, Change("open", "10003", A, 10.0), model="road") == [A, B, C]


def test_a_larger_capacity_attracts_from_farther(world: World) -> None:
    large = Change("capacity", "100000002", capacity=100.0)
    found = run_model(apply_scenario(world, Scenario(changes=(large,))), "gravity", {"beta": 0.8})
    before = run_model(world, "gravity", {"beta": 0.8})
    assert found.communes.share.iloc[1] > before.communes.share.iloc[1]


def test_the_beds_of_medicine_follow_those_of_the_site(world: World) -> None:
    """A small hospital that grows is none any more, for each rule that asks for beds."""
    beds = pd.Series([40, 10, None], index=world.sites.index, dtype="Int64")
    sites = world.sites.assign(medicine_beds=beds, capacity=[80.0, 20.0, 1.0])
    small = replace(world, sites=sites)
    assert won(small, model="road") == [A, B, C]
    grown = [Change("capacity", code, capacity=60.0) for code in ("100000002", "100000003")]
    changed = apply_scenario(small, Scenario(changes=tuple(grown))).sites
    assert changed.medicine_beds.to_list() == [40, 30, 60]
    assert changed.capacity.to_list() == [80, 60, 60]
    assert won(small) == [A, A, A]
    assert won(small, *grown) == [A, B, C]


def test_changes_stack_in_order_and_see_each_other(world: World) -> None:
    merged = Change("merge", C, B)
    assert won(world, merged, Change("merge", B, A)) == [A, A, A]
    with pytest.raises(UserError, match="Changement 2 : code « CC-01 » inconnu"):
        won(world, merged, Change("merge", C, A))


def test_two_sites_opened_have_two_names(world: World) -> None:
    new = Change("open", "10001", A, 1.0)
    sites = apply_scenario(world, Scenario(changes=(new, new))).sites
    assert sites.finess_et.is_unique
    assert {"NOUVEAU-1", "NOUVEAU-2"} <= set(sites.finess_et)


def test_the_world_of_today_is_left_as_it_is(world: World) -> None:
    before = world.sites.copy()
    won(world, Change("move", "109999902", A), Change("close", "100000003"))
    assert world.sites.equals(before)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change("magic", "x"), "nature"),
        (Change("close", "999999999"), "inconnu pour close"),
        (Change("move", "109999902", "ZZ-99"), "GHT « ZZ-99 » inconnu"),
        (Change("open", "10001", A, 0.0), "0 lits refusés"),
        (Change("open", "10001", A, float("nan")), "nan lits refusés"),
        (Change("capacity", "100000001", capacity=1e9), "1e\\+09 lits refusés"),
    ],
)
def test_an_impossible_change_is_refused(world: World, change: Change, said: str) -> None:
    assert check_change(world, change)
    with pytest.raises(UserError, match=said):
        won(world, change)


def test_the_last_site_stays(world: World) -> None:
    with pytest.raises(UserError, match="dernier site"):
        won(world, *[Change("close", f"10000000{number}") for number in (1, 2, 3)])


@pytest.mark.parametrize("kind", CHANGE_KINDS)
def test_every_kind_is_said_in_french(kind: str) -> None:
    assert describe_change(Change(kind, "cible", A, 2.0)).endswith(".")


def test_the_last_change_is_undone_first() -> None:
    one, two = Change("close", "1"), Change("close", "2")
    assert Scenario().then(one).then(two).undo() == Scenario(changes=(one,))
    assert Scenario().undo() == Scenario()


def test_changes_are_bounded() -> None:
    full = Scenario(changes=(Change("close", "1"),) * scenario.MAX_CHANGES)
    with pytest.raises(UserError, match="50 changements au plus"):
        full.then(Change("close", "2"))


codes = st.text("ABCDEFGHIJ0123456789-", min_size=1, max_size=12)
changes = st.builds(
    Change, st.sampled_from(list(CHANGE_KINDS)), codes, codes | st.just(""),
    st.floats(0, 100, allow_nan=False),
)  # fmt: skip
scenarios = st.builds(
    Scenario,
    st.text(min_size=1, max_size=scenario_file.MAX_NAME),
    st.lists(changes, max_size=8).map(tuple),
)


@given(scenarios)
def test_a_file_gives_back_the_scenario(given_scenario: Scenario) -> None:
    assert from_json(to_json(given_scenario)) == given_scenario


@given(scenarios)
def test_a_link_gives_back_the_scenario_or_says_it_is_too_long(given_scenario: Scenario) -> None:
    packed = to_address(given_scenario)
    assert packed is None or from_address(packed) == given_scenario


def test_a_long_scenario_has_no_link() -> None:
    codes = [hashlib.sha256(str(number).encode()).hexdigest()[:40] for number in range(50)]
    many = Scenario("x", tuple(Change("close", code) for code in codes))
    assert to_address(many) is None
    assert to_address(Scenario("x", many.changes[:5])) is not None


@pytest.mark.parametrize(
    ("document", "count"),
    [
        ({"version": 1, "changes": {}}, 1),
        ({"version": 1, "changes": [{"kind": "close", "target": "1"}] * 51}, 1),
        ({"version": 2, "changes": []}, 1),
        ({"version": "9" * 50_000, "changes": []}, 1),
        ({"version": 1, "changes": ["x", {"kind": "close"}, {"kind": "magie", "target": "1"}]}, 3),
        ({"version": 1, "changes": [{"kind": "open", "target": "1", "capacity": "2"}]}, 1),
        ({"version": 1, "changes": [{"kind": "open", "target": "1", "capacity": True}]}, 1),
        ({"version": 1, "changes": [{"kind": ["close"], "target": "1"}]}, 1),
        ({"version": 1, "changes": [{"kind": "close", "target": {"a": 1}}]}, 1),
        ({"version": 1, "changes": [{"kind": "open", "target": "1", "capacity": 10**400}]}, 1),
        ({"version": 1, "changes": [{"kind": "open", "target": "1", "capacity": float("nan")}]}, 1),
    ],
)
def test_every_fault_of_a_file_is_listed(document: dict[str, Any], count: int) -> None:
    with pytest.raises(SourceError) as caught:
        from_json(json.dumps(document))
    assert len(caught.value.faults) == count


@pytest.mark.parametrize(
    "text",
    ["", "[]", "1", "nul", "{", "[" * 60_000, " " * 70_000, b"\xff\xfe{}", "null", '"x"'],
    ids=["empty", "list", "number", "word", "cut", "deep", "large", "bytes", "null", "text"],
)
def test_what_is_not_a_scenario_is_refused(text: str | bytes) -> None:
    with pytest.raises(SourceError, match="scénario : "):
        from_json(text)


def packed(value: object) -> str:
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(value).encode())).decode().rstrip("=")


@pytest.mark.parametrize(
    "address",
    [
        "", "é", "a", "====", "!!!!", "AAAA", packed(1), packed(["x"]), packed({"a": 1}),
        packed(["x", [["close"]]]), packed(["x", [[["close"], "1", "", 0]]]), packed(["x", 5]),
        packed([None, None]), packed(["x", [["close", "1", "", "0"]]]),
        packed(["x", [["close", "1", "", 0]] * 51]), packed(["x", [[{}, "1", "", 0]]]),
        base64.urlsafe_b64encode(zlib.compress(b"[" * 20_000_000, 9)).decode(),
        packed(["\ud800", []]), packed(["x", [["close", "\udfff", "", 0]]]),
        base64.urlsafe_b64encode(zlib.compress(b"[" + b"9" * 5_000 + b", []]")).decode(),
    ],
)  # fmt: skip
def test_a_hostile_link_is_refused_in_a_sentence(address: str) -> None:
    with pytest.raises(GhtError):
        from_address(address)


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda b: b.hex()))
def test_any_text_as_a_link_is_a_scenario_or_a_refusal(address: str) -> None:
    try:
        from_address(address)
    except GhtError as error:
        assert str(error)  # noqa: PT017  either outcome is right; nothing else may be raised


def test_a_name_is_cut() -> None:
    named = from_json(json.dumps({"version": 1, "name": "x" * 500, "changes": []}))
    assert len(named.name) == scenario_file.MAX_NAME


def test_text_of_a_name_stays_text() -> None:
    named = Scenario("<script>=1+1</script>")
    assert from_json(to_json(named)).name == named.name
