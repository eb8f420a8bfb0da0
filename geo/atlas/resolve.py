"""From what a person types to a code: one when only one fits, else what to propose."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd
from rapidfuzz import fuzz, process

from geo.atlas import words
from geo.atlas.aliases import Alias, Aliases, commune_aliases
from geo.atlas.columns import INSEE_CODE, OUTSIDE_PREFIX
from geo.atlas.load import Atlas
from geo.atlas.search import LONGEST_QUERY, SMALL_WORDS, plain_name
from geo.atlas.search_entries import commune_parts
from geo.formats import is_unknown

PROPOSED: Final = 5
SHORT_LIST: Final = 1_000
CODE: Final = re.compile(INSEE_CODE)
SCIENTIFIC: Final = re.compile(r"\d+(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)
DECIMALS: Final = re.compile(r"(\d+)[.,]0+")
IN_BRACKETS: Final = re.compile(r"(?P<name>.*\S)\s*\((?P<code>[^()]+)\)")
SITE_OF: Final = re.compile(r"\s+(?:-|SITE)\s+")  # what follows names a site of the entity
CODE_FIRST: Final = re.compile(r"(?P<code>\d{4,5})\s+(?P<name>\D.*)")
# Saint-Barthélemy and Saint-Martin left Guadeloupe in 2008; the other collectivities never were in.
OUT_OF_ATLAS: Final = re.compile(r"97[578]\d\d|98[46-9]\d\d|97123|97127|97150")
MAYOTTE: Final = "976"
MAYOTTE_BEFORE: Final = "985"


@dataclass(frozen=True)
class Part:
    """
    What has a code or a name of its own and is counted under another code.

    Attributes
    ----------
    code
        That it is counted under.
    label, how
        Its name; why it is counted there, French.
    """

    code: str
    label: str
    how: str


@dataclass(frozen=True)
class Answer:
    """
    What a text means.

    Attributes
    ----------
    code
        The only one that fits; empty when none does, or several.
    how
        What was understood beyond the letter, French: to be said. Empty for a code in full.
    is_part
        The code holds more than what was typed: an arrondissement, a commune counted with it.
    candidates
        When several fit: name and code of each.
    problem
        Why the text can mean no code, French.
    """

    code: str = ""
    how: str = ""
    is_part: bool = False
    candidates: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Directory:
    """
    The codes of one kind of thing, by what people type for them.

    Attributes
    ----------
    noun
        Key of `geo.atlas.words.NOUNS`.
    labels
        Code -> name.
    parts
        Other code -> what it is counted under.
    names, loose_names
        Name, as `plain_name` gives it, with and without its small words -> codes and other codes.
    squeezed
        Code without its marks, where it has some -> code.
    aliases
        What else stands for a code: former codes and names, postcodes.
    """

    noun: str
    labels: Mapping[str, str] = field(repr=False)
    parts: Mapping[str, Part] = field(repr=False)
    names: Mapping[str, frozenset[str]] = field(repr=False)
    loose_names: Mapping[str, frozenset[str]] = field(repr=False)
    squeezed: Mapping[str, str] = field(repr=False)
    aliases: Aliases = field(default_factory=Aliases, repr=False)

    def resolve(self, text: str) -> Answer:
        """
        Tell what a text means.

        What is of today comes first: a code, a code that lost its zero or its marks, a name; then
        a former code or name, a postcode.
        """
        typed = " ".join(text[:LONGEST_QUERY].split()).removeprefix("'")
        if typed in self.labels or not typed:
            return Answer(typed, problem="" if typed else words.EMPTY)
        if SCIENTIFIC.fullmatch(typed):
            return Answer(problem=words.SCIENTIFIC)
        found = self._of_code(typed) or self._of_name(typed)
        if found.code or found.candidates or self.noun != "commune":
            return found
        if OUT_OF_ATLAS.fullmatch(typed):
            return Answer(problem=words.OUT_OF_ATLAS)
        found = self._of_alias(typed)
        is_lost = not (found.code or found.candidates) and CODE.fullmatch(typed.upper())
        return Answer(problem=words.NO_LONGER) if is_lost else found

    def nearest(self, text: str, count: int = PROPOSED) -> list[str]:
        """Propose the names that most resemble a text; a number has no typo to forgive."""
        is_short = len(self.labels) <= SHORT_LIST
        if not (is_short or any(sign.isalpha() for sign in text)):
            return []
        names = [*self.names, *(plain_name(code) for code in self.labels if is_short)]
        found = process.extract(plain_name(text), names, scorer=fuzz.token_set_ratio, limit=count)
        by_code = {plain_name(code): frozenset([code]) for code in self.labels if is_short}
        codes = [c for name, _, _ in found for c in sorted(by_code.get(name) or self.names[name])]
        return [self.shown(code) for code in dict.fromkeys(codes)][:count]

    def shown(self, code: str) -> str:
        """Name a code as it is proposed."""
        part = self.parts.get(code)
        return f"{part.label if part else self.labels[code]} ({code})"

    def unknown(self, text: str, answer: Answer) -> str:
        """Say in a sentence why a text gives no code, and propose what it may mean."""
        proposed = answer.candidates or ([] if answer.problem else self.nearest(text))
        start = words.unresolved(self.noun, text, answer.problem, len(answer.candidates))
        return start + words.proposed(proposed[:PROPOSED], len(proposed), bool(answer.candidates))

    def _of_code(self, typed: str) -> Answer | None:
        bare = _bare(typed)
        whole = self.squeezed.get(bare, bare)
        for code, how in ((whole, ""), (f"0{bare}", words.ZERO)):
            if code in self.labels:
                return Answer(code, how)
            if code in self.parts:
                part = self.parts[code]
                return Answer(part.code, f"{how} ; {part.how}" if how else part.how, is_part=True)
        return None

    def _of_name(self, typed: str) -> Answer:
        """Find a name; what goes with it, a code, a postcode or a departement, chooses."""
        codes = self._named(typed)
        if len(codes) == 1:
            codes |= self._namesakes(typed, *codes)
        split = _split(typed)
        if not codes and split:
            name, beside = split
            fitting = self._counted(beside)
            codes = frozenset(
                code
                for code in self._named(name)
                if code.startswith(beside.upper()) or {code, self._holder(code)} & fitting
            )
        if len(codes) != 1:
            return Answer(candidates=tuple(self.shown(code) for code in sorted(codes)))
        (code,) = codes
        if code in self.parts:
            return Answer(self.parts[code].code, self.parts[code].how, is_part=True)
        return Answer(code, words.by_name(self.labels[code]))

    def _of_alias(self, typed: str) -> Answer:
        """Find what is no longer, or is no name: no code when several communes fit."""
        found = self._aliases(typed)
        split = _split(typed)
        if not found and split:
            name, beside = split
            fitting = self._counted(beside)
            found = [
                one
                for one in self.aliases.named(name)
                if one.own.startswith(beside.upper()) or one.code in fitting
            ]
        codes = sorted({one.code for one in found})
        if len(codes) == 1:
            return Answer(codes[0], found[0].how, all(one.is_part for one in found))
        if not codes:
            return Answer()
        shown = tuple(self.shown(code) for code in codes)
        return Answer(candidates=shown, problem=words.several(len(codes), found[0].is_postal))

    def _aliases(self, typed: str) -> list[Alias]:
        """List what a text was, or is the postcode of."""
        bare = _bare(typed)
        found = (
            self.aliases.coded(bare),
            self.aliases.coded(f"0{bare}"),
            self.aliases.named(typed),
        )
        return list(next((held for held in found if held), ()))

    def _namesakes(self, typed: str, code: str) -> frozenset[str]:
        """List the other communes whose name this was not long ago."""
        recent = {one.code for one in self.aliases.named(typed) if one.is_recent}
        return frozenset(recent - {self._holder(code)})

    def _counted(self, beside: str) -> frozenset[str]:
        """List the codes that go with what stands beside a name."""
        inner = self._of_code(beside)
        codes = {one.code for one in self.aliases.coded(_bare(beside))}
        return frozenset(codes | ({inner.code} if inner else set()))

    def _holder(self, code: str) -> str:
        """Give the code that another is counted under, or itself."""
        return self.parts[code].code if code in self.parts else code

    def _named(self, typed: str) -> frozenset[str]:
        plain = plain_name(typed)
        return self.names.get(plain) or self.loose_names.get(_loose(plain), frozenset())


def _bare(typed: str) -> str:
    """Take away the marks of a code, and the decimals that a spreadsheet gave it."""
    whole = DECIMALS.fullmatch(typed)
    return re.sub(r"[^0-9A-Z]", "", (whole[1] if whole else typed).upper())


def _split(typed: str) -> tuple[str, str] | None:
    """Separate a name from what chooses among its namesakes: "Saint-Denis (93)", "93200 X"."""
    found = IN_BRACKETS.fullmatch(typed) or CODE_FIRST.fullmatch(typed)
    return (found["name"], found["code"]) if found else None


def _loose(plain: str) -> str:
    """Take the small words away: "ght de la loire" is "loire"."""
    return " ".join(word for word in plain.split() if word not in SMALL_WORDS)


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Gather the codes of each name."""
    table: dict[str, set[str]] = {}
    for name, code in pairs:
        if name:
            table.setdefault(name, set()).add(code)
    return {name: frozenset(codes) for name, codes in table.items()}


