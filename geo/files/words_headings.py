"""French headings and values of the bundled tables, as every CSV and workbook writes them."""

from collections.abc import Mapping
from typing import Final

from geo import wording
from geo.atlas import vocabulary
from geo.establishments import words as establishments_words

REGION: Final = "Région"
# Of a column whose name ends with its year
DATED: Final[Mapping[str, str]] = {
    "population": "Population, {year}",
    "births": "Naissances, {year}",
    "deaths": "Décès, {year}",
    "aged_15_64": "Habitants de 15 à 64 ans, {year}",
    "active_15_64": "Actifs de 15 à 64 ans, {year}",
    "unemployed_15_64": "Chômeurs de 15 à 64 ans, {year}",
}
COVERAGE: Final = "{label} : habitants connus (%)"
TECHNICAL_COLUMNS: Final = ("Colonne", "Nom technique", "Unité", "Description")

_TERRITORIES: Final[Mapping[str, str]] = {
    **wording.COLUMNS,
    "area_code": "Code du territoire",
    "reg_code": "Code région",
    "ght_code": "Code GHT",
    "status": "Modélisation",
    "population_year": "Année de population la plus ancienne",
    "population_latest_year": "Année de population la plus récente",
    "published_source": "Source du chiffre publié",
    "area_deviation_percent": "Écart de superficie (%)",
    "spread_percent": "Dispersion des populations simulées (%)",
    "half_width_percent": "Demi-largeur de l'intervalle (%)",
    "partnership_count": "Partenariats recensés",
}
_PEOPLE: Final[Mapping[str, str]] = {
    "population": "Population",
    "population_year": "Année de population",
    "aged_25_64_percent": "Part des 25 à 64 ans (%)",
}
_COMMUNES: Final[Mapping[str, str]] = {
    **_PEOPLE,
    "insee_code": "Code commune",
    "commune_name": "Commune",
    "dep_code": "Code département",
    "reg_code": "Code région",
    "landmass": "Terre d'un seul tenant",
    "area_km2": "Superficie (km²)",
    "anchor_lon": "Longitude",
    "anchor_lat": "Latitude",
    "included_codes": "Communes comptées ici (codes)",
    "included_names": "Communes comptées ici (noms)",
    "area_code": "Code du territoire",
    "area_name": "Territoire",
    "ght_code": "Code GHT",
    "finess_et": "FINESS du site le plus proche",
    "travel_time_min": "Temps d'accès estimé (min)",
    "time_method": "Origine du temps",
    "runner_up_area_code": "Code du deuxième territoire",
    "runner_up_time_min": "Temps vers le deuxième (min)",
    "margin_min": "Avance (min)",
    "margin": "Avance (part des deux temps)",
    "rule": "Règle",
    "region": "Code région (zone)",
    "region_name": "Région (zone)",
    "departement": "Code du département",
    "departement_name": "Département",
    "arrondissement": "Code arrondissement",
    "arrondissement_name": "Arrondissement",
    "epci": "Code EPCI",
    "epci_name": "Intercommunalité (EPCI)",
    "canton": "Code canton ou ville",
    "canton_name": "Canton ou ville",
    "bassin_vie": "Code bassin de vie",
    "bassin_vie_name": "Bassin de vie",
    "zone_emploi": "Code zone d'emploi",
    "zone_emploi_name": "Zone d'emploi",
    "unite_urbaine": "Code unité urbaine",
    "unite_urbaine_name": "Unité urbaine",
    "aire_attraction": "Code aire d'attraction des villes",
    "aire_attraction_name": "Aire d'attraction des villes",
}
_ESTABLISHMENTS: Final[Mapping[str, str]] = {
    "finess_et": "FINESS du site",
    "finess_ej": "FINESS de l'entité juridique",
    "site_name": "Site",
    "finess_name": "Nom dans FINESS",
    "address": "Adresse",
    "postal_code": "Code postal",
    "city": "Ville",
    "category_code": "Code catégorie",
    "category_label": "Catégorie FINESS",
    "category_group": "Catégorie",
    "public_status": "Statut",
    "scope": "Périmètre",
    "medicine_beds": "Lits de médecine",
    "mco_beds": "Lits de MCO",
    "smr_beds": "Lits de SMR",
    "is_general": "Retenu par le modèle",
    "is_small": "Petit hôpital général",
    "general_reason": "Motif",
    "lon": "Longitude",
    "lat": "Latitude",
    "insee_code": "Code commune",
    "insee_check": "Qualité de la position",
    "registers": "Registres",
    "last_sae_year": "Année de la dernière SAE",
    "landmass": "Terre d'un seul tenant",
    "ght_code": "Code GHT",
    "role": "Rôle dans le GHT",
    "area_code": "Code du territoire",
    "reg_code": "Code région",
}
_LINKS: Final[Mapping[str, str]] = {
    "title": "Partenariat",
    "form_label": "Forme",
    "family": "Famille de formes",
    "status_label": "État",
    "sector": "Secteur",
    "from_name": "De",
    "to_name": "À",
    "from_lon": "Longitude de départ",
    "from_lat": "Latitude de départ",
    "to_lon": "Longitude d'arrivée",
    "to_lat": "Latitude d'arrivée",
    "distance_km": "Distance (km)",
    "partnership_id": "Identifiant du partenariat",
}
HEADINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "territories": _TERRITORIES,
    "communes": _COMMUNES,
    "zones": _COMMUNES,
    "establishments": _ESTABLISHMENTS,
    "partnerships": {"reg_codes": "Codes des régions", "ght_codes": "Codes des GHT"},
    "links": _LINKS,
    "parties": {
        "title": "Partenariat",
        "party_name": "Partie",
        "ght_code": "Code GHT",
        "partnership_id": "Identifiant du partenariat",
    },
}

_AREAS: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": wording.AREA_KINDS,
    "support_evidence": {
        "published": "publié",
        "presumed_beds": "présumé (lits)",
        "unknown": "inconnu",
    },
    "status": {
        "modelled": "modélisé",
        "no_commune": "aucune commune",
        "thematic": "GHT thématique",
        "outside_scope": "hors du champ du modèle",
        "no_site": "aucun site localisé",
        "unassigned": "non rattaché",
    },
}
_TIMES: Final[Mapping[str, Mapping[str, str]]] = {
    "time_method": {"road": "par la route", "crow": "d'après la distance"},
    "rule": {
        "road": "le plus proche par la route",
        "only_provider": "seul GHT de cette terre",
        "unassigned": "non rattachée",
    },
    "landmass": {"metropole": "métropole", "corse": "Corse"},
}
_SITES: Final[Mapping[str, Mapping[str, str]]] = {
    "category_group": establishments_words.GROUPS,
    "public_status": establishments_words.STATUSES,
    "scope": {"hospitalier": "hospitalier", "autre_site_membre": "autre site d'un membre"},
    "insee_check": establishments_words.QUALITIES,
    "registers": establishments_words.REGISTERS,
    "role": {**establishments_words.ROLE_LABELS, "support": "Support"},
    "landmass": {"metropole": "métropole", "corse": "Corse"},
}
VALUES: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = {
    "territories": _AREAS,
    "communes": _TIMES,
    "zones": {},
    "establishments": _SITES,
    "partnerships": {},
    "links": {"family": vocabulary.FORM_FAMILIES, "sector": vocabulary.SECTORS},
    "parties": {},
}
# What has a label beside it already
LEFT_OUT: Final[Mapping[str, frozenset[str]]] = {"links": frozenset({"form", "status"})}
