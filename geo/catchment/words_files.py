"""French words of the files and pictures of the models."""

from collections.abc import Mapping
from typing import Final

# What a model was run with
NOTE_COMPARED: Final = "Comparé à"
NOTE_SCENARIO: Final = "Scénario"
NOTE_CHANGE: Final = "Scénario, changement {number}"
NOTE_MARGIN: Final = "Commune disputée"
MARGIN_RULE: Final = "avance inférieure à {margin} %"
NOTE_ENCLAVES: Final = "Enclaves absorbées"
ENCLAVES_RULE: Final = "sous {people} habitants"
ENCLAVES_NONE: Final = "aucune"
OWN_TOWN_RULES: Final[Mapping[bool, str]] = {True: "oui", False: "non"}
NOTE_ZONING: Final = "Zonage importé (empreinte)"
BASIN_COLUMNS: Final[Mapping[str, str]] = {
    "contested_percent": "Part disputée (%)",
    "other_population": "Population comparée",
    "change": "Différence (habitants)",
    "change_percent": "Différence (%)",
}
CHANGED_COLUMNS: Final[Mapping[str, str]] = {
    "commune_name": "Commune",
    "insee_code": "Code commune",
    "population": "Population",
    "area_name": "Territoire",
    "area_code": "Code du territoire",
    "other_name": "Territoire comparé",
    "other_code": "Code du territoire comparé",
}
MARGIN_CLASS: Final = "Classe d'avance"