def make_directory(
    noun: str,
    labels: Mapping[str, str],
    parts: Mapping[str, Part] | None = None,
    other_names: Iterable[tuple[str, str]] = (),
) -> Directory:
    """
    Index the codes of one kind of thing.

    Parameters
    ----------
    noun, labels, parts
        See `Directory`.
    other_names
        Names and codes, of `labels` or of `parts`.

    Returns
    -------
    directory
        To be made once: the one of communes takes half a second.
    """
    named = [(name, code) for code, name in labels.items()]
    named += [(part.label, code) for code, part in (parts or {}).items()]
    plain = [(plain_name(name), code) for name, code in (*named, *other_names)]
    marked = [code for code in (*labels, *(parts or {})) if "-" in code]
    squeezed = {code.replace("-", ""): code for code in marked}
    squeezed |= {re.sub(r"-0*", "", code): code for code in marked}
    loose = _gathered((_loose(name), code) for name, code in plain)
    return Directory(noun, labels, parts or {}, _gathered(plain), loose, squeezed)


def former_ghts(atlas: Atlas) -> dict[str, Part]:
    """
    Say what became of the GHTs that are gone.

    Returns
    -------
    parts
        Former code -> the GHT that has its members now, or most of them.
    """
    names = dict(zip(atlas.ghts.ght_code, atlas.ghts.ght_name, strict=True))
    table = atlas.former_ghts
    shared = set(table.former_code[table.former_code.duplicated()])
    return {
        str(row.former_code): Part(
            str(row.ght_code),
            str(row.former_name),
            words.gone(
                words.named(str(row.former_name), str(row.former_code)),
                words.named(names[row.ght_code], str(row.ght_code)),
                row.former_code in shared,
            ),
        )
        for row in table.drop_duplicates("former_code").itertuples()
    }


