"""Charts of partnerships: time, network of a GHT, forms by domains. Each has its table."""

import json
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.atlas import vocabulary
from geo.drawing.charts import FONT_SIZE, IS_NARROW, Spec, plain, scale_of, themed
from geo.drawing.palette import FAMILY_COLORS, INK, STATUS_DASHES, sequential
from geo.formats import format_date
from geo.partnerships import words as wording
from geo.partnerships import words_tables
from geo.partnerships.timeline import FIRST_SHOWN_YEAR

if TYPE_CHECKING:
    import altair as alt

ROW_HEIGHT: Final = 22
AXIS_HEIGHT: Final = 70
LONGEST_TITLE, LONGEST_DATES = 280, 190  # pixels
PICKED: Final = "choix"  # what a press of a row picks, under this name
EVENT_SHAPES: Final = {"day": "diamond", "month": "circle", "year": "square"}
UNCERTAIN: Final = {"month": pd.DateOffset(months=1), "year": pd.DateOffset(years=1)}


def _dash(status: str) -> list[int]:
    """Give the dash of a state, shorter than on the map."""
    return [*STATUS_DASHES[status]]


def _shown_dates(row: Any) -> str:  # noqa: ANN401 - a row of itertuples
    """Write what stands at the right of a bar: its start, and its end when it has one."""
    mark = wording.INFERRED_MARK if row.certainty == "inferred" else ""
    start = mark + str(row.start_text).removesuffix(" (déduit)")
    said = wording.PINNED.format(date=start) if row.is_pinned else start
    return said if row.is_open else f"{said} – {row.end_text}"


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
        `dates` (in words), `right` (what the bar cannot say of its end), `family`, `status`. By
        family, then as they come.
    """
    rows = timeline[timeline.row_kind == "periode"].copy()
    sure = [
        start if pinned or precision == "day" else start + UNCERTAIN[precision]
        for start, precision, pinned in zip(rows.start, rows.precision, rows.is_pinned, strict=True)
    ]
    rows["sure"] = pd.to_datetime(sure)
    # It is over, nobody says since when, or nobody says what became of it: no bar may go on.
    is_lost = rows.is_open & (rows.status == "termine")
    is_unsaid = rows.is_open & (rows.status == "inconnu")
    last = max(pd.Timestamp(until), rows.sure.max(), timeline["end"].max())
    heard = pd.to_datetime(rows.partnership_id.map(_last_heard(timeline)))
    rows["stop"] = rows["end"].mask(rows.is_open, last).mask(is_lost, rows.sure)
    rows["stop"] = rows["stop"].mask(is_unsaid, heard)
    rows["stop"] = rows[["stop", "sure"]].max(axis=1)
    rows["dates"] = [_shown_dates(row) for row in rows.itertuples()]
    rows["right"] = pd.Series("", index=rows.index).mask(is_lost, words_tables.ENDED_UNDATED)
    rows["right"] = rows["right"].mask(is_unsaid, wording.THEN_UNKNOWN)
    rows["family"] = rows.form.map(vocabulary.FORM_FAMILY)
    families = list(vocabulary.FORM_FAMILIES)
    order = rows.family.map(families.index).sort_values(kind="stable").index
    return rows.loc[order].reset_index(drop=True)


def _last_heard(timeline: pd.DataFrame) -> dict[str, pd.Timestamp]:
    """Give the last day of which something is known, by partnership."""
    events = timeline[timeline.row_kind == "evenement"]
    return dict(events.groupby("partnership_id")["end"].max())


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
        One row each: name at left and dates in words at right, a line in the colour of the form and
        the dash of the state, a light band where the start is in doubt, a mark per event. Pressing
        a row picks its `partnership_id`, under the name `PICKED`.
    """
    import altair as alt  # noqa: PLC0415  a second that the other pages spare

    rows = bars(timeline, until)
    events = happenings(timeline, rows)
    scale = alt.Scale(nice=False)
    axis = alt.Axis(
        format="%Y", title=None, orient="top", grid=True, tickCount=8, labelFlush=True,
        labelOverlap=True,
    )  # fmt: skip
    ids = rows.partnership_id.tolist()
    y = alt.Y("partnership_id:N", sort=ids, axis=None)
    titles = _row_axis(ids, rows.title, "left", LONGEST_TITLE)
    dates = _row_axis(ids, rows.dates, "right", LONGEST_DATES)
    color = alt.Color("family:N", legend=None, scale=scale_of(FAMILY_COLORS))
    told = {"title": "Partenariat", "form_label": "Forme", "status_label": "État"}
    ends = {"start_text": "Début", "end_text": "Fin"}
    tips = [alt.Tooltip(f"{name}:N", title=label) for name, label in (told | ends).items()]
    picked = alt.selection_point(name=PICKED, fields=["partnership_id"], toggle=False)
    base = alt.Chart(plain(rows)).encode(y=y)
    x = alt.X("start:T", scale=scale, axis=None)
    # Unseen, they hold the time axis: a written domain would be read once by each layer.
    edges = pd.DataFrame({"start": [pd.Timestamp(FIRST_SHOWN_YEAR, 1, 1), rows.stop.max()]})
    frame = alt.Chart(edges).mark_rule(opacity=0).encode(x=x.axis(axis))
    hit = base.mark_bar(opacity=0, height=ROW_HEIGHT, cursor="pointer").encode(
        x=alt.value(0), x2=alt.value("width"), y=y.axis(titles), tooltip=tips
    )
    doubt = base.mark_bar(opacity=0.28, height=12, cursor="pointer").encode(
        x=x, x2="sure:T", y=y.axis(dates), color=color, tooltip=tips
    )
    life = base.mark_rule(strokeWidth=6, strokeCap="butt", cursor="pointer").encode(
        x=alt.X("sure:T", axis=None),
        x2="stop:T",
        color=color,
        strokeDash=alt.StrokeDash("status:N", legend=None, scale=dash_scale()),
        tooltip=tips,
    )
    after = base.mark_text(align="left", dx=6, fontSize=12, fontStyle="italic").encode(
        x=alt.X("stop:T", axis=None), text="right:N"
    )
    happened = {"title": "Partenariat", "start_text": "Date", "text": "Événement"}
    marks = alt.Chart(plain(events)).mark_point(
        size=80, filled=True, opacity=1, stroke="#ffffff", strokeWidth=1.2, cursor="pointer"
    ).encode(
        x=alt.X("at:T", axis=None), y=y, color=color,
        shape=alt.Shape("precision:N", legend=None, scale=scale_of(EVENT_SHAPES)),
        tooltip=[alt.Tooltip(f"{key}:N", title=label) for key, label in happened.items()],
    )  # fmt: skip
    pressed = [layer.add_params(picked) for layer in (hit, doubt, life, marks)]
    drawn = alt.layer(frame, *pressed[:3], after, pressed[3], _now(until))
    return themed(drawn.resolve_axis(x="independent", y="independent"), on_paper=True)


