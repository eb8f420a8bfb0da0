"""The French text of the tools of the map: layers, backgrounds, distances, the view."""

from collections.abc import Mapping
from typing import Final

WHOLE_COUNTRY: Final = "France"
UNKNOWN_FORMAT: Final = "Format « {form} » inconnu. Formats : {known}."

# Static maps
MAP_TITLE: Final = "{measure} des territoires de GHT – {place}"
NEIGHBOURS: Final = "Autres territoires"
PLAIN_LAND: Final = "Territoire de GHT"
INSETS_NOTE: Final = "Encarts : chacun à sa propre échelle"
VIEW_ADDRESS: Final = "Vue : {address}"
KILOMETRES: Final = "{length} km"
NO_MAP: Final = "« {name} » n'a pas de territoire modélisé : il n'y a rien à dessiner."
UNKNOWN_AREA: Final = "Territoire « {code} » inconnu."
AREAS_LEGEND: Final = "Territoires"

# On the maps: the keys are those of the browser's code
PANE_TEXTS: Final[Mapping[str, str]] = {
    "panesTitle": "Cartes des territoires comparés",
    "paneHelp": (
        "Carte du territoire {name}. {text}. Flèches : déplacer ; + et − : zoomer ; les autres "
        "cartes suivent. Le tableau donne les mêmes chiffres."
    ),
    "frameAll": "Recadrer",
    "frameAllHelp": "Recadrer : revenir à chaque territoire entier",
    "noPanes": "Les cartes n'ont pas pu être dessinées. Le tableau donne les mêmes chiffres.",
}

# The choices of layers and backgrounds. The keys are those of the address.
LAYERS_LABEL: Final = "Calques"
LAYERS_HELP: Final = (
    "Les communes sont celles du territoire choisi. Les communes disputées sont celles où deux "
    "territoires sont à moins de 10 % d'écart de temps d'accès. La confiance montre celles qui "
    "changent souvent de territoire quand la règle, ses valeurs et les temps varient. Les communes "
    "de membres, "
    "ailleurs, abritent un membre d'un GHT dans le territoire d'un autre. Les partenariats sont "
    "ceux du territoire ou de la région choisis, de toute la France sinon. Les zones sont des "
    "limites seules : elles ne changent pas les territoires."
)
LAYER_NAMES: Final[Mapping[str, str]] = {
    "noms": "Noms",
    "departements": "Départements",
    "regions": "Régions",
    "communes": "Communes du territoire",
    "disputees": "Communes disputées",
    "instables": "Confiance : communes instables",
    "ailleurs": "Communes de membres, ailleurs",
    "loin_urgences": "À plus de 30 min des urgences",
    "loin_maternite": "À plus de 30 min d'une maternité",
    "loin_medecine": "À plus de 30 min d'un lit de médecine",
    "partenariats": "Partenariats",
    "epci": "Intercommunalités (EPCI)",
    "arrondissement": "Arrondissements",
    "bassin_vie": "Bassins de vie",
    "zone_emploi": "Zones d'emploi",
}
ZONES_LEGEND: Final = "Limites de zones"
BACKGROUND_LABEL: Final = "Fond de carte"
BACKGROUND_HELP: Final = (
    "Les fonds viennent d'Internet et ne sont demandés que si vous les choisissez. Sans eux, la "
    "carte garde ses propres contours."
)
BACKGROUND_NAMES: Final[Mapping[str, str]] = {
    "aucun": "Contours seuls",
    "ign": "Plan IGN",
    "osm": "OpenStreetMap",
}
BACKGROUND_CREDITS: Final[Mapping[str, str]] = {
    "ign": "Plan © IGN, Géoplateforme",
    "osm": "Fond © les contributeurs d'OpenStreetMap",
}
ELSEWHERE_LEGEND: Final = "Communes d'un membre dans le territoire d'un autre"
STAYS: Final = "ici dans {low} à {high} % des tirages"
FAR: Final = "à {low} à {high} min"
FARTHEST: Final = "à plus de {low} min"
FAR_LEGENDS: Final[Mapping[str, str]] = {
    "loin_urgences": (
        "À plus de 30 min des urgences ou d'un SMUR : temps officiels de la DREES ({drees_times})"
    ),
    "loin_maternite": "À plus de 30 min d'une maternité : temps estimés {travel_time}",
    "loin_medecine": (
        "À plus de 30 min d'un hôpital à lits de médecine : temps estimés {travel_time}"
    ),
}
UNSURE_LEGEND: Final = (
    "Communes instables : hors de leur territoire dans plus d'un tirage sur dix de la règle, de "
    "ses valeurs et des temps"
)
CONTESTED_LEGEND: Final = "Communes disputées : un autre territoire est presque aussi proche"
LINK_SHEET: Final = "Fiche et sources : page Partenariats"
NO_AREA_FOR_COMMUNES: Final = "Choisissez un territoire pour voir ses communes."

# On the map itself
PLAIN_MAP: Final = "Le clic sur la carte est indisponible. Choisissez dans les listes."
NO_VALUES: Final = (
    "Les valeurs n'arrivent pas jusqu'à la carte. Le tableau de la page donne les mêmes chiffres."
)
FULL_SCREEN: Final = "Plein écran (touche f)"
FULL_SCREEN_END: Final = "Quitter le plein écran (touche f)"
NO_FULL_SCREEN: Final = "Ce navigateur refuse le plein écran."
MEASURE: Final = "Mesurer une distance (touche m)"
MEASURE_START: Final = (
    "Cliquez sur la carte, ou appuyez sur Entrée pour marquer son centre. Échap pour terminer."
)
MEASURE_TOTAL: Final = "Distance à vol d'oiseau : {distance}. Échap pour terminer."
HOME: Final = "Revenir à la France entière (touche h)"
CLOSE: Final = "Fermer"
LEGEND: Final = "Légende"
INSETS: Final = "Départements d'outre-mer et Île-de-France"
NO_BACKGROUND: Final = (
    "Le fond « {name} » est inaccessible d'ici : la carte garde ses propres contours."
)
TWO_FINGERS: Final = "Utilisez deux doigts pour déplacer la carte"
NO_LAYER: Final = "Un calque n'a pas pu être chargé. Le reste de la carte est complet."
WRONG_VIEW: Final = "La position demandée par l'adresse est illisible : elle est ignorée."
STACK: Final = "{count} sites au même endroit"
STACK_MORE: Final = "et {count} de plus"
STACK_HELP: Final = "Cliquez pour les séparer"
ELSEWHERE: Final = "Comprend aussi : {names} (boutons d'outre-mer, en bas)."


def zones_legend(plural: str, year: str, count: str, source: str) -> str:
    """Say what the borders of zones are, of which year and whose."""
    return f"{plural} {year} ({count} ; {source})"


def town_text(sites: str, ght: str) -> str:
    """Say which members a commune houses, and of which GHT they are."""
    return f"{sites}, membre de {ght}"


def band_text(communes: str, population: str, band: str) -> str:
    """Say what some communes have in common."""
    return f"{communes}, {population} : {band}"


def commune_text(population: str, year: str) -> str:
    """Say how many people live in a commune, and when they were counted."""
    return f"{population} ({year})"


def access_text(minutes: str, site: object, population: str) -> str:
    """Say how far a commune is from the hospital that draws it, and how many people live there."""
    return f"{minutes}, {site} · {population}" if isinstance(site, str) else population