def ght_directory(atlas: Atlas) -> Directory:
    """Index the GHTs, and those that are gone."""
    labels = _texts(atlas.ghts.ght_code, atlas.ghts.ght_name)
    return make_directory("ght", labels, former_ghts(atlas))


def area_directory(atlas: Atlas) -> Directory:
    """Index the GHTs and the areas outside any GHT."""
    areas = atlas.territories[atlas.territories.area_code.str.startswith(OUTSIDE_PREFIX)]
    outside = _texts(areas.area_code, areas.area_name)
    return make_directory("area", {**ght_directory(atlas).labels, **outside}, former_ghts(atlas))


def region_directory(atlas: Atlas) -> Directory:
    """Index the regions."""
    return make_directory("region", _texts(atlas.regions.reg_code, atlas.regions.reg_name))


def commune_directory(atlas: Atlas) -> Directory:
    """Index the communes, what they hold, what they were, their postcodes."""
    labels = _texts(atlas.communes.insee_code, atlas.communes.commune_name)
    parts, names = {}, []
    for row in commune_parts(atlas).itertuples():
        kind = words.ARRONDISSEMENT if row.number else words.HELD
        parts[str(row.code)] = Part(str(row.holder), str(row.name), kind.format(row.holder_name))
        forms = _numbered(row.holder_name, int(str(row.number))) if row.number else [str(row.name)]
        names += [(name, str(row.code)) for name in forms]
    for code, name in labels.items():
        if code.startswith(MAYOTTE):
            parts[MAYOTTE_BEFORE + code[3:]] = Part(code, "", words.OLD_CODE.format(name))
    holders = {code: part.code for code, part in parts.items()}
    directory = make_directory("commune", labels, parts, names)
    return replace(directory, aliases=commune_aliases(atlas, holders))


