"""A person's zoning: read a file that gives communes to GHTs or to zones of any name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from geo.atlas.fields import Field, folded
from geo.catchment import words
from geo.errors import SourceError, UserError
from geo.faults import Faults
from geo.files.columns import place_of, places_of, sheet_that_fits
from geo.files.sandbox import parse_apart
from geo.files.sheets import BROKEN, FORMULA, Grid, grids_of

MAX_BYTES: Final = 5_000_000
MAX_ROWS: Final = 100_000
SEPARATORS: Final = ";,\t|"
LONGEST_CELL: Final = 60
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
        "nom du ght", "area_name", "territoire", "zone_name", "nom_zone", "nom de la zone",
        "libelle_zone", "zone", "zone_code", "code_zone", "zonage", "secteur", "nom_secteur",
    ),
    "Zone de tout nom, ou GHT : son code ou son nom",
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
    columns
        Names of the columns that may give the zones.
    column
        The one that does.
    layers, layer
        Those of a file of shapes that has several, and the one that is read.
    cut
        Communes that a border cuts, with the percent of their area in the larger part, of a file of
        shapes.
    """

    table: pd.DataFrame = field(repr=False)
    told: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    column: str = ""
    layers: tuple[str, ...] = ()
    layer: str = ""
    cut: pd.Series = field(default_factory=lambda: pd.Series(dtype="float64"), repr=False)


def suffix_of(name: str) -> str:
    """Tell the kind of a file by its name."""
    return name.rpartition(".")[2].lower()


def title_of(name: str) -> str:
    """Name a file in a sentence, however long its name."""
    return " ".join(name.split())[:LONGEST_CELL]


def read_zoning(name: str, content: bytes, column: str = "") -> Zoning:
    """
    Read the two columns of a zoning.

    Parameters
    ----------
    name
        Name of the file: its suffix must be one of `SUFFIXES`.
    content
        Untrusted: parsed in a process of its own.
    column
        That gives the zones; found by its heading otherwise.

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
    suffix, title = suffix_of(name), title_of(name)
    if suffix not in SUFFIXES:
        raise UserError(words.refused_kind(title))
    if not content.strip():
        raise UserError(f"{title} : fichier vide. Donnez un tableau de deux colonnes.")
    if len(content) > MAX_BYTES:
        raise UserError(f"{title} : plus de {MAX_BYTES // 1_000_000} Mo. Gardez deux colonnes.")
    kind, option = ("csv", SEPARATORS) if suffix == "csv" else ("workbook", "")
    grids = grids_of(parse_apart(title, kind, content, option))
    grid, told = sheet_that_fits(grids, _WANTED)
    if not (set(map(folded, grid.header)) & _WANTED[1]):
        grid, told = sheet_that_fits(grids, _WANTED[:1])
    return _two_columns(title, grid, told, column)


def _two_columns(title: str, grid: Grid, told: tuple[str, ...], column: str) -> Zoning:
    """Keep the two columns, checking everything at once."""
    faults = Faults(title)
    header = tuple(_cell(cell) for cell in grid.header)
    others = [name for name in header if name and folded(name) not in _WANTED[0]]
    wanted = column if column in others else ""
    if not wanted and place_of(AREA, header) is None:
        wanted = _likely(grid, header)
        told = (*told, words.column_guessed(wanted)) if wanted else told
    fields = (COMMUNE,) if wanted else FIELDS
    places = places_of(fields, header, faults)
    if len(places) < len(fields):
        raise SourceError(title, faults.sentences)
    second = header.index(wanted) if wanted else places[AREA.name]
    pairs = _pairs(_without_source(grid), [places[COMMUNE.name], second], faults)
    table = pd.DataFrame.from_dict(
        pairs, orient="index", columns=["insee_code", "area_code"], dtype="str"
    )
    formulas = [cell for cell in pd.concat([table.insee_code, table.area_code]) if cell[:1] == "="]
    faults.bad_values(formulas, "formules", "Collez les valeurs à la place des formules.")
    if table.empty and not faults:
        faults.add("aucune ligne sous l'en-tête. Donnez une ligne par commune.")
    faults.raise_if_any()
    return Zoning(table, told, tuple(dict.fromkeys(others)), header[second])


def _likely(grid: Grid, header: Sequence[str]) -> str:
    """Find a column that may hold zones: texts, several communes to each; empty when none does."""
    for place, name in enumerate(header):
        cells = [_cell(row[place]) for row in grid.rows.values() if place < len(row)]
        is_text = sum(any(map(str.isalpha, cell)) for cell in cells) > len(cells) / 2
        if name and folded(name) not in _WANTED[0] and is_text and len(set(cells)) < len(cells):
            return name
    return ""


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
        is_heading = all(folded(cell) in names for cell, names in zip(cells, _WANTED, strict=True))
        if any(cells) and not is_heading:  # our own files name their columns twice
            pairs[number] = cells
        if len(pairs) > MAX_ROWS:
            faults.add(f"plus de {MAX_ROWS} lignes. Gardez une ligne par commune.")
            break
    return pairs


def _cell(text: str) -> str:
    """Write a cell on one line, a formula and an error as they are in the file."""
    bare = text.removeprefix(FORMULA).removeprefix(BROKEN)
    return " ".join(bare.split())[:LONGEST_CELL]
