"""What a zoning matches in the atlas, reported before it is used: nothing is dropped unsaid."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd

from geo.atlas.columns import ZONE_PREFIX
from geo.atlas.load import Atlas
from geo.atlas.resolve import Answer, Directory, area_directory, commune_directory
from geo.catchment import words
from geo.catchment.zoning import Zoning
from geo.errors import UserError
from geo.faults import format_values

MOST_PROPOSED: Final = 5  # a proposal takes a twentieth of a second
MAX_ZONES: Final = 3_000
GHTS, FREE = "ght", "libre"
MEANINGS: Final = (GHTS, FREE)
GHT_CODE: Final = re.compile(r"[A-Za-z]{2,5}-\d{2}")


@dataclass(frozen=True)
class Places:
    """
    What the texts of a zoning may mean.

    Attributes
    ----------
    population
        Inhabitants of each commune, by code.
    communes, areas
        By code and by name.
    """

    population: pd.Series = field(repr=False)
    communes: Directory
    areas: Directory


@dataclass(frozen=True)
class MatchReport:
    """
    What a zoning matches, before it is used.

    Attributes
    ----------
    table
        `insee_code` (unique), `area_code`, `area_name` (of a zone; empty for a GHT): the rows that
        will be used.
    row_count
        Rows read.
    population
        Inhabitants of the communes matched.
    matched
        Codes of the communes that will be used.
    unknown_communes
        Texts of the file that are not one commune of the atlas: ignored.
    unknown_ghts
        Texts of the file that are not one area of the atlas: their communes are unassigned.
    missing
        Communes of the atlas without a row: unassigned.
    duplicated
        Communes on several rows with the same GHT: counted once.
    conflicting
        Communes given to several GHTs: unassigned, the file does not say which is right.
    told
        How the file was read, French sentences.
    lines
        What was understood otherwise than to the letter, or not at all, under French names.
    meaning
        "ght" when the file names GHTs, "libre" when its zones have names of their own.
    """

    table: pd.DataFrame = field(repr=False)
    row_count: int
    population: int
    matched: tuple[str, ...]
    unknown_communes: tuple[str, ...]
    unknown_ghts: tuple[str, ...]
    missing: tuple[str, ...]
    duplicated: tuple[str, ...]
    conflicting: tuple[str, ...]
    told: tuple[str, ...] = ()
    lines: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    meaning: str = GHTS


def places_of_atlas(atlas: Atlas) -> Places:
    """Index what a zoning may name; to be made once, it takes a second."""
    return Places(
        atlas.communes.set_index("insee_code").population,
        commune_directory(atlas),
        area_directory(atlas),
    )


def match_zoning(zoning: Zoning, places: Places, meaning: str = "") -> MatchReport:
    """
    Report what a zoning matches; nothing is dropped, nor understood, without being listed.

    Parameters
    ----------
    zoning
        From `read_zoning`.
    places
        From `places_of_atlas`.
    meaning
        Of `MEANINGS`; by default GHTs when half of the names are theirs, zones otherwise.

    Returns
    -------
    report
        With the rows that can be used. The order of rows does not matter.

    Raises
    ------
    UserError
        If the codes of communes look like postal codes, or if there are too many zones.
    """
    table = zoning.table
    communes = {text: places.communes.resolve(text) for text in table.insee_code.unique()}
    areas = {text: places.areas.resolve(text) for text in table.area_code.unique()}
    _refuse_postal_codes(communes, places)
    chosen = meaning or _meaning(areas)
    names: Mapping[str, str] = {}
    if chosen == FREE:
        areas, names = _zones(areas)
    parts = {text for text, answer in communes.items() if answer.is_part}
    codes = {text: answer.code for text, answer in communes.items()}
    read = table.assign(
        commune=table.insee_code.map(codes),
        area=[areas[text].code or text for text in table.area_code],
        is_area=[bool(areas[text].code) for text in table.area_code],
        is_whole=~table.insee_code.isin(parts),
    )
    lines = _lines(table, (communes, places.communes), (areas, places.areas))
    return replace(
        _reported(read, places, names), told=zoning.told, lines=lines, meaning=chosen,
        unknown_communes=_sorted(text for text, code in codes.items() if not code),
    )  # fmt: skip


def _reported(read: pd.DataFrame, places: Places, names: Mapping[str, str]) -> MatchReport:
    """Count the fate of each row."""
    known = read[read.commune != ""]
    found = known.groupby("commune").agg(whole=("is_whole", "sum"), areas=("area", "nunique"))
    conflicting = _sorted(found.index[found.areas > 1])
    usable = known[known.is_area & ~known.commune.isin(conflicting)].drop_duplicates("commune")
    used = pd.DataFrame({"insee_code": usable.commune, "area_code": usable.area}, dtype="str")
    used["area_name"] = pd.Series([names.get(code, "") for code in usable.area], used.index, "str")
    used = used.sort_values("insee_code", ignore_index=True)
    return MatchReport(
        used,
        len(read),
        int(places.population.reindex(used.insee_code).sum()),
        tuple(used.insee_code),
        (),
        _sorted(known.area_code[~known.is_area]),
        _sorted(set(places.communes.labels) - set(known.commune)),
        _sorted(found.index[(found.whole > 1) & (found.areas == 1)]),
        conflicting,
    )


def _meaning(areas: Mapping[str, Answer]) -> str:
    """Tell whether names are those of GHTs: half of them are, or a code is written as theirs."""
    named = [answer for text, answer in areas.items() if text]
    known = sum(bool(answer.code or answer.candidates) for answer in named)
    looks = sum(bool(GHT_CODE.fullmatch(text)) for text in areas)
    return GHTS if max(known, looks) * 2 >= len(named) else FREE


def _zones(areas: Mapping[str, Answer]) -> tuple[dict[str, Answer], dict[str, str]]:
    """Give a code to each name, the same for those that differ by capitals only."""
    names: dict[str, str] = {}
    for text in sorted(areas):
        names.setdefault(text.casefold(), text)
    names.pop("", None)
    if len(names) > MAX_ZONES:
        raise UserError(words.too_many_zones(len(names), MAX_ZONES))
    codes = {folded: f"{ZONE_PREFIX}{n:04d}" for n, folded in enumerate(names, start=1)}
    answers = {text: Answer(codes.get(text.casefold(), "")) for text in areas}
    return answers, {codes[folded]: name for folded, name in names.items()}


def completed(table: pd.DataFrame, communes: pd.DataFrame) -> pd.DataFrame:
    """
    Give the communes that a zoning leaves out to the areas of a model.

    Parameters
    ----------
    table
        Of a `MatchReport`.
    communes
        `insee_code`, `area_code` of the model, every commune.
    """
    left = communes[~communes.insee_code.isin(table.insee_code)]
    rest = left[["insee_code", "area_code"]].astype("str").assign(area_name="")
    return pd.concat([table, rest]).sort_values("insee_code", ignore_index=True)


def _refuse_postal_codes(communes: Mapping[str, Answer], places: Places) -> None:
    """Ask for the official codes when most are postal ones, and some would be read as another."""
    postal = [text for text in communes if text in places.communes.aliases.postal]
    official = sum(answer.code == text for text, answer in communes.items())
    is_read_wrong = any(communes[text].code == text for text in postal)
    if is_read_wrong and len(postal) > max(official, len(communes) / 2):
        raise UserError(words.postal_codes(len(postal), len(communes), format_values(postal)))


def _lines(table: pd.DataFrame, *kinds: tuple[Mapping[str, Answer], Directory]) -> pd.DataFrame:
    """Say what each text means, where it is not a code in full, and on which rows it is."""
    listed = []
    numbers = table.index.to_numpy()  # a lookup each for 50,000 texts
    for name, (answers, directory) in zip(("insee_code", "area_code"), kinds, strict=True):
        rows = table.groupby(name).indices
        left = MOST_PROPOSED
        for text, answer in answers.items():
            if answer.code and not answer.how:
                continue
            said = answer.how
            if not answer.code:
                is_short = left <= 0 and not answer.candidates
                said = words.NOT_FOUND if is_short else directory.unknown(text, answer)
                left -= 1
            at = sorted(numbers[rows[text]])
            listed.append((at[0], format_values(at), text, answer.code, said))
    columns = list(words.LINE_COLUMNS)
    return pd.DataFrame(sorted(listed), columns=["first", *columns]).drop(columns="first")


def _sorted(codes: "Iterable[str]") -> tuple[str, ...]:
    """Distinct codes in order; an empty one is shown as such."""
    return tuple(sorted({str(code) or "(vide)" for code in codes}))
