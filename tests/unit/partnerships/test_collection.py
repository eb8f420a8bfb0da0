"""Partnerships looked at together: filters, counts, contributions, dates in words."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.atlas.load import Atlas
from geo.atlas.schema import check_table
from geo.errors import UserError
from geo.partnerships.bundled import NAMES, build_partnerships, build_places
from geo.partnerships.collection import (
    Collection,
    Filters,
    choices,
    collection_of,
    counts_by_ght,
    filter_collection,
    find,
    french_date,
    known_codes,
    sentences,
    with_records,
)
from geo.partnerships.counts import split
from geo.territories.measures import MEASURES, territory_table
from tests import builders

Dates = dict[str, dict[str, str]]


def dates(start: str | None = None, end: str | None = None) -> Dates:
    stages = {"signed": start, "ended": end}
    return {name: {"value": d, "certainty": "stated"} for name, d in stages.items() if d}


def atlas_of(*records: dict[str, object]) -> Atlas:
    small = builders.small_tables()
    places = build_places(small["establishments"], small["members"])
    return builders.atlas(**build_partnerships(records, places))


def collection(*records: dict[str, object]) -> Collection:
    return collection_of(atlas_of(*records))


def kept(given: Collection, **filters: object) -> list[str]:
    found = filter_collection(given, Filters(**filters))  # type: ignore[arg-type]
    return found.partnerships.partnership_id.to_list()


MIXED = collection(
    builders.partnership(1, dates=dates("2012", "2015")),
    builders.partnership(
        2, ght_codes=["GE-06", "HF-13"], form="gie", domains=["imagerie", "pharmacie"],
        status="termine", dates=dates("2018-03"),
        links=[{"relation": "prolonge", "target": "partenariat-1"}],
    ),
    builders.partnership(
        3, ght_codes=["HF-13"], domains=[], dates=None,
        parties=[{"name": "HIA", "kind": "militaire", "role": "associe"}],
    ),
)  # fmt: skip
ALL = ["partenariat-1", "partenariat-2", "partenariat-3"]


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({}, [1, 2, 3]),
        ({"region": "44"}, [1, 2]),
        ({"region": "32"}, [2, 3]),
        ({"region": "99"}, []),
        ({"ght": "HF-13"}, [2, 3]),
        ({"form": "gie"}, [2]),
        ({"domain": "pharmacie"}, [2]),
        ({"domain": "cancerologie"}, [1]),
        ({"status": "termine"}, [2]),
        ({"sector": "militaire"}, [3]),
        ({"sector": "prive"}, [1, 2]),
        ({"ght": "HF-13", "form": "gie"}, [2]),
        ({"first_year": 2016}, [2, 3]),
        ({"first_year": 2016, "with_undated": False}, [2]),
        ({"last_year": 2013, "with_undated": False}, [1]),
        ({"first_year": 2015, "last_year": 2018, "with_undated": False}, [1, 2]),
        ({"first_year": 1990, "last_year": 2011}, [3]),
        ({"with_undated": False}, [1, 2, 3]),
    ],
)
def test_filters(filters: dict[str, object], numbers: list[int]) -> None:
    assert kept(MIXED, **filters) == [f"partenariat-{number}" for number in numbers]


def test_an_unknown_start_with_an_end_before_the_range_is_left_out() -> None:
    ended = collection(builders.partnership(dates=dates(end="2010")))
    assert kept(ended, first_year=2011) == []
    assert kept(ended, first_year=2009) == ["partenariat-1"]


def test_what_belongs_to_a_partnership_follows_it() -> None:
    found = filter_collection(MIXED, Filters(form="gie"))
    for table in (found.parties, found.events, found.sources):
        assert set(table.partnership_id) == {"partenariat-2"}
    assert found.links.empty
    assert len(MIXED.links) == 1
    assert len(filter_collection(MIXED, Filters(region="44")).links) == 1


FILTERS = st.builds(
    Filters,
    region=st.sampled_from([None, "44", "32", "99"]),
    ght=st.sampled_from([None, "GE-06", "HF-13", "ZZ-99"]),
    form=st.sampled_from([None, "gie", "convention_partenariat"]),
    domain=st.sampled_from([None, "imagerie", "cancerologie"]),
    status=st.sampled_from([None, "signe", "termine"]),
    sector=st.sampled_from([None, "prive", "militaire"]),
    first_year=st.none() | st.integers(2009, 2020),
    last_year=st.none() | st.integers(2009, 2020),
    with_undated=st.booleans(),
)
FIELDS = ("region", "ght", "form", "domain", "status", "sector")


@given(FILTERS)
def test_a_filter_keeps_a_part_of_the_whole_and_twice_is_once(filters: Filters) -> None:
    once = filter_collection(MIXED, filters)
    ids = once.partnerships.partnership_id.to_list()
    assert ids == [key for key in ALL if key in ids]
    twice = filter_collection(once, filters)
    pd.testing.assert_frame_equal(once.partnerships, twice.partnerships)


@given(FILTERS, st.sampled_from(FIELDS))
def test_one_filter_less_keeps_at_least_as_many(filters: Filters, name: str) -> None:
    looser = Filters(**(vars(filters) | {name: None}))
    assert set(kept(MIXED, **vars(filters))) <= set(kept(MIXED, **vars(looser)))


@given(FILTERS, FILTERS)
def test_two_filters_in_turn_keep_what_both_keep(one: Filters, other: Filters) -> None:
    in_turn = filter_collection(filter_collection(MIXED, one), other).partnerships.partnership_id
    both = set(kept(MIXED, **vars(one))) & set(kept(MIXED, **vars(other)))
    assert set(in_turn) == both


@given(FILTERS)
def test_the_undated_are_kept_only_when_asked_for(filters: Filters) -> None:
    is_range = filters.first_year is not None or filters.last_year is not None
    if is_range and not filters.with_undated:
        assert "partenariat-3" not in kept(MIXED, **vars(filters))


# Counts


def test_a_partnership_counts_in_each_of_its_ghts_and_none_is_zero() -> None:
    assert counts_by_ght(MIXED).to_dict() == {"GE-06": 2, "HF-13": 2}
    none = counts_by_ght(filter_collection(MIXED, Filters(form="gip")))
    assert none.to_dict() == {"GE-06": 0, "HF-13": 0}
    assert str(none.dtype) == "Int64"


def test_the_measure_is_known_for_ghts_only_and_does_not_add_up() -> None:
    table = territory_table(atlas_of(builders.partnership())).set_index("area_code")
    assert table.partnership_count.dropna().to_dict() == {"GE-06": 1, "HF-13": 0}
    assert table.partnership_count.isna()["NON-AFFECTE"]
    assert not MEASURES["partnership_count"].is_extensive


def test_partners_never_change_the_number_of_members() -> None:
    alone = territory_table(builders.atlas()).member_count
    partners = [{"name": f"P{n}", "kind": "public", "role": "partenaire"} for n in range(9)]
    more = atlas_of(builders.partnership(parties=partners))
    pd.testing.assert_series_equal(territory_table(more).member_count, alone)


# What can be chosen, contributions


def test_choices_hold_what_is_there_only() -> None:
    offered = choices(MIXED)
    assert list(offered.forms) == ["gie", "convention_partenariat"]
    assert list(offered.domains) == ["cancerologie", "imagerie", "pharmacie"]
    assert list(offered.sectors) == ["prive", "militaire"]
    assert list(offered.statuses) == ["signe", "termine"]
    assert offered.ghts == {"GE-06": "Aube et Sézannais", "HF-13": "Psychiatrie 59-62"}
    assert offered.regions == {"44": "Grand Est", "32": "Hauts-de-France"}
    assert (offered.first_year, offered.last_year) == (2012, 2018)
    empty = choices(filter_collection(MIXED, Filters(form="gip")))
    assert (empty.first_year, empty.last_year, empty.forms, empty.ghts) == (None, None, {}, {})


def test_a_contribution_joins_the_others_and_says_so() -> None:
    atlas = builders.atlas()
    before = collection_of(atlas)
    after = with_records(before, [builders.partnership(9)], atlas)
    assert after.partnerships.partnership_id.to_list() == [
        *before.partnerships.partnership_id,
        "partenariat-9",
    ]
    assert after.partnerships.origin.to_list() == ["atlas", "atlas", "contribution"]
    assert after.parties.is_located.to_list() == [True, False] * 3
    tables = (after.partnerships, after.parties, after.events, after.sources, after.links)
    for name, table in zip(NAMES, tables, strict=True):
        check_table(name, table)
    assert len(before.partnerships) == 2


def test_known_codes_hold_members_sites_and_partnerships() -> None:
    known = known_codes(builders.atlas())
    assert known.ght_codes == {"GE-06", "HF-13"}
    assert known.finess_et == {"100000001"}
    assert known.finess_ej == {"109999901", "109999902"}
    assert known.ids == {"partenariat-1", "partenariat-2"}


def test_an_unknown_partnership_is_refused_in_french() -> None:
    assert find(MIXED, "partenariat-2").form == "gie"
    with pytest.raises(UserError, match="« nulle-part » inconnu"):
        find(MIXED, "nulle-part")


@pytest.mark.parametrize(
    ("date", "certainty", "said"),
    [
        ("2018-05-16", "stated", "16 mai 2018"),
        ("2018-05-01", "stated", "1er mai 2018"),
        ("2018-03", None, "mars 2018"),
        ("2018", "stated", "2018"),
        ("2018", "inferred", "2018 (déduit)"),
        (None, "inferred", "date inconnue"),
        (float("nan"), None, "date inconnue"),
    ],
)
def test_dates_in_words(date: object, certainty: object, said: str) -> None:
    assert french_date(date, certainty) == said


def test_cells_are_taken_apart() -> None:
    assert split("a;b") == ["a", "b"]
    assert sentences("Un ; deux.\nTrois.") == ["Un ; deux.", "Trois."]
    assert split(None) == sentences(float("nan")) == []
