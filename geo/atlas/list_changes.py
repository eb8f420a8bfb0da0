"""What changed between the two lists of members that one version of the data holds."""

from collections.abc import Mapping

from geo.atlas import words
from geo.atlas.changes import NO_ROW, Changes, Row, area_names, code_set, frame_of, member_name
from geo.atlas.columns import OUTSIDE_PREFIX
from geo.atlas.load import Atlas
from geo.formats import is_unknown


def compare_lists(atlas: Atlas) -> Changes:
    """
    Compare the two lists of members of one version of the data.

    Parameters
    ----------
    atlas
        `earlier_members`, `members`, `former_ghts`, `ghts` and `territories` are read.

    Returns
    -------
    changes
        `old` and `new` are the vintages of the lists. Roles are left out: the lists do not know
        them alike. A member of a GHT that is gone is said to have moved, unless it has merged.
    """
    vintages, former = atlas.vintages, atlas.former_ghts
    gone = dict(zip(former.former_code, former.former_name, strict=True))
    names = area_names(atlas) | gone
    return Changes(
        vintages.earlier, vintages.members,
        frame_of(_list_ghts(atlas, names), names), frame_of(_list_members(atlas, names), names),
        NO_ROW.copy(), NO_ROW.copy(),
    )  # fmt: skip


def _list_ghts(atlas: Atlas, names: Mapping[str, str]) -> list[Row]:
    """List the GHTs that only one of the two lists knows."""
    former, now = atlas.former_ghts, set(atlas.ghts.ght_code)
    come = now - set(atlas.earlier_members.ght_code)
    heirs = former.groupby("former_code").ght_code.agg(list)
    rows = [("ght_appeared", code, code, "", names[code]) for code in come]
    for code, codes in heirs.items():
        after = ", ".join(words.named(names[heir], heir) for heir in codes)
        rows.append(("ght_gone", str(code), str(code), names[str(code)], after))
    return rows


def _list_members(atlas: Atlas, names: Mapping[str, str]) -> list[Row]:
    """List the members that merged, moved, left or joined between the two lists."""
    now, before = atlas.members.set_index("finess_ej"), atlas.earlier_members
    known = set(before.current_finess_ej) | set(before.finess_ej)
    rows: list[Row] = [
        (
            "member_joined",
            str(now.ght_code[code]),
            member_name(now, code),
            "",
            names[now.ght_code[code]],
        )
        for code in code_set(now) - known
    ]
    for row in before.itertuples():
        home, today = str(row.ght_code), row.current_ght_code
        subject = _former_member(str(row.finess_ej), row.entity_name, row.city, names)
        place = words.named(names.get(home, home), home)
        if is_unknown(today):
            rows.append(("member_left", home, subject, place, ""))
        elif (heir := str(row.current_finess_ej)) != str(row.finess_ej):
            after = member_name(now, heir) if heir in now.index else heir
            rows.append(("member_merged", str(today), subject, place, after))
        elif str(today) != home:
            after = words.named(names[str(today)], str(today))
            rows.append(("member_moved", str(today), subject, place, after))
    return rows


def _former_member(code: str, name: object, city: object, areas: Mapping[str, str]) -> str:
    """Name a member of the list before: as listed, as its area outside any GHT, else by town."""
    if is_unknown(name):
        town = "" if is_unknown(city) else str(city)
        name = areas.get(OUTSIDE_PREFIX + code) or words.unnamed(town)
    return words.named(str(name), code)
