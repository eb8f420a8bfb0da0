"""An indicator that a person brings, by commune, site or GHT: read, reported, gathered by area."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from geo.atlas.fields import folded
from geo.atlas.load import Atlas
from geo.atlas.resolve import Answer, Directory, area_directory, commune_directory, site_directory
from geo.errors import SourceError, UserError
from geo.files.columns import sheet_that_fits
from geo.files.sandbox import parse_apart
from geo.files.sheets import BROKEN, FORMULA, Grid, grids_of
from geo.studies import words
from geo.studies.numbers import is_blank, looks_like_rate, read_number, split_heading

MAX_BYTES: Final = 5_000_000
MAX_ROWS: Final = 60_000
MAX_COLUMNS: Final = 20
LONGEST: Final = 80
MOST_LINES: Final = 100_000
SEPARATORS: Final = ";,\t|"
SUFFIXES: Final = ("csv", "xlsx", "ods", "xls")
HALF: Final = 0.5
# The finest first: a list of sites also has their commune, one of communes their GHT.
HEADINGS: Final[Mapping[str, Sequence[str]]] = {
    "site": ("finess_et", "finess", "nofinesset", "numero_finess", "finess_site", "site"),
    "commune": ("insee_code", "code_insee", "code_commune", "codgeo", "commune", "com", "libgeo",
                "nom_commune", "commune_name", "nom de la commune"),
    "ght": ("ght", "area_code", "ght_code", "code_ght", "nom_ght", "ght_name", "code_du_territoire",
            "territoire", "area_name", "code"),
}  # fmt: skip
_KNOWN: Final = {level: [folded(name) for name in names] for level, names in HEADINGS.items()}
_DIRECTORIES: Final[Mapping[str, Callable[[Atlas], Directory]]] = {
    "site": site_directory, "commune": commune_directory, "ght": area_directory,
}  # fmt: skip
SUM, MEAN, AS_IS = "somme", "moyenne", "valeur"


@dataclass(frozen=True)
class Brought:
    """
    A file of indicators, as it was read.

    Attributes
    ----------
    level
        What its codes are: a key of `HEADINGS`.
    values
        One column per indicator, under its heading, float64, by code; missing when unknown.
    told
        How the file was read, French sentences.
    lines
        Rows and cells that are not used, under French names.
    """

    level: str
    values: pd.DataFrame = field(repr=False)
    told: tuple[str, ...] = ()
    lines: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)


@dataclass(frozen=True)
class Indicator:
    """
    An indicator by territory.

    Attributes
    ----------
    label, unit, source
        As the person says them.
    level
        What the values of the file are those of: a key of `HEADINGS`.
    how
        How they became those of territories: `SUM`, `MEAN` or `AS_IS`.
    values
        By `area_code`, float64; missing when unknown.
    known
        Percent of the inhabitants, or number of the sites, that each value rests on.
    """

    label: str
    unit: str
    source: str
    level: str
    how: str
    values: pd.Series = field(repr=False)
    known: pd.Series = field(repr=False)

    @property
    def decimals(self) -> int:
        """Digits that tell the values apart: none for whole numbers."""
        known = self.values.dropna()
        return 0 if (known == known.round()).all() or known.abs().max() >= 1_000 else 1  # noqa: PLR2004

    @property
    def heading(self) -> str:
        """Name of its column."""
        return words.HEADING.format(label=self.label, unit=self.unit) if self.unit else self.label


def read_indicator(atlas: Atlas, name: str, content: bytes) -> Brought:
    """
    Read a table of codes and numbers.

    Parameters
    ----------
    atlas
        What the codes may be.
    name, content
        Of the file; untrusted: parsed in a process of its own.

    Returns
    -------
    brought
        The indicators by code.

    Raises
    ------
    UserError
        If the file is too large, of another kind, or unreadable.
    SourceError
        If it has no codes or no numbers.
    """
    suffix, title = name.rpartition(".")[2].lower(), " ".join(name.split())[:LONGEST]
    if suffix not in SUFFIXES:
        raise UserError(f"{title} : format refusé. Donnez un fichier .csv, .xlsx ou .ods.")
    if len(content) > MAX_BYTES:
        raise UserError(
            f"{title} : plus de {MAX_BYTES // 1_000_000} Mo. Gardez les colonnes utiles."
        )
    kind, option = ("csv", SEPARATORS) if suffix == "csv" else ("workbook", "")
    grids = grids_of(parse_apart(title, kind, content, option))
    everything = [{name for names in _KNOWN.values() for name in names}]
    grid, told = sheet_that_fits(grids, everything)
    if len(grid.rows) > MAX_ROWS:
        raise UserError(f"{title} : plus de {MAX_ROWS} lignes. Gardez une ligne par code.")
    place, level = _codes(title, grid)
    columns = _numeric(grid, place)
    if not columns:
        raise SourceError(title, [words.NO_NUMBER])
    return _gathered(title, grid, (place, level), columns, _DIRECTORIES[level](atlas), told)


def _codes(title: str, grid: Grid) -> tuple[int, str]:
    """Find the column of codes, and what they are."""
    found = [folded(_plain(cell)) for cell in grid.header]
    for level, names in _KNOWN.items():
        for name in names:
            if name in found:
                return found.index(name), level
    raise SourceError(title, [words.NO_CODE])


def _plain(cell: str) -> str:
    """Write a cell on one line; a formula is no value."""
    return "" if cell.startswith((FORMULA, BROKEN)) else " ".join(cell.split())[:LONGEST]


def _numeric(grid: Grid, place: int) -> dict[int, str]:
    """List the columns where most of what is written is a number."""
    known = {name for names in _KNOWN.values() for name in names}
    kept: dict[int, str] = {}
    for column, heading in enumerate(grid.header):
        cells = [_plain(row[column]) for row in grid.rows.values() if column < len(row)]
        said = [cell for cell in cells if not is_blank(cell)]
        numbers = sum(read_number(cell) is not None for cell in said)
        is_code = column == place or folded(heading) in known
        if heading and not is_code and said and numbers >= len(said) * HALF:
            name = _plain(heading)
            kept[column] = name if name not in kept.values() else f"{name} ({column + 1})"
        if len(kept) == MAX_COLUMNS:
            break
    return kept


def _gathered(
    title: str, grid: Grid, codes: tuple[int, str], columns: Mapping[int, str],
    directory: Directory, told: tuple[str, ...],
) -> Brought:  # fmt: skip
    """Read the numbers of each code; what is not used is listed."""
    place, level = codes
    lines: list[tuple[int, str, str]] = []
    rows: list[list[float]] = []
    found: list[str] = []
    blank = 0
    for number, row in grid.rows.items():
        text = _plain(row[place]) if place < len(row) else ""
        answer = directory.resolve(text)
        if not answer.code:
            if folded(text) not in _KNOWN[level]:
                lines.append((number, text, _why(answer)))
            continue
        cells = {c: _plain(row[c]) if c < len(row) else "" for c in columns}
        numbers = {c: read_number(cell) for c, cell in cells.items()}
        wrong = [c for c, n in numbers.items() if n is None and not is_blank(cells[c])]
        lines += [(number, cells[c], words.UNREADABLE.format(column=columns[c])) for c in wrong]
        blank += sum(n is None for n in numbers.values()) - len(wrong)
        rows.append([np.nan if n is None else n for n in numbers.values()])
        found.append(answer.code)
    if not rows:
        raise SourceError(title, [words.NO_ROW])
    table = pd.DataFrame(rows, index=found, columns=list(columns.values()), dtype="float64")
    values, contrary = _once(table)
    lines += [(0, code, words.CONTRARY) for code in contrary]
    said = [*told, words.read_as(level, len(grid.rows), len(found))]
    if blank:
        said.append(words.unknown_cells(blank))
    listed = pd.DataFrame(lines[:MOST_LINES], columns=list(words.LINE_COLUMNS))
    return Brought(level, values, tuple(said), listed)


def _why(answer: Answer) -> str:
    """Say why a text is no code, and what it may be."""
    listed = ", ".join(answer.candidates)
    return answer.problem or (words.SEVERAL.format(listed) if listed else words.NOT_FOUND)


def _once(table: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Keep each code once; one that has several values has none."""
    groups = table.groupby(level=0)
    first = groups.first()
    differs = groups.nunique(dropna=True) > 1
    return first.mask(differs), [str(code) for code in first.index[differs.any(axis=1)]]


