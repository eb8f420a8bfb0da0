"""What search boxes ask while one types: `GET /_atlas/search?q=romilly&parmi=tout`."""

import logging
from typing import Final
from urllib.parse import parse_qs

import anyio
import anyio.to_thread
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.atlas.search import EVERYTHING, LONGEST_QUERY, SCOPES
from geo.errors import GhtError
from geo.ui.app import words
from geo.ui.app.served_files import is_reading, route
from geo.ui.shared.answers import answers

LOGGER: Final = logging.getLogger(__name__)
ADDRESS: Final = "/_atlas/search"
MOST_BYTES: Final = 1024  # of a query: each of the characters kept may be written in twelve
THREADS: Final = 2  # an answer takes 2 ms of one processor: more threads would only wait in turn
HEADERS: Final = {
    "Cache-Control": "private, max-age=300",
    "X-Content-Type-Options": "nosniff",
}


def asked(query: bytes) -> tuple[str, str] | None:
    """
    Read what is asked.

    Parameters
    ----------
    query
        Of the address, untrusted.

    Returns
    -------
    text, among
        None for what no search box asks.
    """
    if len(query) > MOST_BYTES:
        return None
    try:
        fields = parse_qs(query.decode("ascii"), keep_blank_values=True, max_num_fields=4)
    except ValueError:
        return None
    text, among = fields.get("q", [""])[0], fields.get("parmi", [EVERYTHING])[0]
    return (text[:LONGEST_QUERY], among) if among in SCOPES else None


class SearchDoor:
    """
    Answer search boxes; hand the other requests over.

    A rerun of the page takes a tenth of a second and moves what is on screen: this takes 2 ms, is
    kept for all sessions, and knows no session.

    Parameters
    ----------
    app
        What answers the other requests.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.threads = anyio.CapacityLimiter(THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if not is_reading(scope) or route(scope) != ADDRESS:
            await self.app(scope, receive, send)
            return
        answer = await self._answer(asked(bytes(scope["query_string"])))
        await answer(scope, receive, send)

    async def _answer(self, question: tuple[str, str] | None) -> Response:
        """Find the rows, in a thread."""
        if question is None:
            return _refusal(words.BAD_SEARCH, 400)
        try:
            rows = await anyio.to_thread.run_sync(answers, *question, limiter=self.threads)
        except GhtError as error:
            LOGGER.warning("search impossible", extra={"cause": str(error)})
            return _refusal(words.DATA_BROKEN, 503)
        return JSONResponse({"rows": rows}, headers=HEADERS)


def _refusal(text: str, status: int) -> Response:
    """Say why there is no answer; nobody keeps it."""
    return JSONResponse({"error": text}, status_code=status, headers={"Cache-Control": "no-store"})
