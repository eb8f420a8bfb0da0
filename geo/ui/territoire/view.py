"""The view of the page of one territory: what its map paints."""

from dataclasses import dataclass
from typing import Final

from geo.ui.shared import frame
from geo.ui.shared.address import Codec, said, word
from geo.ui.shared.view import Held
from geo.ui.territoire import words

ACCESS: Final = "acces"


@dataclass(frozen=True)
class View:
    """
    What a person asks of the page, beside the shared view.

    Attributes
    ----------
    paint
        Key of `geo.ui.territoire.words.PAINTS`: minutes of the communes, or the indicator of the
        shared view among all territories.
    """

    paint: str = said("peint", ACCESS, word(words.PAINTS))


CODEC: Final = Codec(View())
HELD: Final = Held("territoire_vue", "territoire", CODEC)
view: Final = HELD.view
bound: Final = HELD.bound
write_address: Final = HELD.write


def open_page() -> None:
    """Load the data and read the address."""
    frame.open_data()
    HELD.open(lambda given: CODEC.read(given, {}))
