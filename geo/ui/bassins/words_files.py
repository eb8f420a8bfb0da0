"""French words of the files of the page Bassins."""

from typing import Final

WITH_SCENARIO: Final = "avec un scénario"
BASINS: Final = "Modèles"
PUBLISHED_MODELS: Final = "Modèles et chiffres publiés"
CLOUD: Final = "Publié et modélisé"
MODEL_SUMMARY: Final = "Résumé des écarts des modèles"
COMMUNE_ANSWERS: Final = "Une commune selon les modèles"
EFFECT: Final = "Effet du scénario"
CHANGED_COMMUNES: Final = "Communes qui changent"
MARGIN_COMMUNES: Final = "Communes par avance"
CONTESTED_COMMUNES: Final = "Communes disputées"
BASIN_TITLE: Final = "{label} – {model} – {place}"
CONTESTED_LABEL: Final = "Communes disputées (avance de moins de {margin} %)"