def _row_axis(ids: list[str], texts: pd.Series, side: Any, most: int) -> "alt.Axis":  # noqa: ANN401
    """Write a text beside each row; on a phone, less of it at left and nothing at right."""
    import altair as alt  # noqa: PLC0415

    said = json.dumps(dict(zip(ids, texts, strict=True)), ensure_ascii=False)
    kept = f"{said}[datum.label]"
    limit: Any = {"expr": f"{IS_NARROW} ? 140 : {most}"}
    return alt.Axis(
        orient=side, title=None, grid=False, domain=False, ticks=False, labelLimit=limit,
        labelExpr=kept if side == "left" else f"{IS_NARROW} ? '' : {kept}",
    )  # fmt: skip


def _now(until: pd.Timestamp) -> "alt.Chart":
    """Draw the day up to which the data go, named under the chart."""
    import altair as alt  # noqa: PLC0415

    name = wording.DATA_DAY.format(date=format_date(until.date().isoformat()))
    axis = alt.Axis(
        orient="bottom", title=None, grid=False, domain=False, ticks=False, tickCount=1,
        labelExpr=json.dumps(name, ensure_ascii=False), labelAlign="right", labelLimit=300,
        values=[alt.DateTime(year=until.year, month=until.month, date=until.day)],
    )  # fmt: skip
    day = alt.Chart(pd.DataFrame({"at": [until]})).mark_rule(color=INK, strokeWidth=1.5)
    line: alt.Chart = day.encode(x=alt.X("at:T", axis=axis))
    return line


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
        axis=alt.Axis(orient="top", labelAngle=-90, labelOverlap=False),
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
