"""Members of a GHT: who counts, who succeeded whom, and what the published numbers leave over."""

import pandas as pd
import pytest

from geo.atlas.schema import check_table
from geo.establishments.members import (
    build_ghts,
    complete_members,
    earlier_list,
    entity_ghts,
    entity_landmass,
    follow_members,
    is_thematic,
    mark_supports,
)
from geo.sources.adapters.facts import GHT_COLUMNS
from geo.territories.published import deviation_percent, latest_published
from geo.territories.reconciliations import reconcile_members, unexplained
from tests import builders

pytestmark = pytest.mark.spec
ONE, TWO, THREE = "109999901", "109999902", "109999903"


def follow(listed: pd.DataFrame, changes: pd.DataFrame, *known: str) -> pd.DataFrame:
    """Follow a list; `known` are the entities that have a site."""
    return follow_members(listed, changes, pd.Series(known, dtype="str"))


def merged(**after: str) -> pd.DataFrame:
    """Mergers seen in FINESS: ``merged(e109999902=ONE)``."""
    return builders.successors([before[1:] for before in after], list(after.values()))


# Successors and mergers


def test_a_member_that_still_exists_is_its_own_successor() -> None:
    row = follow(builders.listed_members(), merged(), ONE).iloc[0]
    assert (row.current_finess_ej, row.is_in_finess) == (ONE, True)
    assert pd.isna(row.successor_evidence)


def test_a_merged_member_is_counted_with_its_successor() -> None:
    """Two entities of the list, one today: the evidence is kept."""
    table = follow(builders.listed_members(finess_ej=[ONE, TWO]), merged(e109999902=ONE), ONE)
    assert table.finess_ej.to_list() == [ONE, TWO], "the list is never shortened"
    assert table.current_finess_ej.to_list() == [ONE, ONE]
    assert table.is_in_finess.all()
    assert table.successor_evidence.fillna("").to_list() == ["", "same_site"]


def test_a_successor_may_itself_merge_later() -> None:
    """THREE became TWO, TWO joined ONE since: THREE counts with ONE."""
    listed = builders.listed_members(finess_ej=[ONE, TWO, THREE])
    table = follow(listed, merged(e109999903=TWO, e109999902=ONE), ONE)
    assert table.current_finess_ej.to_list() == [ONE, ONE, ONE]
    assert table.is_in_finess.all()


def test_a_member_without_any_site_says_so() -> None:
    assert follow(builders.listed_members(), merged(), TWO).is_in_finess.to_list() == [False]


def test_an_entity_that_inherits_the_support_is_the_support() -> None:
    """Whatever the order of the rows."""
    listed = builders.listed_members(finess_ej=[ONE, TWO], role=["partie", "support"])
    table = follow(listed, merged(e109999902=ONE), ONE)
    assert entity_ghts(table).role.to_dict() == {ONE: "support"}
    assert entity_ghts(table.iloc[::-1]).role.to_dict() == {ONE: "support"}


def test_the_list_before_says_where_each_member_is_now() -> None:
    """ONE stayed, TWO merged into ONE, which is in another GHT today, THREE left every GHT."""
    listed = builders.listed_members(
        ght_code=["AA-01", "BB-01", "BB-01"], finess_ej=[ONE, TWO, THREE]
    )
    now = builders.members(ght_code=["AA-01"], finess_ej=[ONE])
    table = earlier_list(listed, merged(e109999902=ONE), now)
    assert table.ght_code.to_list() == ["AA-01", "BB-01", "BB-01"]
    assert table.current_finess_ej.to_list() == [ONE, ONE, THREE]
    assert table.current_ght_code.fillna("-").to_list() == ["AA-01", "AA-01", "-"]
    assert len(check_table("earlier_members", table)) == 3


# Members and partners


