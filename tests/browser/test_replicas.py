"""Servers that nobody has visited, several at once, without a folder to write in."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import BrowserContext, Route

from geo import wording
from geo.atlas.load import FOLDER_VARIABLE as DATA_VARIABLE
from geo.ui.app import words as app_words
from geo.ui.shared.assets import FOLDER_VARIABLE
from tests.browser.conftest import ANOTHER_SERVER, ITS_LOOPBACK, LOOPBACK, PROGRAM, OpenPage, serve
from tests.browser.rawclient import ask, status
from tests.browser.screen import map_frame

pytestmark = pytest.mark.browser

FRAME = "/component/streamlit_folium.st_folium/"
READY = "/_atlas/ready"


def wait_until(address: str, status: int, seconds: float = 20) -> httpx.Response:
    """Ask whether a server is ready until it says what is expected."""
    limit = time.monotonic() + seconds
    while True:
        begun = time.monotonic()
        answer = httpx.get(address + READY, timeout=5)
        assert time.monotonic() - begun < 2.5
        if answer.status_code == status or time.monotonic() > limit:
            assert answer.status_code == status, answer.text
            return answer
        time.sleep(0.2)


@pytest.mark.parametrize(
    ("program", "options"),
    [(PROGRAM, LOOPBACK), (ANOTHER_SERVER, ITS_LOOPBACK)],
    ids=["atlas", "uvicorn"],
)
def test_a_replica_that_nobody_visited_serves_the_frame(
    program: Sequence[str], options: Sequence[str], repository: Path, tmp_path: Path
) -> None:
    with serve(repository, tmp_path / "log.txt", program=program, options=options) as address:
        frame = httpx.get(f"{address}{FRAME}index.html")
        assert frame.status_code == 200
        files = re.findall(r'(?:src|href)="\./([^"]+)"', frame.text)
        assert [name for name in files if name.endswith(".js")]
        for name in files:
            for offer in ("gzip", "identity"):
                answer = httpx.get(f"{address}{FRAME}{name}", headers={"Accept-Encoding": offer})
                assert answer.status_code == 200, name


@pytest.fixture
def replicas(repository: Path, tmp_path: Path) -> Iterator[list[str]]:
    """Return two servers that share nothing, their folders of published files neither."""
    with ExitStack() as stack:
        addresses = []
        for name in ("one", "other"):
            folder = {FOLDER_VARIABLE: str(tmp_path / name)}
            served = serve(repository, tmp_path / f"{name}.txt", **folder)
            addresses.append(stack.enter_context(served))
        for address in addresses:
            wait_until(address, 200)
        yield addresses


def test_a_session_on_one_replica_has_its_map_from_the_other(
    replicas: list[str], window: BrowserContext
) -> None:
    """As a balancer that takes turns may do: only the websocket stays where it is."""
    one, other = replicas
    asked: dict[str, int] = {}

    def send_elsewhere(route: Route) -> None:
        answer = route.fetch(url=route.request.url.replace(one, other))
        asked[urlsplit(route.request.url).path] = answer.status
        route.fulfill(response=answer)

    page = window.new_page()
    for part in ("component", "app/static"):
        page.route(f"{one}/{part}/**", send_elsewhere)
    try:
        page.goto(one)
        map_frame(page)
    finally:
        page.close()
    assert {path for path in asked if path.startswith(FRAME)} >= {f"{FRAME}index.html"}
    assert {path.rpartition(".")[2] for path in asked if "/app/" in path} >= {"js", "css", "json"}
    assert set(asked.values()) == {200}, asked


def test_the_published_files_may_be_elsewhere(
    repository: Path, tmp_path: Path, open_page: OpenPage
) -> None:
    folder = tmp_path / "published"
    environment = {FOLDER_VARIABLE: str(folder)}
    with serve(repository, tmp_path / "log.txt", **environment) as address:
        wait_until(address, 200)
        frame = map_frame(open_page("/carte?calques=partenariats", base=address))
        frame.locator("path.leaflet-interactive").first.wait_for(state="attached")
        names = [path.name for path in folder.iterdir()]
        assert {name.rpartition(".")[2] for name in names} == {"js", "css", "json", "png"}
        for name in names:
            for offer in ("gzip", "identity"):
                url = f"{address}/app/static/{name}"
                answer = httpx.get(url, headers={"Accept-Encoding": offer})
                assert answer.content == (folder / name).read_bytes()
        for wrong in ("..%2f..%2fREADME.md", "%2e%2e/log.txt", "../log.txt", "a.json", "%00"):
            assert status(ask(address, f"/app/static/{wrong}")) == 404


def can_mount() -> bool:
    """Tell whether this machine lets a test make a folder read-only, to root too."""
    command = ["unshare", "--mount", "--map-root-user", "true"]
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


MOUNT = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'


@pytest.mark.skipif(not can_mount(), reason="this machine lets nobody mount a folder")
def test_a_complete_folder_that_is_read_only_is_enough(repository: Path, tmp_path: Path) -> None:
    folder = tmp_path / "published"
    publish = (
        "import os; from geo.ui.shared import cache; files = cache.map_files();"
        f"print(files.addresses is not None, files.reason, os.access({str(folder)!r}, os.W_OK))"
    )
    environment = os.environ | {FOLDER_VARIABLE: str(folder)}
    mounted = ["unshare", "--mount", "--map-root-user", "sh", "-c", MOUNT, str(folder)]

    def run(*before: str) -> str:
        done = subprocess.run(
            [*before, sys.executable, "-c", publish], cwd=repository, env=environment, check=True,
            capture_output=True, encoding="utf-8",
        )  # fmt: skip
        return done.stdout.strip()

    folder.mkdir()
    assert run(*mounted) == f"False {wording.STATIC_NOT_WRITABLE} False"
    assert run() == "True  True"
    assert run(*mounted) == "True  False"


# Readiness of real servers


def test_a_server_says_when_it_is_ready(server: str) -> None:
    answer = wait_until(server, 200)
    assert answer.json() == {
        "status": "ready", "checks": {"data": "ok", "map": "ok", "store": "none"},
    }  # fmt: skip
    assert httpx.head(server + READY).status_code == 200
    assert httpx.get(f"{server}/_stcore/health").text == "ok"


def test_altered_data_is_not_ready(repository: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(repository / "data", data)
    manifest = json.loads((data / "MANIFEST.json").read_text(encoding="utf-8"))
    table = data / manifest["tables"]["ghts"]["file"]
    table.write_bytes(table.read_bytes()[:-1] + b"?")
    environment = {DATA_VARIABLE: str(data), FOLDER_VARIABLE: str(tmp_path / "published")}
    with serve(repository, tmp_path / "log.txt", **environment) as address:
        answer = wait_until(address, 503)
        time.sleep(2)
        answer = wait_until(address, 503)
        assert answer.json()["checks"]["data"] == app_words.DATA_BROKEN
        assert str(tmp_path) not in answer.text
        assert httpx.get(f"{address}/_stcore/health").text == "ok"


def test_files_that_are_gone_are_published_again_or_said(repository: Path, tmp_path: Path) -> None:
    folder = tmp_path / "published"
    environment = {FOLDER_VARIABLE: str(folder)}
    with serve(repository, tmp_path / "log.txt", **environment) as address:
        wait_until(address, 200)
        shutil.rmtree(folder)
        time.sleep(2.1)
        wait_until(address, 200)
        assert list(folder.iterdir())
        shutil.rmtree(folder)
        folder.write_text("a file where a folder was")  # nothing can be published there
        answer = wait_until(address, 503)
        assert answer.json()["checks"] == {
            "data": "ok", "map": app_words.MAP_MISSING, "store": "none",
        }  # fmt: skip


def test_a_database_that_stops_is_not_ready(repository: Path, tmp_path: Path) -> None:
    file = tmp_path / "contributions.db"
    with serve(repository, tmp_path / "log.txt", DATABASE_URL=f"sqlite:///{file}") as address:
        assert wait_until(address, 200).json()["checks"]["store"] == "ok"
        good = file.read_bytes()
        file.write_bytes(b"not a database" * 1000)
        answer = wait_until(address, 503)
        assert answer.json()["checks"]["store"] == app_words.STORE_SILENT
        assert "sqlite" not in answer.text
        file.write_bytes(good)
        wait_until(address, 200)


def test_a_database_that_never_answers_holds_nobody(repository: Path, tmp_path: Path) -> None:
    nowhere = "postgresql+psycopg://atlas:secret@127.0.0.1:9/atlas"
    with serve(repository, tmp_path / "log.txt", DATABASE_URL=nowhere) as address:
        answer = wait_until(address, 503)
        assert "secret" not in answer.text
        assert "127.0.0.1" not in answer.text
        assert answer.json()["checks"]["store"] in {
            app_words.STORE_SILENT, app_words.CHECK_LATE,
        }  # fmt: skip
