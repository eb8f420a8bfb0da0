"""Find a territory by the name of a GHT, an establishment or a commune; typos forgiven."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz, process

from geo import wording
from geo.atlas.columns import OUTSIDE_PREFIX, UNASSIGNED
from geo.atlas.load import Atlas
from geo.atlas.search_entries import search_entries
from geo.formats import is_unknown, plain_text

SHORTEST_QUERY: Final = 1
LONGEST_QUERY: Final = 80
LEAST_ALIKE: Final = 72  # similarity of two words, percent
GOOD_ENOUGH: Final = 66  # mean similarity over the words of a query
SAME, START = 100.0, 94.0
WHOLE_NAME, ALIKE_NAME, NAME_START, EXTRA_WORD, WEIGHT = 30.0, 0.25, 8.0, 1.2, 6.0
WEIGHT_ALIKE: Final = 2.5  # of a name that only resembles: a territory has no advantage
LONGEST_NAME: Final = 8  # words: longer names are not less likely
MOST_RANKED: Final = 800
FIELDS: Final = ("kind", "label", "area_code", "area_name", "code", "entity", "entity_name")
SMALL_WORDS: Final = frozenset(
    "a au aux d de des du en et ght hopital hopitaux l la le les site sur".split()  # noqa: SIM905
)
SHORT_FORMS: Final = (
    ("centre hospitalier regional universitaire", "chu"),
    ("centre hospitalier regional et universitaire", "chu"),
    ("chr universitaire", "chu"),
    ("chru", "chu"),
    ("centre hospitalier universitaire", "chu"),
    ("centre hospitalier regional", "chr"),
    ("centre hospitalier intercommunal", "chi"),
    ("ctre hosp", "ch"),
    ("centre hospitalier", "ch"),
)


@dataclass(frozen=True)
class Match:
    """
    One answer.

    Attributes
    ----------
    kind
        "ght", "hors_ght", "etablissement", "entite" or "commune".
    label
        Name with what tells it from its namesakes.
    area_code
        Territory it leads to.
    area_name
        Name of that territory.
    code
        Of the territory, the site, the legal entity or the commune of today.
    entity, entity_name
        Legal entity of a site: number and name.
    is_code
        What was typed is a code of it.
    """

    kind: str
    label: str
    area_code: str
    area_name: str
    code: str = ""
    entity: str = ""
    entity_name: str = ""
    is_code: bool = False


@dataclass(frozen=True)
class Scope:
    """
    What a search is for.

    Attributes
    ----------
    kinds
        Kinds of entries kept; none for all.
    one_per
        Field of `Match` that two answers may not share: the thing that is chosen.
    is_general
        Keep only the hospitals that count in the model, and their entities.
    in_ght
        Keep only what leads to a GHT.
    """

    kinds: tuple[str, ...] = ()
    one_per: str = ""
    is_general: bool = False
    in_ght: bool = False


SCOPES: Final[Mapping[str, Scope]] = {
    "tout": Scope(),
    "territoires": Scope(one_per="area_code"),
    "ght": Scope(one_per="area_code", in_ght=True),
    "communes": Scope(("commune",), one_per="code"),
    "sites": Scope(("etablissement",), one_per="code", is_general=True),
    "fiches": Scope(("etablissement", "entite"), one_per="entity"),
    "entites": Scope(("etablissement", "entite"), one_per="entity", is_general=True),
}
EVERYTHING: Final = "tout"


@dataclass(frozen=True)
class SearchIndex:
    """
    Names to search.

    Attributes
    ----------
    texts
        Column -> one text per name: see `geo.atlas.search_entries.search_entries`; `plain` (see
        `plain_name`) and `alias` (codes) are compared. Lists: a thousand are read at each letter.
    weights
        Territories first, then general hospitals and large communes, former communes last; a
        resemblance counts it less.
    sizes
        Number of words of each name.
    words, letters
        Every word of the names, sorted; those of letters only, whose typos are forgiven.
    starts, rows
        Rows of `texts` that hold each word: `rows[starts[n]:starts[n + 1]]` for the nth.
    masks
        Rows of each scope.
    """

    texts: Mapping[str, Sequence[str]]
    weights: npt.NDArray[np.float64]
    sizes: npt.NDArray[np.float64]
    words: tuple[str, ...]
    letters: tuple[str, ...]
    starts: npt.NDArray[np.intp]
    rows: npt.NDArray[np.intp]
    masks: Mapping[str, npt.NDArray[np.bool_]]

    def places(self, word: str) -> npt.NDArray[np.intp]:
        """List the rows that hold a word of the index."""
        return self._between(bisect_left(self.words, word), 1)

    def places_starting(self, start: str) -> npt.NDArray[np.intp]:
        """List the rows that hold a word with this beginning."""
        first = bisect_left(self.words, start)
        return self._between(first, bisect_left(self.words, start + "~") - first)

    def _between(self, first: int, count: int) -> npt.NDArray[np.intp]:
        return self.rows[self.starts[first] : self.starts[first + count]]


def plain_name(name: object) -> str:
    """Reduce a name to what is compared, hospitals by their usual initials."""
    text = plain_text(name)
    for long, short in SHORT_FORMS:
        text = text.replace(long, short)
    return text


def build_index(atlas: Atlas) -> SearchIndex:
    """
    Index the names of an atlas.

    Parameters
    ----------
    atlas
        See `geo.atlas.search_entries.search_entries`.

    Returns
    -------
    index
        Only names that lead to a territory.
    """
    entries = search_entries(atlas)
    weights, others = entries.pop("weight").to_numpy(float), entries.pop("other_name").tolist()
    masks = {name: _mask(entries, scope) for name, scope in SCOPES.items()}
    texts = {name: _shared(entries[name]) for name in FIELDS}
    texts["plain"] = [plain_name(name) for name in entries.name.tolist()]
    texts["alias"] = [plain_text(alias) for alias in entries.alias.tolist()]
    both = zip(texts["plain"], texts["alias"], strict=True)
    sizes = [min(len(plain.split()) + len(alias.split()), LONGEST_NAME) for plain, alias in both]
    words, starts, rows = _inverted(texts["plain"], texts["alias"], others)
    letters = tuple(word for word in words if word.isalpha())
    return SearchIndex(
        texts, weights, np.array(sizes, dtype=float), words, letters, starts, rows, masks
    )


def _inverted(
    names: Sequence[str], aliases: Sequence[str], others: Sequence[object]
) -> tuple[tuple[str, ...], npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """
    List the rows of each word: `words`, `starts` and `rows` of a `SearchIndex`.

    Numbers, not a list for each of ninety thousand words: those stay in memory once freed. The name
    of the register is found too, without making a name longer than it is.
    """
    numbers: dict[str, int] = {}
    held, places = array("l"), array("l")
    for place, (name, alias, other) in enumerate(zip(names, aliases, others, strict=True)):
        more = "" if is_unknown(other) else plain_name(str(other))
        for word in dict.fromkeys(f"{name} {alias} {more}".split()):
            held.append(numbers.setdefault(word, len(numbers)))
            places.append(place)
    words = tuple(sorted(numbers))
    ranks = np.empty(len(words), dtype=np.intp)
    ranks[[numbers[word] for word in words]] = np.arange(len(words))
    keys = ranks[np.array(held, dtype=np.intp)]
    starts = np.concatenate([[0], np.cumsum(np.bincount(keys, minlength=len(words)))])
    return words, starts, np.array(places, dtype=np.intp)[np.argsort(keys, kind="stable")]


def _shared(column: pd.Series) -> list[str]:
    """List texts, equal ones held once."""
    held: dict[str, str] = {}
    return [held.setdefault(text, text) for text in map(str, column.tolist())]


def _mask(entries: pd.DataFrame, scope: Scope) -> npt.NDArray[np.bool_]:
    """Tell which entries a scope keeps."""
    kept = entries.kind.isin(scope.kinds) if scope.kinds else pd.Series(True, entries.index)
    if scope.is_general:
        kept &= entries.is_general
    if scope.in_ght:
        kept &= ~entries.area_code.str.startswith((OUTSIDE_PREFIX, UNASSIGNED))
    return kept.to_numpy(bool)


def _alike(index: SearchIndex, word: str) -> Iterator[tuple[npt.NDArray[np.intp], float]]:
    """List the rows of the words that resemble a word, with their similarity in percent."""
    if word.isalpha():  # a code is right or wrong: it has no typo to forgive
        found = process.extract(
            word, index.letters, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=60
        )
        yield from ((index.places(name), min(score, START - 1)) for name, score, _ in found)


def _same(index: SearchIndex, word: str) -> Iterator[tuple[npt.NDArray[np.intp], float]]:
    """List the rows of the words that are a word, or begin with it."""
    yield index.places_starting(word), START
    if index.words[bisect_left(index.words, word) :][:1] == (word,):
        yield index.places(word), SAME


def _scores(index: SearchIndex, query: str, *, forgives: bool) -> npt.NDArray[np.float64]:
    """Score every name: mean, over the words of the query, of the best similarity found in it."""
    typed = query.split()
    kept = [word for word in typed if word not in SMALL_WORDS] or typed
    total = np.zeros(len(index.weights))
    for word in kept:
        best = np.zeros(len(index.weights))
        for rows, score in (*(_alike(index, word) if forgives else ()), *_same(index, word)):
            best[rows] = np.maximum(best[rows], score)
        total += best
    return total / len(kept)


def _ranks(
    index: SearchIndex, query: str, places: npt.NDArray[np.intp], scores: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Rank names: a code by what it is the code of, a name by how much it is the one typed."""
    weights = index.weights[places]
    own = np.where(scores >= START, weights, np.minimum(weights, WEIGHT_ALIKE))
    plain, aliases = ([index.texts[name][place] for place in places] for name in ("plain", "alias"))
    has_code = np.array([f" {query} " in f" {alias} " for alias in aliases], dtype=bool)
    ranks: npt.NDArray[np.float64] = scores + WEIGHT * own
    if query.isdigit():
        return ranks + WHOLE_NAME * has_code
    is_whole = has_code | np.array([name == query for name in plain], dtype=bool)
    ranks += (
        ALIKE_NAME * process.cdist([query], plain, scorer=fuzz.ratio)[0]
        + WHOLE_NAME * is_whole
        + NAME_START * np.array([name.startswith(query) for name in plain])
        - EXTRA_WORD * index.sizes[places]
    )
    return ranks


