"""
The database of contributions: how it is reached, its tables, what its failures mean.

The steps that bring its tables up to date are a list of our own rather than Alembic: there is one
table, the same texts serve SQLite and PostgreSQL, and the whole climb is one transaction that two
servers cannot run at once.
"""

import datetime
import logging
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from geo.contributions import words as wording
from geo.errors import GhtError

LOGGER: Final = logging.getLogger(__name__)
VERSION_TABLE: Final = "atlas_schema_version"
REVISION_TABLE: Final = "atlas_revisions"
CONNECT_SECONDS: Final = 5
STATEMENT_SECONDS: Final = 10
WRITES: Final = "atlas_writes"  # execution option: this transaction will write
LOCK: Final = 1_134_207_006  # any number, the same for every server of the atlas
DRIVERS: Final = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
ADDRESSES: Final = (
    "DATABASE_URL must be postgresql+psycopg://user:password@host/base or sqlite:///file.db, "
    "without options other than a mode"
)
Steps = Sequence[Sequence[str]]

# Each step is what one version of the program added. Steps are only ever added, at the end.
# Dates are ISO texts in UTC and records JSON texts: the same in both databases, and in exports.
STEPS: Final[Steps] = (
    (
        f"""CREATE TABLE {REVISION_TABLE} (
            record_id VARCHAR(80) NOT NULL,
            number INTEGER NOT NULL CHECK (number > 0),
            made_from INTEGER NOT NULL CHECK (made_from >= 0),
            is_conflict BOOLEAN NOT NULL,
            settles INTEGER,
            author VARCHAR(80) NOT NULL,
            saved_at VARCHAR(32) NOT NULL,
            record TEXT NOT NULL,
            PRIMARY KEY (record_id, number)
        )""",
    ),
    # A server of the previous version, still running, goes on saving: the default is for it.
    (
        f"""ALTER TABLE {REVISION_TABLE} ADD COLUMN kind VARCHAR(16) NOT NULL
            DEFAULT 'save' CHECK (kind IN ('save', 'withdrawal'))""",
        # A first revision was marked so when its file came from another database.
        f"UPDATE {REVISION_TABLE} SET is_conflict = FALSE, made_from = 0 WHERE number = 1",  # noqa: S608
    ),
)


class StoreError(GhtError):
    """
    The database cannot do what is asked.

    The message, French, is for visitors: it holds neither the address of the database nor the name
    of a setting. Whoever runs the server reads the cause in the log.
    """


# What a failure means: PostgreSQL says it by a code, SQLite by a code too.
_BY_STATE: Final = {
    "53100": wording.DISK_FULL,
    "25006": wording.READ_ONLY,
    "42501": wording.READ_ONLY,
    "3D000": wording.UNREACHABLE,
    "53300": wording.BUSY,
    "55P03": wording.BUSY,
    "57014": wording.BUSY,
    "40001": wording.BUSY,
    "40P01": wording.BUSY,
}
_LOST: Final = ("08", "28", "57P")  # connection lost, refused, server stopping
_BY_SQLITE: Final = {
    sqlite3.SQLITE_FULL: wording.DISK_FULL,
    sqlite3.SQLITE_READONLY: wording.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: wording.NO_FILE,
    sqlite3.SQLITE_BUSY: wording.BUSY,
    sqlite3.SQLITE_LOCKED: wording.BUSY,
    sqlite3.SQLITE_NOTADB: wording.NOT_A_BASE,
    sqlite3.SQLITE_CORRUPT: wording.NOT_A_BASE,
}
_PRIMARY_CODE: Final = 0xFF  # SQLite's finer codes keep the main one in their last byte


def explain(error: SQLAlchemyError) -> str:
    """
    Say what a failure of the database means.

    Returns
    -------
    sentence
        French; it holds nothing of the error's own text, which may name the machine or the user.
    """
    if isinstance(error, PoolTimeout):
        return wording.BUSY
    if not isinstance(error, DBAPIError):
        return wording.FAILED
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return _BY_SQLITE.get(code & _PRIMARY_CODE, wording.FAILED)
    state = getattr(error.orig, "sqlstate", None)
    is_lost = state is None and isinstance(error, OperationalError | InterfaceError)
    if is_lost or error.connection_invalidated or str(state).startswith(_LOST):
        return wording.UNREACHABLE
    return _BY_STATE.get(str(state), wording.FAILED)


