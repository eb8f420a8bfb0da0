"""The outermost layer of the server: what is malformed stops here, and what fails is said once."""

import logging
from contextlib import suppress
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.ui.app.words import REQUEST_FAILED, UNKNOWN_ADDRESS

LOGGER: Final = logging.getLogger(__name__)
MOST_BYTES: Final = 1024  # of a path: the longest of ours has 150, and systems stop at 4096
MOST_NAME_BYTES: Final = 255  # of a file name: the limit of the file systems, which raise beyond
SHOWN: Final = 200  # characters of an address, in the log
POLICY_VIOLATION, INTERNAL_ERROR = 1008, 1011  # of a websocket


def is_address(path: str) -> bool:
    """
    Tell whether a path may be that of a page or of a file, whatever answers it.

    Parameters
    ----------
    path
        Decoded, as servers hand it over.

    Returns
    -------
    address
        False for what only hostile clients send and file systems choke on: no first slash, or two;
        control characters, NUL first; backslashes; names of one or two dots; halves of characters;
        names and paths that are too long.
    """
    try:
        size = len(path.encode())
    except UnicodeEncodeError:
        return False
    if size > MOST_BYTES or not path.startswith("/") or path.startswith("//"):
        return False
    if "\\" in path or any(character < " " or character == "\x7f" for character in path):
        return False
    names = path.split("/")
    return not any(name in {".", ".."} or len(name.encode()) > MOST_NAME_BYTES for name in names)


class Doors:
    """
    Answer 404 to malformed addresses and 500, in one line of the log, to what fails behind.

    Parameters
    ----------
    app
        What answers the other requests.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
        elif is_address(str(scope["path"])):
            await _watch(self.app, scope, receive, send)
        elif scope["type"] == "http":
            await PlainTextResponse(UNKNOWN_ADDRESS, status_code=404)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})


async def _watch(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Hand a request over; when that fails, say so once and end it."""
    sent: list[str] = []

    async def noted(message: Message) -> None:
        sent.append(str(message["type"]))
        del sent[:-1]
        await send(message)

    try:
        await app(scope, receive, noted)
    except Exception:
        # Whatever it is: beyond this layer, the web server writes forty lines for each request.
        address = str(scope["path"])[:SHOWN]
        LOGGER.exception("request failed", extra={"kind": scope["type"], "address": address})
        await _end(sent[-1] if sent else "", scope, receive, send)


async def _end(last: str, scope: Scope, receive: Receive, send: Send) -> None:
    """
    Give a failed request the end that its client still waits for.

    Half an answer gets none: the web server closes its connection, so nobody takes it for whole.
    """
    with suppress(OSError, RuntimeError):  # the client has left meanwhile
        if scope["type"] == "websocket" and last != "websocket.close":
            await send({"type": "websocket.close", "code": INTERNAL_ERROR})
        elif scope["type"] == "http" and not last:
            await PlainTextResponse(REQUEST_FAILED, status_code=500)(scope, receive, send)
