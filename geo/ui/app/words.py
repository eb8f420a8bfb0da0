"""What the web server answers and says by itself, in French."""

from typing import Final

# To who sends what no browser of a visitor sends
UNKNOWN_ADDRESS: Final = "Adresse inconnue."
FOREIGN_ORIGIN: Final = "Demande refusée : elle vient d'un autre site."
BAD_SEARCH: Final = "Recherche illisible."
REQUEST_FAILED: Final = "Le serveur n'a pas pu répondre à cette demande."

# To a visitor whose address leads nowhere
LOST_WINDOW: Final = "Page introuvable – Atlas GHT"
LOST: Final = "Page introuvable"
LOST_LINKS: Final = "Pages"
LOST_MORE: Final = (
    "Aucune page de l'atlas n'a cette adresse. Vérifiez-la, ou choisissez une page dans la liste."
)

# To probes: no path, no host, no address of a database
CHECK_OK: Final = "ok"
NO_STORE: Final = "none"
DATA_BROKEN: Final = "Les données sont absentes ou altérées."
MAP_MISSING: Final = "Les fichiers de la carte ne sont pas publiés."
STORE_SILENT: Final = "La base des contributions ne répond pas."
CHECK_FAILED: Final = "La vérification a échoué."
CHECK_LATE: Final = "La vérification n'est pas terminée."

# To who starts the server
BAD_PORT: Final = (
    "Le port « {port} » n'existe pas : donnez à --server.port un nombre de 1 à 65535, par exemple "
    "8501."
)
PORT_TAKEN: Final = (
    "Le port {port} n'est pas libre : arrêtez le programme qui l'occupe, ou donnez-en un autre "
    "avec --server.port."
)
PORT_FORBIDDEN: Final = (
    "Le port {port} est réservé par le système : donnez-en un autre, de 1024 à 65535, avec "
    "--server.port."
)
BAD_ADDRESS: Final = (
    "L'adresse « {address} » n'est pas une adresse de cette machine : corrigez --server.address."
)

# When something is wrong
BROKEN: Final = (
    "Cette page n'a pas pu être affichée. Votre choix est gardé : réessayez. Si cela se reproduit, "
    "donnez la référence {reference} à la personne qui administre ce site."
)
TRY_AGAIN: Final = "Réessayer"
GO_HOME: Final = "Revenir à la carte de France"
