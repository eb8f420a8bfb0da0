"""The past of the GHTs: what the two lists differ by, and the events that sources date."""

import pandas as pd
import pytest

from geo.atlas.changes import shown_changes
from geo.atlas.list_changes import compare_lists
from geo.atlas.load import Atlas
from geo.establishments.history import (
    CERTAINTIES,
    COMPARED,
    KINDS,
    date_text,
    shown_history,
    story_of,
)

pytestmark = pytest.mark.data


def members_by_kind(atlas: Atlas) -> pd.DataFrame:
    return compare_lists(atlas).members


def test_every_difference_of_the_lists_is_told_once(atlas: Atlas) -> None:
    """Those of before, less those that left or merged, with those that came, are those of now."""
    found, before, now = members_by_kind(atlas), atlas.earlier_members, atlas.members
    counts = found.kind.value_counts()
    heirs = set(before.current_finess_ej) & set(now.finess_ej) - set(before.finess_ej)
    kept = len(before) - counts["member_left"] - counts["member_merged"]
    assert kept + len(heirs) + counts["member_joined"] == len(now)
    assert not found.duplicated(["kind", "subject"]).any()


def test_the_ghts_of_one_list_only_are_named(atlas: Atlas) -> None:
    ghts = compare_lists(atlas).ghts
    gone = ghts[ghts.kind == "ght_gone"].set_index("area_code")
    assert set(gone.index) == set(atlas.former_ghts.former_code)
    assert gone.after["ARA-10"] == "Val Rhône Centre (ARA-22)"
    come = set(ghts.area_code[ghts.kind == "ght_appeared"])
    assert come == set(atlas.ghts.ght_code) - set(atlas.earlier_members.ght_code)


def test_a_member_says_where_it_comes_from(atlas: Atlas) -> None:
    found = members_by_kind(atlas)
    moved = found[found.kind == "member_moved"]
    lyon = moved[moved.subject.str.endswith("(690781810)")].iloc[0]
    assert (lyon.area_code, lyon.before) == ("ARA-22", "Rhône Centre (ARA-10)")
    merged = found[found.kind == "member_merged"]
    voiron = merged[merged.subject.str.endswith("(380784751)")].iloc[0]
    assert voiron.after.endswith("(380780080)")
    assert shown_changes(found)["Changement"].notna().all()


def test_a_story_holds_the_dated_events_and_what_the_lists_differ_by(atlas: Atlas) -> None:
    story = story_of(atlas, "ARA-22")
    assert set(story.ght_code) == {"ARA-22"}
    dated = story[story.certainty != COMPARED].iloc[0]
    assert (dated.kind, dated.date) == ("merge", "2023-03-01")
    lists = story[story.certainty == COMPARED]
    assert set(lists.date) == {"2018/2024"}
    assert {"ARA-10", "ARA-13"} <= set(lists.listed_code[lists.kind == "merge"])
    assert not lists.detail.str.contains("690781810").any(), "told by the merger of its GHT"


def test_the_stories_together_are_that_of_the_country(atlas: Atlas) -> None:
    everything = story_of(atlas)
    parts = [story_of(atlas, code) for code in atlas.ghts.ght_code]
    national = everything.ght_code.isna().sum()
    assert sum(map(len, parts)) + national == len(everything)
    assert set(everything.kind) <= set(KINDS)
    assert set(everything.certainty) <= set(CERTAINTIES)
    assert everything.source_url.notna().all()


def test_a_story_is_shown_with_its_dates_in_full(atlas: Atlas) -> None:
    shown = shown_history(story_of(atlas, "ARA-22"))
    assert set(shown.Date) == {"1er mars 2023", "entre 2018 et 2024"}
    assert shown.notna().all(axis=None)


@pytest.mark.parametrize(
    ("date", "text"),
    [
        ("2014", "2014"), ("2014-10", "octobre 2014"), ("2014-10-01", "1er octobre 2014"),
        ("2014/2019", "entre 2014 et 2019"), (None, "date inconnue"),
    ],
)  # fmt: skip
def test_a_date_is_written_as_far_as_it_is_known(date: object, text: str) -> None:
    assert date_text(date) == text


def test_a_member_that_no_list_names_is_told_by_its_area_or_its_town(atlas: Atlas) -> None:
    details = "\n".join(story_of(atlas).detail)
    assert "Entité non nommée, Modane (730780566) a fusionné dans" in details
    assert "inconnu (" not in details
