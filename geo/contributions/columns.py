"""The columns of the files of contributions: the fields of a record, sheet by sheet."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from geo.atlas.columns import FINESS
from geo.atlas.fields import Field, folded
from geo.atlas.partnership_record import DATE, Partnership, fields_of
from geo.atlas.partnership_record import ELEMENTS as LISTS
from geo.partnerships import words_tables as wording

REVISION: Final = "revision"
_PIECES: Final = re.compile(r"\\[\\|]|\||\\|[^\\|]+")
_FRENCH_DATE: Final = re.compile(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})")
_SHORT_FINESS: Final = re.compile(r"\d{8}")


@dataclass(frozen=True)
class Sheet:
    """
    A sheet: of partnerships (`field` empty), or of the elements of one of their lists.

    Attributes
    ----------
    title, field, columns
        French name; name of the list in the record; fields, without the identifier that ties an
        element to its partnership.
    """

    title: str
    field: str
    columns: tuple[Field, ...]

    @property
    def written(self) -> tuple[Field, ...]:
        """Every column of the sheet, the identifier first."""
        return (PARTNERSHIPS.columns[0], *self.columns) if self.field else self.columns

    def column(self, name: str) -> Field | None:
        """Find a column by its field."""
        return next((column for column in self.columns if column.name == name), None)


_REVISION: Final = Field(
    REVISION, ("Révision",),
    "Remplie par l'atlas, à laisser telle quelle : elle dit d'où part l'édition",
    is_required=False, width=10,
)  # fmt: skip
PARTNERSHIPS: Final = Sheet(
    wording.SHEETS["partnerships"], "", (*fields_of(Partnership), _REVISION)
)
ELEMENTS: Final = tuple(
    Sheet(wording.SHEETS[name], name, fields_of(model)) for name, model in LISTS.items()
)
SHEETS: Final = (PARTNERSHIPS, *ELEMENTS)


def flat_title(sheet: Sheet, column: Field) -> str:
    """Name a column of elements in a table of one row per partnership."""
    return f"{sheet.title} : {column.title}"


def split_items(text: str) -> list[str]:
    """
    Cut a cell at its bars.

    Returns
    -------
    items
        Stripped, empty ones included; an escaped bar or backslash is itself.
    """
    items = [""]
    for piece in _PIECES.findall(text):
        if piece == "|":
            items.append("")
        else:
            items[-1] += piece[1:] if piece in {"\\|", "\\\\"} else piece
    return [item.strip() for item in items]


def join_items(items: Sequence[str]) -> str:
    """Write several values in a cell: what `split_items` cuts."""
    return " | ".join(re.sub(r"[\\|]", r"\\\g<0>", item) for item in items)


def understood(column: Field, text: str) -> str:
    """
    Understand one value: a label of a list, a French date, a number without its zero.

    Returns
    -------
    value
        A code or a text; what is not understood is left as it is, to be refused by the rules.
    """
    if column.choices:
        return column.choices.codes.get(folded(text), text)
    if column.pattern == DATE and (match := _FRENCH_DATE.fullmatch(text)):
        day, month, year = match.groups()
        return "-".join([year, f"{month:0>2}", *([f"{day:0>2}"] if day else [])])
    if column.pattern == FINESS and _SHORT_FINESS.fullmatch(text):
        return f"0{text}"
    return text


def value_of(column: Field, text: str) -> Any:  # noqa: ANN401 - a text or a list of texts
    """Read a cell; None when it is empty."""
    if column.is_list:
        return [understood(column, item) for item in split_items(text) if item] or None
    return understood(column, text) if text else None


def put(record: dict[str, Any], field: str, value: object) -> None:
    """Put a value at its path: "dates.signed.value"."""
    *parents, last = field.split(".")
    for parent in parents:
        record = record.setdefault(parent, {})
    record[last] = value


def cell_of(column: Field, element: Mapping[str, Any]) -> str:
    """Write a field as a cell: labels rather than codes, bars between values."""
    value = column.value_in(element)
    if value is None:
        return ""
    labels = column.choices.labels if column.choices else {}
    values = value if isinstance(value, list) else [value]
    texts = [labels.get(str(item), str(item)) for item in values]
    return join_items(texts) if column.is_list else texts[0]
