"""What travels between a page and its server, as the browser's own protocol reports it."""

import base64
import zlib
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Page

FRAME_TAIL = 4  # permessage-deflate drops the last bytes of a flushed block


@dataclass
class Direction:
    """
    Messages of the websocket, one way.

    Attributes
    ----------
    count, size, wire
        Messages, bytes of their content, and bytes once deflated as the websocket does, with what
        was already sent as the dictionary.
    """

    count: int = 0
    size: int = 0
    wire: int = 0
    _deflate: Any = field(default_factory=lambda: zlib.compressobj(6, zlib.DEFLATED, -15))

    def note(self, content: bytes) -> None:
        """Count a message."""
        packed = self._deflate.compress(content) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
        self.count += 1
        self.size += len(content)
        self.wire += len(packed) - FRAME_TAIL

    def clear(self) -> None:
        """Start counting again; the dictionary stays."""
        self.count = self.size = self.wire = 0


@dataclass
class Traffic:
    """
    Everything a page exchanges.

    Attributes
    ----------
    sent, received
        Websocket.
    responses
        Path of each request -> bytes of the response on the wire, headers and compression included;
        0 when it came from the browser's cache.
    """

    sent: Direction = field(default_factory=Direction)
    received: Direction = field(default_factory=Direction)
    responses: dict[str, float] = field(default_factory=dict)
    _paths: dict[str, str] = field(default_factory=dict)

    def listen(self, page: Page) -> CDPSession:
        """Attach to a page before it is opened."""
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._loaded)
        session.on("Network.webSocketFrameSent", lambda event: self.sent.note(payload(event)))
        session.on(
            "Network.webSocketFrameReceived", lambda event: self.received.note(payload(event))
        )
        session.send("Network.enable")
        return session

    def _asked(self, event: dict[str, Any]) -> None:
        self._paths[event["requestId"]] = urlsplit(event["request"]["url"]).path

    def _loaded(self, event: dict[str, Any]) -> None:
        path = self._paths.get(event["requestId"], "")
        self.responses[path] = self.responses.get(path, 0) + event["encodedDataLength"]

    def clear(self) -> None:
        """Start counting again."""
        self.sent.clear()
        self.received.clear()
        self.responses.clear()

    @property
    def messages_size(self) -> int:
        """Bytes of the messages, both ways, before compression."""
        return self.sent.size + self.received.size

    @property
    def messages_wire(self) -> int:
        """Bytes of the messages, both ways, deflated."""
        return self.sent.wire + self.received.wire

    def over_http(self, part: str = "", suffix: str = "") -> float:
        """Bytes of the responses whose path holds `part` and ends in `suffix`."""
        return sum(
            size for path, size in self.responses.items() if part in path and path.endswith(suffix)
        )


def payload(event: dict[str, Any]) -> bytes:
    """Read the content of a websocket event: text, or binary in base 64."""
    data, code = event["response"]["payloadData"], event["response"]["opcode"]
    return base64.b64decode(data) if code == 2 else str(data).encode()
