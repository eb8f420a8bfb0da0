"""The profile of one territory among the GHTs: a line per measure, each at its own scale."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.comparison import words as wording
from geo.comparison.charts import Mark
from geo.drawing.charts import IS_NARROW, LONGEST_LABEL, NEUTRAL, PALE, SECOND, Spec, themed
from geo.drawing.palette import SELECTED
from geo.territories.measures import MEASURES

if TYPE_CHECKING:
    import altair as alt


def spine_chart(table: pd.DataFrame, names: tuple[str, str], mark: Mark) -> Spec:
    """
    Draw one territory among the GHTs, a line per measure.

    Parameters
    ----------
    table
        From `geo.comparison.ranking.spine`.
    names
        Of the territory and of its region.
    mark
        What is pointed out.

    Returns
    -------
    specification
        Of Vega-Lite, its data inside. A measure without a value keeps its bands and has no mark.
    """
    import altair as alt  # noqa: PLC0415

    labels = [
        spine_label(key, is_log=log) for key, log in zip(table.measure, table.is_log, strict=True)
    ]
    bands = table.assign(label=labels)
    series = {"at_region": names[1], "at_country": wording.COUNTRY_FIGURE, "at_value": names[0]}
    points = pd.concat(
        [
            pd.DataFrame(
                {
                    "label": labels, "at": table[column], "kind": name,
                    "Valeur": [
                        MEASURES[key].text(value, None if column == "at_value" else 1)
                        for key, value in zip(table.measure, table[column[3:]], strict=True)
                    ],
                }
            )
            for column, name in series.items()
        ]
    ).dropna(subset=["at"])  # fmt: skip
    limit: Any = {"expr": f"{IS_NARROW} ? 120 : {LONGEST_LABEL}"}
    named = alt.Axis(grid=False, domain=False, ticks=False, labelLimit=limit)
    y = alt.Y("label:N", sort=labels, title=None, axis=None)
    axis = alt.Axis(
        values=[-1, 0, 1], title=None, grid=False, domain=False, ticks=False,
        labelExpr=(
            f"datum.value < 0 ? '{wording.LOWEST_AXIS}' : "
            f"datum.value > 0 ? '{wording.HIGHEST_AXIS}' : '{wording.MEDIAN_AXIS}'"
        ),
    )  # fmt: skip
    order = [*series.values()]
    legend = alt.Legend(title=None, orient="top", labelLimit=300, symbolSize=130, columns=1)
    colors = alt.Scale(domain=order, range=[SECOND, PALE, SELECTED])
    shapes = alt.Scale(domain=order, range=["triangle-down", "triangle-up", "diamond"])
    base = alt.Chart(bands).encode(y=y)
    layers = [
        base.mark_bar(height=14, color=PALE, opacity=0.3).encode(
            y=y.axis(named), x=alt.X("at_low:Q", axis=axis), x2="at_high:Q"
        ),
        _values_at_right(table, labels),
        base.mark_bar(height=14, color=NEUTRAL, opacity=0.65).encode(
            x="at_first_quartile:Q", x2="at_third_quartile:Q"
        ),
        base.mark_tick(color=mark.ink, thickness=2, size=22).encode(x=alt.datum(0)),
    ]  # fmt: skip
    # References above and below the band, so that equal figures stay all visible.
    for name, shift in zip(order, (-12, 12, 0), strict=True):
        marks = alt.Chart(points[points.kind == name]).mark_point(
            filled=True, size=130 if shift else 170, opacity=1, yOffset=shift
        )
        layers.append(
            marks.encode(
                y=y, x="at:Q", color=alt.Color("kind:N", scale=colors, legend=legend),
                shape=alt.Shape("kind:N", scale=shapes, legend=legend),
                tooltip=[
                    alt.Tooltip("label:N", title=wording.MEASURE),
                    alt.Tooltip("kind:N", title=" "), "Valeur:N",
                ],
            )
        )  # fmt: skip
    drawn = alt.layer(*layers).properties(height=44 * len(table))
    return themed(drawn.resolve_axis(y="independent"), mark.ink)


def _values_at_right(table: pd.DataFrame, labels: Sequence[str]) -> "alt.Chart":
    """Write the value of the territory at the right of each row, as the labels of an axis."""
    import altair as alt  # noqa: PLC0415

    texts = [
        MEASURES[key].text(value) for key, value in zip(table.measure, table["value"], strict=True)
    ]
    said = json.dumps(dict(zip(labels, texts, strict=True)), ensure_ascii=False)
    axis = alt.Axis(
        orient="right", grid=False, domain=False, ticks=False, labelFontWeight=600,
        labelExpr=f"{said}[datum.label]",
    )  # fmt: skip
    y = alt.Y("label:N", sort=labels, title=None, axis=axis)
    unseen = alt.Chart(pd.DataFrame({"label": labels})).mark_tick(opacity=0)
    drawn: alt.Chart = unseen.encode(y=y)
    return drawn


def spine_label(key: str, *, is_log: bool) -> str:
    """Name a line of the profile."""
    return MEASURES[key].label + (wording.LOG_MARK if is_log else "")
