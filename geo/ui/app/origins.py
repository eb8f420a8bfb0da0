"""Who may ask: the pages of this server, and the sites that its operator names."""

import logging
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

from geo.ui.app.words import FOREIGN_ORIGIN

LOGGER: Final = logging.getLogger(__name__)
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "0.0.0.0"})  # noqa: S104  # names, not binds
POLICY_VIOLATION: Final = 1008
SHAPE: Final = re.compile(r"[A-Za-z0-9._:%\-\[\]]+")
SHOWN: Final = 200  # characters of a header, in the log


def host_of(address: str) -> str | None:
    """
    Give the machine that an origin or a Host header names.

    Parameters
    ----------
    address
        For instance ``"https://atlas.example:8443"`` or ``"atlas.example:8443"``.

    Returns
    -------
    host
        Lower case, without the port. None when there is none, or when the address is malformed.
    """
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
        _ = parts.port  # raises when it is not one
    except ValueError:
        return None
    is_bare = not (parts.path.strip("/") or parts.query or parts.fragment)
    return parts.hostname if is_bare and SHAPE.fullmatch(parts.netloc) else None


def named_hosts() -> Iterator[str]:
    """List the machines whose pages the operator lets in."""
    named = list(st.get_option("server.corsAllowedOrigins"))
    if config.is_manually_set("browser.serverAddress"):
        named.append(st.get_option("browser.serverAddress"))
    for address in named:
        host = host_of(address.strip().rpartition("://")[2].partition("/")[0])
        if host is not None:
            yield host


def is_ours(origin: str, host: str) -> bool:
    """
    Tell whether a request comes from a page of this server.

    Parameters
    ----------
    origin
        Of the page that asks, as its browser says.
    host
        Of the server, as it is asked for.

    Returns
    -------
    ours
        True for the very same host and port, for a page of this machine, for a machine that the
        operator names, and for anyone when Streamlit's `server.enableCORS` is false: what Streamlit
        lets in, the machines it would look up on the network excepted.
    """
    if not st.get_option("server.enableCORS") or st.get_option("global.developmentMode"):
        return True
    asking, place = host_of(origin), origin.partition("://")[2].lower()
    if asking is None or not place:  # "null": a page that hides where it is from
        return False
    return place == host.lower() or asking in {*LOOPBACK, *named_hosts()}


def is_welcome(scope: Scope) -> bool:
    """Tell whether a request or a websocket may go on."""
    headers = Headers(scope=scope)
    hosts = headers.getlist("host")
    host = hosts[0].strip() if len(hosts) == 1 else ""
    if scope["type"] == "websocket" and host_of(host) is None:
        return False
    return all(is_ours(origin.strip(), host) for origin in headers.getlist("origin"))


class Origins:
    """
    Refuse what another site sends; hand the rest over.

    Streamlit would refuse foreign websockets too, after asking an outside machine for the address
    of this one, in the event loop: a second of silence for everyone, each time.

    Parameters
    ----------
    app
        What answers the other requests.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] not in {"http", "websocket"} or is_welcome(scope):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        said = {name: str(headers.get(name, ""))[:SHOWN] for name in ("origin", "host")}
        LOGGER.warning("foreign origin refused", extra=said)
        if scope["type"] == "websocket":  # closed before it is accepted: the client reads 403
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        await PlainTextResponse(FOREIGN_ORIGIN, status_code=403)(scope, receive, send)
