"""What search boxes are answered, and what nobody can make the door do."""

import asyncio
from urllib.parse import quote

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from geo.errors import GhtError
from geo.ui.app import search_door
from geo.ui.app.search_door import ADDRESS, SearchDoor, asked
from tests import loops


def ask(*addresses: str, method: str = "GET") -> list[httpx.Response]:
    """Ask at once."""
    behind = Route("/{path:path}", lambda _: PlainTextResponse("behind"), methods=["GET", "POST"])
    app = Starlette(routes=[behind], middleware=[Middleware(SearchDoor)])

    async def answers() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await asyncio.gather(*(client.request(method, one) for one in addresses))

    return loops.run(answers())


def test_a_town_gives_the_territory_that_a_list_asks_for() -> None:
    (answer,) = ask(f"{ADDRESS}?q=Reims&parmi=territoires")
    assert answer.json()["rows"][0] == {
        "kind": "ght", "code": "GE-05", "group": "", "label": "Champagne (GE-05)",
        "where": "Commune : Reims (51)",
    }  # fmt: skip


def test_answers_are_grouped_and_no_kind_hides_another() -> None:
    (answer,) = ask(f"{ADDRESS}?q=romilly")
    groups = [row["group"] for row in answer.json()["rows"]]
    assert {"Commune", "Hôpital", "Entité juridique"} <= set(groups)
    assert groups.count("Commune") == 5


def test_an_empty_text_lists_every_ght_but_no_commune() -> None:
    ghts, communes = ask(f"{ADDRESS}?q=&parmi=ght", f"{ADDRESS}?q=&parmi=communes")
    assert len(ghts.json()["rows"]) == 135
    assert communes.json()["rows"] == []


def test_an_answer_is_kept_by_its_browser_only_and_sets_nothing() -> None:
    (answer,) = ask(f"{ADDRESS}?q=troyes")
    assert answer.headers["cache-control"] == "private, max-age=300"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] == "application/json"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "query",
    [
        "q=a&parmi=secrets", "parmi=" + "x" * 300, "q=" + "a" * 5000, "a&" * 20,
        "q=a&parmi=tout&parmi=../..&x=1&y=2",
    ],
)  # fmt: skip
def test_what_no_box_asks_is_refused(query: str) -> None:
    (answer,) = ask(f"{ADDRESS}?{query}")
    assert answer.status_code == 400
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("text", ["<script>", "\x00", "%", "é" * 80, "' OR 1=1", "\ud7ff", "[(*"])
def test_any_text_has_an_answer(text: str) -> None:
    (answer,) = ask(f"{ADDRESS}?q={quote(text)}")
    assert answer.status_code == 200


def test_bytes_that_are_no_text_are_refused() -> None:
    assert asked(b"q=\xff\xfe") is None


def test_other_addresses_and_methods_are_not_its_own() -> None:
    assert ask("/_atlas/searches?q=a")[0].text == "behind"
    assert ask(f"{ADDRESS}?q=a", method="POST")[0].text == "behind"


def test_broken_data_is_said_without_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: str) -> None:
        raise GhtError("/secret/path")

    monkeypatch.setattr(search_door, "answers", refuse)
    (answer,) = ask(f"{ADDRESS}?q=a")
    assert answer.status_code == 503
    assert answer.json() == {"error": "Les données sont absentes ou altérées."}


def test_many_ask_at_once() -> None:
    texts = ["rei", "troyes", "sezanne", "strasbourg", "10000"] * 10
    found = ask(*(f"{ADDRESS}?q={text}&parmi=territoires" for text in texts))
    assert all(answer.json()["rows"] for answer in found)
