"""The first document a browser gets: Streamlit's own, that asks at once for what comes later."""

import hashlib
import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.drawing.screen_map import script_json
from geo.ui.app.served_files import gzipped, is_reading, route, takes_gzip
from geo.ui.shared.assets import FRAME, FRAME_PREFIX, STREAMLIT

# Pieces of Streamlit's interface that the map and most pages show. Streamlit fetches each when a
# page first mentions it, after the session has begun; React then holds all back for 300 ms.
PIECES: Final = (
    "Html",
    "BidiComponent",
    "Selectbox",
    "Checkbox",
    "DownloadButton",
    "ComponentInstance",
)
IMPORTED: Final = re.compile(r"""(?:from|import)\s*["'`]\./([\w.\-]+\.js)["'`]""")
SCRIPTS: Final = STREAMLIT / "static" / "js"
ASKED: Final = re.compile(r"\./static/js/([\w.\-]+)")
TITLE: Final = re.compile(r"<title>[^<]*</title>")
END_OF_HEAD: Final = "</head>"
# What runs before Streamlit. Told where the server is, it does not look for it below the name of
# the page first: two requests that end in 404. On a phone, it would open the menu over the page
# when it was open on the page before.
BEFORE: Final = r"""(function () {
  const base = location.pathname.replace(/\/(?:PAGES)?\/?$/, "");
  window.__streamlit = { BACKEND_BASE_URL: location.origin + base + "/" };
  try {
    Object.keys(localStorage).filter((key) => innerWidth < 768 && /^stSidebarCollapsed/.test(key))
      .forEach((key) => localStorage.removeItem(key));
  } catch { /* a browser that keeps nothing */ }
})();"""
# The frame of the map, which comes later, finds its files fetched.
FETCH: Final = '[].forEach((a) => fetch(a, { priority: "low" }).catch(() => null));'


def pieces(folder: Path = SCRIPTS) -> tuple[list[str], list[str]]:
    """
    Find the scripts of the pieces of the interface.

    Parameters
    ----------
    folder
        Scripts of the installed Streamlit.

    Returns
    -------
    starts, others
        Names of the scripts to run, and of those that they import. A piece that another version of
        Streamlit names otherwise is left out: it is then fetched later, as Streamlit does.
    """
    starts = [path.name for piece in PIECES for path in sorted(folder.glob(f"{piece}.*.js"))]
    seen: dict[str, None] = {}
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name not in seen and (folder / name).is_file():
            seen[name] = None
            waiting += IMPORTED.findall((folder / name).read_text(encoding="utf-8"))
    return starts, [name for name in seen if name not in starts]


def _preload(name: str) -> str:
    """Write the demand of one script."""
    return f'<link rel="modulepreload" crossorigin href="./static/js/{name}">'


def frame_files() -> list[str]:
    """List the files of streamlit-folium's frame, as seen from the page."""
    scripts = sorted((FRAME / "static" / "js").glob("*.js"))
    return [f".{FRAME_PREFIX}static/js/{script.name}" for script in scripts]


@dataclass(frozen=True)
class Document:
    """
    What a browser gets.

    Attributes
    ----------
    plain, packed
        HTML, UTF-8; the same compressed.
    mark
        Its ETag.
    """

    plain: bytes
    packed: bytes
    mark: str


@lru_cache(maxsize=8)
def document(title: str, early: tuple[str, ...], pages: tuple[str, ...] = ()) -> Document:
    """
    Write the document.

    Parameters
    ----------
    title
        Of the window until the page gives its own.
    early
        Addresses that the map will ask for, relative to the page.
    pages
        Addresses of the pages.

    Returns
    -------
    document
        Written once: some fifty scripts of Streamlit are read for it.
    """
    page = (STREAMLIT / "index.html").read_text(encoding="utf-8")
    starts, others = pieces()
    known = set(ASKED.findall(page))
    links = "".join(_preload(name) for name in [*starts, *others] if name not in known)
    runs = "".join(f'import("./static/js/{name}");' for name in starts)
    fetches = FETCH.replace("[]", script_json(early)) if early else ""
    before = BEFORE.replace("PAGES", "|".join(filter(None, pages)))
    head = f'<script>{before}</script>{links}<script type="module">{runs}{fetches}</script>'
    page = page.replace('<html lang="en">', '<html lang="fr">', 1)
    page = TITLE.sub(f"<title>{html.escape(title)}</title>", page, count=1)
    plain = page.replace(END_OF_HEAD, head + END_OF_HEAD, 1).encode()
    return Document(plain, gzipped(plain), f'"{hashlib.sha256(plain).hexdigest()[:16]}"')


class EntryPage:
    """
    Answer requests for a page of the dashboard; hand the others over.

    Parameters
    ----------
    app
        What answers the other requests.
    title
        Of the window.
    pages
        Addresses of the pages, "" for home.
    early
        Gives what the map of a page will ask for.
    """

    def __init__(
        self, app: ASGIApp, title: str, pages: Iterable[str],
        early: Callable[[str], tuple[str, ...]],
    ) -> None:  # fmt: skip
        self.app = app
        self.title = title
        self.pages = tuple(pages)
        self.early = early

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = route(scope) if is_reading(scope) else None
        page = None if path is None else path.removeprefix("/")
        if page not in self.pages:
            await self.app(scope, receive, send)
            return
        found = await anyio.to_thread.run_sync(document, self.title, self.early(page), self.pages)
        await _answer(scope, found)(scope, receive, send)


def _answer(scope: Scope, found: Document) -> Response:
    """Give the document, or say that the browser's own copy is right."""
    headers = {"ETag": found.mark, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if found.mark in Headers(scope=scope).get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if not takes_gzip(scope):
        return Response(found.plain, media_type="text/html", headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(found.packed, media_type="text/html", headers=headers)
