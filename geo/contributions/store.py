"""The store of contributions: every act is a revision, and none erases another."""

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Text,
    func,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from geo.contributions import words as wording
from geo.contributions import words_withdrawals
from geo.contributions.database import (
    REVISION_TABLE,
    WRITES,
    StoreError,
    failure,
    migrate,
    open_engine,
    sqlite_file,
    utc_now,
)
from geo.contributions.drafts import LONGEST_AUTHOR, WITHDRAWAL, Draft, clean_author
from geo.errors import UserError
from geo.partnerships.records import Record

LOGGER: Final = logging.getLogger(__name__)
TRIALS: Final = 5

_REVISIONS: Final = Table(
    REVISION_TABLE,
    MetaData(),
    Column("record_id", String(80), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("made_from", Integer),
    Column("is_conflict", Boolean),
    Column("settles", Integer),
    Column("author", String(LONGEST_AUTHOR)),
    Column("saved_at", String(32)),
    Column("kind", String(16)),
    Column("record", Text),
)
_STAMP: Final = select(
    func.count(), func.sum(_REVISIONS.c.number), func.max(_REVISIONS.c.saved_at)
).select_from(_REVISIONS)


@dataclass(frozen=True)
class Revision:
    """
    A save or a withdrawal, as it is kept.

    Attributes
    ----------
    record_id, number
        Identifier of the partnership; 1 for its first revision.
    made_from
        Revision that was edited, 0 for none.
    is_conflict
        The edit started from a revision that was no longer the current one: it is kept beside.
    settles
        Conflicting revision that this one settles.
    author, saved_at
        Name as given; UTC.
    kind
        See `geo.contributions.drafts.Draft`.
    record
        The partnership, or what was withdrawn.
    """

    record_id: str
    number: int
    made_from: int
    is_conflict: bool
    settles: int | None
    author: str
    saved_at: str
    kind: str
    record: Record

    @property
    def is_withdrawal(self) -> bool:
        """Tell a withdrawal from a save."""
        return self.kind == WITHDRAWAL


@dataclass(frozen=True)
class History:
    """
    Everything that was saved.

    Attributes
    ----------
    revisions
        In the order of the identifiers, then of the numbers.
    """

    revisions: tuple[Revision, ...]

    @cached_property
    def heads(self) -> dict[str, Revision]:
        """The last revision of each partnership that is not in conflict; it may withdraw it."""
        return {r.record_id: r for r in self.revisions if not r.is_conflict}

    @cached_property
    def current(self) -> dict[str, Revision]:
        """The revision to show of each partnership that is not withdrawn."""
        return {name: head for name, head in self.heads.items() if not head.is_withdrawal}

    @cached_property
    def withdrawn(self) -> dict[str, Revision]:
        """The withdrawal of each partnership that is withdrawn today."""
        return {name: head for name, head in self.heads.items() if head.is_withdrawal}

    @cached_property
    def mark(self) -> str:
        """Tell a history from another of the same database: revisions are only ever added."""
        last = max((revision.saved_at for revision in self.revisions), default="")
        return f"{len(self.revisions)} {last}"

    @cached_property
    def conflicts(self) -> list[Revision]:
        """The conflicting revisions that nobody settled."""
        settled = {(r.record_id, r.settles) for r in self.revisions}
        return [
            r for r in self.revisions if r.is_conflict and (r.record_id, r.number) not in settled
        ]

    def state(self, revision: Revision) -> str:
        """Say what a revision is today, in French."""
        if revision.is_conflict:
            is_open = revision in self.conflicts
            return wording.IN_CONFLICT if is_open else wording.SETTLED
        if self.heads[revision.record_id] != revision:
            return wording.PAST
        return words_withdrawals.WITHDRAWN if revision.is_withdrawal else wording.CURRENT


class Store:
    """
    The contributions of a database.

    Parameters
    ----------
    engine
        Of a database whose tables are up to date (see `open_store`).
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        is_file = engine.dialect.name == "sqlite"
        self._file = sqlite_file(engine.url) if is_file else None
        self._seen = _identity(self._file)
        self._held: tuple[object, History] = (None, History(()))

    def history(self) -> History:
        """
        Read every revision; the same object as long as nothing was added.

        Raises
        ------
        StoreError
            If the database fails.
        """
        self._check_file()
        try:
            with self.engine.connect() as connection:
                # Revisions are only ever added.
                stamp = tuple(connection.execute(_STAMP).one())
                if stamp != self._held[0]:
                    self._held = (stamp, self._read(connection))
        except (SQLAlchemyError, ValueError) as error:
            raise failure(error) from error
        return self._held[1]

    def ping(self) -> None:
        """
        Make the database answer.

        Raises
        ------
        StoreError
            If it does not.
        """
        self._check_file()
        try:
            with self.engine.connect() as connection:
                connection.execute(_STAMP)
        except SQLAlchemyError as error:
            raise failure(error) from error

    def _read(self, connection: Connection) -> History:
        """Read every row, those that were read before as they are."""
        order = select(_REVISIONS).order_by(_REVISIONS.c.record_id, _REVISIONS.c.number)
        held = {(r.record_id, r.number): r for r in self._held[1].revisions}
        rows = connection.execute(order)
        return History(tuple(held.get((r.record_id, r.number)) or _revision(r) for r in rows))

    def _check_file(self) -> None:
        """
        See whether the file is still the one that was opened.

        SQLite goes on with a file that was removed, or replaced by a backup: what it shows and
        saves then is nowhere.
        """
        found = _identity(self._file)
        if found == self._seen:
            return
        self.engine.dispose()
        self._held = (None, History(()))
        if found is None:
            LOGGER.error("store failed", extra={"cause": f"{self._file} was removed"})
            raise StoreError(wording.GONE)
        migrate(self.engine)
        self._seen = found
        LOGGER.warning("store replaced", extra={"file": str(self._file)})

    def save(self, drafts: Sequence[Draft], author: str) -> list[Revision]:
        """
        Save partnerships, or withdraw them: all of them, or none when the database fails.

        Parameters
        ----------
        drafts
            One made from a revision that is no longer the current one is kept as a conflict, be
            it an edit or a withdrawal. A withdrawn partnership is restored by saving it again.
        author
            Name of the person.

        Returns
        -------
        revisions
            As they are kept, in the order of the drafts.

        Raises
        ------
        UserError
            If the name is refused, a revision to settle is not a conflict, or what is withdrawn
            was never saved.
        StoreError
            If the database fails: nothing was saved.
        """
        name = clean_author(author)
        self._check_file()
        writer = self.engine.execution_options(**{WRITES: True})
        for _ in range(TRIALS):
            try:
                with writer.begin() as connection:
                    return [_add(connection, draft, name) for draft in drafts]
            except IntegrityError:
                continue  # a writer that takes no turn took the same number: read again
            except (SQLAlchemyError, ValueError) as error:
                raise failure(error) from error
        LOGGER.error("store failed", extra={"cause": f"{TRIALS} writers took the same number"})
        raise StoreError(wording.BUSY)

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def open_store(address: str) -> Store:
    """
    Open a database and bring its tables up to date.

    Parameters
    ----------
    address
        See `geo.contributions.database.open_engine`.

    Raises
    ------
    StoreError
        If it cannot be reached, used or migrated; the sentence never holds the address.
    """
    engine = open_engine(address)
    try:
        migrate(engine)
    except StoreError:
        engine.dispose()
        raise
    store = Store(engine)
    LOGGER.info("store opened", extra={"kind": engine.dialect.name})
    return store


def _identity(file: Path | None) -> tuple[int, int] | None:
    """Tell a file from another of the same name; None when it is not there."""
    try:
        found = file.stat() if file is not None else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found is not None else None


def _revision(row: Row[Any]) -> Revision:
    """Read a row."""
    fields = dict(row._mapping)
    return Revision(**(fields | {"record": json.loads(fields["record"])}))


def _add(connection: Connection, draft: Draft, author: str) -> Revision:
    """Write the next revision of a partnership; give the last one when it says the same."""
    identifier = str(draft.record["id"])
    mine = select(_REVISIONS).where(_REVISIONS.c.record_id == identifier)
    rows = connection.execute(mine.order_by(_REVISIONS.c.number))
    history = History(tuple(_revision(row) for row in rows))
    head = history.heads.get(identifier)
    if draft.settles is not None and draft.settles not in {r.number for r in history.conflicts}:
        raise UserError(wording.no_conflict(identifier, draft.settles))
    if head is None and draft.kind == WITHDRAWAL:
        raise UserError(words_withdrawals.nothing_to_withdraw(identifier))
    is_stale = _is_stale(draft, head)
    if head is not None and is_stale and _says(head, draft):
        return head  # the same work twice, by a second click for instance
    revision = Revision(
        record_id=identifier,
        number=len(history.revisions) + 1,
        made_from=draft.revision if head else 0,  # the number may be of another database
        is_conflict=is_stale,
        settles=None if is_stale else draft.settles,
        author=author,
        saved_at=utc_now(),
        kind=draft.kind,
        record=draft.record,
    )
    body = json.dumps(revision.record, ensure_ascii=False)
    connection.execute(insert(_REVISIONS).values({**asdict(revision), "record": body}))
    return revision


def _is_stale(draft: Draft, head: Revision | None) -> bool:
    """Tell whether the partnership has moved on since what a draft was made from."""
    if head is None or draft.revision == head.number:
        return False
    # Nobody's work is there to be replaced: what is brought anew restores it.
    is_new = draft.revision == 0 and draft.kind != WITHDRAWAL
    return not (head.is_withdrawal and is_new)


def _says(head: Revision, draft: Draft) -> bool:
    """Tell whether a revision already does what a draft asks."""
    if head.is_withdrawal or draft.kind == WITHDRAWAL:
        return head.kind == draft.kind
    return head.record == draft.record
