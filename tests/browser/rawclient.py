"""Clients that say what no browser says: bare sockets, any header, any address."""

import socket
from urllib.parse import urlsplit

UPGRADE = (
    "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Protocol: streamlit",
)  # fmt: skip


def say(address: str, lines: list[str], *, seconds: float = 10.0) -> bytes:
    """Send a request, byte for byte, and read until the server has nothing more to say."""
    parts = urlsplit(address)
    content = "\r\n".join([*lines, "", ""]).encode("latin-1")
    received = b""
    with socket.create_connection((str(parts.hostname), parts.port or 80), seconds) as client:
        client.sendall(content)
        while chunk := client.recv(65536):
            received += chunk
            if received.startswith(b"HTTP/1.1 101"):  # a websocket stays open
                break
    return received


def ask(address: str, target: str, *headers: str, method: str = "GET") -> bytes:
    """Send a request that its answer ends."""
    lines = [f"{method} {target} HTTP/1.1", "Host: 127.0.0.1", *headers, "Connection: close"]
    return say(address, lines)


def open_websocket(address: str, *headers: str, version: str = "1.1") -> bytes:
    """Ask for the websocket of a session."""
    return say(address, [f"GET /_stcore/stream HTTP/{version}", *headers, *UPGRADE])


def status(answer: bytes) -> int:
    """Read the status of an answer, what only announces it left aside; 0 when there is none."""
    first = answer.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n").split(b"\r\n", 1)[0].split()
    return int(first[1]) if len(first) > 1 else 0
