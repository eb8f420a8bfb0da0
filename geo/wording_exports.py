"""The French text of the files people take away, in one place."""

from collections.abc import Mapping
from typing import Final

# What can be exported, as the command line and the file names call it
WHAT: Final[Mapping[str, str]] = {
    "territories": "Territoires",
    "communes": "Communes",
    "establishments": "Établissements",
    "partnerships": "Partenariats",
    "links": "Liens entre parties",
    "parties": "Parties des partenariats",
}
WHOLE_COUNTRY: Final = "France"
ALL: Final = "tous"

# Workbooks
NOTES_SHEET: Final = "Sources et paramètres"
DICTIONARY_SHEET: Final = "Dictionnaire"
NOTE_COLUMNS: Final = ("Rubrique", "Valeur")
NOTE_TITLE: Final = "Contenu"
NOTE_ROWS: Final = "Lignes"
NOTE_REGION: Final = "Filtre : région"
NOTE_GHT: Final = "Filtre : GHT"
NOTE_VERSION: Final = "Version des données"
NOTE_DATE: Final = "Date de construction"
NOTE_CODE: Final = "Version du logiciel"
NOTE_MODEL: Final = "Modèle de territoire"
NOTE_WARNING: Final = "Avertissement"
NOTE_LICENCE: Final = "Licence"
NOTE_UNKNOWN: Final = "Valeurs inconnues"
UNKNOWN_RULE: Final = "Cellule vide : inconnu ou sans objet ; jamais zéro."
LICENCE_RULE: Final = (
    "Licence Ouverte 2.0 : citez les producteurs ci-dessous et « Atlas GHT », avec la version."
)
PARAMETER: Final = "Paramètre {name}"
UNKNOWN_WHAT: Final = "Contenu « {what} » inconnu. Contenus : {known}."
UNKNOWN_FORMAT: Final = "Format « {form} » inconnu. Formats : {known}."
NOT_WRITABLE: Final = "{path} : écriture impossible ({reason}). Choisissez un autre dossier."
TOO_MANY_ROWS: Final = (
    "{rows} lignes : une feuille de classeur en porte {most} au plus. Filtrez, ou exportez en CSV."
)

# Static maps
MAP_TITLE: Final = "{measure} des territoires de GHT – {place}"
LEGEND_UNIT: Final = "{label} ({unit})"
LEGEND_ACCESS: Final = "Temps estimé (minutes)"
NEIGHBOURS: Final = "Autres territoires"
INSETS_NOTE: Final = "Cartons : chacun à son échelle"
KILOMETRES: Final = "{length} km"
NO_MAP: Final = "« {name} » n'a pas de territoire modélisé : il n'y a rien à dessiner."
UNKNOWN_AREA: Final = "Territoire « {code} » inconnu."
BANDS: Final = ("0 à 15", "15 à 30", "30 à 45", "45 à 60", "plus de 60")
UNKNOWN_TIME: Final = "Temps inconnu"


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

# The map of partnerships
LOOKS: Final[Mapping[str, str]] = {
    "carte": "Partenariats affichés",
    "frise": "Frise des partenariats",
    "tableau": "Partenariats affichés",
    "reseau": "Réseau du GHT",
    "matrice": "Formes et domaines",
}
WORKBOOK: Final = "Partenariats, parties, événements, sources et liens : un classeur"
LINKS_TITLE: Final = "Partenariats recensés – {place}"
LINKS_SUBTITLE: Final = (
    "Liste partielle, tirée de sources publiques. Chaque trait joint deux parties localisées, sans "
    "suivre de route. {left}"
)
LINKS_LEFT: Final = "{count} d'une carte à l'autre : non dessinés."
AREAS_LEGEND: Final = "Territoires"

