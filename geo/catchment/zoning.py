"""A person's zoning: read a commune -> GHT file, and report what matches before it is used."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from geo.errors import SourceError, UserError
from geo.faults import Faults
from geo.files.sandbox import parse_apart
from geo.files.sheets import BROKEN, FORMULA, Grid, grids_of

MAX_BYTES: Final = 5_000_000
MAX_ROWS: Final = 100_000
SEPARATORS: Final = ";,\t|"
LONGEST_CELL: Final = 60
COMMUNE_NAMES: Final = ("insee_code", "code_insee", "code_commune", "commune", "codgeo")
GHT_NAMES: Final = ("ght_code", "code_ght", "area_code", "ght")
SUFFIXES: Final = ("csv", "xlsx")


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
        Codes of the file that are not communes of the atlas: ignored.
    unknown_ghts
        Codes of the file that are not areas of the atlas: their communes are unassigned.
    missing
        Communes of the atlas without a row: unassigned.
    duplicated
        Communes on several rows with the same GHT: counted once.
    conflicting
        Communes given to several GHTs: unassigned, the file does not say which is right.
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


def read_zoning(name: str, content: bytes) -> pd.DataFrame:
    """
    Read the two columns of a zoning.

    Parameters
    ----------
    name
        Name of the file: its suffix must be csv or xlsx.
    content
        Untrusted: parsed in a process of its own.

    Returns
    -------
    table
        `insee_code`, `area_code`: texts as written, codes of numbers completed with zeros.

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
        raise UserError(f"{title} : format refusé. Donnez un fichier .csv ou .xlsx.")
    if not content.strip():
        raise UserError(f"{title} : fichier vide. Donnez un tableau de deux colonnes.")
    if len(content) > MAX_BYTES:
        raise UserError(f"{title} : plus de {MAX_BYTES // 1_000_000} Mo. Gardez deux colonnes.")
    option = SEPARATORS if suffix == "csv" else ""
    grids = grids_of(parse_apart(title, suffix, content, option))
    return _two_columns(title, grids[0] if grids else Grid("", (), {}))


def _place(names: Sequence[str], accepted: Sequence[str]) -> int | None:
    """Position of the first accepted name."""
    return next((names.index(name) for name in accepted if name in names), None)


def _two_columns(title: str, grid: Grid) -> pd.DataFrame:
    """Keep the columns of codes, checking everything at once."""
    faults = Faults(title)
    header = [_cell(cell) for cell in grid.header]
    names = [re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") for name in header]
    commune, ght = _place(names, COMMUNE_NAMES), _place(names, GHT_NAMES)
    for place, accepted in ((commune, COMMUNE_NAMES), (ght, GHT_NAMES)):
        if place is None:
            faults.missing_columns(header, [" ou ".join(accepted)])
    if commune is None or ght is None:
        raise SourceError(title, faults.sentences)
    pairs = _pairs(grid.rows.values(), commune, ght, faults)
    table = pd.DataFrame(pairs, columns=["insee_code", "area_code"], dtype="str")
    formulas = [cell for cell in pd.concat([table.insee_code, table.area_code]) if cell[:1] == "="]
    faults.bad_values(formulas, "formules", "Collez les valeurs à la place des formules.")
    if table.empty and not faults:
        faults.add("aucune ligne sous l'en-tête. Donnez une ligne par commune.")
    faults.raise_if_any()
    short = table.insee_code.str.fullmatch(r"\d{4}")
    return table.assign(insee_code=table.insee_code.mask(short, "0" + table.insee_code).str.upper())


def _pairs(
    rows: Iterable[Sequence[str]], commune: int, ght: int, faults: Faults
) -> list[tuple[str, str]]:
    """Read the rows that hold something, up to the limit."""
    pairs: list[tuple[str, str]] = []
    for row in rows:
        cells = [_cell(row[place]) if place < len(row) else "" for place in (commune, ght)]
        if any(cells):
            pairs.append((cells[0], cells[1]))
        if len(pairs) > MAX_ROWS:
            faults.add(f"plus de {MAX_ROWS} lignes. Gardez une ligne par commune.")
            break
    return pairs


def _cell(text: str) -> str:
    """Write a cell on one line, a formula and an error as they are in the file."""
    bare = text.removeprefix(FORMULA).removeprefix(BROKEN)
    return " ".join(bare.split())[:LONGEST_CELL]


def match_zoning(
    table: pd.DataFrame, communes: pd.DataFrame, areas: Collection[str]
) -> MatchReport:
    """
    Report what a zoning matches; nothing is dropped without being listed.

    Parameters
    ----------
    table
        From `read_zoning`.
    communes
        `insee_code`, `population`.
    areas
        Codes of the areas of the atlas.

    Returns
    -------
    report
        With the rows that can be used. The order of rows does not matter.
    """
    known = table[table.insee_code.isin(communes.insee_code)]
    unknown = _sorted(table.insee_code[~table.insee_code.isin(communes.insee_code)])
    is_area = known.area_code.isin(list(areas))
    codes = known.groupby("insee_code").area_code.agg(["size", "nunique"])
    conflicting = _sorted(codes.index[codes["nunique"] > 1])
    usable = known[is_area & ~known.insee_code.isin(conflicting)].drop_duplicates("insee_code")
    usable = usable.sort_values("insee_code", ignore_index=True)
    people = communes.population[communes.insee_code.isin(usable.insee_code)].sum()
    return MatchReport(
        usable,
        len(table),
        int(people),
        tuple(usable.insee_code),
        unknown,
        _sorted(known.area_code[~is_area]),
        _sorted(communes.insee_code[~communes.insee_code.isin(table.insee_code)]),
        _sorted(codes.index[(codes["size"] > 1) & (codes["nunique"] == 1)]),
        conflicting,
    )


def _sorted(codes: "pd.Series | pd.Index[str]") -> tuple[str, ...]:
    """Distinct codes in order; an empty one is shown as such."""
    return tuple(sorted({str(code) or "(vide)" for code in codes}))
