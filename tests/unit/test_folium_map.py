"""The head start of the map: given once, to browsers only."""

import time
from types import SimpleNamespace

import pytest

from geo.ui import folium_map


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    seconds: list[float] = []
    monkeypatch.setattr(time, "sleep", seconds.append)
    return seconds


def visit(monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]) -> dict[str, bool]:
    """Put a session in place of Streamlit's."""
    session: dict[str, bool] = {}
    context = SimpleNamespace(headers=headers)
    monkeypatch.setattr(folium_map, "st", SimpleNamespace(session_state=session, context=context))
    return session


def test_a_browser_that_has_just_come_is_waited_for_once(
    monkeypatch: pytest.MonkeyPatch, waited: list[float]
) -> None:
    visit(monkeypatch, {"User-Agent": "Chromium"})
    for _ in range(3):
        folium_map.give_head_start()
    assert waited == [folium_map.HEAD_START_SECONDS]
    assert folium_map.HEAD_START_SECONDS <= 0.2  # nobody should notice


def test_nobody_is_waited_for_without_a_browser(
    monkeypatch: pytest.MonkeyPatch, waited: list[float]
) -> None:
    session = visit(monkeypatch, {})
    folium_map.give_head_start()
    assert waited == []
    assert session == {}
