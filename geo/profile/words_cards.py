"""French words of the cards of a commune and of a hospital site."""

from typing import Final

# Commune
AREA: Final = "Territoire"
UNASSIGNED: Final = "Aucun : commune non rattachée"
STAYS: Final = "Stabilité"
STAYS_NOTE: Final = "des tirages de la règle, de ses valeurs et des temps la laissent ici"
NEAREST: Final = "Site hospitalier général le plus proche"
TRIP: Final = "{minutes} {method} ; {km} à vol d'oiseau du centre de la commune"
NEXT_DOOR: Final = "moins de 1 km"
BY_ROAD: Final = "par la route"
BY_DISTANCE: Final = "d'après la distance"
SECOND: Final = "Deuxième choix"
LEAD: Final = "Avance sur le deuxième"
LEAD_NOTE: Final = "pénalités du modèle comprises"
ALONE: Final = "aucun autre territoire ne peut être atteint"
EMERGENCY: Final = "Urgences ou SMUR"
EMERGENCY_HERE: Final = "Dans la commune"
EMERGENCY_NOTE: Final = "minutes officielles de la DREES, {year}"
MATERNITY: Final = "Maternité"
MEDICINE: Final = "Lits de médecine"
POPULATION: Final = "Population"
POPULATION_NOTE: Final = "habitants, {year}"
AGES_NOTE: Final = "des habitants, recensement {ages}"
AGES: Final = {
    "under_25_percent": "Moins de 25 ans",
    "aged_65_over_percent": "65 ans et plus",
    "aged_75_over_percent": "dont 75 ans et plus",
}
ZONES_NOTE: Final = (
    "Bassins de vie et zones d'emploi : COGugaison d'après l'INSEE, sous licence ODbL 1.0."
)
TIMES_NOTE: Final = "Temps estimés : {travel_time}. Hôpitaux : {sites}."

# Site
ENTITY: Final = "Entité juridique"
CATEGORY: Final = "Catégorie"
GHT: Final = "GHT"
OUTSIDE: Final = "Hors GHT"
ADDRESS: Final = "Adresse"
IN_MODEL: Final = "Retenu par le modèle"
NOT_IN_MODEL: Final = "Non retenu par le modèle"
REASON: Final = "Modèle"
NOT_LOCATED: Final = "Sans coordonnées : la carte ne le montre pas."
NOT_SURVEYED: Final = (
    "Ce site ne répond pas à l'enquête annuelle (SAE) : son activité est inconnue."
)
ACTIVITY_NOTE: Final = (
    "{source}, {first} à {last}. Ce que le site ne déclare pas n'est pas montré : "
    "ce n'est pas zéro."
)


def place_text(departement: str, code: str) -> str:
    """Say where a commune is."""
    return f"{departement}, commune {code}"


def site_number(number: str, town: str) -> str:
    """Say where a site is, and its number."""
    return f"{town}, FINESS {number}" if town else f"FINESS {number}"
