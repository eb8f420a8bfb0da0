"""The French words of contributions: the template, the report of an upload, the store."""

from collections.abc import Mapping
from typing import Final

from geo.contributions.words_withdrawals import KIND
from geo.files.words import NEW_FILE
from geo.formats import format_count

Labels = Mapping[str, str]

# The template: sheets
LISTS_SHEET: Final = "Listes"
GUIDE_SHEET: Final = "Mode d'emploi"
PROBLEM: Final = "Problème"
IDENTIFIER: Final = "Identifiant"
GUIDE: Final = (
    ("Feuille Partenariats", "Une ligne par partenariat. Les colonnes marquées * sont à remplir."),
    (
        "Identifiant",
        ("Court, stable, sans accent ni espace : minuscules, chiffres et tirets, par exemple "
        "aube-gcs-imagerie. Il relie les feuilles entre elles."),
    ),
    ("Feuille Parties", "Une ligne par partie, avec l'identifiant de son partenariat."),
    (
        "Feuilles Événements, Sources, Liens",
        "Une ligne par événement, par source, par lien. Il faut au moins une source.",
    ),
    (
        "Plusieurs valeurs",
        "Séparez-les par une barre : Imagerie | Chirurgie. Une barre dans un texte s'écrit \\|.",
    ),
    (
        "Dates",
        ("AAAA, AAAA-MM ou AAAA-MM-JJ ; JJ/MM/AAAA et MM/AAAA sont compris. N'écrivez que ce qui "
        "est su : une année suffit. Chaque date demande sa certitude."),
    ),
    ("Listes", "Choisissez dans la liste de la cellule ; la feuille Listes a toutes les valeurs."),
    ("FINESS", "Neuf caractères, ou rien si l'organisme n'en a pas ou si le numéro n'est pas su."),
    (
        "Rôle",
        ("Un associé ou un partenaire n'est jamais un membre : les rôles Établissement support et "
        "Membre du GHT vont aux seuls établissements publics."),
    ),
    ("Formules", "Refusées : collez des valeurs. Un texte ne commence ni par =, ni par +, -, @."),
    (
        "Exemples",
        "Les lignes dont l'identifiant commence par exemple- ne sont pas prises : remplacez-les.",
    ),
    (
        "CSV",
        ("Le fichier CSV à remplir tient en une seule feuille : les parties, les événements, les "
        "sources et les liens y sont des listes, dans le même ordre d'une colonne à l'autre."),
    ),
)  # fmt: skip


def refused_format(title: str) -> str:
    """Refuse a kind of file."""
    return f"{title} : format refusé. Donnez un fichier .xlsx, .ods, .csv ou .yaml."


def empty_file(title: str) -> str:
    """Refuse a file that holds nothing."""
    return f"{title} : fichier vide. {NEW_FILE}"


def no_row(title: str) -> str:
    """Refuse a template without a row."""
    return f"{title} : aucun partenariat sous l'en-tête. Donnez une ligne par partenariat."


def missing(sheet: str, names: str) -> str:
    """Refuse a sheet without the columns that must be filled."""
    return f"feuille {sheet}, colonne(s) absente(s) : {names}. {NEW_FILE}"


def twice(names: str) -> str:
    """Refuse two columns of the same name."""
    return f"colonne en double : {names}. Gardez-en une seule de chaque nom."


# Problems of a row: what, and the cure
FORMULA: Final = ("formule de tableur", "Collez la valeur à la place de la formule.")
CELL_ERROR: Final = ("erreur de tableur", "Corrigez ou videz la cellule.")
ORPHAN: Final = (
    "partenariat absent de la feuille Partenariats",
    "Corrigez l'identifiant, ou ajoutez le partenariat.",
)
BEYOND: Final = (
    "cellule au-delà des colonnes",
    "Mettez entre guillemets un texte qui contient le séparateur.",
)
BAD_REVISION: Final = (
    "révision qui n'est pas un nombre",
    "Laissez la colonne Révision telle que l'atlas l'a remplie.",
)
REFUSED_TARGET: Final = (
    "partenariat lié refusé",
    "Corrigez d'abord ce partenariat, ou retirez le lien.",
)


