"""What a server holds for ever is not examined at each rerun."""

import gc
from collections.abc import Iterator

import pytest
import streamlit as st

from geo.ui.app.memory import settle

# Streamlit says that it is not run by a server.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    """Leave the collector as it was."""
    st.cache_resource.clear()
    gc.unfreeze()
    yield
    st.cache_resource.clear()
    gc.unfreeze()


def test_what_is_loaded_leaves_the_collector_once_per_stage() -> None:
    settle("first")
    frozen = gc.get_freeze_count()
    assert frozen > 10_000
    garbage: list[list[int]] = [[] for _ in range(5000)]
    settle("first")
    assert gc.get_freeze_count() <= frozen
    del garbage
    settle("second")
    assert gc.get_freeze_count() >= frozen
