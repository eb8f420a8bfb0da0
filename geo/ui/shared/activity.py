"""Key figures of activity as a table with the trend of each, on any page."""

from typing import Final

import pandas as pd
from markupsafe import Markup

from geo.profile import words_activity as wording
from geo.profile.activity import Line, lines_of, table_of
from geo.ui.shared.html import Column, grid_html, image_html
from geo.ui.shared.templates import EMPTY, writer

WIDTH, HEIGHT, EDGE = 84, 22, 3  # pixels of a trend
FIGURES: Final = 2  # columns of years, after the name
_write: Final = writer("shared/activity.html")


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


def key_html(activity: pd.DataFrame, *, has_total: bool) -> Markup:
    """Write the key figures with their trends; see `geo.profile.activity.table_of`."""
    table = table_of(activity, has_total=has_total)
    heads, after = list(table.columns), 1 + FIGURES
    columns = [
        Column(heads[0], "row"),
        *(Column(head, "n") for head in heads[1:after]),
        Column(heads[after]),
        Column(wording.TREND),
        Column(heads[after + 1], "n"),
        *map(Column, heads[after + 2 :]),
    ]
    rows = [
        [*row[: after + 1], trend_html(line), *row[after + 1 :]]
        for row, line in zip(table.itertuples(index=False), lines_of(activity), strict=True)
    ]
    return _write("whole", grid_html(columns, [("", rows)], wording.TITLE))


def folded_html(title: str, body: Markup) -> Markup:
    """Fold a part of a page: it opens without a rerun."""
    return _write("folded", title, body)
