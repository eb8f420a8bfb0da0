"""Who may ask: the same host, this machine, and whom the operator names."""

from collections.abc import Iterator

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit import config, net_util
from streamlit.web.server.starlette import starlette_websocket

from geo.ui.app.origins import Origins, host_of, is_ours, is_welcome
from geo.ui.app.words import FOREIGN_ORIGIN
from tests import loops

HOST = "atlas.example:8443"


def scope_of(kind: str, *headers: tuple[str, str]) -> Scope:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    return {"type": kind, "path": "/_stcore/stream", "method": "GET", "headers": raw}


@pytest.fixture
def options() -> Iterator[None]:
    """Give Streamlit's options back as they were."""
    names = ("server.corsAllowedOrigins", "browser.serverAddress", "server.enableCORS")
    before = {name: config.get_option(name) for name in names}
    yield
    for name, value in before.items():
        config.set_option(name, value)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        (f"https://{HOST}", HOST),
        ("https://ATLAS.example:8443", HOST),
        ("http://localhost:8501", "localhost:8501"),
        ("http://localhost:3000", "127.0.0.1:8501"),  # a proxy of this machine
        ("http://127.0.0.1:8501", "localhost:8501"),
        ("http://[::1]:8501", "[::1]:8501"),
        ("https://10.0.0.5", "10.0.0.5"),
    ],
)
def test_the_pages_of_this_server_may_ask(origin: str, host: str) -> None:
    assert is_ours(origin, host)
    assert is_welcome(scope_of("websocket", ("origin", origin), ("host", host)))
    assert starlette_websocket._is_origin_allowed(origin.lower(), host)  # not refused behind


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example", "https://atlas.example", "https://atlas.example:8443.evil.example",
        "https://evil.example/atlas.example:8443", "https://atlas.example:8443@evil.example",
        "null", "", "file://", "http://[::1", "http://a:99999", "http://a b", "atlas.example:8443",
        "https://localhost.evil.example", "http://localhost@evil.example", "\xe9", "://",
    ],
)  # fmt: skip
def test_another_site_may_not(origin: str) -> None:
    for kind in ("websocket", "http"):
        assert not is_welcome(scope_of(kind, ("origin", origin), ("host", HOST)))
        assert not is_welcome(scope_of(kind, ("origin", origin)))
    both = (("origin", f"https://{HOST}"), ("origin", origin), ("host", HOST))
    assert not is_welcome(scope_of("websocket", *both))


@pytest.mark.parametrize("host", ["", " ", "a b", "[::1", "a:b", "a/b", "a@b", "a:99999"])
def test_a_websocket_says_whom_it_asks(host: str) -> None:
    assert not is_welcome(scope_of("websocket", ("host", host)))
    assert not is_welcome(scope_of("websocket"))
    assert not is_welcome(scope_of("websocket", ("host", HOST), ("host", HOST)))
    assert is_welcome(scope_of("websocket", ("host", HOST)))
    assert is_welcome(scope_of("http"))  # probes of old balancers


@pytest.mark.usefixtures("options")
def test_the_operator_may_name_other_sites() -> None:
    assert not is_ours("https://portal.example", HOST)
    config.set_option("server.corsAllowedOrigins", ["https://portal.example "])
    assert is_ours("https://portal.example", HOST)
    config.set_option("browser.serverAddress", "front.example/atlas")
    assert is_ours("http://front.example:8080", HOST)
    assert not is_ours("http://other.example", HOST)
    config.set_option("server.enableCORS", False)
    assert is_ours("http://other.example", HOST)


def test_a_refusal_is_short_and_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    sent: list[Message] = []

    async def never(*_: object) -> None:
        raise AssertionError("handed over")

    async def send(message: Message) -> None:
        sent.append(message)

    async def ask(kind: str) -> None:
        scope = scope_of(kind, ("origin", "https://evil.example"), ("host", HOST))
        receive: Receive = never  # type: ignore[assignment]  # nothing is received
        await Origins(never)(scope, receive, send)

    loops.run(ask("websocket"))
    assert sent == [{"type": "websocket.close", "code": 1008}]
    loops.run(ask("http"))
    assert sent[1]["status"] == 403
    assert sent[2]["body"].decode() == FOREIGN_ORIGIN
    assert [vars(record)["origin"] for record in caplog.records] == ["https://evil.example"] * 2


def test_what_is_neither_a_request_nor_a_websocket_is_handed_over() -> None:
    seen: list[str] = []

    async def noted(scope: Scope, _: Receive, __: Send) -> None:
        seen.append(scope["type"])

    loops.run(Origins(noted)({"type": "lifespan"}, None, None))  # type: ignore[arg-type]
    assert seen == ["lifespan"]


def test_streamlit_knows_no_address_to_look_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even when it decides by itself, as under `streamlit run`."""

    def asked(*_: object, **__: object) -> str:
        raise AssertionError("asked an outside machine")

    monkeypatch.setattr(net_util, "_make_blocking_http_get", asked)
    monkeypatch.setattr("socket.socket.connect", asked)
    assert net_util.get_external_ip() is None
    assert net_util.get_internal_ip() is None
    assert not starlette_websocket._is_origin_allowed("https://evil.example", HOST)


def test_a_host_is_read_without_its_port() -> None:
    assert host_of("https://Atlas.example:8443") == "atlas.example"
    assert host_of("[::1]:80") == "::1"
    assert host_of("a?b") is None
