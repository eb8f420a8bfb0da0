"""HTML tables of the page that compares: bars in the cells, groups of rows, figures at right."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape

import pandas as pd

from geo import wording
from geo.comparison import words
from geo.comparison.charts import title_of
from geo.comparison.ranking import OUTSIDE, RANKED, UNKNOWN, numbers_of
from geo.formats import format_number, is_unknown
from geo.territories.measures import MEASURES, Measure
from geo.territories.tables import NOTHING


def head(text: str) -> str:
    """Write the cell that names a row."""
    return f'<th scope="row">{escape(text)}</th>'


def figure(text: str) -> str:
    """Write a cell of figures, at right."""
    return f'<td class="n">{escape(text)}</td>'


def words_cell(text: str) -> str:
    """Write a cell of words."""
    return f"<td>{escape(text)}</td>"


def stated(text: str) -> str:
    """Write a sentence that a screen reader says when it changes."""
    return f'<p class="atlas-own" role="status">{escape(text)}</p>'


def number(value: object, digits: int) -> str:
    """Write a figure, a dash when it is unknown."""
    return NOTHING if is_unknown(value) else format_number(value, digits)


def rank(place: object, count: object) -> str:
    """Write a rank and out of how many."""
    return NOTHING if is_unknown(place) else f"{place} / {count}"


def bar(text: str, start: float, end: float) -> str:
    """Write a figure over a bar that goes from one share of the cell to another."""
    if end <= start:
        return figure(text)
    style = f"--a:{100 * start:.1f}%;--b:{100 * end:.1f}%"
    return f'<td class="n bar" style="{style}">{escape(text)}</td>'


def table(
    heads: Sequence[str],
    groups: Iterable[tuple[str, Sequence[str]]],
    caption: str,
    ordered: tuple[str, str] = ("", ""),
    figures: Collection[str] = (),
) -> str:
    """
    Write a table that a screen reader reads and a browser shows at once.

    Parameters
    ----------
    heads
        Names of the columns.
    groups
        Title of each group (none when empty) and its rows: cells made by this module.
    caption
        Names the table and the area that scrolls.
    ordered
        Column by which rows are ordered, and "ascending" or "descending".
    figures
        Columns of figures, whose names stand at right.
    """
    names = []
    for name in heads:
        sort = f' aria-sort="{ordered[1]}"' if name == ordered[0] else ""
        side = ' class="n"' if name in figures else ""
        names.append(f'<th scope="col"{side}{sort}>{escape(name)}</th>')
    bodies = []
    for title, rows in groups:
        span = f'<th scope="rowgroup" colspan="{len(heads)}">{escape(title)}</th>'
        top = f'<tr class="group">{span}</tr>' if title else ""
        bodies.append(f"<tbody>{top}{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody>")
    label = escape(caption)
    return (
        f'<div class="atlas-table atlas-compare" tabindex="0" role="region" aria-label="{label}">'
        f'<table><caption class="atlas-heard">{label}</caption>'
        f"<thead><tr>{''.join(names)}</tr></thead>{''.join(bodies)}</table></div>"
    )


def frame_table(frame: pd.DataFrame, decimals: Sequence[int | None], caption: str) -> str:
    """
    Write a frame as a table; its first column names the rows.

    Parameters
    ----------
    frame
        Columns under their French names.
    decimals
        Of each column; None for words.
    caption
        See `table`.
    """
    rows = []
    for values in frame.itertuples(index=False):
        cells = [head(str(values[0]))]
        for value, digits in zip(values[1:], decimals[1:], strict=True):
            if digits is None:
                cells.append(words_cell(NOTHING if is_unknown(value) else str(value)))
            else:
                cells.append(figure(number(value, digits)))
        rows.append("".join(cells))
    heads = [str(name) for name in frame.columns]
    figures = [name for name, digits in zip(heads, decimals, strict=True) if digits is not None]
    return table(heads, [("", rows)], caption, figures=figures)


def _bars(values: pd.Series, measure: Measure, ends: tuple[float, float]) -> list[str]:
    """Write the cells of a measure, their bars from zero, on a scale common to all regions."""
    low, high = min(0.0, ends[0]), max(0.0, ends[1])
    reach = high - low
    cells = []
    for value in values:
        if is_unknown(value) or not reach > 0:
            cells.append(figure(number(value, measure.decimals)))
            continue
        sides = [min(max((end - low) / reach, 0.0), 1.0) for end in sorted((0.0, value))]
        cells.append(bar(format_number(value, measure.decimals), *sides))
    return cells


def ranking_html(
    frame: pd.DataFrame, measure: str, ends: Mapping[str, tuple[float, float]], *, ascending: bool
) -> str:
    """
    Write the ranking.

    Parameters
    ----------
    frame
        From `geo.comparison.ranking.ranking`; at least one row.
    measure
        The one that ranks: its column comes first.
    ends
        Lowest and highest value of each measure among the GHTs of the country.
    ascending
        Whether the lowest value comes first.
    """
    keys = [measure, *[key for key in MEASURES if key != measure]]
    heads = [words.RANK, words.RANK_REGION, words.AREA, *[title_of(MEASURES[key]) for key in keys]]
    regions = zip(frame["rank_region"], frame.region_count, strict=True)
    columns = [
        [figure(NOTHING if is_unknown(place) else str(place)) for place in frame["rank"]],
        [figure(rank(place, count)) for place, count in regions],
        [_named(row.area_name, row.reg_name) for row in frame.itertuples()],
        *[_bars(numbers_of(frame[key]), MEASURES[key], ends[key]) for key in keys],
    ]
    rows = pd.Series(["".join(cells) for cells in zip(*columns, strict=True)], index=frame.index)
    groups = [
        (words.GROUPS[group] if group != RANKED else "", rows[frame.group == group].tolist())
        for group in (RANKED, UNKNOWN, OUTSIDE)
        if (frame.group == group).any()
    ]
    direction = "ascending" if ascending else "descending"
    figures = [name for name in heads if name != words.AREA]
    return table(heads, groups, wording.TABLE_TITLE, (heads[3], direction), figures)


def _named(name: object, region: object) -> str:
    """Write the name of a territory and, under it, its region."""
    return f'<th scope="row">{escape(str(name))}<small>{escape(str(region))}</small></th>'
