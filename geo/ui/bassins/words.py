"""French words of the page Bassins."""

from collections.abc import Mapping
from typing import Final

from geo import wording
from geo.formats import format_count

SUBTITLE: Final = "Comparer les modèles de territoire, entre eux et aux chiffres publiés"
DECLARATION: Final = (
    "Territoires modélisés, sans valeur légale.",
    "Chaque modèle applique une règle, expliquée dans le volet Méthode. Aucun n'est officiel.",
)
LOADING: Final = "Calcul du modèle…"
LOADING_SHAPES: Final = "Lecture des contours…"
LOADING_ALL: Final = "Calcul de tous les modèles…"

# Controls
MODEL: Final = "Modèle"
PARAMETERS: Final = "Paramètres"
ENCLAVES: Final = "Absorber les enclaves de moins de (habitants)"
ENCLAVES_HELP: Final = (
    "Une enclave rejoint le voisin avec lequel elle partage la plus longue limite. 0 : rien n'est "
    "déplacé."
)
WHOLE_UNITS_HELP: Final = (
    "Après le modèle, chaque unité est rattachée entière au territoire qui a le plus de ses "
    "habitants. Une métropole que plusieurs GHT se partagent est rattachée à un seul : ceux que "
    "l'option vide sont nommés."
)
OWN_TOWN_HELP: Final = (
    "Une commune où un membre déclare des lits de médecine, de chirurgie ou d'obstétrique va au "
    "GHT de ce membre ; de plusieurs GHT, à celui qui y a le plus de lits. Elle y reste même si "
    "son unité va entière à un autre."
)
MARGIN: Final = "Commune disputée si l'avance est inférieure à (%)"
MARGIN_HELP: Final = (
    "Avance du premier territoire sur le deuxième : écart de probabilité (attraction, département) "
    "ou écart relatif de temps (site le plus proche)."
)
LOOK: Final = "Sur la carte"
LOOKS: Final[Mapping[str, str]] = {
    "territoires": "Territoires",
    "confiance": "Confiance",
    "difference": "Différence",
}
COMPARED: Final = "Comparer à"
REALITY_LABEL: Final = "Le même modèle sans le scénario"
PANEL: Final = "Volet"
PANELS: Final[Mapping[str, str]] = {
    "tableau": "Tableau",
    "publies": "Validation",
    "disputees": "Communes disputées",
    "commune": "Une commune",
    "scenario": "Scénario",
    "zonage": "Votre zonage",
    "temps": "Vos temps",
    "methode": "Méthode",
}

# Map and legend
CONTESTED_SHARE: Final = "Population disputée"
POPULATION_CHANGE: Final = "Écart de population"
GHTS_SHOWN: Final = "GHT avec un territoire"
ZONES_SHOWN: Final = "Zones et GHT avec un territoire"
MOVED_BY_OPTIONS: Final = "Communes déplacées par les options"
NO_PARAMETER: Final = "La règle de ce modèle n'a pas de paramètre."
MARGIN_TITLE: Final = "Avance, commune par commune"
HATCH_CONTESTED: Final = "Communes disputées"
HATCH_CHANGED: Final = "Communes qui changent de territoire"
BORDERS_NOTE: Final = "Tirets : limite d'avant. Trait plein : limite avec le scénario."
SEE_COMMUNES: Final = "Choisissez un territoire : ses communes s'affichent par classe d'avance."
RUNS_NOTE: Final = (
    "Les hachures disent les communes qui changent de territoire quand la règle, ses valeurs et "
    "les temps varient ; la teinte, la part des habitants pour qui un autre territoire est presque "
    "aussi proche. L'avance décrit une commune ; elle ne dit pas l'erreur d'un territoire. "
    "Choisissez un territoire pour voir l'avance de chacune de ses communes."
)
NO_MARGIN: Final = "Ce modèle ne dit pas son degré de confiance."
NO_CHANGE: Final = "Les deux cartes sont identiques : aucune commune ne change de territoire."

