"""Records laid out as tables: located, dated, with their anomalies."""

import pandas as pd
import pytest

from geo.atlas.partnership_record import first_day
from geo.atlas.schema import check_table
from geo.partnerships.bundled import (
    NAMES,
    build_partnerships,
    build_places,
    keep_listed,
    partnership_anomalies,
    sort_key,
)
from geo.partnerships.records import last_day, precision_of, year_of
from tests import builders

SITES = builders.sites(km=[0, 10], finess_ej=["109999901", "109999902"], ght_code=["GE-06", None])
MEMBERS = builders.members(
    finess_ej=["109999901", "109999909"], current_finess_ej=["109999901", "109999901"]
)
PLACES = build_places(SITES, MEMBERS)


def party(**overrides: object) -> dict[str, object]:
    return {"name": "Partie", "kind": "public", "role": "autre_ght"} | overrides


def parties_of(*parties: dict[str, object]) -> pd.DataFrame:
    record = builders.partnership(parties=list(parties))
    return build_partnerships([record], PLACES)["partnership_parties"]


def test_tables_follow_their_schemas_even_empty() -> None:
    for records in ([], [builders.partnership()]):
        tables = build_partnerships(records, PLACES)
        assert tuple(tables) == NAMES
        for name, table in tables.items():
            check_table(name, table)


def test_a_party_is_placed_by_its_site_then_by_its_entity_else_nowhere() -> None:
    table = parties_of(
        party(finess_et="100000002"),
        party(finess_ej="109999901"),
        party(finess_et="990000000"),
        party(),
    )
    assert table.is_located.to_list() == [True, True, False, False]
    assert table.lon.round(6).to_list()[:2] == SITES.lon.round(6).to_list()[::-1]
    assert table.finess_ej.to_list()[:2] == ["109999902", "109999901"]
    assert table.ght_code.isna().to_list() == [True, False, True, True]


def test_the_whole_of_finess_places_what_the_atlas_leaves_out() -> None:
    other = builders.finess(finess_et=["100000001", "100000009"], lon=[5.0, 6.0], lat=45.0)
    places = build_places(SITES, MEMBERS, other)
    assert places.sites.lon["100000009"] == 6.0
    assert places.sites.lon["100000001"] == SITES.lon[0]


def test_an_entity_merged_since_keeps_its_ght() -> None:
    assert PLACES.ghts.to_dict() == {"109999901": "GE-06", "109999909": "GE-06"}


def test_the_start_is_the_earliest_date_and_the_most_precise() -> None:
    stage = {"certainty": "stated"}
    dates = {
        "announced": {"value": "2018", "certainty": "inferred"},
        "signed": {"value": "2018-03"} | stage,
        "in_force": {"value": "2019-01-02"} | stage,
        "ended": {"value": "2021"} | stage,
    }
    row = build_partnerships([builders.partnership(dates=dates)], PLACES)["partnerships"].iloc[0]
    assert (row.start_date, row.start_certainty, row.start_year) == ("2018-03", "stated", 2018)
    assert (row.announced_certainty, row.end_year) == ("inferred", 2021)
    bare = build_partnerships([builders.partnership(dates=None)], PLACES)["partnerships"].iloc[0]
    assert bare[["start_date", "start_year", "end_year"]].isna().all()


@pytest.mark.parametrize(
    ("partners", "expected"),
    [
        ([("prive_lucratif", "partenaire"), ("liberal", "partenaire")], "prive"),
        ([("espic_mutualiste", "partenaire"), ("militaire", "associe")], "mutualiste;militaire"),
        ([("public", "autre_ght"), ("groupement", "structure")], "public"),
        ([("groupement", "structure")], "public"),
    ],
)
def test_the_sector_is_that_of_the_partners(partners: list[tuple[str, str]], expected: str) -> None:
    support = party(role="support")
    others = [party(kind=kind, role=role) for kind, role in partners]
    record = builders.partnership(parties=[support, *others])
    assert build_partnerships([record], PLACES)["partnerships"].sectors[0] == expected


def test_structures_alone_give_their_own_sector() -> None:
    record = builders.partnership(parties=[party(kind="groupement", role="structure")])
    assert build_partnerships([record], PLACES)["partnerships"].sectors[0] == "groupement"


def test_events_are_in_order_and_undated_ones_last() -> None:
    said = {"certainty": "stated"}
    events = [
        {"text": "Un jour."} | said,
        {"text": "En 2020.", "date": "2020"} | said,
        {"text": "En mars.", "date": "2020-03"} | said,
    ]
    table = build_partnerships([builders.partnership(events=events)], PLACES)["partnership_events"]
    assert table.text.to_list() == ["En mars.", "En 2020.", "Un jour."]
    assert table.event_rank.to_list() == [1, 2, 3]
    assert table.year.isna().to_list() == [False, False, True]


def test_dates_of_any_precision() -> None:
    assert [precision_of(d) for d in ("2018", "2018-02", "2018-02-03")] == ["year", "month", "day"]
    assert [str(first_day(d)) for d in ("2018", "2018-02")] == ["2018-01-01", "2018-02-01"]
    assert [str(last_day(d)) for d in ("2018", "2020-02", "2018-02-03")] == [
        "2018-12-31", "2020-02-29", "2018-02-03",
    ]  # fmt: skip
    assert year_of("2018-02") == 2018
    assert sorted(["2019", "2018", "2018-03", "2018-03-16"], key=sort_key) == [
        "2018-03-16", "2018-03", "2018", "2019",
    ]  # fmt: skip


# A list that has changed


def test_ghts_that_are_not_listed_are_left_out_with_their_links() -> None:
    link = [{"relation": "succede_a", "target": "partenariat-2"}]
    records = [
        builders.partnership(1, ght_codes=["GE-06", "ZZ-01"], links=link),
        builders.partnership(2, ght_codes=["ZZ-01"]),
    ]
    kept, lost = keep_listed(records, {"GE-06"})
    assert [(record["id"], record["ght_codes"], record["links"]) for record in kept] == [
        ("partenariat-1", ["GE-06"], [])
    ]
    assert lost == [("partenariat-1", "ZZ-01"), ("partenariat-2", "ZZ-01")]
    assert records[0]["links"] == link


def test_disagreements_and_what_is_not_placed_are_anomalies() -> None:
    support = party(finess_et="990000000", role="support")
    record = builders.partnership(disagreements=["1997 ou 2002.", "Forme."], parties=[support])
    tables = build_partnerships([record], PLACES)
    table = partnership_anomalies(tables, [("partenariat-9", "ZZ-01")])
    assert table.kind.to_list() == [
        "partenariat_desaccord", "partenariat_desaccord", "partenariat_hors_liste",
        "partenariat_hors_liste",
    ]  # fmt: skip
    assert table.ght_code.to_list()[:3] == ["GE-06"] * 3
    assert table.detail[1] == "Forme."
    assert "990000000 sans point" in table.detail[2]
    assert table.detail[3].startswith("GHT ZZ-01 absent")
    assert partnership_anomalies(build_partnerships([], PLACES), []).empty
