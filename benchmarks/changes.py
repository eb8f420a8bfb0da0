"""Changes of the view, moves of the map, and the memory of the browser."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from playwright.sync_api import Browser, CDPSession, Page

from benchmarks.browser import TURN, Step, steps, timed_change, wait_painted, window
from benchmarks.figures import CHANGES, Figure, compare, median, percentile
from benchmarks.plan import VARIANTS, Plan, Variant
from benchmarks.servers import serve
from benchmarks.traffic import Traffic

Values = dict[str, float]
Records = dict[str, defaultdict[str, list[float]]]
PARTS: Final = {
    "p50": ("{}, p50", "s"),
    "p95": ("{}, p95", "s"),
    "bytes": ("{}, websocket before compression", "kB"),
    "wire": ("{}, websocket deflated", "kB"),
}
TAIL_MS: Final = 400
SETTLE_MS: Final = 2500
WARM_UP: Final[Mapping[Variant, int]] = {"ours": 10, "naive": 3, "floor": 10}


def change_figures(browser: Browser, plan: Plan) -> Iterator[Figure]:
    """
    Time each kind of change, from the click to the new picture.

    Parameters
    ----------
    browser
        Running.
    plan
        Numbers of repeats.

    Yields
    ------
    figure
        Percentiles; bytes are medians, both ways. The empty page changes a text.
    """
    measured = {name: _changes(browser, name, plan.changes_of(name)) for name in VARIANTS}
    note = f"{plan.changes} changes, {plan.naive_changes} for the naive page"
    for kind, label in CHANGES.items():
        for part, (text, unit) in PARTS.items():
            key = f"change.{kind}.{part}"
            values = {variant: found.get(key) for variant, found in measured.items()}
            yield compare(key, text.format(label), unit, values, note)


def _changes(browser: Browser, variant: Variant, count: int) -> Values:
    """Measure one variant."""
    records: Records = {part: defaultdict(list) for part in ("seconds", "size", "wire")}
    pause = TAIL_MS if variant != "naive" else SETTLE_MS
    with serve(variant) as server, window(browser) as context:
        page, traffic = context.new_page(), Traffic()
        traffic.listen(page)
        page.goto(server.address)
        wait_painted(page, variant)
        page.wait_for_timeout(SETTLE_MS)
        for kind, act in islice(steps(page, variant), count * TURN[variant]):
            traffic.clear()
            records["seconds"][kind].append(timed_change(page, variant, act))
            page.wait_for_timeout(pause)
            records["size"][kind].append(traffic.messages_size / 1000)
            records["wire"][kind].append(traffic.messages_wire / 1000)
    return _summary(records)


def _summary(records: Records) -> Values:
    """Reduce the values of each kind of change."""
    values = {}
    for kind, seconds in records["seconds"].items():
        values[f"change.{kind}.p50"] = median(seconds)
        values[f"change.{kind}.p95"] = percentile(seconds, 0.95)
        values[f"change.{kind}.bytes"] = median(records["size"][kind])
        values[f"change.{kind}.wire"] = median(records["wire"][kind])
    return values


def pan_figures(browser: Browser, plan: Plan) -> Iterator[Figure]:  # noqa: ARG001
    """
    Pan and zoom, and count what it sends.

    Parameters
    ----------
    browser
        Running.
    plan
        Unused: once is enough.

    Yields
    ------
    figure
        The empty page has no map.
    """
    measured = {variant: _pan(browser, variant) for variant in VARIANTS[:2]}
    note = "two drags, two wheel steps, one hover"
    reruns = {variant: float(traffic.sent.count) for variant, traffic in measured.items()}
    sizes = {variant: traffic.messages_size / 1000 for variant, traffic in measured.items()}
    yield compare("pan.reruns", "pan and zoom: reruns", "", reruns, note)
    yield compare("pan.bytes", "pan and zoom: websocket", "kB", sizes, note)


def _pan(browser: Browser, variant: Variant) -> Traffic:
    """Move the map of one variant."""
    with serve(variant) as server, window(browser) as context:
        page, traffic = context.new_page(), Traffic()
        traffic.listen(page)
        page.goto(server.address)
        wait_painted(page, variant)
        page.wait_for_timeout(SETTLE_MS)
        traffic.clear()
        before = page.evaluate("window.atlasBench.view()")
        _move(page)
        page.wait_for_timeout(SETTLE_MS if variant == "ours" else 8 * SETTLE_MS)
        if page.evaluate("window.atlasBench.view()") in {"", before}:
            raise RuntimeError(f"{variant}: the map did not move, so nothing was measured")
    return traffic


def _move(page: Page) -> None:
    """Drag, zoom and hover over the map."""
    box = page.locator("iframe").first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + min(box["height"] / 2, 250)
    for shift in (-120, 90):
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + shift, y - 40, steps=10)
        page.mouse.up()
        page.wait_for_timeout(600)
    for turn in (-300, 300):
        page.mouse.wheel(0, turn)
        page.wait_for_timeout(800)
    page.mouse.move(x + 60, y + 30, steps=10)


def heap_figures(browser: Browser, plan: Plan) -> Iterator[Figure]:
    """
    Compare the memory of the page before and after many interactions.

    Parameters
    ----------
    browser
        Running.
    plan
        Number of interactions.

    Yields
    ------
    figure
        JavaScript heap after garbage collection, the frame of the map included.
    """
    measured = {name: _heap(browser, name, plan.interactions_of(name)) for name in VARIANTS}
    note = f"{plan.interactions} interactions, {plan.naive_interactions} for the naive page"
    starts = {variant: start for variant, (start, _) in measured.items()}
    ends = {variant: end for variant, (_, end) in measured.items()}
    growth = {variant: end / start for variant, (start, end) in measured.items()}
    yield compare("heap.start", "browser heap at the start", "MB", starts, note)
    yield compare("heap.end", "browser heap after the interactions", "MB", ends, note)
    yield compare("heap.growth", "browser heap, end over start", "", growth, note)


def _heap(browser: Browser, variant: Variant, count: int) -> tuple[float, float]:
    """Measure one variant; each kind of change is made once before the start is read."""
    with serve(variant) as server, window(browser) as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Performance.enable")
        page.goto(server.address)
        wait_painted(page, variant)
        page.wait_for_timeout(SETTLE_MS)
        acts = steps(page, variant)
        _act(page, variant, acts, WARM_UP[variant])
        start = _used(page, session)
        _act(page, variant, acts, count)
        return start, _used(page, session)


def _act(page: Page, variant: Variant, acts: Iterator[Step], count: int) -> None:
    """Make the next changes."""
    for _, act in islice(acts, count):
        timed_change(page, variant, act)
        page.wait_for_timeout(100)


def _used(page: Page, session: CDPSession) -> float:
    """Read the heap once everything has settled, megabytes."""
    page.wait_for_timeout(SETTLE_MS)
    session.send("HeapProfiler.collectGarbage")
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(item["value"] for item in metrics if item["name"] == "JSHeapUsedSize")) / 1e6
