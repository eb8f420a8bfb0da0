"""The command that starts the dashboard, and the server it starts."""

import errno
import logging
import os
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.components.lib.local_component_registry import LocalComponentRegistry
from streamlit.web.server.starlette import starlette_server

from geo.drawing.screen_map import MapAddresses
from geo.errors import BundleError
from geo.ui import __main__ as start
from geo.ui.app import server
from geo.ui.app import words as app_words
from geo.ui.app.entry_page import frame_files
from geo.ui.shared import cache
from geo.ui.shared.assets import FRAME_PREFIX, FROM_FRAME
from geo.ui.shared.cache import MapFiles

ADDRESSES = MapAddresses(**dict.fromkeys(MapAddresses.__dataclass_fields__, f"{FROM_FRAME}a.json"))


def test_options_are_those_of_streamlit() -> None:
    given = start.options(["--server.port", "8502", "--theme.light.primaryColor", "#000000"])
    assert given == {"server.port": 8502, "theme.light.primaryColor": "#000000"}


def test_a_wrong_option_is_said_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        start.options(["--server.prot", "8502"])
    assert ended.value.code == 2
    assert "No such option '--server.prot'" in capsys.readouterr().err


def test_help_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        start.options(["--help"])
    assert not ended.value.code
    assert "--server.port" in capsys.readouterr().out


def test_the_application_gets_the_options(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr(server, "send_at_once", lambda: seen.append("at once"))
    monkeypatch.setattr(st.App, "run", lambda _, config: seen.append(config))
    monkeypatch.setattr(sys, "argv", ["geo.ui"])
    start.main(["--server.port", "8502"])
    assert seen == ["at once", {"server.port": 8502}]
    assert sys.argv == [str(server.DASHBOARD)]
    assert server.DASHBOARD.is_file()


def test_the_terminal_shows_the_address_that_is_listened_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[dict[str, object]] = []
    monkeypatch.setattr(server, "send_at_once", lambda: None)
    monkeypatch.setattr(st.App, "run", lambda _, config: seen.append(config))
    monkeypatch.setattr(sys, "argv", ["geo.ui"])
    start.main(["--server.address", "192.0.2.1"])
    start.main(["--server.address", "::"])
    start.main(["--server.address", "192.0.2.1", "--browser.serverAddress", "atlas.example"])
    shown = [given.get("browser.serverAddress") for given in seen]
    assert shown == ["192.0.2.1", None, "atlas.example"]


@pytest.mark.parametrize("port", ["99999", "65536", "0", "-1", "abc", "", "1e3", "8501.5"])
def test_a_port_that_does_not_exist_is_one_sentence(
    port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        start.options([f"--server.port={port}"])
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert said.err == f"{app_words.BAD_PORT.format(port=port)}\n"
    assert not said.out


def run_until_end(
    repository: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "geo.ui", *arguments], cwd=repository, check=False,
        env=os.environ | environment, capture_output=True, encoding="utf-8", timeout=60,
    )  # fmt: skip


def test_a_port_that_is_taken_is_one_sentence(repository: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = str(listener.getsockname()[1])
        at = ("--server.address", "127.0.0.1")
        for done in (
            run_until_end(repository, *at, "--server.port", port),
            run_until_end(repository, *at, STREAMLIT_SERVER_PORT=port),
        ):
            assert done.returncode == 2
            assert done.stderr == f"{app_words.PORT_TAKEN.format(port=port)}\n"
            assert "Traceback" not in done.stdout


def test_a_port_of_the_environment_that_does_not_exist_is_one_sentence(repository: Path) -> None:
    done = run_until_end(repository, STREAMLIT_SERVER_PORT="99999")
    assert done.returncode == 2
    assert done.stderr == f"{app_words.BAD_PORT.format(port=99999)}\n"


def test_an_address_of_another_machine_is_one_sentence(repository: Path) -> None:
    done = run_until_end(repository, "--server.address", "192.0.2.1", "--server.port", "8765")
    assert done.returncode == 2
    assert done.stderr == f"{app_words.BAD_ADDRESS.format(address='192.0.2.1')}\n"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OverflowError("bind(): port must be 0-65535."), app_words.BAD_PORT),
        (OSError(errno.EADDRINUSE, "in use"), app_words.PORT_TAKEN),
        (OSError(errno.EACCES, "denied"), app_words.PORT_FORBIDDEN),
        (OSError(errno.EADDRNOTAVAIL, "not here"), app_words.BAD_ADDRESS),
    ],
)
def test_each_failure_to_listen_has_its_sentence(error: OSError, said: str) -> None:
    assert server.explain(error).startswith(said.partition("{")[0])


