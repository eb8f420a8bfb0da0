"""French words of the panel of a person's travel times."""

from typing import Final

TITLE: Final = "Vos temps de trajet"
INTRO: Final = (
    "Un CSV de trois colonnes : commune de départ (code INSEE), site d'arrivée (numéro FINESS), "
    "durée en minutes ou en heures et minutes (00:35). Il remplace les temps des modèles de cette "
    "page, pour votre session ; un couple absent est hors d'atteinte."
)
FILE: Final = "Temps de trajet (CSV, 20 Mo et 500 000 couples au plus)"
REPORT: Final = "Contenu du fichier"
PAIRS: Final = "Couples lus"
ORIGINS: Final = "Communes de départ non reconnues"
DESTINATIONS: Final = "Sites d'arrivée non reconnus"
OUTSIDE: Final = "ignorés : inconnus, ou sans rôle dans les modèles"
ESTIMATED: Final = "Communes sans temps dans le fichier"
KEPT: Final = "elles gardent les temps de l'atlas"
USE: Final = "Utiliser ces temps"
DROP: Final = "Retirer ces temps"
USED: Final = (
    "Les modèles de cette page utilisent vos temps. Les comparaisons de tous les modèles et la "
    "validation gardent ceux de l'atlas."
)
OWN_TIMES: Final = "avec vos temps de trajet"
NOTE: Final = "Temps de trajet importés (empreinte)"
