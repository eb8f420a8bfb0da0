"""What the charts of every subject share: French formats, colours, the settings of a chart."""

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.drawing.palette import INK, PAPER
from geo.formats import NARROW_SPACE

if TYPE_CHECKING:
    import altair as alt

FRENCH_TIME: Final = {
    "dateTime": "%A %e %B %Y %X", "date": "%d/%m/%Y", "time": "%H:%M:%S", "periods": ["", ""],
    "days": ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
    "shortDays": ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
    "months": [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre",
    ],
    "shortMonths": [
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
        "déc.",
    ],
}  # fmt: skip

# At least 3:1 on the white and on the dark background alike; shapes differ too.
NEUTRAL: Final = "#4f86b5"
SECOND: Final = "#c46a00"
PALE: Final = "#8a949e"
Spec = dict[str, Any]
# French numbers on an axis: Streamlit does not let a chart change the locale of Vega.
FRENCH_LABEL: Final = (
    f"replace(replace(format(datum.value, ',~f'), regexp(',', 'g'), '{NARROW_SPACE}'), '.', ',')"
)

FRENCH_NUMBERS: Final = {
    "decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", "\u00a0€"],
    "percent": "\u00a0%",
}  # fmt: skip
NO_MENU: Final = {"actions": False}
FRENCH: Final = {"formatLocale": FRENCH_NUMBERS, "timeFormatLocale": FRENCH_TIME, **NO_MENU}


def spec(chart: "alt.TopLevelMixin") -> Spec:
    """
    Write a chart as what the browser draws: to keep, since Altair takes its time to write it.

    Its own check takes as long again, for the same charts at each change of filters: tests do it.
    """
    written: Spec = chart.to_dict(validate=False)
    return written


def page_spec(chart: Any) -> Spec:  # noqa: ANN401 - several classes of Altair
    """Write a chart that keeps the colours of the page; numbers on its axes are `FRENCH_LABEL`."""
    return spec(chart.properties(usermeta={"embedOptions": NO_MENU}))


def finished(chart: Any) -> "alt.LayerChart":  # noqa: ANN401 - several classes of Altair
    """
    Give a chart the looks of the atlas: French numbers and dates, its ink, no frame.

    It keeps its paper in a dark theme: the colours of forms are chosen for it, as on the map.
    """
    finished: alt.LayerChart = (
        chart.properties(usermeta={"embedOptions": FRENCH}, background=PAPER)
        .configure_view(strokeWidth=0)
        .configure_axis(labelColor=INK, titleColor=INK, gridColor="#d5dbe1")
        .configure_legend(labelColor=INK, titleColor=INK)
    )
    return finished


def scale_of(values: dict[str, str] | Any) -> "alt.Scale":  # noqa: ANN401 - any mapping of texts
    """Make a scale of given values."""
    import altair as alt  # noqa: PLC0415

    return alt.Scale(domain=list(values), range=list(values.values()))


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """Give texts the type that Altair knows."""
    texts = table.select_dtypes(include=["object", "str"]).columns
    return table.astype(dict.fromkeys(texts, object))
