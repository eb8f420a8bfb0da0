"""The codes and names that communes no longer have, and what they are today."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import pandas as pd

from geo.formats import plain_text

MERGED, SHARED, RECODED, RENAMED = "fusion", "partage", "changement_code", "changement_nom"
DELEGATED, ASSOCIATED = "deleguee", "associee"
# What most matters of a chain of events comes first.
KINDS: Final = (MERGED, SHARED, RECODED, RENAMED, DELEGATED, ASSOCIATED)
COLUMNS: Final = ("former_code", "former_name", "date", "kind", "current_code")
COMMUNE: Final = "COM"
END_OF_DELEGATION: Final = ("34", "35")
STILL_THERE: Final = {"COMD": DELEGATED, "COMA": ASSOCIATED}
KIND_OF_MOVEMENT: Final[Mapping[str, str]] = {
    "10": RENAMED,
    "20": SHARED,
    "21": SHARED,
    "30": SHARED,
    **dict.fromkeys(("31", "32", "33", "34", "35"), MERGED),
    "41": RECODED,
    "50": RECODED,
}


class Step(NamedTuple):
    """
    A commune becomes another one, or part of it.

    Attributes
    ----------
    date
        Day it took effect.
    code, name
        Of the commune after.
    kind
        A member of `KINDS`.
    """

    date: pd.Timestamp
    code: str
    name: str
    kind: str


Steps = Mapping[str, Mapping[str, list[Step]]]


def _events(movements: pd.DataFrame) -> pd.DataFrame:
    """Keep what makes a commune out of a whole commune or of a part of one."""
    known = movements.dropna(subset=["code_before", "code_after", "name_before"])
    before = known.type_before.isin([COMMUNE, *STILL_THERE])
    known = known[before & (known.type_after == COMMUNE) & known["mod"].isin(KIND_OF_MOVEMENT)]
    # A commune merged before is no longer delegated: it merges no more than it had.
    ends = known["mod"].isin(END_OF_DELEGATION) & (known.type_before != COMMUNE)
    keys = pd.MultiIndex.from_frame(known[["code_before", "name_before"]])
    return known[~(ends & keys.isin(keys[~ends]))]


def _steps(events: pd.DataFrame) -> dict[str, dict[str, list[Step]]]:
    """List what happened to each code, by the name it had."""
    steps: dict[str, dict[str, list[Step]]] = {}
    kinds = events["mod"].map(dict(KIND_OF_MOVEMENT))
    before = (events.code_before.tolist(), events.name_before.tolist())
    after = (events.code_after.tolist(), events.name_after.tolist(), kinds.tolist())
    for code, name, *step in zip(*before, events.date, *after, strict=True):
        steps.setdefault(code, {}).setdefault(name, []).append(Step(*step))
    return steps


def _next(way: list[Step], steps: Steps, current: Mapping[str, str]) -> Step | None:
    """Give what happened next to a commune, to that name of it if the sources tell."""
    at = way[-1]
    by_name = steps.get(at.code, {})
    named = by_name.get(at.name, []) if current.get(at.code) != at.name else []
    others = [] if at.code in current else [step for one in by_name.values() for step in one]
    for known in (named, others):
        # A commune that gave land stays where it was; two events may be of one day.
        later = [
            step
            for step in known
            if step.date >= at.date
            and step not in way
            and (step.kind != SHARED or step.code == at.code)
        ]
        if later:
            return max(later)
    return None


def _followed(first: Step, steps: Steps, current: Mapping[str, str]) -> Step | None:
    """Follow a commune to today: its code, what most matters of the way, since when it is there."""
    way = [first]
    while after := _next(way, steps, current):
        way.append(after)
    code = way[-1].code
    if code not in current:
        return None
    kind = min((step.kind for step in way), key=KINDS.index)
    dates = [step.date for step in way if step.kind == kind]
    there = [step.date for step in way if step.kind == kind and step.code == code]
    return Step(min(there, default=max(dates)), code, current[code], kind)


def _departures(
    movements: pd.DataFrame, current: Mapping[str, str]
) -> Iterator[tuple[str, str, Step]]:
    """Tell what the last events made of each code and name that no commune has today."""
    steps = _steps(_events(movements))
    for code, by_name in steps.items():
        for name, own in by_name.items():
            if plain_text(current.get(code, "")) == plain_text(name):
                continue
            last = max(step.date for step in own)
            known = [_followed(step, steps, current) for step in own if step.date == last]
            yield from ((code, name, step) for step in known if step)


def former_communes(cog: pd.DataFrame, movements: pd.DataFrame) -> pd.DataFrame:
    """
    List the codes and names that are no commune's any more, with the commune of today.

    Parameters
    ----------
    cog
        Current official code: `type_code`, `insee_code`, `commune_name`, `parent_code`.
    movements
        Commune changes: `mod`, `date`, `type_before`, `code_before`, `name_before`, `type_after`,
        `code_after`, `name_after`.

    Returns
    -------
    former
        `former_code`, `former_name`, `date` (AAAA-MM-JJ, missing where no movement tells it),
        `kind` (a member of `KINDS`), `current_code`; in order. A commune whose land several share
        today has a row for each. A new commune has the code of one of those it joined: the name
        alone is then former.
    """
    communes = cog[cog.type_code == COMMUNE]
    current = dict(zip(communes.insee_code, communes.commune_name, strict=True))
    found: dict[tuple[str, str, str], Step] = {}
    for code, name, step in _departures(movements, current):
        key = (code, name, step.code)
        found[key] = min(found.get(key, step), step, key=lambda one: KINDS.index(one.kind))
    rows = [
        (code, name, step.date.date().isoformat(), step.kind, now)
        for (code, name, now), step in found.items()
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
    return _with_parts(table, cog, current)


def _with_parts(table: pd.DataFrame, cog: pd.DataFrame, current: Mapping[str, str]) -> pd.DataFrame:
    """Add the delegated and associated communes, which exist still within another."""
    inside = cog[cog.type_code.isin(list(STILL_THERE))]
    is_other = [
        current.get(code) != name
        for code, name in zip(inside.insee_code, inside.commune_name, strict=True)
    ]
    inside = inside[is_other]
    parts = pd.DataFrame(
        {
            "former_code": inside.insee_code,
            "former_name": inside.commune_name,
            "current_code": inside.parent_code,
            "kind": inside.type_code.map(STILL_THERE),
        }
    )
    keys = ["former_code", "former_name", "current_code"]
    dated = parts.merge(table[[*keys, "date"]], on=keys, how="left")
    both = pd.concat([dated, table]).drop_duplicates(keys)
    return both[list(COLUMNS)].sort_values(keys, ignore_index=True)


def postcodes(grouped: pd.DataFrame, insee_codes: set[str]) -> pd.DataFrame:
    """
    List the communes of each postcode.

    Parameters
    ----------
    grouped
        `insee_code`, `postcodes` (separated by a blank).
    insee_codes
        Communes to keep.

    Returns
    -------
    postcodes
        `postcode`, `insee_code`: a row per pair, in order.
    """
    kept = grouped[grouped.insee_code.isin(insee_codes)]
    pairs = kept.assign(postcode=kept.postcodes.str.split(" ")).explode("postcode")
    pairs = pairs.dropna(subset=["postcode"])[["postcode", "insee_code"]].astype("str")
    return pairs.drop_duplicates().sort_values(["postcode", "insee_code"], ignore_index=True)
