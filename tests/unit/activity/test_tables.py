"""Activity as it is read: labelled, ordered, with what each figure is the sum of."""

import pandas as pd
import pytest

from geo.activity import tables
from geo.atlas.load import Atlas
from geo.errors import UserError
from tests import builders

STAYS = {"MCO.LIT_MCO": 100, "MCO.SEJHC_MCO": 600, "MCO.SEJHP_MCO": 400, "MCO.JOU_MCO": 3000}
TOTALS = {
    "GE-06": {
        "LIT_MCO": 100,
        "SEJHC_MCO": 600,
        "SEJHP_MCO": 400,
        "JOU_MCO": 3000,
        "ETPSAL_TOT": 80,
    },
    "GE-05": {"LIT_MCO": 7},
}


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    figures = {
        ("100000001", "109999901"): STAYS,
        ("750000001", "750712184"): {"MCO.LIT_MCO": 50, "MCO.SEJHC_MCO": 400, "MCO.SEJHP_MCO": 0},
    }
    return builders.atlas(**builders.activity(builders.survey(figures=figures, totals=TOTALS)))


def of(table: pd.DataFrame, measure: str) -> pd.Series:
    (row,) = table[table.measure == measure].to_dict("records")
    return pd.Series(row)


def test_a_ght_has_its_members_sum_and_the_ministry_total(atlas: Atlas) -> None:
    table = tables.ght_activity(atlas, "GE-06")
    beds = of(table, "beds_mco")
    assert (beds.value, beds.value_members, beds.value_ministry) == (100, 100, 100)
    assert (beds.label, beds.unit, beds.scope) == ("Lits de MCO", "lits", tables.MEMBERS)
    assert beds.source.endswith("(SAE) 2024")
    doctors = of(table, "doctors")
    assert (doctors.value, doctors.scope) == (80, tables.MINISTRY)


def test_ratios_are_computed_from_the_sums(atlas: Atlas) -> None:
    table = tables.ght_activity(atlas, "GE-06")
    assert of(table, "day_share_mco").value == 40
    assert of(table, "mean_stay_mco").value == 5
    assert "beds_mco_rate" not in set(table.measure), "inhabitants belong to a model"


def test_a_site_says_what_it_declares(atlas: Atlas) -> None:
    table = tables.site_activity(atlas, "750000001")
    assert of(table, "beds_mco").value == 50
    assert of(table, "day_share_mco").value == 0
    assert set(table.scope) == {tables.DECLARED}
    assert "doctors" not in set(table.measure)
    assert tables.site_activity(atlas, "000000000").empty


def test_the_country_adds_every_site_and_says_the_part_of_the_ghts(atlas: Atlas) -> None:
    table = tables.national(atlas)
    beds = of(table, "beds_mco")
    assert (beds.value, beds.value_members, beds.value_ministry) == (150, 100, 107)
    assert of(table, "day_share_mco").value == pytest.approx(400 / 1400 * 100)
    assert pd.isna(of(table, "doctors").value), "those of hospitals outside any GHT are unknown"
    assert of(table, "doctors").value_ministry == 80


def test_one_measure_of_every_ght(atlas: Atlas) -> None:
    beds = tables.measure_by_ght(atlas, "beds_mco", 2024).set_index("ght_code")
    assert beds.value.to_dict() == {"GE-05": 7, "GE-06": 100}
    assert beds.scope["GE-05"] == tables.MINISTRY, "a code of which no member is known"
    assert tables.measure_by_ght(atlas, "day_share_mco", 2024).value.tolist() == [40]


def test_a_total_known_to_be_wrong_is_not_taken_for_the_figure_of_a_ght() -> None:
    """The members' sum stands; staff, which only the ministry knows, is unknown that year."""
    wrong = builders.proved_members(evidence="table_error", other_finess_ej="750712184")
    staff = {"GE-06": {"LIT_MCO": 50, "ETPSAL_TOT": 80}}
    surveys = [builders.survey(2023, totals=staff), builders.survey(2024, totals=staff)]
    found = builders.atlas(**builders.activity(*surveys, members=wrong))
    table = tables.ght_activity(found, "GE-06")
    assert table.value[table.measure == "beds_mco"].tolist() == [100, 100]
    doctors = table[table.measure == "doctors"].set_index("year")
    assert (doctors.value[2023], doctors.scope[2023]) == (80, tables.MINISTRY)
    assert pd.isna(doctors.value[2024])
    assert doctors.scope[2024] == tables.WRONG
    assert doctors.value_ministry[2024] == 80, "still shown beside"


@pytest.mark.parametrize("measure", ["lits", "beds_mco_rate"])
def test_an_unknown_measure_is_refused_with_those_that_exist(atlas: Atlas, measure: str) -> None:
    with pytest.raises(UserError, match=f"Mesure inconnue : {measure}. Mesures possibles : sites"):
        tables.measure_by_ght(atlas, measure, 2024)


def test_an_unknown_year_is_refused(atlas: Atlas) -> None:
    with pytest.raises(UserError, match=r"Année 2018 inconnue\. Années possibles : 2024\."):
        tables.measure_by_ght(atlas, "beds_mco", 2018)
