"""What a territory is told by first: French templates."""

from typing import Final

IN_COUNTRY: Final = "{rank} sur {count} GHT"
LABELS: Final = {
    "population": "Population",
    "aged_75_over_percent": "75 ans et plus",
    "beds_mco": "Lits de MCO",
    "deliveries": "Accouchements",
    "emergency_visits": "Passages aux urgences",
    "beyond_30_urgences": "À plus de 30 min des urgences",
}
NOTES: Final = {
    "population": "modélisé, {range}",
    "aged_75_over_percent": "recensement {ages}",
    "beds_mco": "SAE {sae}, membres",
    "deliveries": "SAE {sae}, membres",
    "emergency_visits": "SAE {sae}, membres",
    "beyond_30_urgences": "minutes officielles {drees_times}",
}
SINCE: Final = "{change} depuis {first}"
BETWEEN: Final = "{change} de {first} à {last}"

# Sentences
APART: Final = "Ce qui le distingue : parmi les GHT, {places}."
PLACE: Final = "{rank} sur {count} pour {subject} ({value})"
SUBJECTS: Final = {
    "density_per_km2": "la densité",
    "population_change_percent": "l'évolution de la population {first}-{last}",
    "mean_travel_time_min": "le temps moyen d'accès à son hôpital le plus proche",
    "under_25_percent": "la part des moins de 25 ans",
    "aged_75_over_percent": "la part des 75 ans et plus",
    "median_income_eur": "le revenu médian de ses communes",
    "poverty_percent": "le taux de pauvreté",
    "births_per_1000": "la natalité",
    "deaths_per_1000": "la mortalité",
    "unemployment_percent": "le chômage",
    "beds_mco_rate": "les lits de MCO par habitant",
    "beds_smr_rate": "les lits de SMR par habitant",
    "emergency_visits_rate": "les passages aux urgences par habitant",
    "doctors_rate": "les médecins hospitaliers par habitant",
    "nurses_rate": "les infirmiers hospitaliers par habitant",
    "beyond_30_urgences": "la part des habitants à plus de 30 min des urgences",
    "beyond_30_maternite": "la part des habitants à plus de 30 min d'une maternité",
}
MOVED: Final = "De {first} à {last}, chez les mêmes hôpitaux : {changes}."
MOVE: Final = "{subject} {old} → {new} ({change})"
MOVERS: Final = {
    "beds_mco": "lits de MCO",
    "beds_smr": "lits de SMR",
    "beds_psychiatry": "lits de psychiatrie",
    "deliveries": "accouchements",
    "emergency_visits": "passages aux urgences",
    "day_stays_mco": "séjours de MCO sans nuit",
    "doctors": "médecins, pharmaciens et odontologistes",
    "nurses": "infirmiers",
}
SURE: Final = (
    "Ce qui est incertain : {people} ({share}) vivent dans {communes} que d'autres valeurs de la "
    "règle donneraient à un voisin."
)
ALL_SURE: Final = "Aucune de ses communes n'irait à un voisin avec d'autres valeurs de la règle."
ELSEWHERE: Final = "{town}, commune d'un membre, est dans le territoire {area}."
