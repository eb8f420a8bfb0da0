"""Charts of partnerships: time, network of a GHT, forms by domains. Each has its table."""

import textwrap
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.atlas import vocabulary
from geo.drawing.charts import FONT_SIZE, Spec, plain, scale_of, themed
from geo.drawing.palette import FAMILY_COLORS, INK, STATUS_DASHES, sequential
from geo.partnerships import words as wording
from geo.partnerships import words_tables
from geo.partnerships.timeline import FIRST_SHOWN_YEAR

if TYPE_CHECKING:
    import altair as alt

ROW_HEIGHT: Final = 44
AXIS_HEIGHT: Final = 50
LONGEST_TITLE: Final = 70
EVENT_SHAPES: Final = {"day": "diamond", "month": "circle", "year": "square"}
UNCERTAIN: Final = {"month": pd.DateOffset(months=1), "year": pd.DateOffset(years=1)}


def _dash(status: str) -> list[int]:
    """Give the dash of a state, shorter than on the map."""
    return [*STATUS_DASHES[status]]


def _shown_title(row: Any) -> str:  # noqa: ANN401 - a row of itertuples
    """Write the line over a bar: name, then dates when the bar cannot show them."""
    title = textwrap.shorten(str(row.title), LONGEST_TITLE, placeholder="…")
    mark = wording.INFERRED_MARK if row.certainty == "inferred" else ""
    start = mark + str(row.start_text).removesuffix(" (déduit)")
    return f"{title} · {wording.PINNED.format(date=start) if row.is_pinned else start}"


# Time


