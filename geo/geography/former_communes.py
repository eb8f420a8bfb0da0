"""The codes and names that communes no longer have, and what they are today."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

import pandas as pd

from geo.formats import plain_text

MERGED, SHARED, RECODED, RENAMED = "fusion", "partage", "changement_code", "changement_nom"
DELEGATED, ASSOCIATED = "deleguee", "associee"
# What most matters of a chain of events comes first.
KINDS: Final = (MERGED, SHARED, RECODED, RENAMED, DELEGATED, ASSOCIATED)
COLUMNS: Final = ("former_code", "former_name", "date", "kind", "current_code")
COMMUNE: Final = "COM"
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
    code
        Of the commune after.
    kind
        A member of `KINDS`.
    """

    date: pd.Timestamp
    code: str
    kind: str


def _events(movements: pd.DataFrame) -> pd.DataFrame:
    """Keep what makes a commune out of a whole commune or of a part of one."""
    known = movements.dropna(subset=["code_before", "code_after", "name_before"])
    before = known.type_before.isin([COMMUNE, *STILL_THERE])
    known = known[before & (known.type_after == COMMUNE) & known["mod"].isin(KIND_OF_MOVEMENT)]
    return known.assign(kind=known["mod"].map(dict(KIND_OF_MOVEMENT)))


def _steps(events: pd.DataFrame) -> dict[str, dict[str, list[Step]]]:
    """List what happened to each code, by the name it had."""
    steps: dict[str, dict[str, list[Step]]] = {}
    columns = [
        events[name] for name in ("code_before", "name_before", "date", "code_after", "kind")
    ]
    for code, name, *step in zip(*columns, strict=True):
        steps.setdefault(code, {}).setdefault(name, []).append(Step(*step))
    return steps


def _followed(
    first: Step, steps: Mapping[str, Mapping[str, list[Step]]], current: Collection[str]
) -> Step | None:
    """Follow a commune to today: its code, what most matters of the way and when that was."""
    way = [first]
    while (code := way[-1].code) not in current:
        later = [
            step
            for one in steps.get(code, {}).values()
            for step in one
            # A commune that gave land and stayed went nowhere; two events may be of one day.
            if step.code != code
            and step.kind != SHARED
            and step.date >= way[-1].date
            and step not in way
        ]
        if not later:
            return None
        way.append(max(later))
    kind = min((step.kind for step in way), key=KINDS.index)
    return Step(max(step.date for step in way if step.kind == kind), way[-1].code, kind)


def _departures(
    movements: pd.DataFrame, current: Mapping[str, str]
) -> Iterator[tuple[str, str, Step]]:
    """Tell what became of each code and name that no commune has today."""
    steps = _steps(_events(movements))
    for code, by_name in steps.items():
        for name, own in by_name.items():
            if plain_text(current.get(code, "")) != plain_text(name):
                for step in _outcomes(own, steps, current):
                    yield code, name, step


def _outcomes(
    own: list[Step], steps: Mapping[str, Mapping[str, list[Step]]], current: Collection[str]
) -> Iterator[Step]:
    """
    Tell what the last events of a name made of it.

    A merger is told of again when the commune is no longer delegated, or when that which holds it
    merges in its turn: its date is the first that led to the commune of today.
    """
    last = max(step.date for step in own)
    parted = max((step.date for step in own if step.kind == SHARED), default=pd.Timestamp.min)
    known = [(step, _followed(step, steps, current)) for step in own]
    for step, reached in known:
        if reached and step.date == last:
            same = [
                other.date
                for before, other in known
                if other and other[1:] == reached[1:] and before.date >= parted
            ]
            yield reached._replace(date=min(same))


def former_communes(cog: pd.DataFrame, movements: pd.DataFrame) -> pd.DataFrame:
    """
    List the codes and names that are no commune's any more, with the commune of today.

    Parameters
    ----------
    cog
        Current official code: `type_code`, `insee_code`, `commune_name`, `parent_code`.
    movements
        Commune changes: `mod`, `date`, `type_before`, `code_before`, `name_before`, `type_after`,
        `code_after`.

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
