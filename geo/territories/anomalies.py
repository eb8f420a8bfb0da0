"""Anomalies of the sources: what is missing, deduced or contradictory, and what was done."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from geo.activity.anomalies import KINDS as ACTIVITY_KINDS
from geo.atlas.vintages import Vintages
from geo.geography.communes import Carry
from geo.territories.published import qualified, year_text
from geo.wording import SUCCESSION

COLUMNS = ("kind", "ght_code", "subject", "detail", "source")
ANOMALY_KINDS: Mapping[str, str] = {
    "liste_evolue": "La liste des GHT a changé depuis",
    "millesimes_differents": "Millésimes différents",
    "membre_absent_finess": "Membre absent de FINESS",
    "membre_deduit": "Membre déduit par élimination",
    "membre_repris": "Membre repris de la liste de 2018, non vérifié",
    "site_place_mairie": "Site placé à la mairie de sa commune",
    "membre_fusionne": "Membre fusionné depuis",
    "support_presume": "Établissement support présumé",
    "ght_sans_territoire": "GHT sans territoire modélisé",
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
LIST = "Liste des GHT"
# Sources whose vintage is named: templates, completed at the end.
FINESS = "FINESS {finess}"
CONTOURS = "Contours {contours}"


def _rows(
    kind: str,
    subjects: Iterable[Any],
    details: Iterable[str],
    source: str,
    ght_codes: Iterable[Any] | None = None,
) -> pd.DataFrame:
    """Anomalies of one kind."""
    listed = list(subjects)
    return pd.DataFrame(
        {
            "kind": kind,
            "ght_code": list(ght_codes) if ght_codes is not None else [None] * len(listed),
            "subject": [str(subject) for subject in listed],
            "detail": list(details),
            "source": source,
        },
        columns=list(COLUMNS),
    )


def _named(members: pd.DataFrame) -> pd.Series:
    """Members as a person knows them."""
    place = (" (" + members.city + ")").fillna("")
    return members.entity_name.fillna("Entité " + members.finess_ej) + place


def member_anomalies(members: pd.DataFrame) -> pd.DataFrame:
    """
    List what is uncertain in the composition of the GHTs.

    Parameters
    ----------
    members
        The bundled members.

    Returns
    -------
    anomalies
        Members absent from FINESS (with or without a successor), deduced, or merged later.
    """
    moved = members[(members.finess_ej != members.current_finess_ej)]
    carried = members[members.evidence == "carried"]
    absent = members[~members.is_in_finess]
    deduced = members[members.evidence == "deduced"]
    return pd.concat(
        [
            _rows(
                "membre_fusionne",
                moved.finess_ej,
                _named(moved)
                + " : compté avec l'entité "
                + moved.current_finess_ej
                + " (preuve : "
                + moved.successor_evidence.map(SUCCESSION).fillna("non précisée")
                + ").",
                LIST,
                moved.ght_code,
            ),
            _rows(
                "membre_absent_finess",
                absent.finess_ej,
                _named(absent)
                + " : ni dans FINESS ni dans la SAE, sans successeur connu ; aucun site localisé.",
                FINESS,
                absent.ght_code,
            ),
            _rows(
                "membre_repris",
                carried.finess_ej,
                _named(carried)
                + " : hors de l'enquête SAE, repris de la liste de 2018 sans vérification.",
                LIST,
                carried.ght_code,
            ),
            _rows(
                "membre_deduit",
                deduced.finess_ej,
                _named(deduced) + " : rattaché au GHT par élimination, non lu dans la source.",
                LIST,
                deduced.ght_code,
            ),
        ]
    )


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
            _rows(
                "support_presume",
                presumed.ght_code,
                presumed.support_name.fillna("Entité " + presumed.support_finess_ej)
                + " : présumé support, non publié. "
                + presumed.support_note.fillna(""),
                LIST,
                presumed.ght_code,
            ),
            _rows(
                "support_presume",
                unknown.ght_code,
                "Support ni publié ni présumable : inconnu. " + unknown.support_note.fillna(""),
                LIST,
                unknown.ght_code,
            ),
            _rows(
                "ght_sans_territoire",
                bare.area_code,
                bare.area_name + " : " + bare.status.map(reasons),
                "Modèle",
                bare.ght_code,
            ),
            _rows(
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


def list_anomalies(list_changes: pd.DataFrame) -> pd.DataFrame:
    """List the documented changes of the national list that the list in use does not know."""
    changes = list_changes.assign(ght_code=list_changes.ght_codes.str.split(";")).explode(
        "ght_code"
    )
    dated = changes.changed_on.fillna("date non établie")
    details = changes.detail + " (" + dated + ")"
    rows = _rows("liste_evolue", changes.ght_code, details, LIST, changes.ght_code)
    return rows.assign(source=changes.source_url.to_list())


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
            _rows(
                "commune_sans_contour",
                carry.included,
                [
                    f"{names[code]} : recréée depuis les contours, sans le sien ; sa population "
                    f"est comptée avec {names[holder]} ({holder}), dont elle est issue."
                    for code, holder in carry.included.items()
                ],
                CONTOURS,
            ),
            _rows(
                "contour_repare",
                broken,
                [f"Contour de {code} invalide (anneau qui se touche), réparé." for code in broken],
                CONTOURS,
            ),
            _rows(
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


def site_anomalies(sites: pd.DataFrame) -> pd.DataFrame:
    """
    List the hospital sites whose place or name is doubtful.

    Parameters
    ----------
    sites
        The bundled establishments.

    Returns
    -------
    anomalies
        Public hospitals and members' hospital sites without coordinates, off the map, or whose
        address names another commune than their point; remote units left out of the model.
    """
    hospital = sites[(sites.scope == "hospitalier") & (sites.public_status == "public")]
    lost = hospital[hospital.insee_check == "sans_coordonnees"]
    off = hospital[hospital.insee_check == "hors_contours"]
    wrong = hospital[hospital.insee_check == "discordant"]
    remote = sites[sites.general_reason.str.startswith("unité à plus de")]
    placed = hospital[hospital.insee_check == "mairie"]
    unnamed = hospital[hospital.site_name.fillna("").str.fullmatch(r"[\d\s]*")]
    names = hospital.site_name.fillna("Site sans nom")
    apart = remote.site_name.fillna("Site sans nom") + " : " + remote.general_reason

    def rows(kind: str, chosen: pd.DataFrame, detail: pd.Series) -> pd.DataFrame:
        return _rows(kind, chosen.finess_et, detail, FINESS, chosen.ght_code)

    return pd.concat(
        [
            rows("site_sans_coordonnees", lost, names[lost.index] + " : absent de la carte."),
            rows("site_hors_contours", off, names[off.index] + " : aucune commune à ce point."),
            rows(
                "adresse_discordante",
                wrong,
                names[wrong.index]
                + " : l'adresse dit "
                + wrong.city.fillna("rien")
                + ", le point est dans la commune "
                + wrong.insee_code
                + " ; le point est gardé.",
            ),
            rows(
                "site_place_mairie",
                placed,
                names[placed.index]
                + " : dans la SAE, absent de FINESS ; sans coordonnées propres.",
            ),
            rows("unite_eloignee", remote, apart + ", hors du modèle."),
            rows(
                "nom_invalide",
                unnamed,
                "Nom dans FINESS : « " + unnamed.finess_name.fillna("") + " ».",
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
            _rows("hors_champ", sums.collectivity_code, people, "INSEE"),
            _rows("sans_site_localise", alone.landmass, details, FINESS, alone.area_code),
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
    return _rows("ecart_publie", far.ght_code, details, "Chiffres publiés", far.ght_code)


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
