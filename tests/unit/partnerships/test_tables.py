"""Partnerships told: timeline, table, matrix, story, exports."""

import json

import pytest

from geo.atlas.partnership_record import ELEMENTS, Partnership, fields_of
from geo.errors import UserError
from geo.partnerships import words_tables as wording
from geo.partnerships.bundled import build_partnerships, build_places
from geo.partnerships.collection import Collection, Filters, collection_of, filter_collection
from geo.partnerships.story import story
from geo.partnerships.tables import as_json, export_tables, flat_table, matrix, typed_table
from geo.partnerships.timeline import timeline, undated
from tests import builders

SAID = {"certainty": "stated"}
OLD = builders.partnership(
    1,
    dates={"in_force": {"value": "1997"} | SAID, "ended": {"value": "2022-01-01"} | SAID},
    events=[
        {"text": "Fondation.", "date": "1997", "source": "journal"} | SAID,
        {"text": "Autre date.", "date": "2012-04"} | SAID,
        {"text": "Sans date."} | SAID,
    ],
    disagreements=["1997 ou 2002.", "Syndicat ou GCS."],
    allowed=["Un institut."],
)
NEW = builders.partnership(
    2,
    form="gie",
    form_detail="GIE du scanner.",
    domains=[],
    dates={"signed": {"value": "2018", "certainty": "inferred"}},
    events=[],
    status_date="2021-04",
    links=[{"relation": "prolonge", "target": "partenariat-1"}],
    sources=[{"key": "titre", "publisher": "P", "title": "Un titre", "date": "2021-04"}],
)
UNDATED = builders.partnership(3, dates=None, events=[], domains=["imagerie", "cancerologie"])


def collection(*records: dict[str, object]) -> Collection:
    small = builders.small_tables()
    places = build_places(small["establishments"], small["members"])
    return collection_of(builders.atlas(**build_partnerships(records, places)))


THREE = collection(OLD, NEW, UNDATED)
NONE = filter_collection(THREE, Filters(form="gip"))


def test_the_timeline_pins_what_is_earlier_and_keeps_its_true_date() -> None:
    table = timeline(THREE)
    assert table.row_kind.to_list() == ["periode", "evenement", "evenement", "periode"]
    assert [str(day.date()) for day in table.start] == [
        "2010-01-01", "2010-01-01", "2012-04-01", "2018-01-01",
    ]  # fmt: skip
    assert table.is_pinned.to_list() == [True, True, False, False]
    assert table.start_text.to_list() == ["1997", "1997", "avril 2012", "2018 (déduit)"]
    assert table.end_text.to_list() == ["1er janvier 2022", "", "", "sans fin connue"]
    assert table.is_open.to_list() == [False, False, False, True]
    assert table.precision.to_list() == ["year", "year", "month", "year"]
    assert str(table["end"][1].date()) == "2010-01-01"
    assert str(table["end"][2].date()) == "2012-04-30"
    assert table.form_label[3] == "GIE"
    assert not timeline(THREE, first_year=1990).is_pinned.any()


def test_no_bar_ends_before_it_starts() -> None:
    table = timeline(THREE)
    closed = table[~table.is_open]
    assert (closed["end"] >= closed.start).all()


def test_what_has_no_date_is_listed_apart() -> None:
    assert undated(THREE).partnership_id.to_list() == ["partenariat-3"]
    assert "partenariat-3" not in set(timeline(THREE).partnership_id)


def test_the_table_is_in_french_with_the_doubt_of_dates() -> None:
    table = typed_table(THREE).set_index("Identifiant")
    assert list(table.columns) == [c for c in wording.COLUMNS.values() if c != "Identifiant"]
    assert table["Début"].to_list() == ["1997", "2018 (déduit)", "date inconnue"]
    assert table["Fin"].isna().to_list() == [False, True, True]
    assert table["GHT"].to_list() == ["Aube et Sézannais"] * 3
    assert table["Partenaires"].to_list() == ["Clinique"] * 3
    assert table["Domaines"].isna().to_list() == [False, True, False]
    assert table["Domaines"].iloc[2] == "Imagerie, Cancérologie"
    assert table["Sources"].to_list() == [1, 1, 1]


def test_the_structure_stands_for_absent_partners() -> None:
    structure = {"name": "GCS", "kind": "groupement", "role": "structure"}
    table = typed_table(collection(builders.partnership(parties=[structure])))
    assert table["Partenaires"].to_list() == ["GCS"]


def test_the_matrix_counts_each_domain_and_the_unknown_last() -> None:
    table = matrix(THREE)
    assert list(table.index) == ["GIE", "Convention de partenariat"]
    assert list(table.columns) == ["Cancérologie", "Imagerie", "Domaine inconnu"]
    assert table.to_numpy().tolist() == [[0, 0, 1], [2, 1, 0]]