# Figures and tables
ANSWER_COLUMNS: Final[Mapping[str, str]] = {
    "model": "Modèle",
    "area_name": "Territoire",
    "site_name": "Site le plus proche du territoire",
    "travel_time_min": "Temps (min, arrondi)",
    "share_percent": "Probabilité (%)",
    "margin_percent": "Avance (%)",
    "runner_up_name": "Deuxième territoire",
    "runner_up_time_min": "Temps vers le deuxième (min, arrondi)",
}
SUMMARY_COLUMNS: Final[Mapping[str, str]] = {
    "figure": "Chiffre",
    "model": "Modèle",
    "figure_count": "Chiffres comparés",
    "ght_count": "GHT comparés",
    "missing_count": "Sans territoire",
    "median_percent": "Écart médian (%)",
    "mean_percent": "Écart moyen (%)",
    "p75_percent": "Trois quarts sont à moins de (%)",
    "worst_percent": "Écart maximal (%)",
    "bias_percent": "Biais (%)",
}
COMPARISON_COLUMNS: Final[Mapping[str, str]] = {
    "area_name": "GHT",
    "figure": "Chiffre",
    "model": "Modèle",
    "modelled": "Modélisé",
    "published": "Publié",
    "year": "Année de publication",
    "precision": wording.PUBLISHED_PRECISION,
    "deviation_percent": "Écart (%)",
    "basis": "Population modélisée de cette année",
    "scope": wording.PUBLISHED_SCOPE,
    "standing": "Juge le modèle",
}
CLOUD_COLUMNS: Final[Mapping[str, str]] = {
    "area_name": "GHT",
    "published": "Publié",
    "precision": wording.PUBLISHED_PRECISION,
    "year": "Année de publication",
    "modelled": "Modélisé",
    "deviation_percent": "Écart (%)",
}
EFFECT_COLUMNS: Final[Mapping[str, str]] = {
    "area_name": "Territoire",
    "area_code": "Code",
    "before": "Population avant",
    "after": "Population avec le scénario",
    "change": "Différence (habitants)",
    "change_percent": "Différence (%)",
    "commune_change": "Différence (communes)",
    "time_before": "Temps médian avant (min, arrondi)",
    "time_after": "Temps médian avec le scénario (min, arrondi)",
}
NO_AREA: Final = "Ce territoire n'existe pas avec ce modèle ou ce scénario."
RANGE_NOTE: Final = "minimum et maximum de tous les modèles"
SEE_AREA: Final = "Voir ce territoire sur la carte"
TABLE: Final = "Un territoire par ligne"
CHECK: Final = "Chaque modèle face aux chiffres publiés"
CHECK_NOTE: Final = (
    "Écarts absolus, en pour cent du chiffre publié, sauf le biais, moyenne des écarts avec leur "
    "signe. Un GHT auquel un modèle ne donne rien compte pour 100 %, sauf s'il est psychiatrique : "
    "sans territoire, il est à part. Seuls jugent les chiffres qu'une source donne pour le GHT "
    "lui-même ; ceux d'un bassin, d'un membre ou d'un département sont montrés sans compter. Un "
    "GHT qui en a publié plusieurs compte autant de fois. Ces chiffres sont arrondis et disent "
    "rarement ce qu'ils comptent : un modèle parfait s'en écarterait aussi."
)
CHECK_YEARS: Final = (
    "Une population publiée est comparée à celle de la même année : commune par commune, droite "
    "entre les deux recensements les plus proches, prolongée au-delà ; année inconnue, dernier "
    "recensement."
)
CHECK_SCOPE: Final = (
    "Modèles avec leurs paramètres par défaut, sans scénario, ni absorption, ni autre option."
)
CLOUD: Final = "Publié et modélisé"
CLOUD_HELP: Final = (
    "Nuage de points : population publiée de chaque GHT, et celle du modèle affiché la même année. "
    "Le tableau donne les mêmes chiffres."
)
CLOUD_NONE: Final = "Ce modèle ne donne rien aux GHT qui ont publié une population."
EVERY_FIGURE: Final = "Tous les modèles, tous les chiffres"
FAR: Final = "À plus de 20 % du chiffre publié avec le modèle affiché"
FAR_NONE: Final = "Aucun territoire n'est à plus de 20 % du chiffre publié avec le modèle affiché."
COVERAGE: Final = "Ce que valent les intervalles"
COVERAGE_NOTE: Final = (
    "Population des territoires du modèle par défaut : valeur ± {quantile} × √({base} %² + s²), où "
    "s est l'écart type, en part de la population, de {runs} tirages de la règle, de ses valeurs "
    "et des temps. Confiance faible au-delà de ± {weak} %. Les chiffres affichés sont arrondis à "
    "ce que l'intervalle permet ; les tableaux et les fichiers gardent la somme exacte."
)
COVERAGE_FOUND: Final = (
    "Sur {count} chiffres publiés qui décrivent le GHT, {held} sont dans l'intervalle ({level} % "
    "attendus). Chacun jugé par les autres, qui fixent alors la part de {base} % : {left_out}, "
    "soit {percent} % (de {low} à {high} % avec si peu de chiffres)."
)
COVERAGE_NONE: Final = "Trop peu de chiffres publiés pour juger les intervalles."
CONTESTED: Final = "Communes disputées"
CONTESTED_TOP: Final = "Nombre de lignes"
CONTESTED_NONE: Final = "Aucune commune disputée avec ce seuil."
CONTESTED_ALL: Final = "Fichiers : toutes les communes disputées, au-delà des lignes montrées."
COMMUNE: Final = "À quel GHT une commune est-elle rattachée ?"
COMMUNE_SEARCH: Final = "Nom, code ou code postal de la commune"
SEARCH_HINTS: Final[Mapping[str, str]] = {
    "entites": "Un hôpital, sa ville, son numéro : Sézanne…",
    "sites": "Un hôpital, sa ville, son numéro : Sézanne…",
    "communes": "Ex. : Romilly-sur-Seine, 10100",
}
COMMUNE_HINT: Final = "Ex. : Romilly-sur-Seine, 10100, 10323"
COMMUNE_CHOICE: Final = "Commune"
COMMUNE_NOTE: Final = (
    "Temps estimés : {travel_time}. Première ligne : le modèle affiché, avec ses paramètres ; les "
    "autres avec leurs paramètres par défaut. « sans objet » : le modèle n'a rien de tel."
)
SHOWN: Final = "affiché"

