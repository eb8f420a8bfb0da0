"""Files that never change, and the first document: what the server answers before Streamlit."""

import gzip
import re
from pathlib import Path

import httpx
import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from geo.ui.app import entry_page, served_files
from geo.ui.app.entry_page import EntryPage, document, frame_files, pieces
from geo.ui.app.served_files import HASHED, SHELVES, ServedFiles, Shelf
from geo.ui.shared.assets import PUBLISHED_NAME, STREAMLIT, package_folder
from tests import loops

STREAMLITS = "from Streamlit"
NAME = "carte.0123456789abcdef.json"
PICTURE = "layers.0123456789abcdef.png"
CONTENT = b'{"name": "Aube"}' * 100
TITLE = "Atlas <GHT>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / NAME).write_bytes(CONTENT)
    (tmp_path / "secret.json").write_bytes(b"{}")
    served_files.compressed.cache_clear()
    return tmp_path


def streamlits(_: object) -> PlainTextResponse:
    return PlainTextResponse(STREAMLITS)


class Client:
    """Ask an application, without a server."""

    def __init__(self, app: Starlette) -> None:
        self.app = app

    def ask(self, method: str, path: str, **headers: str) -> httpx.Response:
        async def answer() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                named = {name.replace("_", "-"): value for name, value in headers.items()}
                return await client.request(method, path, headers=named)

        return loops.run(answer())

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.ask("GET", path, **headers)


@pytest.fixture
def client(folder: Path) -> Client:
    """Ask an application where Streamlit answers everything else."""
    shelf = Shelf("/app/static/", folder, PUBLISHED_NAME)
    early = {"": ("app/static/<a>.json",)}
    app = Starlette(
        routes=[Route("/{path:path}", streamlits, methods=["GET", "POST"])],
        middleware=[
            Middleware(ServedFiles, shelves=[shelf]),
            Middleware(
                EntryPage,
                title=TITLE,
                pages=("", "donnees"),
                early=lambda page: early.get(page, ()),
            ),
        ],
    )
    return Client(app)


def is_handed_over(answer: httpx.Response) -> bool:
    return answer.text == STREAMLITS


def test_a_published_file_is_compressed_and_kept_for_ever(client: Client) -> None:
    answer = client.get(f"/app/static/{NAME}")
    assert answer.content == CONTENT
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 100
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["vary"] == "Accept-Encoding"
    head = client.ask("HEAD", f"/app/static/{NAME}")
    assert head.headers["content-length"] == answer.headers["content-length"]


def test_a_file_is_compressed_once(client: Client, folder: Path) -> None:
    for _ in range(3):
        client.get(f"/app/static/{NAME}")
    assert served_files.compressed.cache_info().misses == 1
    assert gzip.decompress(served_files.compressed(folder / NAME)) == CONTENT


@pytest.mark.parametrize(
    "path",
    [
        "/app/static/secret.json",
        "/app/static/carte.fedcba9876543210.json",
        f"/app/static/%2e%2e/static/{NAME}",
        f"/app/static/%2e%2e/{NAME}",
        f"/app/static/sub/{NAME}",
        f"/app/static//{NAME}",
        f"/app/static/{NAME}%0a",
        f"/other/app/static/{NAME}",
    ],
)
def test_any_other_name_is_handed_over(path: str, client: Client) -> None:
    assert is_handed_over(client.get(path))


def test_a_browser_without_gzip_gets_the_answer_of_streamlit(client: Client) -> None:
    for offer in ("identity", "", "br, gzip;q=0", "gzip; q=0.0", "x-gzip"):
        assert is_handed_over(client.get(f"/app/static/{NAME}", accept_encoding=offer)), offer
    for offer in ("GZIP", "br;q=1.0, gzip;q=0.5", "deflate,gzip"):
        assert client.get(f"/app/static/{NAME}", accept_encoding=offer).content == CONTENT, offer
    assert is_handed_over(client.ask("POST", f"/app/static/{NAME}"))


