"""The chart of the models: its figures are in a table beside it."""

import math
from typing import Any, Final

import pandas as pd

from geo.catchment import words
from geo.drawing.charts import (
    FONT_SIZE,
    NEUTRAL,
    NUMBER_LABEL,
    PALE,
    SECOND,
    Spec,
    log_ticks,
    scale_of,
    themed,
)
from geo.drawing.palette import INK
from geo.formats import format_deviation, format_number
from geo.territories.published import qualified, year_text

HEIGHT: Final = 470
NAMED: Final = 7
BAND_PERCENT: Final = 10
SHIFT, LINE = 9, 15  # pixels from a point to its name, and between two names
NAME_WIDTH: Final = 0.4  # of the width of the chart
MARGIN: Final = 1.18  # of the axes, beyond the extreme figures
WITHIN, BEYOND = words.WITHIN_BAND, words.BEYOND_BAND
COLORS: Final = {WITHIN: NEUTRAL, BEYOND: SECOND}
SHAPES: Final = {WITHIN: "circle", BEYOND: "square"}


def cloud_data(rows: pd.DataFrame) -> pd.DataFrame:
    """
    Lay out the points of the cloud.

    Parameters
    ----------
    rows
        From `geo.catchment.tables.judged_population`.

    Returns
    -------
    points
        `published` and `modelled` (inhabitants), `kind`, `is_named` (the farthest figure of the
        `NAMED` farthest GHTs, beyond the band), and the texts of a tooltip.
    """
    size = rows.deviation_percent.abs()
    is_far = size > BAND_PERCENT
    farthest = rows[is_far].assign(size=size).sort_values("size", ascending=False, kind="stable")
    named = farthest.drop_duplicates("ght_code").head(NAMED).index
    return pd.DataFrame(
        {
            "published": rows.published.astype("float64"),
            "modelled": rows.modelled.astype("float64").round(),
            "kind": is_far.map({False: WITHIN, True: BEYOND}),
            "is_named": rows.index.isin(named),
            "is_above": rows.deviation_percent > 0,
            "GHT": rows.area_name.astype(str),
            "Publié": [
                qualified(format_number(value), qualifier)
                for value, qualifier in zip(rows.published, rows.qualifier, strict=True)
            ],
            "Année": [
                year_text(*cells) for cells in zip(rows.year, rows.year_certainty, strict=True)
            ],
            "Modélisé": rows.modelled.map(format_number),
            "Écart": rows.deviation_percent.map(format_deviation),
        }
    )


def cloud_chart(rows: pd.DataFrame, ink: str = INK) -> Spec:
    """
    Draw the modelled population against the published one, a point per figure that judges.

    Parameters
    ----------
    rows
        From `geo.catchment.tables.judged_population`; at least one.
    ink
        Colour of the names, legible on the theme.

    Returns
    -------
    specification
        Both axes logarithmic and alike, the diagonal, the band of `BAND_PERCENT` around it, and the
        names of the farthest: on the side of their point away from the diagonal.
    """
    import altair as alt  # noqa: PLC0415  a second that the other pages spare

    data = cloud_data(rows)
    both = data[["published", "modelled"]]
    low, high = float(both.min().min()) / MARGIN, float(both.max().max()) * MARGIN
    looks = {name: _axis(title, low, high) for name, title in words.CLOUD_AXES.items()}
    x, y = alt.X("published:Q", **looks["published"]), alt.Y("modelled:Q", **looks["modelled"])
    dots = alt.Chart(data).mark_point(filled=True, size=80, opacity=1)
    points = dots.encode(
        x=x, y=y,
        color=alt.Color(
            "kind:N", title=None, scale=scale_of(COLORS),
            legend=alt.Legend(orient="top", labelLimit=320),
        ),
        shape=alt.Shape("kind:N", title=None, scale=scale_of(SHAPES)),
        tooltip=["GHT:N", "Publié:N", "Année:N", "Modélisé:N", "Écart:N"],
    )  # fmt: skip
    layers = [*_guides(low, high, x, y), points, *_names(data, (low, high), ink)]
    return themed(alt.layer(*layers).properties(height=HEIGHT), ink)


def _axis(title: str, low: float, high: float) -> dict[str, Any]:
    """Make a logarithmic axis between two bounds."""
    import altair as alt  # noqa: PLC0415

    scale = alt.Scale(type="log", domain=[low, high], nice=False)
    axis = alt.Axis(title=title, values=log_ticks(low, high), labelExpr=NUMBER_LABEL)
    return {"scale": scale, "axis": axis}


def _guides(low: float, high: float, x: Any, y: Any) -> list[Any]:  # noqa: ANN401  of Altair
    """Draw the diagonal and its band."""
    import altair as alt  # noqa: PLC0415

    share = BAND_PERCENT / 100
    ends = pd.DataFrame({"published": [low, high], "modelled": [low, high]})
    ends = ends.assign(least=ends.modelled * (1 - share), most=ends.modelled * (1 + share))
    base = alt.Chart(ends)
    band = base.mark_area(color=PALE, opacity=0.22, clip=True).encode(
        x=x, y=alt.Y("least:Q", **_axis(words.CLOUD_AXES["modelled"], low, high)), y2="most:Q"
    )
    return [band, base.mark_line(color=PALE, strokeWidth=1.5).encode(x=x, y=y)]


def _drops(named: pd.DataFrame, low: float, high: float) -> list[float]:
    """Choose how many pixels each name goes down, so that none covers the one above it."""
    span = math.log(high / low)
    placed: list[tuple[bool, float, float]] = []
    drops = []
    for point in named.itertuples():
        across = math.log(float(str(point.published)) / low) / span
        at = height = HEIGHT * math.log(high / float(str(point.modelled))) / span
        for side, other, taken in placed:
            is_beside = side == point.is_above and abs(other - across) < NAME_WIDTH
            at = max(at, taken + LINE) if is_beside else at
        placed.append((bool(point.is_above), across, at))
        drops.append(at - height)
    return drops


def _names(data: pd.DataFrame, bounds: tuple[float, float], ink: str) -> list[Any]:
    """Write the names of the farthest points, from the top down."""
    import altair as alt  # noqa: PLC0415

    named = data[data.is_named].sort_values("modelled", ascending=False)
    layers = []
    for place, drop in enumerate(_drops(named, *bounds)):
        row = named.iloc[[place]]
        align: Any = "right" if row.is_above.iloc[0] else "left"
        shift = -SHIFT if align == "right" else SHIFT
        text = alt.Chart(row).mark_text(
            align=align, dx=shift, dy=drop, fontSize=FONT_SIZE - 1, color=ink, limit=210
        )
        layers.append(text.encode(x="published:Q", y="modelled:Q", text="GHT:N"))
    return layers
