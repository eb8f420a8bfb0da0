"""Which stored contributions keep today's rules: each revision is checked once, then remembered."""

import datetime
from dataclasses import dataclass, field

from geo.contributions.store import History
from geo.partnerships.records import Record
from geo.partnerships.rules import Checked, Known, check_record, check_together


@dataclass(frozen=True)
class Sorted:
    """
    The current contributions of a store.

    Attributes
    ----------
    records
        Those that keep the rules, in the order of their identifiers.
    refused
        Sentences about those that do not.
    """

    records: tuple[Record, ...] = field(default=(), repr=False)
    refused: tuple[str, ...] = ()


class Verdicts:
    """
    The verdicts of one server on the contributions of one store.

    Parameters
    ----------
    known
        Codes of the atlas.
    """

    def __init__(self, known: Known) -> None:
        self.known = known
        self._alone: dict[tuple[str, int], Checked] = {}
        self._last: tuple[History, Sorted] = (History(()), Sorted())

    def sort(self, history: History) -> Sorted:
        """
        Check the current revisions that were not there the last time, then all together.

        Parameters
        ----------
        history
            From `Store.history`: the same object when nothing was added, and nothing is done then.
        """
        if history is self._last[0]:
            return self._last[1]
        heads = list(history.current.values())
        keys = [(head.record_id, head.number) for head in heads]
        today = datetime.datetime.now(datetime.UTC).date()
        # A revision never changes, and a day that passes makes none wrong.
        self._alone = {
            key: self._alone.get(key) or check_record(head.record, self.known, today)
            for key, head in zip(keys, heads, strict=True)
        }
        faults = check_together(list(self._alone.values()), self.known)
        wrong = {fault.position for fault in faults}
        kept = tuple(head.record for place, head in enumerate(heads) if place not in wrong)
        self._last = (history, Sorted(kept, tuple(fault.sentence for fault in faults)))
        return self._last[1]