def test_the_default_port_that_is_taken_is_followed_by_the_next() -> None:
    assert server.is_next_port_tried(OSError(errno.EADDRINUSE, "in use"))
    assert not server.is_next_port_tried(OSError(errno.EADDRNOTAVAIL, "not here"))
    assert not server.is_next_port_tried(OverflowError())


def test_what_a_visitor_would_wait_for_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    monkeypatch.setattr(cache, "map_files", lambda: MapFiles(ADDRESSES))
    monkeypatch.setattr(cache, "table", read.append)
    found = server.read_early()
    assert read == [None]
    assert "app/static/a.json" in found
    assert any("/component/streamlit_folium.st_folium/static/js/" in address for address in found)


def test_broken_data_does_not_stop_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages say what is wrong, to the person who can read it."""

    def broken() -> None:
        raise BundleError("cassé")

    monkeypatch.setattr(cache, "map_files", broken)
    assert list(server.read_early()) == frame_files()


def test_a_page_without_a_map_asks_for_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(server.app.state, "early", ("app/static/a.json",))
    assert server.early("") == server.early("territoire") == ("app/static/a.json",)
    assert server.early("donnees") == ()
    monkeypatch.delitem(server.app.state, "early")
    assert server.early("") == ()  # nothing is known yet


def test_every_page_has_its_document(repository: Path) -> None:
    """A page left out would get Streamlit's own, in English and without its scripts."""
    stems = sorted(path.stem for path in (repository / "pages").glob("*.py"))
    assert sorted([*server.WITH_MAP, *server.WITHOUT_MAP]) == sorted(["", *stems])


def test_the_component_of_the_map_is_left_to_the_first_visit(repository: Path) -> None:
    """Its frame is declared at start without it; imported then, it would declare nothing."""
    code = (
        "import sys; from geo.ui.app.server import read_early; assert read_early(); "
        "sys.exit('streamlit_folium' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=repository, check=False)
    assert done.returncode == 0


def test_the_frame_declared_at_start_is_the_one_of_a_visit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Otherwise the first visit would warn of another component of that name."""
    import streamlit_folium  # noqa: PLC0415  # at import, it looks for a visit

    registry = LocalComponentRegistry()
    held = SimpleNamespace(component_registry=registry)
    monkeypatch.setattr("streamlit.runtime.get_instance", lambda: held)
    server.declare_frame()
    (declared,) = registry.get_components()
    assert declared == streamlit_folium._component_func
    assert f"/component/{declared.name}/" == FRAME_PREFIX


@pytest.mark.parametrize(
    ("thread", "is_said"), [("atlas-early", False), ("AnyIO worker thread", False), ("x", True)]
)
def test_only_a_visit_is_warned_of_what_a_visit_lacks(thread: str, is_said: bool) -> None:
    record = logging.makeLogRecord({"threadName": thread})
    assert server.is_of_a_visit(record) is is_said


def test_what_the_server_accepts_sends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, each answer in two parts takes 40 ms: 0.7 s for a first visit."""
    monkeypatch.setattr(starlette_server, server.BIND, getattr(starlette_server, server.BIND))
    server.send_at_once()
    listener, _ = getattr(starlette_server, server.BIND)("127.0.0.1", "127.0.0.1", 0, 5)
    with listener, socket.create_connection(listener.getsockname()):
        listener.setblocking(True)
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1


def test_a_streamlit_that_binds_otherwise_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(starlette_server, server.BIND)
    server.send_at_once()
    assert not hasattr(starlette_server, server.BIND)
