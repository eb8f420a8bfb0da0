"""Charts of a profile: specifications made once, drawn by the browser; each has its table."""

from typing import Final

import pandas as pd

from geo.drawing.charts import NEUTRAL, Spec, themed
from geo.formats import format_minutes, format_number
from geo.profile import words as wording

ROW_HEIGHT: Final = 24
LABEL_LIMIT: Final = 190


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


def rows_height(count: int) -> int:
    """Pixels that horizontal bars need, axis included."""
    return ROW_HEIGHT * max(count, 1) + 60
