"""The view of the page that compares, kept in step with the address and the widgets."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from geo.comparison.peers import PEER_MEASURES
from geo.territories.activity import INDICATORS
from geo.territories.measures import MEASURES
from geo.ui.comparer import cache as comparer_cache
from geo.ui.comparer import words as comparer_words
from geo.ui.shared import cache, frame
from geo.ui.shared import view as shared_view
from geo.ui.shared.address import Codec, said, word, words
from geo.ui.shared.search import Choice
from geo.ui.shared.view import Held

AXES: Final = ("auto", "lineaires")


def _word(name: str, allowed: Collection[str]) -> Any:  # noqa: ANN401  a field, as `said`
    """Declare a choice, the first one by default."""
    return said(name, next(iter(allowed)), word(allowed))


@dataclass(frozen=True)
class View:
    """
    What a person compares, beside the region, the territory and the measure of the shared view.

    Attributes
    ----------
    panel
        Key of `geo.ui.comparer.words.PANELS`.
    order
        Key of `geo.ui.comparer.words.ORDERS`.
    second
        Measure set against that of the shared view.
    axes
        "auto" takes widespread measures by their logarithm, "lineaires" none.
    others
        `area_code` of the territories beside the chosen one, three at most.
    scale
        Key of `geo.ui.comparer.words.SCALES`.
    measures
        Measures on which peers resemble each other.
    """

    panel: str = _word("volet", comparer_words.PANELS)
    order: str = _word("ordre", comparer_words.ORDERS)
    second: str = said("contre", "mean_travel_time_min", word(INDICATORS))
    axes: str = _word("axes", AXES)
    others: tuple[str, ...] = said("avec", ())
    scale: str = _word("echelle", comparer_words.SCALES)
    measures: tuple[str, ...] = said("mesures", PEER_MEASURES, words(INDICATORS))


CODEC: Final = Codec(View())
to_parameters: Final = CODEC.write


def read_view(parameters: Mapping[str, str], areas: Sequence[str]) -> tuple[View, tuple[str, ...]]:
    """
    Read the view an address asks for; what is wrong falls back to the default and is said.

    Parameters
    ----------
    parameters
        Query parameters, untrusted.
    areas
        Codes of the territories that may be compared.

    Returns
    -------
    view, notices
        Notices are French sentences, not escaped.
    """
    view, notices = CODEC.read(parameters, {"others": words(areas)})
    if len(view.others) > comparer_words.MOST_OTHERS:
        view = replace(view, others=view.others[: comparer_words.MOST_OTHERS])
        notices = (*notices, comparer_words.too_many(comparer_words.MOST_OTHERS))
    return view, notices


class _Held(Held[View]):
    """The view of the page."""

    def change(self, name: str, value: Any) -> None:  # noqa: ANN401  each field has its type
        super().change(name, AXES[bool(value)] if name == "axes" else value)


HELD: Final = _Held("comparer_vue", "comparer", CODEC)
view: Final = HELD.view
keep: Final = HELD.keep
bound: Final = HELD.bound
write_address: Final = HELD.write


def open_page() -> None:
    """Load the data and read the address."""
    frame.open_data()
    HELD.open(lambda given: read_view(given, tuple(comparer_cache.comparable())))


def others() -> tuple[str, ...]:
    """List the territories beside the chosen one; it is never set beside itself."""
    area = shared_view.selection().area
    return tuple(code for code in view().others if code != area)


def compared() -> tuple[str, ...]:
    """List the territories set side by side, the chosen one first."""
    area = shared_view.selection().area
    first = (area,) if area in comparer_cache.comparable() else ()
    return (*first, *others())


def second() -> str:
    """Return the vertical measure of the scatter: never the horizontal one."""
    chosen, first = view().second, shared_view.selection().measure
    return chosen if chosen != first else next(key for key in MEASURES if key != first)


def put_beside(codes: Sequence[str]) -> None:
    """Set territories beside the chosen one, and show them."""
    keep(replace(view(), panel="cote", others=tuple(codes)))


def add_other(taken: Choice | None) -> None:
    """Set a territory beside the others, as long as there is room for one."""
    code = taken.code if taken else ""
    can_stand = code in comparer_cache.comparable() and code not in compared()
    if can_stand and len(others()) < comparer_words.MOST_OTHERS:
        keep(replace(view(), others=(*others(), code)))


def area_name(code: str) -> str:
    """Name a territory, with its code."""
    return f"{cache.choices().areas[code]} ({code})"
