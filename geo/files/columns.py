"""The columns of a kind of file, declared once; the heading is found where it is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from geo.faults import Faults
from geo.files import words
from geo.files.sheets import Grid
from geo.formats import plain_text

SHOWN: Final = 4  # headings of a column, in a sentence
HEADING_WITHIN: Final = 20  # rows of a sheet that hold something


@dataclass(frozen=True)
class Field:
    """
    A column of a file that people bring.

    Attributes
    ----------
    name
        Of the field, in code and in the template.
    headings
        Others that are accepted, the likeliest first; case, accents and marks do not matter.
    description
        What to write there, French.
    """

    name: str
    headings: tuple[str, ...]
    description: str

    @property
    def accepted(self) -> tuple[str, ...]:
        """Every heading, the field's own name first."""
        return (self.name, *self.headings)

    @property
    def shown(self) -> str:
        """The likeliest headings, for a sentence."""
        return " ou ".join(self.accepted[:SHOWN])


@lru_cache(maxsize=4096)
def folded(heading: str) -> str:
    """Reduce a heading to what is compared: no accent, no case, no mark."""
    return plain_text(heading)


def place_of(field: Field, header: Sequence[str]) -> int | None:
    """Position of the column of a field: its first accepted heading that is there."""
    found = [folded(name) for name in header]
    known = (folded(name) for name in field.accepted)
    return next((found.index(name) for name in known if name in found), None)


def places_of(fields: Iterable[Field], header: Sequence[str], faults: Faults) -> dict[str, int]:
    """Position of the column of each field; those that are absent are noted."""
    places = {field.name: place_of(field, header) for field in fields}
    for field in fields:
        if places[field.name] is None:
            faults.missing_columns(header, [f"{field.shown} ({field.description})"])
    return {name: place for name, place in places.items() if place is not None}


def with_heading(grid: Grid, wanted: Sequence[Collection[str]]) -> Grid | None:
    """
    Move the header of a sheet to the first row that names every column.

    Parameters
    ----------
    grid
        As read: its header is the first row that holds something.
    wanted
        For each column, the folded headings that are accepted.

    Returns
    -------
    grid
        Without the rows above the header; None when no row among the first names all.
    """
    first = [(grid.line, grid.header), *list(grid.rows.items())[: HEADING_WITHIN - 1]]
    for line, cells in first:
        found = {folded(cell) for cell in cells}
        if all(found.intersection(names) for names in wanted):
            rows: Mapping[int, tuple[str, ...]] = {
                number: row for number, row in grid.rows.items() if number > line
            }
            return replace(grid, header=cells, rows=rows, line=line)
    return None


def sheet_that_fits(
    grids: Sequence[Grid], wanted: Sequence[Collection[str]]
) -> tuple[Grid, tuple[str, ...]]:
    """
    Choose the sheet to read, and its heading.

    Parameters
    ----------
    grids
        Of the file.
    wanted
        See `with_heading`.

    Returns
    -------
    grid, told
        The first sheet that names every column, else the first one as it is; what is to be said
        of the choice, French.
    """
    filled = [grid for grid in grids if grid.header]
    for grid in filled:
        found = with_heading(grid, wanted)
        if found is not None:
            told = (words.sheet_read(grid.title),) if grid is not filled[0] else ()
            return found, (
                *told,
                *([words.heading_at(found.line)] if found.line > grid.line else []),
            )
    return next(iter(filled), Grid("", (), {})), ()
