"""The columns of the files of contributions: which cell holds which field of a record."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from geo.atlas import vocabulary
from geo.contributions.words import IDENTIFIER, MAIN
from geo.files.columns import folded
from geo.partnerships import words_tables as wording

REVISION: Final = "revision"
_PIECES: Final = re.compile(r"\\[\\|]|\||\\|[^\\|]+")
_FRENCH_DATE: Final = re.compile(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})")
_SHORT_FINESS: Final = re.compile(r"\d{8}")


@dataclass(frozen=True)
class Column:
    """
    A column of a sheet.

    Attributes
    ----------
    field
        Path in the record, or in the element of its list: "dates.signed.value".
    title
        French name.
    choices
        Controlled list, code -> label; empty for free texts.
    is_list, is_required
        Holds several values between bars; must be filled.
    kind
        "text", "date" or "finess": how a cell is understood.
    width
        Characters.
    """

    field: str
    title: str
    choices: Mapping[str, str] | None = None
    is_list: bool = False
    is_required: bool = False
    kind: str = "text"
    width: int = 18

    @property
    def heading(self) -> str:
        """The title, marked when the column must be filled."""
        return f"{self.title} *" if self.is_required else self.title

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """Codes of the list by what may be typed: labels and codes, folded."""
        choices = self.choices or {}
        labels = {folded(label): code for code, label in choices.items()}
        return labels | {folded(code): code for code in choices}


@dataclass(frozen=True)
class Sheet:
    """
    A sheet: of partnerships (`field` empty), or of the elements of one of their lists.

    Attributes
    ----------
    title, field, columns
        French name; name of the list in the record; columns, without the identifier that ties an
        element to its partnership.
    """

    title: str
    field: str
    columns: tuple[Column, ...]

    def column(self, field: str) -> Column | None:
        """Find a column by its field."""
        return next((column for column in self.columns if column.field == field), None)


_MILESTONES: Final = {
    "announced": ("Annoncé le", "Annonce, certitude"),
    "signed": ("Signé le", "Signature, certitude"),
    "in_force": ("En vigueur le", "Entrée en vigueur, certitude"),
    "ended": ("Terminé le", "Fin, certitude"),
}


def _dates() -> Iterator[Column]:
    """Give the two columns of each milestone."""
    for name, (date, certainty) in _MILESTONES.items():
        yield Column(f"dates.{name}.value", date, kind="date", width=12)
        yield Column(f"dates.{name}.certainty", certainty, vocabulary.CERTAINTIES)


PARTNERSHIPS: Final = Sheet(
    MAIN,
    "",
    (
        Column("id", IDENTIFIER, is_required=True, width=28),
        Column("title", "Titre", is_required=True, width=40),
        Column("ght_codes", "GHT", is_list=True, is_required=True, width=12),
        Column("form", "Forme", vocabulary.FORMS, is_required=True, width=28),
        Column("form_detail", "Forme, précision", width=30),
        Column("domains", "Domaines", vocabulary.DOMAINS, is_list=True, width=30),
        Column("status", "État", vocabulary.STATUSES, is_required=True),
        Column("status_date", "État connu en", kind="date", width=12),
        *_dates(),
        Column("summary", "Résumé", is_required=True, width=50),
        Column("allowed", "Ce qu'il a permis", is_list=True, width=40),
        Column("next", "Ce qui peut suivre", is_list=True, width=40),
        Column("disagreements", "Désaccords des sources", is_list=True, width=40),
        Column("confidence", "Confiance", vocabulary.CONFIDENCES, is_required=True, width=12),
        Column("confidence_reason", "Raison de la confiance", is_required=True, width=40),
        Column(REVISION, "Révision", width=10),
    ),
)
ELEMENTS: Final = (
    Sheet(
        wording.SHEETS["parties"],
        "parties",
        (
            Column("name", "Nom", is_required=True, width=40),
            Column("kind", "Nature", vocabulary.PARTY_KINDS, is_required=True, width=30),
            Column("role", "Rôle", vocabulary.ROLES, is_required=True, width=26),
            Column("finess_ej", "FINESS de l'entité", kind="finess"),
            Column("finess_et", "FINESS de l'établissement", kind="finess"),
            Column("city", "Ville"),
            Column("note", "Note", width=40),
        ),
    ),
    Sheet(
        wording.SHEETS["events"],
        "events",
        (
            Column("date", "Date", kind="date", width=12),
            Column("certainty", "Certitude", vocabulary.CERTAINTIES, is_required=True),
            Column("text", "Événement", is_required=True, width=60),
            Column("source", "Source (clé)"),
        ),
    ),
    Sheet(
        wording.SHEETS["sources"],
        "sources",
        (
            Column("key", "Clé", is_required=True),
            Column("publisher", "Éditeur", is_required=True, width=28),
            Column("title", "Titre", width=50),
            Column("date", "Date", kind="date", width=12),
            Column("url", "Adresse", width=50),
            Column("note", "Note", width=40),
        ),
    ),
    Sheet(
        wording.SHEETS["links"],
        "links",
        (
            Column("relation", "Relation", vocabulary.RELATIONS, is_required=True),
            Column("target", "Partenariat lié", is_required=True, width=28),
        ),
    ),
)
SHEETS: Final = (PARTNERSHIPS, *ELEMENTS)


def list_name(column: Column) -> str:
    """Name the controlled list of a column; the certainties share theirs."""
    return column.title.rpartition(", ")[2].capitalize()


def flat_title(sheet: Sheet, column: Column) -> str:
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


def understood(column: Column, text: str) -> str:
    """
    Understand one value: a label of a list, a French date, a number without its zero.

    Returns
    -------
    value
        A code or a text; what is not understood is left as it is, to be refused by the rules.
    """
    if column.choices:
        return column.codes.get(folded(text), text)
    if column.kind == "date" and (match := _FRENCH_DATE.fullmatch(text)):
        day, month, year = match.groups()
        return "-".join([year, f"{month:0>2}", *([f"{day:0>2}"] if day else [])])
    if column.kind == "finess" and _SHORT_FINESS.fullmatch(text):
        return f"0{text}"
    return text


def value_of(column: Column, text: str) -> Any:  # noqa: ANN401 - a text or a list of texts
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


def cell_of(column: Column, element: Mapping[str, Any]) -> str:
    """Write a field as a cell: labels rather than codes, bars between values."""
    value: Any = element
    for part in column.field.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if value is None:
        return ""
    labels = column.choices or {}
    values = value if isinstance(value, list) else [value]
    texts = [labels.get(str(item), str(item)) for item in values]
    return join_items(texts) if column.is_list else texts[0]
