"""French words of the page Établissements."""

from collections.abc import Mapping
from typing import Final

from geo.formats import format_count, format_number

# The map of establishments
SUBTITLE: Final = (
    "Les sites hospitaliers de France et tous les sites des membres de GHT : sur la carte, dans un "
    "tableau, par entité juridique"
)

# Filters
SEARCH_HINT: Final = "Ex. : CHU Rennes, Troyes, 100000017"
ALL_FEMALE: Final = "Toutes"
WHOLE_COUNTRY: Final = "Toute la France"
RESET: Final = "Effacer les filtres"
ROLES: Final[Mapping[str, str]] = {
    "support": "Établissement support",
    "membre": "Membre, hors support",
    "associe": "Associé ou partenaire (non membre)",
    "hors": "Hors GHT",
}

OFFERS: Final[Mapping[str, str]] = {
    "maternite": "A une maternité",
    "urgences": "A un service d'urgences",
    "maternite_urgences": "A une maternité et un service d'urgences",
}

# Map and figures
MAP_COUNT: Final = "Sites de ce choix"
MAP_NOTE: Final = (
    "La carte montre exactement les sites du tableau, ceux sans coordonnées exceptés. Un clic sur "
    "un territoire garde les sites de son GHT."
)
NO_MAP: Final = (
    "La carte est indisponible. Le tableau donne les mêmes sites. Prévenez l'administrateur du "
    "service."
)
STAR_NOTE: Final = (
    "L'étoile marque le site principal d'un établissement support, publié (pleine) ou présumé "
    "(évidée) ; il reste compté dans sa catégorie."
)
COUNT_TITLE: Final = "Par catégorie"
SITES: Final = "Sites"
ENTITIES: Final = "Entités juridiques"
GENERAL: Final = "Sites hospitaliers généraux"
GENERAL_NOTE: Final = "hôpitaux généraux publics"
UNLOCATED: Final = "Sans coordonnées"
UNLOCATED_NOTE: Final = "absents de la carte"
NOTHING: Final = "Aucun site ne correspond à ce choix. Élargissez un filtre, ou effacez-les tous."

# Table
TABLE_TITLE: Final = "Les mêmes sites en tableau"
GRID: Final = "Trier et chercher dans le tableau"
GRID_HELP: Final = (
    "Remplace les pages par une grille : tri, recherche, copie. Elle prend {count} au plus."
)
FIRST, PREVIOUS, NEXT, LAST = "Première page", "Page précédente", "Page suivante", "Dernière page"
DOWNLOADS: Final = "Télécharger exactement ces sites, avec les sources et les filtres"

# Legal entity
SEE_SHEET: Final = "Ouvrir la fiche de l'entité juridique"
OPEN: Final = "Ouvrir la fiche d'une entité juridique de cette page"
OPEN_NONE: Final = "Aucune fiche ouverte"
CLOSE: Final = "Fermer la fiche"
ENTITY_NUMBER: Final = "Numéro FINESS"
ENTITY_GHT: Final = "GHT"
ENTITY_ROLE: Final = "Rôle dans le GHT"
ENTITY_SUPPORT: Final = "Origine de l'information (support)"
ENTITY_EVIDENCE: Final = "Origine de l'information (membre)"
ENTITY_BEFORE: Final = "A repris"
ENTITY_MODEL: Final = "Retenus par le modèle"
ENTITY_QUALITY: Final = "Qualité des coordonnées"
ENTITY_SITES: Final = "Ses sites"
ENTITY_ANOMALIES: Final = "Anomalies relevées à son sujet"
ENTITY_NO_SITE: Final = "Cette entité n'a aucun site dans le registre FINESS de {finess_year}."
ENTITY_OUTSIDE: Final = "Hors GHT"
SITE_COLUMNS: Final[Mapping[str, str]] = {
    "finess_et": "FINESS du site",
    "site_name": "Site",
    "finess_name": "Nom dans FINESS",
    "address": "Adresse",
    "city": "Ville",
    "category_label": "Catégorie FINESS",
    "status_label": "Statut",
    "is_general": "Retenu par le modèle",
    "general_reason": "Pourquoi",
    "register_label": "Registres",
    "last_sae_year": "Année de la dernière SAE",
    "quality_label": "Qualité des coordonnées",
}


def outside_region(departement: str) -> str:
    """Notice for an address whose departement is not in its region."""
    return f"Le département « {departement} » n'est pas dans la région demandée : choix ignoré."


def page_line(first: int, last: int, total: int, page: int, pages: int) -> str:
    """Say which rows are on screen."""
    rows = f"Sites {format_number(first)} à {format_number(last)} sur {format_number(total)}"
    return f"{rows}. Page {format_number(page)} sur {format_number(pages)}."


def grid_line(shown: int, total: int) -> str:
    """Say how many rows the grid holds."""
    if shown == total:
        return f"{format_count(total, 'site')}."
    return (
        f"Les {format_number(shown)} premiers sites sur {format_number(total)} : filtrez pour les "
        "avoir tous, ou téléchargez-les."
    )


def filtered_note(sites: int) -> str:
    """Say aloud how many sites the filters keep."""
    return f"{format_count(sites, 'site affiché', 'sites affichés')}."


def opened_now(name: str) -> str:
    """Say aloud which sheet was opened."""
    return f"Fiche ouverte : {name}."


def model_line(general: int, total: int) -> str:
    """Say how many sites of an entity count in the model."""
    return f"{format_number(general)} sur {format_count(total, 'site')}"


# What an entity declares
SITE: Final = "Site"
NOT_SURVEYED: Final = "Cette entité n'a déclaré aucun chiffre à l'enquête SAE."


def activity_title(first: int, last: int) -> str:
    """Name the figures of an entity."""
    return f"Activité de {first} à {last} (DREES, SAE)"


def sites_activity(year: int) -> str:
    """Name the figures of the sites of an entity."""
    return f"Ses sites en {year}, selon leur déclaration"


def activity_note(site: str) -> str:
    """Say how to read the figures and how to find them again."""
    return (
        "Chaque chiffre de l'entité est la somme de ses sites de l'année. « – » et « non déclaré » "
        "ne veulent pas dire zéro. En ligne de commande : python -m geo activity --site "
        f"{site}."
    )
