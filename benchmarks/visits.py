"""Visits: from a cold start to a painted map, and what travels for it."""

import time
from collections.abc import Iterator

from playwright.sync_api import Browser

from benchmarks.browser import timed_reload, timed_visit, wait_painted, window
from benchmarks.figures import Figure, compare, median
from benchmarks.plan import VARIANTS, Plan, Variant
from benchmarks.servers import Server, serve
from benchmarks.traffic import Traffic

Values = dict[str, float]
LABELS = {
    "start.map": ("server start to first painted map", "s"),
    "visit.cold": ("cold visit to painted map", "s"),
    "visit.warm": ("warm visit to painted map", "s"),
    "bytes.data": ("first map: data on the wire", "kB"),
    "bytes.map": ("first map: data and code of the map on the wire", "kB"),
    "bytes.page": ("first visit: everything, Streamlit included", "kB"),
    "bytes.messages": ("first map: websocket before compression", "kB"),
    "server.rest": ("server memory at rest", "MB"),
}
NOTES = {
    "bytes.data": "JSON fetched over HTTP (gzip) and websocket messages (deflated), both ways",
    "bytes.map": "also Leaflet, the code and styles of the map, and the frame of streamlit-folium",
    "server.rest": "after the visits, every window closed",
}
SETTLE_MS = 1500


def visit_figures(browser: Browser, plan: Plan) -> Iterator[Figure]:
    """
    Measure the visits of every variant.

    Parameters
    ----------
    browser
        Running.
    plan
        Numbers of repeats.

    Yields
    ------
    figure
        Medians.
    """
    measured = {variant: _variant(browser, variant, plan) for variant in VARIANTS}
    for key, (label, unit) in LABELS.items():
        values = {variant: found[key] for variant, found in measured.items()}
        yield compare(key, label, unit, values, NOTES.get(key, _repeats(key, plan)))


def _repeats(key: str, plan: Plan) -> str:
    """Say how many values a median is made of."""
    if key.startswith("start"):
        return f"median of {plan.starts} servers"
    return f"median of {plan.visits} visits, {plan.naive_visits} for the naive page"


def _variant(browser: Browser, variant: Variant, plan: Plan) -> Values:
    """Measure one variant; the last server started receives the other visits."""
    starts = []
    for number in range(plan.starts):
        with serve(variant) as server:
            starts.append(_first_visit(browser, server, variant))
            if number == plan.starts - 1:
                values = _warm_server(browser, server, variant, plan.visits_of(variant))
    return values | {"start.map": median(starts)}


def _first_visit(browser: Browser, server: Server, variant: Variant) -> float:
    """Give the seconds from the start of the server to its first painted map."""
    with window(browser) as context:
        timed_visit(context.new_page(), server, variant)
        return time.perf_counter() - server.started


def _warm_server(browser: Browser, server: Server, variant: Variant, count: int) -> Values:
    """Measure visits to a server that somebody has visited."""
    cold, warm = [], []
    for _ in range(count):
        with window(browser) as context:
            page = context.new_page()
            cold.append(timed_visit(page, server, variant))
            page.wait_for_timeout(SETTLE_MS)
            warm.append(timed_reload(page, variant))
            page.wait_for_timeout(SETTLE_MS)
    sizes = _sizes(browser, server, variant)
    time.sleep(2)  # the sessions of the closed windows end
    return {
        "visit.cold": median(cold),
        "visit.warm": median(warm),
        "server.rest": server.memory(),
        **sizes,
    }


def _sizes(browser: Browser, server: Server, variant: Variant) -> Values:
    """Count what a first visit brings."""
    traffic = Traffic()
    with window(browser) as context:
        page = context.new_page()
        traffic.listen(page)
        page.goto(server.address)
        wait_painted(page, variant)
        page.wait_for_timeout(2 * SETTLE_MS)
    data = traffic.over_http("/app/static/", ".json") + traffic.messages_wire
    code = sum(traffic.over_http("/app/static/", suffix) for suffix in (".js", ".css", ".png"))
    parts = {
        "bytes.data": data,
        "bytes.map": data + code + traffic.over_http("/component/"),
        "bytes.page": traffic.over_http() + traffic.messages_wire,
        "bytes.messages": traffic.messages_size,
    }
    return {key: size / 1000 for key, size in parts.items()}