def test_what_the_establishments_tell_of_a_member() -> None:
    """A general hospital, a public nursing home, an entity FINESS does not know."""
    listed = builders.listed_members(
        finess_ej=[ONE, TWO, THREE], entity_name=["CH", None, None], city=None
    )
    table = follow(listed, merged(), ONE, TWO)
    sites = builders.sites(
        km=[0, 1], finess_ej=[ONE, TWO], site_name=["CH DE TROYES", "EHPAD DE BAR"],
        city=["TROYES", "BAR"], is_general=[True, False],
        scope=["hospitalier", "autre_site_membre"],
    )  # fmt: skip
    done = complete_members(table, sites)
    assert done.has_general_site.to_list() == [True, False, False]
    assert done.is_public_hospital.to_list() == [True, False, pd.NA]
    assert done.entity_name.fillna("?").to_list() == ["CH", "EHPAD DE BAR", "?"]
    assert done.city.fillna("?").to_list() == ["TROYES", "BAR", "?"]
    assert len(check_table("members", done)) == 3


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Psychiatrie 59-62", True),
        ("Psy Sud Paris", True),
        ("Paris psychiatrie et neurosciences", True),
        ("Aube et Sézannais", False),
        ("Epsymède", False),
    ],
)
def test_a_thematic_ght_says_so_in_its_name(name: str, expected: bool) -> None:
    assert is_thematic(pd.Series([name])).to_list() == [expected]


def test_the_land_of_an_overseas_entity_is_in_its_number() -> None:
    numbers = pd.Series(["970100228", "970211207", "980500003", "750712184"])
    assert entity_landmass(numbers).fillna("-").to_list() == ["971", "972", "976", "-"]


# The support establishment


def raw_ghts(**overrides: object) -> pd.DataFrame:
    """GHTs as published: no support, no region when there are several."""
    wanted = {"support_finess_ej": None, "support_evidence": None} | overrides
    return builders.ghts(**wanted)[list(GHT_COLUMNS)]


def supports_of(**overrides: object) -> pd.DataFrame:
    """How the support of each GHT is known, as `choose_supports` gives it."""
    defaults: dict[str, object] = {
        "support_finess_ej": ONE, "support_evidence": "published", "support_year": "2018",
        "support_source": "https://example.org", "support_note": None,
    }  # fmt: skip
    code = overrides.pop("ght_code", "GE-06")
    row = pd.DataFrame([defaults | overrides], index=pd.Index([code]))
    return row.astype("str")


def named(sites: pd.DataFrame, **overrides: object) -> pd.Series:
    members = builders.members(finess_ej=[ONE, TWO, THREE], entity_name=["Un", None, "Trois"])
    return build_ghts(raw_ghts(), members, sites, supports_of(**overrides)).iloc[0]


def test_a_support_has_the_name_of_the_list() -> None:
    row = named(builders.sites(km=[0], finess_ej=[THREE]), support_finess_ej=THREE)
    assert (row.support_finess_ej, row.support_evidence) == (THREE, "published")
    assert row.support_name == "Trois"


def test_a_support_that_the_list_does_not_name_has_that_of_its_main_site() -> None:
    row = named(builders.sites(km=[0], finess_ej=[TWO]), support_finess_ej=TWO)
    assert row.support_name == "CH de la ville 1 (site principal)"


def test_an_unknown_support_has_no_name() -> None:
    row = named(builders.sites(km=[0]), support_finess_ej=None, support_evidence="unknown")
    assert row[["support_finess_ej", "support_name"]].isna().all()
    assert row.support_evidence == "unknown"


def test_a_ght_over_two_regions_goes_by_its_support() -> None:
    """Océan Indien spans La Réunion and Mayotte; its support is in La Réunion (04)."""
    members = builders.members(ght_code="OI-01")
    table = build_ghts(
        raw_ghts(ght_code="OI-01", reg_code=None), members, builders.sites(),
        supports_of(ght_code="OI-01"),
    )  # fmt: skip
    assert table.reg_code.to_list() == ["04"]
    assert table.current_member_count.to_list() == [1]


def test_only_a_published_support_has_the_role() -> None:
    """The list said TWO; a source names ONE, and a presumption names nobody."""
    members = builders.members(finess_ej=[ONE, TWO, THREE], role=["partie", "support", "associe"])
    published = mark_supports(members, supports_of())
    assert published.role.to_list() == ["support", "partie", "associe"]
    presumed = mark_supports(members, supports_of(support_evidence="presumed_beds"))
    assert presumed.role.to_list() == ["partie", "partie", "associe"]


# Reconciliation


def counts(table: pd.DataFrame) -> list[int]:
    return [int(count) for count in table["count"]]


NO_LIST = builders.earlier_members().head(0)


def test_aube_six_members_five_public_five_published_nothing_left() -> None:
    members = builders.members(is_public_hospital=[True] * 5 + [False])
    before = builders.earlier_members(finess_ej=members.finess_ej.to_list())
    table = reconcile_members(members, before, builders.published(value=5))
    assert counts(table) == [6, 6, 6, 5, 5, 0]
    assert table.step.to_list() == [1, 2, 3, 4, 5, 6]
    assert table.label.to_list()[4:] == ["Nombre publié (2018)", "Écart inexpliqué"]
    assert len(check_table("reconciliations", table)) == 6


