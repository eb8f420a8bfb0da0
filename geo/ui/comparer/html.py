"""HTML tables of the page that compares: bars in the cells, groups of rows, figures at right."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from markupsafe import Markup

from geo import wording
from geo.comparison.charts import title_of
from geo.comparison.ranking import OUTSIDE, RANKED, UNKNOWN, WHOLE, numbers_of
from geo.formats import format_number, is_unknown
from geo.territories.activity import INDICATORS
from geo.territories.measures import Measure
from geo.territories.tables import NOTHING
from geo.ui.comparer import words
from geo.ui.shared.html import Column, Group, grid_html, laid_out, named_html, row_html

Bar = tuple[str, str]  # a figure, and the style of the bar under it; none when empty


def number(value: object, digits: int) -> str:
    """Write a figure, a dash when it is unknown."""
    return NOTHING if is_unknown(value) else format_number(value, digits)


def figure(measure: Measure, value: object, digits: int | None = None) -> str:
    """Write a figure of a measure, a dash when it is unknown."""
    return NOTHING if is_unknown(value) else measure.text(value, digits)


def rank(place: object, count: object) -> str:
    """Write a rank and out of how many."""
    return NOTHING if is_unknown(place) else f"{place} / {count}"


def compared_html(columns: Sequence[Column], groups: Iterable[Group], caption: str) -> Markup:
    """Write a table of this page; see `geo.ui.shared.html.grid_html`."""
    return grid_html(columns, groups, caption, "atlas-table atlas-compare")


def frame_table(
    frame: pd.DataFrame, decimals: Sequence[int | Measure | None], caption: str
) -> Markup:
    """
    Write a frame as a table; its first column names the rows.

    Parameters
    ----------
    frame
        Columns under their French names.
    decimals
        Of each column; the measure that it holds, which is written as everywhere; None for words.
    caption
        See `compared_html`.
    """
    known = {
        name: one.decimals if isinstance(one, Measure) else one
        for name, one in zip(frame.columns, decimals, strict=True)
        if one is not None
    }
    columns, texts = laid_out(frame, str(frame.columns[0]), known)
    for place, one in enumerate(decimals):
        if isinstance(one, Measure):
            texts[place] = [figure(one, value) for value in frame.iloc[:, place]]
    return compared_html(columns, [("", zip(*texts, strict=True))], caption)


def _bars(values: pd.Series, measure: Measure, ends: tuple[float, float]) -> list[Bar]:
    """Lay the cells of a measure out, their bars from zero, on a scale common to all regions."""
    low, high = min(0.0, ends[0]), max(0.0, ends[1])
    reach = high - low
    cells = []
    for value in values:
        start = end = 0.0
        if reach > 0 and not is_unknown(value):
            start, end = (min(max((x - low) / reach, 0.0), 1.0) for x in sorted((0.0, value)))
        style = f"--a:{100 * start:.1f}%;--b:{100 * end:.1f}%" if end > start else ""
        cells.append((figure(measure, value), style))
    return cells


Ends = Mapping[str, tuple[float, float]]  # lowest and highest value of each measure


def _columns(measure: str, *, ascending: bool) -> tuple[list[str], list[Column]]:
    """List the measures of the ranking, the one that ranks first, and its columns."""
    keys = [measure, *[key for key in WHOLE if key != measure]]
    direction = "ascending" if ascending else "descending"
    columns = [
        Column(words.RANK, "n"),
        Column(words.RANK_REGION, "n", "none"),
        Column(words.AREA, "row", "none"),
        *(
            Column(title_of(INDICATORS[key]), "bar", direction if key == measure else "none")
            for key in keys
        ),
    ]
    return keys, columns


def _cells(frame: pd.DataFrame, keys: Sequence[str], ends: Ends) -> pd.Series:
    """Lay the rows of the ranking out; the look of a name is the code of its territory."""
    regions = zip(frame["rank_region"], frame.region_count, strict=True)
    cells = zip(
        [number(place, 0) for place in frame["rank"]],
        [rank(place, count) for place, count in regions],
        [named_html(row.area_name, row.reg_name, str(row.area_code)) for row in frame.itertuples()],
        *[_bars(numbers_of(frame[key]), INDICATORS[key], ends[key]) for key in keys],
        strict=True,
    )
    return pd.Series([*cells], index=frame.index)


def ranking_html(frame: pd.DataFrame, measure: str, ends: Ends, *, ascending: bool) -> Markup:
    """
    Write the ranking.

    Parameters
    ----------
    frame
        From `geo.comparison.ranking.ranking`; at least one row.
    measure
        The one that ranks: its column comes first.
    ends
        Among the GHTs of the country.
    ascending
        Whether the lowest value comes first.
    """
    keys, columns = _columns(measure, ascending=ascending)
    rows = _cells(frame, keys, ends)
    groups = [
        (words.GROUPS[group] if group != RANKED else "", rows[frame.group == group])
        for group in (RANKED, UNKNOWN, OUTSIDE)
        if (frame.group == group).any()
    ]
    return compared_html(columns, groups, wording.TABLE_TITLE)


def pinned_html(own: pd.DataFrame, measure: str, ends: Ends, *, ascending: bool) -> Markup:
    """Write the row of the chosen territory, which stays in sight; see `ranking_html`."""
    keys, columns = _columns(measure, ascending=ascending)
    return row_html(columns, _cells(own, keys, ends).iloc[0], "pinned")


def with_pinned(table: str, row: str, code: str) -> str:
    """Put a row under the heads of the ranking, written once for all, and tint it in its place."""
    # Both are HTML already: `Markup` would escape what it is given.
    pinned = str(table).replace("</tr></thead>", f"</tr>{row!s}</thead>", 1)
    body = pinned.index("<tbody>")
    return pinned[:body] + pinned[body:].replace(f'<span class="{code}">', '<span class="own">', 1)
