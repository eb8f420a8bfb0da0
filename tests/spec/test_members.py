"""Members of a GHT: who counts, who succeeded whom, and what the published numbers leave over."""

import pandas as pd
import pytest

from geo.atlas.schema import check_table
from geo.establishments.members import (
    apply_successors,
    build_ghts,
    complete_members,
    entity_ghts,
    entity_landmass,
    inhabitants_served,
    is_thematic,
)
from geo.territories.published import deviation_percent, latest_published
from geo.territories.reconciliations import reconcile_members, unexplained
from tests import builders

pytestmark = pytest.mark.spec
NOBODY = builders.successors(), builders.later_mergers()
ONE, TWO, THREE = "109999901", "109999902", "109999903"


def finess_of(*entities: str) -> pd.DataFrame:
    return builders.finess(finess_ej=list(entities))


# Successors and mergers


def test_a_member_that_still_exists_is_its_own_successor() -> None:
    table = apply_successors(builders.listed_members(), *NOBODY, finess_of(ONE))
    row = table.iloc[0]
    assert (row.current_finess_ej, row.is_in_finess) == (ONE, True)
    assert pd.isna(row.successor_evidence)


def test_a_merged_member_is_counted_with_its_successor() -> None:
    """Two entities of the list, one in FINESS: one entity now, and the evidence is kept."""
    listed = builders.listed_members(finess_ej=[ONE, TWO])
    table = apply_successors(
        listed, builders.successors([TWO], [ONE]), builders.later_mergers(), finess_of(ONE)
    )
    assert table.finess_ej.to_list() == [ONE, TWO], "the list is never shortened"
    assert table.current_finess_ej.to_list() == [ONE, ONE]
    assert table.is_in_finess.all()
    assert table.successor_evidence.fillna("").to_list() == ["", "same_site"]


def test_a_later_merger_counts_after_finess_and_its_sites_stay() -> None:
    """Merged in 2022: FINESS 2021 still knows the entity, so that its sites keep their GHT."""
    table = apply_successors(
        builders.listed_members(finess_ej=[ONE, TWO]),
        builders.successors(),
        builders.later_mergers([TWO], [ONE]),
        finess_of(ONE, TWO),
    )
    assert table.finess_vintage_ej.to_list() == [ONE, TWO]
    assert table.current_finess_ej.to_list() == [ONE, ONE]
    assert table.successor_evidence.iloc[1] == "later_merger"
    assert set(entity_ghts(table).index) == {ONE, TWO}


def test_a_successor_may_itself_merge_later() -> None:
    """THREE became TWO before FINESS, TWO joined ONE since: THREE counts with ONE."""
    table = apply_successors(
        builders.listed_members(finess_ej=[ONE, TWO, THREE]),
        builders.successors([THREE], [TWO]),
        builders.later_mergers([TWO], [ONE]),
        finess_of(ONE, TWO),
    )
    assert table.finess_vintage_ej.to_list() == [ONE, TWO, TWO]
    assert table.current_finess_ej.nunique() == 1


def test_a_member_absent_from_finess_says_so() -> None:
    table = apply_successors(builders.listed_members(), *NOBODY, finess_of(TWO))
    assert table.is_in_finess.to_list() == [False]


def test_an_entity_that_inherits_the_support_is_the_support() -> None:
    """Whatever the order of the rows."""
    listed = builders.listed_members(finess_ej=[ONE, TWO], role=["partie", "support"])
    table = apply_successors(
        listed, builders.successors([TWO], [ONE]), builders.later_mergers(), finess_of(ONE)
    )
    assert entity_ghts(table).role.to_dict() == {ONE: "support"}
    assert entity_ghts(table.iloc[::-1]).role.to_dict() == {ONE: "support"}


# Members and partners


def test_what_the_establishments_tell_of_a_member() -> None:
    """A general hospital, a public nursing home, an entity FINESS does not know."""
    listed = builders.listed_members(
        finess_ej=[ONE, TWO, THREE], entity_name=["CH", None, None], city=None
    )
    table = apply_successors(listed, *NOBODY, finess_of(ONE, TWO))
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
    return builders.ghts(**wanted).drop(
        columns=["current_member_count", "is_thematic", "support_name"]
    )


NOBODY_SERVED = pd.Series(dtype="float64")


def supports(
    sites: pd.DataFrame, served: pd.Series = NOBODY_SERVED, **overrides: object
) -> pd.Series:
    members = builders.members(finess_ej=[ONE, TWO, THREE], entity_name=["Un", None, "Trois"])
    return build_ghts(raw_ghts(**overrides), members, sites, served).iloc[0]


def test_a_published_support_is_kept() -> None:
    row = supports(
        builders.sites(km=[0], finess_ej=[ONE], category_code="101"),
        support_finess_ej=THREE,
        support_evidence="published",
    )
    assert (row.support_finess_ej, row.support_evidence) == (THREE, "published")
    assert row.support_name == "Trois"


