"""Charts of the page that compares: specifications made once, drawn by the browser."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.comparison import words as wording
from geo.comparison.labels import Name, place
from geo.comparison.ranking import scaled
from geo.comparison.spread import Relation, Spread
from geo.drawing.charts import (
    FONT_SIZE,
    IS_NARROW,
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
from geo.territories.measures import Measure

if TYPE_CHECKING:
    import altair as alt

PAPER: Final = "#e9eef3"
WHITE, GROUND = "#ffffff", "#11181f"  # the page, light and dark
ROOM: Final = 12  # pixels from the extreme points of a scatter to its frame
# A narrow axis keeps the names of its powers of ten.
LOG_LABEL: Final = (
    "width < 480 && abs(log(datum.value) / LN10 - round(log(datum.value) / LN10)) > 1e-6 ? '' : "
    + NUMBER_LABEL
)
NAME_WIDTH: Final = 0.18  # share of the width of the histogram that a name takes
DOT: Final = 75  # square pixels
NAME_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "right": {"align": "left", "baseline": "middle", "dx": 10, "dy": 0},
    "left": {"align": "right", "baseline": "middle", "dx": -10, "dy": 0},
    "above": {"align": "center", "baseline": "line-bottom", "dx": 0, "dy": -10},
    "below": {"align": "center", "baseline": "line-top", "dx": 0, "dy": 10},
}
NAME: Final = f"datum.always || !({IS_NARROW}) ? datum.text : ''"
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

    @property
    def ground(self) -> str:
        """Colour of the page, under a name that must stay legible."""
        return GROUND if self.is_dark else WHITE


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


def _named(relation: Relation, kinds: pd.Series, texts: pd.Series) -> pd.DataFrame:
    """Give the names of a scatter, the chosen one first: their points, texts and sides."""
    points = relation.points
    across, up = (
        (values - values.min()) / (values.max() - values.min() or 1.0)
        for values in (
            scaled(points.x, is_log=relation.is_log_x), scaled(points.y, is_log=relation.is_log_y),
        )
    )  # fmt: skip
    told = kinds.isin([wording.KIND_OUTLIER, wording.KIND_CHOSEN])
    far = points.deviations.abs().where(kinds != wording.KIND_CHOSEN, float("inf"))
    order = far[told].sort_values(ascending=False).index
    names = [Name(texts[one], across[one], up[one]) for one in order]
    sides = place(names, list(zip(across, up, strict=True)))
    found = pd.DataFrame({"x": points.x, "y": points.y, "text": texts, "kind": kinds}).loc[order]
    return found.assign(side=sides)


def _name_layers(named: pd.DataFrame, mark: Mark) -> "list[alt.Chart]":
    """Write the names: on a narrow screen that of the chosen territory alone."""
    import altair as alt  # noqa: PLC0415

    shown = named[named.side != ""]
    if shown.empty:
        return []
    is_chosen = shown.kind == wording.KIND_CHOSEN
    looks = pd.DataFrame([NAME_LOOKS[side] for side in shown.side], index=shown.index)
    data = shown[["x", "y", "text"]].join(looks)
    data = data.assign(weight=is_chosen.map({True: 600, False: 400}), always=is_chosen)
    base = alt.Chart(data).transform_calculate(shown=NAME)
    base = base.encode(x="x:Q", y="y:Q", text="shown:N")
    # One layer for all sides: a specification takes as long to write as it has layers.
    look: dict[str, Any] = {str(name): {"expr": f"datum.{name}"} for name in looks}
    look |= {"fontSize": FONT_SIZE, "fontWeight": {"expr": "datum.weight"}}
    plate: dict[str, Any] = {"stroke": mark.ground, "strokeWidth": 5, "strokeJoin": "round"}
    return [base.mark_text(color=mark.ground, **plate, **look), base.mark_text(**look)]


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
    colors = dict(zip(POINT_KINDS, (PALE, mark.ink, SECOND, SELECTED), strict=True))
    shapes = dict(zip(POINT_KINDS, ("circle", "triangle-up", "square", "diamond"), strict=True))
    legend = alt.Legend(title=None, orient="top", columns=4)
    axes = {
        "x": alt.X("x:Q", **_axis(x, points.x, is_log=relation.is_log_x, padding=ROOM)),
        "y": alt.Y("y:Q", **_axis(y, points.y, is_log=relation.is_log_y, padding=ROOM)),
    }
    told = {
        "color": alt.Color(
            "kind:N", legend=legend,
            scale=alt.Scale(domain=present, range=[colors[kind] for kind in present]),
        ),
        "shape": alt.Shape(
            "kind:N", legend=legend,
            scale=alt.Scale(domain=present, range=[shapes[kind] for kind in present]),
        ),
        "tooltip": [
            "Territoire:N", alt.Tooltip("abscisse:N", title=title_of(x)),
            alt.Tooltip("ordonnee:N", title=title_of(y)),
        ],
    }  # fmt: skip
    is_chosen = kinds == wording.KIND_CHOSEN
    own = data.Territoire + " : " + data.abscisse + " ; " + data.ordonnee
    texts = data.Territoire.mask(is_chosen, own)
    others, chosen = (
        alt.Chart(rows).mark_point(filled=True, size=size, opacity=1).encode(**axes, **told)
        for rows, size in ((data[~is_chosen], DOT), (data[is_chosen], DOT * 1.5**2))
    )
    layers = [others, *_name_layers(_named(relation, kinds, texts), mark)]
    layers += [chosen] * bool(is_chosen.any())  # nothing covers it
    if relation.has_line:
        ends = points.sort_values("x").iloc[[0, -1]][["x", "expected"]]
        line = alt.Chart(ends).mark_line(color=PALE, strokeWidth=2, strokeDash=[6, 4])
        layers.insert(0, line.encode(x="x:Q", y="expected:Q"))
    return themed(alt.layer(*layers).properties(height=470), mark.ink)
