"""A visitor without a browser: Streamlit's own protocol over a websocket."""

import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

import pandas as pd
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from geo.atlas.load import default_folder

LOOPBACK: Final = "127.0.0.1"
RERUN_SECONDS: Final = 120.0
TRIGGER: Final = "$$STREAMLIT_INTERNAL_KEY"  # how Streamlit names what a component has fired


@lru_cache(maxsize=1)
def area_codes() -> tuple[str, ...]:
    """List the territories that a search box may choose."""
    return tuple(pd.read_parquet(default_folder() / "territories.parquet").area_code)


@dataclass
class Session:
    """
    One session, as its browser would hold it.

    Attributes
    ----------
    socket
        Open.
    lists
        Label of each list on the page -> its identifier and its options.
    chosen
        Identifier -> option, sent back at each rerun.
    searched, events
        Labels of the lists that are search boxes; what they say at the next rerun, and once.
    page, query, held
        Hash of the page, query string of the address, hashes of the messages kept.
    """

    socket: ClientConnection
    lists: dict[str, tuple[str, Sequence[str]]] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    searched: set[str] = field(default_factory=set)
    events: dict[str, str] = field(default_factory=dict)
    page: str = ""
    query: str = ""
    held: set[str] = field(default_factory=set)

    async def rerun(self) -> float:
        """
        Ask for a rerun and read everything until the script has finished.

        Returns
        -------
        latency
            Seconds.
        """
        started = time.perf_counter()
        await self.socket.send(self._request().SerializeToString())
        while not self._take(await self.socket.recv()):
            pass
        return time.perf_counter() - started

    def choose(self, draw: random.Random, labels: Sequence[str]) -> None:
        """Choose another option in one of the lists."""
        label = draw.choice([name for name in labels if name in self.lists])
        identifier, options = self.lists[label]
        if label in self.searched:
            event = {"event": "chosen", "value": {"kind": "ght", "code": draw.choice(options)}}
            self.events[f"{TRIGGER}_{identifier}__events"] = json.dumps([event])
            return
        left = [option for option in options if option != self.chosen.get(identifier)]
        self.chosen[identifier] = draw.choice(left)

    def _request(self) -> BackMsg:
        """Write what a browser sends when a widget changes."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_script_hash = self.query, self.page
        state.cached_message_hashes.extend(sorted(self.held))
        for identifier, option in self.chosen.items():
            widget = state.widget_states.widgets.add()
            widget.id, widget.string_value = identifier, option
        for identifier, event in self.events.items():
            widget = state.widget_states.widgets.add()
            widget.id, widget.json_trigger_value = identifier, event
        self.events.clear()
        return message

    def _take(self, raw: str | bytes) -> bool:
        """Read a message; true when it says that the script has finished."""
        assert isinstance(raw, bytes)
        message = ForwardMsg()
        message.ParseFromString(raw)
        kind = message.WhichOneof("type")
        if message.metadata.cacheable and message.hash:
            self.held.add(message.hash)
        if kind == "new_session":
            self.page = message.new_session.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta":
            self._note_list(message.delta)
        early = ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return kind == "script_finished" and message.script_finished != early

    def _note_list(self, delta: Delta) -> None:
        """Remember a list of the page."""
        if delta.new_element.WhichOneof("type") == "selectbox":
            box = delta.new_element.selectbox
            self.lists[box.label] = (box.id, tuple(box.options))
        elif delta.new_element.WhichOneof("type") == "bidi_component":
            self._note_search(delta.new_element.bidi_component)

    def _note_search(self, box: BidiComponent) -> None:
        """Remember a search box of territories."""
        data = json.loads(box.json or "{}")
        if data.get("among") == "territoires":
            self.searched.add(data["label"])
            self.lists[data["label"]] = (box.id, area_codes())


def open_session(address: str) -> connect:
    """
    Open the websocket of a session, on this machine only.

    Parameters
    ----------
    address
        Of a server, without a final slash.

    Returns
    -------
    connection
        To be entered with `async with`.

    Raises
    ------
    ValueError
        If the address is not on 127.0.0.1.
    """
    if urlsplit(address).hostname != LOOPBACK:
        raise ValueError(f"{address} is not on this machine: benchmarks stay on 127.0.0.1")
    return connect(
        address.replace("http://", "ws://") + "/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        ping_interval=None,
        open_timeout=RERUN_SECONDS,
        proxy=None,
    )
