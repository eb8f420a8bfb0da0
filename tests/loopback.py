"""Producers of files on this machine: what each address has, and what was asked."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Producers(ThreadingHTTPServer):
    """Give `files` by path, with a version and, where `dates` has one, a date; 404 elsewhere."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, bytes] = {}
        self.dates: dict[str, str] = {}
        self.answers: list[tuple[str, int]] = []

    def address(self, path: str) -> str:
        """Name the address of a path."""
        return f"http://127.0.0.1:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Producers

    def do_GET(self) -> None:
        content = self.server.files.get(self.path)
        version = f'"{hashlib.sha256(content or b"").hexdigest()[:8]}"'
        is_held = self.headers.get("If-None-Match") == version
        status = 404 if content is None else 304 if is_held else 200
        self.server.answers.append((self.path, status))
        self.send_response(status)
        if content is not None:
            self.send_header("ETag", version)
        if self.path in self.server.dates:
            self.send_header("Last-Modified", self.server.dates[self.path])
        if status == 200 and content is not None:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if status == 200 and content is not None:
            self.wfile.write(content)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def producers() -> Iterator[Producers]:
    """Serve on a free port of this machine."""
    running = Producers()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield running
    finally:
        running.shutdown()
        thread.join()
        running.server_close()
