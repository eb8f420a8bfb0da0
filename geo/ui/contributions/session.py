"""
The contributions a session sees: its own, and those of the database.

`st.session_state["atlas_contributions"]` holds the session's own: identifier -> `Draft`.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.contributions.drafts import WITHDRAWAL, Draft
from geo.contributions.names import Directories, directories_of, with_codes
from geo.contributions.reading import Reading, read_contributions
from geo.contributions.verdict import Report, check_reading
from geo.errors import GhtError
from geo.partnerships.collection import known_codes
from geo.partnerships.records import Record
from geo.partnerships.rules import Known, check_records
from geo.ui.contributions import words, words_withdrawals
from geo.ui.shared import cache

if TYPE_CHECKING:
    from geo.contributions.standing import Verdicts
    from geo.contributions.store import History, Revision, Store

SESSION: Final = "atlas_contributions"
TOLD: Final = "atlas_contributions_dit"
AUTHOR: Final = "contributions_auteur"
TO_WITHDRAW: Final = "atlas_contributions_a_retirer"
RETRY_SECONDS: Final = 30
MOST_SAID: Final = 5


@dataclass(frozen=True)
class Stored:
    """
    What the database holds.

    Attributes
    ----------
    history
        None when the database could not be read.
    fault
        Why, in French.
    records
        Current contributions that keep today's rules; the withdrawn ones are left out.
    refused
        Sentences about those that do not.
    """

    history: "History | None"
    fault: str = ""
    records: tuple[Record, ...] = ()
    refused: tuple[str, ...] = ()


def drafts() -> dict[str, Draft]:
    """Return the partnerships of this session."""
    held: dict[str, Draft] = st.session_state.setdefault(SESSION, {})
    return held


def records() -> list[Record]:
    """
    Return the contributions that join the views: those of the database, then of the session.

    A partnership of the session replaces the one of the database that has its identifier.
    """
    own = {name: draft.record for name, draft in drafts().items()}
    there = stored()
    shared = there.records if there is not None else ()
    return [*(record for record in shared if record["id"] not in own), *own.values()]


def address() -> str:
    """Read where the database is; empty when none is set."""
    return os.environ.get("DATABASE_URL", "").strip()


def stored() -> Stored | None:
    """Read the database, at most once every `RETRY_SECONDS`; None when none is set."""
    where = address()
    return _stored(where) if where else None


def forget_stored() -> None:
    """Read the database again at the next run."""
    _stored.clear()


@st.cache_resource(show_spinner=False, max_entries=4)
def _store(where: str) -> "Store":
    from geo.contributions.store import open_store  # noqa: PLC0415  only where a database is set

    return open_store(where)


@cache.kept(max_entries=4)
def _verdicts(where: str) -> "Verdicts":  # noqa: ARG001  each database has its own
    from geo.contributions.standing import Verdicts  # noqa: PLC0415  only where a database is set

    return Verdicts(_known())


# A failure is kept for a moment: a database that does not answer must not slow every click.
@cache.kept(max_entries=4, ttl=RETRY_SECONDS)
def _stored(where: str) -> Stored:
    try:
        history = _store(where).history()
    except GhtError as error:
        return Stored(None, str(error))
    found = _verdicts(where).sort(history)
    return Stored(history, "", found.records, found.refused)


@cache.kept(max_entries=2)
def _known() -> Known:
    return known_codes(cache.atlas())


@cache.kept(max_entries=2)
def _directories() -> Directories:
    return directories_of(cache.atlas())


# What is refused is kept like what is read: the page runs again at every click.
@cache.kept(max_entries=16)
def _read(name: str, content: bytes) -> Reading | str:
    try:
        return with_codes(read_contributions(name, content), _directories())
    except GhtError as error:
        return str(error)


def _standing() -> tuple[str, str, list[Record]]:
    """Say what a file is checked against."""
    there = stored()
    # Twenty thousand stored records are told apart without being read again.
    mark = there.history.mark if there is not None and there.history is not None else ""
    return cache.version(), mark, [draft.record for draft in drafts().values()]


@cache.kept(per=_standing, max_entries=16)
def report(name: str, content: bytes) -> Report | str:
    """
    Check a file against the atlas and the contributions already there.

    Returns
    -------
    report
        A sentence when the file as a whole is refused.
    """
    read = _read(name, content)
    return read if isinstance(read, str) else check_reading(read, _known(), records())


def add(accepted: Sequence[Draft]) -> None:
    """Take the accepted partnerships of a file into the session."""
    drafts().update({draft.record["id"]: draft for draft in accepted})
    tell("success", words.added(len(accepted)))


def drop(identifier: str) -> None:
    """Take a partnership out of the session."""
    drafts().pop(identifier, None)


def save(chosen: Sequence[Draft]) -> None:
    """Save partnerships; those that are saved leave the session, the others stay in it."""
    faults = _faults(chosen)
    if faults:
        tell("error", " ".join([words.REFUSED_SAVE, *faults[:MOST_SAID], words.KEPT]))
        return
    revisions = _sent(chosen)
    if revisions is None:
        return
    for draft in chosen:
        if drafts().get(draft.record["id"]) == draft:  # to settle a conflict is not to save it
            drop(draft.record["id"])
    crossed = sum(revision.is_conflict for revision in revisions)
    if crossed:
        tell("warning", words.crossed(crossed))
    else:
        tell("success", words.saved(len(revisions)))


def _faults(chosen: Sequence[Draft]) -> list[str]:
    """Check what is about to be saved by the rules of today; what settles a conflict is there."""
    new = [draft.record for draft in chosen if draft.settles is None]
    there = stored()
    if there is None or there.history is None:
        return []  # the database says so itself
    known = _known()
    others = there.history.current.keys() - {record["id"] for record in new}
    found = check_records(new, replace(known, ids=known.ids | others))
    return [fault.sentence for fault in found]


def _sent(chosen: Sequence[Draft]) -> "list[Revision] | None":
    """Write in the database; when it refuses, say why and give None."""
    try:
        revisions = _store(address()).save(chosen, st.session_state.get(AUTHOR, ""))
    except GhtError as error:
        tell("error", f"{error} {words.KEPT}" if drafts() else str(error))
        return None
    forget_stored()
    return revisions


# Withdrawals: asked for, then confirmed, of the revision that the person saw


def ask_withdrawal(head: "Revision") -> None:
    """Wait for a confirmation."""
    st.session_state[TO_WITHDRAW] = Draft(head.record, head.number, kind=WITHDRAWAL)


def asked_withdrawal() -> Draft | None:
    """Return the withdrawal that waits for its confirmation."""
    asked: Draft | None = st.session_state.get(TO_WITHDRAW)
    return asked


def cancel_withdrawal() -> None:
    """Ask for nothing any more."""
    st.session_state.pop(TO_WITHDRAW, None)


def withdraw(draft: Draft) -> None:
    """Withdraw a partnership from the database; the drafts of the session stay in it."""
    if _changed(draft, words_withdrawals.withdrawn):
        cancel_withdrawal()


def restore(withdrawal: "Revision") -> None:
    """Save a withdrawn partnership again, as it was."""
    _changed(Draft(withdrawal.record, withdrawal.number), words_withdrawals.restored)


def _changed(draft: Draft, sentence: Callable[[str], str]) -> bool:
    """Change one partnership of the database and say so; tell whether it was done."""
    revisions = _sent([draft])
    if revisions is None:
        return False
    title = str(draft.record["title"])
    if revisions[0].is_conflict:
        tell("warning", words_withdrawals.crossed(title))
    else:
        tell("success", sentence(title))
    return True


def tell(kind: str, sentence: str) -> None:
    """Keep a sentence for the next run: an action runs before the page is drawn."""
    st.session_state[TOLD] = (kind, sentence)


def told() -> tuple[str, str] | None:
    """Take the sentence that an action left."""
    left: tuple[str, str] | None = st.session_state.pop(TOLD, None)
    return left
