"""French words of the models: tables, scenarios, zonings, matrices of travel times."""

from collections.abc import Mapping, Sequence
from typing import Final

from geo import wording
from geo.formats import format_count, format_number, format_quantity

PAGE: Final = "Modèles"

# Controls
IMPORTED: Final = "imported"
IMPORTED_LABEL: Final = "Votre zonage"
DECAYS: Final[Mapping[str, str]] = {
    "power": "Puissance : t^-β",
    "log_logistic": "Log-logistique : 1 / (1 + (t / t50)^β)",
}
REALITY: Final = "reel"
WHOLE_UNITS: Final = "Garder entières"
UNIT_NAMES: Final[Mapping[str, str]] = {
    "none": "aucune unité",
    "epci": "les intercommunalités (EPCI)",
    "bassin_vie": "les bassins de vie",
    "zone_emploi": "les zones d'emploi",
    "arrondissement": "les arrondissements",
    "departement": "les départements",
}
OWN_TOWN: Final = "Lier à son GHT la commune des lits d'un membre"

# Map and legend
MARGIN_UNKNOWN: Final = "Avance inconnue ou sans objet"

# Figures and tables
COLUMNS: Final[Mapping[str, str]] = {
    "area_name": "Territoire",
    "area_code": "Code",
    "kind": "Type",
    "reg_name": "Région",
    "population": "Population modélisée",
    "published_population": "Population publiée",
    "published_population_year": "Année de publication",
    "published_population_precision": wording.POPULATION_PRECISION,
    "population_then": wording.POPULATION_THEN,
    "population_deviation_percent": "Écart modèle / publié (%)",
    "expected_population": "Population pondérée par les probabilités",
    "population_min": "Minimum des modèles",
    "population_max": "Maximum des modèles",
    "contested_population": "Population disputée",
    "area_km2": "Superficie (km²)",
    "density_per_km2": "Densité (hab./km²)",
    "commune_count": "Communes",
    "site_count": "Sites généraux",
    "share_within_30_min": "À moins de 30 min (%)",
    "share_within_45_min": "À moins de 45 min (%)",
    "share_within_60_min": "À moins de 60 min (%)",
    "median_travel_time_min": "Temps médian (min, arrondi)",
}
# Those that judge a run by published figures
JUDGED: Final = (
    "published_population", "published_population_year", "published_population_precision",
    "population_then", "population_deviation_percent",
)  # fmt: skip
CONTESTED_COLUMNS: Final[Mapping[str, str]] = {
    "commune_name": "Commune",
    "insee_code": "Code commune",
    "population": "Population",
    "area_name": "Territoire",
    "runner_up_name": "Deuxième territoire",
    "margin_percent": "Avance (%)",
    "travel_time_min": "Temps (min, arrondi)",
    "runner_up_time_min": "Temps vers le deuxième (min, arrondi)",
}
FIGURES: Final[Mapping[str, str]] = {"population": "Population", "area_km2": "Superficie (km²)"}
CLOUD_AXES: Final[Mapping[str, str]] = {
    "published": "Population publiée (échelle logarithmique)",
    "modelled": "Population modélisée, année publiée",
}
WITHIN_BAND: Final = "à 10 % au plus du chiffre publié"
BEYOND_BAND: Final = "plus loin"
STANDINGS: Final[Mapping[str, str]] = {
    "counted": "oui",
    "other_scope": "non : décrit autre chose que le GHT",
    "no_territory": "non : GHT sans territoire modélisé",
}
BASES: Final[Mapping[str, str]] = {
    "census": "recensement de l'année",
    "interpolated": "entre deux recensements",
    "extrapolated": "prolongée des deux derniers ou premiers recensements",
    "latest": "dernier recensement, année inconnue",
}

# Imported zoning
ZONING_ABSENT: Final = (
    "Le lien demandait un zonage importé, qui n'est pas dans le lien : donnez à nouveau le fichier "
    "dans le volet Votre zonage. Le modèle par défaut est affiché."
)
LINE_COLUMNS: Final = ("Lignes", "Lu", "Code", "Ce qui en est fait")
NOT_FOUND: Final = "non reconnu."


def banner(name: str) -> tuple[str, str]:
    """Say, always, that what is on screen is a scenario."""
    return f"Scénario : {name}.", "Ce ne sont pas les données en vigueur."


def pair_text(communes: str, population: str) -> str:
    """Count the communes of one patch."""
    return f"{communes}, {population}"


