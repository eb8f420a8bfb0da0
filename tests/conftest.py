"""What every kind of test may use."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from geo.atlas.load import Atlas, load_atlas

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# Shared machines stall: a slow example is not a failure. In CI the draws are the same every time.
settings.register_profile("dev", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


class Sharing(LoadScopeScheduling):  # type: ignore[misc]  # without types
    """
    Share the tests between processes: those that drive a browser in one, the files of others.

    One browser and one server at a time: their tests wait for what they see, and would wait longer.
    The groups of pytest-xdist 3.8 go unseen with pytest 9.2, hence a scheduler.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "tests/browser" if file.startswith("tests/browser/") else file


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Wait once more, in a browser, for what did not come in time, and say so in the summary.

    Shared machines stall for tens of seconds. Only time-outs: an assertion that fails has failed.
    """
    again = pytest.mark.flaky(reruns=1, only_rerun=["TimeoutError"])
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(again)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing:
    """Give pytest-xdist its scheduler."""
    return Sharing(config, log)


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
