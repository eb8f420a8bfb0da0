"""A person's zoning: read a commune -> GHT file, and report what matches before it is used."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from geo.atlas.fields import Field, folded
from geo.atlas.load import Atlas
from geo.atlas.resolve import Answer, Directory, area_directory, commune_directory
from geo.catchment import words
from geo.errors import SourceError, UserError
from geo.faults import Faults, format_values
from geo.files.columns import places_of, sheet_that_fits
from geo.files.sandbox import parse_apart
from geo.files.sheets import BROKEN, FORMULA, Grid, grids_of

MAX_BYTES: Final = 5_000_000
MAX_ROWS: Final = 100_000
SEPARATORS: Final = ";,\t|"
LONGEST_CELL: Final = 60
MOST_PROPOSED: Final = 5  # a proposal takes a twentieth of a second
SUFFIXES: Final = ("csv", "xlsx", "ods", "xls")  # an .xls may be another kind, misnamed
COMMUNE: Final = Field(
    "insee_code",
    (
        "insee_code", "code_insee", "code_commune", "code_commune_insee", "commune", "codgeo",
        "com", "commune_name", "nom_commune", "nom de la commune", "libgeo",
    ),
    "Commune : son code INSEE, ou son nom quand une seule le porte",
)  # fmt: skip
# The area comes first: our own exports also have the GHT, empty outside any.
AREA: Final = Field(
    "area_code",
    (
        "area_code", "code du territoire", "ght_code", "code_ght", "ght", "ght_name", "nom_ght",
        "nom du ght", "area_name", "territoire",
    ),
    "GHT ou territoire hors GHT : son code ou son nom",
)  # fmt: skip
FIELDS: Final = (COMMUNE, AREA)
_WANTED: Final = [{folded(name) for name in one.headings} for one in FIELDS]


@dataclass(frozen=True)
class Zoning:
    """
    A file of zoning, as it was read.

    Attributes
    ----------
    table
        `insee_code`, `area_code`: texts as written; the index is the row of each in the file.
    told
        How the file was read, French sentences.
    """

    table: pd.DataFrame = field(repr=False)
    told: tuple[str, ...] = ()


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
        `insee_code` (unique), `area_code`: the rows that will be used.
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


def read_zoning(name: str, content: bytes) -> Zoning:
    """
    Read the two columns of a zoning.

    Parameters
    ----------
    name
        Name of the file: its suffix must be one of `SUFFIXES`.
    content
        Untrusted: parsed in a process of its own.

    Returns
    -------
    zoning
        Texts as written.

    Raises
    ------
    UserError
        If the file is too large, of another kind, or unreadable.
    SourceError
        Every fault of its content.
    """
    suffix = name.rpartition(".")[2].lower()
    title = " ".join(name.split())[:LONGEST_CELL]
    if suffix not in SUFFIXES:
        raise UserError(f"{title} : format refusé. Donnez un fichier .csv, .xlsx ou .ods.")
    if not content.strip():
        raise UserError(f"{title} : fichier vide. Donnez un tableau de deux colonnes.")
    if len(content) > MAX_BYTES:
        raise UserError(f"{title} : plus de {MAX_BYTES // 1_000_000} Mo. Gardez deux colonnes.")
    kind, option = ("csv", SEPARATORS) if suffix == "csv" else ("workbook", "")
    grids = grids_of(parse_apart(title, kind, content, option))
    grid, told = sheet_that_fits(grids, _WANTED)
    return Zoning(_two_columns(title, grid), told)


def _two_columns(title: str, grid: Grid) -> pd.DataFrame:
    """Keep the two columns, checking everything at once."""
    faults = Faults(title)
    places = places_of(FIELDS, [_cell(cell) for cell in grid.header], faults)
    if len(places) < len(FIELDS):
        raise SourceError(title, faults.sentences)
    pairs = _pairs(_without_source(grid), [places[one.name] for one in FIELDS], faults)
    table = pd.DataFrame.from_dict(
        pairs, orient="index", columns=["insee_code", "area_code"], dtype="str"
    )
    formulas = [cell for cell in pd.concat([table.insee_code, table.area_code]) if cell[:1] == "="]
    faults.bad_values(formulas, "formules", "Collez les valeurs à la place des formules.")
    if table.empty and not faults:
        faults.add("aucune ligne sous l'en-tête. Donnez une ligne par commune.")
    faults.raise_if_any()
    return table


def _without_source(grid: Grid) -> Mapping[int, Sequence[str]]:
    """Leave out the line of sources that our own CSV end with, alone after an empty line."""
    if len(grid.rows) < 2:  # noqa: PLR2004
        return grid.rows
    before, last = list(grid.rows)[-2:]
    is_alone = not grid.title and last > before + 1 and len(grid.rows[last]) == 1
    return {n: row for n, row in grid.rows.items() if n < last} if is_alone else grid.rows


def _pairs(
    rows: Mapping[int, Sequence[str]], places: Sequence[int], faults: Faults
) -> dict[int, list[str]]:
    """Read the rows that hold something, up to the limit."""
    pairs: dict[int, list[str]] = {}
    for number, row in rows.items():
        cells = [_cell(row[place]) if place < len(row) else "" for place in places]
        if any(cells):
            pairs[number] = cells
        if len(pairs) > MAX_ROWS:
            faults.add(f"plus de {MAX_ROWS} lignes. Gardez une ligne par commune.")
            break
    return pairs


def _cell(text: str) -> str:
    """Write a cell on one line, a formula and an error as they are in the file."""
    bare = text.removeprefix(FORMULA).removeprefix(BROKEN)
    return " ".join(bare.split())[:LONGEST_CELL]


def places_of_atlas(atlas: Atlas) -> Places:
    """Index what a zoning may name; to be made once, it takes a second."""
    return Places(
        atlas.communes.set_index("insee_code").population,
        commune_directory(atlas),
        area_directory(atlas),
    )


def match_zoning(zoning: Zoning, places: Places) -> MatchReport:
    """
    Report what a zoning matches; nothing is dropped, nor understood, without being listed.

    Parameters
    ----------
    zoning
        From `read_zoning`.
    places
        From `places_of_atlas`.

    Returns
    -------
    report
        With the rows that can be used. The order of rows does not matter.

    Raises
    ------
    UserError
        If the codes of communes look like postal codes.
    """
    table = zoning.table
    communes = {text: places.communes.resolve(text) for text in table.insee_code.unique()}
    areas = {text: places.areas.resolve(text) for text in table.area_code.unique()}
    _refuse_postal_codes(communes, places)
    codes = {text: answer.code for text, answer in communes.items()}
    parts = {text for text, answer in communes.items() if answer.is_part}
    read = table.assign(
        commune=table.insee_code.map(codes),
        area=[areas[text].code or text for text in table.area_code],
        is_area=[bool(areas[text].code) for text in table.area_code],
        is_whole=~table.insee_code.isin(parts),
    )
    known = read[read.commune != ""]
    found = known.groupby("commune").agg(whole=("is_whole", "sum"), areas=("area", "nunique"))
    conflicting = _sorted(found.index[found.areas > 1])
    usable = known[known.is_area & ~known.commune.isin(conflicting)].drop_duplicates("commune")
    used = pd.DataFrame({"insee_code": usable.commune, "area_code": usable.area}, dtype="str")
    used = used.sort_values("insee_code", ignore_index=True)
    return MatchReport(
        used,
        len(table),
        int(places.population.reindex(used.insee_code).sum()),
        tuple(used.insee_code),
        _sorted(text for text, code in codes.items() if not code),
        _sorted(known.area_code[~known.is_area]),
        _sorted(set(places.communes.labels) - set(known.commune)),
        _sorted(found.index[(found.whole > 1) & (found.areas == 1)]),
        conflicting,
        zoning.told,
        _lines(table, (communes, places.communes), (areas, places.areas)),
    )


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
