"""The French words of partnerships: controlled lists, columns and sentences."""

from collections.abc import Mapping, Sequence
from typing import Final

from geo.formats import format_count

Labels = Mapping[str, str]

# Controlled lists: code -> label, in the order they are shown
KINDS: Final[Labels] = {
    "public": "Établissement public",
    "prive_lucratif": "Privé à but lucratif",
    "espic_mutualiste": "Privé non lucratif (ESPIC, mutualiste, fondation)",
    "militaire": "Hôpital militaire",
    "universite": "Université",
    "association": "Association",
    "collectivite": "Collectivité ou service public local",
    "liberal": "Professionnels libéraux",
    "groupement": "Groupement (GCS, GIE, GIP)",
    "inconnu": "Nature inconnue",
}
ROLES: Final[Labels] = {
    "support": "Établissement support",
    "membre": "Membre du GHT",
    "associe": "Établissement associé",
    "partenaire": "Partenaire",
    "structure": "Structure commune",
    "autre_ght": "Établissement d'un autre GHT",
}
SECTORS: Final[Labels] = {
    "public": "Public",
    "prive": "Privé",
    "mutualiste": "Mutualiste ou non lucratif",
    "associatif": "Associatif",
    "militaire": "Militaire",
    "groupement": "Groupement",
    "inconnu": "Secteur inconnu",
}
FORMS: Final[Labels] = {
    "gcs_moyens": "GCS de moyens",
    "gcs_etablissement": "GCS établissement de santé",
    "gcs": "GCS (type non précisé)",
    "gie": "GIE",
    "gip": "GIP",
    "syndicat_interhospitalier": "Syndicat interhospitalier",
    "convention_partenariat": "Convention de partenariat",
    "convention_association": "Convention d'association",
    "convention_adhesion": "Convention d'adhésion",
    "convention_occupation": "Convention d'occupation de locaux",
    "protocole_accord": "Protocole d'accord",
    "direction_commune": "Direction commune",
    "membre_associe": "Membre associé",
    "partenaire": "Établissement partenaire",
    "federation": "Institut ou fédération médicale",
    "cooperation": "Coopération sans forme précisée",
    "programme": "Programme",
}
FORM_FAMILIES: Final[Labels] = {
    "gcs": "Groupement de coopération sanitaire",
    "gie_gip": "GIE, GIP ou syndicat",
    "convention": "Convention ou protocole",
    "statut": "Associé ou partenaire du GHT",
    "programme": "Programme",
    "autre": "Autre coopération",
}
DOMAINS: Final[Labels] = {
    "projet_medical": "Projet médical partagé",
    "parcours_de_soins": "Parcours et filières de soins",
    "cancerologie": "Cancérologie",
    "radiotherapie": "Radiothérapie",
    "imagerie": "Imagerie",
    "chirurgie": "Chirurgie",
    "chirurgie_bariatrique": "Chirurgie bariatrique",
    "soins_critiques": "Soins critiques",
    "urgences": "Urgences",
    "geriatrie": "Gériatrie et grand âge",
    "addictologie": "Addictologie",
    "psychiatrie": "Psychiatrie et santé mentale",
    "nephrologie": "Néphrologie",
    "readaptation": "Soins médicaux et de réadaptation",
    "hospitalisation_domicile": "Hospitalisation et soins à domicile",
    "medecine_legale": "Médecine légale",
    "demographie_medicale": "Démographie et temps médicaux partagés",
    "recours": "Recours",
    "recherche_innovation": "Recherche et innovation",
    "formation": "Enseignement et formation",
    "systeme_information": "Système d'information",
    "pharmacie": "Pharmacie",
    "sterilisation": "Stérilisation",
    "logistique": "Logistique, blanchisserie, restauration",
}
UNKNOWN_DOMAIN: Final = "Domaine inconnu"
STATUSES: Final[Labels] = {
    "projet": "En projet",
    "annonce": "Annoncé",
    "signe": "Signé",
    "en_vigueur": "En vigueur",
    "termine": "Terminé",
    "conteste": "Contesté",
    "inconnu": "État inconnu",
}
PRECISIONS: Final[Labels] = {"day": "au jour", "month": "au mois", "year": "à l'année"}
CERTAINTIES: Final[Labels] = {"stated": "écrit dans la source", "inferred": "déduit"}
CONFIDENCES: Final[Labels] = {"haute": "Haute", "moyenne": "Moyenne", "faible": "Faible"}
MILESTONES: Final[Labels] = {
    "announced": "Annoncé",
    "signed": "Signé",
    "in_force": "En vigueur",
    "ended": "Terminé",
}
RELATIONS: Final[Labels] = {
    "preparation_de": "Prépare",
    "succede_a": "Succède à",
    "programme_de": "Programme à l'origine de",
    "prolonge": "Prolonge",
    "associe_a": "Lié à",
}
REVERSED_RELATIONS: Final[Labels] = {
    "preparation_de": "Préparé par",
    "succede_a": "Suivi de",
    "programme_de": "Né du programme",
    "prolonge": "Prolongé par",
    "associe_a": "Lié à",
}
ORIGINS: Final[Labels] = {"atlas": "Relevé de l'atlas", "contribution": "Contribution"}

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


def collected(count: int, located: int, parties: int, sources: int) -> str:
    """Say how much is collected."""
    return (
        f"{format_count(count, 'partenariat recensé', 'partenariats recensés')}, "
        f"{format_count(parties, 'partie')} dont {located} localisées, "
        f"{format_count(sources, 'source')}."
    )
