"""French words of the indicators that people bring to the page Carte."""

from collections.abc import Mapping
from typing import Final

OPEN: Final = "Vos indicateurs"
OPEN_HELP: Final = (
    "Un tableau de communes, d'établissements ou de GHT devient un indicateur de la carte, pour "
    "votre session seulement."
)
INTRO: Final = (
    "Donnez un tableau : une colonne de codes ou de noms (commune, FINESS ou GHT) et une ou "
    "plusieurs colonnes de nombres. L'unité se lit dans l'en-tête, entre parenthèses. Rien n'est "
    "enregistré."
)
FILE: Final = "Tableau CSV, XLSX ou ODS (5 Mo au plus)"
LINES: Final = "Lignes et cellules laissées de côté"
COLUMN: Final = "Colonne"
NAME: Final = "Nom"
UNIT: Final = "Unité"
SOURCE: Final = "Source"
HOW: Final = "Valeur d'un territoire"
HOWS: Final[Mapping[str, Mapping[str, str]]] = {
    "commune": {
        "somme": "somme des communes (un nombre)",
        "moyenne": "moyenne des communes selon leur population (un taux)",
    },
    "site": {
        "somme": "somme des établissements (un nombre)",
        "moyenne": "moyenne simple des établissements (un taux)",
    },
}
HOW_NAMES: Final[Mapping[str, str]] = {
    "somme": "somme des valeurs connues",
    "moyenne": "moyenne des valeurs connues",
    "valeur": "valeur du fichier",
}
GUESS: Final[Mapping[str, str]] = {
    "somme": "L'en-tête ressemble à celui d'un nombre : une somme convient.",
    "moyenne": "L'en-tête ressemble à celui d'un taux : une moyenne convient.",
}
SHOW: Final = "Afficher sur la carte"
SHOWN: Final = "Indicateur de votre session"
NONE: Final = "aucun : celui de la liste"
REMOVE: Final = "Retirer cet indicateur"
BACK: Final = "Revenir à l'indicateur de la liste"
TABLE: Final = "Votre indicateur par territoire"
UNKNOWN: Final = "Valeur inconnue"
AREAS: Final = ("GHT", "GHT")
TOO_MANY: Final = "{most} indicateurs au plus par session : retirez-en un."


def source_note(source: str, how: str) -> str:
    """Say where an indicator comes from, and how it was gathered."""
    return f"Source : {source}, donnée par vous, non vérifiée. {HOW_NAMES[how].capitalize()}."
