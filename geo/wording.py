"""The French text on screen, in one place. Sentences with a value in them are functions."""

from collections.abc import Mapping, Sequence
from typing import Final

QUALIFIERS: Final[Mapping[str, str]] = {"plain": "", "more_than": "plus de", "about": "environ"}
YEAR_INFERRED: Final = "année déduite"
POPULATION_PRECISION: Final = "Précision de la population publiée"
AREA_PRECISION: Final = "Précision de la superficie publiée"
PUBLISHED_PRECISION: Final = "Précision du chiffre publié"
POPULATION_THEN: Final = "Population modélisée, année publiée"
PUBLISHED_NOTE: Final = "Remarque sur le chiffre publié"
PUBLISHED_NOTES: Final = "Remarque"
PUBLISHED_SCOPE: Final = "Ce qu'il décrit"
APP_TITLE: Final = "Atlas GHT"
PAGE_MAP: Final = "Carte"
PAGE_DATA: Final = "Données"
WHOLE_COUNTRY: Final = "Toute la France"

# The model, declared on every page that shows its figures
MODEL_DECLARATION: Final = (
    "Territoires modélisés, sans valeur légale.",
    (
        "La loi ne donne pas de limites aux GHT : ici, chaque commune est rattachée à l'hôpital "
        "général public le plus proche par la route, donc à son GHT ; un petit hôpital et une "
        "autre zone d'emploi comptent quelques minutes de plus."
    ),
)
MODEL_RULE: Final = "hôpital le plus proche par la route"
MODEL_NAME: Final = f"Modèle « {MODEL_RULE} »"

WEAK: Final = "confiance faible"
LEAD_NOTE: Final = (
    "L'avance décrit une commune. Elle ne prédit pas l'erreur sur la population d'un GHT : voir "
    "pour cela l'intervalle de sa population."
)

# Controls
REGION: Final = "Région"
MEASURE: Final = "Indicateur"
AREA: Final = "Territoire"
AREA_NONE: Final = "Aucun territoire choisi"
SITES: Final = "Sites affichés"
CLEAR: Final = "Effacer la sélection"
SITE_LEVELS: Final[Mapping[str, str]] = {
    "supports": "Établissements supports",
    "generaux": "Sites hospitaliers généraux",
    "tous": "Tous les sites",
    "aucun": "Aucun",
}
METHOD_NAMES: Final[Mapping[str, str]] = {
    "quantiles": "Effectifs égaux",
    "naturelles": "Seuils naturels",
    "egales": "Intervalles égaux",
}

# The map
MAP_TITLE: Final = "Carte des territoires de GHT"
MAP_HELP: Final = (
    "Carte des territoires. Flèches pour se déplacer, plus et moins pour zoomer, h pour revenir à "
    "la France entière, m pour mesurer une distance, f pour le plein écran, Échap pour effacer la "
    "sélection. Le tableau plus bas donne les mêmes chiffres, et la liste Territoire "
    "permet de choisir sans la souris."
)
MAP_ZOOM_IN: Final = "Zoom avant"
MAP_ZOOM_OUT: Final = "Zoom arrière"
MAP_RETRY: Final = "Réessayer"
MAP_NO_CLICK: Final = (
    "Le clic sur la carte est indisponible ici : choisissez un territoire dans la liste."
)
MAP_NO_GEOMETRY: Final = (
    "Le fond de carte n'a pas pu être chargé. Le tableau donne les mêmes chiffres."
)
MAP_NO_SITES: Final = "Les établissements n'ont pas pu être chargés."
MAP_ATTRIBUTION: Final = "Contours IGN et Natural Earth, FINESS, INSEE – modèle Atlas GHT"
OUTSIDE_GHT: Final = "Hors GHT"
UNASSIGNED: Final = "Non rattaché"
UNKNOWN_VALUE: Final = "Valeur inconnue"
NOT_COLLECTED: Final = "Aucun recensé (liste partielle)"
NOT_MODELLED_LABEL: Final = "Sans territoire modélisé"
NOT_APPLICABLE: Final = "sans objet"
NOT_MODELLED: Final = ("thematic", "no_site", "outside_scope")  # statuses of a territory