@pytest.fixture
def whole(folder: Path) -> Client:
    """Ask for the files of a folder that Streamlit does not know."""
    (folder / PICTURE).write_bytes(CONTENT)
    shelf = Shelf("/app/static/", folder, PUBLISHED_NAME, is_whole=True)
    app = Starlette(
        routes=[Route("/{path:path}", streamlits, methods=["GET", "POST"])],
        middleware=[Middleware(ServedFiles, shelves=[shelf])],
    )
    return Client(app)


def test_a_folder_of_our_own_is_served_to_everyone(whole: Client) -> None:
    for name, kind in ((NAME, "application/json"), (PICTURE, "image/png")):
        for offer in ("identity", "gzip"):
            answer = whole.get(f"/app/static/{name}", accept_encoding=offer)
            assert answer.content == CONTENT
            assert answer.headers["content-type"] == kind
            assert answer.headers["cache-control"] == served_files.FOR_EVER
            assert answer.headers["vary"] == "Accept-Encoding"
            is_packed = "content-encoding" in answer.headers
            assert is_packed == (offer == "gzip" and name == NAME)
            head = whole.ask("HEAD", f"/app/static/{name}", accept_encoding=offer)
            assert head.content == b""
            assert head.headers["content-length"] == answer.headers["content-length"]


def test_a_part_of_a_file_is_a_part_of_the_file(whole: Client) -> None:
    """Not of what is sent compressed."""
    answer = whole.get(f"/app/static/{NAME}", range="bytes=1-4")
    assert answer.status_code == 206
    assert answer.content == CONTENT[1:5]
    assert "content-encoding" not in answer.headers
    assert whole.get(f"/app/static/{NAME}", range=f"bytes={len(CONTENT)}-").status_code == 416
    for wrong in ("bytes=a-b", "bytes=", "lines=1-2", "bytes=5-1"):
        assert whole.get(f"/app/static/{NAME}", range=wrong).status_code in {200, 400, 416}


def test_a_folder_of_our_own_gives_nothing_else(whole: Client, folder: Path) -> None:
    (folder.parent / NAME).write_bytes(b"outside")
    for path in (
        "secret.json", f"../{NAME}", f"%2e%2e/{NAME}", f"sub/{NAME}", f"/{NAME}", f"{NAME}%0a",
        "carte.fedcba9876543210.json", "carte.0123456789abcdef.html", f"{'a' * 300}.{NAME[6:]}", "",
    ):  # fmt: skip
        assert is_handed_over(whole.get(f"/app/static/{path}")), path
    assert is_handed_over(whole.ask("POST", f"/app/static/{NAME}"))
    (folder / PICTURE).unlink()
    assert is_handed_over(whole.get(f"/app/static/{PICTURE}"))


def test_a_picture_taken_away_while_it_is_answered_is_handed_over(
    whole: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "is_file", lambda _: True)
    assert is_handed_over(whole.get("/app/static/gone.0123456789abcdef.png"))


def test_a_file_taken_away_is_no_longer_answered(client: Client, folder: Path) -> None:
    assert client.get(f"/app/static/{NAME}").content == CONTENT
    (folder / NAME).unlink()
    assert is_handed_over(client.get(f"/app/static/{NAME}"))


def test_a_file_taken_away_while_it_is_answered_is_handed_over(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: Path) -> bytes:
        raise FileNotFoundError

    monkeypatch.setattr(served_files, "compressed", gone)
    assert is_handed_over(client.get(f"/app/static/{NAME}"))


