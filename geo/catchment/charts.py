"""The chart of the models: its figures are in a table beside it."""

from typing import Any, Final

import pandas as pd

from geo.catchment import words
from geo.drawing.charts import Spec, themed
from geo.formats import format_deviation, format_number
from geo.territories.published import qualified, year_text

SHAPES: Final = ("circle", "square", "triangle-up", "diamond")
COLORS: Final = ("#1f4e79", "#b3240b", "#00665a", "#6b3fa0")
ROW_HEIGHT: Final = 44
MARGINS_HEIGHT: Final = 110


def chart_height(comparison: pd.DataFrame) -> int:
    """Pixels that the rows of a chart need, axis and legend included."""
    rows = comparison[comparison.figure == words.FIGURES["population"]]
    return ROW_HEIGHT * max(rows.area_name.nunique(), 1) + MARGINS_HEIGHT


def deviation_chart(comparison: pd.DataFrame) -> Spec:
    """
    Draw the deviation of each model for each GHT that has published a population.

    Parameters
    ----------
    comparison
        From `geo.catchment.tables.named_comparison`.

    Returns
    -------
    specification
        One row per GHT; a shape and a colour per model; the 20 % band behind. Deviations are
        formatted in French; rows without a modelled figure are left to the table.
    """
    import altair as alt  # noqa: PLC0415  a second that the other pages spare

    rows = comparison[comparison.figure == words.FIGURES["population"]]
    known = rows.dropna(subset=["deviation_percent"])
    data = pd.DataFrame(
        {
            "ght": known.area_name.astype(str),
            "modele": known.model.astype(str),
            "ecart": known.deviation_percent.astype("float64").round(1),
            "Écart": known.deviation_percent.map(format_deviation),
            "Modélisé": known.modelled.map(format_number),
            "Publié": [
                qualified(format_number(value), qualifier)
                for value, qualifier in zip(known.published, known.qualifier, strict=True)
            ],
            "Année": [
                year_text(*cells) for cells in zip(known.year, known.year_certainty, strict=True)
            ],
        }
    )
    models = list(dict.fromkeys(rows.model))
    order = rows.groupby("area_name").deviation_percent.median().sort_values().index.tolist()
    axis = alt.Axis(labelExpr="datum.label + ' %'", title=words.CHART, format="d", tickCount=10)
    y: Any = alt.Y(
        "ght:N",
        sort=order,
        title=None,
        axis=alt.Axis(labelOverlap=False, grid=True),
    )
    look = {
        "color": alt.Color(
            "modele:N", title=None, sort=models, scale=alt.Scale(domain=models, range=[*COLORS]),
            legend=alt.Legend(orient="top", columns=2, labelLimit=240),
        ),
        "shape": alt.Shape(
            "modele:N", title=None, sort=models, scale=alt.Scale(domain=models, range=[*SHAPES])
        ),
        # Two models that agree stay both visible.
        "yOffset": alt.YOffset("modele:N", sort=models, scale=alt.Scale(domain=models)),
        "tooltip": [
            alt.Tooltip("ght:N", title="GHT"), alt.Tooltip("modele:N", title="Modèle"),
            alt.Tooltip("Écart:N"), alt.Tooltip("Modélisé:N"), alt.Tooltip("Publié:N"),
            alt.Tooltip("Année:N"),
        ],
    }  # fmt: skip
    band = alt.Chart(pd.DataFrame({"low": [-20], "high": [20]})).mark_rect(
        color="#8b98a4", opacity=0.22
    )
    points = alt.Chart(data).mark_point(size=110, filled=True, opacity=0.95)
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color="#6b7680")
    return themed(
        alt.layer(
            band.encode(x="low:Q", x2="high:Q"),
            zero.encode(x="zero:Q"),
            points.encode(x=alt.X("ecart:Q", axis=axis), y=y, **look),
        )
    )
