"""What the survey says oddly becomes rows that a person can read."""

import pandas as pd

from geo.activity.anomalies import KINDS, survey_anomalies
from geo.sources.adapters.sae import gather
from tests import builders

SITE = ("100000001", "109999901")
MEMBERS = builders.proved_members(
    ght_code=["GE-06", "OI-01", "OI-01"],
    finess_ej=["109999901", "974000010", "980500003"],
    entity_name=["CH de Troyes", "CHU de La Réunion", "CH de Mayotte"],
    evidence=["proved", "table_error", "not_counted"],
    other_finess_ej=[None, "971000010", None],
)


def anomalies() -> pd.DataFrame:
    surveys = [
        builders.survey(
            2023, {SITE: {"MCO.LIT_MCO": 100, "USLD.LIT": 40}}, {"GE-99": {"LIT_MCO": 1}}
        ),
        builders.survey(
            2024,
            {SITE: {"MCO.LIT_MCO": 60, "USLD.LIT": 41, "URGENCES.AUTSU": 1}},
            {"GE-06": {"LIT_MCO": 60}, "OI-01": {"LIT_MCO": 3}},
        ),
    ]
    surveys[1].oddities.loc[0] = ["SAE 2024, table GHT", "ligne recollée."]
    tables = builders.activity(*surveys, members=MEMBERS)
    found = survey_anomalies(tables, gather(surveys))
    assert set(found.kind) == set(KINDS)
    return found.set_index("kind")


def test_a_steady_survey_has_nothing_to_say() -> None:
    survey = builders.survey()
    assert survey_anomalies(builders.activity(survey), gather([survey])).empty


def test_a_year_without_staff_is_told() -> None:
    told = builders.survey(2024, totals={**builders.TOTALS, "GE-05": {"ETPSAL_TOT": 3}})
    surveys = [builders.survey(2020), told]
    found = survey_anomalies(builders.activity(*surveys), gather(surveys))
    assert "SAE 2020 : personnel" in found.subject.tolist()
    assert "SAE 2024 : personnel" not in found.subject.tolist()


def test_every_kind_is_told_with_its_figures_and_its_source() -> None:
    found = anomalies()
    wrong = found.loc[["sae_total_errone"]]
    assert wrong.subject.tolist() == ["974000010", "980500003"]
    assert "comptent l'entité 971000010 à sa place" in wrong.detail.iloc[0]
    assert wrong.ght_code.tolist() == ["OI-01", "OI-01"]
    broken = found.loc[["sae_rupture"]]
    assert "Lits de MCO, France entière : 100 en 2023, 60 en 2024 (−40,0" in " ".join(broken.detail)
    assert "beds_usld 2024" not in broken.subject.tolist(), "41 after 40 is no break"
    assert found.loc["sae_autre_liste"].subject == "GE-99"
    silent = found.loc["sae_non_declare"]
    assert silent.detail.startswith(
        "Sites d'urgences qui ne déclarent pas le nombre de passages (1) : 100000001."
    )
    assert found.loc["sae_lecture"].source == "SAE 2024"
