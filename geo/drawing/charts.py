"""What the charts of every subject share: their theme, French formats, colours."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.drawing.palette import INK, PAPER
from geo.formats import MONTHS, NARROW_SPACE, NO_BREAK_SPACE

if TYPE_CHECKING:
    import altair as alt

# At least 3:1 on the white and on the dark background alike; shapes differ too.
NEUTRAL: Final = "#4f86b5"
SECOND: Final = "#c46a00"
PALE: Final = "#8a949e"
FONT_SIZE: Final = 13
LONGEST_LABEL: Final = 260
MOST_TICKS: Final = 7
IS_NARROW: Final = "windowSize()[0] < 700"  # for an expression of the browser: a phone
NUMBER_FORMAT: Final = ",~f"
# For an axis that writes its labels itself.
NUMBER_LABEL: Final = f"format(datum.value, '{NUMBER_FORMAT}')"
Spec = dict[str, Any]

LOCALE: Final = {
    "number": {
        "decimal": ",", "thousands": NARROW_SPACE, "grouping": [3],
        "currency": ["", f"{NO_BREAK_SPACE}€"], "percent": f"{NO_BREAK_SPACE}%",
    },
    "time": {
        "dateTime": "%A %e %B %Y %X", "date": "%d/%m/%Y", "time": "%H:%M:%S", "periods": ["", ""],
        "days": ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
        "shortDays": ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
        "months": MONTHS,
        "shortMonths": [
            "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.",
            "nov.", "déc.",
        ],
    },
}  # fmt: skip


def themed(chart: Any, ink: str = INK, *, on_paper: bool = False) -> Spec:  # noqa: ANN401
    """
    Write a chart as the browser draws it, in the looks of the atlas: to keep, for this takes time.

    The locale is that of Vega's own configuration: Streamlit drops the options of an embedding,
    but for three, and shows no menu.

    Parameters
    ----------
    chart
        Of Altair, one of several classes: marks, encodings, height. Its own check takes as long
        again, for the same charts at each change of filters: tests do it.
    ink
        Of its texts; axes and legends take that of the page.
    on_paper
        Whether it stays white in a dark theme, for colours that are chosen for it, as on the map.
    """
    written: Spec = chart.to_dict(validate=False)
    sizes: Spec = {"labelFontSize": FONT_SIZE, "titleFontSize": FONT_SIZE}
    config: Spec = {
        "locale": LOCALE, "numberFormat": NUMBER_FORMAT, "legend": sizes, "text": {"color": ink},
        "axis": sizes | {"labelLimit": LONGEST_LABEL},
    }  # fmt: skip
    if on_paper:
        inks = {"labelColor": INK, "titleColor": INK}
        axis = config["axis"] | inks | {"gridColor": "#d5dbe1"}
        config |= {"background": PAPER, "axis": axis, "legend": sizes | inks}
    return written | {"config": config}


def log_ticks(low: float, high: float) -> list[float]:
    """Choose what a logarithmic axis names: every power of ten, its 2 and 5 while that is few."""
    powers = np.arange(np.floor(np.log10(low)), np.floor(np.log10(high)) + 1)
    for steps in ((1.0, 2.0, 5.0), (1.0, 3.0), (1.0,)):
        ticks = [step * 10.0**power for power in powers for step in steps]
        shown = [tick for tick in ticks if low <= tick <= high]
        if len(shown) <= MOST_TICKS:
            break
    return shown


def scale_of(values: Mapping[str, Any]) -> "alt.Scale":
    """Make a scale of given values."""
    import altair as alt  # noqa: PLC0415

    return alt.Scale(domain=list(values), range=list(values.values()))


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """Give texts the type that Altair knows."""
    texts = table.select_dtypes(include=["object", "str"]).columns
    return table.astype(dict.fromkeys(texts, object))
