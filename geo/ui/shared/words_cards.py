"""French words around the cards of a commune and of a hospital, on any page."""

from collections.abc import Sequence
from typing import Final

NAMED: Final = 4

PEOPLE: Final = "Habitants"
ZONES: Final = "Découpages"
MODELS: Final = "Comparer les modèles pour cette commune (page Modèles)"
CLOSE_COMMUNE: Final = "Fermer la fiche de la commune"
SHEET: Final = "Ouvrir la fiche de l'entité juridique (page Établissements)"
PARTNERSHIPS: Final = "Voir les partenariats de son GHT"
CHOICE: Final = "Hôpitaux généraux du territoire"
CHOICE_NONE: Final = "Ouvrir la fiche d'un hôpital"
CLOSE_SITE: Final = "Fermer la fiche du site"


def activity_title(last: int) -> str:
    """Name the figures of a site."""
    return f"Activité {last}"


def since(change: str, first: int) -> str:
    """Say by how much a figure has changed."""
    return f"Évolution depuis {first} : {change}"


def partnerships(titles: Sequence[str]) -> str:
    """Name the partnerships where a site or its entity is a party."""
    if not titles:
        return "Aucun partenariat recensé ne nomme ce site ni son entité ; la liste est partielle."
    shown = " ; ".join(titles[:NAMED])
    left = len(titles) - NAMED
    more = f" ; et {left} de plus" if left > 0 else ""
    return f"Partenariats recensés où son entité est partie : {shown}{more}."
