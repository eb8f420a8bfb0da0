"""What is kept between reruns: made once, per version of the data and per argument."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import streamlit as st

from geo.ui.shared import cache


@pytest.fixture
def made() -> Iterator[list[tuple[str, str]]]:
    """List what was computed, from the first to the last."""
    st.cache_resource.clear()
    yield []
    st.cache_resource.clear()


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Stand for the data on screen, whose version may change."""
    atlas = SimpleNamespace(version="1")
    monkeypatch.setattr(cache, "atlas", lambda: atlas)
    return atlas


def test_kept_once_per_version_and_argument(
    made: list[tuple[str, str]], data: SimpleNamespace
) -> None:
    @cache.kept()
    def word(text: str, *, end: str = "") -> list[str]:
        """Say a word."""
        made.append((data.version, text + end))
        return [text]

    assert word("a") is word("a")
    assert word("a") is not word("a", end="!")
    data.version = "2"
    word("a")
    assert made == [("1", "a"), ("1", "a!"), ("2", "a")]
    assert word.__doc__ == "Say a word."


def test_forgotten_for_one_argument_or_for_all(
    made: list[tuple[str, str]], data: SimpleNamespace
) -> None:
    @cache.kept()
    def word(text: str) -> str:
        made.append((data.version, text))
        return text

    word("a"), word("b")
    word.clear("a")
    word("a"), word("b")
    assert [text for _, text in made] == ["a", "b", "a"]
    word.clear()
    word("a"), word("b")
    assert [text for _, text in made] == ["a", "b", "a", "a", "b"]


def test_bounded_and_told_apart_as_asked(
    made: list[tuple[str, str]], data: SimpleNamespace
) -> None:
    session = ["x"]

    @cache.kept(
        per=lambda: (cache.version(), *session), max_entries=1, hash_funcs={SimpleNamespace: repr}
    )
    def word(what: SimpleNamespace, _large: object) -> str:
        made.append((data.version, str(what.text)))
        return str(what.text)

    word(SimpleNamespace(text="a"), object())
    word(SimpleNamespace(text="a"), object())  # what is large is not compared
    assert len(made) == 1
    session[0] = "y"
    word(SimpleNamespace(text="a"), None)
    session[0] = "x"
    word(SimpleNamespace(text="a"), None)  # the only place was taken
    assert len(made) == 3


def test_failure_is_not_kept(made: list[tuple[str, str]], data: SimpleNamespace) -> None:
    @cache.kept()
    def word() -> str:
        made.append((data.version, ""))
        if len(made) == 1:
            raise OSError("no disk")
        return "repaired"

    with pytest.raises(OSError, match="no disk"):
        word()
    assert word() == "repaired"
