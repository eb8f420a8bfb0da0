"""French words of the page Comparer."""

from collections.abc import Mapping, Sequence
from typing import Final

from geo.formats import format_count, ordinal

SUBTITLE: Final = "Situer un territoire parmi les autres, sans palmarès"
NOT_BETTER: Final = (
    "Un rang situe, il ne juge pas : plus élevé n'est pas mieux, et les couleurs ne disent ni bien "
    "ni mal."
)
PANEL: Final = "Ce qui est montré"
PANELS: Final[Mapping[str, str]] = {
    "classement": "Classement",
    "distribution": "Distribution",
    "nuage": "Deux indicateurs",
    "profil": "Profil",
    "cote": "Côte à côte",
    "semblables": "Semblables",
    "regions": "Régions",
}

# Ranking
ORDER: Final = "Ordre"
ORDERS: Final[Mapping[str, str]] = {
    "decroissant": "Du plus élevé au plus bas",
    "croissant": "Du plus bas au plus élevé",
}
RANK: Final = "Rang"
RANK_REGION: Final = "Rang en région"
AREA: Final = "Territoire"
CODE: Final = "Code"
REGION: Final = "Région"
GROUP: Final = "Situation"
GROUPS: Final[Mapping[str, str]] = {
    "classe": "Classé",
    "inconnu": "Valeur inconnue ou sans objet : pas de rang",
    "hors": "Territoires hors GHT : montrés, jamais classés",
}
RANK_NOTE: Final = (
    "Rang 1 : la valeur la plus élevée, quel que soit l'ordre affiché ; à égalité, le même "
    "rang. Le rang en France porte sur tous les GHT, même quand une région filtre la liste. Barres "
    "depuis zéro, à l'échelle du GHT le plus élevé de France."
)
GRID: Final = "Trier par n'importe quelle colonne"
GRID_HELP: Final = "Affiche un tableau à trier, où chercher et copier des cellules."
NO_ROW: Final = "Aucun territoire dans cette région."

# Distribution
CLASS: Final = "Classe"
COUNT: Final = "GHT"
SHARE: Final = "Part (%)"
FIGURE: Final = "Repère"
SUMMARY_TITLE: Final = "Repères"
CLASSES_TITLE: Final = "Classes"
SUMMARY: Final[Mapping[str, str]] = {
    "low": "Minimum",
    "first_quartile": "Premier quartile",
    "median": "Médiane",
    "third_quartile": "Troisième quartile",
    "high": "Maximum",
    "mean": "Moyenne par GHT",
}
RUG: Final = "Chaque trait sous les barres est un GHT."
LOG_NOTE: Final = (
    "Échelle logarithmique : de la plus petite à la plus grande, la valeur est multipliée par 40 "
    "ou davantage."
)

# Two measures
SECOND: Final = "Indicateur vertical"
LINEAR: Final = "Échelle linéaire"
LINEAR_HELP: Final = "Sans échelle logarithmique, même pour un indicateur très étalé."
OUTLIERS: Final = "GHT à l'écart de la tendance"
OUTLIER_RULE: Final = (
    "Un GHT est signalé quand il s'éloigne nettement de la tendance des autres. "
    "Tendance : droite de Theil-Sen (médiane des pentes entre toutes les paires de GHT). Un GHT "
    "est nommé quand son écart à la droite, mesuré verticalement sur l'échelle du graphique, "
    "dépasse 2,5 fois l'écart absolu médian (× 1,4826). Être à l'écart n'est ni une erreur ni un "
    "défaut."
)
NO_LINE: Final = "Trop peu de valeurs différentes pour tracer une tendance."
NO_RULE: Final = (
    "Plus de la moitié des GHT sont exactement sur la droite : aucun GHT ne peut être signalé."
)
NO_OUTLIER: Final = "Aucun GHT n'est à l'écart selon cette règle."
ALL_POINTS: Final = "Tous les points"
EXPECTED: Final = "Selon la tendance"
DEVIATIONS: Final = "Écart (en écarts types robustes)"

# Profile
SPINE_NOTE: Final = (
    "Une ligne par indicateur, chacune à sa propre échelle : au centre la médiane des GHT, au bord "
    "l'extrême le plus éloigné d'elle. Bande claire : du minimum au maximum ; bande foncée : la "
    "moitié centrale des GHT, entre les deux quartiles. Lignes marquées (log) : échelle "
    "logarithmique."
)
REFERENCE_NOTE: Final = (
    "Région et France : moyenne par GHT pour ce qui se compte ; valeur de l'ensemble, recalculée, "
    "pour la densité, l'évolution (d'après les deux populations) et le temps moyen (pondéré par la "
    "population). Seuls les GHT dont le chiffre est connu comptent."
)
NO_AREA: Final = "Choisissez un territoire dans la liste ci-dessus."
UNIT: Final = "Unité"
OWN: Final = "Valeur du territoire"
REGION_FIGURE: Final = "Région"

