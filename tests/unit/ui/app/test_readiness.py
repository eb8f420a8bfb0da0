"""What probes are told, and what they cannot do."""

import asyncio
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from geo import wording
from geo.atlas.load import FOLDER_VARIABLE
from geo.ui.app import readiness
from geo.ui.app import words as app_words
from geo.ui.app.readiness import ADDRESS, Check, NotReadyError, Readiness, StoreCheck
from geo.ui.shared import assets, cache
from geo.ui.shared.cache import MapFiles
from tests import loops


def ask(
    checks: Mapping[str, Check], *paths: str, method: str = "GET", at_once: int = 1
) -> list[httpx.Response]:
    """Ask a fresh server, some probes at a time."""
    behind = Route("/{path:path}", lambda _: PlainTextResponse("behind"), methods=["GET", "POST"])
    app = Starlette(routes=[behind], middleware=[Middleware(Readiness, checks=checks)])

    async def answers() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            found: list[httpx.Response] = []
            for path in paths or (ADDRESS,):
                asked = [client.request(method, path) for _ in range(at_once)]
                found += await asyncio.gather(*asked)
            return found

    return loops.run(answers())


def refuse() -> str:
    raise NotReadyError("Rien ne va.") from ValueError("/secret/path")


def test_a_server_whose_checks_pass_is_ready() -> None:
    (answer,) = ask({"data": lambda: "ok", "store": lambda: "none"})
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "checks": {"data": "ok", "store": "none"}}
    assert answer.headers["cache-control"] == "no-store"


def test_one_check_that_fails_is_enough(caplog: pytest.LogCaptureFixture) -> None:
    (answer,) = ask({"data": lambda: "ok", "map": refuse})
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"data": "ok", "map": "Rien ne va."}
    assert "secret" not in answer.text
    (record,) = caplog.records
    assert vars(record)["cause"] == "ValueError: /secret/path"


def test_a_check_that_breaks_is_a_sentence_too(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> str:
        raise ValueError("/secret/path")

    (answer,) = ask({"data": broken})
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"data": app_words.CHECK_FAILED}
    assert len(caplog.records) == 1


def test_only_its_own_address_is_answered() -> None:
    checks = {"data": lambda: "ok"}
    for path in ("/", "/_atlas", f"{ADDRESS}/", f"{ADDRESS}x", f"/a{ADDRESS}"):
        assert ask(checks, path)[0].text == "behind"
    assert ask(checks, method="POST")[0].text == "behind"
    assert not ask(checks, method="HEAD")[0].content


def test_it_lives_below_the_address_of_the_application(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "get_option", lambda _: "sante/ght")
    checks = {"data": lambda: "ok"}
    assert ask(checks, f"/sante/ght{ADDRESS}")[0].json()["status"] == "ready"
    assert ask(checks, ADDRESS)[0].text == "behind"


def test_probes_are_no_load(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred at once and then some: one check, until its answer is old."""
    counted: list[int] = []
    now = [1000.0]
    monkeypatch.setattr(readiness, "monotonic", lambda: now[0])

    def count() -> str:
        counted.append(1)
        return "ok"

    assert {answer.status_code for answer in ask({"a": count}, ADDRESS, at_once=100)} == {200}
    assert len(counted) == 1
    behind = Readiness(None, {"a": count})  # type: ignore[arg-type]  # nothing is handed over

    async def twice() -> None:
        await behind.probe.ask()
        now[0] += readiness.KEPT_SECONDS - 0.1
        await behind.probe.ask()
        now[0] += 0.2
        await behind.probe.ask()

    loops.run(twice())
    assert len(counted) == 3


def test_a_check_that_hangs_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes on once, however many ask; the event loop goes on too."""
    monkeypatch.setattr(readiness, "SECONDS", 0.2)
    monkeypatch.setattr(readiness, "KEPT_SECONDS", 0.0)
    started: list[int] = []
    release = threading.Event()

    def hang() -> str:
        started.append(1)
        release.wait(30)
        return "ok"

    async def probes() -> tuple[float, list[str], str]:
        probe = readiness.Probe({"store": hang, "data": lambda: "ok"})
        begun = time.perf_counter()
        found = [(await probe.ask())[1]["store"] for _ in range(3)]
        spent = time.perf_counter() - begun
        release.set()
        return spent, found, (await probe.ask())[1]["store"]

    spent, found, last = loops.run(probes())
    assert found == [app_words.CHECK_LATE] * 3
    assert len(started) == 1
    assert spent < 2
    assert last == "ok"


@pytest.fixture
def data(tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a copy of the data that the application reads."""
    folder = tmp_path / "data"
    shutil.copytree(repository / "data", folder)
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    cache._atlas.clear()
    yield folder
    cache._atlas.clear()


def test_altered_data_is_not_ready_and_what_is_loaded_stays(data: Path) -> None:
    table = next(data.rglob("establishments*"))
    content = table.read_bytes()
    table.write_bytes(content + b" ")
    with pytest.raises(NotReadyError, match=app_words.DATA_BROKEN) as raised:
        readiness.check_data()
    assert str(data) not in str(raised.value)
    table.write_bytes(content)
    assert readiness.check_data() == "ok"
    table.write_bytes(b"")
    assert readiness.check_data() == "ok"
    cache._atlas.clear()
    with pytest.raises(NotReadyError, match=app_words.MAP_MISSING):
        readiness.check_map()


def test_a_map_without_its_files_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "map_files", lambda: MapFiles(None, wording.STATIC_NOT_WRITABLE))
    with pytest.raises(NotReadyError, match=app_words.MAP_MISSING) as raised:
        readiness.check_map()
    assert assets.FOLDER_VARIABLE in str(raised.value.__cause__)


def test_a_database_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "contributions.db"
    check = StoreCheck(lambda: f"sqlite:///{file}")
    assert check() == "ok"
    held = check.store
    assert check() == "ok"
    assert check.store is held
    check.leave()
    check.leave()
    assert StoreCheck(lambda: "")() == "none"


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://user:secret@127.0.0.1:9/base", "mysql://user:secret@host/base",
        "sqlite:////nowhere/of/the/sort.db", "nonsense",
    ],
)  # fmt: skip
def test_a_database_that_does_not_answer_is_not_ready(address: str) -> None:
    check = StoreCheck(lambda: address)
    with pytest.raises(NotReadyError) as raised:
        check()
    assert str(raised.value) == app_words.STORE_SILENT
    assert check.store is None


def test_a_file_that_disappears_is_not_ready_and_not_made_anew(tmp_path: Path) -> None:
    file, kept = tmp_path / "contributions.db", tmp_path / "kept.db"
    check = StoreCheck(lambda: f"sqlite:///{file}")
    assert check() == "ok"
    file.rename(kept)
    for _ in range(2):
        with pytest.raises(NotReadyError, match=app_words.STORE_SILENT):
            check()
    assert not file.exists()
    kept.rename(file)
    assert check() == "ok"
    check.leave()


def test_a_database_that_stops_is_not_ready_and_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "contributions.db"
    check = StoreCheck(lambda: f"sqlite:///{file}")
    assert check() == "ok"
    assert check.store is not None
    check.store.engine.dispose()
    good = file.read_bytes()
    file.write_bytes(b"not a database" * 100)
    with pytest.raises(NotReadyError, match=app_words.STORE_SILENT):
        check()
    file.write_bytes(good)
    assert check() == "ok"
    check.leave()
    with sqlite3.connect(file) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    connection.close()
