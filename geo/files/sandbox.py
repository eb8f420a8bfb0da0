"""
Parse a visitor's file in a process of its own: a fault of a parser costs one answer, no server.

A few run at once, each with a limit of time, memory and output, and less priority than the pages.
"""

import json
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import BoundedSemaphore, Timer
from typing import IO, Any, Final

from geo import refusals
from geo.errors import UserError

ROOT: Final = Path(__file__).resolve().parents[2]
PARSER_SECONDS: Final = 12.0
HEAVY_SECONDS: Final = {"shapes": 40.0}
MAX_ANSWER: Final = 30_000_000  # bytes
AT_ONCE: Final = 2
WAIT_SECONDS: Final = 20.0
LONGEST_TOLD: Final = 500
LOGGER: Final = logging.getLogger(__name__)
_places: Final = BoundedSemaphore(AT_ONCE)


def parse_apart(title: str, kind: str, content: bytes, option: str = "") -> Any:  # noqa: ANN401
    """
    Parse a file in a child process.

    Parameters
    ----------
    title
        What to call the file in sentences.
    kind, option
        See `geo.files.parsers.PARSERS`.
    content
        Untrusted.

    Returns
    -------
    read
        What the parser read: lists, texts and numbers.

    Raises
    ------
    UserError
        If the parser refuses the file, or was stopped, or broke; or if too many work already.
    """
    began = time.monotonic()
    with _place(title):
        answer, told = _ask(kind, option, content)
    seconds = round(time.monotonic() - began, 3)
    facts = {"kind": kind, "bytes": len(content), "seconds": seconds}
    try:
        document = json.loads(answer)
    except ValueError:
        LOGGER.warning("parser stopped", extra={**facts, "cause": told})
        raise UserError(refusals.too_heavy(title)) from None
    if "read" in document:
        LOGGER.info("file parsed", extra=facts)
        return document["read"]
    refused, values = document["refused"], document["values"]
    LOGGER.info("file refused", extra={**facts, "cause": refused})
    raise UserError(refusals.REFUSALS[refused](title, *values))


@contextmanager
def _place(title: str) -> Iterator[None]:
    """Wait for one of the few places."""
    if not _places.acquire(timeout=WAIT_SECONDS):
        LOGGER.warning("no parser free", extra={"seconds": WAIT_SECONDS})
        raise UserError(refusals.too_busy(title))
    try:
        yield
    finally:
        _places.release()


def _ask(kind: str, option: str, content: bytes) -> tuple[bytes, str]:
    """
    Give a file to a child process.

    Returns
    -------
    answer, told
        Empty when it was stopped; what it said on its way out, for the log.
    """
    command = [sys.executable, "-m", "geo.files.parsers", kind, option]
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(  # noqa: S603  nothing of it comes from the visitor
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
        ) as child,
    ):
        timer = Timer(HEAVY_SECONDS.get(kind, PARSER_SECONDS), child.kill)
        timer.start()
        try:
            answer = _exchange(child, content)
        finally:
            timer.cancel()
            child.kill()
        return answer, _said(child, errors)


def _exchange(child: "subprocess.Popen[bytes]", content: bytes) -> bytes:
    """Send the file, then read the answer: the child answers once it has read all."""
    if child.stdin is None or child.stdout is None:  # both were asked for
        return b""
    with suppress(BrokenPipeError):  # it died: what it said tells why
        child.stdin.write(content)
        child.stdin.close()
    answer = child.stdout.read(MAX_ANSWER + 1)
    return answer if len(answer) <= MAX_ANSWER else b""


def _said(child: "subprocess.Popen[bytes]", errors: IO[bytes]) -> str:
    """Give the status of a child that ended, and the end of its complaints."""
    status = child.wait()
    size = errors.seek(0, 2)
    errors.seek(max(size - LONGEST_TOLD, 0))
    return f"status {status} {errors.read().decode(errors='replace').strip()}".strip()
