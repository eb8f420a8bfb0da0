"""The lists of GHTs by vintage: the one in use, the one before, and what became of each code."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from geo.sources.adapters.compositions import REGION_BY_PREFIX
from geo.sources.adapters.facts import GHT_COLUMNS, MEMBER_COLUMNS

# How a member of 2024 was established, and what the atlas calls it. The others are merged, or not
# counted by the ministry in any GHT.
EVIDENCE_2024 = {"proved": "proved", "table_error": "proved", "carried": "carried"}
SOURCE_2024, VINTAGE_2024 = "sae_totals", "2024"
# The only GHT whose code names two regions has had members in one of them since 2019.
REGION_BY_CODE = {"OI-01": ("04", "La Réunion")}
MOST_STEPS = 5  # mergers of mergers; more is a loop


@dataclass(frozen=True)
class Lists:
    """
    The national list in use and the one before it.

    Attributes
    ----------
    ghts, members
        In use: columns of `geo.sources.adapters.facts.GHT_COLUMNS` and `MEMBER_COLUMNS`.
    earlier_ghts, earlier_members
        The list before, same columns.
    """

    ghts: pd.DataFrame
    members: pd.DataFrame
    earlier_ghts: pd.DataFrame
    earlier_members: pd.DataFrame


def successions(raw: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """
    Gather the legal entities that took over another one, whatever the source.

    Returns
    -------
    successions
        `finess_ej_before` (unique), `finess_ej_after`, `evidence`; a documented merger counts
        before one that was only seen.
    """
    documented = raw["later_mergers"].assign(evidence="later_merger")
    parts = [documented, raw["successors"], raw["successors_2024"]]
    columns = ["finess_ej_before", "finess_ej_after", "evidence"]
    table = pd.concat([part[columns] for part in parts], ignore_index=True)
    return table.drop_duplicates("finess_ej_before", ignore_index=True)


def latest(codes: pd.Series, table: pd.DataFrame) -> pd.Series:
    """
    Follow legal entities through their mergers.

    Parameters
    ----------
    codes
        `finess_ej`, of any vintage.
    table
        From `successions`.

    Returns
    -------
    current
        The entities that carry them now, same index.
    """
    after = table.set_index("finess_ej_before").finess_ej_after
    current = codes
    for _ in range(MOST_STEPS):
        current = current.map(after).astype("str").fillna(current)
    return current


def list_of_2024(raw: Mapping[str, pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """
    Read the list of 2024, proved on the ministry's totals.

    Parameters
    ----------
    raw
        `members_2024`, `ghts` and `members` (list of 2018: names, roles), `ght_names`.

    Returns
    -------
    ghts, members
        Columns of `GHT_COLUMNS` and `MEMBER_COLUMNS`. Entities merged by 2024 and those that the
        ministry does not count in any GHT are left out.
    """
    listed = raw["members_2024"]
    listed = listed[listed.evidence.isin(list(EVIDENCE_2024))]
    before = raw["members"].set_index("finess_ej")
    members = listed[["ght_code", "finess_ej"]].assign(
        entity_name=listed.finess_ej.map(before.entity_name).fillna(listed.entity_name),
        city=listed.city.fillna(listed.finess_ej.map(before.city)),
        role="partie",
        evidence=listed.evidence.map(EVIDENCE_2024),
        vintage=VINTAGE_2024,
        source=SOURCE_2024,
    )
    members = members.sort_values(["ght_code", "finess_ej"], ignore_index=True)
    return _ghts_of_2024(members, raw), members[list(MEMBER_COLUMNS)]


def _ghts_of_2024(members: pd.DataFrame, raw: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Name and place the GHTs of a list of members."""
    counts = members.groupby("ght_code").size().astype("Int64")
    ghts = counts.rename("listed_member_count").reset_index()
    names = raw["ght_names"].set_index("ght_code").ght_name
    before = raw["ghts"].set_index("ght_code")
    regions = [
        REGION_BY_CODE.get(code) or REGION_BY_PREFIX.get(code.partition("-")[0], (None, None))
        for code in ghts.ght_code
    ]
    named = ghts.ght_code.map(names).astype("str").fillna(ghts.ght_code.map(before.ght_name))
    return ghts.assign(
        ght_name=named.fillna(ghts.ght_code),
        region=pd.Series([name for _, name in regions], dtype="str"),
        reg_code=pd.Series([code for code, _ in regions], dtype="str"),
        composition_vintage=VINTAGE_2024,
        composition_source=SOURCE_2024,
        support_finess_ej=pd.Series(pd.NA, ghts.index, dtype="str"),
        support_evidence=pd.Series(pd.NA, ghts.index, dtype="str"),
    )[list(GHT_COLUMNS)]


def choose_lists(raw: Mapping[str, pd.DataFrame]) -> Lists:
    """
    Choose the list in use: the one supplied to the build, else that of 2024.

    Parameters
    ----------
    raw
        `ghts` and `members` (list of 2018), `members_2024`; `composition_ghts` and
        `composition_members` when a list was supplied.
    """
    if "composition_ghts" in raw:
        ghts, members = raw["composition_ghts"], raw["composition_members"]
    else:
        ghts, members = list_of_2024(raw)
    return Lists(ghts, members, raw["ghts"], raw["members"])


def of_today(table: pd.DataFrame, ghts: pd.DataFrame, moved: pd.DataFrame) -> pd.DataFrame:
    """
    Keep the published figures about a GHT of today.

    Parameters
    ----------
    table
        `ght_code`, `source_url`.
    ghts
        `ght_code` of today.
    moved
        Figures collected under the code of a GHT that is gone and that describe the one it became:
        `ght_code`, `source_url`, `current_code`.

    Returns
    -------
    table
        Without the other figures of a GHT that is gone: they describe another territory.
    """
    keys = ["ght_code", "source_url"]
    found = table.merge(moved[[*keys, "current_code"]], on=keys, how="left", validate="m:1")
    codes = found.current_code.astype("str").fillna(found.ght_code)
    return table.assign(ght_code=codes.to_numpy())[codes.isin(ghts.ght_code).to_numpy()]


def former_ghts(lists: Lists, changes: pd.DataFrame) -> pd.DataFrame:
    """
    Say what became of the GHTs that the list in use does not hold any more.

    Parameters
    ----------
    lists
        The lists.
    changes
        From `successions`.

    Returns
    -------
    former
        One row per GHT of the list before that is gone and per GHT of today that took in some of
        its members: `former_code`, `former_name`, `ght_code`, `member_count` (those it took in),
        the one that took in most first.
    """
    now = lists.members.set_index("finess_ej").ght_code
    gone = lists.earlier_members[~lists.earlier_members.ght_code.isin(lists.ghts.ght_code)]
    target = latest(gone.finess_ej, changes).map(now)
    pairs = gone.assign(target=target).dropna(subset=["target"])
    counts = pairs.groupby(["ght_code", "target"]).size().rename("member_count").reset_index()
    names = lists.earlier_ghts.set_index("ght_code").ght_name
    table = counts.rename(columns={"ght_code": "former_code", "target": "ght_code"})
    table.insert(1, "former_name", table.former_code.map(names))
    return table.astype({"member_count": "int64"}).sort_values(
        ["former_code", "member_count", "ght_code"], ascending=[True, False, True],
        ignore_index=True,
    )  # fmt: skip
