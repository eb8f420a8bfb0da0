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
        ("Le modèle CSV tient en une seule feuille : les parties, les événements, les sources et "
        "les liens y sont des listes, dans le même ordre d'une colonne à l'autre."),
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
    "verdict": "Verdict",
}
ACCEPTED: Final = "Accepté"
EXAMPLE: Final = "Exemple, laissé de côté"


def refused(problems: int) -> str:
    """Say that a row is refused."""
    return f"Refusé : {format_count(problems, 'problème')}"


def ignored(names: str) -> str:
    """Say which columns or sheets are not read."""
    return f"Non lu, faute d'être dans le modèle : {names}."


def examples_left(count: int) -> str:
    """Say that examples are not contributions."""
    if count == 1:
        return "1 ligne d'exemple laissée de côté : changez son identifiant pour l'ajouter."
    return f"{count} lignes d'exemple laissées de côté : changez leur identifiant pour les ajouter."


# The store: one sentence per outcome
STORE_TITLE: Final = "Base des contributions"
ASK: Final = "Si cela dure, prévenez la personne qui administre ce site."
NO_STORE: Final = (
    "Ce site ne garde pas les partenariats ajoutés : ils restent dans cette session. "
    "Enregistrez-les dans un fichier avant de la quitter."
)
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
REFUSED_SAVE: Final = "Rien n'a été enregistré :"
KEPT: Final = "Vos partenariats restent dans cette session."


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


def conflict(record: str, revision: int, author: str, made_from: int, head: int) -> str:
    """Say that an edit started from a revision that was no longer the current one."""
    start = f"de la révision {made_from}" if made_from else "de rien"
    return (
        f"{record} : la révision {revision}, de {author}, partait {start} alors que la révision "
        f"{head} était déjà enregistrée. Les deux sont gardées : choisissez celle qui reste."
    )


def revision(number: int) -> str:
    """Name a revision."""
    return f"Révision {number}"


def crossed(count: int) -> str:
    """Say that saved edits are in conflict."""
    if count == 1:
        return "1 partenariat a été modifié entre-temps : votre version est gardée, à départager."
    return (
        f"{count} partenariats ont été modifiés entre-temps : vos versions sont gardées, à "
        "départager."
    )


def saved(count: int) -> str:
    """Say what was saved."""
    past = "enregistré" if count <= 1 else "enregistrés"
    return f"{format_count(count, 'partenariat')} {past} dans la base."


# The panels
TITLE: Final = "Ajouter vos partenariats"
INTRO: Final = (
    "Remplissez le modèle, déposez-le : chaque ligne est contrôlée et chaque problème est montré à "
    "sa place. Les lignes acceptées rejoignent les vues de cette session."
)
TEMPLATE_XLSX: Final = "Modèle XLSX"
TEMPLATE_CSV: Final = "Modèle CSV"
FILE: Final = "Fichier de partenariats (XLSX, ODS, CSV ou YAML)"
REPORT: Final = "Contrôle du fichier"
READ_COUNT: Final = "Partenariats lus"
ACCEPTED_COUNT: Final = "Acceptés"
REFUSED_COUNT: Final = "Refusés"
PROBLEM_COUNT: Final = "Problèmes"
PROBLEMS: Final = "Problèmes, ligne par ligne"
LINES: Final = "Lignes du fichier"
CORRECTED: Final = "Le fichier avec ses problèmes"
ALREADY_THERE: Final = "Les partenariats acceptés sont déjà dans vos vues."
SESSION: Final = "Vos partenariats de cette session"
SESSION_NOTE: Final = (
    "Ils se voient dans la carte, la frise et les tableaux de cette session, nulle part ailleurs."
)
AS_XLSX: Final = "Enregistrer en XLSX"
AS_CSV: Final = "Enregistrer en CSV"
AS_YAML: Final = "Fichier à proposer (YAML)"
PROPOSE: Final = (
    "Pour proposer un partenariat à l'atlas, joignez le fichier YAML à une demande sur le dépôt du "
    "projet : il a la forme des relevés de l'atlas."
)
DROP: Final = "Retirer de la session"
DROP_CHOICE: Final = "Partenariat à retirer"
AUTHOR: Final = "Votre nom"
NOTHING_TO_SAVE: Final = "Rien à enregistrer : ajoutez d'abord des partenariats à vos vues."
RETRY: Final = "Réessayer"
HISTORY: Final = "Historique"
HISTORY_COLUMNS: Final[Labels] = {
    "record_id": IDENTIFIER,
    "title": "Titre",
    "number": "Révision",
    "made_from": "Partie de",
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
EXPORT_CSV: Final = "Toutes les révisions (CSV)"
EXPORT_JSON: Final = "Toutes les révisions (JSON)"
STORED_FILE: Final = "Contributions en cours (XLSX, pour les modifier)"
MORE: Final = "Seules les {shown} premières lignes sont montrées ; le fichier les a toutes."
NO_HISTORY: Final = "Aucune contribution enregistrée pour l'instant."
REFUSED_STORED: Final = "Contributions enregistrées que les règles d'aujourd'hui refusent"


def named(title: str, identifier: str) -> str:
    """Name a partnership of the session in a list."""
    return f"{title} ({identifier})"


def keep_conflict(revision: int) -> str:
    """Offer to make a conflicting revision the current one."""
    return f"Garder la révision {revision}"


def keep_head(revision: int) -> str:
    """Offer to keep the current revision."""
    return f"Garder la révision {revision}, en cours"


def add(count: int) -> str:
    """Offer to use the accepted rows."""
    return f"Ajouter {format_count(count, 'partenariat')} à mes vues"


def added(count: int) -> str:
    """Say what was added."""
    past = "ajouté" if count <= 1 else "ajoutés"
    return f"{format_count(count, 'partenariat')} {past} à vos vues."


def save_in_store(count: int) -> str:
    """Offer to save the session in the store."""
    return f"Enregistrer {format_count(count, 'partenariat')} dans la base"


# Names that stand for codes
GIVE_CODE: Final = "Donnez le code."


def understood(text: str, code: str, how: str) -> str:
    """Say which code was read."""
    return f"« {text} » : {code}{f', {how}' if how else ''}."
