"""Charts of the page that compares: specifications made once, drawn by the browser."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.comparison import words as wording
from geo.comparison.ranking import scaled
from geo.comparison.spread import Relation, Spread
from geo.drawing.charts import (
    FONT_SIZE,
    MOST_TICKS,
    NEUTRAL,
    NUMBER_LABEL,
    PALE,
    SECOND,
    Spec,
    log_ticks,
    themed,
)
from geo.drawing.palette import INK, SELECTED
from geo.formats import format_number
from geo.territories.measures import MEASURES, Measure

if TYPE_CHECKING:
    import altair as alt

PAPER: Final = "#e9eef3"
ROOM: Final = 12  # pixels from the extreme points of a scatter to its frame
# A narrow axis keeps the names of its powers of ten.
LOG_LABEL: Final = (
    "width < 480 && abs(log(datum.value) / LN10 - round(log(datum.value) / LN10)) > 1e-6 ? '' : "
    + NUMBER_LABEL
)
# Shares of the width and of the height of the scatter that a name takes.
NAME_WIDTH, NAME_HEIGHT = 0.18, 0.05
POINT_KINDS: Final = (
    wording.KIND_OTHER, wording.KIND_REGION, wording.KIND_OUTLIER, wording.KIND_CHOSEN,
)  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """What a chart points out: the chosen territory, and the region in the filter."""

    code: str | None = None
    region: str | None = None
    is_dark: bool = False

    @property
    def ink(self) -> str:
        """Colour of the text, legible on the theme."""
        return PAPER if self.is_dark else INK


@dataclass(frozen=True)
class Flag:
    """A named vertical line: its name, where it is, its colour and its dashes."""

    name: str
    value: float
    color: str
    dash: tuple[int, int] = (5, 4)


def title_of(measure: Measure) -> str:
    """Name a measure with its unit, unless the name says it."""
    is_said = measure.unit.casefold() in measure.label.casefold()
    return measure.label if is_said else f"{measure.label} ({measure.unit})"


def _axis(measure: Measure, values: pd.Series, *, is_log: bool, padding: int = 0) -> dict[str, Any]:
    """Make the scale and the axis of a measure; `padding`: pixels beyond its extreme values."""
    import altair as alt  # noqa: PLC0415  a second that the other pages spare

    title = title_of(measure)
    if not is_log:
        scale, axis = alt.Scale(zero=False), alt.Axis(title=title, tickCount=MOST_TICKS)
    else:
        scale = alt.Scale(type="log", nice=False, padding=padding)
        ticks = log_ticks(float(values.min()), float(values.max()))
        # A name at the very end of the axis is drawn half a pixel beyond the picture without it.
        axis = alt.Axis(title=title, values=ticks, labelExpr=LOG_LABEL, labelFlushOffset=-1)
    return {"scale": scale, "axis": axis}


def bin_labels(spread: Spread, decimals: int) -> list[str]:
    """Name the classes of a histogram."""
    lows, highs = spread.bins.low, spread.bins.high
    if spread.is_whole:
        return [format_number(low + 0.5) for low in lows]
    last = len(spread.bins) - 1
    # A bound such as 0.15 needs a digit more than the values themselves.
    digits = max(decimals, 1) if (highs - lows).min() < 1 else 0
    return [
        wording.class_text(
            format_number(low, digits), format_number(high, digits), is_last=place == last
        )
        for place, (low, high) in enumerate(zip(lows, highs, strict=True))
    ]


def histogram(ghts: pd.DataFrame, measure: Measure, spread: Spread, mark: Mark) -> Spec:
    """
    Draw the classes of a measure, every GHT under them, the median and the chosen territory.

    Parameters
    ----------
    ghts
        `area_code`, `area_name`, and the measure.
    measure, spread
        The measure and its classes; at least one value is known.
    mark
        What is pointed out.

    Returns
    -------
    specification
        Of Vega-Lite, its data inside.
    """
    import altair as alt  # noqa: PLC0415

    bins = spread.bins.assign(
        Classe=bin_labels(spread, measure.decimals), GHT=spread.bins["count"].map(format_number)
    )
    top = float(bins["count"].max())
    values = ghts.dropna(subset=[measure.key])
    rug = pd.DataFrame(
        {
            "value": values[measure.key].astype("float64"), "y": -0.05 * top,
            "Territoire": values.area_name.astype(str), "code": values.area_code.astype(str),
            "Valeur": [measure.text(value) for value in values[measure.key]],
        }
    )  # fmt: skip
    x = _axis(measure, pd.concat([spread.bins.low, spread.bins.high]), is_log=spread.is_log)
    y = alt.Y(
        "count:Q", title=wording.COUNT_AXIS, scale=alt.Scale(domain=[-0.1 * top, 1.12 * top]),
        axis=alt.Axis(labelExpr=f"datum.value < 0 ? '' : {NUMBER_LABEL}", tickMinStep=1),
    )  # fmt: skip
    bars = alt.Chart(bins).mark_bar(color=NEUTRAL, opacity=0.75, stroke=PALE, strokeWidth=0.5)
    ticks = alt.Chart(rug).mark_tick(color=NEUTRAL, thickness=1.5, size=12, orient="vertical")
    flags = [Flag(wording.MEDIAN_AXIS, spread.summary.median, PALE)]
    chosen = rug[rug.code == mark.code]
    if not chosen.empty:
        flags.append(Flag(chosen.Territoire.iloc[0], float(chosen.value.iloc[0]), SELECTED, (1, 0)))
    layers = [
        bars.encode(
            x=alt.X("low:Q", **x), x2="high:Q", y=y, y2=alt.datum(0),
            tooltip=["Classe:N", "GHT:N"],
        ),
        ticks.encode(x="value:Q", y="y:Q", tooltip=["Territoire:N", "Valeur:N"]),
    ]  # fmt: skip
    for number, flag in enumerate(flags):
        others = [other.value for other in flags if other is not flag]
        layers += _flag(flag, 8 + 18 * number, _side(flag.value, others, spread))
    return themed(alt.layer(*layers).properties(height=340), mark.ink)


def _side(value: float, others: Sequence[float], spread: Spread) -> str:
    """Choose how a name is aligned on its line: away from the others, where there is room."""
    ends = pd.Series([spread.bins.low.iloc[0], value, spread.bins.high.iloc[-1]])
    low, place, high = scaled(ends, is_log=spread.is_log)
    share = (place - low) / (high - low)
    is_lower = share > NAME_WIDTH and any(value < other for other in others)
    return "right" if is_lower or share > 1 - NAME_WIDTH else "left"


def _flag(flag: Flag, height: int, side: Any) -> "list[alt.Chart]":  # noqa: ANN401
    """Draw a named vertical line."""
    import altair as alt  # noqa: PLC0415

    base = alt.Chart(pd.DataFrame({"at": [flag.value], "name": [flag.name]}))
    rule = base.mark_rule(color=flag.color, strokeWidth=2.5, strokeDash=[*flag.dash])
    name = base.mark_text(align=side, dx=-6 if side == "right" else 6, fontSize=FONT_SIZE)
    at = alt.value(height)
    return [rule.encode(x="at:Q"), name.encode(x="at:Q", y=at, text="name:N")]


def _kinds(points: pd.DataFrame, mark: Mark) -> pd.Series:
    """Say what each point of the scatter is; the later kinds win."""
    kinds = pd.Series(wording.KIND_OTHER, index=points.index)
    if mark.region is not None:
        kinds = kinds.mask(points.reg_code == mark.region, wording.KIND_REGION)
    kinds = kinds.mask(points.is_outlier, wording.KIND_OUTLIER)
    return kinds.mask(points.area_code == mark.code, wording.KIND_CHOSEN)


def _sides(relation: Relation, is_named: pd.Series) -> pd.Series:
    """Choose how each name is aligned on its point: where there is room, and no other name."""
    points = relation.points
    across, up = (
        (values - values.min()) / (values.max() - values.min() or 1.0)
        for values in (
            scaled(points.x, is_log=relation.is_log_x), scaled(points.y, is_log=relation.is_log_y),
        )
    )  # fmt: skip
    sides: dict[int, str] = {}
    for place in up[is_named].sort_values(ascending=False).index:
        near = [
            other
            for other, side in sides.items()
            if side == "left"
            and abs(up[other] - up[place]) < NAME_HEIGHT
            and abs(across[other] - across[place]) < NAME_WIDTH
        ]
        has_room = across[place] < 1 - NAME_WIDTH
        sides[place] = "left" if has_room and not near else "right"
    return pd.Series(sides, dtype="str").reindex(points.index[is_named])


def scatter(relation: Relation, x: Measure, y: Measure, mark: Mark) -> Spec:
    """
    Draw two measures, the robust line, and the names of the outliers.

    Parameters
    ----------
    relation
        See `geo.comparison.spread.relate`; at least one point.
    x, y
        The measures.
    mark
        What is pointed out.

    Returns
    -------
    specification
        Of Vega-Lite, its data inside.
    """
    import altair as alt  # noqa: PLC0415

    points = relation.points
    kinds = _kinds(points, mark)
    data = pd.DataFrame(
        {
            "x": points.x, "y": points.y, "kind": kinds, "Territoire": points.area_name.astype(str),
            "abscisse": [x.text(value) for value in points.x],
            "ordonnee": [y.text(value) for value in points.y],
        }
    )  # fmt: skip
    present = [kind for kind in POINT_KINDS if (kinds == kind).any()]
    colors = dict(zip(POINT_KINDS, (NEUTRAL, SECOND, SECOND, SELECTED), strict=True))
    shapes = dict(zip(POINT_KINDS, ("circle", "triangle-up", "square", "diamond"), strict=True))
    legend = alt.Legend(title=None, orient="top", columns=2)
    axes = {
        "x": alt.X("x:Q", **_axis(x, points.x, is_log=relation.is_log_x, padding=ROOM)),
        "y": alt.Y("y:Q", **_axis(y, points.y, is_log=relation.is_log_y, padding=ROOM)),
    }
    dots = alt.Chart(data).mark_point(filled=True, size=75, opacity=1)
    layers = [
        dots.encode(
            **axes,
            color=alt.Color(
                "kind:N", legend=legend,
                scale=alt.Scale(domain=present, range=[colors[kind] for kind in present]),
            ),
            shape=alt.Shape(
                "kind:N", legend=legend,
                scale=alt.Scale(domain=present, range=[shapes[kind] for kind in present]),
            ),
            tooltip=[
                "Territoire:N", alt.Tooltip("abscisse:N", title=title_of(x)),
                alt.Tooltip("ordonnee:N", title=title_of(y)),
            ],
        )
    ]  # fmt: skip
    is_named = kinds.isin([wording.KIND_OUTLIER, wording.KIND_CHOSEN])
    sides = _sides(relation, is_named)
    for side, shift in (("left", 8), ("right", -8)):
        align: Any = side
        texts = alt.Chart(data[is_named][sides == side]).mark_text(
            align=align, dx=shift, fontSize=12, limit=190
        )
        if (sides == side).any():
            layers.append(texts.encode(x="x:Q", y="y:Q", text="Territoire:N"))
    if relation.has_line:
        ends = points.sort_values("x").iloc[[0, -1]][["x", "expected"]]
        line = alt.Chart(ends).mark_line(color=PALE, strokeWidth=2, strokeDash=[6, 4])
        layers.insert(0, line.encode(x="x:Q", y="expected:Q"))
    return themed(alt.layer(*layers).properties(height=470), mark.ink)


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
    y = alt.Y(
        "label:N", sort=labels, title=None,
        axis=alt.Axis(grid=False, domain=False, ticks=False),
    )  # fmt: skip
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
            x=alt.X("at_low:Q", axis=axis), x2="at_high:Q"
        ),
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
    return themed(alt.layer(*layers).properties(height=44 * len(table)), mark.ink)


def spine_label(key: str, *, is_log: bool) -> str:
    """Name a line of the profile."""
    return MEASURES[key].label + (wording.LOG_MARK if is_log else "")
