"""Is this server ready to be sent visitors? `GET /_atlas/ready`, for probes."""

import asyncio
import logging
import os
from collections.abc import Callable, Mapping
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final

import anyio
import anyio.to_thread
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.errors import GhtError
from geo.ui.app import words as wording
from geo.ui.app.served_files import is_reading, route

if TYPE_CHECKING:
    from geo.contributions.store import Store

LOGGER: Final = logging.getLogger(__name__)
ADDRESS: Final = "/_atlas/ready"
DATABASE: Final = "DATABASE_URL"
SECONDS: Final = 1.5  # the longest wait of a probe; its answer comes within 2 s
KEPT_SECONDS: Final = 2.0  # probes are no load
WORKER: Final = "AnyIO worker thread"  # name of the threads that run the checks

Check = Callable[[], str]


class NotReadyError(GhtError):
    """What a check found wrong: a French sentence without a path, a machine or an address."""


def check_data() -> str:
    """
    Tell that the data is loaded, its digests right; what is loaded stays.

    Raises
    ------
    NotReadyError
        If a file is missing or altered.
    """
    from geo.ui.shared import cache  # noqa: PLC0415  # as for the server: not before it listens

    try:
        cache.atlas()
    except GhtError as error:
        raise NotReadyError(wording.DATA_BROKEN) from error
    return wording.CHECK_OK


def check_map() -> str:
    """
    Tell that the files of the map are there; those that are gone are published again.

    Raises
    ------
    NotReadyError
        If they cannot be.
    """
    from geo.ui.shared import cache  # noqa: PLC0415  # as for the server: not before it listens

    try:
        files = cache.map_files()
    except GhtError as error:
        raise NotReadyError(wording.MAP_MISSING) from error
    if files.addresses is None:
        raise NotReadyError(wording.MAP_MISSING) from GhtError(files.reason)
    return wording.CHECK_OK


class StoreCheck:
    """
    Ask the database of the contributions, through an engine of its own.

    Parameters
    ----------
    address
        Gives the address of the database, empty when none is named.
    """

    def __init__(self, address: Callable[[], str]) -> None:
        self.address = address
        self.store: Store | None = None

    def __call__(self) -> str:
        """
        Tell that the database answers, or that there is none.

        Raises
        ------
        NotReadyError
            If it does not answer.
        """
        address = self.address()
        if not address:
            return wording.NO_STORE
        try:
            self._ask(address)
        except Exception as error:
            # Whatever the driver raises: a probe wants a sentence. The next one connects again, but
            # opens nothing again: a file that was removed would be made anew, empty.
            self.leave()
            raise NotReadyError(wording.STORE_SILENT) from error
        return wording.CHECK_OK

    def _ask(self, address: str) -> None:
        """Make the database answer, as the pages do."""
        from geo.contributions.store import open_store  # noqa: PLC0415  only where a database is named

        self.store = self.store or open_store(address)
        self.store.ping()

    def leave(self) -> None:
        """Give the connections back."""
        if self.store is not None:
            self.store.close()


def database_address() -> str:
    """Give the address of the database, as the pages read it."""
    return os.environ.get(DATABASE, "").strip()


CHECKS: Final[Mapping[str, Check]] = {
    "data": check_data,
    "map": check_map,
    "store": StoreCheck(database_address),
}


class Probe:
    """
    Run checks in threads, each once at a time, and keep what they found for a while.

    Parameters
    ----------
    checks
        Name -> what tells its state or raises `NotReadyError`.
    """

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self.checks = checks
        self.running: dict[str, asyncio.Task[str]] = {}
        self.lock = asyncio.Lock()
        self.found: dict[str, str] = {}
        self.is_ready = False
        self.until = 0.0
        self.threads = anyio.CapacityLimiter(len(checks))  # a database that hangs takes only these

    async def ask(self) -> tuple[bool, dict[str, str]]:
        """
        Tell whether every check passes.

        Returns
        -------
        is_ready, found
            And name of each check -> "ok", "none" or a sentence. A check that takes too long goes
            on; until it ends, nobody starts it again.
        """
        async with self.lock:
            if monotonic() >= self.until:
                await self._run()
                self.until = monotonic() + KEPT_SECONDS
        return self.is_ready, self.found

    async def _run(self) -> None:
        for name, check in self.checks.items():
            if name not in self.running:
                run = partial(anyio.to_thread.run_sync, check, limiter=self.threads)
                self.running[name] = asyncio.create_task(run())
        await asyncio.wait(self.running.values(), timeout=SECONDS)
        states = {name: self._state(name) for name in self.checks}
        self.found = {name: said for name, (_, said) in states.items()}
        self.is_ready = all(passes for passes, _ in states.values())

    def _state(self, name: str) -> tuple[bool, str]:
        """Read one check; its cause goes to the log."""
        task = self.running[name]
        if not task.done():
            return False, wording.CHECK_LATE
        del self.running[name]
        try:
            return True, task.result()
        except NotReadyError as error:
            cause = f"{type(error.__cause__).__name__}: {error.__cause__}"
            if self.found.get(name) != str(error):
                LOGGER.warning("not ready", extra={"check": name, "cause": cause})
            return False, str(error)
        except Exception:
            LOGGER.exception("not ready", extra={"check": name})
            return False, wording.CHECK_FAILED


class Readiness:
    """
    Answer probes; hand the other requests over.

    Parameters
    ----------
    app
        What answers them.
    checks
        See `Probe`.
    """

    def __init__(self, app: ASGIApp, checks: Mapping[str, Check] = CHECKS) -> None:
        self.app = app
        self.probe = Probe(checks)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if not is_reading(scope) or route(scope) != ADDRESS:
            await self.app(scope, receive, send)
            return
        is_ready, found = await self.probe.ask()
        content = {"status": "ready" if is_ready else "not ready", "checks": found}
        answer = JSONResponse(
            content, status_code=200 if is_ready else 503, headers={"Cache-Control": "no-store"}
        )
        await answer(scope, receive, send)
