"""Points, arcs that fan out, and the network of a GHT."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.partnerships.bundled import build_partnerships, build_places
from geo.partnerships.collection import Collection, collection_of
from geo.partnerships.links import ARC_COLUMNS, arcs, curve, points
from geo.partnerships.network import EDGE_COLUMNS, network
from tests import builders

SITES = builders.sites(km=[0, 10, 20, 0])
MEMBERS = builders.members()


def party(name: str, site: int | None = None, role: str = "partenaire") -> dict[str, object]:
    kind = "groupement" if role == "structure" else "public"
    return {
        "name": name,
        "kind": kind,
        "role": role,
        "finess_et": f"10000000{site}" if site else None,
    }


def collection(*parties: list[dict[str, object]], **overrides: object) -> Collection:
    records = [
        builders.partnership(number, parties=own, **overrides)
        for number, own in enumerate(parties, 1)
    ]
    tables = build_partnerships(records, build_places(SITES, MEMBERS))
    return collection_of(builders.atlas(establishments=SITES, **tables))


SUPPORT, MEMBER = party("CH", 1, "support"), party("Autre CH", 2, "membre")


def ends(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table.from_name, table.to_name, strict=True))


@pytest.mark.parametrize(
    ("parties", "expected"),
    [
        ([SUPPORT, party("P", 3)], [("CH", "P")]),
        ([SUPPORT, MEMBER, party("P", 3)], [("CH", "P"), ("Autre CH", "P")]),
        ([SUPPORT, MEMBER], [("CH", "Autre CH")]),
        ([SUPPORT, party("Sans lieu")], []),
        ([party("P", 3)], [("Hôpital 1", "P")]),
        ([party("Sans lieu")], []),
        ([SUPPORT, party("Sur place", 4)], []),
        ([SUPPORT, party("GCS", 3, "structure")], [("CH", "GCS")]),
        ([SUPPORT, party("P", 3), party("GCS", 3, "structure")], [("CH", "P")]),
        ([SUPPORT], []),
    ],
)
def test_which_ends_are_linked(
    parties: list[dict[str, object]], expected: list[tuple[str, str]]
) -> None:
    assert ends(arcs(collection(parties))) == expected


def test_a_ght_without_located_support_has_no_arc() -> None:
    found = collection([party("P", 3)], ght_codes=["HF-13"])
    lost = replace(found, ghts=found.ghts.assign(lon=np.nan))
    assert arcs(lost).empty
    assert arcs(lost).columns.to_list() == list(ARC_COLUMNS)


def test_an_arc_says_what_it_is_and_goes_from_end_to_end() -> None:
    row = arcs(collection([SUPPORT, party("P", 3)]), points_per_arc=5).iloc[0]
    assert (row.family, row.form_label) == ("convention", "Convention de partenariat")
    assert (row.sector, row.status_label) == ("public", "Signé")
    assert row.distance_km == pytest.approx(20, rel=1e-6)
    assert len(row.path) == 5
    assert row.path[0] == [round(row.from_lon, 5), round(row.from_lat, 5)]
    assert row.path[-1] == [round(row.to_lon, 5), round(row.to_lat, 5)]


def test_arcs_that_share_their_ends_fan_out_whichever_way_they_go() -> None:
    there, back = [SUPPORT, party("P", 3)], [party("P", 3, "membre"), party("CH", 1)]
    table = arcs(collection(there, back, there), points_per_arc=3)
    middles = [path[1][1] for path in table.path]
    assert len(set(middles)) == 3
    assert middles[0] > 0 > middles[1]
    assert middles[2] == pytest.approx(2 * middles[0], rel=1e-3)


PLACES = st.tuples(st.floats(-60, 55), st.floats(-21, 51))


@given(PLACES, PLACES, st.integers(0, 9), st.integers(2, 30))
def test_a_curve_joins_its_ends(
    start: tuple[float, float], end: tuple[float, float], order: int, count: int
) -> None:
    path = curve(start, end, order, count)
    assert path.shape == (count, 2)
    np.testing.assert_allclose(path[[0, -1]], [start, end], atol=1e-9)
    assert np.isfinite(path).all()


@given(PLACES, PLACES, st.integers(0, 9))
def test_a_curve_is_the_same_both_ways(
    start: tuple[float, float], end: tuple[float, float], order: int
) -> None:
    there, back = curve(start, end, order, 9), curve(end, start, order, 9)
    np.testing.assert_allclose(there, back[::-1], atol=1e-9)


def test_a_point_gathers_the_parties_of_a_place() -> None:
    table = points(collection([SUPPORT, party("P", 3)], [SUPPORT, party("Sur place", 4)]))
    assert table.party_name.to_list() == ["CH", "P"]
    assert table.partnership_count.to_list() == [2, 1]
    assert table.partnership_ids.to_list() == ["partenariat-1;partenariat-2", "partenariat-1"]
    assert table.city.isna().all()
    assert table.kind_label[0] == "Établissement public"
    assert points(collection([party("Sans lieu")])).empty


def test_the_network_has_members_inside_and_partners_outside() -> None:
    found = network(
        collection([SUPPORT, MEMBER, party("P"), party("GCS", None, "structure")]), "GE-06"
    )
    nodes = found.nodes.set_index("node_id")
    assert nodes.group.to_dict() == {
        "GE-06": "ght", "100000002": "membre", "100000001": "membre", "p": "partenaire",
        "gcs": "structure",
    }  # fmt: skip
    aside = nodes.x.abs()
    assert aside[["100000001", "100000002"]].max() < aside[["p", "gcs"]].min() <= 1
    edges = found.edges
    assert list(edges.columns) == list(EDGE_COLUMNS)
    assert set(edges.source_id) | set(edges.target_id) <= set(nodes.index)
    assert (edges.edge_kind == "partenariat").sum() == 4
    assert edges.partnership_id.isna().sum() == 2


def test_a_party_met_twice_is_one_node_and_members_alone_are_linked() -> None:
    found = network(collection([SUPPORT, MEMBER], [SUPPORT, party("P")]), "GE-06")
    assert found.nodes.node_id.is_unique
    links = found.edges[found.edges.edge_kind == "partenariat"]
    assert list(zip(links.source_id, links.target_id, strict=True)) == [
        ("100000001", "100000002"), ("100000001", "p"),
    ]  # fmt: skip


def test_without_a_member_the_ght_itself_is_linked_and_another_ght_is_alone() -> None:
    found = collection([party("P")])
    assert network(found, "GE-06").edges[["source_id", "target_id"]].to_numpy().tolist() == [
        ["GE-06", "p"]
    ]
    other = network(found, "HF-13")
    assert other.nodes.node_id.to_list() == ["HF-13"]
    assert other.edges.empty
