"""What anonymous clients can send to a real server: it stays up, quiet, and on this machine."""

import asyncio
import random
import statistics
import string
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest

from benchmarks.servers import process_memory
from benchmarks.session import Session, open_session
from tests import loops
from tests.browser.conftest import (
    ANOTHER_SERVER,
    ITS_LOOPBACK,
    LOOPBACK,
    PROGRAM,
    serve,
    serve_process,
)
from tests.browser.rawclient import ask, open_websocket, status

pytestmark = pytest.mark.browser

FOREIGN = "Origin: https://evil.example"
LINKS = ("/", "/carte?territoire=ARA-09", "/donnees", "/bassins?modele=gravity", "/nulle-part")
# A first run of pages caches tables; sessions themselves must leave nothing behind.
GROWTH_MEGABYTES = 25  # 5 were measured


def here(address: str) -> str:
    """Name a server that listens everywhere by the address its clients use."""
    return f"http://127.0.0.1:{urlsplit(address).port}"


def audited(
    program: Sequence[str], options: Sequence[str], repository: Path, tmp_path: Path, bare: str = ""
) -> list[str]:
    """Drive a server in every way, and return whom it talked to beyond this machine."""
    seen, log = tmp_path / "seen.txt", tmp_path / "log.txt"
    seen.touch()
    program = ("tests.browser.audited", *program)
    with serve(
        repository, log, program=program, options=options, AUDITED=str(seen), AUDITED_BARE=bare
    ) as started:
        address = here(started)
        for _ in range(5):
            open_websocket(address, "Host: 127.0.0.1", FOREIGN)
        open_websocket(address, version="1.0")
        for link in LINKS:
            assert httpx.get(address + link, follow_redirects=True).status_code in {200, 404}
        loops.run(visit(address))
        httpx.get(f"{address}/_stcore/host-config", headers={"Origin": "https://evil.example"})
    return seen.read_text(encoding="utf-8").splitlines()


async def visit(address: str) -> None:
    """Open a session and run its page to the end."""
    async with open_session(address) as socket:
        await Session(socket).rerun()


ANYWHERE = ("--server.address", "0.0.0.0")  # noqa: S104  # as operators start it in a container


@pytest.mark.parametrize(
    ("program", "options"),
    [(PROGRAM, LOOPBACK), (PROGRAM, ANYWHERE), (ANOTHER_SERVER, ITS_LOOPBACK)],
    ids=["atlas", "atlas-anywhere", "uvicorn"],
)
def test_nothing_leaves_this_machine(
    program: Sequence[str], options: Sequence[str], repository: Path, tmp_path: Path
) -> None:
    assert audited(program, options, repository, tmp_path) == []


def test_what_streamlit_asks_by_itself_is_seen(repository: Path, tmp_path: Path) -> None:
    """The test above can fail: without our layers, Streamlit looks for its own address outside."""
    seen = audited(ANOTHER_SERVER, ITS_LOOPBACK, repository, tmp_path, bare="1")
    assert any("checkip.amazonaws.com" in line for line in seen), seen


def test_streamlit_run_asks_nobody_once_a_page_was_shown(repository: Path, tmp_path: Path) -> None:
    """There our layers are not around Streamlit; what it would ask is taken away all the same."""
    seen, log = tmp_path / "seen.txt", tmp_path / "log.txt"
    seen.touch()
    program = ("tests.browser.audited", "streamlit", "run", "dashboard.py")
    with serve(repository, log, program=program, options=ANYWHERE, AUDITED=str(seen)) as started:
        address = here(started)
        loops.run(visit(address))
        for _ in range(3):
            assert status(open_websocket(address, "Host: 127.0.0.1", FOREIGN)) == 403
    assert seen.read_text(encoding="utf-8") == ""