def margin_text(percent: str, runner_up: str) -> str:
    """Say by how much a commune's territory leads, and over which."""
    return f"Avance de {percent} % sur {runner_up}"


def far_sentence(area: str, deviation: str, year: str, parts: str) -> str:
    """Explain a deviation of more than 20 % by where the inhabitants of its land go."""
    return f"{area} : {deviation} du chiffre publié ({year}). {parts}"


def share_sentence(departement: str, own: str, others: str) -> str:
    """Say how the model shares the main departement of a territory."""
    return f"Département {departement} : le modèle lui donne {own} habitants ; {others}."


def optional_moves(communes: str, population: str) -> str:
    """Count what the options of a model moved."""
    return f"Déplacés par les options : {communes}, {population}."


def emptied(areas: Sequence[str]) -> str:
    """Name the territories that the options of a model leave without a commune."""
    count = format_count(len(areas), "territoire")
    return f"L'option vide {count} : {', '.join(areas)}."


def moved(entity: str, ght: str) -> str:
    """Say that an entity moves."""
    return f"{entity} passe au GHT {ght}."


def merged(area: str, ght: str) -> str:
    """Say that an area joins another."""
    return f"{area} rejoint le GHT {ght}."


def closed(site: str) -> str:
    """Say that a site closes."""
    return f"{site} ferme."


def opened(commune: str, ght: str, beds: str) -> str:
    """Say that a site opens."""
    return f"Un site de {beds} ouvre dans la commune {commune} pour le GHT {ght}."


def resized(site: str, beds: str) -> str:
    """Say that the beds of a site change."""
    return f"{site} passe à {beds}."


def effect_sentence(area: str, change: str, detail: str) -> str:
    """Say what a scenario does to a territory."""
    return f"{area} : {change} ({detail})."


def turned(before: str, after: str) -> str:
    """Write a figure before and after."""
    return f"{before} → {after}"


def effect_detail(population: str, communes: str, minutes: str) -> str:
    """Set before and after side by side: inhabitants, communes, median time."""
    return f"{population} habitants, {communes}, temps médian {minutes} min"


def moved_in_all(communes: str, population: str, total: str) -> str:
    """Count what a scenario moves, and say that the country keeps everybody."""
    return (
        f"{communes}, soit {population}, changent de territoire. Total du pays inchangé : {total}."
    )


def far_move(name: str, ght: str, distance: str) -> str:
    """Warn of a hospital that goes to a GHT far from it."""
    return (
        f"{name} : l'hôpital le plus proche du GHT {ght} est à {distance} à vol d'oiseau. Vérifiez "
        "le GHT d'arrivée."
    )


def postal_codes(count: int, total: int, shown: str) -> str:
    """Ask whether codes are postal ones."""
    return (
        f"{count} des {total} codes de commune sont des codes postaux ({shown}) : sont-ils des "
        "codes postaux ? Une commune en partage souvent un avec d'autres. Donnez les codes "
        "officiels (INSEE) ou les noms des communes."
    )


def refused_kind(title: str) -> str:
    """Refuse a kind of file, and say which are read."""
    return (
        f"{title} : format refusé. Donnez un fichier .csv, .xlsx ou .ods, ou des contours "
        ".geojson, .gpkg, .kml ou .zip (shapefile)."
    )


def column_guessed(column: str) -> str:
    """Say which column was taken for that of the zones."""
    return f"Aucun en-tête connu : la colonne « {column} » est lue comme celle des zones."


def too_many_zones(count: int, most: int) -> str:
    """Refuse a zoning that has too many zones."""
    return (
        f"{format_count(count, 'zone')} de noms différents, {format_number(most)} au plus. "
        "Choisissez la colonne qui nomme les zones."
    )


