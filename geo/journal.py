"""
The log of the server: one line per event, for people or for machines.

Modules log with `logging.getLogger(__name__)`, a short sentence and fields: `extra={"seconds": 2}`.
What a visitor gave is never in the sentence.
"""

import logging
import os
import sys
import time
from collections.abc import Mapping
from typing import Final, TextIO

from pythonjsonlogger.json import JsonFormatter

STYLE_VARIABLE: Final = "ATLAS_GHT_LOG"
LEVEL_VARIABLE: Final = "ATLAS_GHT_LOG_LEVEL"
LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
OURS: Final = "geo"
OTHERS: Final = ("streamlit", "uvicorn", "websockets", "asyncio")
LONGEST_FIELD: Final = 500
_OWN_FIELDS: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_TIME: Final = "%Y-%m-%dT%H:%M:%SZ"
_FORM: Final = "%(asctime)s %(levelname)s %(name)s %(message)s"


def fields_of(record: logging.LogRecord) -> Mapping[str, object]:
    """Give the fields that an event has besides those of every event."""
    return {name: value for name, value in vars(record).items() if name not in _OWN_FIELDS}


class TextFormatter(logging.Formatter):
    """Writes `time level place sentence field=value ...` on one line, a traceback below."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  the name of logging
        """Add the fields behind the sentence."""
        told = (f"{name}={_on_one_line(value)}" for name, value in fields_of(record).items())
        return " ".join([_on_one_line(super().formatMessage(record)), *told])


class _OurHandler(logging.StreamHandler[TextIO]):
    """The one that `configure` adds."""


def _on_one_line(value: object) -> str:
    """Write a value so that it cannot pass for another line of the log."""
    text = " ".join(str(value).split())[:LONGEST_FIELD]
    return "".join(char if char.isprintable() else "?" for char in text)


def formatter() -> logging.Formatter:
    """Make the formatter that the environment asks for: `ATLAS_GHT_LOG=json`, else texts."""
    form: logging.Formatter = TextFormatter(_FORM, _TIME)
    if os.environ.get(STYLE_VARIABLE, "").strip().lower() == "json":
        names = {"asctime": "time", "levelname": "level", "name": "place"}
        form = JsonFormatter(_FORM, _TIME, rename_fields=names, json_ensure_ascii=False)
    form.converter = time.gmtime
    return form


def configure() -> None:
    """
    Send the log to the standard error, in one form for us and for what we stand on.

    `ATLAS_GHT_LOG` chooses the form and `ATLAS_GHT_LOG_LEVEL` the least level. To call it again
    changes nothing.
    """
    wanted = os.environ.get(LEVEL_VARIABLE, "").strip().upper()
    logger = logging.getLogger(OURS)
    logger.setLevel(wanted if wanted in LEVELS else "INFO")
    if not any(isinstance(handler, _OurHandler) for handler in logger.handlers):
        logger.addHandler(_OurHandler(sys.stderr))
    form = formatter()
    for name in (OURS, *_others()):
        for handler in logging.getLogger(name).handlers:
            handler.setFormatter(form)


def _others() -> list[str]:
    """Find the loggers of the libraries that serve the pages; Streamlit gives each a handler."""
    known = list(logging.Logger.manager.loggerDict)
    return [name for name in known if name.partition(".")[0] in OTHERS]
