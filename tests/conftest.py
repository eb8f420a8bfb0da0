"""What every kind of test may use."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from geo.load import Atlas, load_atlas

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# Shared machines stall: a slow example is not a failure. In CI the draws are the same every time.
settings.register_profile("dev", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Share the tests between two processes: those that drive a browser in one, the files of others.

    One browser and one server at a time: their tests wait for what they see, and would wait longer.
    """
    for item in items:
        is_browser = item.get_closest_marker("browser") is not None
        item.add_marker(pytest.mark.xdist_group("browser" if is_browser else item.path.name))


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the top folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the system's browser; its absence is a failure, never a skip."""
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        pytest.fail("no Chromium: run `make chromium`, or set CHROMIUM to its path")
    return found


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    """Return the bundled tables; read them, never change them."""
    return load_atlas(ROOT / "data")
