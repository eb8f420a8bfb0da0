"""What else stands for a commune: former codes and names, postcodes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from geo.atlas import words
from geo.atlas.load import Atlas
from geo.atlas.search import plain_name
from geo.formats import format_date, is_unknown

# A commune that only changed its code or its name is the same one, whole.
WHOLE: Final = ("changement_code", "changement_nom")
# The codes of the Paris region before its departements were drawn again are postcodes today.
FORGOTTEN: Final = "1969"
RECENT: Final = "2010"  # a name left since then is still written in files


class Alias(NamedTuple):
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
    is_recent, is_postal
        A code or a name that was in use in the years 2010; a postcode.
    """

    own: str
    code: str
    how: str
    is_part: bool
    is_recent: bool = False
    is_postal: bool = False


@dataclass(frozen=True)
class Aliases:
    """
    What else stands for the communes of an atlas.

    Attributes
    ----------
    former
        By former code, and by former name as `plain_name` gives it. A code of today is not there.
    postal
        Postcode -> its communes, those counted with another included.
    names
        Commune of today -> name.
    holders
        Commune without a polygon of its own -> that which it is counted with.
    several
        Communes of several postcodes.
    """

    former: Mapping[str, tuple[Alias, ...]] = field(default_factory=dict)
    postal: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    holders: Mapping[str, str] = field(default_factory=dict)
    several: frozenset[str] = frozenset()

    def named(self, typed: str) -> tuple[Alias, ...]:
        """List what had a name."""
        return self.former.get(plain_name(typed), ())

    def coded(self, bare: str) -> tuple[Alias, ...]:
        """List what had a code, else what has a postcode."""
        return self.former.get(bare) or tuple(self._of_postcode(bare))

    def _of_postcode(self, postcode: str) -> Iterator[Alias]:
        for insee_code in self.postal.get(postcode, ()):
            code = self.holders.get(insee_code, insee_code)
            is_part = code != insee_code or code in self.several
            how = words.POSTCODE.format(self.names[code])
            yield Alias(postcode, code, how, is_part, is_postal=True)


def commune_aliases(atlas: Atlas, holders: Mapping[str, str]) -> Aliases:
    """
    Index what else stands for the communes of an atlas.

    Parameters
    ----------
    atlas
        `communes`, `former_communes` and `postcodes` are read.
    holders
        See `Aliases`.

    Returns
    -------
    aliases
        To be made once.
    """
    communes = (atlas.communes.insee_code.tolist(), atlas.communes.commune_name.tolist())
    names = dict(zip(*communes, strict=True))
    postal: dict[str, list[str]] = {}
    pairs = (atlas.postcodes.postcode.tolist(), atlas.postcodes.insee_code.tolist())
    for postcode, code in zip(*pairs, strict=True):
        postal.setdefault(postcode, []).append(code)
    found: dict[str, dict[tuple[str, str], Alias]] = {}
    last: dict[str, str] = {}
    for name, alias, date in _former(atlas, names, holders):
        found.setdefault(plain_name(name), {}).setdefault((alias.own, alias.code), alias)
        is_its = alias.own not in names and (date > FORGOTTEN or alias.own not in postal)
        if is_its and last.setdefault(alias.own, date) == date:
            found.setdefault(alias.own, {}).setdefault((alias.own, alias.code), alias)
    counts = atlas.postcodes.insee_code.value_counts()
    return Aliases(
        {key: tuple(held.values()) for key, held in found.items()},
        {postcode: tuple(codes) for postcode, codes in postal.items()},
        names,
        holders,
        frozenset(counts.index[counts > 1]),
    )


def _former(
    atlas: Atlas, names: Mapping[str, str], holders: Mapping[str, str]
) -> Iterator[tuple[str, Alias, str]]:
    """List the former communes with their name and their last day, the latest first."""
    rows = atlas.former_communes.sort_values("date", ascending=False, kind="stable")
    columns = [
        rows[name].tolist()
        for name in ("former_code", "former_name", "date", "kind", "current_code")
    ]
    for own, name, day, kind, current in zip(*columns, strict=True):
        code, date = holders.get(current, current), "" if is_unknown(day) else str(day)
        how = words.former(name, names[code], kind, format_date(date) if date else "")
        yield name, Alias(own, code, how, kind not in WHOLE, date > RECENT), date
