"""Anomalies of the sources: what is missing, deduced or contradictory, and what was done."""

from collections.abc import Iterable, Mapping

import pandas as pd

from geo.activity.anomalies import KINDS as ACTIVITY_KINDS
from geo.atlas.vintages import Vintages
from geo.establishments.anomalies import FINESS, LIST, rows
from geo.geography.communes import Carry
from geo.territories.published import qualified, year_text

ANOMALY_KINDS: Mapping[str, str] = {
    "liste_evolue": "La liste des GHT a changé depuis",
    "millesimes_differents": "Millésimes différents",
    "membre_absent_finess": "Membre absent de FINESS",
    "membre_deduit": "Membre déduit par élimination",
    "membre_repris": "Membre repris de la liste précédente, non vérifié",
    "site_place_mairie": "Site placé à la mairie de sa commune",
    "membre_fusionne": "Membre fusionné depuis",
    "support_presume": "Établissement support présumé ou inconnu",
    "ght_sans_territoire": "GHT sans territoire modélisé",
    "commune_autre_ght": "Commune d'un membre dans le territoire d'un autre",
    "ecart_publie": "Écart au chiffre publié",
    "commune_sans_contour": "Commune sans contour propre",
    "contour_repare": "Contour réparé",
    "population_autre_annee": "Population d'une autre année",
    "sans_site_localise": "Territoire sans site localisé",
    "hors_champ": "Collectivité hors champ",
    "site_sans_coordonnees": "Site sans coordonnées",
    "site_hors_contours": "Site hors des contours",
    "adresse_discordante": "Adresse et point en désaccord",
    "unite_eloignee": "Unité éloignée de son entité",
    "nom_invalide": "Nom de site inexploitable",
    "partenariat_desaccord": "Sources en désaccord sur un partenariat",
    "partenariat_hors_liste": "Partenariat non placé ou hors liste",
    **ACTIVITY_KINDS,
}
DEVIATION_SHOWN_PERCENT = 20.0
# Sources whose vintage is named: templates, completed at the end.
CONTOURS = "Contours {contours}"


def ght_anomalies(ghts: pd.DataFrame, territories: pd.DataFrame) -> pd.DataFrame:
    """
    List what is presumed or absent for each GHT.

    Parameters
    ----------
    ghts
        The bundled GHTs.
    territories
        The bundled territories.

    Returns
    -------
    anomalies
        Presumed support establishments, GHTs without a territory, vintages that differ.
    """
    presumed = ghts[ghts.support_evidence == "presumed_beds"]
    unknown = ghts[ghts.support_evidence == "unknown"]
    reasons = {
        "thematic": "GHT de psychiatrie : aucun site d'hospitalisation générale.",
        "outside_scope": "ses sites sont hors des contours disponibles (Saint-Martin, "
        "Saint-Barthélemy).",
        "no_site": "aucun site d'hospitalisation générale localisé.",
        "no_commune": "aucune commune n'est plus proche de ses sites que d'un autre hôpital.",
    }
    bare = territories[territories.status.isin(list(reasons))]
    main_vintage = ghts.composition_vintage.mode().iloc[0]
    recent = ghts[ghts.composition_vintage != main_vintage]
    return pd.concat(
        [
            rows(
                "support_presume",
                presumed.ght_code,
                presumed.support_name.fillna("Entité " + presumed.support_finess_ej)
                + " : présumé support, non publié. "
                + presumed.support_note.fillna(""),
                LIST,
                presumed.ght_code,
            ),
            rows(
                "support_presume",
                unknown.ght_code,
                "Support ni publié ni présumable : inconnu. " + unknown.support_note.fillna(""),
                LIST,
                unknown.ght_code,
            ),
            rows(
                "ght_sans_territoire",
                bare.area_code,
                bare.area_name + " : " + bare.status.map(reasons),
                "Modèle",
                bare.ght_code,
            ),
            rows(
                "millesimes_differents",
                recent.ght_code,
                recent.ght_name
                + " : composition de "
                + recent.composition_vintage
                + f", quand le reste de la liste est de {main_vintage}.",
                LIST,
                recent.ght_code,
            ),
        ]
    )