# Side by side
ADDED: Final = "Ajouter un territoire à comparer"
ADDED_HINT: Final = "Un GHT, un hôpital, une commune…"
OTHERS: Final = "Comparer avec"
OTHERS_HELP: Final = "Un à trois territoires, en plus du territoire choisi."
MOST_OTHERS: Final = 3
FEWEST_CHOSEN: Final = 2
CHOOSE_OTHERS: Final = (
    "Choisissez de deux à quatre territoires : un dans la liste Territoire, les autres dans "
    "« Comparer avec »."
)
SCALE: Final = "Échelle des cartes"
SCALES: Final[Mapping[str, str]] = {"commune": "La même pour toutes", "propre": "Chacun en grand"}
MEDIAN: Final = "Médiane des GHT"
NO_SHAPE: Final = "pas de territoire modélisé, donc pas de carte"
CLIPPED: Final = "une partie, au loin, est hors du cadre"
MAP_NOTE: Final = (
    "Les cartes se déplacent et zooment ensemble. Couleur : l'indicateur choisi, mêmes classes que "
    "sur la page Carte ; les voisins sont plus clairs. Contour épais : le territoire. Symboles : "
    "ses sites hospitaliers généraux. Nord en haut."
)

# Peers
PEER_CHOICE: Final = "Semblables selon"
PEER_NOTE: Final = (
    "Chaque indicateur est centré et réduit sur les GHT (écart à la moyenne, en écarts types) ; la "
    "distance est euclidienne, chaque indicateur pesant autant. 0 : identiques ; rien "
    "n'est dit de la qualité ni de l'activité. Un GHT dont un indicateur manque est "
    "laissé de côté."
)
PEER_NONE: Final = "Choisissez au moins un indicateur."
PEER_OUTSIDE: Final = "Les semblables se cherchent entre GHT : ce territoire n'en est pas un."
DISTANCE: Final = "Écart statistique (0 : identiques)"
COMPARE_PEERS: Final = "Voir côte à côte avec les trois plus semblables"
PEER_COUNT: Final = 8

# Regions
REGION_NOTE: Final = (
    "Tous les territoires rattachés à la région, territoires hors GHT compris, comptés en entier "
    "même s'ils débordent. Population, superficie, communes, membres et sites : sommes. Densité, "
    "évolution et temps moyen : recalculés, jamais additionnés. Un partenariat de plusieurs GHT "
    "compte une fois par région et une fois pour la France : cette colonne ne s'additionne pas."
)
WHOLE: Final = "France"
GHT_COUNT: Final = "GHT"
SAME_TABLE: Final = "Les mêmes chiffres en tableau"
IN_COUNTRY: Final = "en France"


def own_rank(name: str, value: str, country: str, region: str) -> str:
    """Say where the chosen territory stands; the ranks may be empty."""
    parts = [part for part in (country, region) if part]
    return f"{name} : {value}{', ' * bool(parts)}{', '.join(parts)}."


def with_interval(value: str, between: str) -> str:
    """Write a figure with the interval that it is sure to."""
    return f"{value} ({between})"


def rank_in(rank: int, count: int, place: str) -> str:
    """Say a rank and out of how many."""
    return f"{ordinal(rank)} sur {count} {place}"


def in_region(region: str) -> str:
    """Name the region of a rank."""
    return f"en région {region}"


def counted(known: int, unknown: int) -> str:
    """Say how many GHTs are counted, and how many have no value."""
    text = f"{format_count(known, 'GHT', 'GHT')} avec une valeur"
    return f"{text}, {unknown} sans : inconnue ou sans objet." if unknown else f"{text}."


def correlation(text: str) -> str:
    """Give Spearman's coefficient."""
    return f"Corrélation des rangs (Spearman) : {text}. Elle ne dit rien de la cause."


def left_out(label: str, names: Sequence[str]) -> str:
    """Name the territories whose figure is unknown."""
    return f"{label} : sans {', '.join(names)}, dont le chiffre est inconnu."


def peer_missing(labels: Sequence[str]) -> str:
    """Say which figures of the territory are unknown."""
    return (
        f"Valeur inconnue pour ce territoire : {', '.join(labels)}. Retirez ces indicateurs pour "
        "chercher ses semblables."
    )


def histogram_help(label: str) -> str:
    """Describe the histogram to those who do not see it."""
    return f"Histogramme : {label}, nombre de GHT par classe. Les tableaux portent ces chiffres."


def scatter_help(x: str, y: str) -> str:
    """Describe the scatter to those who do not see it."""
    return (
        f"Nuage de points : {x} en abscisse, {y} en ordonnée, un point par GHT. Tableau plus bas."
    )


def spine_help(name: str) -> str:
    """Describe the profile to those who do not see it."""
    return (
        f"Profil de {name} parmi les GHT, indicateur par indicateur. Le tableau dit la même chose."
    )


def too_many(most: int) -> str:
    """Notice for an address that compares too many territories."""
    return f"L'adresse comparait plus de {most + 1} territoires : les premiers sont gardés."
