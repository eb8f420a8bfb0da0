"""What is known of the words of names: common nouns, acronyms, towns."""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from geo.formats import plain_text

Kind = Literal["acronym", "common", "small", "proper", "town"]

DEFINITE: Final = frozenset({"L", "LE", "LA", "LES", "DU", "DES", "AU", "AUX"})
SMALL: Final = frozenset(
    "de du des d la le les l et en à au aux sur sous par ou dans avec sans chez entre vers lès "  # noqa: SIM905
    "un une pour qu".split()
)


@dataclass(frozen=True)
class Lexicon:
    """
    What is known of written words, by key (see `name_key`).

    Attributes
    ----------
    words
        Words and phrases: lower case for a common noun, capitals for an acronym.
    towns
        Communes of the departement (see `town_keys`).
    elsewhere
        Communes of the country, of several words and written in one way; departements, regions.
    """

    words: Mapping[str, str] = field(repr=False)
    towns: Mapping[str, str] = field(repr=False)
    elsewhere: Mapping[str, str] = field(repr=False)

    def find(self, key: str) -> tuple[str, Kind] | None:
        """Read a run of words; one word is a word before being a town."""
        if key in self.towns and not self._is_said(key):
            return self.towns[key], "town"
        known = self.words.get(key) or self.elsewhere.get(key)
        return (known, _kind(known)) if known else None

    def whole(self, key: str) -> str:
        """Write a shortened word in full: "HTE" is "HAUTE"."""
        known = self.words.get(key, "")
        return name_key(known) if known and " " not in known else key

    def _is_said(self, key: str) -> bool:
        """Tell a common noun, with its article or not, from a town: L'Hôpital is in Moselle."""
        first, _, rest = key.partition(" ")
        known = self.words.get(rest if first in DEFINITE else key, "")
        return known.islower()


def _kind(known: str) -> Kind:
    """Read the kind of a known word from its letters."""
    if known in SMALL:
        return "small"
    if known.isupper():
        return "acronym"
    return "common" if known.islower() else "proper"


@functools.lru_cache(maxsize=1 << 16)
def name_key(text: str) -> str:
    """
    Reduce a name to what is compared: capitals without accents or marks, "ST" in full.

    >>> name_key("St-Étienne-d’Œuilly")
    'SAINT ETIENNE D OEUILLY'
    """
    return plain_text(text).upper()


def town_keys(names: Iterable[str]) -> dict[str, str]:
    """
    Index towns by the ways they are written.

    Returns
    -------
    towns
        Key -> official name; "DU MANS" and "AU MANS" too, which hold the article of the name.
    """
    towns: dict[str, str] = {}
    for name in names:
        for article, contracted in (("Le ", ("du", "au")), ("Les ", ("des", "aux"))):
            if name.startswith(article):
                forms = [f"{word} {name.removeprefix(article)}" for word in contracted]
                towns |= {name_key(form): form for form in forms}
        towns[name_key(name)] = name
    return towns
