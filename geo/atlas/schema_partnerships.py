"""The bundled tables of partnerships: columns, types and meaning."""

from collections.abc import Mapping

import pandera.pandas as pa

from geo.atlas import vocabulary
from geo.atlas.columns import FINESS, GHT_CODE, degrees, flag, number, table, text

IDENTIFIER = r"^[a-z0-9]+(-[a-z0-9]+)*$"
DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
GHT_CODES = rf"^{GHT_CODE.strip('^$')}(;{GHT_CODE.strip('^$')})*$"
CODES = r"^[a-z_]+(;[a-z_]+)*$"
_DATE_FORM = "AAAA, AAAA-MM ou AAAA-MM-JJ"
_LINES = "une phrase par ligne"


def _dates() -> Mapping[str, pa.Column]:
    """Dates of a partnership, each with its certainty."""
    columns = {}
    for name, label in vocabulary.MILESTONES.items():
        columns[name] = text(f"{label} : {_DATE_FORM}", DATE, nullable=True)
        columns[f"{name}_certainty"] = text(
            f"{label} : date écrite dans la source ou déduite",
            among=tuple(vocabulary.CERTAINTIES),
            nullable=True,
        )
    return columns


def _identifier(description: str = "Partenariat") -> pa.Column:
    return text(description, IDENTIFIER)


PARTNERSHIP_TABLES: Mapping[str, pa.DataFrameSchema] = {
    "partnerships": table(
        "Partenariats recensés (relevé partiel de sources publiques)",
        {
            "partnership_id": _identifier("Identifiant stable, employé dans les liens"),
            "title": text("Nom"),
            "ght_codes": text("GHT, séparés par « ; »", GHT_CODES),
            "form": text("Forme", among=tuple(vocabulary.FORMS)),
            "form_detail": text("Forme, telle que la source la précise", nullable=True),
            "domains": text(
                "Domaines, séparés par « ; », absents si inconnus", CODES, nullable=True
            ),
            "sectors": text("Secteurs des partenaires, séparés par « ; »", CODES),
            "status": text("État", among=tuple(vocabulary.STATUSES)),
            "status_date": text(f"État connu en : {_DATE_FORM}", DATE, nullable=True),
            **_dates(),
            "start_date": text(
                "Première date : annonce, signature ou entrée en vigueur", DATE, nullable=True
            ),
            "start_certainty": text(
                "Début écrit ou déduit", among=tuple(vocabulary.CERTAINTIES), nullable=True
            ),
            "start_year": number("Année du début, absente si inconnue", "année", nullable=True),
            "end_year": number(
                "Année de la fin, absente si inconnue ou en cours", "année", nullable=True
            ),
            "summary": text("Résumé"),
            "allowed": text(f"Ce qu'il a permis, {_LINES}", nullable=True),
            "next_steps": text(f"Ce qui peut suivre, {_LINES}", nullable=True),
            "disagreements": text(f"Ce que les sources contredisent, {_LINES}", nullable=True),
            "confidence": text("Confiance dans le relevé", among=tuple(vocabulary.CONFIDENCES)),
            "confidence_reason": text("Raison de cette confiance"),
            "origin": text("Relevé de l'atlas ou contribution", among=tuple(vocabulary.ORIGINS)),
        },
        ("partnership_id",),
    ),
    "partnership_parties": table(
        "Parties des partenariats : un associé ou un partenaire n'est jamais un membre",
        {
            "partnership_id": _identifier(),
            "party_rank": number("Rang dans le partenariat", "nombre", minimum=1),
            "party_name": text("Nom"),
            "kind": text("Nature", among=tuple(vocabulary.PARTY_KINDS)),
            "role": text("Rôle", among=tuple(vocabulary.ROLES)),
            "finess_ej": text("Entité juridique, quand elle existe", FINESS, nullable=True),
            "finess_et": text("Établissement, quand il existe", FINESS, nullable=True),
            "city": text("Ville", nullable=True),
            "ght_code": text("GHT dont l'entité est membre", GHT_CODE, nullable=True),
            "is_located": flag("A un point sur la carte"),
            "lon": degrees("Longitude (FINESS)", -64, 56, nullable=True),
            "lat": degrees("Latitude (FINESS)", -22, 52, nullable=True),
            "note": text("Note", nullable=True),
        },
        ("partnership_id", "party_rank"),
    ),
    "partnership_events": table(
        "Événements des partenariats",
        {
            "partnership_id": _identifier(),
            "event_rank": number("Rang, par date", "nombre", minimum=1),
            "date": text(f"Date : {_DATE_FORM}", DATE, nullable=True),
            "certainty": text(
                "Écrit dans la source ou déduit", among=tuple(vocabulary.CERTAINTIES)
            ),
            "year": number("Année, absente si inconnue", "année", nullable=True),
            "text": text("Ce qui s'est passé"),
            "source_key": text("Source, clé dans partnership_sources", IDENTIFIER, nullable=True),
        },
        ("partnership_id", "event_rank"),
    ),
    "partnership_sources": table(
        "Sources des partenariats",
        {
            "partnership_id": _identifier(),
            "source_key": text("Clé", IDENTIFIER),
            "title": text("Titre, absent s'il n'a pas été relevé", nullable=True),
            "publisher": text("Éditeur"),
            "date": text(f"Date de publication : {_DATE_FORM}", DATE, nullable=True),
            "url": text("Adresse", r"^https?://", nullable=True),
            "note": text("Note", nullable=True),
        },
        ("partnership_id", "source_key"),
    ),
    "partnership_links": table(
        "Liens entre partenariats",
        {
            "partnership_id": _identifier(),
            "relation": text("Relation", among=tuple(vocabulary.RELATIONS)),
            "target_id": _identifier("Partenariat lié"),
        },
        ("partnership_id", "relation", "target_id"),
    ),
}
