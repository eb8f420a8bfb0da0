"""French words of the changes between two versions of the data."""

from collections.abc import Mapping, Sequence
from typing import Final

from geo.formats import format_count

# Changes between two versions of the data
CHANGES_TITLE: Final = "Changements depuis la version précédente"
CHANGES_NONE: Final = (
    "Aucune version précédente n'est donnée. Pour en comparer une, nommez son dossier dans la "
    "variable d'environnement ATLAS_GHT_PREVIOUS avant de lancer le service, ou lancez "
    "« python -m geo changes ANCIEN NOUVEAU »."
)
CHANGES_SAME: Final = "Aucune différence entre les deux versions dans ces tables."
CHANGES_KINDS: Final[Mapping[str, str]] = {
    "ght_appeared": "GHT apparu",
    "ght_gone": "GHT disparu",
    "ght_renamed": "GHT renommé",
    "member_joined": "Membre entré",
    "member_left": "Membre sorti",
    "member_moved": "Membre passé d'un GHT à un autre",
    "role_changed": "Rôle changé",
    "support_changed": "Établissement support changé",
    "population_changed": "Population modélisée changée",
    "communes_changed": "Communes du territoire changées",
}
CHANGES_SECTIONS: Final[Mapping[str, str]] = {
    "ghts": "GHT et établissements supports",
    "members": "Membres",
    "territories": "Territoires",
}
CHANGES_COLUMNS: Final[Mapping[str, str]] = {
    "kind_label": "Changement",
    "area_code": "GHT ou aire",
    "area_name": "Nom",
    "subject": "Objet",
    "before": "Avant",
    "after": "Après",
}
INHABITANTS: Final = "Habitants"
COMMUNES: Final = "Communes"


def changes_line(old: str, new: str) -> str:
    """Say which versions are compared."""
    return f"De la version {old} à la version {new}."


def changes_error(reason: str) -> str:
    """Say that the reference cannot be read."""
    return f"La version précédente ne peut pas être comparée. {reason}"


def named(name: str, number: str) -> str:
    """Write a name with the FINESS number it goes with."""
    return f"{name} ({number})" if number else name


def no_table(name: str, folder: str) -> str:
    """Say that a version has no such table."""
    return (
        f"La table {name} est absente de {folder} : cette version ne peut pas être comparée. "
        "Donnez un dossier de données complet."
    )


def wrong_table(path: str, columns: Sequence[str]) -> str:
    """Say that a table of a version cannot be read."""
    return (
        f"Le fichier {path} est illisible ou n'a pas les colonnes {', '.join(columns)} : cette "
        "version ne peut pas être comparée. Donnez un dossier de données complet."
    )


def moved(verb: str, names: str, count: int) -> str:
    """Say which communes were lost or taken; nothing for none."""
    return f"{format_count(count, verb)} : {names}" if count else ""


def more_communes(names: str, more: int) -> str:
    """List some communes, and count the others."""
    return f"{names} et {format_count(more, 'autre', 'autres')}" if more > 0 else names
