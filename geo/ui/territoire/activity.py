"""The activity of the hospitals of a territory, on its page: key figures, trends, everything."""

from typing import Final

from markupsafe import Markup

from geo.formats import format_number
from geo.profile import words_activity as wording
from geo.profile.activity import Line, key_table, lines_of, notes_of, wide_texts, years_of
from geo.profile.territory import Profile
from geo.ui.shared.html import Column, grid_html, image_html, note_html
from geo.ui.shared.templates import EMPTY, writer
from geo.ui.territoire import words

WIDTH, HEIGHT, EDGE = 84, 22, 3  # pixels of a trend
FIGURES: Final = 2  # columns of years, after the name
_write: Final = writer("territoire/activity.html")


def trend_html(line: Line) -> Markup:
    """
    Draw the years of a figure from the bottom, which is 0; nothing with fewer than two years.

    A year that is unknown is left out: the line goes from the one before to the one after.
    """
    if len(line.values) < FIGURES:
        return EMPTY
    years, top = sorted(line.values), max(line.values.values()) or 1.0
    across, up = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
    points = [
        (
            EDGE + across * (year - years[0]) / (years[-1] - years[0]),
            HEIGHT - EDGE - up * line.values[year] / top,
        )
        for year in years
    ]
    said = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = (f"{place:.1f}" for place in points[-1])
    return image_html(_write("line", said, x, y), f"0 0 {WIDTH} {HEIGHT}")


def activity_html(made: Profile) -> Markup:
    """Write the key figures with their trends, then every figure, folded."""
    table = key_table(made)
    if table.empty:
        return note_html(wording.NONE)
    heads, after = list(table.columns), 1 + FIGURES
    columns = [
        Column(heads[0], "row"),
        *(Column(head, "n") for head in heads[1:after]),
        Column(heads[after]),
        Column(words.TREND),
        Column(heads[after + 1], "n"),
        *map(Column, heads[after + 2 :]),
    ]
    rows = [
        [*row[: after + 1], trend_html(line), *row[after + 1 :]]
        for row, line in zip(table.itertuples(index=False), lines_of(made), strict=True)
    ]
    grid = grid_html(columns, [("", rows)], wording.TITLE, "atlas-table atlas-whole")
    notes = EMPTY.join(map(note_html, notes_of(made)))
    return grid + notes + _everything(made)


def _everything(made: Profile) -> Markup:
    """Write every figure of every year, folded, by family."""
    table, ends = wide_texts(made), years_of(made)
    assert ends is not None  # noqa: S101  the key figures are there
    heads = [*table.columns][1:]
    columns = [Column(heads[0], "row"), *(Column(head, "n") for head in heads[1:-1])]
    columns.append(Column(heads[-1]))
    groups = [
        (str(family), rows.iloc[:, 1:].itertuples(index=False))
        for family, rows in table.groupby(wording.FAMILY, sort=False)
    ]
    title = words.every_activity(format_number(len(table)))
    return _write("folded", title, grid_html(columns, groups, title))
