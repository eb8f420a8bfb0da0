"""From the number of members listed to the numbers published, step by step, forcing nothing."""

import pandas as pd

from geo.territories.published import year_text

LISTS = {
    "dgos_list": "Liste du ministère",
    "finess_gcc": "Groupes FINESS",
    "sae_totals": "Totaux du ministère (SAE)",
}
LISTED = "Membres de la liste précédente"
MERGED = "Les mêmes, après les fusions enregistrées depuis"
CURRENT = "Membres de la liste en vigueur"
PUBLIC = "Dont établissements publics de santé"
GAP_RULE = (
    "Calcul : écart aux membres comptés, ou aux seuls établissements publics s'il est moindre"
)


def reconcile_members(
    members: pd.DataFrame, earlier: pd.DataFrame, published: pd.DataFrame
) -> pd.DataFrame:
    """
    Explain the member counts of every GHT that publishes one.

    Parameters
    ----------
    members
        The bundled members.
    earlier
        The bundled members of the list before.
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
        _steps(_of(members, code), _of(earlier, code), figures)
        for code, figures in stated.groupby("ght_code")
    ]
    return pd.concat(parts, ignore_index=True)


def _of(members: pd.DataFrame, code: object) -> pd.DataFrame:
    """Members of one GHT."""
    return members[members.ght_code == code]


def _counts(members: pd.DataFrame, earlier: pd.DataFrame) -> dict[str, int]:
    """How many members, list after list, and how many are public hospitals."""
    public = members.current_finess_ej[members.is_public_hospital.fillna(False)]
    before = {LISTED: len(earlier), MERGED: earlier.current_finess_ej.nunique()}
    today = {CURRENT: members.current_finess_ej.nunique(), PUBLIC: public.nunique()}
    return today if earlier.empty else before | today


def _source(members: pd.DataFrame) -> str:
    """Name the list that members come from, with its vintage."""
    source, vintage = str(members.source.iloc[0]), str(members.vintage.iloc[0])
    return f"{LISTS.get(source, source)} {vintage}"


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


def _steps(members: pd.DataFrame, earlier: pd.DataFrame, stated: pd.DataFrame) -> pd.DataFrame:
    """List the counts of one GHT, then each published number and what it leaves unexplained."""
    counts = _counts(members, earlier)
    now = _source(members)
    before = now if earlier.empty else _source(earlier)
    sources = {
        LISTED: before,
        MERGED: "Fusions enregistrées",
        CURRENT: now,
        PUBLIC: "FINESS et SAE",
    }
    rows: list[tuple[str, int, str]] = [
        (label, count, sources[label]) for label, count in counts.items()
    ]
    switch = int(str(members.vintage.iloc[0])[:4])
    for figure in stated.to_dict("records"):
        value, year = int(figure["value"]), figure["year"]
        is_early = LISTED in counts and not pd.isna(year) and int(year) < switch
        reference = counts[LISTED] if is_early else counts[CURRENT]
        when = "non daté" if pd.isna(year) else year_text(year, figure["year_certainty"])
        gap = unexplained(value, (reference, counts[PUBLIC]))
        rows.append((f"Nombre publié ({when})", value, figure["source_url"]))
        rows.append(("Écart inexpliqué", gap, GAP_RULE))
    table = pd.DataFrame(rows, columns=["label", "count", "source"])
    code = str(members.ght_code.iloc[0])
    return table.assign(ght_code=code, step=range(1, len(rows) + 1))
