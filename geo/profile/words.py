"""French words of the profile of a territory, on screen, in PDF and in files."""

from collections.abc import Mapping
from typing import Final

from geo import wording

PAGE: Final = "Territoire"

# Recipes
RECIPE: Final = "D'où vient ce chiffre ?"
RECIPES: Final = "D'où viennent ces chiffres ?"
RECIPES_HELP: Final = "Calcul, données, sources et commande de chaque chiffre."
RECIPE_FORMULA: Final = "Calcul"
RECIPE_INPUTS: Final = "Données du calcul"
RECIPE_NO_INPUT: Final = "Aucune donnée d'entrée pour ce territoire."
RECIPE_COLUMNS: Final = ("Donnée", "Valeur", "Source", "Année")
RECIPE_COMMAND: Final = "Retrouver ce chiffre en ligne de commande (champ « {column} »)"
RECIPE_MODEL: Final = "Modèle et version"

# Members
MEMBER_COLUMNS: Final[Mapping[str, str]] = {
    "finess_ej": "FINESS",
    "entity_name": "Entité juridique",
    "city": "Ville",
    "role_label": "Rôle",
    "category_label": "Catégorie (FINESS)",
    "evidence_label": "Origine de l'information",
    "vintage": "Millésime",
    "merged": "Fusionnée avec",
}
MERGED: Final = "{code} ({evidence})"

# Population and access
COMMUNE_COLUMNS: Final[Mapping[str, str]] = {
    "insee_code": "Code",
    "commune_name": "Commune",
    "population": "Habitants",
    "population_year": "Année",
    "area_km2": "Superficie (km²)",
    "travel_time_min": "Temps estimé (min)",
    "site_km": "À vol d'oiseau (km)",
    "site_name": "Hôpital de rattachement",
    "runner_up_name": "Deuxième territoire",
    "margin_min": "Avance sur le deuxième (min)",
    "epci_name": "Intercommunalité",
}
INHABITANTS: Final = "Habitants"
BAND_COLUMNS: Final[Mapping[str, str]] = {
    "band": "Temps estimé",
    "population": "Habitants",
    "share_percent": "Part (%)",
    "cumulated_percent": "Part cumulée (%)",
    "commune_count": "Communes",
}
BAND: Final = "{low} à {high} min"
LAST_BAND: Final = "plus de {low} min"
UNKNOWN_BAND: Final = "inconnu"
SHARE_AXIS: Final = "Part des habitants (%)"

# Establishments
CATEGORY_COLUMNS: Final[Mapping[str, str]] = {
    "category_label": "Catégorie",
    "count": "Sites",
    "general_count": "Dont sites généraux",
}
CITY_COLUMNS: Final[Mapping[str, str]] = {
    "city": "Ville de l'adresse",
    "count": "Sites",
    "general_count": "Dont sites généraux",
}

# Partnerships
STORY: Final = "Tout ce qui est connu : {title}"

# Ranks, peers, neighbours
RANK_COLUMNS: Final[Mapping[str, str]] = {
    "label": "Indicateur",
    "shown": "Valeur",
    "country": "Rang en France",
    "region": "Rang dans la région",
}
RANK: Final = "{rank} sur {count}"
PEER_COLUMNS: Final[Mapping[str, str]] = {
    "area_code": "Code",
    "area_name": "Territoire",
    "population": "Habitants",
    "density_per_km2": "Densité (hab./km²)",
    "member_count": "Membres",
    "mean_travel_time_min": "Temps moyen (min)",
    "distance": "Écart statistique (0 : identiques)",
}
NEIGHBOUR_COLUMNS: Final[Mapping[str, str]] = {
    "area_code": "Code",
    "area_name": "Territoire",
    "border_km": "Limite commune (km)",
}

# Published figures and statements
RECONCILIATION_COLUMNS: Final[Mapping[str, str]] = {
    "label": "Étape",
    "count": "Membres",
    "source": "Source",
}

# Anomalies
TOWN_COLUMNS: Final[Mapping[str, str]] = {
    "commune_name": "Commune",
    "insee_code": "Code",
    "site_name": "Site du membre",
    "area_text": "Territoire de la commune",
}
ANOMALY_COLUMNS: Final[Mapping[str, str]] = {
    "kind": "Type",
    "detail": "Constat et traitement",
    "subject": "Objet",
    "source": "Source",
}

# Downloads
FIGURE_COLUMNS: Final[Mapping[str, str]] = {
    "label": "Indicateur",
    "value": "Valeur Atlas GHT",
    "low": "Bas de l'intervalle",
    "high": "Haut de l'intervalle",
    "unit": "Unité",
    "published": "Valeur publiée",
    "published_year": "Année publiée",
    "published_precision": wording.PUBLISHED_PRECISION,
    "published_note": wording.PUBLISHED_NOTE,
    "modelled_then": "Valeur Atlas GHT, année publiée",
    "deviation_percent": "Écart (%)",
    "source_url": "Source publiée",
}

# Published figures
PUBLISHED_COLUMNS: Final = (
    "Chiffre", "Valeur", "Année", wording.PUBLISHED_SCOPE, wording.PUBLISHED_NOTES, "Source",
)  # fmt: skip