# Scenarios
SCENARIO: Final = "Et si…"
SCENARIO_INTRO: Final = (
    "Ajoutez un changement : les territoires sont recalculés avec le modèle affiché. Rien n'est "
    "enregistré sur le serveur : le lien de la page ou le fichier gardent le scénario."
)
CHANGE_KIND: Final = "Changement"
NEXT_CHANGE: Final = "Ajouter un changement"
CLICK_HINT: Final = (
    "Cherchez un hôpital ou cliquez dessus sur la carte, puis cliquez sur le GHT d'arrivée."
)
MOVE_SITE: Final = "Déplacer ce site"
MOVE_ENTITY: Final = "Déplacer son entité"
CLOSE_SITE: Final = "Fermer ce site"
NOT_IN_MODEL: Final = (
    "Cet établissement ne compte pas dans le modèle : seuls les hôpitaux généraux attirent des "
    "communes. Choisissez-en un autre."
)
CHANGE_KINDS: Final[Mapping[str, str]] = {
    "move_site": "Déplacer un site vers un autre GHT",
    "move": "Déplacer une entité, avec ses sites, vers un autre GHT",
    "merge": "Fusionner deux GHT",
    "close": "Fermer un site",
    "open": "Ouvrir un site",
    "capacity": "Changer les lits d'un site",
}
TARGETS: Final[Mapping[str, str]] = {
    "move_site": "Site",
    "move": "Entité juridique",
    "merge": "GHT qui disparaît",
    "close": "Site",
    "open": "Commune du nouveau site",
    "capacity": "Site",
}
DESTINATION: Final = "GHT d'arrivée"
CAPACITY: Final = "Lits de MCO"
CHOOSE: Final = "Choisir…"
ADD: Final = "Ajouter ce changement"
UNDO: Final = "Annuler le dernier"
RESET: Final = "Revenir aux données en vigueur"
NAME: Final = "Nom du scénario"
SCENARIO_FILE: Final = "scénario"
SAVE: Final = "Télécharger le scénario (JSON)"
UPLOAD_SCENARIO: Final = "Ouvrir un scénario (fichier JSON de l'atlas)"
LOAD_SCENARIO: Final = "Appliquer ce fichier"
NO_SCENARIO: Final = "Aucun changement : ce sont les territoires des données en vigueur."
TOO_LONG: Final = (
    "Ce scénario est trop long pour le lien : partagez le fichier JSON, le lien ne le contient pas."
)
CHANGES: Final = "Changements, dans l'ordre"
EFFECT: Final = "Avant → avec le scénario"
EFFECT_ROWS: Final = "Avant et avec le scénario"
PDF: Final = "Le scénario en une page (PDF)"
NO_CHECK: Final = (
    "Un scénario est une situation inventée : aucun chiffre publié ne la décrit. Revenez aux "
    "données en vigueur pour comparer le modèle aux chiffres publiés."
)
EFFECT_NONE: Final = "Ce scénario ne change la population d'aucun territoire avec ce modèle."
MISSING_TARGET: Final = "Choisissez ce qui change avant d'ajouter."
NO_EFFECT: Final = "Ce changement ne changerait rien : c'est déjà le cas. Choisissez-en un autre."

