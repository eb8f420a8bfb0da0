"""French words of the access to services, on the page of a territory and in its PDF."""

from collections.abc import Mapping
from typing import Final

SERVICES: Final = "Habitants loin d'un service"
SERVICE: Final = "Trajet vers"
BEYOND: Final = "Plus de {minutes} min"
UNKNOWN: Final = "Temps inconnu"
ORIGIN: Final = "Minutes"
CELL: Final = "{share} ({people})"
FEW: Final = "moins de {people}"
SERVICES_NOTE: Final = (
    "Part des habitants du territoire dont le temps est connu et, entre parenthèses, leur nombre "
    "arrondi à la centaine ; ceux dont le temps est inconnu sont comptés à part."
)
OFFICIAL_NOTE: Final = "{origin} : {source}. {method}"
MODELLED_NOTE: Final = "Modélisé : temps {travel_time}, ou d'après la distance vers un site privé."
FILE_COLUMNS: Final[Mapping[str, str]] = {
    "label": SERVICE,
    "origin": ORIGIN,
    "population": "Habitants",
    "unknown_population": "Habitants au temps inconnu",
}
FILE_PEOPLE: Final = "Habitants à plus de {minutes} min"
FILE_SHARE: Final = "Part à plus de {minutes} min (%)"

BEDS: Final = "Lits de MCO à portée"
BEDS_TEXT: Final = "{beds} pour 1 000 habitants, classe {place} sur {count} ({name}). {year}. "
BEDS_UNKNOWN: Final = "Lits de MCO à portée : inconnu, aucun temps ne l'est ici."

REFERRAL: Final = "Recours : le site de niveau supérieur le plus proche"
REFERRAL_LEVELS: Final[Mapping[str, str]] = {
    "reanimation": "Réanimation",
    "maternite_3": "Maternité de type 3",
}
REFERRAL_COLUMNS: Final = ("Niveau", "Depuis", "Vers", "Temps estimé")
TO: Final = "{site} ({city})"
