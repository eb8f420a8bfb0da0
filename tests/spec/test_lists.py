"""Lists of GHTs by vintage: who took over whom, which list is in use, what became of the others."""

from collections.abc import Mapping

import pandas as pd
import pytest

from geo.establishments.lists import (
    Lists,
    choose_lists,
    former_ghts,
    latest,
    list_of_2024,
    of_today,
    successions,
)
from geo.sources.adapters.facts import GHT_COLUMNS, MEMBER_COLUMNS
from tests import builders

pytestmark = pytest.mark.spec
ONE, TWO, THREE, FOUR = "109999901", "109999902", "109999903", "109999904"


def raw(**replaced: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Raw tables of the small country, and the facts established by hand."""
    names = pd.DataFrame({"ght_code": ["GE-99"], "ght_name": ["Ailleurs"]})
    facts = {"later_mergers": builders.later_mergers(), "ght_names": names}
    return {**builders.raw_tables(), **facts, **replaced}


def changes(steps: Mapping[str, str]) -> pd.DataFrame:
    """Mergers, by the entity that disappeared."""
    return builders.successors(list(steps), list(steps.values()))


# Who took over whom


def test_mergers_of_every_source_are_gathered() -> None:
    table = successions(
        raw(
            later_mergers=builders.later_mergers([ONE], [FOUR]),
            successors=builders.successors([TWO], [FOUR]),
            successors_2024=builders.successors([THREE], [FOUR]),
        )
    )
    assert dict(zip(table.finess_ej_before, table.evidence, strict=True)) == {
        ONE: "later_merger", TWO: "same_site", THREE: "same_site",
    }  # fmt: skip


def test_a_documented_merger_counts_before_one_that_was_only_seen() -> None:
    """Sources disagree on what became of ONE: the document is right, and counts alone."""
    table = successions(
        raw(
            later_mergers=builders.later_mergers([ONE], [TWO]),
            successors=builders.successors([ONE], [THREE]),
            successors_2024=builders.successors([ONE], [FOUR]),
        )
    )
    assert table.finess_ej_after.to_list() == [TWO]


def test_mergers_are_followed_to_the_last() -> None:
    steps = changes({ONE: TWO, TWO: THREE, THREE: FOUR})
    codes = pd.Series([ONE, TWO, THREE, FOUR, "999999999"], index=list("abcde"))
    now = latest(codes, steps)
    assert now.to_dict() == {"a": FOUR, "b": FOUR, "c": FOUR, "d": FOUR, "e": "999999999"}


def test_an_unknown_entity_stays_unknown() -> None:
    now = latest(pd.Series([None, ONE], dtype="str"), changes({ONE: TWO}))
    assert now.isna().to_list() == [True, False]


def test_sources_that_go_round_in_circles_do_not_hang() -> None:
    assert latest(pd.Series([ONE]), changes({ONE: TWO, TWO: ONE})).iloc[0] in (ONE, TWO)


# The list in use


def test_the_list_of_2024_leaves_out_who_is_merged_or_not_counted() -> None:
    listed = builders.proved_members(
        evidence=["proved", "table_error", "carried", "not_counted", "merged"]
    )
    _, members = list_of_2024(raw(members_2024=listed))
    assert members.columns.to_list() == list(MEMBER_COLUMNS)
    assert members.finess_ej.to_list() == [ONE, TWO, THREE]
    assert members.evidence.to_list() == ["proved", "proved", "carried"]
    assert set(members.vintage) == {"2024"}


def test_the_name_of_an_entity_is_that_of_the_list_before() -> None:
    """The survey names sites only: their name is kept for an entity that nobody named."""
    before = builders.listed_members(finess_ej=[ONE, THREE], entity_name=["CH d'avant", None])
    listed = builders.proved_members(
        finess_ej=[ONE, TWO, THREE], entity_name=["Site 1", "Site 2", "Site 3"]
    )
    _, members = list_of_2024(raw(members=before, members_2024=listed))
    assert members.entity_name.to_list() == ["CH d'avant", "Site 2", "Site 3"]


def test_a_ght_has_its_new_name_else_that_of_before_else_its_code() -> None:
    listed = builders.proved_members(ght_code=["GE-99", "GE-06", "GE-98"])
    ghts, _ = list_of_2024(raw(members_2024=listed))
    assert ghts.columns.to_list() == list(GHT_COLUMNS)
    names = ghts.set_index("ght_code").ght_name
    assert names.to_dict() == {"GE-06": "Aube et Sézannais", "GE-98": "GE-98", "GE-99": "Ailleurs"}
    assert ghts.listed_member_count.to_list() == [1, 1, 1]


@pytest.mark.parametrize(
    ("code", "region"),
    [("ARA-21", "84"), ("OI-01", "04"), ("COR-01", "94"), ("GUA-01", "01"), ("MAR-01", "02")],
)
def test_the_code_of_a_ght_tells_its_region(code: str, region: str) -> None:
    """Océan Indien is in La Réunion: it has had no member in Mayotte since 2019."""
    ghts, _ = list_of_2024(raw(members_2024=builders.proved_members(ght_code=[code])))
    assert ghts.reg_code.to_list() == [region]


def test_the_list_of_2024_is_in_use_and_that_of_2018_is_the_one_before() -> None:
    tables = raw()
    lists = choose_lists(tables)
    assert set(lists.members.vintage) == {"2024"}
    assert lists.earlier_members is tables["members"]
    assert set(lists.earlier_ghts.ght_code) - set(lists.ghts.ght_code) == {"GE-16"}


def test_a_list_given_to_the_build_takes_its_place() -> None:
    given = raw()
    ghts, members = given["ghts"].head(1), given["members"].head(2)
    lists = choose_lists(given | {"composition_ghts": ghts, "composition_members": members})
    assert (lists.ghts is ghts, lists.members is members) == (True, True)
    assert lists.earlier_members is given["members"]


# What became of the others


def lists_of(now: Mapping[str, str], before: Mapping[str, str]) -> Lists:
    """Two lists: GHT of each entity."""
    both = []
    for listed in (now, before):
        codes = sorted(set(listed.values()))
        members = builders.listed_members(ght_code=list(listed.values()), finess_ej=list(listed))
        both += [builders.ghts(ght_code=codes, ght_name=[f"GHT {code}" for code in codes]), members]
    return Lists(*both)


def test_a_ght_that_is_gone_is_where_its_members_are() -> None:
    """AA-01 went to CC-03, through a merger for one of its members; BB-02 is still there."""
    lists = lists_of(
        now={TWO: "CC-03", FOUR: "BB-02"},
        before={ONE: "AA-01", TWO: "AA-01", FOUR: "BB-02"},
    )
    table = former_ghts(lists, changes({ONE: TWO}))
    assert table.to_numpy().tolist() == [["AA-01", "GHT AA-01", "CC-03", 2]]


def test_a_ght_that_was_divided_leads_to_the_one_that_took_most_first() -> None:
    """A GHT that took one member in comes after the one that took two, though its code is less."""
    lists = lists_of(
        now={ONE: "BB-02", TWO: "CC-03", THREE: "CC-03"},
        before={ONE: "AA-01", TWO: "AA-01", THREE: "AA-01", FOUR: "AA-01"},
    )
    table = former_ghts(lists, changes({}))
    assert table.ght_code.to_list() == ["CC-03", "BB-02"]
    assert table.member_count.to_list() == [2, 1], "FOUR is in no GHT any more"


def test_the_order_of_the_lists_does_not_matter() -> None:
    lists = lists_of(now={ONE: "BB-02", TWO: "CC-03"}, before={ONE: "AA-01", TWO: "AA-01"})
    turned = Lists(*(table.iloc[::-1] for table in vars(lists).values()))
    pd.testing.assert_frame_equal(former_ghts(turned, changes({})), former_ghts(lists, changes({})))


# Published figures of a GHT that is gone


def moved(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["ght_code", "source_url", "current_code"], dtype="str")


def test_the_figures_of_a_ght_that_is_gone_are_left_out() -> None:
    """They describe another territory than that of the GHT that took its members in."""
    figures = builders.published(ght_code=["GE-06", "GE-16"], value=[600, 50])
    kept = of_today(figures, builders.ghts(), moved())
    assert kept.value.to_list() == [600]


def test_a_figure_that_describes_the_ght_of_today_is_moved_to_it() -> None:
    """Same GHT, two pages: only the one that was read moves."""
    figures = builders.published(
        ght_code=["GE-16", "GE-16", "GE-06"], value=[10, 20, 30],
        source_url=["https://example.org/new", "https://example.org/old", "https://example.org/3"],
    )  # fmt: skip
    kept = of_today(figures, builders.ghts(), moved(("GE-16", "https://example.org/new", "GE-06")))
    assert kept.ght_code.to_list() == ["GE-06", "GE-06"]
    assert kept.value.to_list() == [10, 30]


def test_a_figure_moved_twice_is_refused() -> None:
    twice = moved(
        ("GE-16", "https://example.org/1", "GE-06"), ("GE-16", "https://example.org/1", "GE-07")
    )
    with pytest.raises(pd.errors.MergeError):
        of_today(builders.published(ght_code=["GE-16"]), builders.ghts(), twice)