def test_the_application_may_be_served_behind_a_path(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "get_option", lambda name: {"server.baseUrlPath": "/sante/ght/"}[name])
    assert client.get(f"/sante/ght/app/static/{NAME}").content == CONTENT
    assert "modulepreload" in client.get("/sante/ght/").text
    assert "modulepreload" in client.get("/sante/ght/donnees").text
    for path in (f"/sante/ghts/app/static/{NAME}", f"/app/static/{NAME}", "/", "/donnees"):
        assert is_handed_over(client.get(path)), path
    # Streamlit adds the last slash: without it, scripts would be looked for in /sante/static.
    assert is_handed_over(client.get("/sante/ght"))


@pytest.mark.parametrize("path", ["/carte", "/sante/carte"])
def test_a_proxy_may_keep_its_own_path_or_take_it_away(path: str) -> None:
    scope = {"type": "http", "path": path, "root_path": "/sante"}
    assert served_files.route(scope) == "/carte"


def test_every_script_of_streamlit_and_of_the_frame_is_on_a_shelf() -> None:
    """A name of another form would be sent uncompressed again."""
    for shelf in SHELVES:
        if shelf.names is HASHED:
            names = [path.name for path in shelf.folder.iterdir() if path.suffix in {".js", ".css"}]
            assert names
            assert [name for name in names if shelf.find(shelf.prefix + name) is None] == []


def test_a_package_that_is_not_installed_is_named() -> None:
    with pytest.raises(ModuleNotFoundError, match="nothing_of_the_sort"):
        package_folder("nothing_of_the_sort", "static")


def test_the_document_is_in_french_and_asks_early(client: Client) -> None:
    answer = client.get("/")
    assert answer.headers["content-type"].startswith("text/html")
    assert '<html lang="fr">' in answer.text
    assert "<title>Atlas &lt;GHT&gt;</title>" in answer.text
    assert 'fetch(a, { priority: "low" })' in answer.text
    assert "<a>.json" not in answer.text  # written as a script can hold it
    assert "fetch(" not in client.get("/donnees").text
    assert is_handed_over(client.get("/autre"))
    assert is_handed_over(client.ask("POST", "/"))


def test_the_document_is_not_sent_again(client: Client) -> None:
    first = client.get("/")
    assert first.headers["cache-control"] == "no-cache"
    assert first.headers["content-encoding"] == "gzip"
    plain = client.get("/", accept_encoding="identity")
    assert "content-encoding" not in plain.headers
    assert plain.text == first.text
    assert int(plain.headers["content-length"]) > 2 * int(first.headers["content-length"])
    again = client.get("/", if_none_match=f'"other", W/{first.headers["etag"]}')
    assert again.status_code == 304
    assert again.content == b""
    assert client.get("/donnees").headers["etag"] != first.headers["etag"]


def test_the_document_asks_for_every_piece_and_what_it_imports() -> None:
    page = document("Atlas", ()).plain.decode()
    preloaded = set(re.findall(r'modulepreload" crossorigin href="\./static/js/([^"]+)"', page))
    started = re.findall(r'import\("\./static/js/([^"]+)"\)', page)
    assert len(started) == len(entry_page.PIECES), "a piece has another name in this Streamlit"
    main = set(re.findall(r'<script type="module" crossorigin src="\./static/js/([^"]+)"', page))
    folder = STREAMLIT / "static" / "js"
    for name in (*started, *preloaded):
        imported = set(entry_page.IMPORTED.findall((folder / name).read_text(encoding="utf-8")))
        assert imported <= preloaded | main, name
    assert page.index("import(") > page.index("src=")  # Streamlit's own script comes first


def test_a_piece_under_another_name_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "Html.12345678.js").write_text('import"./a.js";import{b}from"./gone.js";')
    (tmp_path / "a.js").write_text('import"./Html.12345678.js"')
    assert pieces(tmp_path) == (["Html.12345678.js"], ["a.js"])
    assert pieces(tmp_path / "nowhere") == ([], [])


def test_the_frame_of_the_map_has_a_script() -> None:
    (script,) = frame_files()
    shelf = SHELVES[-1]
    assert shelf.find(script.removeprefix(".")) is not None
