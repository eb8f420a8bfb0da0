"""What happened to each GHT since 2016, told under the GHT of today."""

from typing import Any

import pandas as pd
import pytest

from geo.atlas.schema import TABLES, check_table
from geo.establishments.history import CERTAINTIES, KINDS, build_history
from tests import builders

pytestmark = pytest.mark.spec
TODAY = builders.ghts(ght_code=["AA-01", "BB-02", "CC-03"])
FORMER = builders.former_ghts(
    former_code=["DD-04", "DD-04", "EE-05"], ght_code=["CC-03", "AA-01", "CC-03"],
    member_count=[5, 1, 2],
)  # fmt: skip


def told(**columns: object) -> pd.DataFrame:
    """Events collected by hand, and their history."""
    defaults: dict[str, Any] = {
        "kind": "merge", "date": "2022-01-01", "certainty": "stated", "detail": "Fait.",
        "source_url": "https://example.org",
    }  # fmt: skip
    codes = columns.pop("codes")
    events = pd.DataFrame({"ght_codes": codes}, dtype="str").assign(**(defaults | columns))
    history = build_history(events, TODAY, FORMER)
    return check_table("ght_history", history)


def test_a_former_code_leads_to_the_ght_that_has_most_of_its_members() -> None:
    row = told(codes=["DD-04"]).iloc[0]
    assert (row.listed_code, row.ght_code) == ("DD-04", "CC-03")


def test_an_event_of_several_ghts_is_told_to_each() -> None:
    table = told(codes=["AA-01;BB-02"])
    assert table.ght_code.to_list() == ["AA-01", "BB-02"]
    assert set(table.detail) == {"Fait."}


def test_two_ghts_of_then_that_are_one_today_are_told_once() -> None:
    assert told(codes=["DD-04;EE-05"]).ght_code.to_list() == ["CC-03"]


def test_an_event_of_the_country_belongs_to_no_ght() -> None:
    row = told(codes=[None]).iloc[0]
    assert row[["ght_code", "listed_code"]].isna().all()


def test_a_code_that_no_list_knows_is_kept_as_it_was_written() -> None:
    row = told(codes=["ZZ-99"]).iloc[0]
    assert row.listed_code == "ZZ-99"
    assert pd.isna(row.ght_code)


def test_the_oldest_comes_first_and_what_has_no_date_last() -> None:
    table = told(
        codes=["AA-01"] * 4, date=[None, "2022-01-01", "2016-07-01", "2021"],
        detail=["sans date", "2022", "2016", "2021"],
    )  # fmt: skip
    assert table.detail.to_list() == ["2016", "2021", "2022", "sans date"]


def test_the_words_of_the_screen_are_those_of_the_table() -> None:
    """A kind that the table allows and that no page can name would be shown as a key."""
    columns = TABLES["ght_history"].columns
    for name, words in (("kind", KINDS), ("certainty", CERTAINTIES)):
        (check,) = [one for one in columns[name].checks if "allowed_values" in one.statistics]
        assert set(check.statistics["allowed_values"]) <= set(words)
