"""A browser that reaches nothing but 127.0.0.1, and what one does with a page."""

import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks.plan import Variant
from benchmarks.servers import Server
from geo import wording
from geo.atlas.load import load_atlas
from geo.territories.measures import MEASURES
from geo.ui.shared.selection import choices_of
from tests.browser.conftest import ARGUMENTS
from tests.browser.screen import choose
from tests.conftest import BROWSERS

WATCH: Final = Path(__file__).with_name("watch.js")
PATIENCE_MS: Final = 60_000
FLOOR_LABEL: Final = "Choix"
FLOOR_OPTIONS: Final = ("deux", "trois", "quatre", "un")
REGIONS: Final = ("Bretagne", "Normandie", "Grand Est", "Occitanie", "Corse")

# Changes of one turn of `steps`.
TURN: Final[Mapping[Variant, int]] = {"ours": 5, "naive": 3, "floor": 1}

Step = tuple[str, Callable[[], object]]


@contextmanager
def launch() -> Iterator[Browser]:
    """Start the system's Chromium."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not path:
        raise RuntimeError("no Chromium: run `make chromium`, or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield running
        finally:
            running.close()


@contextmanager
def window(browser: Browser) -> Iterator[BrowserContext]:
    """Open a window with an empty cache, where every page is watched."""
    context = browser.new_context(locale="fr-FR", viewport={"width": 1440, "height": 900})
    context.add_init_script(path=WATCH)
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


def wait_painted(page: Page, variant: Variant) -> None:
    """Wait until the map is complete."""
    page.wait_for_function("variant => window.atlasBench.shown(variant)", arg=variant)


def timed_visit(page: Page, server: Server, variant: Variant) -> float:
    """Open the page and give the seconds until its map is painted."""
    started = time.perf_counter()
    page.goto(server.address, wait_until="commit")
    wait_painted(page, variant)
    return time.perf_counter() - started


def timed_reload(page: Page, variant: Variant) -> float:
    """Reload the page and give the seconds until its map is painted."""
    started = time.perf_counter()
    page.reload(wait_until="commit")
    wait_painted(page, variant)
    return time.perf_counter() - started


def timed_change(page: Page, variant: Variant, act: Callable[[], object]) -> float:
    """Act and give the seconds from the last click to the new picture."""
    page.evaluate("variant => window.atlasBench.watch(variant)", variant)
    act()
    page.wait_for_function("() => window.atlasBench.elapsed !== null")
    return float(page.evaluate("window.atlasBench.elapsed")) / 1000


def steps(page: Page, variant: Variant) -> Iterator[Step]:
    """
    Go through the changes of the view, endlessly.

    Parameters
    ----------
    page
        Already painted.
    variant
        The naive page has no list of territories; the empty page has one list of nothing.

    Yields
    ------
    kind, act
        Key of `benchmarks.figures.CHANGES`, and what does it.
    """
    turn = 0
    while True:
        if variant == "floor":
            yield "indicator", _choice(page, FLOOR_LABEL, FLOOR_OPTIONS, turn)
        else:
            yield "indicator", _choice(page, wording.MEASURE, _indicators(), turn)
            yield "region", _choice(page, wording.REGION, REGIONS, turn)
            yield from _ours(page, turn) if variant == "ours" else _naive(page)
        turn += 1


def _choice(page: Page, label: str, options: tuple[str, ...], turn: int) -> Callable[[], object]:
    """Choose the next option of a list."""
    option = options[turn % len(options)]
    return lambda: choose(page, label, option)


def _ours(page: Page, turn: int) -> Iterator[Step]:
    """Choose a territory, clear it, and leave the region."""
    yield "area", _choice(page, wording.AREA, _areas(), turn)
    yield "clear", page.get_by_role("button", name=wording.CLEAR).click
    yield "back", lambda: clear_list(page, wording.REGION)


def _naive(page: Page) -> Iterator[Step]:
    """Leave the region."""
    yield "back", lambda: choose(page, wording.REGION, wording.WHOLE_COUNTRY)


def clear_list(page: Page, label: str) -> None:
    """Empty a list with its own button."""
    box = page.get_by_label(label, exact=True).first
    box.locator("xpath=ancestor::*[@data-testid='stSelectbox']").get_by_role("button").first.click()


def _indicators() -> tuple[str, ...]:
    """Names of the indicators; the default one comes last."""
    labels = [measure.label for measure in MEASURES.values()]
    return (*labels[1:], labels[0])


def _areas() -> tuple[str, ...]:
    """Territories of the list, spread over the country."""
    atlas = load_atlas()
    drawn = atlas.territories[atlas.territories.status == "modelled"].area_code
    areas = choices_of(atlas, {}).areas
    return tuple(f"{areas[code]} ({code})" for code in drawn.iloc[::7])
