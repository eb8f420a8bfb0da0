"""What else stands for a commune: former codes and names, postcodes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from geo.atlas import words
from geo.atlas.load import Atlas
from geo.atlas.search import plain_name
from geo.formats import format_date, is_unknown

# A commune that only changed its code or its name is the same one, whole.
WHOLE: Final = ("changement_code", "changement_nom")


@dataclass(frozen=True)
class Alias:
    """
    A text that is neither the code nor the name of a commune of today.

    Attributes
    ----------
    own
        The code it had, or the postcode.
    code
        Of the commune of today.
    how
        What is to be said of it, French.
    is_part
        The commune of today holds more than what was typed.
    """

    own: str
    code: str
    how: str
    is_part: bool


Aliases = Mapping[str, tuple[Alias, ...]]


def commune_aliases(atlas: Atlas, holders: Mapping[str, str]) -> Aliases:
    """
    Index what else stands for the communes of an atlas.

    Parameters
    ----------
    atlas
        `communes`, `former_communes` and `postcodes` are read.
    holders
        Commune without a polygon of its own -> that which it is counted with.

    Returns
    -------
    aliases
        By former code, by former name as `plain_name` gives it, and by postcode. A code that is
        one of today and a former one is left to the commune of today; a former code and a
        postcode that are written alike both stand there.
    """
    names = dict(zip(atlas.communes.insee_code, atlas.communes.commune_name, strict=True))
    found: dict[str, dict[tuple[str, str], Alias]] = {}
    for key, alias in (*_former(atlas, names, holders), *_postal(atlas, names, holders)):
        found.setdefault(key, {}).setdefault((alias.own, alias.code), alias)
    return {key: tuple(held.values()) for key, held in found.items()}


def _former(
    atlas: Atlas, names: Mapping[str, str], holders: Mapping[str, str]
) -> Iterator[tuple[str, Alias]]:
    """List the former codes and names, the latest first."""
    rows = atlas.former_communes.sort_values("date", ascending=False, kind="stable")
    columns = [
        rows[name] for name in ("former_code", "former_name", "date", "kind", "current_code")
    ]
    for own, name, date, kind, current in zip(*columns, strict=True):
        code = holders.get(current, current)
        since = "" if is_unknown(date) else format_date(date)
        how = words.former(name, names[code], kind, since)
        alias = Alias(own, code, how, kind not in WHOLE)
        yield plain_name(name), alias
        if own not in names:
            yield own, alias


def _postal(
    atlas: Atlas, names: Mapping[str, str], holders: Mapping[str, str]
) -> Iterator[tuple[str, Alias]]:
    """List the postcodes; one of the several of a commune is a part of it."""
    several = atlas.postcodes.insee_code.value_counts().gt(1).to_dict()
    for postcode, insee_code in zip(
        atlas.postcodes.postcode, atlas.postcodes.insee_code, strict=True
    ):
        code = holders.get(insee_code, insee_code)
        is_part = several[insee_code] or code != insee_code
        yield postcode, Alias(postcode, code, words.POSTCODE.format(names[code]), is_part)