def uneven(count: int, expected: int) -> tuple[str, str]:
    """Say that lists that go together have different lengths."""
    return (
        f"{format_count(count, 'valeur')} au lieu de {expected}",
        "Donnez autant de valeurs que dans les autres colonnes, vides au besoin : a | | c.",
    )


def pick(column: str) -> str:
    """Say where the accepted values are."""
    return f"Choisissez une valeur de la liste « {column} » (feuille Listes)."


# The report
REPORT_COLUMNS: Final[Labels] = {
    "sheet": "Feuille",
    "row": "Ligne",
    "column": "Colonne",
    "value": "Valeur",
    "problem": PROBLEM,
    "cure": "Que faire",
}
LINE_COLUMNS: Final[Labels] = {
    "row": "Ligne",
    "id": IDENTIFIER,
    "title": "Titre",
    "verdict": "Résultat",
}
ACCEPTED: Final = "Accepté"
EXAMPLE: Final = "Exemple, laissé de côté"


def refused(problems: int) -> str:
    """Say that a row is refused."""
    return f"Refusé : {format_count(problems, 'problème')}"


# The store: one sentence per outcome
ASK: Final = "Si cela dure, prévenez la personne qui administre ce site."
BAD_URL: Final = (
    "La base des contributions est mal réglée sur ce serveur. Prévenez la personne qui administre "
    "ce site : le journal du serveur dit pourquoi."
)
UNREACHABLE: Final = f"Base injoignable : réessayez dans un instant. {ASK}"
NO_FILE: Final = f"Le fichier de la base ne s'ouvre pas : réessayez dans un instant. {ASK}"
NOT_A_BASE: Final = (
    "Le fichier de la base n'est pas une base SQLite saine. Prévenez la personne qui administre ce "
    "site : il faut rétablir une sauvegarde."
)
GONE: Final = (
    "Le fichier de la base a disparu : rien n'y est plus lu ni enregistré. Prévenez la personne "
    "qui administre ce site : il faut rétablir le fichier."
)
READ_ONLY: Final = (
    "La base est en lecture seule : rien n'a été enregistré. Prévenez la personne qui administre "
    "ce site."
)
DISK_FULL: Final = (
    "Le disque de la base est plein : rien n'a été enregistré. Prévenez la personne qui administre "
    "ce site, puis recommencez."
)
BUSY: Final = "La base est occupée : rien n'a été enregistré. Recommencez dans un instant."
FAILED: Final = (
    "La base a refusé l'opération : rien n'a été enregistré. Le journal du serveur dit pourquoi."
)


def newer_base(found: int, known: int) -> str:
    """Refuse a base made by a later program."""
    return (
        f"La base est au format {found}, plus récent que celui de ce programme ({known}). Mettez "
        "Atlas GHT à jour ; rien n'a été modifié."
    )


NO_AUTHOR: Final = "Écrivez votre nom : il est enregistré avec vos partenariats."


def bad_author(most: int) -> str:
    """Refuse the name of an author."""
    return (
        f"Nom refusé : {most} caractères au plus, sans « < » ni « > », qui ne commence ni par =, "
        "ni par +, -, @. Corrigez-le."
    )


def no_conflict(record: str, revision: int) -> str:
    """Refuse to settle what is not a conflict."""
    return f"{record} : la révision {revision} n'est pas un conflit à régler. Rechargez la page."


def revision(number: int) -> str:
    """Name a revision."""
    return f"Révision {number}"


# The panels
HISTORY_COLUMNS: Final[Labels] = {
    "record_id": IDENTIFIER,
    "title": "Titre",
    "number": "Révision",
    "made_from": "Établie à partir de",
    "kind": KIND,
    "author": "Auteur",
    "saved_at": "Enregistrée le (UTC)",
    "state": "État",
}
FIELD: Final = "Champ"
CURRENT: Final = "En cours"
PAST: Final = "Remplacée"
IN_CONFLICT: Final = "En conflit"
SETTLED: Final = "Conflit réglé"

# Names that stand for codes
GIVE_CODE: Final = "Donnez le code."


def understood(text: str, code: str, how: str) -> str:
    """Say which code was read."""
    return f"« {text} » : {code}{f', {how}' if how else ''}."
