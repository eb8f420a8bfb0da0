"""French words of the page Territoire."""

from collections.abc import Mapping, Sequence
from typing import Final

SUBTITLE: Final = "Le portrait d'un GHT : chiffres, membres, accès, partenariats, comparaisons"

# Without a territory
CHOOSE: Final = (
    "Choisissez un territoire dans la liste, ou cliquez sur un nom : son portrait s'ouvre, avec "
    "la source de chaque chiffre."
)
CHOOSER_LABEL: Final = "Territoire"
CHOOSER_HINT: Final = "Nom ou code d'un GHT"
CHOOSER_OTHERS: Final = "Territoires hors GHT"
CHOOSER_NO_REGION: Final = "Sans région"
LOADING: Final = "Préparation du portrait…"

# Sections: anchor -> title
SECTIONS: Final[Mapping[str, str]] = {
    "identite": "Identité",
    "chiffres": "Chiffres clés",
    "membres": "Membres",
    "histoire": "Histoire",
    "population": "Population par commune",
    "acces": "Temps d'accès",
    "activite": "Activité",
    "etablissements": "Établissements",
    "partenariats": "Partenariats",
    "rangs": "Rang",
    "proches": "Territoires semblables et voisins",
    "publie": "Ce que les sources publient",
    "anomalies": "Anomalies",
    "emporter": "Télécharger",
}
CONTENTS: Final = "Sommaire de la page"

# Map
PAINT: Final = "La carte montre"
PAINTS: Final[Mapping[str, str]] = {
    "acces": "Temps d'accès",
    "indicateur": "Un indicateur",
}
ACCESS_LEGEND: Final = "Minutes jusqu'à l'hôpital qui attire la commune"
UNKNOWN_MINUTES: Final = "Minutes inconnues"

# What is said first
HEADLINE: Final = "L'essentiel"
SEE_PARTNERSHIPS: Final = "Partenariats"
SEE_COMPARISON: Final = "Comparer"
SEE_BASIN: Final = "Bassin et modèles"
SEE_CONTESTED: Final = "Communes disputées"

# Identity
REGION: Final = "Région"
KIND: Final = "Nature"
CREATION: Final = "Création"
CREATION_UNKNOWN: Final = "date inconnue"
COMPOSITION: Final = "Liste des membres"
DEPARTEMENTS: Final = "Départements"
SOURCE: Final = "source"
NEW_TAB: Final = "nouvel onglet"
OUTSIDE: Final = (
    "Établissements publics hors de tout GHT : le modèle leur donne un territoire propre."
)
UNASSIGNED: Final = "Communes que le modèle ne rattache à aucun établissement."

# Key figures
INTERVAL: Final = "Intervalle à {level} %"
FIGURE_NOTES: Final[Mapping[str, str]] = {
    "population": "modélisé",
    "area_km2": "modélisé",
    "density_per_km2": "modélisé",
    "commune_count": "modélisé",
    "member_count": "compté dans la liste, fusions déduites",
    "site_count": "compté dans la SAE et FINESS",
    "population_change_percent": "communes du territoire modélisé",
    "mean_travel_time_min": "modélisé : {travel_time}",
    "partnership_count": "recensé, liste partielle",
    "under_25_percent": "recensement {ages}, communes pondérées",
    "aged_65_over_percent": "recensement {ages}, communes pondérées",
    "aged_75_over_percent": "recensement {ages}, communes pondérées",
    "median_income_eur": "moyenne des médianes des communes, Filosofi {incomes}",
    "poverty_percent": "communes les plus peuplées, Filosofi {incomes}",
    "births_per_1000": "naissances domiciliées, comparateur {context}",
    "deaths_per_1000": "décès domiciliés, non corrigés de l'âge, comparateur {context}",
    "unemployment_percent": "au sens du recensement, comparateur {context}",
}
CENSUS: Final = "population municipale {years}"
PUBLISHED: Final = "Publié"
NOT_PUBLISHED: Final = "aucun chiffre publié trouvé"
DEVIATION: Final = "Écart"
THEN: Final = "Modélisé, année publiée"

# Members
NO_MEMBER: Final = "Aucun membre : ce n'est pas un GHT."
MEMBERS_NOTE: Final = (
    "Prouvé : la somme des membres redonne, chiffre par chiffre, les totaux que le ministère "
    "publie pour ce GHT (SAE). Repris : hors de cette enquête, gardé de la liste de {earlier}."
)

TOWNS: Final = "Communes d'un membre dans le territoire d'un autre"
NO_TOWN: Final = "Aucune : le modèle donne à ce GHT toutes les communes de ses membres."
TOWNS_NOTE: Final = (
    "Une commune est celle d'un membre si elle abrite un de ses hôpitaux généraux ou, sans hôpital "
    "général, son site principal. Le modèle ne lit pas les membres d'une commune : il suit la "
    "route. L'option « Lier à son GHT » de la page Modèles change celles qui ont des lits de court "
    "séjour."
)

# History
HISTORY_NOTE: Final = (
    "Liste partielle : ce que des sources publiques datent, et ce qui diffère entre les listes des "
    "membres de {earlier} et de {members}."
)

