"""French words of the PDF profiles and of their book."""

from collections.abc import Mapping
from typing import Final

LEGEND_ACCESS: Final = "Temps estimé (minutes)"
BANDS: Final = ("0 à 15", "15 à 30", "30 à 45", "45 à 60", "plus de 60")
UNKNOWN_TIME: Final = "Temps inconnu"
# The profile of a territory
PROFILE_SUBJECT: Final = "Portrait d'un territoire de GHT, Atlas GHT"
PROFILE_KEY_FIGURES: Final = "Chiffres clés"
PROFILE_MAP: Final = "Carte : temps d'accès estimé au site général le plus proche"
PROFILE_MAP_TEXT: Final = (
    "Carte du territoire {name} : communes colorées selon le temps d'accès estimé, sites généraux, "
    "territoires voisins. Le tableau des communes donne les mêmes temps."
)
PROFILE_MEMBERS: Final = "Membres ({count})"
PROFILE_ACCESS: Final = "Accès aux sites généraux"
PROFILE_RANKS: Final = "Rang parmi les GHT (1 : valeur la plus élevée)"
PROFILE_PEERS: Final = "Territoires semblables (par leurs chiffres)"
PROFILE_NEIGHBOURS: Final = "Territoires voisins (longueur de la limite commune)"
PROFILE_CATEGORIES: Final = "Établissements par catégorie ({count})"
PROFILE_CITIES: Final = "Établissements par ville"
PROFILE_COMMUNES: Final = "Communes les plus peuplées (sur {count})"
PROFILE_PARTNERSHIPS: Final = "Partenariats recensés"
PROFILE_PUBLISHED: Final = "Chiffres publiés"
PROFILE_ANOMALIES: Final = "Anomalies des sources qui touchent ce territoire"
PROFILE_SOURCES: Final = "Sources, modèle et version"
PROFILE_NONE: Final = "Aucun élément dans les données réunies."
PROFILE_NO_PARTNERSHIP: Final = (
    "Aucun partenariat recensé pour ce territoire : la liste est partielle, cela ne veut pas "
    "dire qu'il n'en existe pas."
)
PROFILE_MORE: Final = "… et {count} autres : voir la page Territoire de l'atlas."
PROFILE_PAGE: Final = "{title} – page {page} sur {total}"
PROFILE_REGION: Final = "Région : {region}"
PROFILE_HISTORY: Final = "Histoire"
PROFILE_SUPPORT: Final = "Établissement support : {name}, {rule}"
PROFILE_NO_SUPPORT: Final = "Établissement support : {rule}"
PROFILE_CREATION: Final = "Création : {date} ({evidence})"
PROFILE_COMPOSITION: Final = "Composition : {source}"
PROFILE_PEER_NOTE: Final = (
    "Distance euclidienne entre indicateurs centrés et réduits : {measures}. Plus elle est petite, "
    "plus les territoires se ressemblent."
)
PROFILE_ACCESS_TEXT: Final = (
    "Temps médian : {median} ; temps moyen : {mean} (pondérés par les habitants). "
    "Temps estimé : {method}."
)
PROFILE_ACCESS_UNKNOWN: Final = "Temps inconnus : {people}."
PROFILE_WITHIN: Final = "à {band} minutes ou moins"
PUBLISHED_FIGURES: Final[Mapping[str, str]] = {
    "population": "Population (habitants)",
    "area_km2": "Superficie (km²)",
    "members": "Membres",
    "beds": "Lits et places",
}
PUBLISHED_NOTE: Final = "publié : {value} ({year}), écart {deviation}"
BETWEEN: Final = " · "
PUBLISHED_THEN: Final = "publié : {value} ({year}), écart {deviation} cette année-là"
NOT_PUBLISHED: Final = "pas de chiffre publié"
YEARS_NOTE: Final = "recensement : {years}"
# The book of all profiles
BOOK_KEPT: Final = "Portraits déjà à jour, gardés : {count}."
BOOK_DONE: Final = "{count} dans {folder} ({seconds} s)."
BOOK_WORKERS: Final = "Nombre de processus de calcul refusé : {count}. Donnez un entier de 1 à 64."
BOOK_LOST: Final = (
    "Ordonnanceur Dask perdu en route. Redémarrez-le, puis relancez la commande : les portraits "
    "déjà écrits sont gardés."
)
BOOK_FAILED: Final = "Portraits non écrits : {codes}. Premier motif : {reason}"
