"""The columns of a kind of file, declared once; the heading is found where it is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from geo.atlas.fields import Field, folded
from geo.faults import Faults
from geo.files import words
from geo.files.sheets import Grid

HEADING_WITHIN: Final = 20  # rows of a sheet that hold something


def place_of(field: Field, header: Sequence[str]) -> int | None:
    """Position of the column of a field: its first accepted heading that is there."""
    found = [folded(name) for name in header]
    known = (folded(name) for name in field.headings)
    return next((found.index(name) for name in known if name in found), None)


def missing_fields(fields: Iterable[Field], header: Sequence[str]) -> list[Field]:
    """List the fields that must be there and have no column."""
    return [field for field in fields if field.is_required and place_of(field, header) is None]


def places_of(fields: Collection[Field], header: Sequence[str], faults: Faults) -> dict[str, int]:
    """Position of the column of each field; those that are absent are noted."""
    places = {field.name: place_of(field, header) for field in fields}
    for field in missing_fields(fields, header):
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