def failure(error: Exception) -> StoreError:
    """Log the cause of a failure, and give what a visitor is told of it."""
    cause = getattr(error, "orig", None) or error
    told = " ".join(str(cause).split())
    LOGGER.error("store failed", extra={"cause": f"{type(cause).__name__}: {told}"})
    return StoreError(explain(error) if isinstance(error, SQLAlchemyError) else wording.FAILED)


def open_engine(address: str) -> Engine:
    """
    Prepare the connections to a database; none is made yet.

    Parameters
    ----------
    address
        As in DATABASE_URL: PostgreSQL, or a file of SQLite.

    Raises
    ------
    StoreError
        If the address is of another kind.
    """
    url = _url(address)
    if url.drivername == "sqlite":
        engine = create_engine(url, hide_parameters=True, connect_args={"timeout": CONNECT_SECONDS})
        event.listen(engine, "connect", _manual_transactions)
        event.listen(engine, "begin", _begin)
        return engine
    limits = f"-c statement_timeout={STATEMENT_SECONDS}s -c lock_timeout={STATEMENT_SECONDS}s"
    engine = create_engine(
        url, hide_parameters=True, pool_pre_ping=True, pool_timeout=CONNECT_SECONDS,
        connect_args={"connect_timeout": CONNECT_SECONDS, "options": limits},
    )  # fmt: skip
    event.listen(engine, "begin", _take_turn)
    return engine


def _url(address: str) -> URL:
    """Read an address; only a file or PostgreSQL will do."""
    try:
        url = make_url(address.strip())
    except (ArgumentError, ValueError):
        url = URL.create("unreadable")
    driver = DRIVERS.get(url.drivername)
    if driver is None or (driver == "sqlite" and sqlite_file(url) is None):
        LOGGER.error("store address refused", extra={"cause": ADDRESSES})
        raise StoreError(wording.BAD_URL)
    return url.set(drivername=driver)


def sqlite_file(url: URL) -> Path | None:
    """
    Find the file of an SQLite database.

    Returns
    -------
    file
        None when there is none: SQLite keeps some databases in memory, and forgets them.
    """
    name = (url.database or "").removeprefix("file:")
    modes = set(url.normalized_query.get("mode", ()))
    is_known = set(url.query) <= {"mode", "uri"} and modes <= {"ro", "rw", "rwc"}
    return Path(name) if name not in {"", ":memory:"} and is_known else None


def _manual_transactions(connection: sqlite3.Connection, _: object) -> None:
    """Leave transactions to us: the driver starts them too late to see two writers."""
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    """Start a transaction; a writer waits for its turn at once."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _take_turn(connection: Connection) -> None:
    """Make a writer wait for the others, on every server of the atlas, until it commits."""
    if connection.get_execution_options().get(WRITES):
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def version_of(connection: Connection) -> int:
    """Read the version of the tables, 0 when there are none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return 0
    return connection.execute(text(f"SELECT MAX(version) FROM {VERSION_TABLE}")).scalar() or 0  # noqa: S608


def migrate(engine: Engine, steps: Steps = STEPS) -> int:
    """
    Bring the tables up to date: nothing is written when they are.

    Parameters
    ----------
    engine
        From `open_engine`.
    steps
        All of them, in order; the version of a database is how many it has had.

    Returns
    -------
    done
        Number of steps that were done, all in one transaction.

    Raises
    ------
    StoreError
        If the database is newer than the program, or fails.
    """
    try:
        with engine.connect() as connection:
            found = _checked(version_of(connection), steps)
        if found == len(steps):
            return 0
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            return _climb(connection, steps)
    except SQLAlchemyError as error:
        raise failure(error) from error


def _checked(found: int, steps: Steps) -> int:
    """Refuse a database that a later program made."""
    if found > len(steps):
        raise StoreError(wording.newer_base(found, len(steps)))
    return found


def _climb(connection: Connection, steps: Steps) -> int:
    """Do the steps that are left, once another server has done its own."""
    found = _checked(version_of(connection), steps)
    if not found and steps:
        connection.execute(
            text(
                f"CREATE TABLE IF NOT EXISTS {VERSION_TABLE} "
                "(version INTEGER PRIMARY KEY, done_at VARCHAR(32) NOT NULL)"
            )
        )
    for number, step in enumerate(steps[found:], start=found + 1):
        for statement in step:
            connection.execute(text(statement))
        connection.execute(
            text(f"INSERT INTO {VERSION_TABLE} VALUES (:version, :done_at)"),  # noqa: S608
            {"version": number, "done_at": utc_now()},
        )
    return len(steps) - found


def utc_now() -> str:
    """Write the present, UTC, to the second: "2026-11-22T08:15:00Z"."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
