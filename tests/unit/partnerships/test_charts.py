"""Charts and map rows of partnerships, on a small invented collection."""

from typing import Any

import altair as alt
import pandas as pd
import pytest

from geo.atlas.vocabulary import FORM_FAMILIES, FORM_FAMILY, KIND_SECTORS, SECTORS, STATUSES
from geo.drawing import palette
from geo.drawing.charts import Spec
from geo.partnerships import charts as partnerships_charts
from geo.partnerships import layers as partnerships_layers
from geo.partnerships import network_chart
from geo.partnerships import words as wording
from geo.partnerships.collection import Collection, collection_of, counts_by_ght, with_records
from geo.partnerships.links import arcs, points
from geo.partnerships.network import Network, network
from geo.partnerships.tables import matrix
from geo.partnerships.timeline import timeline
from tests import builders

UNTIL = pd.Timestamp(2026, 11, 22)
HOSPITAL = {
    "name": "CH de la ville 1", "kind": "public", "role": "support", "finess_et": "100000001",
}  # fmt: skip


def collected(*records: dict[str, Any]) -> Collection:
    """Gather invented partnerships, and only those."""
    atlas = builders.atlas()
    empty = collection_of(atlas)
    bare = {
        name: getattr(empty, name).iloc[:0]
        for name in ("partnerships", "parties", "events", "sources", "links")
    }
    return with_records(Collection(**bare, ghts=empty.ghts, regions=empty.regions), records, atlas)


def dated(value: str, number: int = 1, certainty: str = "stated", **more: object) -> dict[str, Any]:
    date = {"value": value, "certainty": certainty}
    fields: dict[str, object] = {"dates": {"signed": date}, "events": []}
    return builders.partnership(number, **(fields | more))


def bar(record: dict[str, Any]) -> pd.Series:
    return partnerships_charts.bars(timeline(collected(record)), UNTIL).iloc[0]


def test_every_code_has_its_look() -> None:
    assert set(palette.FAMILY_COLORS) == set(FORM_FAMILIES) == set(FORM_FAMILY.values())
    assert set(palette.STATUS_DASHES) == set(STATUSES)
    assert set(palette.SECTOR_MARKS) == set(SECTORS) == set(KIND_SECTORS.values())
    assert len(set(palette.STATUS_DASHES.values())) == len(STATUSES)
    assert len(set(palette.FAMILY_COLORS.values())) == len(FORM_FAMILIES)


@pytest.mark.parametrize(
    ("value", "sure"),
    [("2018-03-16", "2018-03-16"), ("2018-03", "2018-04-01"), ("2018", "2019-01-01")],
)
def test_a_vague_start_is_in_doubt_until_it_is_sure(value: str, sure: str) -> None:
    row = bar(dated(value))
    assert row.sure == pd.Timestamp(sure)
    assert row.stop == UNTIL


def test_what_is_earlier_is_pinned_with_its_true_year() -> None:
    row = bar(dated("1997"))
    assert row.start == row.sure == pd.Timestamp(2010, 1, 1)
    assert row.dates == "◀ depuis 1997"


def test_an_inferred_date_is_marked() -> None:
    assert bar(dated("2018", certainty="inferred")).dates == "≈ 2018"


def test_what_is_over_without_a_date_does_not_seem_to_go_on() -> None:
    row = bar(dated("2018", status="termine"))
    assert row.stop == row.sure
    assert row.right == "terminé, date de fin inconnue"


def test_an_end_is_where_the_bar_stops() -> None:
    dates = {
        "signed": {"value": "2018-03", "certainty": "stated"},
        "ended": {"value": "2020-05-02", "certainty": "stated"},
    }
    row = bar(dated("2018", dates=dates))
    assert row.stop == pd.Timestamp(2020, 5, 2)
    assert row.dates == "mars 2018 – 2 mai 2020"


def test_what_became_of_it_is_not_drawn_when_nobody_says_it() -> None:
    event = {"date": "2021", "certainty": "stated", "text": "Réunion.", "source": "journal"}
    row = bar(dated("2018", status="inconnu", events=[event]))
    assert row.stop == pd.Timestamp(2021, 12, 31), "the last thing that is known"
    assert row.right == "état inconnu ensuite"


def test_an_event_is_in_the_middle_of_its_date_and_none_is_left_of_the_edge() -> None:
    events = [
        {"date": "1999", "certainty": "stated", "text": "Avant.", "source": "journal"},
        {"date": "2018-03-16", "certainty": "stated", "text": "Jour.", "source": "journal"},
        {"date": "2019", "certainty": "stated", "text": "Année.", "source": "journal"},
    ]
    rows = timeline(collected(dated("2018", events=events)))
    marks = partnerships_charts.happenings(rows, partnerships_charts.bars(rows, UNTIL))
    assert marks["at"].tolist() == [pd.Timestamp(2018, 3, 16), pd.Timestamp(2019, 7, 2)]


def valid(spec: Spec) -> Spec:
    """Altair's own check raises on a wrong chart, before the browser does."""
    alt.LayerChart.from_dict(spec)
    assert spec["config"]["background"] == palette.PAPER, "colours of forms are made for it"
    return spec


