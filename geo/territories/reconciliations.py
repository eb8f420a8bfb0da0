"""From the number of members listed to the numbers published, step by step, forcing nothing."""

import pandas as pd

from geo.atlas.vintages import Vintages
from geo.territories.published import year_text

LISTS = {"dgos_list": "Liste du ministère", "finess_gcc": "Groupes FINESS"}
LISTED = "Membres de la liste nationale"
IN_FINESS = "Après les fusions constatées dans FINESS"
CURRENT = "Après les fusions documentées depuis"
PUBLIC = "Dont établissements publics de santé reconnus dans FINESS"
GAP_RULE = (
    "Calcul : écart aux membres comptés, ou aux seuls établissements publics s'il est moindre"
)


def reconcile_members(
    members: pd.DataFrame, published: pd.DataFrame, vintages: Vintages
) -> pd.DataFrame:
    """
    Explain the member counts of every GHT that publishes one.

    Parameters
    ----------
    members
        The bundled members.
    published
        The bundled published figures.
    vintages
        Of the sources.

    Returns
    -------
    reconciliations
        The bundled table: `ght_code`, `step`, `label` (French), `count`, `source`. Each published
        number is followed by what remains unexplained (published minus counted).
    """
    stated = published[published.figure == "members"].sort_values(
        ["ght_code", "year", "source_url"], na_position="last"
    )
    parts = [
        _steps(members[members.ght_code == code], figures, vintages).assign(ght_code=code)
        for code, figures in stated.groupby("ght_code")
    ]
    return pd.concat(parts, ignore_index=True)


def _counts(members: pd.DataFrame) -> dict[str, int]:
    """How many members, merger after merger, and how many are public hospitals."""
    is_later = members.successor_evidence == "later_merger"
    in_finess = members.current_finess_ej.where(~is_later, members.finess_ej)
    public = members.current_finess_ej[members.is_public_hospital.fillna(False)]
    return {
        LISTED: len(members),
        IN_FINESS: in_finess.nunique(),
        CURRENT: members.current_finess_ej.nunique(),
        PUBLIC: public.nunique(),
    }


def unexplained(value: int, counted: tuple[int, int]) -> int:
    """
    Compute what a published number leaves unexplained.

    Parameters
    ----------
    value
        The published number of members.
    counted
        Members, and public hospitals among them, counted at the time of the publication.

    Returns
    -------
    gap
        Published minus counted, for the closer of the two counts: publications count one or the
        other and seldom say which.
    """
    return min((value - count for count in counted), key=abs)


def _steps(members: pd.DataFrame, stated: pd.DataFrame, vintages: Vintages) -> pd.DataFrame:
    """List the counts of one GHT, then each published number and what it leaves unexplained."""
    counts = _counts(members)
    vintage = str(members.vintage.iloc[0])
    sources = [
        f"{LISTS.get(members.source.iloc[0], members.source.iloc[0])} {vintage}",
        f"FINESS {vintages.finess_year}",
        "Fusions documentées",
        "FINESS",
    ]
    rows: list[tuple[str, int, str]] = [
        (label, count, src) for (label, count), src in zip(counts.items(), sources, strict=True)
    ]
    for figure in stated.to_dict("records"):
        value, year = int(figure["value"]), figure["year"]
        is_early = not pd.isna(year) and int(year) <= int(vintage[:4])
        reference = counts[LISTED] if is_early else counts[CURRENT]
        when = "non daté" if pd.isna(year) else year_text(year, figure["year_certainty"])
        gap = unexplained(value, (reference, counts[PUBLIC]))
        rows.append((f"Nombre publié ({when})", value, figure["source_url"]))
        rows.append(("Écart inexpliqué", gap, GAP_RULE))
    table = pd.DataFrame(rows, columns=["label", "count", "source"])
    return table.assign(step=range(1, len(rows) + 1))