# Panels
TABLE_TITLE: Final = "Les mêmes chiffres en tableau"
NO_DATA: Final = "Aucun territoire pour ce choix."
SEARCH_WORDS: Final[Mapping[str, str]] = {
    "clear": "Effacer",
    "list": "Propositions",
    "nothing": "Aucun nom ne ressemble à ce texte. Essayez la ville ou un code.",
    "failed": "La recherche ne répond pas. Réessayez.",
    "count": "{} résultats",
}
SEARCH_GROUPS: Final[Mapping[str, str]] = {
    "ght": "GHT",
    "hors_ght": "Hors GHT",
    "etablissement": "Hôpital",
    "entite": "Entité juridique",
    "commune": "Commune",
    "code": "Code",
}
YES: Final = "oui"
NO: Final = "non"
MORE_FILES: Final = "Télécharger dans un autre format"
MORE_FILES_HELP: Final = (
    "Excel avec les sources, couches cartographiques (GeoJSON, GeoPackage, GeoParquet), et la "
    "carte en PNG, SVG ou PDF : exactement ce qui est filtré."
)
LOADING: Final = "Chargement des données…"
PUBLISHED_NONE: Final = "aucun chiffre publié trouvé"
NO_TERRITORY: Final[Mapping[str, str]] = {
    "thematic": (
        "GHT thématique (psychiatrie) : il n'a pas de site hospitalier général, donc pas de "
        "territoire modélisé."
    ),
    "no_commune": "Ce modèle ne donne aucune commune à ce GHT : sa population modélisée est nulle.",
    "no_site": (
        "Aucun site hospitalier général n'a été localisé pour ce GHT : pas de territoire modélisé."
    ),
    "outside_scope": "Hors du champ du modèle : pas de territoire modélisé.",
}
SUPPORT_EVIDENCE: Final[Mapping[str, str]] = {
    "published": "publié",
    "presumed_beds": "présumé : membre qui a le plus de lits de médecine, chirurgie et obstétrique",
    "unknown": "inconnu",
}
SUPPORT: Final = "Établissement support"
SUPPORT_UNKNOWN: Final = "inconnu"
SUPPORT_KNOWN: Final[Mapping[str, str]] = {
    "published": "publié",
    "presumed_beds": "présumé",
    "unknown": "inconnu",
}
COLUMNS: Final[Mapping[str, str]] = {
    "area_code": "Code",
    "area_name": "Territoire",
    "kind": "Type",
    "reg_name": "Région",
    "population": "Population modélisée",
    "population_low": "Population basse",
    "population_high": "Population haute",
    "population_year": "Année de population la plus ancienne",
    "area_km2": "Superficie (km²)",
    "density_per_km2": "Densité (hab./km²)",
    "commune_count": "Communes",
    "member_count": "Membres",
    "site_count": "Sites généraux",
    "support_name": SUPPORT,
    "support_evidence": "Support connu",
    "published_population": "Population publiée",
    "published_population_year": "Année de publication",
    "published_population_precision": POPULATION_PRECISION,
    "population_then": POPULATION_THEN,
    "published_area_km2": "Superficie publiée (km²)",
    "published_area_precision": AREA_PRECISION,
    "population_deviation_percent": "Écart modèle / publié (%)",
}
AREA_KINDS: Final[Mapping[str, str]] = {
    "ght": "GHT",
    "hors_ght": "Hors GHT",
    "unassigned": "Non rattaché",
    "zone": "Zone",
    "etablissement": "Établissement",
    "entite": "Entité juridique",
    "commune": "Commune",
}
DASH_NOTE: Final = "– : inconnu ou sans objet."
SOURCE_LINK: Final = "Ouvrir"
SOURCE_COLUMNS: Final[Mapping[str, str]] = {
    "title": "Source",
    "producer": "Producteur",
    "vintage": "Millésime",
    "licence": "Licence",
    "url": "Adresse",
    "sha256": "Empreinte SHA-256",
}
ANOMALY_COLUMNS: Final[Mapping[str, str]] = {
    "kind": "Type",
    "ght_code": "GHT",
    "subject": "Objet",
    "detail": "Constat",
    "source": "Source",
}
PUBLISHED_COLUMNS: Final[Mapping[str, str]] = {
    "area_name": "GHT",
    "population": "Population modélisée",
    "population_year": "Année",
    "published_population": "Population publiée",
    "published_population_year": "Année publiée",
    "published_population_precision": POPULATION_PRECISION,
    "population_then": POPULATION_THEN,
    "population_deviation_percent": "Écart (%)",
    "area_km2": "Superficie modélisée (km²)",
    "published_area_km2": "Superficie publiée (km²)",
    "published_area_precision": AREA_PRECISION,
    "area_deviation_percent": "Écart de superficie (%)",
    "published_source": "Source",
}

# When something is wrong
NO_ASSETS: Final = (
    "La carte est indisponible. Le tableau donne les mêmes chiffres. Prévenez l'administrateur du "
    "service."
)
NO_STATIC: Final = (
    "le service de fichiers statiques est désactivé (server.enableStaticServing dans "
    ".streamlit/config.toml)."
)
NO_LEAFLET: Final = (
    "le paquet XStatic-Leaflet n'est pas installé. Relancez « pip install -r requirements.txt »."
)
STATIC_NOT_WRITABLE: Final = (
    "le dossier static/ n'est pas accessible en écriture. Donnez-en le droit au compte du serveur, "
    "ou nommez-lui un autre dossier par la variable ATLAS_GHT_STATIC."
)

