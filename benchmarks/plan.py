"""How much to measure."""

from dataclasses import dataclass
from typing import Final, Literal

Variant = Literal["ours", "naive", "floor"]
VARIANTS: Final[tuple[Variant, ...]] = ("ours", "naive", "floor")


@dataclass(frozen=True)
class Plan:
    """
    Numbers of repeats. The naive page has its own: it takes seconds where ours takes a tenth.

    Attributes
    ----------
    starts, visits, changes, interactions, reruns
        Servers started, visits, changes of each kind, interactions before the heap is read again
        (whole turns, see `benchmarks.browser.TURN`, so that the view is the same), reruns timed on
        the server.
    naive_visits, naive_changes, naive_interactions, naive_reruns
        The same for the naive page.
    sessions
        Numbers of concurrent sessions.
    session_seconds
        How long each number is held.
    think
        Seconds between two actions of a session, drawn evenly.
    engine
        Repeats of each computation.
    """

    starts: int = 3
    visits: int = 7
    changes: int = 20
    interactions: int = 50
    reruns: int = 40
    naive_visits: int = 3
    naive_changes: int = 4
    naive_interactions: int = 9
    naive_reruns: int = 3
    sessions: tuple[int, ...] = (1, 10, 50, 100)
    session_seconds: float = 40.0
    think: tuple[float, float] = (2.0, 8.0)
    engine: int = 5

    def visits_of(self, variant: Variant) -> int:
        """Give the number of visits of a variant."""
        return self.naive_visits if variant == "naive" else self.visits

    def changes_of(self, variant: Variant) -> int:
        """Give the number of changes of each kind."""
        return self.naive_changes if variant == "naive" else self.changes

    def interactions_of(self, variant: Variant) -> int:
        """Give the number of interactions before the heap is read again."""
        return self.naive_interactions if variant == "naive" else self.interactions

    def reruns_of(self, variant: Variant) -> int:
        """Give the number of reruns timed on the server."""
        return self.naive_reruns if variant == "naive" else self.reruns


FULL: Final = Plan()
QUICK: Final = Plan(
    starts=1, visits=3, changes=5, interactions=10, reruns=10,
    naive_visits=1, naive_changes=1, naive_interactions=3, naive_reruns=1,
    session_seconds=12.0, engine=2,
)  # fmt: skip
