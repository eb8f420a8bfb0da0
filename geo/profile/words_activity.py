"""French words of the activity of a territory, on screen, in PDF and in files."""

from collections.abc import Mapping
from typing import Final

TITLE: Final = "Activité des hôpitaux"
TRENDS: Final = {
    "beds_mco": "Lits de MCO",
    "deliveries": "Accouchements",
    "emergency_visits": "Passages aux urgences",
    "day_stays_mco": "Séjours de MCO sans nuit",
}
INDEX: Final = "100 = {first}"
YEAR: Final = "Année"
VALUE: Final = "Valeur"
FIGURE: Final = "Indicateur"
FAMILY: Final = "Famille"
UNIT: Final = "Unité"
TREND: Final = "Tendance"
CHANGE: Final = "Évolution {first}-{last}"
TOTAL: Final = "Total du ministère {last}"
NOT: Final = "non déclaré"
NO_CHANGE: Final = "inconnue"
POINTS: Final = "{gap} pt"
SAME: Final = "identique"
OTHER: Final = "{total} (écart {gap})"
ONLY_SOURCE: Final = "seule source"
NOT_PUBLISHED: Final = "non publié"
SAME_HOSPITALS: Final = (
    "Mêmes hôpitaux chaque année : les membres de {last}. Le personnel fait exception : le "
    "ministère en publie seul le total, sur sa liste de l'année."
)
OWN_SITES: Final = "Somme des sites de l'entité, de chaque année jusqu'à {last}."
NOT_DECLARED: Final = "« non déclaré » ne veut pas dire zéro."
SOURCE: Final = "Source : {source}, {first} à {last}."
NONE: Final = "Aucun hôpital de ce territoire ne répond à l'enquête."
LONG_COLUMNS: Final[Mapping[str, str]] = {
    "measure": "Code",
    "label": FIGURE,
    "family": FAMILY,
    "year": "Année",
    "value": "Valeur",
    "unit": UNIT,
    "scope": "Périmètre",
    "value_members": "Somme des membres",
    "value_ministry": "Total du ministère",
    "source": "Source",
}