def likely(heading: str) -> tuple[str, str, str]:
    """Guess the name, the unit and how to gather a column: `SUM`, or `MEAN` for a rate."""
    label, unit = split_heading(heading)
    return label, unit, MEAN if looks_like_rate(heading) else SUM


def by_area(atlas: Atlas, brought: Brought, column: str, how: str) -> tuple[pd.Series, pd.Series]:
    """
    Gather an indicator by territory of the bundled model.

    Parameters
    ----------
    atlas
        Whose communes and sites are gathered.
    brought
        From `read_indicator`.
    column
        Of its values.
    how
        `SUM` or `MEAN`: of communes, weighted by their inhabitants; of sites, plain.

    Returns
    -------
    values, known
        By `area_code`. Values: a mean over less than half of the inhabitants is unknown, as is
        what nothing is known of. Known: see `Indicator`.
    """
    values = brought.values[column].dropna()
    if brought.level == "ght":
        return values, pd.Series(dtype="float64")
    if brought.level == "site":
        sites = atlas.establishments.set_index("finess_et").area_code
        groups = values.groupby(values.index.map(sites.to_dict()))
        return (groups.sum() if how == SUM else groups.mean()), groups.size()
    return _of_communes(atlas, values, how)


def _of_communes(atlas: Atlas, values: pd.Series, how: str) -> tuple[pd.Series, pd.Series]:
    """Gather values of communes."""
    table = atlas.assignments[["insee_code", "area_code"]].merge(
        atlas.communes[["insee_code", "population"]], on="insee_code"
    )
    table["value"] = table.insee_code.map(values).astype("float64")
    people = table.population.astype("float64")
    table["known"] = people.where(table.value.notna(), 0.0)
    table["weighed"] = table.value * people
    table["people"] = people
    groups = table.groupby("area_code")
    known = groups.known.sum()
    share = known / groups.people.sum() * 100
    if how == SUM:
        return groups.value.sum(min_count=1), share
    return (groups.weighed.sum() / known.where(share >= HALF * 100)), share


def indicator_table(areas: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Lay out an indicator: a territory per row, its value, what it rests on; French columns."""
    table = pd.DataFrame({
        words.COLUMNS["area_name"]: areas.area_name, words.COLUMNS["area_code"]: areas.area_code,
        indicator.heading: areas.area_code.map(indicator.values).round(max(indicator.decimals, 1)),
    })  # fmt: skip
    if not indicator.known.empty:
        name = words.KNOWN_SITES if indicator.level == "site" else words.KNOWN
        table[name] = areas.area_code.map(indicator.known).round(1)
    return table
