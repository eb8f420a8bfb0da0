"""The network of a GHT as a chart, and its table."""

import textwrap
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.atlas import vocabulary
from geo.drawing.charts import FONT_SIZE, IS_NARROW, Spec, plain, scale_of, themed
from geo.drawing.palette import FAMILY_COLORS, PAPER, SECTOR_MARKS
from geo.partnerships import words as wording
from geo.partnerships.charts import dash_scale
from geo.partnerships.network import Network

WRAP: Final = 26
ROW_HEIGHT, LEAST_HEIGHT = 56, 420  # pixels
SHAPES: Final = {"circle": "circle", "square": "square", "diamond": "diamond"} | {
    "triangle": "triangle-up",
    # Five-pointed, on a square of 2 by 2.
    "star": "M0,-1L.24,-.33L.95,-.31L.38,.12L.59,.81L0,.4L-.59,.81L-.38,.12L-.95,-.31L-.24,-.33Z",
}
EXTENT: Final = 1.85
INSIDE: Final = 0.4  # half the width of the frame of the members
ROOM: Final = 0.24  # from the last members to their frame
_LINES: Final = {"lineBreak": "\n", "lineHeight": 13}
NAME_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "right": {"align": "left", "dx": 11, "baseline": "middle", **_LINES},
    "left": {"align": "right", "dx": -11, "baseline": "middle", **_LINES},
    "above": {"align": "center", "dy": -12, "baseline": "line-bottom", **_LINES},
    "far_above": {"align": "center", "dy": -25, "baseline": "line-bottom", **_LINES},
}
GHT_COLOR: Final = "#1f4e79"
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
        A frame for the GHT, its members inside; links in the colour of the form and the dash of the
        state, a number on those that stand for several; marks by sector, names beside them.
    """
    import altair as alt  # noqa: PLC0415

    nodes = graph.nodes.assign(
        name=[_wrapped(label) for label in graph.nodes.label],
        side=graph.nodes.x.gt(0).map({True: "right", False: "left"}),
    )
    # Nothing moves up a name of two lines by itself.
    above = nodes.name.str.contains("\n").map({True: "far_above", False: "above"})
    nodes["side"] = nodes.side.mask(nodes.group == "membre", above)
    edges = _placed(graph)
    x = alt.X("x:Q", scale=alt.Scale(domain=[-EXTENT, EXTENT]), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[-1.2, 1.2]), axis=None)
    tips = {"titles": "Partenariat", "form_label": "Forme", "status_label": "État"}
    links = alt.Chart(plain(edges)).encode(
        tooltip=[alt.Tooltip(f"{key}:N", title=label) for key, label in tips.items()]
    )
    lines = links.mark_rule(strokeWidth=3.5).encode(
        x=x, y=y, x2="x2:Q", y2="y2:Q",
        color=alt.Color("family:N", legend=None, scale=scale_of(FAMILY_COLORS)),
        strokeDash=alt.StrokeDash("status:N", legend=None, scale=dash_scale()),
    )  # fmt: skip
    several = links.transform_filter("datum.count > 1").encode(
        x=alt.X("middle_x:Q", axis=None), y=alt.Y("middle_y:Q", axis=None)
    )
    numbers = [
        several.mark_point(filled=True, size=360, color=PAPER, opacity=1),
        several.mark_text(fontSize=FONT_SIZE, fontWeight=600, baseline="middle").encode(
            text="count:Q"
        ),
    ]
    drawn = alt.layer(*_frame(nodes), lines, *numbers, *_node_layers(nodes, x, y))
    # A colour says a form on a line, and a sector on a mark.
    return themed(drawn.resolve_scale(color="independent", shape="independent"), on_paper=True)


def network_height(graph: Network) -> int:
    """Pixels that the rows of a network need."""
    rows = max((graph.nodes.x > INSIDE).sum(), (graph.nodes.x < -INSIDE).sum())
    return max(LEAST_HEIGHT, ROW_HEIGHT * int(rows) + 100)


def _frame(nodes: pd.DataFrame) -> list[Any]:
    """Draw the GHT as a frame around its members, with its name."""
    import altair as alt  # noqa: PLC0415

    members = nodes.y[nodes.group == "membre"]
    high = (members.abs().max() if len(members) else 0.0) + ROOM
    name = nodes.label[nodes.group == "ght"].iloc[0]
    box = pd.DataFrame({"x": [-INSIDE], "x2": [INSIDE], "y": [-high], "y2": [high]})
    frame = alt.Chart(box.assign(name=wording.GHT_FRAME.format(name=name), at=0.0))
    corners: dict[str, Any] = {
        "x": alt.X("x:Q", axis=None), "x2": "x2:Q", "y": alt.Y("y:Q", axis=None), "y2": "y2:Q",
    }  # fmt: skip
    middle: dict[str, Any] = {"x": alt.X("at:Q", axis=None), "y": alt.Y("y2:Q", axis=None)}
    title: dict[str, Any] = {"fontSize": 14, "fontWeight": 600, "dy": -8, "baseline": "bottom"}
    return [
        frame.mark_rect(
            fill="#eef3f8", stroke=GHT_COLOR, strokeWidth=2, cornerRadius=28
        ).encode(**corners),
        frame.mark_text(color=GHT_COLOR, **title).encode(**middle, text="name:N"),
    ]  # fmt: skip


def _node_layers(nodes: pd.DataFrame, x: Any, y: Any) -> list[Any]:  # noqa: ANN401
    """Draw the marks and the names of a network."""
    import altair as alt  # noqa: PLC0415

    colors = {sector: mark.color for sector, mark in SECTOR_MARKS.items()}
    shapes = {sector: SHAPES[mark.shape] for sector, mark in SECTOR_MARKS.items()}
    tips = [alt.Tooltip("label:N", title="Nom"), alt.Tooltip("kind_label:N", title="Nature")]
    shown = nodes[nodes.group != "ght"]
    layers = [
        alt.Chart(plain(shown))
        .mark_point(size=170, filled=True, opacity=1, stroke="#ffffff")
        .encode(
            x=x, y=y, tooltip=tips,
            color=alt.Color("sector:N", legend=None, scale=scale_of(colors)),
            shape=alt.Shape("sector:N", legend=None, scale=scale_of(shapes)),
        )
    ]  # fmt: skip
    for side, look in NAME_LOOKS.items():
        names = alt.Chart(plain(shown[shown.side == side])).encode(x=x, y=y, tooltip=tips)
        # Too many for a phone: the table has them.
        names = names.transform_calculate(shown=f"{IS_NARROW} ? '' : datum.name")
        names = names.encode(text="shown:N")
        # A rim keeps the name of a member legible over a link.
        rim: dict[str, Any] = {"color": "#eef3f8", "stroke": "#eef3f8", "strokeWidth": 5}
        layers += [names.mark_text(fontSize=12, **rim, **look)] if "above" in side else []
        layers.append(names.mark_text(fontSize=12, **look))
    return layers


def _wrapped(label: str) -> str:
    """Break a name into short lines."""
    return "\n".join(textwrap.wrap(label, WRAP))


def _placed(graph: Network) -> pd.DataFrame:
    """
    Give the links the positions of their ends.

    Those that share their ends, their family and their state are one, with their number; the
    others run side by side.
    """
    places = graph.nodes.set_index("node_id")
    found = graph.edges[graph.edges.edge_kind == "partenariat"]
    edges = found.groupby(
        ["source_id", "target_id", "family", "status"], as_index=False, sort=False
    ).agg(
        count=("title", "size"), titles=("title", " ; ".join),
        form_label=("form_label", lambda labels: ", ".join(dict.fromkeys(labels))),
    )  # fmt: skip
    ends = {
        "x": ("source_id", "x"), "y": ("source_id", "y"),
        "x2": ("target_id", "x"), "y2": ("target_id", "y"),
    }  # fmt: skip
    for name, (end, axis) in ends.items():
        edges[name] = edges[end].map(places[axis]).astype("float64")
    alike = edges.groupby(["source_id", "target_id"]).source_id
    shift = GAP * (alike.cumcount() - (alike.transform("size") - 1) / 2)
    across_x, across_y = edges.y - edges.y2, edges.x2 - edges.x
    length = np.hypot(across_x.to_numpy(), across_y.to_numpy()).clip(min=1e-9)
    for name, across in (("x", across_x), ("x2", across_x), ("y", across_y), ("y2", across_y)):
        edges[name] += shift * across / length
    return edges.assign(
        middle_x=(edges.x + 2 * edges.x2) / 3,
        middle_y=(edges.y + 2 * edges.y2) / 3,
        status_label=edges.status.map(vocabulary.STATUSES),
    )


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
