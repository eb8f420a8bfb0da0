"""French words of the page Partenariats."""

from collections.abc import Mapping
from typing import Final

from geo.formats import format_count
from geo.wording import MODEL_RULE

SUBTITLE: Final = "Qui coopère avec qui, sous quelle forme, depuis quand"
DECLARATION: Final = (
    "Liste partielle, tirée de sources publiques.",
    (
        "Zéro signifie qu'aucun partenariat n'a été recensé, non qu'il n'en existe pas. Un associé "
        "ou un partenaire n'est jamais compté parmi les membres d'un GHT."
    ),
)

# Choices
REGION: Final = "Région"
GHT: Final = "GHT"
GHT_NONE: Final = "Tous les GHT"
EVERY_REGION: Final = "Toute la France"
FORM: Final = "Forme"
DOMAIN: Final = "Domaine"
STATUS: Final = "État"
SECTOR: Final = "Secteur du partenaire"
EVERY: Final[Mapping[str, str]] = {
    "form": "Toutes",
    "domain": "Tous",
    "status": "Tous",
    "sector": "Tous",
}
YEARS: Final = "Actifs entre"
UNDATED: Final = "Inclure les partenariats sans date"
UNDATED_HELP: Final = "Compte quand une période est choisie : garde ceux dont le début est inconnu."
RESET: Final = "Effacer les filtres"
LOOK: Final = "Vue"
LOOKS: Final[Mapping[str, str]] = {
    "carte": "Carte",
    "frise": "Frise",
    "tableau": "Tableau",
    "reseau": "Réseau d'un GHT",
    "matrice": "Formes et domaines",
}
OPEN: Final = "Ouvrir un partenariat"
OPEN_HINT: Final = "Chercher par son nom"
CLOSE: Final = "Fermer la fiche"

# The address
BACKWARDS_YEARS: Final = "La période demandée finit avant de commencer : elle est ignorée."

# Figures
COUNT: Final = "Partenariats recensés"
COUNT_NOTE: Final = "liste partielle"
LOCATED: Final = "Parties localisées"
SOURCES: Final = "Sources"
GHTS: Final = "GHT concernés"
WHOLE: Final = "Toute la France"

# Nothing to show
EMPTY: Final = (
    "Aucun partenariat recensé pour ces choix. La liste est partielle : élargissez les filtres, ou "
    "ajoutez les vôtres plus bas."
)

# The map
MAP_SECTION: Final = "Légende"
COUNT_LABEL: Final = "Partenariats recensés"
OFF_MAP: Final = "Sans trait sur la carte"
OFF_MAP_NOTE: Final = "Il y manque le lieu d'au moins une partie. Choisissez-en un pour le lire."
MAP_HINT: Final = (
    "Cliquez sur un trait, ou sur un symbole qui n'en a qu'un, pour ouvrir la fiche ; sur un "
    "territoire, pour choisir son GHT. Zoomez là où les symboles se touchent."
)

# Tables
TABLE: Final[Mapping[str, str]] = {
    "carte": "Les mêmes partenariats en tableau",
    "frise": "La même frise en tableau",
    "tableau": "Partenariats recensés",
    "reseau": "Le même réseau en tableau",
    "matrice": "Les mêmes nombres en tableau",
}
GRID: Final = "Trier, chercher et ouvrir par un clic"
GRID_HELP: Final = "Affiche un tableau à trier ; cliquez sur une ligne pour ouvrir sa fiche."

# Charts
TIMELINE_ALT: Final = (
    "Frise des partenariats depuis {year} : une ligne chacun, un trait pour sa durée, un symbole "
    "par événement. Le tableau sous la frise donne les mêmes dates."
)
NETWORK_ALT: Final = (
    "Réseau du GHT : ses membres autour de lui, puis leurs partenaires et les structures communes. "
    "Le tableau sous le réseau donne les mêmes liens."
)
MATRIX_ALT: Final = (
    "Nombre de partenariats recensés par forme et par domaine. Le tableau donne les mêmes nombres."
)
TIMELINE_LEGEND: Final = (
    "Trait : durée ; sa couleur indique la forme, son style l'état. Zone claire : moment "
    "possible du début quand la source ne donne que l'année ou le mois. « ≈ » : date déduite."
)
UNDATED_TITLE: Final = "Sans date connue"
NO_TIMELINE: Final = "Aucun de ces partenariats n'a de date connue."
CHOOSE_GHT: Final = (
    "Choisissez un GHT : le réseau est celui d'un seul. Ceux qui ont le plus de partenariats "
    "recensés :"
)
MATRIX_NOTE: Final = "Un partenariat compte une fois dans chacun de ses domaines."

# The detail
LINKED: Final = "Partenariats liés"
SHARE: Final = "Lien vers cette fiche"
CONTRIBUTED: Final = "Ajouté pendant cette session ou enregistré comme contribution."

# Files
DOWNLOAD: Final = "Télécharger cette sélection"
DOWNLOAD_CSV: Final = "{sheet} (CSV)"
DOWNLOAD_JSON: Final = "Tout (JSON)"
CONTRIBUTE: Final = "Ajouter vos partenariats"
WORKBOOK: Final = "Partenariats, parties, événements, sources et liens : un classeur"
FILE_LOOKS: Final[Mapping[str, str]] = {
    "carte": "Partenariats affichés",
    "frise": "Frise des partenariats",
    "tableau": "Partenariats affichés",
    "reseau": "Réseau du GHT",
    "matrice": "Formes et domaines",
}


def wrong_value(parameter: str, value: str) -> str:
    """Say that a value of the address does not exist here."""
    return (
        f"Valeur inconnue pour « {parameter} » dans l'adresse : « {value} ». La page montre tout ; "
        "choisissez dans la liste."
    )


def located_note(total: str) -> str:
    """Say out of how many parties some are located."""
    return f"sur {total}"


def ght_choice(name: str, code: str, count: int) -> str:
    """Name a GHT in a list, with what is collected of it."""
    return f"{name} ({code}) · {count or 'aucun recensé'}"


def said(name: str, count: int) -> str:
    """Say, for a screen reader, what is shown."""
    return f"{name} : {format_count(count, 'partenariat recensé', 'partenariats recensés')}."


def empty_ght(name: str) -> str:
    """Say that nothing is collected of a GHT."""
    return (
        f"Aucun partenariat recensé pour le GHT {name}. Cela ne veut pas dire qu'il n'en a pas : "
        "la liste est partielle."
    )


def and_others(count: int) -> str:
    """Say how many are left out of a list."""
    return f"et {format_count(count, 'autre')} : choisissez dans la liste."


def source_line(count: str, vintages: str, version: str, date: str) -> str:
    """Provenance of what is on screen, and of its files."""
    return (
        f"Partenariats : liste de l'atlas, tirée de {count}, citées dans chaque fiche. "
        f"Territoires : modèle « {MODEL_RULE} », {vintages}. Données version {version}, "
        f"construites le {date}."
    )
