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
EXPORT_COLUMNS: Final[Labels] = {
    "partnership_id": "Identifiant",
    "title": "Partenariat",
    "ght_codes": "GHT",
    "form": "Forme",
    "form_detail": "Forme, précision",
    "domains": "Domaines",
    "sectors": "Secteurs",
    "status": "État",
    "status_date": "État connu en",
    "announced": "Annoncé le",
    "announced_certainty": "Annonce, certitude",
    "signed": "Signé le",
    "signed_certainty": "Signature, certitude",
    "in_force": "En vigueur le",
    "in_force_certainty": "Entrée en vigueur, certitude",
    "ended": "Terminé le",
    "ended_certainty": "Fin, certitude",
    "start_date": "Début",
    "start_certainty": "Début, certitude",
    "start_year": "Année de début",
    "end_year": "Année de fin",
    "summary": "Résumé",
    "allowed": "Ce qu'il a permis",
    "next_steps": "Ce qui peut suivre",
    "disagreements": "Désaccords des sources",
    "confidence": "Confiance",
    "confidence_reason": "Raison de la confiance",
    "origin": "Origine",
    "party_rank": "Rang",
    "party_name": "Partie",
    "kind": "Nature",
    "role": "Rôle",
    "finess_ej": "FINESS de l'entité",
    "finess_et": "FINESS de l'établissement",
    "city": "Ville",
    "ght_code": "GHT dont l'entité est membre",
    "is_located": "Localisée",
    "lon": "Longitude",
    "lat": "Latitude",
    "note": "Note",
    "event_rank": "Rang",
    "date": "Date",
    "certainty": "Certitude",
    "year": "Année",
    "text": "Événement",
    "source_key": "Source",
    "publisher": "Éditeur",
    "url": "Adresse",
    "relation": "Relation",
    "target_id": "Partenariat lié",
}
SOURCE_TITLE: Final = "Titre"

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
