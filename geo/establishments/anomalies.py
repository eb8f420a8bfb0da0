"""What is uncertain or odd in the lists of members and in the sites of the hospitals."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from geo.wording import SUCCESSION

COLUMNS = ("kind", "ght_code", "subject", "detail", "source")
LIST = "Liste des GHT"
FINESS = "FINESS {finess}"


def rows(
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
            rows(
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
            rows(
                "membre_absent_finess",
                absent.finess_ej,
                _named(absent)
                + " : ni dans FINESS ni dans la SAE, sans successeur connu ; aucun site localisé.",
                FINESS,
                absent.ght_code,
            ),
            rows(
                "membre_repris",
                carried.finess_ej,
                _named(carried)
                + " : hors de l'enquête SAE, repris de la liste précédente sans vérification.",
                LIST,
                carried.ght_code,
            ),
            rows(
                "membre_deduit",
                deduced.finess_ej,
                _named(deduced) + " : rattaché au GHT par élimination, non lu dans la source.",
                LIST,
                deduced.ght_code,
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
    listed = rows("liste_evolue", changes.ght_code, details, LIST, changes.ght_code)
    return listed.assign(source=changes.source_url.to_list())


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

    def found(kind: str, chosen: pd.DataFrame, detail: pd.Series) -> pd.DataFrame:
        return rows(kind, chosen.finess_et, detail, FINESS, chosen.ght_code)

    return pd.concat(
        [
            found("site_sans_coordonnees", lost, names[lost.index] + " : absent de la carte."),
            found("site_hors_contours", off, names[off.index] + " : aucune commune à ce point."),
            found(
                "adresse_discordante",
                wrong,
                names[wrong.index]
                + " : l'adresse dit "
                + wrong.city.fillna("rien")
                + ", le point est dans la commune "
                + wrong.insee_code
                + " ; le point est gardé.",
            ),
            found(
                "site_place_mairie",
                placed,
                names[placed.index]
                + " : dans la SAE, absent de FINESS ; sans coordonnées propres.",
            ),
            found("unite_eloignee", remote, apart + ", hors du modèle."),
            found(
                "nom_invalide",
                unnamed,
                "Nom dans FINESS : « " + unnamed.finess_name.fillna("") + " ».",
            ),
        ]
    )
