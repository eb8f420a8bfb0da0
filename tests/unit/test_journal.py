"""The log: one line per event, its fields beside it, nothing a visitor sends can forge another."""

import json
import logging
from collections.abc import Iterator

import pytest

from geo import journal
from geo.ui.app import rescue


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Give the loggers back as they were to the other tests."""
    logger = logging.getLogger("geo")
    held = (logger.level, list(logger.handlers))
    logger.handlers.clear()
    yield
    logger.level, logger.handlers[:] = held


def logged(capsys: pytest.CaptureFixture[str], **fields: object) -> str:
    journal.configure()
    logging.getLogger("geo.essai").warning("store failed", extra=fields)
    return capsys.readouterr().err


def test_an_event_is_a_line_with_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    said = logged(capsys, cause="no such column: author", seconds=1.5)
    assert said.endswith(
        "Z WARNING geo.essai store failed cause=no such column: author seconds=1.5\n"
    )


def test_an_event_is_a_json_object_when_it_is_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(journal.STYLE_VARIABLE, "JSON")
    event = json.loads(logged(capsys, cause="é\n2026 ERROR forged"))
    assert event["time"].endswith("Z")
    del event["time"]
    assert event == {
        "level": "WARNING", "place": "geo.essai", "message": "store failed",
        "cause": "é\n2026 ERROR forged",
    }  # fmt: skip


def test_a_value_cannot_pass_for_another_line(capsys: pytest.CaptureFixture[str]) -> None:
    said = logged(
        capsys, cause="x\n2026-11-30T00:00:00Z ERROR geo forged\x1b[31m", long="y" * 9_999
    )
    assert said.count("\n") == 1
    assert "\x1b" not in said
    assert len(said) < 800


def test_to_configure_twice_does_not_write_twice(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.configure()
    assert logged(capsys).count("store failed") == 1
    monkeypatch.setenv(journal.LEVEL_VARIABLE, "error")
    assert logged(capsys) == ""


def test_a_slow_run_is_logged_and_a_quick_one_is_not(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with rescue.watched("carte"):
        pass
    assert caplog.records == []
    monkeypatch.setattr(rescue, "SLOW_SECONDS", -1.0)
    with pytest.raises(ZeroDivisionError), rescue.watched("carte"):
        _ = 1 / 0
    assert [(record.message, vars(record)["page"]) for record in caplog.records] == [
        ("slow run", "carte")
    ]
