"""French words of the files and pictures of partnerships."""

from collections.abc import Mapping
from typing import Final

# The map of partnerships
LOOKS: Final[Mapping[str, str]] = {
    "carte": "Partenariats affichés",
    "frise": "Frise des partenariats",
    "tableau": "Partenariats affichés",
    "reseau": "Réseau du GHT",
    "matrice": "Formes et domaines",
}
LINKS_TITLE: Final = "Partenariats recensés – {place}"
LINKS_SUBTITLE: Final = (
    "Liste partielle, tirée de sources publiques. Chaque trait joint deux parties localisées, sans "
    "suivre de route. {left}"
)
LINKS_LEFT: Final = "{count} d'une carte à l'autre : non dessinés."
