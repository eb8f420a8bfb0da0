"""The French text of the files people take away, in one place."""

from collections.abc import Mapping
from typing import Final

# Reading a file: whole-file refusals
NEW_FILE: Final = "Repartez du fichier à remplir."

# What can be exported, as the command line and the file names call it
WHAT: Final[Mapping[str, str]] = {
    "territories": "Territoires",
    "communes": "Communes",
    "zones": "Zones des communes (ODbL)",
    "establishments": "Établissements",
    "partnerships": "Partenariats",
    "links": "Liens entre parties",
    "parties": "Parties des partenariats",
}
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
NOTE_VINTAGES: Final = "Millésimes"
NOTE_MODEL: Final = "Modèle de territoire"
NOTE_WARNING: Final = "Avertissement"
NOTE_LICENCE: Final = "Licence"
NOTE_UNKNOWN: Final = "Valeurs inconnues"
UNKNOWN_RULE: Final = "Cellule vide : inconnu ou sans objet ; jamais zéro."
LICENCE_RULE: Final = (
    "Licence Ouverte 2.0 : citez les producteurs ci-dessous et « Atlas GHT », avec la version. Les "
    "territoires sont calculés avec les zones d'emploi de la base COGugaison (ODbL 1.0) : citez-la "
    "aussi, et partagez sous cette licence une base de territoires ou de rattachements."
)
ODBL_RULE: Final = (
    "ODbL 1.0 (https://opendatacommons.org/licenses/odbl/1-0/) : citez l'INSEE, la base COGugaison "
    "et « Atlas GHT » ; partagez sous la même licence toute base qui en dérive."
)
PARAMETER: Final = "Paramètre {name}"
UNKNOWN_WHAT: Final = "Contenu « {what} » inconnu. Contenus : {known}."
NOT_WRITABLE: Final = "{path} : écriture impossible ({reason}). Choisissez un autre dossier."
TOO_MANY_ROWS: Final = (
    "{rows} lignes : une feuille de classeur en contient {most} au plus. Filtrez, ou exportez en "
    "CSV."
)


def sheet_read(title: str) -> str:
    """Say which sheet of a workbook is read."""
    return f"La feuille « {title} » est lue."


def heading_at(line: int) -> str:
    """Say where the heading of a table was found."""
    return f"L'en-tête est lu à la ligne {line}."


def button(form: str, title: str) -> str:
    """Name a button by its file: its form and what it holds."""
    return f"{form} : {title}"


def licence_rule(title: str) -> str:
    """Say what may be done with a file: its title names a licence that is not the usual one."""
    return ODBL_RULE if "odbl" in title.lower() else LICENCE_RULE