# Method
METHOD: Final = "Comment c'est calculé"
RULE: Final = "Règle"
FORMULA: Final = "Formule"
LIMITS: Final = "Limites"
VALUES: Final = "Valeurs utilisées"
COMMAND: Final = "Reproduire en ligne de commande"
COMMAND_NOTE: Final = (
    "Mêmes chiffres, une ligne par territoire ; « catchment » à la place de « territories » donne "
    "une ligne par commune (--out FICHIER)."
)
COMMAND_NONE: Final = (
    "Un scénario, un zonage ou des temps importés n'ont pas d'équivalent en ligne de commande ici."
)
IMPORTED_RULE: Final = "Chaque commune va à la zone, ou au GHT, que votre zonage lui donne."
IMPORTED_FORMULA: Final = "Zone de la commune dans le zonage"
IMPORTED_LIMITS: Final = (
    "Le modèle ne peut dire ni probabilité, ni deuxième, ni avance. Une commune absente du zonage "
    "est hors zonage, ou suit le modèle choisi ; aucune n'est perdue. Le temps d'une commune est "
    "celui du site de son GHT, ou du plus proche quand la zone n'est pas un GHT. Les indicateurs "
    "d'activité ne sont connus que des GHT."
)


def sum_note(population: str) -> str:
    """Say what the rows of the table add up to."""
    return (
        "Les GHT, les territoires hors GHT et les communes non rattachées totalisent exactement la "
        f"population des communes de métropole et des DROM : {population} habitants."
    )


def cloud_note(model: str) -> str:
    """Say what the cloud shows."""
    return (
        f"{model}, tel qu'affiché. Trait : modèle égal au chiffre publié ; bande : 10 % de part et "
        "d'autre ; noms : les plus éloignés."
    )


def spread_note() -> str:
    """Say what the range of the models is."""
    return (
        "Minimum et maximum : plus petite et plus grande population du territoire sous tous les "
        "modèles, paramètres par défaut."
    )


def contested_note(communes: str, population: str, percent: str) -> str:
    """Count the contested communes."""
    return f"{communes} où l'avance est inférieure à {percent} %, soit {population}."


def changed_note(communes: str, population: str, first: str, second: str) -> str:
    """Count the communes that two maps give to different areas."""
    return f"{communes}, soit {population}, n'ont pas le même territoire : {first} / {second}."


def more_areas(count: int) -> str:
    """Count the territories that are only in the table."""
    return f"Et {format_count(count, 'autre territoire', 'autres territoires')} : voir le tableau."


def untouched(area: str) -> str:
    """Say that a scenario leaves a territory as it is."""
    return f"{area} : rien ne change."


def agreement_note(same: int, total: int, area: object) -> str:
    """Say how many models give a commune to the territory of the model on screen."""
    if same == 1:
        return f"Un seul modèle sur {total}, celui affiché, rattache cette commune à {area}."
    return f"{same} modèles sur {total} rattachent cette commune à {area}."
