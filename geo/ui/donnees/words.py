"""French words of the page Données."""

from collections.abc import Mapping
from typing import Final

PARAMETERS_TITLE: Final = "Modèle et paramètres en vigueur"
PARAMETERS_NOTE: Final = (
    "Les chiffres des pages Carte et Territoire viennent de ce modèle. La page Modèles permet "
    "d'en changer et d'en voir les effets."
)
PARAMETER_COLUMNS: Final[Mapping[str, str]] = {
    "label": "Paramètre",
    "value": "Valeur",
    "unit": "Unité",
    "name": "Nom dans les fichiers",
}
PARAMETERS: Final[Mapping[str, tuple[str, str]]] = {
    "model": ("Modèle", ""),
    "small_penalty": ("Pénalité d'un petit hôpital", "min"),
    "zone_penalty": ("Pénalité hors de la zone d'emploi de la commune", "min"),
    "small_beds": ("Un hôpital est petit au-dessous de", "lits de médecine"),
    "travel_time": ("Temps de trajet", ""),
    "travel_error_min": ("Écart moyen avec les temps officiels, hors calage", "min"),
    "travel_error_percent": ("Écart médian avec les temps officiels, hors calage", "%"),
    "remote_km": ("Distance au-delà de laquelle un site est une unité éloignée", "km"),
    "door_km": ("Distance à laquelle deux hôpitaux généraux sont porte à porte", "km"),
}
# The two lists of members
LISTS_TITLE: Final = "Membres des GHT : les deux listes"
LISTS_NOTE: Final = (
    "La liste en vigueur ({members}) n'est publiée nulle part. Elle est prouvée : pour chaque GHT, "
    "la somme de ses membres redonne les totaux que le ministère publie dans l'enquête SAE ; un "
    "membre déplacé ferait échouer la construction des données. Les membres hors de cette enquête "
    "sont repris de la liste précédente ({earlier}), sans vérification : les anomalies, plus bas, "
    "les nomment."
)
LISTS_COLUMNS: Final[Mapping[str, str]] = {
    "vintage": "Millésime",
    "source": "Source",
    "evidence": "Comment le membre est connu",
    "ghts": "GHT",
    "members": "Membres",
}
# Published figures
PUBLISHED_GHT: Final = "GHT"
PUBLISHED_COMPARED: Final = "Comparé"
ALL_PUBLISHED: Final = "Tous les chiffres publiés"
ALL_PUBLISHED_NOTE: Final = (
    "Un chiffre qui décrit autre chose que le GHT (un bassin, un seul membre, un département) est "
    "montré, jamais comparé au territoire modélisé."
)
ANOMALY_GHT: Final = "GHT"
ANOMALY_SOURCE: Final = "Source"
ANOMALY_COUNTS: Final[Mapping[str, str]] = {"kind": "Type", "count": "Nombre"}
ANOMALY_SUMMARY: Final = "Anomalies par type"

# The data page
DATA_INTRO: Final = (
    "D'où viennent les chiffres, les désaccords entre sources et les tables à télécharger."
)
DATA_SOURCES: Final = "Sources et millésimes"
DATA_RECONCILIATIONS: Final = "Compositions : du chiffre publié au chiffre affiché"
DATA_ANOMALIES: Final = "Anomalies relevées"
DATA_ANOMALY_KIND: Final = "Type d'anomalie"
DATA_ALL: Final = "Toutes"
DATA_FILTER: Final = "Filtrer (GHT, établissement, commune…)"
DATA_DICTIONARY: Final = "Dictionnaire et téléchargement des tables"
DATA_TABLE: Final = "Table"
DATA_LICENCES: Final = "Licences"
DATA_LICENCE_TEXT: Final = (
    "Les données viennent de producteurs publics et sont réutilisables sous la licence indiquée en "
    "face de chaque source, à condition d'en citer le producteur et le millésime. Les tables "
    "zones_odbl et commune_zones_odbl sont sous ODbL 1.0 : une base qui en dérive se partage sous "
    "la même licence. Les territoires et l'affectation des communes sont calculés avec les zones "
    "d'emploi de cette base : une base qui les reprend se partage sous la même licence. Citez "
    "« Atlas GHT, modèle {model} » et la version des données."
)
DATA_NO_ANOMALY: Final = "Aucune anomalie ne correspond à ce filtre."
RECONCILIATION_COLUMNS: Final[Mapping[str, str]] = {
    "ght_name": "GHT",
    "step": "Étape",
    "label": "Constat",
    "count": "Membres",
    "source": "Source",
}
DICTIONARY_COLUMNS: Final[Mapping[str, str]] = {
    "column": "Colonne",
    "dtype": "Type",
    "unit": "Unité",
    "is_nullable": "Peut manquer",
    "description": "Description",
}
DATA_PUBLISHED: Final = "Modèle et chiffres publiés"
DATA_PUBLISHED_NOTE: Final = (
    "Les chiffres publiés sont souvent arrondis, d'années différentes, et ne disent pas toujours "
    "s'ils comptent un bassin, un territoire ou des patients. Rien n'est ajusté pour s'en "
    "approcher."
)
DATA_COLLECTIVITIES: Final = "Collectivités hors de la somme"
DATA_COLLECTIVITIES_NOTE: Final = (
    "Leurs habitants ne sont comptés dans aucun territoire ni dans aucun total : elles n'ont pas "
    "de commune dans le modèle. Les populations viennent de l'INSEE, sans date dans la source ; "
    "une case vide est un nombre inconnu, ou un lieu sans habitant permanent."
)
COLLECTIVITY_COLUMNS: Final[Mapping[str, str]] = {
    "collectivity_code": "Code",
    "collectivity_name": "Collectivité",
    "population": "Habitants",
    "commune_count": "Communes ou circonscriptions",
}
DATA_RECONCILIATION_NOTE: Final = (
    "Pour chaque GHT qui publie un nombre de membres : la liste, les fusions constatées, et ce qui "
    "reste inexpliqué."
)

# Changes between two versions of the data
CHANGES_TITLE: Final = "Changements depuis la version précédente"
CHANGES_NONE: Final = "Aucune version précédente à comparer."
CHANGES_SECTIONS: Final[Mapping[str, str]] = {
    "ghts": "GHT et établissements supports",
    "members": "Membres",
    "territories": "Territoires",
    "measures": "Chiffres",
}


def changes_error(reason: str) -> str:
    """Say that the reference cannot be read."""
    return f"La version précédente ne peut pas être comparée. {reason}"


def all_published(count: int) -> str:
    """Offer every published figure."""
    return f"Voir tous les chiffres publiés ({count}), avec ce qu'ils décrivent"


def list_changes(count: int) -> str:
    """Offer what changed between the two lists."""
    return f"Voir ce qui a changé d'une liste à l'autre ({count})"


# Its sections, in their order
CONTENTS: Final = "Sommaire de la page"
SECTIONS: Final[Mapping[str, str]] = {
    "listes": LISTS_TITLE,
    "publies": DATA_PUBLISHED,
    "collectivites": DATA_COLLECTIVITIES,
    "compositions": DATA_RECONCILIATIONS,
    "anomalies": DATA_ANOMALIES,
    "changements": CHANGES_TITLE,
    "parametres": PARAMETERS_TITLE,
    "sources": DATA_SOURCES,
    "dictionnaire": DATA_DICTIONARY,
    "licences": DATA_LICENCES,
}
