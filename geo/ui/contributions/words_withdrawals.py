"""French words of the panel of withdrawals."""

from typing import Final

TITLE: Final = "Retirer une contribution"
NOTE: Final = (
    "Un partenariat retiré quitte les vues de tous. Ses révisions restent dans l'historique, avec "
    "l'auteur et la date du retrait, et il peut être rétabli."
)
CHOICE: Final = "Partenariat à retirer de la base"
ASK: Final = "Retirer de la base"
CONFIRM: Final = "Confirmer le retrait"
CANCEL: Final = "Annuler"
BACK_CHOICE: Final = "Partenariat retiré"
RESTORE: Final = "Rétablir dans la base"


def sure(title: str, revision: int) -> str:
    """Ask for a confirmation."""
    return (
        f"{title}, révision {revision} : le retirer des vues de tous ? Son historique est gardé. "
        "Confirmez sous votre nom, ou annulez."
    )


def withdrawn(title: str) -> str:
    """Say that a partnership was withdrawn."""
    return f"{title} : retiré de la base. Son historique est gardé, il peut être rétabli."


def restored(title: str) -> str:
    """Say that a partnership is there again."""
    return f"{title} : rétabli dans la base."


def crossed(title: str) -> str:
    """Say that a withdrawal, or what undoes one, came too late."""
    return (
        f"{title} : modifié entre-temps par quelqu'un d'autre. Rien n'est effacé : votre demande "
        "est gardée à côté, à choisir entre les deux."
    )


def of_withdrawal(label: str) -> str:
    """Mark the name of a revision that withdraws its partnership."""
    return f"{label} (retrait)"
