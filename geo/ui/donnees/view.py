"""The choices of the data page, kept in step with the address and the widgets."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo.atlas.load import TABLES
from geo.ui.donnees import cache as donnees_cache
from geo.ui.shared import frame
from geo.ui.shared.address import LONGEST_TEXT, Codec, free, said, word
from geo.ui.shared.view import Held

KEYS: Final[Mapping[str, str]] = {
    "kind": "anomalie",
    "ght": "anomalie_ght",
    "source": "anomalie_source",
    "text": "filtre",
    "composition": "rapprochement",
    "table": "table",
}


@dataclass(frozen=True)
class View:
    """
    What is chosen on the data page.

    Attributes
    ----------
    kind, ght, source, text
        Filters of the anomalies; None and an empty text keep everything.
    composition
        GHT whose members are reconciled; the first one when None.
    table
        Table described.
    """

    kind: str | None = said("anomalie", None)
    ght: str | None = said("groupement", None)
    source: str | None = said("origine", None)
    text: str = said("filtre", "", free)
    composition: str | None = said("composition", None)
    table: str = said("table", TABLES[0])


CODEC: Final = Codec(View())
to_parameters: Final = CODEC.write


def read_view(parameters: Mapping[str, str]) -> tuple[View, tuple[str, ...]]:
    """
    Read the choices of an address; what is wrong falls back to the default and is said.

    Parameters
    ----------
    parameters
        Query parameters, untrusted.

    Returns
    -------
    view, notices
        Notices are French sentences, not escaped.
    """
    names = ("kind", "ght", "source", "composition", "table")
    return CODEC.read(parameters, {name: word(donnees_cache.allowed(name)) for name in names})


class _Held(Held[View]):
    """The choices of the page."""

    def change(self, name: str, value: Any) -> None:  # noqa: ANN401  each field has its type
        super().change(name, str(value or "")[:LONGEST_TEXT].strip() if name == "text" else value)


HELD: Final = _Held("donnees_vue", "donnees", CODEC)
view: Final = HELD.view
write_address: Final = HELD.write


def open_page() -> None:
    """Load the data, read the address and say what it asked for in vain."""
    frame.open_data()
    HELD.open(read_view)
    frame.show_notices()


def bound(name: str) -> dict[str, Any]:
    """Bind a widget, already set, to a choice."""
    return HELD.bound(name, key=KEYS[name])
