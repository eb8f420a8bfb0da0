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

# The page of a scenario
SCENARIO_TITLE: Final = "Scénario : {name}"
SCENARIO_SUBJECT: Final = "Situation inventée, calculée par un modèle de territoire de GHT"
INVENTED: Final = "Situation inventée : ce ne sont pas les données en vigueur."
SCENARIO_COLUMNS: Final = (
    "Territoire", "Différence", "Population avant → avec", "Communes", "Temps médian (min)",
)  # fmt: skip
SCENARIO_MAP_TEXT: Final = (
    "Carte des écarts de population entre le scénario et les données en vigueur ; les communes qui "
    "changent de territoire sont hachurées."
)
MADE: Final = "Données version {version} du {date}. Revoir ce scénario :"
