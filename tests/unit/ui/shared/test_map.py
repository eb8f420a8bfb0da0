"""The head start of the map: given once, to browsers only."""

import time
from types import SimpleNamespace

import pytest
import streamlit as st

from geo.ui.shared import map as shared_map
from geo.ui.shared import view

BROWSER = {"User-Agent": "Chromium"}


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Begin a session; gather what is waited for."""
    seconds: list[float] = []
    monkeypatch.setattr(time, "sleep", seconds.append)
    monkeypatch.setattr(st, "session_state", {})
    return seconds


def run(monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]) -> None:
    """Run a page as the frame does."""
    monkeypatch.setattr(st, "context", SimpleNamespace(headers=headers))
    view.count_run()
    shared_map.give_head_start()


def test_a_browser_that_has_just_come_is_waited_for_once(
    monkeypatch: pytest.MonkeyPatch, waited: list[float]
) -> None:
    for _ in range(3):
        run(monkeypatch, BROWSER)
    assert waited == [shared_map.HEAD_START_SECONDS]
    assert shared_map.HEAD_START_SECONDS <= 0.2  # nobody should notice


def test_who_comes_from_another_page_waits_for_nothing(
    monkeypatch: pytest.MonkeyPatch, waited: list[float]
) -> None:
    view.count_run()
    run(monkeypatch, BROWSER)
    assert waited == []


def test_nobody_is_waited_for_without_a_browser(
    monkeypatch: pytest.MonkeyPatch, waited: list[float]
) -> None:
    run(monkeypatch, {})
    assert waited == []
    shared_map.give_head_start()
    assert waited == []
