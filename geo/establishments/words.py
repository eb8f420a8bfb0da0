"""French words of the establishments: filters, columns, legal entities, their map on paper."""

from collections.abc import Mapping
from typing import Final

# The map of establishments
SITES_TITLE: Final = "Établissements – {place}"
SITES_SUBTITLE: Final = "{count} du registre FINESS, selon les filtres en vigueur. {left}"
SITES_LEFT: Final = "{count} sans coordonnées : non dessinés."
SITES_LEGEND: Final = "Catégorie"
PAGE: Final = "Établissements"

# Filters
SEARCH: Final = "Nom, ville ou numéro FINESS"
REGION: Final = "Région"
DEPARTEMENT: Final = "Département"
AREA: Final = "GHT ou hôpital public hors GHT"
GROUP: Final = "Catégorie"
ROLE: Final = "Rôle dans le GHT"
STATUS: Final = "Statut"
OFFER: Final = "Offre de soins"
ALL_MALE: Final = "Tous"
GROUPS: Final[Mapping[str, str]] = {
    "chr_chu": "CHU ou CHR",
    "ch": "Centre hospitalier",
    "hopital_local": "Centre hospitalier (ex-hôpital local)",
    "psychiatrie": "Psychiatrie",
    "smr": "Soins médicaux et de réadaptation",
    "long_sejour": "Soins de longue durée",
    "clinique": "Clinique",
    "cancer": "Centre de lutte contre le cancer",
    "had": "Hospitalisation à domicile",
    "dialyse": "Dialyse",
    "gcs": "Groupement de coopération sanitaire",
    "ehpad": "EHPAD",
    "autre": "Autre site",
}
STATUSES: Final[Mapping[str, str]] = {
    "public": "Public",
    "espic": "Privé d'intérêt collectif (ESPIC)",
    "prive": "Privé",
    "inconnu": "Inconnu",
}
ROLE_LABELS: Final[Mapping[str, str]] = {
    "support_published": "Support, publié",
    "support_presumed": "Support, présumé",
    "partie": "Membre",
    "associe": "Associé (non membre)",
    "partenaire": "Partenaire (non membre)",
    "hors": "Hors GHT",
}
FIELD_NAMES: Final[Mapping[str, str]] = {
    "region": REGION,
    "departement": DEPARTEMENT,
    "area": AREA,
    "group": GROUP,
    "role": ROLE,
    "status": STATUS,
    "offer": OFFER,
    "text": SEARCH,
}

# Table
COLUMNS: Final[Mapping[str, str]] = {
    "finess_et": "FINESS du site",
    "site_name": "Site",
    "city": "Ville",
    "dep_name": "Département",
    "group_label": "Catégorie",
    "status_label": "Statut",
    "ght_name": "GHT",
    "role_label": "Rôle dans le GHT",
    "is_general": "Retenu par le modèle",
    "finess_ej": "FINESS de l'entité",
    "entity_name": "Entité juridique",
    "beds_mco": "Lits de MCO (dernière SAE)",
    "deliveries": "Accouchements (dernière SAE)",
    "emergency_visits": "Passages aux urgences (dernière SAE)",
}

# Legal entity
MAIN_SITE: Final = " (site principal)"  # after the name of an entity that is only known by it
EVIDENCES: Final[Mapping[str, str]] = {
    "proved": "prouvée : la somme des membres redonne les totaux publiés par le ministère",
    "carried": "reprise de la liste de {earlier}, non vérifiée (hors de l'enquête SAE)",
    "read": "lue dans la liste publiée",
    "deduced": "déduite, la liste étant incomplète",
}
LISTS: Final[Mapping[str, str]] = {
    "dgos_list": "liste du ministère",
    "finess_gcc": "groupes de FINESS",
    "sae_totals": "totaux du ministère",
}
REGISTERS: Final[Mapping[str, str]] = {
    "finess_et_sae": "FINESS et SAE",
    "sae": "SAE seulement",
    "finess": "FINESS seulement",
}
QUALITIES: Final[Mapping[str, str]] = {
    "concordant": "point dans la commune de l'adresse",
    "discordant": "point dans une autre commune que l'adresse",
    "rapproche": "point hors des contours, rapproché de la commune voisine",
    "hors_contours": "point hors des contours",
    "sans_coordonnees": "sans coordonnées",
    "mairie": "absent de FINESS, placé à la mairie de sa commune",
}


def evidence_line(evidence: str, source: str, vintage: str) -> str:
    """Say how a membership is known."""
    known = EVIDENCES.get(evidence, evidence)
    return f"{known} ({LISTS.get(source, source)}, {vintage})"


# History
HISTORY_COLUMNS: Final[Mapping[str, str]] = {
    "date": "Date",
    "kind": "Nature",
    "detail": "Ce qui s'est passé",
    "certainty": "Comment c'est connu",
    "source_url": "Source",
}
NO_DATE: Final = "date inconnue"
NO_EVENT: Final = "Aucun événement connu, et les deux listes de membres disent la même chose."
LIST_EVENTS: Final[Mapping[str, str]] = {
    "ght_appeared": "{name} ({code}) entre dans la liste.",
    "ght_gone": "{before} ({code}) n'est plus dans la liste ; ses membres sont dans {after}.",
    "member_joined": "{subject} entre dans le GHT.",
    "member_left": "{subject} n'est plus membre.",
    "member_moved": "{subject} vient de {before}.",
    "member_merged": "{subject} a fusionné dans {after}.",
}


def list_event(kind: str, name: str, code: str, subject: str, before: str, after: str) -> str:
    """Tell what two lists differ by."""
    return LIST_EVENTS[kind].format(
        name=name, code=code, subject=subject, before=before, after=after
    )


def between(first: str, last: str) -> str:
    """Write an interval of dates."""
    return f"entre {first} et {last}"


def before_line(name: str, number: str, proof: str) -> str:
    """Name an entity that was taken over."""
    return f"{name} ({number})" + (f" : {proof}" if proof else "")


def successor_note(asked: str, name: str) -> str:
    """Say that the number asked for belongs to an entity taken over since."""
    return f"Le numéro {asked} est celui d'une entité reprise depuis par « {name} »."


def site_note(asked: str, name: str) -> str:
    """Say that the number asked for is a site's, and show its entity."""
    return f"Le numéro {asked} est celui du site « {name} » : voici son entité juridique."
