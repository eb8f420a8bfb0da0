"""What the tests of single modules share."""

import pytest

from geo.files import parsers, sandbox


@pytest.fixture(autouse=True)
def parsed_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Parse files in this process: the tests of what files say read hundreds of them.

    Those of the process apart, and of hostile files, ask for it: `apart`.
    """
    if "apart" not in request.fixturenames:
        monkeypatch.setattr(
            sandbox, "_ask", lambda kind, option, c: (parsers.answer(kind, option, c), "")
        )


@pytest.fixture
def apart() -> None:
    """Parse files in a process of its own, as the server does."""
