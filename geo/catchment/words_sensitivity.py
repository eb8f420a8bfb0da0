"""French words of the sensitivity: its file, its progress, its refusals."""

from typing import Final

OTHER_VERSION: Final = (
    "Ce travailleur a les données {here}, et non {asked}. Installez-y la même version du projet."
)
NOT_WRITABLE: Final = "{path} : écriture impossible ({reason}). Donnez un autre fichier à --out."
NOT_RUNS: Final = (
    "{path} : ce n'est pas un fichier de tirages de geo sensitivity. Donnez un autre fichier à "
    "--out."
)
OTHER_RUNS: Final = (
    "{path} : tirages d'autres données, d'une autre graine ou d'une autre grille. Donnez un autre "
    "fichier à --out, ou supprimez celui-ci."
)
RUNS_REFUSED: Final = "Nombre de tirages refusé : {count}. Donnez un entier de 1 à {most}."
WORKERS_REFUSED: Final = (
    "Nombre de processus de calcul refusé : {count}. Donnez un entier de 1 à {most}."
)
LOST: Final = (
    "Ordonnanceur Dask perdu en route. Redémarrez-le, puis relancez la commande : avec --out, les "
    "tirages déjà faits sont gardés."
)
DONE: Final = "{count} en {seconds} s."