def test_a_story_holds_all_and_links_both_ways() -> None:
    old, new = story(THREE, "partenariat-1"), story(THREE, "partenariat-2")
    assert old.links == (("Prolongé par", "partenariat-2", "Partenariat 2"),)
    assert new.links == (("Prolonge", "partenariat-1", "Partenariat 1"),)
    assert old.milestones == (
        ("En vigueur", "1997", "écrit dans la source"),
        ("Terminé", "1er janvier 2022", "écrit dans la source"),
    )
    assert old.events[0] == ("1997", "écrit dans la source", "Fondation.", "journal")
    assert old.events[2] == ("date inconnue", "écrit dans la source", "Sans date.", "")
    assert old.disagreements == ("1997 ou 2002.", "Syndicat ou GCS.")
    assert (old.form_detail, new.form_detail) == ("", "GIE du scanner.")
    assert (old.status, new.status) == ("Signé", "Signé (avril 2021)")
    assert (new.domains, new.sectors, new.ghts) == ((), ("Privé",), ("Aube et Sézannais",))
    assert old.sources.title.to_list() == ["Page de Journal"]
    assert new.sources[["title", "date"]].to_numpy().tolist() == [["Un titre", "avril 2021"]]
    assert old.parties.role.to_list() == ["Établissement support", "Partenaire"]


def test_a_link_that_both_ends_tell_is_told_once() -> None:
    ahead = [{"relation": "preparation_de", "target": "partenariat-2"}]
    back = [{"relation": "succede_a", "target": "partenariat-1"}]
    two = collection(builders.partnership(1, links=ahead), builders.partnership(2, links=back))
    assert story(two, "partenariat-2").links == (
        ("Succède à, préparé par", "partenariat-1", "Partenariat 1"),
    )
    assert story(two, "partenariat-1").links == (
        ("Prépare, suivi de", "partenariat-2", "Partenariat 2"),
    )


def test_the_same_relation_from_both_ends_is_said_once() -> None:
    ahead = [{"relation": "associe_a", "target": "partenariat-2"}]
    back = [{"relation": "associe_a", "target": "partenariat-1"}]
    two = collection(builders.partnership(1, links=ahead), builders.partnership(2, links=back))
    assert story(two, "partenariat-2").links == (("Lié à", "partenariat-1", "Partenariat 1"),)


def test_what_is_over_since_nobody_knows_when_is_not_said_to_go_on() -> None:
    over = collection(builders.partnership(status="termine"))
    assert timeline(over).end_text.to_list() == ["terminé, date de fin inconnue", ""]
    assert typed_table(over)["Fin"].to_list() == ["terminé, date de fin inconnue"]
    assert story(over, "partenariat-1").milestones[-1] == ("Terminé", "date inconnue", "")
    going = collection(builders.partnership(status="en_vigueur"))
    assert timeline(going).end_text.to_list() == ["sans fin connue", ""]
    assert typed_table(going)["Fin"].isna().all()
    assert all(label != "Terminé" for label, *_ in story(going, "partenariat-1").milestones)


def test_a_link_to_what_is_filtered_out_is_not_told() -> None:
    alone = filter_collection(THREE, Filters(form="gie"))
    assert story(alone, "partenariat-2").links == ()
    with pytest.raises(UserError):
        story(alone, "partenariat-1")


def test_nothing_is_told_without_a_fault() -> None:
    for table in (typed_table(NONE), timeline(NONE), undated(NONE), matrix(NONE), flat_table(NONE)):
        assert len(table) == 0
    assert all(table.empty for table in export_tables(NONE).values())
    assert as_json(NONE) == "[]"


def test_exports_have_french_names_and_labels() -> None:
    tables = export_tables(THREE)
    assert list(tables) == ["Partenariats", "Parties", "Événements", "Sources", "Liens"]
    heads = tables["Partenariats"]
    assert heads["Forme"].to_list() == [
        "Convention de partenariat",
        "GIE",
        "Convention de partenariat",
    ]
    assert heads["Désaccords des sources"][0] == "1997 ou 2002. | Syndicat ou GCS."
    assert heads["Signature, certitude"][1] == "déduit"
    assert tables["Parties"]["Nature"][1] == "Privé à but lucratif"
    assert tables["Sources"]["Titre"].isna().to_list() == [True, False, True]
    assert tables["Liens"]["Relation"].to_list() == ["Prolonge"]
    assert tables["Partenariats"].columns[:2].to_list() == ["Identifiant", "Titre"]
    for table, model in zip(tables.values(), (Partnership, *ELEMENTS.values()), strict=True):
        headings = [field.title for field in fields_of(model)]
        assert [name for name in table.columns if name in headings] == headings, "as the template"
        assert all(name[0].isupper() for name in table.columns), "no name of code is left"


def test_the_flat_table_keeps_codes() -> None:
    table = flat_table(THREE)
    assert table.form.to_list() == ["convention_partenariat", "gie", "convention_partenariat"]
    assert table.partners.to_list() == ["Clinique"] * 3
    assert table.source_urls.isna().to_list() == [False, True, False]


def test_json_nests_what_belongs_to_a_partnership_and_says_null() -> None:
    rows = json.loads(as_json(THREE))
    assert [row["partnership_id"] for row in rows] == THREE.partnerships.partnership_id.to_list()
    assert [len(row["events"]) for row in rows] == [3, 0, 0]
    assert rows[1]["links"] == [{"relation": "prolonge", "target_id": "partenariat-1"}]
    assert rows[2]["start_year"] is None
    assert rows[0]["parties"][1]["lon"] is None
    assert "partnership_id" not in rows[0]["sources"][0]
