"""What a search box is answered while one types: rows ready to be shown, for every session."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from geo import wording
from geo.atlas.search import LONGEST_QUERY, SCOPES, Match
from geo.ui.shared import cache, names

Row = Mapping[str, str]
OF_AREAS: Final = ("territoires", "ght")
MOST: Final = 14  # rows
MOST_OF_GROUP: Final = 5  # so that hospitals are seen where many communes have the same name


def answers(text: str, among: str) -> list[Row]:
    """
    Answer a search box.

    Parameters
    ----------
    text
        What a person typed, untrusted; empty for the whole of a short list.
    among
        Key of `geo.atlas.search.SCOPES`.

    Returns
    -------
    rows
        `kind` and `code` of what is chosen, `group`, `label` and `where` as they are shown: texts,
        never HTML.
    """
    return _answers(" ".join(text[:LONGEST_QUERY].casefold().split()), among)


@cache.kept(max_entries=5_000)
def _answers(typed: str, among: str) -> list[Row]:
    if not typed:
        return _whole(among) if among in OF_AREAS else []
    rows, told = [], Counter[str]()
    for match in names.found(typed, among):
        row = _row(match, among)
        told[row["group"]] += 1
        if not row["group"] or told[row["group"]] <= MOST_OF_GROUP:
            rows.append(row)
    return rows[:MOST]


def _whole(among: str) -> list[Row]:
    """List every territory, by name."""
    ghts = names.ghts()
    return [
        {"kind": "ght" if code in ghts else "hors_ght", "code": code, "group": "",
         "label": wording.named_code(name, code), "where": ""}
        for code, name in cache.choices().areas.items()
        if among != "ght" or code in ghts
    ]  # fmt: skip


def _row(match: Match, among: str) -> Row:
    """Say an answer as what is chosen in a list: a territory, a site, an entity, a commune."""
    if among in OF_AREAS:
        label = wording.named_code(match.area_name, match.area_code)
        is_other = match.kind not in {"ght", "hors_ght"} or match.area_name not in match.label
        where = wording.found_by(match.kind, match.label) if is_other else ""
        kind = "ght" if match.area_code in names.ghts() else "hors_ght"
        return {"kind": kind, "code": match.area_code, "group": "", "label": label, "where": where}
    if SCOPES[among].one_per == "entity":
        label = wording.named_code(match.entity_name, match.entity)
        where = match.label if match.kind == "etablissement" else match.area_name
        return {"kind": "entite", "code": match.entity, "group": "", "label": label, "where": where}
    where = match.entity_name if among == "sites" else match.area_name
    is_area = match.kind in {"ght", "hors_ght"}
    group = wording.SEARCH_GROUPS["code" if match.is_code else match.kind]
    return {
        "kind": match.kind, "code": match.code, "label": match.label.removeprefix("GHT "),
        "group": group if len(SCOPES[among].kinds) != 1 else "", "where": "" if is_area else where,
    }  # fmt: skip


def prepare() -> None:
    """Index the names before anyone types: it takes two seconds."""
    names.found("a", "tout")
