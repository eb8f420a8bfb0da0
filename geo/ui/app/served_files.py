"""Files that never change: Streamlit's bundle, the map and its frame, compressed and kept."""

import os
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import anyio.to_thread
import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.ui.shared.assets import FRAME, FRAME_PREFIX, PUBLISHED_NAME, STATIC_FOLDER, STREAMLIT

TYPES: Final[Mapping[str, str]] = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
}
PICTURES: Final[Mapping[str, str]] = {".png": "image/png"}  # compressed by their makers
FOR_EVER: Final = "public, max-age=31536000, immutable"
GZIP: Final = 16 + zlib.MAX_WBITS
LEVEL: Final = 6  # 9 saves 0.2 % of the bundle and takes a quarter more time
KEPT: Final = 512  # files: 25 kB each on average once compressed, of the 367 that Streamlit has
REFUSED: Final = re.compile(r"q=0(\.0*)?")
HASHED: Final = re.compile(r"^[\w.\-]+\.[\w\-]{8,16}\.(js|css)\Z")


@dataclass(frozen=True)
class Shelf:
    """
    A folder whose files carry a digest of their content in their name.

    Attributes
    ----------
    prefix
        Where the folder is served, with both slashes.
    folder
        On this machine; it may not exist.
    names
        What a name looks like: one name, no path.
    is_whole
        Whether every request for its files is answered here, with or without compression: Streamlit
        may serve another folder at this prefix.
    """

    prefix: str
    folder: Path
    names: re.Pattern[str]
    is_whole: bool = False

    def find(self, path: str) -> Path | None:
        """Give the file of an address, or None when it is not of this shelf."""
        name = path.removeprefix(self.prefix)
        if name == path or not self.names.match(name) or not self._has(Path(name).suffix):
            return None
        file = self.folder / name
        try:
            return file if file.is_file() else None
        except OSError:  # a name that no file can have
            return None

    def _has(self, suffix: str) -> bool:
        """Tell whether files of a kind are answered here."""
        return suffix in TYPES or (self.is_whole and suffix in PICTURES)


SHELVES: Final = (
    Shelf("/static/js/", STREAMLIT / "static" / "js", HASHED),
    Shelf("/static/css/", STREAMLIT / "static" / "css", HASHED),
    Shelf("/app/static/", STATIC_FOLDER, PUBLISHED_NAME, is_whole=True),
    Shelf(f"{FRAME_PREFIX}static/js/", FRAME / "static" / "js", HASHED),
)


def gzipped(content: bytes) -> bytes:
    """Compress what is sent, the same bytes each time."""
    packer = zlib.compressobj(LEVEL, wbits=GZIP)
    return packer.compress(content) + packer.flush()


@lru_cache(maxsize=KEPT)
def compressed(file: Path) -> bytes:
    """Compress a file and keep the result: its name says its content."""
    return gzipped(file.read_bytes())


def route(scope: Scope) -> str | None:
    """
    Give the path of a request below the address of the application.

    Returns
    -------
    path
        With its first slash. None outside `server.baseUrlPath`, and at that very address without
        its last slash, from where the scripts of a page would be looked for beside it.
    """
    path = str(scope["path"])
    mounted = _prefix(scope.get("root_path"))
    if mounted and path.startswith(f"{mounted}/"):  # some proxies keep it, some take it away
        path = path.removeprefix(mounted)
    base = _prefix(st.get_option("server.baseUrlPath"))
    return path.removeprefix(base) if path.startswith(f"{base}/") else None


def _prefix(path: object) -> str:
    """Write a path with its first slash and without its last one; empty for the root."""
    return f"/{str(path or '').strip('/')}".rstrip("/")


def takes_gzip(scope: Scope) -> bool:
    """Tell whether who asks takes compressed answers."""
    for offer in Headers(scope=scope).get("accept-encoding", "").lower().split(","):
        name, *parameters = (part.strip() for part in offer.split(";"))
        if name == "gzip":
            return not any(REFUSED.fullmatch(parameter) for parameter in parameters)
    return False


def is_reading(scope: Scope) -> bool:
    """Tell whether a request asks for a document."""
    return scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}


class ServedFiles:
    """
    Answer requests for files that never change; hand the others over.

    Streamlit sends its bundle (2 MB for a first visit) uncompressed, and compresses what is
    published in static/ again at each request.

    Parameters
    ----------
    app
        What answers the other requests.
    shelves
        Searched in order.
    """

    def __init__(self, app: ASGIApp, shelves: Iterable[Shelf] = SHELVES) -> None:
        self.app = app
        self.shelves = tuple(shelves)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        answer = await self._find(scope) if is_reading(scope) else None
        await (answer or self.app)(scope, receive, send)

    async def _find(self, scope: Scope) -> Response | None:
        """Find the answer to a request; None for those that Streamlit answers."""
        path = route(scope)
        for shelf in self.shelves if path is not None else ():
            file = shelf.find(str(path))
            if file is not None:
                return await _answer(shelf, file, scope)
        return None


async def _answer(shelf: Shelf, file: Path, scope: Scope) -> Response | None:
    """Give a file that browsers keep; None when it was taken away meanwhile."""
    headers = {
        "Cache-Control": FOR_EVER,
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    is_part = shelf.is_whole and "range" in Headers(scope=scope)
    try:
        if file.suffix in TYPES and takes_gzip(scope) and not is_part:
            content = await anyio.to_thread.run_sync(compressed, file)
            headers["Content-Encoding"] = "gzip"
            return Response(content, media_type=TYPES[file.suffix], headers=headers)
        found = await anyio.to_thread.run_sync(os.stat, file) if shelf.is_whole else None
    except OSError:
        return None
    kind = TYPES.get(file.suffix) or PICTURES[file.suffix]
    return found and FileResponse(file, headers=headers, media_type=kind, stat_result=found)
