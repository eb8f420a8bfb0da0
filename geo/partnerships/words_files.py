"""French words of the files and pictures of partnerships."""

from typing import Final

# The map of partnerships
LINKS_TITLE: Final = "Partenariats recensés – {place}"
LINKS_SUBTITLE: Final = (
    "Liste partielle, tirée de sources publiques. Chaque trait joint deux parties localisées, sans "
    "suivre de route. {left}"
)
LINKS_LEFT: Final = "{count} d'une carte à l'autre : non dessinés."