def _numbered(city: object, number: int) -> Iterator[str]:
    """Write an arrondissement in the ways people do: "Paris 05", "Paris 5e arrondissement"."""
    for ending in ("", "e", "eme", "er") if number == 1 else ("", "e", "eme"):
        yield from (f"{city} {number}{ending}", f"{city} {number}{ending} arrondissement")
    yield f"{city} {number:02d}"


def entity_directory(atlas: Atlas) -> Directory:
    """Index the legal entities: by the names of the lists of members and of their hospitals."""
    sites = atlas.establishments[atlas.establishments.is_general]
    # The first name of a number labels it: its own before those of the entities it took over.
    own = atlas.members.current_finess_ej == atlas.members.finess_ej
    listed = [
        zip(part.current_finess_ej, part.entity_name, part.city, strict=True)
        for part in (atlas.members[own], atlas.members[~own])
    ]
    held = list(_named_twice(sites, sites.finess_ej))
    split = [(code, SITE_OF.split(str(name), maxsplit=1), city) for code, name, city in held]
    heads = [(code, parts[0], city) for code, parts, city in split if len(parts) > 1]
    rows = [*listed[0], *held, *listed[1], *heads]
    return _finess("entity", rows, atlas.establishments.finess_ej)


def site_directory(atlas: Atlas) -> Directory:
    """Index the sites of the legal entities."""
    sites = atlas.establishments
    return _finess("site", _named_twice(sites, sites.finess_et), [])


def _named_twice(sites: pd.DataFrame, codes: pd.Series) -> Iterator[tuple[object, object, object]]:
    """List codes with the names of their sites, then with those of FINESS."""
    for names in (sites.site_name, sites.finess_name):
        yield from zip(codes, names, sites.city, strict=True)


def _finess(
    noun: str, rows: Iterable[tuple[object, object, object]], others: Iterable[object]
) -> Directory:
    """Index FINESS numbers by name, with and without the city."""
    labels = {str(code): str(code) for code in others}
    names = []
    for code, name, city in rows:
        if not (is_unknown(code) or is_unknown(name)):
            place = "" if is_unknown(city) else re.sub(r"(?i)\s*cedex.*", "", str(city))
            names += [(str(name), str(code)), (f"{name} {place}", str(code))]
            if labels.get(str(code), str(code)) == str(code):
                labels[str(code)] = str(name)
    return make_directory(noun, labels, None, names)


def _texts(codes: pd.Series, names: pd.Series) -> dict[str, str]:
    return dict(zip(codes.astype(str).tolist(), names.astype(str).tolist(), strict=True))
