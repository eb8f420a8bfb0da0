"""The network of a GHT and its partners: who is where."""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from geo.atlas import vocabulary
from geo.formats import plain_text
from geo.partnerships.collection import Collection
from geo.partnerships.counts import split
from geo.partnerships.links import STRUCTURE, _about
from geo.partnerships.records import MEMBER_ROLES

# Members stand in a column, the most linked one in its middle; partners at left and at right of it,
# a row each, so that no name meets another one nor a link.
STEP: Final = 0.34  # between two members, at most
ASIDE: Final = 0.16  # of the column, so that two members of it are linked beside the others
NEAREST, FARTHEST = 0.62, 1.0  # of the partners from the column
NODE_COLUMNS: Final = ("node_id", "label", "kind", "kind_label", "sector", "group", "x", "y")
EDGE_COLUMNS: Final = (
    "source_id", "target_id", "edge_kind", "partnership_id", "title", "form", "form_label",
    "family", "status",
)  # fmt: skip


@dataclass(frozen=True)
class Network:
    """
    The partnerships of a GHT as a graph laid out around its members.

    Attributes
    ----------
    nodes
        `NODE_COLUMNS`: `group` is "ght", "membre" (inside), "structure" or "partenaire" (at left
        and at right, by family of forms); `x`, `y` in [-1, 1].
    edges
        `EDGE_COLUMNS`: `edge_kind` is "membre" (from the GHT to a member, no partnership) or
        "partenariat".
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame


def network(collection: Collection, ght_code: str) -> Network:
    """
    Lay the partnerships of a GHT out as a graph.

    Parameters
    ----------
    collection
        Filtered or not.
    ght_code
        A GHT of the list.

    Returns
    -------
    network
        Only the node of the GHT when it has no partnership here.
    """
    name = collection.ghts.set_index("ght_code").ght_name[ght_code]
    heads = collection.partnerships
    own = heads[heads.ght_codes.map(split).map(lambda codes: ght_code in codes)]
    parties = collection.parties[collection.parties.partnership_id.isin(own.partnership_id)]
    parties = parties.assign(
        node_id=[_node_id(party) for party in parties.itertuples()],
        group=[_group(role) for role in parties.role],
        sector=parties.kind.map(vocabulary.KIND_SECTORS),
    )
    families = own.set_index("partnership_id").form.map(vocabulary.FORM_FAMILY)
    parties = parties.assign(
        family=parties.partnership_id.map(families).map(list(vocabulary.FORM_FAMILIES).index),
        links=parties.groupby("node_id").partnership_id.transform("nunique"),
    )
    nodes = _place(parties.sort_values("family", kind="stable").drop_duplicates("node_id"))
    centre = {"node_id": ght_code, "label": name, "kind": "public", "group": "ght"}
    centre |= {
        "kind_label": vocabulary.PARTY_KINDS["public"],
        "sector": "public",
        "x": 0.0,
        "y": 0.0,
    }
    laid = pd.DataFrame([centre, *nodes], columns=list(NODE_COLUMNS))
    members = laid.node_id[laid.group == "membre"]
    edges = [{"source_id": ght_code, "target_id": node, "edge_kind": "membre"} for node in members]
    for head in own.itertuples():
        nodes_of = parties[parties.partnership_id == head.partnership_id]
        edges += [_about(head) | edge for edge in _edges(nodes_of, ght_code)]
    return Network(laid, pd.DataFrame(edges, columns=list(EDGE_COLUMNS)))


def _node_id(party: Any) -> str:  # noqa: ANN401 - a row of itertuples
    """Recognise a party from one partnership to another: by its site, else by its name."""
    if isinstance(party.finess_et, str):
        return party.finess_et
    return plain_text(party.party_name).replace(" ", "-")


def _group(role: str) -> str:
    if role in MEMBER_ROLES:
        return "membre"
    return STRUCTURE if role == STRUCTURE else "partenaire"


def _edges(parties: pd.DataFrame, ght_code: str) -> Iterator[dict[str, Any]]:
    """Link the members, or the GHT without any, to the others; members alone to the first."""
    inside = parties.node_id[parties.group == "membre"].drop_duplicates().tolist()
    outside = parties.node_id[parties.group != "membre"].drop_duplicates().tolist()
    pairs = itertools.product(inside or [ght_code], outside)
    if not outside:
        pairs = itertools.product(inside[:1], inside[1:])
    for source, target in pairs:
        yield {"source_id": source, "target_id": target, "edge_kind": "partenariat"}


def _place(parties: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Put members in a column and the others on its two sides, families together."""
    is_member = parties.group == "membre"
    inside = parties[is_member].sort_values(["links", "party_name"], ascending=[False, True])
    outside = parties[~is_member].sort_values(["family", "sector", "party_name"])
    places = [*_column(len(inside)), *_sides(len(outside))]
    ordered = pd.concat([inside, outside])
    for party, (x, y) in zip(ordered.itertuples(), places, strict=True):
        yield {
            "node_id": party.node_id,
            "label": party.party_name,
            "kind": party.kind,
            "kind_label": vocabulary.PARTY_KINDS[str(party.kind)],
            "sector": party.sector,
            "group": party.group,
            "x": x,
            "y": y,
        }


def _column(count: int) -> Iterator[tuple[float, float]]:
    """Fill a column from its middle, one above and one below in turn."""
    floors = count // 2
    step = min(STEP, 1 / floors) if floors else STEP
    for rank in range(count):
        floor = (rank + 1) // 2
        aside = 0.0 if not floor else ASIDE if floor % 2 else -ASIDE
        yield aside, step * floor * (1 if rank % 2 else -1) if floor else 0.0


def _sides(count: int) -> Iterator[tuple[float, float]]:
    """Go down the right side, then up the left one, evenly."""
    right = (count + 1) // 2
    for rank in range(count):
        is_right = rank < right
        rows = right if is_right else count - right
        row = rank if is_right else count - 1 - rank
        y = 1 - 2 * (row + 0.5) / rows
        x = NEAREST + (FARTHEST - NEAREST) * math.sqrt(1 - y * y)
        yield x if is_right else -x, y