def test_loire_twenty_listed_sixteen_fifteen_published_one_left() -> None:
    """
    Four of twenty entities have merged; 15 published: -1 unexplained.

    A number published in 2016 is compared with the list of 2018, not with that of 2024.
    """
    numbers = [f"4200000{n:02d}" for n in range(20)]
    after = [*numbers[:16], numbers[0], numbers[0], numbers[1], numbers[0]]
    before = builders.earlier_members(
        ght_code="ARA-09", finess_ej=numbers, current_finess_ej=after, vintage="2018"
    )
    members = builders.members(
        ght_code="ARA-09", finess_ej=numbers[:16], vintage="2024", source="sae_totals"
    )
    stated = builders.published(ght_code="ARA-09", value=[15, 20], year=[None, 2016])
    table = reconcile_members(members, before, stated)
    assert counts(table) == [20, 16, 16, 16, 20, 0, 15, -1]
    assert table.label.iloc[6] == "Nombre publié (non daté)"
    assert table.source.iloc[0] == "Liste du ministère 2018"
    assert table.source.iloc[2] == "Totaux du ministère (SAE) 2024"


def test_a_number_of_the_year_of_the_list_is_compared_with_it() -> None:
    """Twenty listed before, one now: 20 published in 2024 is 19 too many."""
    before = builders.earlier_members(finess_ej=[f"4200000{n:02d}" for n in range(20)])
    members = builders.members(vintage="2024")
    gaps = [
        counts(reconcile_members(members, before, builders.published(value=20, year=year)))[-1]
        for year in (2023, 2024)
    ]
    assert gaps == [0, 19]


def test_a_ght_that_the_list_before_does_not_have_is_counted_once() -> None:
    table = reconcile_members(builders.members(), NO_LIST, builders.published(value=1, year=2016))
    assert table.label.to_list()[:2] == [
        "Membres de la liste en vigueur", "Dont établissements publics de santé",
    ]  # fmt: skip
    assert counts(table) == [1, 1, 1, 0]


def test_the_unexplained_gap_keeps_its_sign() -> None:
    assert unexplained(15, (16, 16)) == -1
    assert unexplained(11, (10, 9)) == 1
    assert unexplained(5, (6, 5)) == 0


def test_an_unknown_status_is_not_a_public_hospital() -> None:
    members = builders.members(is_public_hospital=[True, None])
    table = reconcile_members(members, NO_LIST, builders.published(value=1))
    assert counts(table)[1] == 1


# Published figures


def test_the_most_recent_dated_figure_is_shown() -> None:
    stated = builders.published(value=[1, 2, 3], year=[2016, 2022, None])
    assert latest_published(stated, "members").value.to_dict() == {"GE-06": 2}
    assert latest_published(stated.iloc[::-1], "members").value.to_dict() == {"GE-06": 2}
    assert latest_published(stated, "beds").empty


def test_an_undated_figure_is_shown_for_want_of_better() -> None:
    assert latest_published(builders.published(value=7, year=None), "members").value.to_list() == [
        7
    ]


def test_a_deviation_is_in_percent_of_the_published_value() -> None:
    model = pd.Series([110, 90, None, 5], dtype="Int64")
    stated = pd.Series([100, 100, 100, 0], dtype="Int64")
    deviation = deviation_percent(model, stated)
    assert deviation[:2].to_list() == pytest.approx([10, -10])
    assert deviation[2:].isna().all(), "unknown, and a publication of zero, have no deviation"


@pytest.mark.parametrize(
    "scope", ["support_basin", "support_basin_close_to_ght", "member",
              "department_or_health_territory"],
)  # fmt: skip
def test_a_figure_about_something_else_is_never_compared(scope: str) -> None:
    """Though it is the most recent: that of the GHT, older, is the one shown."""
    stated = builders.published(value=[1, 2], year=[2016, 2022], scope=["ght", scope])
    assert latest_published(stated, "members").value.to_dict() == {"GE-06": 1}
    assert latest_published(stated.tail(1), "members").empty


@pytest.mark.parametrize("scope", ["ght", "ght_our_sum", None])
def test_a_figure_about_the_ght_is_compared(scope: str | None) -> None:
    stated = builders.published(value=7, scope=[scope])
    assert latest_published(stated, "members").value.to_list() == [7]