# How a successor was established
SUCCESSION: Final[Mapping[str, str]] = {
    "same_site": "le même site",
    "site_name": "le nom du site",
    "site_number_written_as_entity": "la liste donne le numéro du site pour celui de l'entité",
    "probable": "probable, non établie",
    "later_merger": "fusion publiée depuis",
    "same_site_sae2024": "le même site dans la dernière SAE",
}


def unknown_parameter(parameter: str, value: str) -> str:
    """Notice for a value of an address that does not exist here."""
    return f"L'adresse demandait {parameter} = « {value} », qui n'existe pas ici : choix ignoré."


def unused_parameters(names: Sequence[str]) -> str:
    """Notice for parameters of an address that mean nothing here."""
    return f"Paramètres inconnus dans l'adresse, ignorés : {', '.join(names[:5])}."


def moved_region(area_name: str) -> str:
    """Notice for an address whose territory is not in its region."""
    return (
        f"Le territoire « {area_name} » n'est pas dans la région demandée. Le filtre Région a été "
        "modifié."
    )


def moved_area(area_name: str) -> str:
    """Notice for an address whose commune is not in its territory."""
    return f"La commune demandée est dans le territoire « {area_name} » : c'est lui qui est montré."


def led_commune(text: str, how: str) -> str:
    """Notice for a commune that an address names otherwise than by its code of today."""
    return f"L'adresse demandait la commune « {text} » : {how}."


def named_code(name: str, code: str) -> str:
    """Name what is chosen in a list, with its code."""
    return f"{name} ({code})"


def found_by(kind: str, label: str) -> str:
    """Say by which name a territory was found."""
    return f"{AREA_KINDS[kind]} : {label.removeprefix('GHT ')}"


def match_line(kind: str, label: str, area_name: str) -> str:
    """Write one search result."""
    if kind in {"ght", "hors_ght"}:
        return f"{AREA_KINDS[kind]} · {label.removeprefix('GHT ')}"
    return f"{AREA_KINDS[kind]} · {label} → {area_name}"


def shown_now(name: str) -> str:
    """Say aloud what was just chosen."""
    return f"Affiché : {name}."


def to_region(region: str) -> str:
    """Lead to a region without a preposition that depends on its name: "à la région Bretagne"."""
    return f"à la région {region}"


def attached_to(region: str) -> str:
    """Title of the sums of a region: whole territories, even where they cross its limits."""
    return f"Territoires rattachés {to_region(region)}"


def year_note(first: str, last: str) -> str:
    """Say of which year a population is; the oldest count used is named too."""
    return last if first == last else f"{last} (en partie {first})"


def interval_note(range_text: str, is_weak: bool) -> str:
    """Say between which values a population stands, and when that is wide."""
    return f"{range_text}, {WEAK}" if is_weak else range_text


def class_note(count: str, method: str) -> str:
    """Say how the classes were cut."""
    return f"{method}, sur {count} de toute la France : mêmes couleurs dans chaque région."


def circle_note(count: str) -> str:
    """Say how the circles are sized."""
    return f"Surface des cercles proportionnelle au nombre, sur {count} de toute la France."


def published_note(year: str, deviation: str) -> str:
    """Say how old a published figure is and how far the model, in that year, is from it."""
    return f"{year}, écart du modèle (population de l'année publiée) {deviation}"


def support_note(evidence: str, year: str = "", note: str = "") -> str:
    """Say how the support establishment is known: since which year, on what grounds."""
    known = SUPPORT_EVIDENCE.get(evidence, evidence)
    dated = f"{known} ({year})" if year else known
    return f"{dated}. {note}" if note else dated


def no_star(count: int) -> str:
    """Say how many GHTs have no star on a map."""
    return f"GHT sans étoile, leur établissement support étant inconnu : {count}."


def origin_note(origin: str) -> str:
    """Say where an indicator comes from: its producer and its year."""
    return f"Source : {origin}."


def data_version(version: str, build_date: str) -> str:
    """Say which data is on screen."""
    return f"Données version {version}, construites le {build_date}."


def producers_line(contours: str, producers: Sequence[str]) -> str:
    """Say of when the outlines are, and who produced what a map shows."""
    return f"contours {contours}. Producteurs : {', '.join(producers)}"


def source_line(sources: str, version: str, build_date: str) -> str:
    """Line under a figure or an export: sources, model, version."""
    return f"Sources : {sources}. {MODEL_NAME}. {data_version(version, build_date)}"
