"""The sites of the survey joined to those of FINESS: what each knows, and who is right."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest

from geo.establishments.survey import declared_beds, join_survey, last_sites
from tests import builders

pytestmark = pytest.mark.spec
BOTH, FINESS_ONLY, SURVEY_ONLY = "100000001", "100000002", "100000009"
ENTITY, OTHER = "109999901", "109999902"
LAND = pd.DataFrame(
    {
        "insee_code": ["10001", "10002"],
        "commune_name": ["Bar", "Troyes"],
        "dep_code": ["10", "10"],
        "lon": [4.0, 4.5],
        "lat": [48.0, 48.5],
    }
)
CODES = pd.Series({"10001": "10001", "10009": "10002"})


def surveyed(sites: Sequence[str], year: int = 2024, **columns: object) -> pd.DataFrame:
    """Sites that answered."""
    defaults: dict[str, Any] = {
        "finess_ej": ENTITY, "site_name": "Hôpital", "commune_code": "10009",
        "category_code": "355", "legal_code": "1",
    }  # fmt: skip
    table = pd.DataFrame({"year": year, "finess_et": list(sites)})
    return table.assign(**(defaults | columns)).astype({"finess_et": "str"})


def joined(surveys: pd.DataFrame, register: pd.DataFrame | None = None) -> pd.DataFrame:
    known = builders.finess(finess_et=[BOTH, FINESS_ONLY]) if register is None else register
    return join_survey(known, surveys, LAND, CODES).set_index("finess_et")


def test_each_site_says_which_source_knows_it() -> None:
    table = joined(surveyed([BOTH, SURVEY_ONLY]))
    assert table.registers.to_dict() == {
        BOTH: "finess_et_sae", FINESS_ONLY: "finess", SURVEY_ONLY: "sae",
    }  # fmt: skip


def test_a_site_of_the_survey_alone_stands_at_its_town_hall() -> None:
    """Its commune, 10009, is counted with 10002 today."""
    site = joined(surveyed([SURVEY_ONLY], site_name="Hôpital neuf")).loc[SURVEY_ONLY]
    assert (site.site_name, site.city, site.dep_code) == ("Hôpital neuf", "Troyes", "10")
    assert (site.lon, site.lat) == (4.5, 48.5)
    assert site.category_label == "Centre Hospitalier (C.H.)"
    assert site.public_status_code == "1"


def test_a_site_of_the_survey_in_an_unknown_commune_is_kept_without_a_place() -> None:
    site = joined(surveyed([SURVEY_ONLY], commune_code="97701")).loc[SURVEY_ONLY]
    assert site[["lon", "lat", "city", "dep_code"]].isna().all()


def test_a_category_that_nobody_labels_says_its_number() -> None:
    site = joined(surveyed([SURVEY_ONLY], category_code="998")).loc[SURVEY_ONLY]
    assert site.category_label == "Catégorie 998 (sans libellé ici)"


def test_the_entity_and_the_category_of_the_survey_win() -> None:
    """The register is older: since then, another entity runs the site, of another category."""
    table = joined(surveyed([BOTH], finess_ej=OTHER, category_code="101"))
    site, other = table.loc[BOTH], table.loc[FINESS_ONLY]
    assert (site.finess_ej, site.category_code) == (OTHER, "101")
    assert site.category_label == "Centre Hospitalier Régional (C.H.R.)"
    assert site.category_group_code == "1101"
    assert (other.finess_ej, other.category_label) == (ENTITY, "Centre Hospitalier (C.H.)")


def test_what_the_survey_does_not_say_stays_that_of_the_register() -> None:
    """Name, address and place: the survey has the commune only."""
    site = joined(surveyed([BOTH], site_name="Autre nom")).loc[BOTH]
    assert (site.site_name, site.city) == ("CH de la ville 1", "Ville 1")
    assert (site.lon, site.lat) == (0.0, 0.0)


def test_an_unlabelled_new_category_keeps_the_label_of_the_register() -> None:
    site = joined(surveyed([BOTH], category_code="998")).loc[BOTH]
    assert site.category_code == "998"
    assert pd.notna(site.category_label)


def test_only_the_last_survey_says_who_is_there() -> None:
    """BOTH answered in 2022 only: known of FINESS alone now, and one says since when."""
    surveys = pd.concat(
        [surveyed([BOTH, SURVEY_ONLY], 2022, finess_ej=OTHER), surveyed([FINESS_ONLY])]
    )
    table = joined(surveys)
    assert SURVEY_ONLY not in table.index, "closed since"
    assert table.registers.to_dict() == {BOTH: "finess", FINESS_ONLY: "finess_et_sae"}
    assert table.last_sae_year.to_dict() == {BOTH: 2022, FINESS_ONLY: 2024}
    assert table.finess_ej[BOTH] == ENTITY


def test_a_site_that_never_answered_has_no_year() -> None:
    table = joined(surveyed([BOTH]))
    assert table.last_sae_year.isna().to_dict() == {BOTH: False, FINESS_ONLY: True}


def test_the_order_of_the_rows_does_not_matter() -> None:
    surveys = pd.concat([surveyed([BOTH], 2023), surveyed([SURVEY_ONLY, BOTH])])
    register = builders.finess(finess_et=[BOTH, FINESS_ONLY])
    turned = joined(surveys.iloc[::-1], register.iloc[::-1]).sort_index()
    pd.testing.assert_frame_equal(turned, joined(surveys, register).sort_index())


def test_the_last_year_is_that_of_the_tables() -> None:
    surveys = pd.concat([surveyed([BOTH], 2023), surveyed([SURVEY_ONLY], 2019)])
    assert last_sites(surveys).finess_et.to_list() == [BOTH]


# Beds


def test_beds_are_those_of_the_last_survey_and_unknown_is_not_zero() -> None:
    last = builders.survey(
        2024,
        {
            (BOTH, ENTITY): {"MCO.LIT_MED": 60, "MCO.LIT_MCO": 100, "MCO.LIT_CHI": 40},
            (SURVEY_ONLY, ENTITY): {"SSR.SSR_TOT.LIT": 0},
        },
    )
    before = builders.survey(2023, {(BOTH, ENTITY): {"SSR.SSR_TOT.LIT": 70}})
    beds, year = declared_beds(pd.concat([before.values, last.values]))
    assert year == "2024"
    assert beds.finess_ej.to_dict() == {BOTH: ENTITY, SURVEY_ONLY: ENTITY}
    columns = ["medicine_beds", "mco_beds", "smr_beds"]
    assert list(beds.loc[BOTH, columns]) == [60, 100, pd.NA]
    assert list(beds.loc[SURVEY_ONLY, columns]) == [pd.NA, pd.NA, 0]


def test_beds_that_nobody_declares_are_unknown_for_all() -> None:
    beds, _ = declared_beds(builders.survey(figures={(BOTH, ENTITY): {"MCO.LIT_MED": 7}}).values)
    assert beds.smr_beds.isna().to_list() == [True]
