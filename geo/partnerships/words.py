"""French words of the partnerships: map, charts, sheets."""

from collections.abc import Mapping
from typing import Final

from geo.formats import format_count

PAGE: Final = "Partenariats"


def ght_name(name: str, code: str) -> str:
    """Name a GHT."""
    return f"GHT {name} ({code})"


def region_name(name: str) -> str:
    """Name the GHTs of a region."""
    return f"GHT de la région {name}"


# The map
NONE_COLLECTED: Final = "aucun"
FAMILIES: Final = "Couleur du trait : forme"
STATUSES: Final = "Trait : état"
SECTORS: Final = "Symbole : secteur de la partie"
TINTED: Final = "GHT avec au moins un partenariat recensé"
PLAIN: Final = "Autre GHT"
UNPLACED: Final = "Parties sans lieu connu"


def part_text(kind: str, city: str, count: int) -> str:
    """Describe a party under its name."""
    place = f"{kind}, {city}" if city else kind
    return f"{place} · {format_count(count, 'partenariat recensé', 'partenariats recensés')}"


def link_text(form: str, status: str, start: str, ends: str) -> str:
    """Describe a link under its name."""
    return f"{form} · {status} · {start} · {ends}"


def and_more(count: int) -> str:
    """Say how many names are left out of a list."""
    return f"et {format_count(count, 'autre')}"


# Tables
TIMELINE_COLUMNS: Final[Mapping[str, str]] = {
    "title": "Partenariat",
    "row_kind": "Nature",
    "start_text": "Date",
    "end_text": "Fin",
    "precision": "Précision",
    "certainty": "Certitude",
    "status_label": "État",
    "text": "Texte",
}
ROW_KINDS: Final[Mapping[str, str]] = {"periode": "Période", "evenement": "Événement"}
NETWORK_COLUMNS: Final[Mapping[str, str]] = {
    "title": "Partenariat",
    "source": "De",
    "target": "À",
    "target_kind": "Nature",
    "form_label": "Forme",
    "status_label": "État",
}
MEMBERSHIP: Final = "Membre du GHT"

# Charts
EVENT_SHAPES: Final[Mapping[str, str]] = {
    "day": "Événement daté au jour",
    "month": "au mois",
    "year": "à l'année",
}
INFERRED_MARK: Final = "≈ "
PINNED: Final = "◀ depuis {date}"
MATRIX_COUNT: Final = "Partenariats"

# The detail
DATES: Final = "Dates"
NO_DATE: Final = "Aucune date connue."
STORY: Final = "Ce qui s'est passé"
PARTIES: Final = "Parties"
ALLOWED: Final = "Ce qu'il a permis"
NEXT: Final = "Ce qui peut suivre"
DISAGREEMENTS: Final = "Désaccords entre sources"
SOURCES_TITLE: Final = "Sources"
CONFIDENCE: Final = "Confiance"
UNLOCATED: Final = "lieu inconnu"
FINESS: Final = "FINESS {code}"
NO_ADDRESS: Final = "adresse non notée"
FACTS: Final[Mapping[str, str]] = {
    "ghts": "GHT",
    "form": "Forme",
    "status": "État",
    "domains": "Domaines",
    "sectors": "Secteur du partenaire",
}
