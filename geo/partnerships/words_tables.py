"""The French words of partnerships: columns of their tables, sentences."""

from collections.abc import Sequence
from typing import Final

from geo.atlas.vocabulary import Labels
from geo.formats import format_count

# Tables
COLUMNS: Final[Labels] = {
    "title": "Partenariat",
    "ght": "GHT",
    "partners": "Partenaires",
    "form": "Forme",
    "domains": "Domaines",
    "sectors": "Secteur",
    "status": "État",
    "start": "Début",
    "end": "Fin",
    "confidence": "Confiance",
    "source_count": "Sources",
    "partnership_id": "Identifiant",
}
SHEETS: Final[Labels] = {
    "partnerships": "Partenariats",
    "parties": "Parties",
    "events": "Événements",
    "sources": "Sources",
    "links": "Liens",
}

# Sentences
UNKNOWN_DATE: Final = "date inconnue"
NO_END: Final = "sans fin connue"
ENDED_UNDATED: Final = "terminé, date de fin inconnue"
UNTITLED: Final = "Page de {publisher}"


def inferred(text: str) -> str:
    """Mark a date that no source writes as it is."""
    return f"{text} (déduit)"


def all_relations(labels: Sequence[str]) -> str:
    """Join the relations to one partnership: "Succède à, préparé par"."""
    first, *others = labels
    return ", ".join([first, *(label[0].lower() + label[1:] for label in others)])


def unknown_partnership(identifier: str) -> str:
    """Refuse a link to a partnership that does not exist."""
    return (
        f"Partenariat « {identifier} » inconnu. Choisissez-en un dans la liste : il a pu être "
        "renommé."
    )


def written(count: int, name: str) -> str:
    """Say what went to a file."""
    past = "écrit" if count <= 1 else "écrits"
    return f"{format_count(count, 'partenariat')} {past} dans {name}."
