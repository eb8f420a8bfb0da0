"""Charts of a profile: specifications made once, drawn by the browser; each has its table."""

from typing import Final

import pandas as pd

from geo.drawing.charts import FONT_SIZE, NEUTRAL, SECOND, Spec, themed
from geo.formats import format_minutes, format_number
from geo.profile import words as wording
from geo.profile import words_activity

ROW_HEIGHT: Final = 24
LABEL_LIMIT: Final = 190
# Told apart by their dashes and the name at their end too.
LINES: Final = (NEUTRAL, SECOND, "#8a63b8", "#3d8f63")
NAMES_WIDTH: Final = 190  # pixels, for the names at the ends of the lines


def bands_chart(bands: pd.DataFrame) -> Spec:
    """
    Draw the shares of the inhabitants by travel time.

    Parameters
    ----------
    bands
        From `geo.profile.tables.bands`; rows without a share are left to the table.

    Returns
    -------
    specification
        Of Vega-Lite, its data inside; the colour is at least 3:1 on both themes.
    """
    import altair as alt  # noqa: PLC0415  a second that the other pages spare

    names = wording.BAND_COLUMNS
    known = bands[bands[names["share_percent"]].notna()]
    data = pd.DataFrame(
        {
            "temps": known[names["band"]].astype(str),
            "part": known[names["share_percent"]].astype("float64").round(2),
            "partDite": [f"{format_number(x, 1)} %" for x in known[names["share_percent"]]],
            "habitants": [format_number(x) for x in known[names["population"]]],
            "communes": [format_number(x) for x in known[names["commune_count"]]],
        }
    )
    return themed(
        alt.Chart(data)
        .mark_bar(color=NEUTRAL)
        .encode(
            x=alt.X("temps:N", sort=None, axis=alt.Axis(title=names["band"], labelAngle=0)),
            y=alt.Y("part:Q", axis=alt.Axis(title=wording.SHARE_AXIS, tickCount=5)),
            tooltip=[
                alt.Tooltip("temps:N", title=names["band"]),
                alt.Tooltip("partDite:N", title=names["share_percent"].removesuffix(" (%)")),
                alt.Tooltip("habitants:N", title=names["population"]),
                alt.Tooltip("communes:N", title=names["commune_count"]),
            ],
        )
    )


def communes_chart(communes: pd.DataFrame) -> Spec:
    """
    Draw the inhabitants of communes.

    Parameters
    ----------
    communes
        From `geo.profile.tables.communes`: the rows to draw.

    Returns
    -------
    specification
        Of Vega-Lite, its data inside. Two communes of the same name stay apart.
    """
    import altair as alt  # noqa: PLC0415

    names = wording.COMMUNE_COLUMNS
    twins = communes[names["commune_name"]].duplicated(keep=False)
    labels = communes[names["commune_name"]].where(
        ~twins, communes[names["commune_name"]] + " (" + communes[names["insee_code"]] + ")"
    )
    minutes = communes[names["travel_time_min"]]
    data = pd.DataFrame(
        {
            "commune": labels.astype(str),
            "habitants": communes[names["population"]].astype("int64"),
            "dits": [format_number(x) for x in communes[names["population"]]],
            "temps": [format_minutes(x) for x in minutes],
        }
    )
    return themed(
        alt.Chart(data)
        .mark_bar(color=NEUTRAL)
        .encode(
            y=alt.Y("commune:N", sort=None, axis=alt.Axis(title=None, labelLimit=LABEL_LIMIT)),
            x=alt.X("habitants:Q", axis=alt.Axis(title=wording.INHABITANTS, tickCount=4)),
            tooltip=[
                alt.Tooltip("commune:N", title=names["commune_name"]),
                alt.Tooltip("dits:N", title=names["population"]),
                alt.Tooltip("temps:N", title=names["travel_time_min"]),
            ],
        )
    )  # fmt: skip


def trends_chart(activity: pd.DataFrame) -> Spec | None:
    """
    Draw how the main activities change, each as a share of its own first year.

    Parameters
    ----------
    activity
        See `geo.territories.activity.area_activity`.

    Returns
    -------
    specification
        Of Vega-Lite, a line per measure of `words_activity.TRENDS` known in every year, named at
        its end; None with no such measure.
    """
    data = _trends(activity)
    if data.empty:
        return None
    import altair as alt  # noqa: PLC0415

    last = int(data["année"].max())
    lines = alt.Chart(data).encode(
        x=alt.X("année:O", axis=alt.Axis(title=None, labelAngle=0)),
        y=alt.Y(
            "indice:Q", scale=alt.Scale(zero=False),
            axis=alt.Axis(title=words_activity.INDEX.format(first=int(data["année"].min()))),
        ),
        color=alt.Color("mesure:N", scale=alt.Scale(range=list(LINES)), legend=None),
        strokeDash=alt.StrokeDash("mesure:N", legend=None),
        tooltip=[
            alt.Tooltip("mesure:N", title=words_activity.FIGURE),
            alt.Tooltip("année:O", title=words_activity.YEAR),
            alt.Tooltip("valeur:N", title=words_activity.VALUE),
        ],
    )  # fmt: skip
    names = lines.transform_filter(f"datum.année == {last}").mark_text(
        align="left", dx=8, fontSize=FONT_SIZE
    )
    drawn = lines.mark_line(strokeWidth=2.5, point=True) + names.encode(text="mesure:N")
    return themed(drawn) | {"padding": {"left": 5, "top": 5, "bottom": 5, "right": NAMES_WIDTH}}


def _trends(activity: pd.DataFrame) -> pd.DataFrame:
    """List the measures of the chart: `mesure`, `année`, `valeur` as it is read, `indice`."""
    rows = []
    years = set(activity.year) if not activity.empty else set()
    for key, label in words_activity.TRENDS.items():
        known = activity[activity.measure == key].dropna(subset="value").sort_values("year")
        if not years or set(known.year) != years or not known.value.iloc[0]:
            continue
        first = float(known.value.iloc[0])
        rows += [
            (label, int(year), format_number(value), round(float(value) / first * 100, 1))
            for year, value in zip(known.year, known.value, strict=True)
        ]
    return pd.DataFrame(rows, columns=["mesure", "année", "valeur", "indice"])


def rows_height(count: int) -> int:
    """Pixels that horizontal bars need, axis included."""
    return ROW_HEIGHT * max(count, 1) + 60
