"""What the tests of pages share."""

from collections.abc import Iterator

import pytest
import streamlit as st

from tests.app.taken import Files, offered


@pytest.fixture(scope="module")
def shared_caches() -> Iterator[None]:
    """What is laid out is shared by the tests of a file, as by the visitors of a server."""
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    """Return what the buttons of a page offer, by key."""
    return offered(monkeypatch)