def _promising(
    index: SearchIndex, places: npt.NDArray[np.intp], scores: npt.NDArray[np.float64]
) -> npt.NDArray[np.intp]:
    """Keep the names worth a rank: a single letter begins thousands."""
    if len(places) <= MOST_RANKED:
        return places
    roughly = scores[places] + WEIGHT * index.weights[places] - EXTRA_WORD * index.sizes[places]
    return np.sort(places[np.argpartition(-roughly, MOST_RANKED)[:MOST_RANKED]])


def search(index: SearchIndex, text: str, limit: int = 8, among: str = EVERYTHING) -> list[Match]:
    """
    Find names.

    Parameters
    ----------
    index
        See `build_index`.
    text
        What a person typed: any case, with or without accents, with typos.
    limit
        Answers at most.
    among
        Key of `SCOPES`.

    Returns
    -------
    matches
        Best first; empty when nothing resembles the text.
    """
    query = plain_name(text[:LONGEST_QUERY]).removeprefix("ght ")
    if len(query) < SHORTEST_QUERY:
        return []
    scores = _scores(index, query, forgives=False) * index.masks[among]
    if scores.max(initial=0) < START:  # some word is nowhere: a typo, maybe
        scores = _scores(index, query, forgives=True) * index.masks[among]
    places = _promising(index, np.flatnonzero(scores >= GOOD_ENOUGH), scores)
    ranks = _ranks(index, query, places, scores[places])
    ordered = places[np.argsort(-ranks, kind="stable")]
    return list(islice(_distinct(index, ordered, query, SCOPES[among].one_per), limit))


def _distinct(
    index: SearchIndex, ordered: npt.NDArray[np.intp], query: str, one_per: str
) -> Iterator[Match]:
    """Give answers, each thing once."""
    seen = set()
    columns = [index.texts[name] for name in FIELDS]
    for place in ordered:
        alias = index.texts["alias"][place]
        match = replace(
            Match(*(column[place] for column in columns)), is_code=f" {query} " in f" {alias} "
        )
        key = getattr(match, one_per) if one_per else (match.kind, match.label, match.area_code)
        if key not in seen:
            seen.add(key)
            yield match


def describe_match(match: Match) -> str:
    """Write one answer as a line."""
    return wording.match_line(match.kind, match.label, match.area_name)
