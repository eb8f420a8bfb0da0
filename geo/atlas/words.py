"""French words of the bundled data: what people type, changes between two versions."""

from collections.abc import Mapping, Sequence
from typing import Final

from geo.formats import format_count

# From what people type to a code: noun and its adjective
NOUNS: Final[Mapping[str, tuple[str, str]]] = {
    "ght": ("GHT", "inconnu"),
    "area": ("Territoire", "inconnu"),
    "region": ("Région", "inconnue"),
    "commune": ("Commune", "inconnue"),
    "entity": ("Entité juridique", "inconnue"),
    "site": ("Établissement", "inconnu"),
}
SCIENTIFIC: Final = (
    "nombre en écriture scientifique, qui a perdu ses chiffres ; mettez la colonne au format Texte"
)
EMPTY: Final = "vide"
NO_LONGER: Final = "ce code n'est pas en vigueur ; donnez celui de la commune d'aujourd'hui"
OUT_OF_ATLAS: Final = "collectivité d'outre-mer, hors de l'atlas"
ZERO: Final = "zéro de tête rétabli"
ARRONDISSEMENT: Final = "arrondissement, compté avec {}"
HELD: Final = "comptée avec {}"
OLD_CODE: Final = "ancien code de {}"
POSTCODE: Final = "code postal : {}"
# Kind of former commune -> what became of it, and since when
FORMER: Final[Mapping[str, tuple[str, str]]] = {
    "fusion": ("{name}, fusionnée dans {today}", " depuis le {}"),
    "partage": ("{name}, en partie dans {today}", " depuis le {}"),
    "changement_code": ("ancien code de la commune {today}", ", changé le {}"),
    "changement_nom": ("{name}, ancien nom de la commune {today}", ", changé le {}"),
    "deleguee": ("{name}, commune déléguée, fusionnée dans {today}", " depuis le {}"),
    "associee": ("{name}, commune associée, fusionnée dans {today}", " depuis le {}"),
}

# Changes between two versions of the data
CHANGES_SAME: Final = "Aucune différence entre les deux versions dans ces tables."
CHANGES_KINDS: Final[Mapping[str, str]] = {
    "ght_appeared": "GHT apparu",
    "ght_gone": "GHT disparu",
    "ght_renamed": "GHT renommé",
    "member_joined": "Membre entré",
    "member_left": "Membre sorti",
    "member_moved": "Membre passé d'un GHT à un autre",
    "member_merged": "Membre fusionné dans un autre",
    "role_changed": "Rôle changé",
    "support_changed": "Établissement support changé",
    "population_changed": "Population modélisée changée",
    "communes_changed": "Communes du territoire changées",
    "measure_changed": "Chiffre du territoire changé",
    "activity_changed": "Activité des GHT changée",
}
CHANGES_COLUMNS: Final[Mapping[str, str]] = {
    "kind_label": "Changement",
    "area_code": "Territoire",
    "area_name": "Nom",
    "subject": "Objet",
    "before": "Avant",
    "after": "Après",
}
INHABITANTS: Final = "Habitants"
COMMUNES: Final = "Communes"
WHOLE: Final = "Ensemble des GHT"


def of_year(measure: str, year: int) -> str:
    """Name a measure in a year."""
    return f"{measure}, {year}"


def changes_line(old: str, new: str) -> str:
    """Say which versions are compared."""
    return f"De la version {old} à la version {new}."


def lists_line(old: str, new: str) -> str:
    """Say which lists of members are compared."""
    return f"De la liste des membres de {old} à celle de {new}."


def named(name: str, number: str) -> str:
    """Write a name with the FINESS number it goes with."""
    return f"{name} ({number})" if number else name


def unnamed(city: str) -> str:
    """Stand for the name of an entity that no source names."""
    return f"Entité non nommée, {city}" if city else "Entité non nommée"


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


def former(name: str, today: str, kind: str, since: str) -> str:
    """Say what became of a commune, and since when if it is known."""
    what, when = FORMER[kind]
    return what.format(name=name, today=today) + (when.format(since) if since else "")


def several(count: int, is_postal: bool) -> str:
    """Say that a code is that of several communes."""
    kind = "code postal" if is_postal else "ancien code ou ancien nom"
    return f"{kind} de {format_count(count, 'commune')}"


def gone(former: str, today: str, is_shared: bool) -> str:
    """Say which GHT has the members of one that is gone, or most of them."""
    if is_shared:
        return f"la plupart des membres de {former} sont dans {today}"
    return f"{former} fait partie de {today}"


def former_ght(former: str, today: str) -> str:
    """Name a GHT that is gone, with the one that has its members now."""
    return f"GHT {former}, aujourd'hui {today}"


def by_name(label: str) -> str:
    """Say that a name gave a code."""
    return f"lu par son nom : {label}"


def unresolved(noun: str, text: str, problem: str, fitting: int) -> str:
    """Say that a text gives no code: unknown, impossible, or the name of several things."""
    name, unknown = NOUNS[noun]
    if problem:
        return f"{name} « {text} » : {problem}."
    said = f"désigne {fitting} codes" if fitting else unknown
    return f"{name} « {text} » {said}."


def proposed(shown: Sequence[str], count: int, is_fitting: bool) -> str:
    """Propose codes: those that fit, or the nearest."""
    if not shown:
        return ""
    left = count - len(shown)
    more = f" (et {format_count(left, 'autre')})" if left > 0 else ""
    start = "Écrivez le code" if is_fitting else "Les plus proches"
    return f" {start} : {', '.join(shown)}{more}."
