"""A field of what people read, fill and bring, declared once; every layout of it follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

from geo.atlas.vocabulary import Labels
from geo.formats import plain_text

SHOWN: Final = 4  # headings of a column, in a sentence
WIDTH: Final = 18
# Between the values of a list, in a cell of a bundled table
BETWEEN_CODES: Final = ";"
BETWEEN_TEXTS: Final = "\n"


@lru_cache(maxsize=4096)
def folded(heading: str) -> str:
    """Reduce a heading to what is compared: no accent, no case, no mark."""
    return plain_text(heading)


@dataclass(frozen=True, eq=False)
class ClosedList:
    """
    The values that a field may take.

    Attributes
    ----------
    name
        French, singular: "rôle".
    labels
        Code -> label, in the order they are shown.
    """

    name: str
    labels: Labels

    @property
    def title(self) -> str:
        """Its name at the head of a column."""
        return self.name.capitalize()

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """Codes by what may be typed: labels and codes, folded."""
        labels = {folded(label): code for code, label in self.labels.items()}
        return labels | {folded(code): code for code in self.labels}


@dataclass(frozen=True, eq=False)
class Field:
    """
    A column of a file that people bring, and of a bundled table when it has one.

    Attributes
    ----------
    name
        Of the field, in code; its path in a record: "dates.signed.value".
    headings
        Those that are accepted, the one we write first; case, accents and marks do not matter.
    description
        What it holds, French.
    column
        Its name in the bundled table.
    choices
        Its closed list; None for free texts.
    pattern
        Form of each of its values; None for free texts.
    is_list, is_required
        Holds several values; must be filled.
    width
        Characters, in a workbook.
    """

    name: str
    headings: tuple[str, ...]
    description: str
    column: str = ""
    choices: ClosedList | None = None
    pattern: str | None = None
    is_list: bool = False
    is_required: bool = True
    width: int = WIDTH

    @property
    def title(self) -> str:
        """The heading we write."""
        return self.headings[0]

    @property
    def heading(self) -> str:
        """The title, marked when the column must be filled."""
        return f"{self.title} *" if self.is_required else self.title

    @property
    def shown(self) -> str:
        """The likeliest headings, for a sentence."""
        return " ou ".join(self.headings[:SHOWN])

    @property
    def is_coded(self) -> bool:
        """Whether its values are codes: none holds what stands between them."""
        return self.choices is not None or self.pattern is not None

    def value_in(self, element: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a text or a list
        """Find its value in a record, or in the element of one of its lists; None without any."""
        value: Any = element
        for part in self.name.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        return value
