"""The web server of the dashboard: Streamlit's own, with the first visit prepared."""

import errno
import logging
import platform
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Thread, Timer
from typing import Any, Final

import streamlit as st
from starlette.middleware import Middleware
from streamlit import config, runtime
from streamlit.components.v1.custom_component import CustomComponent
from streamlit.web.server.starlette import starlette_server

from geo import journal, wording
from geo.atlas.load import default_folder
from geo.catchment import words as catchment_words
from geo.comparison import words as comparison_words
from geo.errors import GhtError
from geo.establishments import words as establishments_words
from geo.partnerships import words as partnerships_words
from geo.profile import words as profile_words
from geo.ui.app import words
from geo.ui.app.doors import Doors
from geo.ui.app.entry_page import EntryPage, frame_files
from geo.ui.app.lost import Lost
from geo.ui.app.origins import Origins
from geo.ui.app.readiness import WORKER, Readiness, database_address
from geo.ui.app.rescue import rescue, speak_once
from geo.ui.app.search_door import SearchDoor
from geo.ui.app.served_files import ServedFiles
from geo.ui.shared.assets import FRAME, FRAME_PREFIX, STATIC_FOLDER, first_files
from geo.ui.shared.silence import keep_silent

LOGGER: Final = logging.getLogger(__name__)
DASHBOARD: Final = Path(__file__).resolve().parents[3] / "dashboard.py"
EARLY: Final = "atlas-early"  # name of the threads
SEARCH_WAITS: Final = 15.0  # seconds: the first visitors come before those who search
BIND: Final = "_bind_server_socket"
WITH_MAP: Final = ("", "carte", "bassins", "partenariats", "territoire", "etablissements")
WITHOUT_MAP: Final = ("comparer", "donnees")
NAMES: Final = {
    "": wording.PAGE_MAP,
    "territoire": profile_words.PAGE,
    "comparer": comparison_words.PAGE,
    "partenariats": partnerships_words.PAGE,
    "bassins": catchment_words.PAGE,
    "etablissements": establishments_words.PAGE,
    "donnees": wording.PAGE_DATA,
    "carte": "",
}


def read_early() -> tuple[str, ...]:
    """
    Read the libraries and the data that the first visitor would wait for.

    Returns
    -------
    addresses
        What the first picture of the map needs, as seen from a page. When something is wrong with
        the data, only its frame, until the server starts again: the pages say what is wrong.
    """
    import folium.plugins  # noqa: F401, PLC0415

    from geo.ui.shared import cache  # noqa: PLC0415

    found: list[str] = []
    with suppress(GhtError):
        files = cache.map_files()
        cache.table(None)
        found += first_files(files.addresses) if files.addresses else []
        if database_address():
            from geo.ui.contributions import session as contributions_session  # noqa: PLC0415

            contributions_session.stored()  # twenty thousand take two seconds to be checked
    return (*found, *frame_files())


def prepare_search() -> None:
    """Index what is searched; wrong data is said by the pages."""
    from geo.ui.shared import answers  # noqa: PLC0415  as for the rest: not before it listens

    with suppress(GhtError):
        answers.prepare()


def facts() -> dict[str, str]:
    """Say what runs, for whoever reads the log: no address and no secret is in it."""
    address = database_address()
    kinds = [kind for kind in ("sqlite", "postgres") if address.startswith(kind)]
    return {
        "python": platform.python_version(),
        "streamlit": st.__version__,
        "data": str(default_folder()),
        "static": str(STATIC_FOLDER),
        "store": kinds[0] if kinds else "unknown" if address else "none",
    }


def declare_frame() -> None:
    """
    Serve the frame of the map from the start, for the pages of other replicas too.

    A component declares itself when it is imported, but only during a visit: a replica that nobody
    has visited would answer 404 to the frame of a page that comes from another one. The declaration
    that the first visit makes is equal to this one, and takes its place.
    """
    name = FRAME_PREFIX.strip("/").rpartition("/")[2]
    component = CustomComponent(name, path=str(FRAME), module_name=name.partition(".")[0])
    runtime.get_instance().component_registry.register_component(component)


def is_of_a_visit(record: logging.LogRecord) -> bool:
    """Tell the warnings of a visit from those of what is cached outside one, on purpose."""
    return not str(record.threadName).startswith((EARLY, WORKER))


@asynccontextmanager
async def prepared(started: st.App) -> AsyncIterator[None]:
    """Declare the frame of the map; read early, while the server starts and the browser opens."""
    journal.configure()
    speak_once()
    LOGGER.info("server started", extra=facts())
    declare_frame()
    caching = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    caching.addFilter(is_of_a_visit)
    Thread(target=lambda: started.state.update(early=read_early()), name=EARLY, daemon=True).start()
    later = Timer(SEARCH_WAITS, prepare_search)
    later.name, later.daemon = f"{EARLY}-search", True
    later.start()
    yield
    later.cancel()


def early(page: str) -> tuple[str, ...]:
    """Give the addresses that the map of a page will ask for, once they are known."""
    found: tuple[str, ...] = app.state.get("early", ())
    return found if page in WITH_MAP else ()


class PortError(GhtError):
    """The server cannot listen where it was told to; the message is a French sentence."""


def explain(error: OSError | OverflowError) -> str:
    """Say in French why a port cannot be listened to."""
    port = st.get_option("server.port")
    if isinstance(error, OverflowError):
        return words.BAD_PORT.format(port=port)
    if error.errno == errno.EADDRINUSE:
        return words.PORT_TAKEN.format(port=port)
    if error.errno == errno.EACCES:
        return words.PORT_FORBIDDEN.format(port=port)
    return words.BAD_ADDRESS.format(address=st.get_option("server.address"))


def is_next_port_tried(error: OSError | OverflowError) -> bool:
    """Tell whether Streamlit goes on to the next port: the one that is taken was not asked for."""
    is_taken = isinstance(error, OSError) and error.errno in {errno.EADDRINUSE, errno.EACCES}
    return is_taken and not config.is_manually_set("server.port")


def send_at_once() -> None:
    """
    Make the server send small messages at once, and say in French where it cannot listen.

    Streamlit binds its own socket, without a protocol: asyncio then leaves Nagle's algorithm on,
    and the end of each answer waits 40 ms for the browser to acknowledge its beginning. What is
    accepted inherits the option of what listens. A Streamlit that binds otherwise is left alone.
    """
    bind = getattr(starlette_server, BIND, None)
    if bind is None:
        return

    def bound(*arguments: Any) -> tuple[socket.socket, str]:  # noqa: ANN401
        try:
            listener, address = bind(*arguments)
        except (OSError, OverflowError) as error:
            if is_next_port_tried(error):
                raise
            raise PortError(explain(error)) from error
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener, address

    setattr(starlette_server, BIND, bound)


keep_silent()
app = st.App(
    DASHBOARD,
    lifespan=prepared,
    on_script_error=rescue,
    middleware=[
        Middleware(Doors),
        Middleware(Origins),
        Middleware(Readiness),
        Middleware(SearchDoor),
        Middleware(ServedFiles),
        Middleware(Lost, pages=NAMES),
        Middleware(EntryPage, title=wording.APP_TITLE, pages=WITH_MAP + WITHOUT_MAP, early=early),
    ],
)
