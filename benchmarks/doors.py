"""What a bad file costs: three visitors send it at once, and the others go on."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final

import httpx
from playwright.sync_api import Browser, FilePayload, Page

from benchmarks.browser import window
from benchmarks.figures import Figure
from benchmarks.plan import Plan
from benchmarks.servers import Server, serve
from geo.ui.partenariats import words
from tests import hostile

VISITORS: Final = 3
PAUSE: Final = 0.02
SETTLE_SECONDS: Final = 2.0
# Page and panel of a door -> what its files are called and what they hold.
DOORS: Final[Mapping[str, tuple[str, str, Mapping[str, Callable[[], bytes]]]]] = {
    "yaml": ("/partenariats", "p.yaml", hostile.TEXTS),
    "xlsx": ("/bassins?volet=zonage", "z.xlsx", hostile.WORKBOOKS),
}


@dataclass
class Pulse:
    """
    The health address, asked again and again.

    Attributes
    ----------
    address
        Of the server.
    seconds
        Of each answer.
    """

    address: str
    seconds: list[float] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    def beat(self) -> None:
        """Ask until it is over."""
        with httpx.Client(timeout=60) as client:
            while not self.is_over.wait(PAUSE):
                started = time.perf_counter()
                client.get(f"{self.address}/_stcore/health").raise_for_status()
                self.seconds.append(time.perf_counter() - started)


def door_figures(browser: Browser, plan: Plan) -> Iterator[Figure]:  # noqa: ARG001  one signature
    """
    Send every bad file to its door, by three visitors at once.

    Parameters
    ----------
    browser
        Running.
    plan
        Every file is sent once, whatever it says.

    Yields
    ------
    figure
        Seconds until the last visitor reads the sentence, and the slowest answer of the health
        address meanwhile; then the memory of the server.
    """
    with serve("ours") as server, ExitStack() as stack:
        visitors = [stack.enter_context(window(browser)).new_page() for _ in range(VISITORS)]
        before = 0.0
        for door, (path, name, files) in DOORS.items():
            for page in visitors:
                page.goto(server.address + path)
                _open(page, door)
            before = before or _settled(server)
            for case, content in files.items():
                yield from _sent(server, visitors, (door, case), (name, content()))
        yield Figure("doors.memory.before", "memory before the bad files", "MB", before)
        yield Figure("doors.memory.after", "memory after them", "MB", _settled(server))


def _open(page: Page, door: str) -> None:
    """Wait for the place where a file is given."""
    if door == "yaml":
        page.get_by_text(words.CONTRIBUTE).click()
    page.locator("input[type=file]").first.wait_for(state="attached")


def _settled(server: Server) -> float:
    """Read the memory of the server once it has nothing to do."""
    time.sleep(SETTLE_SECONDS)
    return server.memory()


def _sent(
    server: Server, visitors: list[Page], place: tuple[str, str], file: tuple[str, bytes]
) -> Iterator[Figure]:
    """Send one file by every visitor, and wait for what the page says of it."""
    pulse = Pulse(server.address)
    beating = threading.Thread(target=pulse.beat)
    beating.start()
    name, content = f"{place[1].replace(' ', '_')}.{file[0].partition('.')[2]}", file[1]
    sent = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
    started = time.perf_counter()
    for page in visitors:
        page.locator("input[type=file]").first.set_input_files(sent)
    for page in visitors:
        page.get_by_text(f"{name} :").or_(page.get_by_text("Partenariats lus")).first.wait_for()
    seconds = time.perf_counter() - started
    pulse.is_over.set()
    beating.join()
    for page in visitors:
        page.get_by_role("button", name="Retirer").first.click()
        page.get_by_text(f"{name} :").first.wait_for(state="detached")
    label, size = f"{place[0]}: {place[1]}", f"{len(content) / 1000:.0f} kB"
    yield Figure(f"doors.answer.{place[0]}", f"{label}, answer", "s", seconds, note=size)
    yield Figure(f"doors.health.{place[0]}", f"{label}, health", "s", max(pulse.seconds))