def bars(timeline: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """
    Lay out one bar per partnership.

    Parameters
    ----------
    timeline
        See `geo.partnerships.timeline.timeline`.
    until
        Right edge: a partnership without a known end goes up to it.

    Returns
    -------
    bars
        `sure` (first day when it had surely begun) to `stop`, after a doubt from `start` to `sure`;
        `line` (title and start), `right` (what the bar cannot say of its end), `family`, `status`.
    """
    rows = timeline[timeline.row_kind == "periode"].copy()
    sure = [
        start if pinned or precision == "day" else start + UNCERTAIN[precision]
        for start, precision, pinned in zip(rows.start, rows.precision, rows.is_pinned, strict=True)
    ]
    rows["sure"] = pd.to_datetime(sure)
    # It is over, nobody says since when: no bar may say that it goes on.
    is_lost = rows.is_open & (rows.status == "termine")
    last = max(pd.Timestamp(until), rows.sure.max(), timeline["end"].max())
    rows["stop"] = rows["end"].mask(rows.is_open, last).mask(is_lost, rows.sure)
    rows["stop"] = rows[["stop", "sure"]].max(axis=1)
    rows["line"] = [_shown_title(row) for row in rows.itertuples()]
    rows["right"] = [words_tables.ENDED_UNDATED if lost else "" for lost in is_lost]
    rows["family"] = rows.form.map(vocabulary.FORM_FAMILY)
    return rows.reset_index(drop=True)


def happenings(timeline: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """
    Lay out one mark per event since the left edge, in the middle of what its date may be.

    Parameters
    ----------
    timeline
        See `geo.partnerships.timeline.timeline`.
    rows
        From `bars`: an event of a partnership without a bar is left out.
    """
    events = timeline[(timeline.row_kind == "evenement") & ~timeline.is_pinned]
    events = events[events.partnership_id.isin(rows.partnership_id)].copy()
    events["at"] = events.start + (events["end"] - events.start) / 2
    events["family"] = events.form.map(vocabulary.FORM_FAMILY)
    return events.reset_index(drop=True)


def timeline_chart(timeline: pd.DataFrame, until: pd.Timestamp) -> Spec:
    """
    Draw partnerships in time.

    Parameters
    ----------
    timeline
        See `geo.partnerships.timeline.timeline`; at least one period.
    until
        Right edge.

    Returns
    -------
    specification
        One row each: name and start in words, a line in the colour of the form and the dash of the
        state, a light band where the start is in doubt, a mark per event.
    """
    import altair as alt  # noqa: PLC0415  a second that the other pages spare

    rows = bars(timeline, until)
    events = happenings(timeline, rows)
    scale = alt.Scale(nice=False)
    axis = alt.Axis(
        format="%Y", title=None, orient="top", grid=True, tickCount=8, labelFlush=True,
        labelOverlap=True,
    )  # fmt: skip
    y = alt.Y("partnership_id:N", sort=rows.partnership_id.tolist(), axis=None)
    color = alt.Color("family:N", legend=None, scale=scale_of(FAMILY_COLORS))
    told = {"title": "Partenariat", "form_label": "Forme", "status_label": "État"}
    dates = {"start_text": "Début", "end_text": "Fin"}
    tips = [alt.Tooltip(f"{name}:N", title=label) for name, label in (told | dates).items()]
    base = alt.Chart(plain(rows)).encode(y=y)
    x = alt.X("start:T", scale=scale, axis=axis)
    # Unseen, they hold the time axis: a written domain would be read once by each layer.
    edges = pd.DataFrame({"start": [pd.Timestamp(FIRST_SHOWN_YEAR, 1, 1), rows.stop.max()]})
    frame = alt.Chart(edges).mark_rule(opacity=0).encode(x=x)
    doubt = base.mark_bar(opacity=0.28, height=12, yOffset=8).encode(
        x=x, x2="sure:T", color=color, tooltip=tips
    )
    life = base.mark_rule(strokeWidth=6, yOffset=8, strokeCap="butt").encode(
        x=alt.X("sure:T", axis=axis),
        x2="stop:T",
        color=color,
        strokeDash=alt.StrokeDash("status:N", legend=None, scale=dash_scale()),
        tooltip=tips,
    )
    name = base.mark_text(align="left", dy=-8, fontSize=FONT_SIZE).encode(
        x=alt.value(2), text="line:N", tooltip=tips
    )
    small: dict[str, Any] = {"fontSize": 11, "dy": 8, "fontStyle": "italic"}
    after = base.mark_text(align="left", dx=6, **small).encode(
        x=alt.X("stop:T", axis=axis), text="right:N"
    )
    happened = {"start_text": "Date", "text": "Événement"}
    marks = (
        alt.Chart(plain(events))
        .mark_point(size=90, filled=True, opacity=1, yOffset=8, stroke="#ffffff", strokeWidth=1.2)
        .encode(
            x=alt.X("at:T", axis=axis), y=y, color=color,
            shape=alt.Shape("precision:N", legend=None, scale=scale_of(EVENT_SHAPES)),
            tooltip=[
                alt.Tooltip(f"{key}:N", title=label)
                for key, label in ({"title": "Partenariat"} | happened).items()
            ],
        )
    )  # fmt: skip
    return themed(alt.layer(frame, doubt, life, name, after, marks), on_paper=True)


def timeline_height(count: int) -> int:
    """Pixels that a number of partnerships need."""
    return ROW_HEIGHT * max(count, 1) + AXIS_HEIGHT


def dash_scale() -> "alt.Scale":
    """Make the scale of states."""
    import altair as alt  # noqa: PLC0415

    dashes = [_dash(status) or [1, 0] for status in STATUS_DASHES]
    return alt.Scale(domain=list(STATUS_DASHES), range=dashes)


def timeline_table(timeline: pd.DataFrame) -> pd.DataFrame:
    """Write the timeline for the screen: columns of `TIMELINE_COLUMNS`."""
    table = timeline.assign(
        row_kind=timeline.row_kind.map(wording.ROW_KINDS),
        precision=timeline.precision.map(vocabulary.PRECISIONS),
        certainty=timeline.certainty.map(vocabulary.CERTAINTIES),
        end_text=timeline.end_text.replace("", pd.NA),
    )
    return table[list(wording.TIMELINE_COLUMNS)].rename(columns=dict(wording.TIMELINE_COLUMNS))


# Forms by domains


def matrix_chart(crossed: pd.DataFrame) -> Spec:
    """
    Draw how many partnerships each form has in each domain.

    Parameters
    ----------
    crossed
        See `geo.partnerships.tables.matrix`.

    Returns
    -------
    specification
        Colour and number; an empty cell for none.
    """
    import altair as alt  # noqa: PLC0415

    long = crossed.stack().reset_index()
    long.columns = pd.Index(["form", "domain", "count"])
    long["count"] = long["count"].astype("int64")
    long = long[long["count"] > 0]
    x = alt.X(
        "domain:N", sort=list(crossed.columns), title=None,
        scale=alt.Scale(domain=list(crossed.columns)),
        axis=alt.Axis(orient="top", labelAngle=-50, labelOverlap=False),
    )  # fmt: skip
    y = alt.Y(
        "form:N", sort=list(crossed.index), title=None,
        scale=alt.Scale(domain=list(crossed.index)),
        axis=alt.Axis(labelOverlap=False),
    )  # fmt: skip
    most = int(long["count"].max()) if len(long) else 1
    scale = alt.Scale(domain=[1, max(most, 2)], range=[sequential(6)[0], sequential(6)[4]])
    tips = [
        alt.Tooltip("form:N", title="Forme"), alt.Tooltip("domain:N", title="Domaine"),
        alt.Tooltip("count:Q", title=wording.MATRIX_COUNT),
    ]  # fmt: skip
    base = alt.Chart(plain(long)).encode(x=x, y=y, tooltip=tips)
    cells = base.mark_rect(stroke="#ffffff", strokeWidth=2).encode(
        color=alt.Color("count:Q", scale=scale, legend=None)
    )
    dark = alt.condition(f"datum.count > {most * 0.85}", alt.value("#ffffff"), alt.value(INK))
    numbers = base.mark_text(fontSize=FONT_SIZE, fontWeight=600).encode(text="count:Q", color=dark)
    return themed(alt.layer(cells, numbers), on_paper=True)


def matrix_height(count: int) -> int:
    """Pixels that a number of forms need."""
    return 34 * max(count, 1) + 160
