"""Files that never change: Streamlit's bundle, the map and its frame, compressed and kept."""

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import anyio.to_thread
import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.ui.assets import PUBLISHED_NAME, STATIC_FOLDER

TYPES: Final[Mapping[str, str]] = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
}
FOR_EVER: Final = "public, max-age=31536000, immutable"
GZIP: Final = 16 + zlib.MAX_WBITS
LEVEL: Final = 6  # 9 saves 0.2 % of the bundle and takes a quarter more time
KEPT: Final = 512  # files: 25 kB each on average once compressed, of the 367 that Streamlit has
REFUSED: Final = re.compile(r"q=0(\.0*)?")
HASHED: Final = re.compile(r"^[\w.\-]+\.[\w\-]{8,16}\.(js|css)\Z")


def package_folder(package: str, inside: str) -> Path:
    """Find a folder of an installed package, without importing it."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(package)
    return Path(found.origin).parent / inside


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
    """

    prefix: str
    folder: Path
    names: re.Pattern[str]

    def find(self, path: str) -> Path | None:
        """Give the file of an address, or None when it is not of this shelf."""
        name = path.removeprefix(self.prefix)
        if name == path or not self.names.match(name) or Path(name).suffix not in TYPES:
            return None
        file = self.folder / name
        return file if file.is_file() else None


STREAMLIT: Final = package_folder("streamlit", "static")
FRAME: Final = package_folder("streamlit_folium", "frontend/build")
FRAME_PREFIX: Final = "/component/streamlit_folium.st_folium/"
SHELVES: Final = (
    Shelf("/static/js/", STREAMLIT / "static" / "js", HASHED),
    Shelf("/static/css/", STREAMLIT / "static" / "css", HASHED),
    Shelf("/app/static/", STATIC_FOLDER, PUBLISHED_NAME),
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
        file = self._file(scope) if is_reading(scope) else None
        if file is None:
            await self.app(scope, receive, send)
            return
        try:
            content = await anyio.to_thread.run_sync(compressed, file)
        except OSError:  # taken away meanwhile
            await self.app(scope, receive, send)
            return
        await _answer(file.suffix, content)(scope, receive, send)

    def _file(self, scope: Scope) -> Path | None:
        """Find the file of a request that takes gzip; the others get Streamlit's answer."""
        path = route(scope)
        if path is None or not takes_gzip(scope):
            return None
        return next(filter(None, (shelf.find(path) for shelf in self.shelves)), None)


def _answer(suffix: str, content: bytes) -> Response:
    """Give a compressed file that browsers keep."""
    headers = {
        "Content-Encoding": "gzip",
        "Cache-Control": FOR_EVER,
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=TYPES[suffix], headers=headers)
