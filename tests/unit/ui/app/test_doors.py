"""The outermost layer: malformed addresses stop there, failures are said once."""

import logging
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send

from geo.ui.app.doors import LOGGER, Doors, is_address
from geo.ui.app.origins import Origins
from geo.ui.app.server import app
from geo.ui.app.words import REQUEST_FAILED, UNKNOWN_ADDRESS
from tests import loops


@pytest.mark.parametrize(
    "path",
    [
        f"/static/js/{'a' * 256}.js", f"/{'é' * 128}", "/a\x00", "/a\nb", "/a\x7f", "/a\\b",
        "/a/../b", "/./a", "/..", "//host/a", "", "a", "*", "http://host/a", "/\ud800",
        "/a" * 600,
    ],
)  # fmt: skip
def test_what_no_browser_sends_is_not_an_address(path: str) -> None:
    assert not is_address(path)


@pytest.mark.parametrize(
    "path",
    ["/", "/carte", "/app/static/a.0123456789abcdef.json", "/a//b/", "/été", "/..a/b..", "/%"],
)
def test_what_browsers_send_is_an_address(path: str) -> None:
    assert is_address(path)


def test_every_file_of_this_repository_could_be_one(repository: Path) -> None:
    paths = [path.relative_to(repository) for path in (repository / "geo").rglob("*")]
    assert all(is_address(f"/{path.as_posix()}") for path in paths)


async def answer(scope: Scope, _: Receive, send: Send) -> None:
    """Answer whole, in part or not at all, as the path asks."""
    if scope["path"] != "/none":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"a", "more_body": True})
    if scope["path"] != "/whole":
        raise ValueError("cassé")
    await send({"type": "http.response.body", "body": b"b"})


def ask(path: str, kind: str = "http") -> list[Message]:
    """Return what a client gets."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": f"{kind}.disconnect"}

    loops.run(Doors(answer)({"type": kind, "path": path, "method": "GET"}, receive, send))
    return sent


def test_a_whole_answer_is_left_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    assert [message["type"] for message in ask("/whole")][1:] == ["http.response.body"] * 2
    assert caplog.records == []


def test_a_failure_is_a_short_answer_and_one_line(caplog: pytest.LogCaptureFixture) -> None:
    start, body = ask("/none")
    assert start["status"] == 500
    assert body["body"].decode() == REQUEST_FAILED
    (record,) = caplog.records
    assert record.name == LOGGER.name
    assert record.levelno == logging.ERROR
    assert record.exc_info
    assert "cassé" in str(record.exc_info[1])
    assert vars(record)["address"] == "/none"


def test_half_an_answer_is_never_ended_as_if_whole(caplog: pytest.LogCaptureFixture) -> None:
    assert ask("/half")[-1].get("more_body")
    assert len(caplog.records) == 1


def test_a_websocket_that_fails_is_closed(caplog: pytest.LogCaptureFixture) -> None:
    async def fail(*_: object) -> None:
        raise ValueError("cassé")

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)
        raise RuntimeError("already closed")

    scope = {"type": "websocket", "path": "/"}
    loops.run(Doors(fail)(scope, fail, send))  # type: ignore[arg-type]  # nothing is received
    assert sent == [{"type": "websocket.close", "code": 1011}]
    assert len(caplog.records) == 1


def test_a_malformed_address_goes_no_further() -> None:
    start, body = ask("/a\\b")
    assert start["status"] == 404
    assert body["body"].decode() == UNKNOWN_ADDRESS
    assert ask("/a\\b", "websocket") == [{"type": "websocket.close", "code": 1008}]


def test_the_application_has_its_doors_outside() -> None:
    """Whatever is inside them, a failure of ours included, is under the net."""
    layers: list[object] = [layer.cls for layer in app._user_middleware]
    assert layers[:2] == [Doors, Origins]
