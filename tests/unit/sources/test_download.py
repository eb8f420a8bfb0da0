"""Downloads, against a real HTTP server on this machine."""

import contextlib
import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from geo.errors import SourceError
from geo.sources.download import Arrival, Settings, download_sources, refresh
from geo.sources.registry import SOURCES
from geo.sources.source import Source

CONTENT = bytes(range(256)) * 4000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@dataclass
class Answer:
    """What the server does for one request."""

    status: int = 200
    body: bytes = CONTENT
    kind: str = "application/octet-stream"
    cut_after: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = '"v1"'
    resumes: bool = True
    shift: int = 0


class Server(ThreadingHTTPServer):
    """Gives the prepared answers in turn (the last one again and again) and keeps the requests."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[Answer] = [Answer()]
        self.requests: list[dict[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/file.bin"


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server

    def do_GET(self) -> None:
        asked = self.server.requests
        answer = self.server.answers[min(len(asked), len(self.server.answers) - 1)]
        asked.append(dict(self.headers))
        if answer.status == 200 and self._is_held(answer):
            self.send_response(304)
            self.end_headers()
            return
        start = self._start(answer)
        body = answer.body[start:]
        self.send_response(206 if start else answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(body)))
        if answer.etag:
            self.send_header("ETag", answer.etag)
        if start:
            first = start + answer.shift
            total = len(answer.body)
            self.send_header("Content-Range", f"bytes {first}-{total - 1}/{total}")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # the client may have seen enough
            self.wfile.write(body[: answer.cut_after])
        self.close_connection = True

    def _is_held(self, answer: Answer) -> bool:
        if "If-None-Match" in self.headers:
            return self.headers["If-None-Match"] == answer.etag
        since = self.headers.get("If-Modified-Since")
        return since is not None and since == answer.headers.get("Last-Modified")

    def _start(self, answer: Answer) -> int:
        wanted = self.headers.get("Range", "")
        is_same = self.headers.get("If-Range") == answer.etag
        if answer.status != 200 or not (wanted and is_same and answer.resumes):
            return 0
        return int(wanted.removeprefix("bytes=").rstrip("-"))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    """Serve on a free port of this machine."""
    running = Server()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    """Ignore the proxy of the machine."""
    with httpx.Client(trust_env=False, follow_redirects=True, timeout=10) as opened:
        yield opened


def source_at(url: str | None, sha256: str | None = None) -> Source:
    """Return a source to fetch at an address."""
    return replace(
        SOURCES[0],
        key="essai",
        title="Fichier d'essai",
        download_url=url,
        download_name="file.bin",
        sha256=sha256,
    )


@dataclass
class Fetch:
    """Download into a folder, without waiting, keeping the pauses and the progress."""

    folder: Path
    server: Server
    client: httpx.Client
    pauses: list[float] = field(default_factory=list)
    progress: list[tuple[str, int, int | None]] = field(default_factory=list)

    def __call__(self, url: str | None = None, sha256: str | None = None, **limits: int) -> Path:
        settings = Settings(
            pause=self.pauses.append,
            on_progress=lambda source, held, total: self.progress.append((source.key, held, total)),
            **limits,
        )
        source = source_at(url or self.server.url, sha256)
        return download_sources(self.folder, [source], self.client, settings)["essai"]

    def again(self, held: Arrival | None = None, **limits: float) -> Arrival:
        settings = Settings(pause=self.pauses.append, **limits)  # type: ignore[arg-type]
        return refresh(self.folder, source_at(self.server.url), held, self.client, settings)

    def fault(self, url: str | None = None, sha256: str | None = None, **limits: int) -> str:
        with pytest.raises(SourceError) as caught:
            self(url, sha256, **limits)
        return str(caught.value)


@pytest.fixture
def fetch(tmp_path: Path, server: Server, client: httpx.Client) -> Fetch:
    """Return the download under test."""
    return Fetch(tmp_path / "sources", server, client)


def test_a_file_arrives_with_its_digest_and_nothing_else(fetch: Fetch) -> None:
    path = fetch(sha256=DIGEST)
    assert path.read_bytes() == CONTENT
    assert (fetch.folder / "file.bin.sha256").read_text() == f"{DIGEST}  file.bin\n"
    assert sorted(file.name for file in fetch.folder.iterdir()) == ["file.bin", "file.bin.sha256"]
    assert fetch.progress[-1] == ("essai", len(CONTENT), len(CONTENT))
    held = [bytes_held for _, bytes_held, _ in fetch.progress]
    assert held == sorted(held)


def test_an_intact_file_is_not_fetched_again_and_an_altered_one_is(fetch: Fetch) -> None:
    path = fetch()
    fetch()
    assert len(fetch.server.requests) == 1
    path.write_bytes(b"altered")
    assert fetch().read_bytes() == CONTENT
    assert len(fetch.server.requests) == 2


def test_a_cut_download_resumes_where_it_stopped(fetch: Fetch) -> None:
    fetch.server.answers = [Answer(cut_after=600_000), Answer()]
    assert fetch(sha256=DIGEST).read_bytes() == CONTENT
    second = fetch.server.requests[1]
    assert second["If-Range"] == '"v1"'
    assert 0 < int(second["Range"].removeprefix("bytes=").rstrip("-")) <= 600_000
    assert fetch.pauses == [1.0]


def test_a_later_run_resumes_the_part_left_behind(fetch: Fetch) -> None:
    fetch.server.answers = [Answer(cut_after=600_000)]
    message = fetch.fault(attempts=1)
    assert "connexion coupée" in message
    assert (fetch.folder / "file.bin.part").stat().st_size > 0
    fetch.server.answers = [Answer()]
    assert fetch(sha256=DIGEST).read_bytes() == CONTENT
    assert "Range" in fetch.server.requests[-1]


def test_a_new_version_is_never_glued_to_an_old_part(fetch: Fetch) -> None:
    newer = CONTENT[::-1]
    fetch.server.answers = [Answer(cut_after=600_000), Answer(body=newer, etag='"v2"')]
    assert fetch().read_bytes() == newer


@pytest.mark.parametrize("etag", ["", 'W/"weak"'])
def test_without_a_strong_version_the_download_starts_again(etag: str, fetch: Fetch) -> None:
    fetch.server.answers = [Answer(cut_after=600_000, etag=etag), Answer(etag=etag)]
    assert fetch().read_bytes() == CONTENT
    assert "Range" not in fetch.server.requests[1]


def test_a_rest_that_starts_elsewhere_is_refused(fetch: Fetch) -> None:
    fetch.server.answers = [Answer(cut_after=600_000), Answer(shift=1), Answer()]
    assert fetch().read_bytes() == CONTENT
    assert len(fetch.server.requests) == 3


def test_a_refused_range_starts_again(fetch: Fetch) -> None:
    fetch.server.answers = [Answer(cut_after=600_000), Answer(status=416), Answer()]
    assert fetch().read_bytes() == CONTENT
    assert "Range" not in fetch.server.requests[2]


def test_a_busy_server_is_asked_again_after_growing_pauses(fetch: Fetch) -> None:
    busy = Answer(status=503, body=b"busy")
    fetch.server.answers = [busy, busy, replace(busy, headers={"Retry-After": "7"}), Answer()]
    assert fetch().read_bytes() == CONTENT
    assert fetch.pauses == [1.0, 2.0, 7.0]


def test_the_tries_come_to_an_end(fetch: Fetch) -> None:
    fetch.server.answers = [Answer(status=503, headers={"Retry-After": "soon"})]
    message = fetch.fault(attempts=3)
    assert "Fichier d'essai" in message
    assert "code 503" in message
    assert "Abandon après 3 essais" in message
    assert len(fetch.server.requests) == 3
    assert len(fetch.pauses) == 2


def test_an_unexpected_digest_is_refused(fetch: Fetch) -> None:
    message = fetch.fault(sha256="0" * 64)
    assert "empreinte sha256 différente" in message
    assert list(fetch.folder.iterdir()) == []


@pytest.mark.parametrize(
    "page",
    [
        Answer(body=b"<!DOCTYPE html><title>Connexion</title>"),
        Answer(body=b"Connexion", kind="text/html; charset=utf-8"),
    ],
)
def test_a_login_page_is_not_data(page: Answer, fetch: Fetch) -> None:
    fetch.server.answers = [page]
    message = fetch.fault()
    assert "une page web arrive au lieu des données" in message
    assert "HTTPS_PROXY" in message
    assert not (fetch.folder / "file.bin").exists()


def test_a_moved_file_is_told_without_trying_again(fetch: Fetch) -> None:
    fetch.server.answers = [Answer(status=404)]
    assert "introuvable (code 404)" in fetch.fault()
    assert len(fetch.server.requests) == 1


@pytest.mark.parametrize(
    ("status", "words"),
    [(407, "le proxy demande un mot de passe"), (403, "réponse inattendue (code 403)")],
)
def test_a_refusal_names_the_proxy(status: int, words: str, fetch: Fetch) -> None:
    fetch.server.answers = [Answer(status=status)]
    message = fetch.fault()
    assert words in message
    assert "--download" in message


def test_a_proxy_that_refuses_the_tunnel_is_named(tmp_path: Path, server: Server) -> None:
    server.answers = [Answer(status=404)]
    url = f"http://127.0.0.1:{server.server_port}"
    with httpx.Client(proxy=url, trust_env=False) as client, pytest.raises(SourceError) as caught:
        download_sources(tmp_path, [source_at("https://example.org/file.bin")], client)
    assert "le proxy refuse la connexion" in str(caught.value)


def test_an_unreachable_server_is_told(fetch: Fetch) -> None:
    fetch.server.answers = [Answer()]
    message = fetch.fault(url="http://127.0.0.1:9/file.bin", attempts=2)
    assert "serveur injoignable" in message
    assert "NO_PROXY" in message


def test_endless_redirections_and_bad_addresses_are_told(fetch: Fetch) -> None:
    fetch.server.answers = [Answer(status=302, headers={"Location": "/file.bin"})]
    assert "trop de redirections" in fetch.fault()
    assert "adresse invalide" in fetch.fault(url="http://localhost:port/")


def test_a_file_larger_than_expected_is_refused(fetch: Fetch) -> None:
    assert "anormal pour cette source" in fetch.fault(max_bytes=1000)
    assert list(fetch.folder.iterdir()) == []


def test_an_empty_file_is_refused(fetch: Fetch) -> None:
    fetch.server.answers = [Answer(body=b"")]
    assert "fichier vide" in fetch.fault(attempts=1)


def test_one_failure_does_not_lose_the_other_files(
    tmp_path: Path, server: Server, client: httpx.Client
) -> None:
    server.answers = [Answer(), Answer(status=404), Answer(status=404)]
    good = source_at(server.url)
    bad = [replace(good, key=key, title=key, download_name=key) for key in ("deux", "trois")]
    absent = replace(good, key="sans adresse", download_url=None)
    with pytest.raises(SourceError) as caught:
        download_sources(tmp_path, [absent, good, *bad], client)
    assert len(caught.value.faults) == 2
    assert (tmp_path / "file.bin").read_bytes() == CONTENT


def test_without_an_address_nothing_is_fetched(tmp_path: Path) -> None:
    assert download_sources(tmp_path / "new", [source_at(None)]) == {}
    assert (tmp_path / "new").is_dir()


# Asking again for what is held


def test_a_file_that_did_not_change_is_not_sent_again(fetch: Fetch) -> None:
    first = fetch.again()
    assert (first.path.read_bytes(), first.etag, first.is_other) == (CONTENT, '"v1"', True)
    assert first.url == fetch.server.url
    second = fetch.again(first)
    assert second == replace(first, is_other=False)
    assert fetch.server.requests[1]["If-None-Match"] == '"v1"'


def test_a_server_without_versions_is_asked_by_date(fetch: Fetch) -> None:
    day = "Wed, 14 Oct 2026 07:28:00 GMT"
    fetch.server.answers = [Answer(etag="", headers={"Last-Modified": day})]
    held = fetch.again()
    assert held.modified == day
    assert not fetch.again(held).is_other


def test_a_newer_version_takes_the_place_of_the_one_held(fetch: Fetch) -> None:
    held = fetch.again()
    fetch.server.answers = [Answer(body=CONTENT[::-1], etag='"v2"')]
    newer = fetch.again(held)
    assert newer.path.read_bytes() == CONTENT[::-1]
    assert (newer.etag, newer.is_other) == ('"v2"', True)


def test_an_altered_file_is_fetched_whole(fetch: Fetch) -> None:
    held = fetch.again()
    held.path.write_bytes(b"altered")
    assert fetch.again(held).path.read_bytes() == CONTENT
    assert "If-None-Match" not in fetch.server.requests[1]


@pytest.mark.parametrize(
    "answer", [Answer(status=404), Answer(body=b"<html>"), Answer(cut_after=600_000)]
)
def test_a_version_that_cannot_be_had_leaves_the_one_held(fetch: Fetch, answer: Answer) -> None:
    held = fetch.again()
    fetch.server.answers = [replace(answer, etag='"v2"')]
    with pytest.raises(SourceError, match="Fichier d'essai"):
        fetch.again(held, attempts=1)
    assert held.path.read_bytes() == CONTENT


def test_a_newer_version_that_was_cut_is_resumed_at_the_next_try(fetch: Fetch) -> None:
    held = fetch.again()
    newer = Answer(body=CONTENT[::-1], etag='"v2"')
    fetch.server.answers = [Answer(), replace(newer, cut_after=600_000), newer]
    assert fetch.again(held).path.read_bytes() == CONTENT[::-1]
    assert fetch.server.requests[2]["If-Range"] == '"v2"'


def test_a_download_that_lasts_too_long_is_stopped(fetch: Fetch) -> None:
    with pytest.raises(SourceError, match="plus de 0 minutes, interrompu"):
        fetch.again(max_seconds=0)
    assert len(fetch.server.requests) == 1
