"""Find a territory by the name of a GHT, an establishment or a commune; typos forgiven."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz, process

from geo import wording
from geo.atlas import words
from geo.atlas.load import Atlas
from geo.formats import is_unknown, plain_text

SHORTEST_QUERY: Final = 1
LONGEST_QUERY: Final = 80
LEAST_ALIKE: Final = 72  # similarity of two words, percent
GOOD_ENOUGH: Final = 66  # mean similarity over the words of a query
SAME, START = 100.0, 94.0
WHOLE_NAME, ALIKE_NAME, NAME_START, EXTRA_WORD, WEIGHT = 30.0, 0.25, 8.0, 1.2, 6.0
SMALL_WORDS: Final = frozenset(
    "a au aux d de des du en et ght hopital hopitaux l la le les site sur".split()  # noqa: SIM905
)
# Commune -> the code before its first arrondissement, and how many it has.
ARRONDISSEMENTS: Final = {"75056": (75100, 20), "69123": (69380, 9), "13055": (13200, 16)}
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
        "ght", "hors_ght", "etablissement" or "commune".
    label
        Name with what tells it from its namesakes.
    area_code
        Territory it leads to.
    area_name
        Name of that territory.
    """

    kind: str
    label: str
    area_code: str
    area_name: str


@dataclass(frozen=True)
class SearchIndex:
    """
    Names to search.

    Attributes
    ----------
    entries
        One row per name: kind, label, area_code, area_name, plain (see `plain_name`), alias (code),
        weight (territories first, then general hospitals and large communes, former communes last;
        a resemblance counts it less), size (number of words).
    words
        Every word of the names, sorted.
    rows
        Word -> rows of `entries` that hold it.
    """

    entries: pd.DataFrame
    words: tuple[str, ...]
    rows: Mapping[str, npt.NDArray[np.intp]]


def plain_name(name: object) -> str:
    """Reduce a name to what is compared, hospitals by their usual initials."""
    text = plain_text(name)
    for long, short in SHORT_FORMS:
        text = text.replace(long, short)
    return text


def _territories(atlas: Atlas) -> pd.DataFrame:
    """Entries for territories, GHT or not, by name and by code."""
    areas = atlas.territories[atlas.territories.kind != "unassigned"]
    is_ght = areas.kind == "ght"
    return pd.DataFrame(
        {
            "kind": areas.kind,
            "label": areas.area_name.where(~is_ght, "GHT " + areas.area_name.astype(str)),
            "area_code": areas.area_code,
            "name": areas.area_name,
            "alias": areas.area_code + " " + areas.area_code.str.replace("-", ""),
            "weight": 8.0,
        }
    )


def _former_ghts(atlas: Atlas) -> pd.DataFrame:
    """Entries for the GHTs that are gone: they lead to those that have their members now."""
    former = atlas.former_ghts
    today = former.ght_code.map(atlas.ghts.set_index("ght_code").ght_name)
    names = (former.former_name + " (" + former.former_code + ")").tolist()
    labels = [words.former_ght(name, str(now)) for name, now in zip(names, today, strict=True)]
    return pd.DataFrame(
        {
            "kind": "ght",
            "label": pd.Series(labels, former.index, dtype="str"),
            "area_code": former.ght_code,
            "name": former.former_name,
            "alias": former.former_code + " " + former.former_code.str.replace("-", ""),
            "weight": 4.0,
        }
    )


def _establishments(atlas: Atlas, area_by_commune: pd.Series) -> pd.DataFrame:
    """Entries for establishments: their GHT's area, else that of their commune."""
    sites = atlas.establishments
    outside = "HORS-" + sites.finess_ej.astype(str)
    own = outside.where(outside.isin(atlas.territories.area_code))
    area = sites.ght_code.fillna(own).fillna(sites.insee_code.map(area_by_commune))
    return pd.DataFrame(
        {
            "kind": "etablissement",
            "label": sites.site_name + " (" + sites.city.fillna("") + ")",
            "area_code": area,
            "name": sites.site_name + " " + sites.city.fillna(""),
            "alias": sites.finess_et + " " + sites.finess_ej,
            "other_name": sites.finess_name,
            "weight": np.where(sites.is_general, 2.0, 1.0),
        }
    )


