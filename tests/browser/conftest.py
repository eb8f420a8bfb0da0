"""A server and a browser for the tests that need both; nothing but 127.0.0.1 can be reached."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]  # fmt: skip
STARTED_SECONDS = 40.0
PROGRAM = ("geo.ui",)  # what `make run` starts
STREAMLIT = ("streamlit", "run", "dashboard.py")
LOOPBACK = ("--server.address", "127.0.0.1")
ANOTHER_SERVER = ("uvicorn", "geo.ui.app.server:app")
ITS_LOOPBACK = ("--host", "127.0.0.1")

OpenPage = Callable[..., Page]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def serve_process(
    repository: Path, log: Path, *, program: Sequence[str] = PROGRAM,
    options: Sequence[str] = LOOPBACK, **environment: str,
) -> Iterator[tuple[str, int]]:  # fmt: skip
    """Run a fresh server; yields its address and the number of its process."""
    port = free_port()
    port_option = "--port" if "uvicorn" in program else "--server.port"
    command = [sys.executable, "-m", *program, port_option, str(port), *options]
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            command, cwd=repository, env=os.environ | environment, stdout=stream, stderr=stream
        )
        address = f"http://{options[-1] if options else 'localhost'}:{port}"
        try:
            wait_until_healthy(address, process, log)
            yield address, process.pid
        finally:
            process.terminate()
            process.wait(timeout=20)


@contextmanager
def serve(
    repository: Path, log: Path, *, program: Sequence[str] = PROGRAM,
    options: Sequence[str] = LOOPBACK, **environment: str,
) -> Iterator[str]:  # fmt: skip
    """Run a fresh server; yields its address. Without `options`, it starts as `make run` does."""
    served = serve_process(repository, log, program=program, options=options, **environment)
    with served as (address, _):
        yield address


def wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    limit = time.monotonic() + STARTED_SECONDS
    while time.monotonic() < limit and process.poll() is None:
        try:
            if httpx.get(f"{address}/_stcore/health", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def server(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server shared by the tests that only look."""
    with serve(repository, tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """Return one window for all, in English: Streamlit's own files are fetched once."""
    context = browser.new_context(locale="en-US")
    yield context
    context.close()


@pytest.fixture
def open_page(window: BrowserContext, server: str) -> Iterator[OpenPage]:
    """Return a function that opens an address of the shared server in a new tab."""
    pages = []

    def opened(path: str = "/", width: int = 1440, height: int = 900, base: str = "") -> Page:
        page = window.new_page()
        pages.append(page)
        page.set_default_timeout(30_000)
        page.set_viewport_size({"width": width, "height": height})
        page.goto((base or server) + path)
        return page

    yield opened
    for page in pages:
        page.close()
