"""The support establishment: named by a source, else presumed by its beds, else unknown."""

import pandas as pd
import pytest

from geo.establishments.supports import (
    COLUMNS,
    choose_supports,
    presumed_support,
    published_supports,
)
from tests import builders

pytestmark = pytest.mark.spec
ONE, TWO, THREE = "109999901", "109999902", "109999903"
URL = "https://example.org/support"
NOBODY = pd.DataFrame(columns=list(COLUMNS)).rename_axis("ght_code")


def read_in_pages(*entities: str, code: str = "GE-06") -> pd.DataFrame:
    """Supports read in public pages."""
    return pd.DataFrame(
        {"ght_code": code, "finess_ej": list(entities), "year": "2022", "source_url": URL,
         "note": None}, dtype="str",
    )  # fmt: skip


def pairs(*entities: str, code: str = "GE-06") -> pd.DataFrame:
    """Members of today."""
    return pd.DataFrame({"ght_code": code, "finess_ej": list(entities)}, dtype="str")


def chosen(beds: dict[str, float], name: str = "Aube") -> pd.Series:
    """Support of a GHT of three members that no source names."""
    ghts = builders.ghts(ght_name=name)
    known = pd.Series(beds, dtype="float64")
    return choose_supports(ghts, pairs(ONE, TWO, THREE), NOBODY, known, "2024").iloc[0]


def test_a_support_that_a_page_names_wins_over_the_list_and_over_beds() -> None:
    listed = builders.ghts(support_finess_ej=TWO)
    published = published_supports(listed, read_in_pages(ONE), pairs(ONE, TWO, THREE))
    row = choose_supports(
        listed, pairs(ONE, TWO, THREE), published, pd.Series({THREE: 900.0}), "2024"
    ).loc["GE-06"]
    assert (row.support_finess_ej, row.support_evidence) == (ONE, "published")
    assert (row.support_year, row.support_source) == ("2022", URL)


def test_the_support_of_a_list_is_published_and_the_most_recent_list_wins() -> None:
    lists = builders.ghts(ght_code=["GE-06", "GE-06"], support_finess_ej=[TWO, THREE])
    published = published_supports(lists, read_in_pages(), pairs(TWO, THREE))
    assert published.support_finess_ej.to_dict() == {"GE-06": TWO}
    assert published.support_note["GE-06"] == "Nommé par la liste nationale."


def test_a_support_that_is_no_member_any_more_is_left_out() -> None:
    """Named in 2018, then gone to another GHT: the page does not speak of the GHT of today."""
    listed = builders.ghts(support_finess_ej=TWO)
    assert published_supports(listed, read_in_pages(ONE), pairs(THREE)).empty
    elsewhere = pd.concat([pairs(THREE), pairs(ONE, code="GE-07")])
    assert published_supports(listed, read_in_pages(ONE), elsewhere).empty


def test_the_member_with_most_beds_is_presumed_and_the_note_says_why() -> None:
    row = chosen({ONE: 300, TWO: 800, THREE: 100})
    assert (row.support_finess_ej, row.support_evidence) == (TWO, "presumed_beds")
    assert row.support_year == "2024"
    assert row.support_note == "Lits de MCO en 2024 : 800, le deuxième 300."


def test_the_only_member_with_beds_is_presumed() -> None:
    row = chosen({TWO: 40, THREE: 0})
    assert row.support_finess_ej == TWO
    assert row.support_note == "Lits de MCO en 2024 : 40, seul à en avoir."


@pytest.mark.parametrize(("first", "evidence"), [(109, "unknown"), (110, "presumed_beds")])
def test_two_members_too_close_leave_the_support_unknown(first: float, evidence: str) -> None:
    """The first must hold a tenth more beds than the second."""
    row = chosen({ONE: 100, TWO: first})
    assert row.support_evidence == evidence
    assert row.support_note.endswith("Trop proches.") == (evidence == "unknown")
    assert pd.isna(row.support_finess_ej) == (evidence == "unknown")


@pytest.mark.parametrize("beds", [{}, {ONE: 0.0, TWO: 0.0}, {"999999999": 500.0}])
def test_without_a_declared_bed_the_support_is_unknown(beds: dict[str, float]) -> None:
    """Nothing declared, zero, or beds of somebody else."""
    row = chosen(beds)
    assert row.support_evidence == "unknown"
    assert row[["support_finess_ej", "support_year", "support_source"]].isna().all()


def test_a_psychiatric_ght_is_not_led_by_whoever_has_beds_of_medicine() -> None:
    row = chosen({ONE: 300}, name="Psychiatrie 59-62")
    assert row.support_evidence == "unknown"
    assert pd.isna(row.support_finess_ej)
    assert row.support_note.startswith("GHT de psychiatrie")


def test_a_psychiatric_ght_keeps_a_published_support() -> None:
    ghts = builders.ghts(ght_name="Psychiatrie 59-62")
    published = published_supports(ghts.head(0), read_in_pages(ONE), pairs(ONE))
    table = choose_supports(ghts, pairs(ONE), published, pd.Series({ONE: 5.0}), "2024")
    assert table.support_evidence.to_list() == ["published"]


def test_an_entity_that_took_members_over_counts_its_beds_once() -> None:
    """ONE stands twice among the members of today."""
    found = presumed_support(pd.Series([ONE, ONE, TWO]), pd.Series({ONE: 10.0, TWO: 4.0}), "2024")
    assert found["support_finess_ej"] == ONE
    assert found["support_note"] == "Lits de MCO en 2024 : 10, le deuxième 4."


def test_every_ght_has_a_row_in_the_order_given() -> None:
    """Also one whose members nobody knows."""
    ghts = builders.ghts(ght_code=["HF-02", "GE-06", "BRE-01"])
    table = choose_supports(ghts, pairs(ONE), NOBODY, pd.Series({ONE: 10.0}), "2024")
    assert table.index.to_list() == ["HF-02", "GE-06", "BRE-01"]
    assert table.support_finess_ej.fillna("-").to_list() == ["-", ONE, "-"]
    assert table.support_evidence.to_list() == ["unknown", "presumed_beds", "unknown"]