def _communes(atlas: Atlas, area_by_commune: pd.Series) -> pd.DataFrame:
    """Entries for communes: the area the model gives them to."""
    communes = atlas.communes
    postcodes: dict[str, str] = {}
    pairs = (atlas.postcodes.insee_code.tolist(), atlas.postcodes.postcode.tolist())
    for code, postcode in zip(*pairs, strict=True):
        postcodes[code] = f"{postcodes[code]} {postcode}" if code in postcodes else postcode
    return pd.DataFrame(
        {
            "kind": "commune",
            "label": communes.commune_name + " (" + communes.dep_code + ")",
            "area_code": communes.insee_code.map(area_by_commune),
            "name": communes.commune_name,
            "alias": communes.insee_code + " " + communes.insee_code.map(postcodes).fillna(""),
            "weight": 1.0 + np.log10(communes.population.astype(float) + 1.0) / 4,
        }
    )


def commune_parts(atlas: Atlas) -> pd.DataFrame:
    """
    List what is counted with a commune: communes without a polygon, municipal arrondissements.

    Returns
    -------
    parts
        `code`, `name`, `label`, `holder` (code of the commune), `holder_name`, `number` (of the
        arrondissement; 0 for a commune).
    """
    communes = atlas.communes
    names = dict(zip(communes.insee_code.tolist(), communes.commune_name.tolist(), strict=True))
    holding = communes.dropna(subset=["included_codes"])
    lists = zip(
        holding.insee_code,
        holding.included_codes.astype(str).str.split(";"),
        holding.included_names.astype(str).str.split(";"),
        strict=True,
    )
    rows = [
        (code, name, f"{name} ({code[:2]}), comptée avec {names[holder]}", holder, 0)
        for holder, codes, held in lists
        for code, name in zip(codes, held, strict=True)
    ]
    for city, (first, count) in ARRONDISSEMENTS.items():
        for number in range(1, count + 1) if city in names else ():
            name = f"{names[city]} {number}{'er' if number == 1 else 'e'}"
            rows.append((str(first + number), name, f"{name} arrondissement", city, number))
    columns = ["code", "name", "label", "holder", "number"]
    table = pd.DataFrame(rows, columns=columns).astype({"number": int})
    return table.assign(holder_name=table.holder.map(names))


def _parts(atlas: Atlas, area_by_commune: pd.Series) -> pd.DataFrame:
    """Entries for what is counted with a commune: a number is found with or without its ending."""
    parts = commune_parts(atlas)
    is_commune = parts.number == 0
    number = " " + parts.number.astype(str) + " arrondissement"
    return pd.DataFrame(
        {
            "kind": "commune",
            "label": parts.label,
            "area_code": parts.holder.map(area_by_commune),
            "name": parts["name"].where(is_commune, parts["name"] + number),
            "alias": parts.code,
            "weight": np.where(is_commune, 1.5, 1.0),
        }
    )


def _former(atlas: Atlas, area_by_commune: pd.Series) -> pd.DataFrame:
    """Entries for the codes and names that communes no longer have."""
    parts = commune_parts(atlas)
    former = atlas.former_communes
    today = former.current_code.replace(dict(zip(parts.code, parts.holder, strict=True)))
    names = today.map(atlas.communes.set_index("insee_code").commune_name)
    is_gone = ~former.former_code.isin(atlas.communes.insee_code)
    label = former.former_name + " (" + former.former_code.str[:2] + "), aujourd'hui " + names
    return pd.DataFrame(
        {
            "kind": "commune",
            "label": label,
            "area_code": today.map(area_by_commune),
            "name": former.former_name,
            "alias": former.former_code.where(is_gone, ""),
            "weight": 0.5,
        }
    ).drop_duplicates("label")


