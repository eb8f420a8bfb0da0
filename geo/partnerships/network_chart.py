"""The network of a GHT as a chart, and its table."""

import textwrap
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.atlas import vocabulary
from geo.drawing.charts import Spec, plain, scale_of, themed
from geo.drawing.palette import FAMILY_COLORS, PAPER, SECTOR_MARKS
from geo.partnerships import words as wording
from geo.partnerships.charts import dash_scale
from geo.partnerships.network import Network

WRAP: Final = 20
SHAPES: Final = {"circle": "circle", "square": "square", "diamond": "diamond"} | {
    "triangle": "triangle-up",
    # Five-pointed, on a square of 2 by 2.
    "star": "M0,-1L.24,-.33L.95,-.31L.38,.12L.59,.81L0,.4L-.59,.81L-.38,.12L-.95,-.31L-.24,-.33Z",
}
EXTENT: Final = 1.7
STRAIGHT: Final = 0.05  # nearer to the middle, a name goes above or below its mark
_LINES: Final = {"lineBreak": "\n", "lineHeight": 13}
NAME_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "right": {"align": "left", "dx": 11, "baseline": "middle", **_LINES},
    "left": {"align": "right", "dx": -11, "baseline": "middle", **_LINES},
    "above": {"align": "center", "dy": -12, "baseline": "line-bottom", **_LINES},
    "below": {"align": "center", "dy": 12, "baseline": "line-top", **_LINES},
}
GAP: Final = 0.03  # between links that share their ends


def network_chart(graph: Network) -> Spec:
    """
    Draw the network of a GHT.

    Parameters
    ----------
    graph
        Positions in [-1, 1].

    Returns
    -------
    specification
        Links in the colour of the form and the dash of the state, thin grey ones to the members;
        marks by sector, names beside them.
    """
    import altair as alt  # noqa: PLC0415

    nodes = graph.nodes.assign(
        name=[_wrapped(label) for label in graph.nodes.label],
        side=[_side(x, y) for x, y in zip(graph.nodes.x, graph.nodes.y, strict=True)],
    )
    edges = _placed(graph)
    x = alt.X("x:Q", scale=alt.Scale(domain=[-EXTENT, EXTENT]), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[-1.2, 1.2]), axis=None)
    ties, links = (
        alt.Chart(plain(edges[edges.edge_kind == kind])).encode(x=x, y=y, x2="x2:Q", y2="y2:Q")
        for kind in ("membre", "partenariat")
    )
    tips = {"title": "Partenariat", "form_label": "Forme", "status_label": "État"}
    layers = [
        ties.mark_rule(color="#b6c0c9", strokeWidth=1.5),
        links.mark_rule(strokeWidth=3.5).encode(
            color=alt.Color("family:N", legend=None, scale=scale_of(FAMILY_COLORS)),
            strokeDash=alt.StrokeDash("status:N", legend=None, scale=dash_scale()),
            tooltip=[alt.Tooltip(f"{key}:N", title=label) for key, label in tips.items()],
        ),
    ]
    drawn = alt.layer(*layers, *_node_layers(nodes, x, y))
    # A colour says a form on a line, and a sector on a mark.
    return themed(drawn.resolve_scale(color="independent", shape="independent"), on_paper=True)


def _node_layers(nodes: pd.DataFrame, x: Any, y: Any) -> list[Any]:  # noqa: ANN401
    """Draw the marks and the names of a network."""
    import altair as alt  # noqa: PLC0415

    colors = {sector: mark.color for sector, mark in SECTOR_MARKS.items()}
    shapes = {sector: SHAPES[mark.shape] for sector, mark in SECTOR_MARKS.items()}
    tips = [alt.Tooltip("label:N", title="Nom"), alt.Tooltip("kind_label:N", title="Nature")]
    marks = alt.Chart(plain(nodes[nodes.group != "ght"])).encode(x=x, y=y, tooltip=tips)
    layers = [
        marks.mark_point(size=170, filled=True, opacity=1, stroke="#ffffff").encode(
            color=alt.Color("sector:N", legend=None, scale=scale_of(colors)),
            shape=alt.Shape("sector:N", legend=None, scale=scale_of(shapes)),
        )
    ]
    for side, look in NAME_LOOKS.items():
        chosen = nodes[(nodes.side == side) & (nodes.group != "ght")]
        names = alt.Chart(plain(chosen)).encode(x=x, y=y, text="name:N", tooltip=tips)
        # A white rim keeps a name legible over a line.
        layers.append(
            names.mark_text(fontSize=12, color=PAPER, stroke=PAPER, strokeWidth=4, **look)
        )
        layers.append(names.mark_text(fontSize=12, **look))
    centre = alt.Chart(plain(nodes[nodes.group == "ght"])).encode(x=x, y=y)
    layers.append(centre.mark_point(size=1500, filled=True, opacity=1, color="#1f4e79"))
    layers.append(
        centre.mark_text(
            lineBreak="\n", fontWeight="bold", color="#ffffff", fontSize=12, baseline="middle"
        ).encode(text=alt.value("GHT"))
    )
    return layers


def _side(x: float, y: float) -> str:
    """Choose where the name of a mark goes: away from the middle."""
    if abs(x) > STRAIGHT:
        return "right" if x > 0 else "left"
    return "above" if y > 0 else "below"


def _wrapped(label: str) -> str:
    """Break a name into short lines, three at most."""
    return "\n".join(textwrap.wrap(label, WRAP, max_lines=3, placeholder="…"))


def _placed(graph: Network) -> pd.DataFrame:
    """Give the links the positions of their ends; those that share both run side by side."""
    places = graph.nodes.set_index("node_id")
    edges = graph.edges.assign(
        x=graph.edges.source_id.map(places.x).astype("float64"),
        y=graph.edges.source_id.map(places.y).astype("float64"),
        x2=graph.edges.target_id.map(places.x).astype("float64"),
        y2=graph.edges.target_id.map(places.y).astype("float64"),
        status_label=graph.edges.status.map(vocabulary.STATUSES),
    )
    alike = edges.groupby(["source_id", "target_id"]).source_id
    shift = GAP * (alike.cumcount() - (alike.transform("size") - 1) / 2)
    across_x, across_y = edges.y - edges.y2, edges.x2 - edges.x
    length = np.hypot(across_x.to_numpy(), across_y.to_numpy()).clip(min=1e-9)
    for name, across in (("x", across_x), ("x2", across_x), ("y", across_y), ("y2", across_y)):
        edges[name] += shift * across / length
    return edges


def network_table(graph: Network) -> pd.DataFrame:
    """Write the links of a network for the screen: columns of `NETWORK_COLUMNS`."""
    nodes = graph.nodes.set_index("node_id")
    table = graph.edges.assign(
        source=graph.edges.source_id.map(nodes.label),
        target=graph.edges.target_id.map(nodes.label),
        target_kind=graph.edges.target_id.map(nodes.kind_label),
        status_label=graph.edges.status.map(vocabulary.STATUSES),
    )
    table["title"] = table.title.fillna(wording.MEMBERSHIP)
    return table[list(wording.NETWORK_COLUMNS)].rename(columns=dict(wording.NETWORK_COLUMNS))
