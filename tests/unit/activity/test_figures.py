"""From the survey to the tables: what is added, what stays unknown, what is kept twice."""

import pandas as pd

from geo.activity.figures import build_sites, ght_figures, site_figures
from geo.sources.adapters.sae import Survey, gather
from tests import builders

TROYES, PARIS = ("100000001", "109999901"), ("750000001", "750712184")


def figures_of(*surveys: Survey) -> pd.DataFrame:
    raw = gather(surveys)
    return site_figures(raw["sae_values"], raw["sae_sites"])


def values(figures: pd.DataFrame, measure: str) -> dict[str, float]:
    rows = figures[figures.measure == measure]
    return dict(zip(rows.finess_et, rows.value, strict=True))


def test_a_measure_adds_its_items_and_unknown_is_not_0() -> None:
    figures = figures_of(
        builders.survey(
            figures={
                TROYES: {"PSY.TOT.CAP_HTP": 20, "PSY.TOT.CAP_PFT": 3, "USLD.LIT": 0},
                PARIS: {"MCO.LIT_MCO": 50},
            }
        )
    )
    assert values(figures, "capacity_psychiatry") == {TROYES[0]: 23}
    assert values(figures, "beds_usld") == {TROYES[0]: 0}, "a declared 0 stays"
    assert values(figures, "beds") == {TROYES[0]: 20, PARIS[0]: 50}
    assert values(figures, "sites") == {TROYES[0]: 1, PARIS[0]: 1}


def test_a_count_of_sites_leaves_out_those_that_declare_0() -> None:
    figures = figures_of(
        builders.survey(figures={TROYES: {"PERINAT.SEJACC": 900}, PARIS: {"PERINAT.SEJACC": 0}})
    )
    assert values(figures, "maternities") == {TROYES[0]: 1}
    assert values(figures, "deliveries") == {TROYES[0]: 900, PARIS[0]: 0}


def test_a_measure_starts_the_year_its_items_make_the_whole() -> None:
    icu = {TROYES: {"REA.REAADU.SEJ": 400, "REA.SIADU.SEJ": 600}}
    figures = figures_of(builders.survey(2023, icu), builders.survey(2024, icu))
    assert figures.year[figures.measure == "critical_stays"].tolist() == [2024]
    assert figures.year[figures.measure == "icu_stays_adults"].tolist() == [2023, 2024]


def test_both_totals_of_a_ght_are_kept() -> None:
    """The ministry's list of the year, and the members of the latest list in every year."""
    earlier = builders.survey(
        2019,
        {("100000002", "109999909"): {"MCO.LIT_MCO": 30}, TROYES: {"MCO.LIT_MCO": 110}},
        {"GE-06": {"LIT_MCO": 110}, "GE-99": {"LIT_MCO": 30, "ETPSAL_TOT": 12.5}},
    )
    merged = builders.proved_members(
        finess_ej=["109999901", "109999909", "980500003"],
        evidence=["proved", "merged", "not_counted"],
        other_finess_ej=[None, "109999901", None],
    )
    raw = gather([earlier])
    figures = site_figures(raw["sae_values"], raw["sae_sites"])
    table = ght_figures(figures, raw["sae_totals"], merged)
    totals = table.set_index(["ght_code", "measure"])[["value_ministry", "value_members"]]
    found = totals.to_dict("index")
    assert list(found["GE-06", "beds_mco"].values()) == [110, 140], "one merged since counts"
    assert found["GE-99", "beds_mco"]["value_ministry"] == 30
    assert pd.isna(found["GE-99", "beds_mco"]["value_members"])
    assert found["GE-99", "doctors"]["value_ministry"] == 12.5


def test_a_total_of_several_columns_is_unknown_if_one_is() -> None:
    totals = {"GE-06": {"ETPPNM_INFAVECSPE": 10, "ETPPNM_INFSANSSPE": 90}, "GE-05": {
        "ETPPNM_INFAVECSPE": 10}}  # fmt: skip
    tables = builders.activity(builders.survey(totals=totals))
    nurses = tables["activity_ghts"].query("measure == 'nurses'")
    assert dict(zip(nurses.ght_code, nurses.value_ministry, strict=True)) == {"GE-06": 100}


def test_a_site_is_described_as_last_seen_in_the_commune_of_today() -> None:
    raw = gather([builders.survey(2019), builders.survey(2024, {TROYES: {"MCO.LIT_MCO": 1}})])
    raw["sae_sites"].loc[raw["sae_sites"].year == 2019, "site_name"] = "ANCIEN NOM"
    sites = build_sites(raw["sae_sites"], {"10001": "10387"})
    troyes, paris = sites.sort_values("finess_et").to_dict("records")
    assert troyes == {
        "finess_et": TROYES[0],
        "finess_ej": TROYES[1],
        "site_name": "CH 100000001",
        "insee_code": "10387",
        "category_code": "355",
        "category_label": "Centre Hospitalier (C.H.)",
        "legal_status": "public",
        "years": "2019;2024",
        "last_year": 2024,
    }
    assert (paris["site_name"], paris["years"]) == ("ANCIEN NOM", "2019")
