"""What the benchmarks compute from their measures; nothing is timed here."""

import base64
import json
from itertools import islice
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import figures
from benchmarks.browser import TURN
from benchmarks.changes import WARM_UP
from benchmarks.engine import PROBES, multiplied
from benchmarks.figures import Budget, Figure
from benchmarks.plan import FULL, QUICK, VARIANTS
from benchmarks.session import open_session
from benchmarks.traffic import Direction, Traffic, payload

SECONDS = st.lists(st.floats(0, 1e6), min_size=1, max_size=40)


def figure(key: str = "visit.cold", ours: float | None = 1.0, naive: float | None = None) -> Figure:
    return Figure(key, "a visit", "s", ours, naive)


def test_a_percentile_lies_between_two_ranks() -> None:
    values = [4.0, 1.0, 3.0, 2.0]
    assert figures.percentile(values, 0) == 1.0
    assert figures.percentile(values, 0.5) == 2.5
    assert figures.percentile(values, 0.95) == pytest.approx(3.85)
    assert figures.percentile(values, 1) == 4.0
    assert figures.median([7.0]) == 7.0


def test_a_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="measure at least once"):
        figures.percentile([], 0.5)


@given(SECONDS, st.floats(0, 1))
def test_a_percentile_stays_among_the_values(values: list[float], share: float) -> None:
    assert min(values) <= figures.percentile(values, share) <= max(values) * (1 + 1e-12)


@given(st.sampled_from([0.5, 1.0, 1.7, 2.0]), st.floats(0.001, 100))
def test_the_slope_is_the_exponent(exponent: float, cost: float) -> None:
    sizes = [1.0, 2.0, 4.0]
    assert figures.slope(sizes, [cost * size**exponent for size in sizes]) == pytest.approx(
        exponent
    )


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        (figure(ours=2.0), "within"),
        (figure(ours=2.01), "over"),
        (figure(ours=None), ""),
        (figure(key="no.budget"), ""),
        (figure("visit.warm", 0.6, 10.5), "within"),
        (figure("visit.warm", 0.6, 3.0), "over"),  # more than a fifteenth of the naive page
        (figure("visit.warm", 0.8, 100.0), "over"),
        (figure("visit.warm", 0.6), "within"),  # nothing to compare with
        (figure("pan.bytes", 0.0), "within"),
        (figure("pan.bytes", 0.001), "over"),
    ],
)
def test_a_figure_is_judged(measured: Figure, expected: str) -> None:
    assert figures.verdict(measured) == expected


def test_only_what_is_over_is_listed() -> None:
    assert figures.over([figure(ours=9.0), figure(ours=0.1), figure("no.budget", 9.0)]) == [
        "visit.cold"
    ]


def test_a_ratio_needs_both() -> None:
    assert figure(ours=2.0, naive=9.0).ratio == 4.5
    assert figure(ours=0.0, naive=9.0).ratio is None
    assert figure(ours=2.0).ratio is None


def test_variants_are_gathered() -> None:
    gathered = figures.compare("k", "l", "s", {"ours": 1.0, "floor": 0.5}, "note")
    assert (gathered.ours, gathered.naive, gathered.floor, gathered.note) == (
        1.0,
        None,
        0.5,
        "note",
    )


def test_a_figure_becomes_json() -> None:
    described = json.loads(json.dumps(figures.describe(figure("visit.warm", 0.5, 6.0))))
    assert described["ratio"] == 12.0
    assert described["budget"] == pytest.approx(0.4)
    assert described["verdict"] == "over"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (0.0, "0"),
        (0.0123, "0.0123"),
        (1.234, "1.23"),
        (12.34, "12.3"),
        (1234.5, "1234"),
    ],
)
def test_numbers_have_three_digits(value: float | None, text: str) -> None:
    assert figures.format_value(value) == text


def test_the_table_is_aligned_markdown() -> None:
    lines = figures.render_table([figure(ours=3.0, naive=6.0), figure("x", None)]).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[0].count("|") == len(figures.HEADINGS) + 1
    cells = [cell.strip() for cell in lines[2].split("|")[1:-1]]
    assert cells == ["a visit", "s", "3.00", "6.00", "2.00", "–", "2.00", "over"]
    assert lines[3].split("|")[-2].strip() == ""


def test_every_budget_of_the_issue_is_there() -> None:
    assert figures.BUDGETS["sessions.50.p95"] == Budget(0.5)
    assert {f"change.{kind}.p95" for kind in figures.CHANGES} <= set(figures.BUDGETS)
    assert 50 in FULL.sessions
    assert FULL.interactions >= 50


def test_the_naive_page_has_its_own_repeats() -> None:
    for plan in (FULL, QUICK):
        for count in (plan.visits_of, plan.changes_of, plan.interactions_of, plan.reruns_of):
            ours, naive, floor = map(count, VARIANTS)
            assert ours == floor >= naive >= 1


def test_copies_of_communes_keep_the_originals() -> None:
    communes = pd.DataFrame(
        {"insee_code": ["00001", "00002"], "anchor_lon": [2.0, 3.0], "anchor_lat": [46.0, 47.0]}
    )
    grown = multiplied(communes, 4)
    assert len(grown) == 8
    assert grown.insee_code.is_unique
    pd.testing.assert_frame_equal(grown.head(2), communes)
    assert (grown.anchor_lon.to_numpy().reshape(4, 2) - [2.0, 3.0]).std() < 0.1
    assert {"load", "models", "scaling"} <= set(PROBES)


def test_repeated_messages_cost_less_once_deflated() -> None:
    way = Direction()
    way.note(b"le meme message, encore une fois" * 4)
    first = way.wire
    way.clear()
    way.note(b"le meme message, encore une fois" * 4)
    assert (way.count, way.size) == (1, 128)
    assert 0 < way.wire < first


def test_responses_are_summed_by_path() -> None:
    traffic = Traffic(responses={"/app/static/a.json": 10.0, "/app/static/b.js": 5.0, "/": 1.0})
    assert traffic.over_http() == 16.0
    assert traffic.over_http("/app/static/") == 15.0
    assert traffic.over_http("/app/static/", ".json") == 10.0
    traffic.clear()
    assert traffic.over_http() == 0.0


def test_websocket_events_are_read() -> None:
    binary = {"response": {"payloadData": base64.b64encode(b"\x00\x01").decode(), "opcode": 2}}
    text = {"response": {"payloadData": "été", "opcode": 1}}
    assert payload(binary) == b"\x00\x01"
    assert payload(text) == "été".encode()


@pytest.mark.parametrize(
    "address", ["http://example.org", "http://127.0.0.1.example.org:80", "http://127.0.0.1@x.fr"]
)
def test_sessions_stay_on_this_machine(address: str) -> None:
    with pytest.raises(ValueError, match="stay on"):
        open_session(address)


def test_modules_stay_short(repository: Path) -> None:
    paths = sorted((repository / "benchmarks").glob("*.py"))
    assert paths
    long = [path.name for path in paths if len(path.read_text("utf-8").splitlines()) > 400]
    assert list(islice(long, 5)) == []


def test_the_heap_is_compared_on_the_same_view() -> None:
    for plan in (FULL, QUICK):
        for variant in VARIANTS:
            assert plan.interactions_of(variant) % TURN[variant] == 0
            assert WARM_UP[variant] % TURN[variant] == 0
