"""The support establishment of each GHT: published, else presumed by its beds, else unknown."""

import pandas as pd

from geo.establishments.members import is_thematic
from geo.formats import format_number

PUBLISHED, PRESUMED, UNKNOWN = "published", "presumed_beds", "unknown"
COLUMNS = (
    "support_finess_ej", "support_evidence", "support_year", "support_source", "support_note",
)  # fmt: skip
# Too close to call: the first must hold this many times the beds of the second to be alone.
CLEAR_LEAD = 1.1
LISTED = "Nommé par la liste nationale."
NOTHING: dict[str, str | None] = dict.fromkeys(COLUMNS)
NOT_BY_BEDS = NOTHING | {
    "support_evidence": UNKNOWN,
    "support_note": "GHT de psychiatrie : les lits de MCO ne disent pas son support.",
}


def published_supports(
    ghts: pd.DataFrame, curated: pd.DataFrame, members: pd.DataFrame
) -> pd.DataFrame:
    """
    Gather the supports that a source names.

    Parameters
    ----------
    ghts
        Lists of GHTs, the most recent first: `ght_code`, `support_finess_ej` (entities of today).
    curated
        Read in public pages: `ght_code`, `finess_ej`, `year`, `source_url`, `note`.
    members
        Members of today: `ght_code`, `finess_ej`. A support that is no member any more is left out.

    Returns
    -------
    supports
        Index `ght_code`; `COLUMNS`.
    """
    read = curated.rename(
        columns={
            "finess_ej": "support_finess_ej", "year": "support_year",
            "source_url": "support_source", "note": "support_note",
        }
    )  # fmt: skip
    listed = ghts[ghts.support_finess_ej.notna()].assign(support_note=LISTED)
    table = pd.concat([read, listed], ignore_index=True).assign(support_evidence=PUBLISHED)
    pairs = pd.MultiIndex.from_frame(members[["ght_code", "finess_ej"]])
    is_member = pd.MultiIndex.from_frame(table[["ght_code", "support_finess_ej"]]).isin(pairs)
    return table[is_member].drop_duplicates("ght_code").set_index("ght_code")[list(COLUMNS)]


def presumed_support(members: pd.Series, beds: pd.Series, year: str) -> dict[str, str | None]:
    """
    Presume the support of one GHT: the member that has the most beds of medicine and surgery.

    Parameters
    ----------
    members
        Its legal entities.
    beds
        Beds of medicine, surgery and obstetrics, by `finess_ej`; missing when not declared.
    year
        Year of these beds.

    Returns
    -------
    support
        `COLUMNS`; unknown when nobody has such beds or when two members are level.
    """
    known = beds.reindex(members.drop_duplicates()).dropna().sort_values(ascending=False)
    known = known[known > 0]
    if known.empty:
        return NOTHING | {"support_evidence": UNKNOWN}
    first, second = known.iloc[0], known.iloc[1] if len(known) > 1 else 0
    rest = f", le deuxième {format_number(second)}" if second else ", seul à en avoir"
    note = f"Lits de MCO en {year} : {format_number(first)}{rest}."
    if second and first / second < CLEAR_LEAD:
        return NOTHING | {"support_evidence": UNKNOWN, "support_note": f"{note} Trop proches."}
    return NOTHING | {
        "support_finess_ej": str(known.index[0]), "support_evidence": PRESUMED,
        "support_year": year, "support_note": note,
    }  # fmt: skip


def choose_supports(
    ghts: pd.DataFrame, members: pd.DataFrame, published: pd.DataFrame, beds: pd.Series, year: str
) -> pd.DataFrame:
    """
    Name the support of every GHT, and how it is known.

    Parameters
    ----------
    ghts
        `ght_code`, `ght_name`.
    members
        `ght_code`, `finess_ej` of today.
    published
        From `published_supports`.
    beds, year
        See `presumed_support`.

    Returns
    -------
    supports
        Index `ght_code` in the order of `ghts`; `COLUMNS`.
    """
    thematic = set(ghts.ght_code[is_thematic(ghts.ght_name)])
    rows = {
        code: NOT_BY_BEDS if code in thematic else presumed_support(group.finess_ej, beds, year)
        for code, group in members.groupby("ght_code")
        if code not in published.index
    }
    presumed = pd.DataFrame.from_dict(rows, orient="index", columns=list(COLUMNS))
    table = pd.concat([part for part in (published, presumed) if not part.empty])
    known = table.reindex(ghts.ght_code).astype("str")
    return known.assign(support_evidence=known.support_evidence.fillna(UNKNOWN))