def test_an_unpublished_support_is_presumed_to_be_the_chu() -> None:
    """Though another member has more sites; and the evidence says presumed."""
    sites = builders.sites(
        km=[0, 1, 2], finess_ej=[ONE, ONE, TWO], category_code=["355", "355", "101"]
    )
    row = supports(sites)
    assert (row.support_finess_ej, row.support_evidence) == (TWO, "presumed_chu")
    assert row.support_name == "CH de la ville 3 (site principal)"


def test_without_a_chu_the_hospital_nearest_to_most_inhabitants_is_presumed() -> None:
    """TWO has more sites, ONE serves more people; THREE, a local hospital, does not count."""
    sites = builders.sites(
        km=[0, 1, 2, 3],
        finess_ej=[TWO, TWO, ONE, THREE],
        category_code=["355", "355", "355", "106"],
    )
    row = supports(sites, pd.Series({ONE: 900, TWO: 800, THREE: 5000}))
    assert (row.support_finess_ej, row.support_evidence) == (ONE, "presumed_population")


def test_hospitals_that_serve_as_many_leave_the_support_unknown() -> None:
    sites = builders.sites(km=[0, 1], finess_ej=[TWO, ONE])
    assert supports(sites, pd.Series({ONE: 500, TWO: 500})).support_evidence == "unknown"


def test_inhabitants_are_served_by_the_entity_of_their_nearest_site() -> None:
    """Two sites of ONE serve 300 and 200 people, one of TWO serves 50; Mayotte has no site."""
    sites = builders.sites(km=[0, 1, 2], finess_ej=[ONE, ONE, TWO])
    communes = builders.communes(km=[0, 1, 2, 3], population=[300, 200, 50, 9])
    table = pd.DataFrame(
        {
            "insee_code": communes.insee_code,
            "finess_et": [*sites.finess_et, None],
        }
    )
    assert inhabitants_served(table, communes, sites).to_dict() == {ONE: 500, TWO: 50}


def test_without_general_site_the_support_is_unknown() -> None:
    row = supports(builders.sites(km=[0], finess_ej=[ONE], is_general=False))
    assert pd.isna(row.support_finess_ej)
    assert row.support_evidence == "unknown"
    assert pd.isna(row.support_name)


def test_a_ght_over_two_regions_goes_by_its_support() -> None:
    """Océan Indien spans La Réunion and Mayotte; its support is in La Réunion (04)."""
    members = builders.members(ght_code="OI-01")
    table = build_ghts(
        raw_ghts(ght_code="OI-01", reg_code=None), members, builders.sites(), NOBODY_SERVED
    )
    assert table.reg_code.to_list() == ["04"]
    assert table.current_member_count.to_list() == [1]


# Reconciliation


def counts(table: pd.DataFrame) -> list[int]:
    return [int(count) for count in table["count"]]


def test_aube_six_members_five_public_five_published_nothing_left() -> None:
    members = builders.members(is_public_hospital=[True] * 5 + [False])
    table = reconcile_members(members, builders.published(value=5), builders.vintages())
    assert counts(table) == [6, 6, 6, 5, 5, 0]
    assert table.step.to_list() == [1, 2, 3, 4, 5, 6]
    assert table.label.to_list()[4:] == ["Nombre publié (2018)", "Écart inexpliqué"]
    assert len(check_table("reconciliations", table)) == 6


def test_loire_twenty_listed_seventeen_sixteen_fifteen_published_one_left() -> None:
    """Three entities had merged by FINESS 2021, one more since; 15 published: -1 unexplained."""
    numbers = [f"4200000{n:02d}" for n in range(20)]
    now = [*numbers[:16], numbers[0], numbers[0], numbers[1], numbers[0]]
    evidence = [None] * 16 + ["same_site", "same_site", "site_name", "later_merger"]
    members = builders.members(
        ght_code="ARA-09", finess_ej=numbers, current_finess_ej=now, successor_evidence=evidence
    )
    stated = builders.published(ght_code="ARA-09", value=[15, 20], year=[None, 2016])
    table = reconcile_members(members, stated, builders.vintages())
    assert counts(table) == [20, 17, 16, 16, 20, 0, 15, -1]
    assert table.label.iloc[6] == "Nombre publié (non daté)"
    assert table.source.iloc[0] == "Liste du ministère 2018"


def test_the_unexplained_gap_keeps_its_sign() -> None:
    assert unexplained(15, (16, 16)) == -1
    assert unexplained(11, (10, 9)) == 1
    assert unexplained(5, (6, 5)) == 0


def test_an_unknown_status_is_not_a_public_hospital() -> None:
    members = builders.members(is_public_hospital=[True, None])
    assert (
        counts(reconcile_members(members, builders.published(value=1), builders.vintages()))[3] == 1
    )


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
