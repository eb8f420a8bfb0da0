"""French words of the panel of a person's zoning."""

from collections.abc import Mapping
from typing import Final

from geo.formats import format_number

TITLE: Final = "Votre zonage"
INTRO: Final = (
    "Un zonage donne des communes à des zones de tout nom, ou à des GHT. Il reste dans votre "
    "session et n'est pas enregistré."
)
ORIGIN: Final = "Origine"
ORIGINS: Final[Mapping[str, str]] = {
    "fichier": "Un fichier",
    "pret": "Un zonage existant",
    "cercle": "Un cercle",
    "duree": "Une durée",
}

# A file
FILE: Final = (
    "Tableau CSV, XLSX ou ODS (5 Mo au plus), contours GeoJSON, GeoPackage, KML ou shapefile zippé "
    "(20 Mo au plus)"
)
TEMPLATE: Final = "Télécharger un fichier à remplir (CSV)"
TEMPLATE_COLUMNS: Final[Mapping[str, str]] = {
    "insee_code": "code_insee",
    "commune_name": "commune",
    "dep_code": "departement",
    "zone": "zone",
}
LAYER: Final = "Couche"
COLUMN: Final = "Nom des zones"
RULE: Final = "Commune coupée par une limite"
RULES: Final[Mapping[str, str]] = {
    "mairie": "zone de sa mairie",
    "superficie": "zone de sa plus grande part",
}
MEANING: Final = "Ce que les noms désignent"
MEANINGS: Final[Mapping[str, str]] = {"libre": "des zones à part", "ght": "des GHT"}
REST: Final = "Communes absentes"
REST_PARTIAL: Final = "hors zonage"

# A zoning of the atlas, a circle, a time
KIND: Final = "Zonage"
CENTRE: Final = "Commune au centre"
CENTRE_HINT: Final = "Ex. : Troyes, 10387"
RADIUS: Final = "Rayon (km)"
SITE: Final = "Site hospitalier général"
SITE_NONE: Final = "Choisir…"
MINUTES: Final = "Durée au plus (min)"

# The report
REPORT_TITLE: Final = "Contenu du zonage"
REPORT: Final[Mapping[str, tuple[str, str]]] = {
    "matched": ("Communes reconnues", "elles seront utilisées"),
    "unknown_communes": ("Communes non reconnues", "ces lignes seront ignorées"),
    "unknown_ghts": ("Zones ou GHT non reconnus", "leurs communes seront hors zonage"),
    "missing": ("Communes absentes", "hors zonage, ou complétées au choix"),
    "duplicated": ("Communes en double", "gardées une fois si la zone est la même"),
    "conflicting": ("Communes données à deux zones", "elles seront hors zonage"),
}
LINES: Final = "Codes et noms compris autrement qu'à la lettre, ou non reconnus"
LINES_FILE: Final = "Tout ce qui a été compris (CSV)"
LIST_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "zonage_lignes": ("modèles", "zonage", "lignes"),
    "zonage_coupees": ("modèles", "zonage", "communes coupées"),
}
TEMPLATE_NAME: Final = ("zonage", "à remplir")
CUT: Final = "Communes coupées par une limite"
USE: Final = "Utiliser ce zonage"
DROP: Final = "Retirer ce zonage"
USED: Final = (
    "Ce zonage est le modèle « Votre zonage », sur la carte, les tableaux et les fichiers."
)
NO_SCENARIO: Final = (
    "Un zonage importé ne réagit pas aux scénarios : le scénario n'est pas appliqué."
)

# What it gives
FIGURES: Final = "Chiffres par zone"
CROSSING: Final = "Zones et territoires de GHT"
CROSSING_NOTE: Final = (
    "Habitants que chaque zone et chaque territoire du modèle par défaut ont en commun. Les lignes "
    "totalisent le pays."
)
SITES: Final = "Sites hospitaliers généraux par zone"
OPEN_LICENCE: Final = "{title} (ODbL)"


def rest_completed(model: str) -> str:
    """Name the choice that completes a zoning."""
    return f"comme le modèle {model}"


def import_note(rows: str, population: str) -> str:
    """Say what a zoning holds."""
    return f"{rows} lues ; les communes reconnues comptent {population}."


def zone_count(count: int) -> str:
    """Count the zones of a zoning."""
    return f"Zones : {format_number(count)}."