# The profile of a territory
PROFILE_SUBJECT: Final = "Profil d'un territoire de GHT, Atlas GHT"
PROFILE_KEY_FIGURES: Final = "Chiffres clés"
PROFILE_MAP: Final = "Carte : temps d'accès estimé au site général le plus proche"
PROFILE_MAP_TEXT: Final = (
    "Carte du territoire {name} : communes colorées selon le temps d'accès estimé, sites généraux, "
    "territoires voisins. Le tableau des communes porte les mêmes temps."
)
PROFILE_MEMBERS: Final = "Membres ({count})"
PROFILE_ACCESS: Final = "Accès aux sites généraux"
PROFILE_RANKS: Final = "Rang parmi les GHT (1 : valeur la plus élevée)"
PROFILE_PEERS: Final = "Territoires statistiquement proches"
PROFILE_NEIGHBOURS: Final = "Territoires voisins"
PROFILE_CATEGORIES: Final = "Établissements par catégorie ({count})"
PROFILE_CITIES: Final = "Établissements par ville"
PROFILE_COMMUNES: Final = "Communes les plus peuplées (sur {count})"
PROFILE_PARTNERSHIPS: Final = "Partenariats recensés"
PROFILE_PUBLISHED: Final = "Chiffres publiés"
PROFILE_ANOMALIES: Final = "Anomalies des sources qui touchent ce territoire"
PROFILE_SOURCES: Final = "Sources, modèle et version"
PROFILE_NONE: Final = "Aucun élément dans les données réunies."
PROFILE_NO_PARTNERSHIP: Final = (
    "Aucun partenariat recensé pour ce territoire : le recensement est partiel, cela ne veut pas "
    "dire qu'il n'en existe pas."
)
PROFILE_MORE: Final = "… et {count} autres : voir l'application ou l'export."
PROFILE_PAGE: Final = "{title} – page {page} sur {total}"
PROFILE_REGION: Final = "Région : {region}"
PROFILE_SUPPORT: Final = "Établissement support : {name} ({rule})"
PROFILE_NO_SUPPORT: Final = "Établissement support : inconnu"
PROFILE_CREATION: Final = "Création : {date} ({evidence})"
PROFILE_COMPOSITION: Final = "Composition : {source}"
PROFILE_PEER_NOTE: Final = (
    "Distance euclidienne entre mesures centrées et réduites : {measures}. Plus elle est petite, "
    "plus les territoires se ressemblent."
)
PROFILE_ACCESS_TEXT: Final = (
    "Temps médian : {median} ; temps moyen : {mean} (minutes, pondérés par les habitants). "
    "Temps estimé : distance à vol d'oiseau × 1,3 à 60 km/h, sans relief ni circulation."
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
NOT_PUBLISHED: Final = "pas de chiffre publié"
YEARS_NOTE: Final = "recensement : {years}"

# The book of all profiles
BOOK_KEPT: Final = "Profils déjà à jour, gardés : {count}."
BOOK_DONE: Final = "{count} dans {folder} ({seconds} s)."
BOOK_WORKERS: Final = "Nombre de travailleurs refusé : {count}. Donnez un entier de 1 à 64."
BOOK_SCHEDULER: Final = (
    "Ordonnanceur Dask « {address} » injoignable. Vérifiez l'adresse, ou omettez --scheduler."
)
BOOK_NO_WORKER: Final = (
    "Ordonnanceur Dask « {address} » sans travailleur après {seconds} s. Démarrez-en un (dask "
    "worker {address}) dans le dossier du projet."
)
BOOK_NO_PROJECT: Final = (
    "Travailleurs Dask sans ce projet : {workers}. Démarrez-les dans le dossier du projet, avec "
    "les mêmes bibliothèques."
)
BOOK_LOST: Final = (
    "Ordonnanceur Dask perdu en route. Redémarrez-le, puis relancez la commande : les profils déjà "
    "écrits sont gardés."
)
BOOK_FAILED: Final = "Profils non écrits : {codes}. Premier motif : {reason}"

# The map of establishments
SITES_TITLE: Final = "Établissements – {place}"
SITES_SUBTITLE: Final = "{count} du registre FINESS, selon les filtres en vigueur. {left}"
SITES_LEFT: Final = "{count} sans coordonnées : non dessinés."
SITES_LEGEND: Final = "Catégorie"
