"""Addresses that lead nowhere: a page says so, and names written otherwise are understood."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from geo.ui.app.lost import Lost
from geo.ui.app.server import NAMES
from geo.ui.shared.frame import PAGES_FOLDER
from tests import loops

INSIDE = "inside"


async def inside(_: object) -> PlainTextResponse:
    return PlainTextResponse(INSIDE)


APP = Starlette(
    routes=[Route("/{path:path}", inside, methods=["GET", "POST"])],
    middleware=[Middleware(Lost, pages=NAMES)],
)


def ask(path: str, method: str = "GET") -> httpx.Response:
    async def answer() -> httpx.Response:
        transport = httpx.ASGITransport(app=APP)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path)

    return loops.run(answer())


@pytest.mark.parametrize("path", ["/nexistepas", "/territoire/GE-06", "/a/b/c", "/robots.txt"])
def test_an_unknown_address_gets_a_page_in_french(path: str) -> None:
    answer = ask(path)
    assert answer.status_code == 404
    assert '<html lang="fr">' in answer.text
    assert "Page introuvable" in answer.text
    up = "../" * (path.count("/") - 1)
    assert f'href="{up or "./"}"' in answer.text  # home, wherever one is
    assert f'href="{up or "./"}bassins"' in answer.text


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/Bassins", "/bassins"), ("/TERRITOIRE?territoire=GE-06", "/territoire?territoire=GE-06"),
        ("/comparer/?region=44", "/comparer?region=44"), ("/Carte/", "/carte"),
    ],
)  # fmt: skip
def test_a_page_is_found_whatever_the_case_of_its_name(path: str, page: str) -> None:
    answer = ask(path)
    assert answer.status_code == 307
    assert str(answer.url.join(answer.headers["location"])) == f"http://test{page}"


def test_what_others_answer_is_handed_over() -> None:
    files = ("/_stcore/health", "/app/static/a.js", "/favicon.png", "/component/a/index.html")
    for path in ("/", "/carte", "/donnees", *files):
        assert ask(path).text == INSIDE, path
    assert ask("/nexistepas", "POST").text == INSIDE


def test_a_hostile_address_is_never_written_in_the_page() -> None:
    assert "script>" not in ask("/<script>alert(1)</script>").text


def test_every_page_has_a_name() -> None:
    assert {path.stem for path in PAGES_FOLDER.glob("*.py")} == {*NAMES} - {""}
