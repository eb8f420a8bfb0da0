"""Addresses that lead nowhere: the page meant when only the case differs, else a French 404."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.ui.app import words
from geo.ui.app.served_files import is_reading, route
from geo.ui.shared.assets import STREAMLIT
from geo.ui.shared.templates import writer

STYLE: Final = Path(__file__).with_name("lost.css").read_text(encoding="utf-8")
# What Streamlit, the map and the probes are asked for: they say themselves what is not there.
TAKEN: Final = frozenset({
    "_stcore", "_atlas", "app", "auth", "component", "media", "oauth2callback",
    *(path.name for path in STREAMLIT.iterdir()),
})  # fmt: skip
_write: Final = writer("app/lost.html")


def meant(path: str, pages: Mapping[str, str]) -> str | None:
    """
    Find the page that an address means.

    Parameters
    ----------
    path
        Below the address of the application, with its first slash.
    pages
        Address of each page -> its name.

    Returns
    -------
    page
        None when no page has that name, in capitals or with a last slash either.
    """
    name = path.removeprefix("/").removesuffix("/").lower()
    return name if name in pages else None


def lost_page(path: str, pages: Mapping[str, str]) -> str:
    """
    Write what a visitor reads where there is nothing.

    Parameters
    ----------
    path
        As for `meant`.
    pages
        Those to offer.
    """
    home = "../" * (path.count("/") - 1) or "./"
    texts = (words.LOST_WINDOW, words.LOST, words.LOST_MORE, words.LOST_LINKS)
    return str(_write("page", texts, Markup(STYLE), home, list(pages.items())))  # noqa: S704  # ours


class Lost:
    """
    Lead to the page that an address means, or say that there is none; hand the rest over.

    Streamlit would show its first page whatever the address, under a message in English.

    Parameters
    ----------
    app
        What answers the other requests.
    pages
        Address of each page -> its name; those without a name are not offered.
    """

    def __init__(self, app: ASGIApp, pages: Mapping[str, str]) -> None:
        self.app = app
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = route(scope) if is_reading(scope) else None
        first = "" if path is None else path.split("/", 2)[1]
        if path is None or first in TAKEN or path.removeprefix("/") in self.pages:
            await self.app(scope, receive, send)
            return
        page = meant(path, self.pages)
        if page is not None:
            query = scope["query_string"].decode("latin-1")
            asked = "../" * (path.count("/") - 1) + page + (f"?{query}" if query else "")
            await RedirectResponse(asked)(scope, receive, send)
            return
        offered = {address: name for address, name in self.pages.items() if name}
        await HTMLResponse(lost_page(path, offered), status_code=404)(scope, receive, send)