def build_index(atlas: Atlas) -> SearchIndex:
    """
    Index the names of an atlas.

    Parameters
    ----------
    atlas
        `territories`, `ghts`, `former_ghts`, `establishments`, `communes`, `assignments`,
        `former_communes` and `postcodes` are read.

    Returns
    -------
    index
        Only names that lead to a territory.
    """
    area_by_commune = atlas.assignments.set_index("insee_code").area_code
    parts = [
        _territories(atlas),
        _former_ghts(atlas),
        _establishments(atlas, area_by_commune),
        _communes(atlas, area_by_commune),
        _parts(atlas, area_by_commune),
        _former(atlas, area_by_commune),
    ]
    names = atlas.territories.set_index("area_code").area_name
    entries = pd.concat(parts, ignore_index=True)
    entries["area_name"] = entries.area_code.map(names)
    entries = entries.dropna(subset=["area_code", "area_name", "name"]).reset_index(drop=True)
    entries["plain"] = [plain_name(name) for name in entries.name.tolist()]
    entries["alias"] = [plain_text(alias) for alias in entries.alias.tolist()]
    held = [text.split() for text in (entries.plain + " " + entries.alias).tolist()]
    entries["size"] = [len(own) for own in held]
    # The name of the register is found too, without making a name longer than it is.
    others = entries.pop("other_name").tolist()
    places: dict[str, list[int]] = {}
    for place, (own, other) in enumerate(zip(held, others, strict=True)):
        more = [] if is_unknown(other) else plain_name(str(other)).split()
        for word in dict.fromkeys([*own, *more]):
            places.setdefault(word, []).append(place)
    rows = {word: np.array(found, dtype=np.intp) for word, found in places.items()}
    return SearchIndex(entries, tuple(sorted(rows)), rows)


def _alike(index: SearchIndex, word: str) -> dict[str, float]:
    """List the indexed words that resemble a word, with their similarity in percent."""
    alike: dict[str, float] = {}
    if word.isalpha():  # a code is right or wrong: it has no typo to forgive
        found = process.extract(
            word, index.words, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=60
        )
        alike = {name: min(score, START - 1) for name, score, _ in found}
    for place in range(bisect_left(index.words, word), len(index.words)):
        if not index.words[place].startswith(word):
            break
        alike[index.words[place]] = START
    if word in index.rows:
        alike[word] = SAME
    return alike


def _scores(index: SearchIndex, query: str) -> npt.NDArray[np.float64]:
    """Score every name: mean, over the words of the query, of the best similarity found in it."""
    typed = query.split()
    kept = [word for word in typed if word not in SMALL_WORDS] or typed
    total = np.zeros(len(index.entries))
    for word in kept:
        best = np.zeros(len(index.entries))
        for name, score in _alike(index, word).items():
            best[index.rows[name]] = np.maximum(best[index.rows[name]], score)
        total += best
    return total / len(kept)


def _has_code(aliases: pd.Series, query: str) -> pd.Series:
    """Tell which names have that very code among theirs."""
    return (" " + aliases + " ").str.contains(f" {query} ", regex=False)


def search(index: SearchIndex, text: str, limit: int = 8) -> list[Match]:
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

    Returns
    -------
    matches
        Best first; empty when nothing resembles the text.
    """
    query = plain_name(text[:LONGEST_QUERY]).removeprefix("ght ")
    if len(query) < SHORTEST_QUERY:
        return []
    scores = _scores(index, query)
    places = np.flatnonzero(scores >= GOOD_ENOUGH)
    rows = index.entries.iloc[places]
    ranks = (
        scores[places]
        + ALIKE_NAME * process.cdist([query], rows.plain.tolist(), scorer=fuzz.ratio)[0]
        + WHOLE_NAME * ((rows.plain == query) | _has_code(rows.alias, query))
        + NAME_START * rows.plain.str.startswith(query)
        - EXTRA_WORD * rows["size"].clip(upper=8)
        + WEIGHT * rows.weight.where(scores[places] >= START, rows.weight.clip(upper=2.5))
    )
    order = ranks.sort_values(ascending=False, kind="stable").index
    rows = rows.loc[order].drop_duplicates(["kind", "label", "area_code"]).head(limit)
    return [
        Match(row.kind, str(row.label), str(row.area_code), str(row.area_name))
        for row in rows.itertuples()
    ]


def describe_match(match: Match) -> str:
    """Write one answer as a line."""
    return wording.match_line(match.kind, match.label, match.area_name)
