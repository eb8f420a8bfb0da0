"""French words of the indicators that people bring."""

from collections.abc import Mapping
from typing import Final

from geo.formats import format_count, format_number

LEVELS: Final[Mapping[str, str]] = {
    "site": "établissements (FINESS)",
    "commune": "communes",
    "ght": "GHT ou territoires",
}
NO_CODE: Final = (
    "aucune colonne de communes, d'établissements ou de GHT. Nommez-la code_insee, finess_et ou "
    "ght."
)
NO_NUMBER: Final = "aucune colonne de nombres. Donnez au moins une valeur par ligne."
NO_ROW: Final = "aucune ligne reconnue. Vérifiez les codes de la première colonne."
LINE_COLUMNS: Final = ("Ligne", "Lu", "Ce qui en est fait")
NOT_FOUND: Final = "non reconnu : ligne ignorée."
SEVERAL: Final = "plusieurs possibles, ligne ignorée : {}."
UNREADABLE: Final = "colonne « {column} » : nombre illisible, valeur inconnue."
CONTRARY: Final = "sur plusieurs lignes de valeurs différentes : valeur inconnue."
COLUMNS: Final[Mapping[str, str]] = {"area_name": "Territoire", "area_code": "Code"}
KNOWN: Final = "Population couverte (%)"
KNOWN_SITES: Final = "Établissements connus"
HEADING: Final = "{label} ({unit})"


def read_as(level: str, rows: int, known: int) -> str:
    """Say what the codes of a file are, and how many are known."""
    counted = f"{format_number(known)} reconnus sur {format_count(rows, 'ligne')}"
    return f"Codes lus : {LEVELS[level]} ; {counted}."


def unknown_cells(count: int) -> str:
    """Count the cells that hold no value."""
    return (
        f"Valeurs inconnues, jamais comptées pour zéro : {format_count(count, 'cellule')} "
        "(vide, n.d., s…)."
    )
