"""The bundled tables of partnerships: the fields of a record, and what is computed from them."""

from collections.abc import Mapping
from typing import Final

import pandera.pandas as pa
from pydantic import BaseModel

from geo.atlas import vocabulary
from geo.atlas.columns import GHT_CODE, degrees, flag, number, table, text
from geo.atlas.fields import BETWEEN_CODES, ClosedList, Field
from geo.atlas.partnership_record import (
    DATE,
    IDENTIFIER,
    Event,
    Link,
    Partnership,
    Party,
    Reference,
    fields_of,
)


def _column(field: Field) -> pa.Column:
    """Describe the column of a field: a list is joined, what is not required may be missing."""
    told, pattern, nullable = field.description, field.pattern, not field.is_required
    labels = field.choices.labels if field.choices else None
    if pattern == DATE:
        told += " : AAAA, AAAA-MM ou AAAA-MM-JJ"
    if field.is_list and field.is_coded:
        told += f", séparés par « {BETWEEN_CODES} »{', absents si inconnus' if nullable else ''}"
        one = "|".join(labels) if labels else str(pattern).strip("^$")
        pattern = f"^({one})({BETWEEN_CODES}({one}))*$"
    elif field.is_list:
        told += ", une phrase par ligne"
    column = text(told, pattern, None if field.is_list else labels, nullable)
    column.metadata = {"labels": labels} if labels else None
    return _titled(field.title, column)


def _titled(title: str, column: pa.Column) -> pa.Column:
    """Give a column its heading in files."""
    column.title = title
    return column


def _columns(
    model: type[BaseModel], **computed: Mapping[str, pa.Column]
) -> Mapping[str, pa.Column]:
    """Describe the columns of a table; those that are computed stand after the field they name."""
    columns: dict[str, pa.Column] = {}
    for field in fields_of(model):
        columns |= {field.column: _column(field), **computed.get(field.column, {})}
    return columns


def _rank(description: str) -> pa.Column:
    return _titled("Rang", number(description, "nombre", minimum=1))


def _year(title: str, description: str) -> pa.Column:
    return _titled(title, number(description, "année", nullable=True))


_PARTNERSHIP: Final = {"partnership_id": _titled("Identifiant", text("Partenariat", IDENTIFIER))}
_SECTORS: Final = Field(
    "sectors", ("Secteurs",), "Secteurs des partenaires", is_list=True,
    choices=ClosedList("secteur", vocabulary.SECTORS),
)  # fmt: skip
_START: Final = {
    "start_date": _titled(
        "Début",
        text("Première date : annonce, signature ou entrée en vigueur", DATE, nullable=True),
    ),
    "start_certainty": _titled(
        "Début, certitude",
        text("Début écrit ou déduit", among=vocabulary.CERTAINTIES, nullable=True),
    ),
    "start_year": _year("Année de début", "Année du début, absente si inconnue"),
    "end_year": _year("Année de fin", "Année de la fin, absente si inconnue ou en cours"),
}
_ORIGIN: Final = text("Liste de l'atlas ou contribution", among=vocabulary.ORIGINS)
_PLACE: Final = {
    "ght_code": text("GHT dont l'entité est membre", GHT_CODE, nullable=True),
    "is_located": _titled("Localisée", flag("A un point sur la carte")),
    "lon": _titled("Longitude", degrees("Longitude (FINESS)", -64, 56, nullable=True)),
    "lat": _titled("Latitude", degrees("Latitude (FINESS)", -22, 52, nullable=True)),
}
PARTNERSHIP_TABLES: Mapping[str, pa.DataFrameSchema] = {
    "partnerships": table(
        "Partenariats recensés (liste partielle, de sources publiques)",
        _columns(
            Partnership,
            domains={"sectors": _column(_SECTORS)},
            ended_certainty=_START,
            confidence_reason={"origin": _titled("Origine", _ORIGIN)},
        ),
        ("partnership_id",),
    ),
    "partnership_parties": table(
        "Parties des partenariats : un associé ou un partenaire n'est jamais un membre",
        {
            **_PARTNERSHIP,
            "party_rank": _rank("Rang dans le partenariat"),
            **_columns(Party, city=_PLACE),
        },
        ("partnership_id", "party_rank"),
    ),
    "partnership_events": table(
        "Événements des partenariats",
        {
            **_PARTNERSHIP,
            "event_rank": _rank("Rang, par date"),
            **_columns(Event, certainty={"year": _year("Année", "Année, absente si inconnue")}),
        },
        ("partnership_id", "event_rank"),
    ),
    "partnership_sources": table(
        "Sources des partenariats",
        {**_PARTNERSHIP, **_columns(Reference)},
        ("partnership_id", "source_key"),
    ),
    "partnership_links": table(
        "Liens entre partenariats",
        {**_PARTNERSHIP, **_columns(Link)},
        ("partnership_id", "relation", "target_id"),
    ),
}