def commune_anomalies(
    communes: pd.DataFrame, carry: Carry, names: pd.Series, repaired: Iterable[str]
) -> pd.DataFrame:
    """
    List the communes whose polygon or population needed a rule.

    Parameters
    ----------
    communes
        The bundled communes.
    carry
        Links between vintages.
    names
        Current commune names by `insee_code`.
    repaired
        Codes of polygons that were invalid.

    Returns
    -------
    anomalies
        Communes counted with another, repaired polygons, populations of another year.
    """
    broken = pd.Series(list(repaired), dtype="str")
    main_year = int(communes.population_year.mode().iloc[0])
    other = communes[communes.population_year != main_year]
    return pd.concat(
        [
            rows(
                "commune_sans_contour",
                carry.included,
                [
                    f"{names[code]} : recréée depuis les contours, sans le sien ; sa population "
                    f"est comptée avec {names[holder]} ({holder}), dont elle est issue."
                    for code, holder in carry.included.items()
                ],
                CONTOURS,
            ),
            rows(
                "contour_repare",
                broken,
                [f"Contour de {code} invalide (anneau qui se touche), réparé." for code in broken],
                CONTOURS,
            ),
            rows(
                "population_autre_annee",
                other.insee_code,
                [
                    f"{name} : population de {year}, quand le reste est de {main_year}."
                    for name, year in zip(other.commune_name, other.population_year, strict=True)
                ],
                "Population de Mayotte",
            ),
        ]
    )


def overseas_anomalies(
    overseas: pd.DataFrame, assignments: pd.DataFrame, communes: pd.DataFrame
) -> pd.DataFrame:
    """
    List what the model cannot see overseas.

    Parameters
    ----------
    overseas
        Collectivites d'outre-mer: `collectivity_code`, `collectivity_name`, `population`.
    assignments
        The bundled assignments.
    communes
        The bundled communes.

    Returns
    -------
    anomalies
        Collectivites outside the totals, with their population, and lands without a located site.
    """
    keys = ["collectivity_code", "collectivity_name"]
    sums = overseas.groupby(keys).population.sum().reset_index()
    people = [
        f"{row['collectivity_name']} : {row['population']} habitants, sans contour ici ; hors des "
        "totaux, comme dans la population des 101 départements."
        for row in sums.to_dict("records")
    ]
    far = assignments[assignments.rule == "only_provider"].merge(communes, on="insee_code")
    alone = far.groupby(["landmass", "area_code"]).population.sum().reset_index()
    details = [
        f"Aucun site localisé sur cette terre ({row['landmass']}) : ses {row['population']} "
        f"habitants vont au seul GHT qui y a un membre ({row['area_code']}) ; temps d'accès "
        "inconnus."
        for row in alone.to_dict("records")
    ]
    return pd.concat(
        [
            rows("hors_champ", sums.collectivity_code, people, "INSEE"),
            rows("sans_site_localise", alone.landmass, details, FINESS, alone.area_code),
        ]
    )


def deviation_anomalies(comparison: pd.DataFrame) -> pd.DataFrame:
    """
    List the modelled figures far from the published ones.

    Parameters
    ----------
    comparison
        `ght_code`, `figure` (French), `modelled`, `published`, `qualifier`, `year`,
        `year_certainty`, `deviation_percent`.

    Returns
    -------
    anomalies
        Rows beyond `DEVIATION_SHOWN_PERCENT`, either way.
    """
    far = comparison[comparison.deviation_percent.abs() > DEVIATION_SHOWN_PERCENT]
    details = [
        f"{r.figure} : {r.modelled:.0f} modélisé, {qualified(str(r.published), r.qualifier)} "
        f"publié ({year_text(r.year, r.year_certainty)}), écart {r.deviation_percent:+.0f} %."
        for r in far.itertuples()
    ]
    return rows("ecart_publie", far.ght_code, details, "Chiffres publiés", far.ght_code)


def build_anomalies(parts: Iterable[pd.DataFrame], vintages: Vintages) -> pd.DataFrame:
    """
    Gather anomalies.

    Parameters
    ----------
    parts
        Tables of the functions above.
    vintages
        Of the sources, which rows name.

    Returns
    -------
    anomalies
        The bundled table: one row each, sorted by kind and subject.
    """
    table = pd.concat([part for part in parts if not part.empty], ignore_index=True)
    table["source"] = table.source.replace(
        {name: vintages.fill(name) for name in (FINESS, CONTOURS)}
    )
    return table.drop_duplicates().sort_values(["kind", "subject", "detail"], ignore_index=True)
