"""The command that starts the dashboard."""

import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.web import cli

from geo.errors import BundleError
from geo.ui import __main__ as start
from geo.ui import cache


def test_streamlit_gets_the_dashboard_and_the_options(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    early: list[str] = []
    monkeypatch.setattr(cli, "main", lambda arguments, **_: seen.append(arguments))
    monkeypatch.setattr(start, "read_early", lambda: early.append("read"))
    start.main(["--server.port", "8502"])
    assert seen == [["run", str(start.DASHBOARD), "--server.port", "8502"]]
    assert start.DASHBOARD.is_file()
    assert early == ["read"]


def test_what_a_visitor_would_wait_for_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    monkeypatch.setattr(cache, "map_files", lambda: read.append("map"))
    monkeypatch.setattr(cache, "table", read.append)
    start.read_early()
    assert read == ["map", None]


def test_broken_data_does_not_stop_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages say what is wrong, to the person who can read it."""

    def broken() -> None:
        raise BundleError("cassé")

    monkeypatch.setattr(cache, "map_files", broken)
    start.read_early()


def test_the_component_of_the_map_is_left_to_the_first_visit(repository: Path) -> None:
    """Declared before a visit, streamlit-folium answers 404 for its own files."""
    code = (
        "import sys; from geo.ui.__main__ import read_early; read_early(); "
        "sys.exit('streamlit_folium' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=repository, check=False)
    assert done.returncode == 0