class Pulse(threading.Thread):
    """Ask for the health of a server again and again."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.address, self.latencies, self.is_over = address, [0.0], threading.Event()

    def run(self) -> None:
        with httpx.Client() as client:
            while not self.is_over.wait(0.02):
                begun = time.perf_counter()
                assert client.get(f"{self.address}/_stcore/health").status_code == 200
                self.latencies.append(time.perf_counter() - begun)

    def __enter__(self) -> "Pulse":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over.set()
        self.join()


def test_foreign_websockets_are_refused_at_once(server: str) -> None:
    host = f"Host: {urlsplit(server).netloc}"
    refused = ([host, FOREIGN], [host, "Origin: null"], [host, "Origin: http://[::1"], ["Host:"])
    spent: list[float] = []
    with Pulse(server) as pulse:
        for headers in [*refused, *refused[:1] * 200]:
            begun = time.perf_counter()
            assert status(open_websocket(server, *headers)) == 403, headers
            spent.append(time.perf_counter() - begun)
        assert status(open_websocket(server, version="1.0")) in {400, 403}
    # A look-up takes a second or more, each time; medians, because shared machines stall.
    assert statistics.median(spent) < 0.1
    assert statistics.median(pulse.latencies) < 0.2
    assert max(*spent, *pulse.latencies) < 1


def test_the_pages_of_this_server_are_let_in(server: str) -> None:
    port = urlsplit(server).port
    for origin, host in (
        (server, urlsplit(server).netloc),
        (f"http://localhost:{port}", f"localhost:{port}"),
        ("http://localhost:3000", f"127.0.0.1:{port}"),
        ("https://atlas.example", "atlas.example"),  # a proxy that passes Host
    ):
        assert status(open_websocket(server, f"Host: {host}", f"Origin: {origin}")) == 101, origin


def test_a_foreign_page_can_send_nothing(server: str) -> None:
    for method, target in (("POST", "/"), ("PUT", "/_stcore/upload_file/a/b"), ("GET", "/")):
        assert status(ask(server, target, FOREIGN, method=method)) == 403


# A thousand random addresses

PREFIXES = (
    "/", "/static/js/", "/static/css/", "/static/media/", "/app/static/", "/media/", "/component/",
    "/component/streamlit_folium.st_folium/", "/component/streamlit_folium.st_folium/static/js/",
    "/_stcore/", "/_stcore/health/", "/_stcore/upload_file/", "/_stcore/bidi-components/",
    "/_stcore/metrics", "/_stcore/host-config", "/_stcore/stream", "/_stcore/agent/", "/auth/",
    "/oauth2callback", "/carte", "/bassins", "/_atlas/", "/_atlas/ready",
)  # fmt: skip
PIECES = (
    "%00", "..", "%2e%2e", "%2e%2e%2f", "..%5c", "%5c%5c", "\\", "/", "//", "%2f%2f", ".", "%c3%28",
    "%ed%a0%80", "%ff", "%", "%zz", "%0d%0aX:y", "%09", "%7f", "C:", "file:", "~", "|", "{}", "[",
    "'", '"', "<script>", ";", "@", ":", "*", "?", "#", "&", "=", "+", "%E2%80%AE", "%F0%9F%92%A3",
    "nul", "con.js", "a.0123456789abcdef.json", "index.html", "a.12345678.js", ".git/config",
)  # fmt: skip
METHODS = ("GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "FOO")
HEADERS = (
    "Range: bytes=0-0", "Range: bytes=9-1", "Range: bytes=x", "Range: bytes=0-1,4-5,-1",
    "If-None-Match: *", "If-Modified-Since: never", "If-Range: x", "Accept-Encoding: gzip;q=x",
    "Cookie: _streamlit_xsrf=2|a|b|c; _streamlit_session=x.y.z; _streamlit_user=%00",
    "Content-Type: multipart/form-data", "Content-Length: 0", "X-Xsrftoken: 2|%|%|%",
    "Content-Type: application/json", "Accept: application/x-protobuf", "Expect: 100-continue",
    "X-Forwarded-For: a, b", "Authorization: Bearer", "Upgrade: h2c", "Sec-WebSocket-Key: a",
)  # fmt: skip


def draw_address(draw: random.Random) -> str:
    """Write an address of one of the hostile kinds."""
    prefix = draw.choice(PREFIXES)
    letters = string.ascii_lowercase
    match draw.randrange(6):
        case 0:
            return prefix + draw.choice(letters) * draw.randrange(200, 400) + draw.choice(PIECES)
        case 1:
            return prefix + "/".join(draw.choices(letters, k=draw.randrange(100, 2000)))
        case 2:
            return prefix + "".join(draw.choices(PIECES, k=draw.randrange(1, 9)))
        case 3:
            return prefix + quote(draw.randbytes(draw.randrange(1, 60)))
        case 4:
            return f"{prefix}?{'&'.join(draw.choices(PIECES, k=draw.randrange(1, 3000)))}"
        case _:
            return draw.choice(("*", "a", "http://x/", "//x", "/%2f", "", "/" * 300)) + prefix


def test_a_thousand_random_addresses(repository: Path, tmp_path: Path) -> None:
    draw = random.Random(11)
    log = tmp_path / "log.txt"
    with serve(repository, log) as address:
        for _ in range(1000):
            target, method = draw_address(draw), draw.choice(METHODS)
            headers = draw.sample(HEADERS, draw.randrange(3))
            answer = ask(address, target, *headers, method=method)
            assert 200 <= status(answer) < 500, (method, target[:200], headers, answer[:200])
        for prefix in ("/static/js/", "/app/static/", "/component/streamlit_folium.st_folium/"):
            for target in (prefix + "a" * 300, f"{prefix}{'a' * 300}.0123456789abcdef.js"):
                assert status(ask(address, target)) == 404
        assert httpx.get(f"{address}/_stcore/health").text == "ok"
        loops.run(visit(address))
    said = log.read_text(encoding="utf-8")
    assert "Traceback" not in said
    assert "ASGI" not in said


def test_what_is_not_the_protocol_ends_one_session(repository: Path, tmp_path: Path) -> None:
    """Streamlit raises when a websocket sends text: one line of the log, not the server's forty."""
    log = tmp_path / "log.txt"

    async def send(address: str, content: str | bytes) -> None:
        async with open_session(address) as socket:
            await socket.send(content)
            await asyncio.wait_for(socket.wait_closed(), 10)

    with serve(repository, log) as address:
        for content in ("text", b"\xff" * 50):
            loops.run(send(address, content))
        loops.run(visit(address))
    assert "Exception in ASGI application" not in log.read_text(encoding="utf-8")