# Population and access
ALL_COMMUNES: Final = "Voir toutes les communes"
NO_COMMUNE: Final = "Aucune commune : il n'y a ni population ni temps d'accès à montrer."
TOP_ALT: Final = (
    "Barres : habitants des communes les plus peuplées. Le tableau donne toutes les valeurs."
)
BANDS_CHART: Final = "Habitants selon le temps d'accès au site général le plus proche"
BANDS_ALT: Final = (
    "Barres : part des habitants par temps d'accès. Le tableau donne toutes les valeurs."
)
ACCESS_MEDIAN: Final = "Temps médian"
ACCESS_MEAN: Final = "Temps moyen"
ACCESS_WITHIN: Final = "À {band} minutes ou moins"
ACCESS_METHOD: Final = (
    "Temps estimé du chef-lieu de la commune au site : {travel_method}. Médiane, moyenne et parts "
    "pondérées par les habitants."
)
TRENDS: Final = "Évolution des principales activités"
TRENDS_ALT: Final = "Courbes : activités par année. Le tableau replié donne toutes les valeurs."
NO_REFERRAL: Final = "Aucun site du territoire n'a à chercher plus loin, ou aucun n'est connu."

# Establishments
BY_CATEGORY: Final = "Par catégorie"
BY_CITY: Final = "Par ville"
NO_SITE: Final = "Aucun établissement dans FINESS."
OPEN_SITES: Final = "Les voir un par un, page Établissements"
SITES_NOTE: Final = (
    "{sites}. Le modèle rattache les communes aux seuls sites hospitaliers généraux."
)

# Partnerships
PARTIAL: Final = (
    "Liste partielle, tirée de sources publiques : l'absence d'un partenariat ne prouve rien. "
    "Chaque ligne s'ouvre sur ses dates, ses parties, ce qu'il a permis, ses suites et ses sources."
)
OPEN_PARTNERSHIPS: Final = "Les voir sur la carte et la frise, page Partenariats"

# Ranks, peers, neighbours
RANK_NOTE: Final = (
    "1 : valeur la plus élevée, sans jugement. Rangs parmi les GHT dont la valeur est connue ; "
    "les partenariats, recensés en partie, ne sont pas classés."
)
NO_RANK: Final = "Pas de rang : seuls les GHT sont classés."
PEERS: Final = "Territoires statistiquement semblables"
NO_PEER: Final = "Pas de semblable : un indicateur de ce territoire est inconnu ou sans objet."
NEIGHBOURS: Final = "Territoires voisins"
NO_NEIGHBOUR: Final = "Aucun territoire limitrophe."

# Published figures and statements
PUBLISHED_TITLE: Final = "Chiffres publiés"
PUBLISHED_NOTE: Final = (
    "Un GHT peut publier plusieurs chiffres, arrondis et d'années différentes : tous sont gardés. "
    "Le plus récent sert à calculer l'écart."
)
STATEMENTS_TITLE: Final = "Faits rapportés par la presse"
STATEMENT_COLUMNS: Final = ("Sujet", "Fait", "Article", "Année")
INFERRED: Final = "{year} (déduit)"
NOTHING_PUBLISHED: Final = "Aucun chiffre ni fait publié n'a été réuni pour ce territoire."
RECONCILIATION_TITLE: Final = "Du nombre de membres publié à celui affiché"

# Anomalies
NO_ANOMALY: Final = "Aucune anomalie relevée dans les sources pour ce territoire."

# Downloads
PDF: Final = "Portrait en PDF"
WHAT_TO_TAKE: Final = "Contenu à télécharger"
TAKEAWAYS: Final[Mapping[str, str]] = {
    "communes": "Communes",
    "establishments": "Établissements",
    "partnerships": "Partenariats",
    "membres": "Membres",
    "ailleurs": "Communes de membres dans un autre territoire",
    "histoire": "Histoire",
    "chiffres": "Chiffres clés",
    "acces": "Temps d'accès",
    "services": "Habitants loin d'un service",
    "activite": "Activité (toutes les années)",
    "rangs": "Rangs",
    "semblables": "Territoires semblables",
    "voisins": "Territoires voisins",
    "anomalies": "Anomalies",
}
FILTER_AREA: Final = "Filtre : territoire"


def departement_share(name: str, share: str) -> str:
    """Say which share of the inhabitants a departement has."""
    return f"{name} {share}"


def small_shares(names: Sequence[str]) -> str:
    """Name the departements that have less than one inhabitant in a hundred."""
    return f"moins de 1 % : {', '.join(names)}"


def take_note(what: str) -> str:
    """Say what the files hold."""
    return (
        f"{what} : exactement les lignes de ce territoire. Le classeur Excel donne aussi les "
        "sources, le modèle, la version et le dictionnaire des colonnes."
    )


def shown_communes(shown: str, total: str) -> str:
    """Say how many communes are listed."""
    return f"{shown} communes les plus peuplées, sur {total}."


def unknown_access(people: str) -> str:
    """Say for how many inhabitants no time is known."""
    return f"Temps inconnu pour {people} : aucune route n'est supposée entre les îles."


def every_activity(count: str) -> str:
    """Name the whole table of activity."""
    return f"Tous les indicateurs d'activité ({count}), année par année"
