"""French words of the files and pictures of the models."""

from collections.abc import Mapping
from typing import Final

# What a model was run with
NOTE_COMPARED: Final = "Comparé à"
NOTE_SCENARIO: Final = "Scénario"
WITH_SCENARIO: Final = "avec un scénario"
NOTE_CHANGE: Final = "Scénario, changement {number}"
NOTE_MARGIN: Final = "Commune disputée"
MARGIN_RULE: Final = "avance de moins de {margin} %"
NOTE_ENCLAVES: Final = "Enclaves absorbées"
ENCLAVES_RULE: Final = "sous {people} habitants"
ENCLAVES_NONE: Final = "aucune"
NOTE_ZONING: Final = "Zonage importé (empreinte)"
BASINS: Final = "Bassins"
BASIN_COLUMNS: Final[Mapping[str, str]] = {
    "contested_percent": "Part disputée (%)",
    "other_population": "Population comparée",
    "change": "Différence (habitants)",
    "change_percent": "Différence (%)",
}
PUBLISHED_MODELS: Final = "Modèles et chiffres publiés"
MODEL_SUMMARY: Final = "Résumé des écarts des modèles"
COMMUNE_ANSWERS: Final = "Une commune selon les modèles"
EFFECT: Final = "Effet du scénario"
CHANGED_COMMUNES: Final = "Communes qui changent"
CHANGED_COLUMNS: Final[Mapping[str, str]] = {
    "commune_name": "Commune",
    "insee_code": "Code commune",
    "population": "Population",
    "area_name": "Territoire",
    "area_code": "Code du territoire",
    "other_name": "Territoire comparé",
    "other_code": "Code du territoire comparé",
}
MARGIN_COMMUNES: Final = "Communes par avance"
MARGIN_CLASS: Final = "Classe d'avance"
CONTESTED_COMMUNES: Final = "Communes disputées"
BASIN_TITLE: Final = "{label} – {model} – {place}"
CONTESTED_LABEL: Final = "Communes disputées (avance de moins de {margin} %)"