# Leaks


@pytest.fixture
def measured(repository: Path, tmp_path: Path) -> Iterator[tuple[str, int]]:
    """Return a server that forgets a session two seconds after its visitor left."""
    options = ("--server.disconnectedSessionTTL", "2", *LOOPBACK)
    with serve_process(repository, tmp_path / "log.txt", options=options) as served:
        yield served


def sessions(address: str) -> int:
    """Count the sessions that a server holds open."""
    text = httpx.get(f"{address}/_stcore/metrics?families=active_sessions").text
    lines = [line for line in text.splitlines() if line.startswith("active_sessions ")]
    return int(lines[0].split()[1])


async def idle(address: str, count: int) -> int:
    """Open websockets that ask for nothing, count the sessions, and leave."""
    opened = [open_session(address) for _ in range(count)]
    sockets = [await connecting for connecting in opened]
    held = sessions(address)
    await asyncio.gather(*(socket.close() for socket in sockets))
    return held


async def visits(address: str, count: int, at_once: int = 10) -> None:
    """Make short visits, some at a time."""
    for _ in range(count // at_once):
        await asyncio.gather(*(visit(address) for _ in range(at_once)))


def wait_for_nobody(address: str) -> None:
    limit = time.monotonic() + 10
    while sessions(address) and time.monotonic() < limit:
        time.sleep(0.1)
    assert sessions(address) == 0
    time.sleep(2.5)  # what was kept for their return


def test_visitors_leave_nothing_behind(measured: tuple[str, int]) -> None:
    """Two hundred visits and five hundred idle websockets, after a warm-up."""
    address, process = measured
    httpx.get(f"{address}/_atlas/search", params={"q": "a"}, timeout=60)  # its index stays
    loops.run(visits(address, 60))
    loops.run(idle(address, 200))
    wait_for_nobody(address)
    before = process_memory(process)
    assert loops.run(idle(address, 500)) == 500
    loops.run(visits(address, 200))
    wait_for_nobody(address)
    loops.run(visit(address))
    assert process_memory(process) - before < GROWTH_MEGABYTES