def test_the_timeline_is_a_valid_chart_with_a_row_each() -> None:
    rows = timeline(collected(dated("2018"), dated("1997", 2)))
    drawn = valid(partnerships_charts.timeline_chart(rows, UNTIL))
    rows_drawn = drawn["layer"][1]["encoding"]["y"]
    assert rows_drawn["sort"] == ["partenariat-2", "partenariat-1"]
    assert '"partenariat-1": "Partenariat 1"' in rows_drawn["axis"]["labelExpr"]
    assert "données : 22 novembre 2026" in str(drawn["layer"][-1])
    assert [one["name"] for one in drawn["params"]] == [partnerships_charts.PICKED]
    assert "janvier" in str(drawn["config"])
    assert partnerships_charts.timeline_height(2) > partnerships_charts.timeline_height(0)


def test_the_rows_of_a_family_stand_together() -> None:
    records = [
        dated("2016", form="gie"),
        dated("2017", 2, form="programme"),
        dated("2018", 3, form="gip"),
    ]
    rows = partnerships_charts.bars(timeline(collected(*records)), UNTIL)
    assert rows.family.tolist() == ["gie_gip", "gie_gip", "programme"]
    assert rows.partnership_id.tolist()[:2] == ["partenariat-1", "partenariat-3"]


def test_the_table_of_the_timeline_says_it_in_words() -> None:
    record = builders.partnership(1)
    table = partnerships_charts.timeline_table(timeline(collected(record)))
    assert table["Nature"].tolist() == ["Période", "Événement"]
    assert table["Précision"].tolist() == ["au mois", "au mois"]
    assert table["Fin"].isna().tolist() == [False, True]


def graph(*records: dict[str, Any]) -> Network:
    return network(collected(*records), "GE-06")


def links(*records: dict[str, Any]) -> list[dict[str, Any]]:
    drawn = valid(network_chart.network_chart(graph(*records)))
    return [row for rows in drawn["datasets"].values() for row in rows if "titles" in row]


def test_links_alike_are_one_with_their_number() -> None:
    (link,) = links(dated("2018"), dated("2019", 2))
    assert link["count"] == 2
    assert link["titles"] == "Partenariat 1 ; Partenariat 2"


def test_other_links_that_share_their_ends_run_side_by_side() -> None:
    edges = links(dated("2018"), dated("2019", 2, form="programme"))
    assert [row["count"] for row in edges] == [1, 1]
    one, other = [(row["x"], row["y"]) for row in edges]
    assert one != other
    apart = ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5
    assert apart == pytest.approx(network_chart.GAP)


def test_the_table_of_the_network_names_the_members() -> None:
    table = network_chart.network_table(graph(dated("2018")))
    assert table["Partenariat"].tolist() == [wording.MEMBERSHIP, "Partenariat 1"]
    assert table["De"].tolist()[0] == "Aube et Sézannais"
    assert table["État"].isna().tolist() == [True, False]


def test_the_matrix_is_a_valid_chart_without_zeros() -> None:
    crossed = matrix(
        collected(dated("2018"), dated("2018", 2, form="gie", domains=["imagerie", "chirurgie"]))
    )
    drawn = valid(partnerships_charts.matrix_chart(crossed))
    (cells,) = drawn["datasets"].values()
    assert sorted(row["count"] for row in cells) == [1, 1, 1]
    assert partnerships_charts.matrix_height(9) > partnerships_charts.matrix_height(1)


# The rows of the map


def test_a_link_carries_its_form_its_state_and_its_dates() -> None:
    clinic = {
        "name": "Clinique", "kind": "prive_lucratif", "role": "partenaire", "city": "Troyes",
        "finess_et": "100000001",
    }  # fmt: skip
    assert arcs(collected(dated("2018", parties=[HOSPITAL, clinic]))).empty, "one place, no link"
    lines = pd.DataFrame(
        {
            "partnership_id": ["a"], "title": ["A"], "form_label": ["GIE"], "family": ["gie_gip"],
            "status": ["projet"], "status_label": ["En projet"], "from_name": ["X"],
            "to_name": ["Y"], "from_lon": [1.0], "from_lat": [2.0], "to_lon": [3.0],
            "to_lat": [4.0],
        }
    )  # fmt: skip
    (row,) = partnerships_layers.link_rows(lines, {"a": "2018"}).to_dict("records")
    assert row["link_id"] == "a"
    assert row["text"] == "GIE · En projet · 2018 · X – Y"
    assert row["color"] == palette.FAMILY_COLORS["gie_gip"]
    assert row["dash"] == "1 6"
    assert (row["lon1"], row["lat2"]) == (1.0, 4.0)


def test_a_mark_opens_the_only_partnership_of_its_place() -> None:
    one = partnerships_layers.part_rows(points(collected(dated("2018"))))
    two = partnerships_layers.part_rows(points(collected(dated("2018"), dated("2019", 2))))
    assert [mark.get("id") for mark in one] == ["partenariat-1"]
    assert [mark.get("id") for mark in two] == [None]
    assert "2\u00a0partenariats recensés" in two[0]["t"]


def test_territories_tell_those_with_partnerships() -> None:
    counts = counts_by_ght(collected(dated("2018")))
    areas = pd.DataFrame(
        {"area_code": ["GE-06", "HF-13", "NON-AFFECTE"], "kind": ["ght", "ght", "unassigned"]}
    )
    classes, colors = partnerships_layers.ght_classes(areas, counts)
    assert classes.numbers.tolist() == [1, 0]
    assert classes.counts == (1, 1)
    assert len(colors) == classes.count
    assert partnerships_layers.ght_texts(areas, counts) == ["1", wording.NONE_COLLECTED, ""]