# Zonings that need no file, and what a zoning is set beside
ISOCHRONE_EMPTY: Final = "Aucune commune à si peu de minutes de ce site. Augmentez la durée."
ZONE_COLUMNS: Final[Mapping[str, str]] = {
    "area_name": "Zone",
    "population": "Population",
    "commune_count": "Communes",
    "area_km2": "Superficie (km²)",
    "density_per_km2": "Densité (hab./km²)",
    "under_25_percent": "Part des moins de 25 ans (%)",
    "aged_65_over_percent": "Part des 65 ans et plus (%)",
    "aged_75_over_percent": "Part des 75 ans et plus (%)",
    "site_count": "Sites généraux",
    "mean_travel_time_min": "Temps moyen (min, arrondi)",
    "share_within_30_min": "À moins de 30 min (%)",
}
CROSSING_COLUMNS: Final[Mapping[str, str]] = {
    "zone_name": "Zone",
    "area_name": "Territoire (modèle par défaut)",
    "area_code": "Code du territoire",
    "population": "Population commune",
    "commune_count": "Communes",
    "area_km2": "Superficie (km²)",
    "share_of_zone": "Part de la zone (%)",
    "share_of_area": "Part du territoire (%)",
}
SITE_COLUMNS: Final[Mapping[str, str]] = {
    "zone_name": "Zone",
    "site_name": "Site",
    "finess_et": "FINESS",
    "city": "Commune",
    "ght_name": "Territoire",
    "mco_beds": "Lits de MCO",
}
CUT_COLUMNS: Final[Mapping[str, str]] = {
    "commune_name": "Commune",
    "insee_code": "Code commune",
    "population": "Population",
    "share": "Part de la superficie dans la zone principale (%)",
}


def ready_note(plural: str, year: str, licence: str) -> str:
    """Say which zones of the atlas are taken."""
    return f"{plural} ({year}), codes sous {licence}."


def circle_name(commune: str, kilometres: float) -> str:
    """Name a circle."""
    return f"{format_number(kilometres)} km autour de {commune}"


def isochrone_name(site: str, minutes: float) -> str:
    """Name what is within some minutes of a site."""
    return f"{format_number(minutes)} min de {site}"


def perimeter_note(name: str, count: int) -> str:
    """Say what a zone drawn by a rule holds."""
    return f"{name} : {format_count(count, 'commune')} dont la mairie ou le centre y est."


# Zones of shapes
NO_NAME: Final = "Entité {number}"
LAMBERT: Final = (
    "Coordonnées en mètres sans système déclaré : lues en Lambert-93. Vérifiez la carte avant de "
    "vous en servir."
)
PROJECTED: Final = "Coordonnées lues dans le système EPSG:{code}."
SIMPLIFIED: Final = "Superficies mesurées sur les contours simplifiés des communes."
RULES: Final[Mapping[str, str]] = {
    "mairie": "Chaque commune va à la zone qui contient sa mairie ou son centre.",
    "superficie": "Chaque commune va à la zone qui a la plus grande part de sa superficie, faute "
    "de population plus fine que la commune.",
}


def shapes_read(count: int, without: int, repaired: int, overlaps: int) -> list[str]:
    """Say what was found in a file of shapes."""
    said = [f"{format_count(count, 'entité')} lues." if count > 1 else "1 entité lue."]
    if without:
        said.append(f"Sans contour, laissées de côté : {without}.")
    if repaired:
        said.append(f"Contours qui se croisaient, réparés : {repaired}.")
    if overlaps:
        said.append(f"Communes dans plusieurs zones, données à la première : {overlaps}.")
    return said


def cut_note(count: int) -> str:
    """Count the communes that a border of the file cuts."""
    if not count:
        return "Aucune commune n'est coupée par une limite du fichier."
    return (
        f"Coupées par une limite du fichier : {format_count(count, 'commune')}, listées plus bas."
    )


# A matrix of travel times
MATRIX_EMPTY: Final = "aucune ligne sous l'en-tête. Donnez une ligne par couple."
SCIENTIFIC_CODES: Final = (
    "codes en écriture scientifique, qui ont perdu leurs chiffres",
    "Mettez la colonne au format Texte.",
)
MATRIX_ZEROS: Final = "Toutes les durées sont nulles : vérifiez la colonne des minutes."


def zeros_back(count: int, shown: str) -> str:
    """Say that codes were completed."""
    return f"Zéro de tête rétabli dans {format_count(count, 'code')} : {shown}."


def origins_of_today(count: int, shown: str) -> str:
    """Say which origins were read as a commune of today."""
    return f"Lues sous leur commune d'aujourd'hui, {format_count(count, 'origine')} : {shown}."


def origins_left(count: int, shown: str) -> str:
    """Say which former origins were left out, and why."""
    return (
        f"Laissées de côté, {format_count(count, 'origine')} d'anciennes communes, dont la commune "
        f"d'aujourd'hui a ses propres durées ou réunit plusieurs origines : {shown}."
    )


def seconds_doubt(minutes: float) -> str:
    """Doubt the unit of travel times."""
    return (
        f"Médiane {format_quantity(minutes, 'min')} jusqu'à la destination la plus proche : des "
        "secondes ? Les durées sont lues en minutes."
    )
