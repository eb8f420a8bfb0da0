"""French words of the panels of contributions."""

from typing import Final

from geo.formats import format_count

# The store: one sentence per outcome
STORE_TITLE: Final = "Base des contributions"
NO_STORE: Final = (
    "Ce site ne garde pas les partenariats ajoutés : ils restent dans cette session. "
    "Enregistrez-les dans un fichier avant de la quitter."
)
REFUSED_SAVE: Final = "Rien n'a été enregistré :"
KEPT: Final = "Vos partenariats restent dans cette session."

# The panels
TITLE: Final = "Ajouter vos partenariats"
INTRO: Final = (
    "Remplissez le fichier, déposez-le : chaque ligne est contrôlée et chaque problème est montré "
    "à sa place. Les lignes acceptées rejoignent les vues de cette session."
)
TEMPLATE_XLSX: Final = "Fichier à remplir (XLSX)"
TEMPLATE_CSV: Final = "Fichier à remplir (CSV)"
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
    "projet : il a la forme des fiches de l'atlas."
)
DROP: Final = "Retirer de la session"
DROP_CHOICE: Final = "Partenariat à retirer"
AUTHOR: Final = "Votre nom"
NOTHING_TO_SAVE: Final = "Rien à enregistrer : ajoutez d'abord des partenariats à vos vues."
RETRY: Final = "Réessayer"
HISTORY: Final = "Historique"
EXPORT_CSV: Final = "Toutes les révisions (CSV)"
EXPORT_JSON: Final = "Toutes les révisions (JSON)"
STORED_FILE: Final = "Contributions en cours (XLSX, pour les modifier)"
MORE: Final = "Seules les {shown} premières lignes sont montrées ; le fichier les a toutes."
NO_HISTORY: Final = "Aucune contribution enregistrée pour l'instant."
REFUSED_STORED: Final = "Contributions enregistrées que les règles d'aujourd'hui refusent"


def ignored(names: str) -> str:
    """Say which columns or sheets are not read."""
    return f"Non lu, absent du fichier à remplir : {names}."


def examples_left(count: int) -> str:
    """Say that examples are not contributions."""
    if count == 1:
        return "1 ligne d'exemple laissée de côté : changez son identifiant pour l'ajouter."
    return f"{count} lignes d'exemple laissées de côté : changez leur identifiant pour les ajouter."


def conflict(record: str, revision: int, author: str, made_from: int, head: int) -> str:
    """Say that an edit started from a revision that was no longer the current one."""
    start = f"de la révision {made_from}" if made_from else "de rien"
    return (
        f"{record} : la révision {revision}, de {author}, partait {start} alors que la révision "
        f"{head} était déjà enregistrée. Les deux sont gardées : choisissez celle qui reste."
    )


def crossed(count: int) -> str:
    """Say that saved edits are in conflict."""
    if count == 1:
        return "1 partenariat a été modifié entre-temps : choisissez entre les deux versions."
    return f"{count} partenariats ont été modifiés entre-temps : choisissez entre leurs versions."


def saved(count: int) -> str:
    """Say what was saved."""
    past = "enregistré" if count <= 1 else "enregistrés"
    return f"{format_count(count, 'partenariat')} {past} dans la base."


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
