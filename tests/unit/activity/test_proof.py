"""The proof of the members: met exactly, explained, or refused with the member at fault."""

import pandas as pd
import pytest

from geo.activity.figures import ght_figures, site_figures
from geo.activity.proof import compare, proved_year, require_proof, summary
from geo.errors import SourceError
from geo.sources.adapters.sae import gather
from tests import builders

FIGURES = {
    ("100000001", "100000010"): {"MCO.LIT_MCO": 100, "PERINAT.SEJACC": 900},
    ("100000002", "100000020"): {"MCO.LIT_MCO": 40},
    ("510000001", "510000010"): {"MCO.LIT_MCO": 200},
    ("974000001", "974000010"): {"MCO.LIT_MCO": 500},
    ("971000001", "971000010"): {"MCO.LIT_MCO": 300},
}
TOTALS = {
    "GE-06": {"NB_ET": 2, "LIT_MCO": 140, "SEJACC": 900},
    "GE-05": {"NB_ET": 1, "LIT_MCO": 200, "SEJACC": 0},
    "OI-01": {"NB_ET": 1, "LIT_MCO": 300, "SEJACC": 0},
    "GUA-01": {"NB_ET": 1, "LIT_MCO": 300, "SEJACC": 0},
}
MEMBERS = builders.proved_members(
    ght_code=["GE-06", "GE-06", "GE-05", "OI-01", "GUA-01"],
    finess_ej=["100000010", "100000020", "510000010", "974000010", "971000010"],
    entity_name=[
        "CH de Troyes",
        "CH de Bar",
        "CHU de Reims",
        "CHU de La Réunion",
        "CHU des Abymes",
    ],
    evidence=["proved", "proved", "proved", "table_error", "proved"],
    other_finess_ej=[None, None, None, "971000010", None],
)
Tables = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]


def tables(members: pd.DataFrame = MEMBERS) -> Tables:
    raw = gather([builders.survey(figures=FIGURES, totals=TOTALS)])
    figures = site_figures(raw["sae_values"], raw["sae_sites"])
    return figures, ght_figures(figures, raw["sae_totals"], members), members


def faults_of(members: pd.DataFrame) -> tuple[str, ...]:
    with pytest.raises(SourceError) as error:
        require_proof(*tables(members))
    return error.value.faults


def moved(entity: str, code: str) -> pd.DataFrame:
    return MEMBERS.assign(ght_code=MEMBERS.ght_code.mask(MEMBERS.finess_ej == entity, code))


def test_a_true_list_meets_every_total_and_a_declared_error_explains_the_rest() -> None:
    proof = require_proof(*tables())
    assert (proof.unexplained == 0).all()
    beds = proof[proof.indicator == "beds_mco"].set_index("ght_code")
    assert beds.difference.to_dict() == {"GE-05": 0, "GE-06": 0, "GUA-01": 0, "OI-01": 200}
    lines = list(summary(proof, 2024))
    assert lines[0] == (
        "Preuve des membres (SAE 2024) : 3 GHT sur 4 retrouvés exactement sur 3 indicateurs."
    )
    assert lines[1].startswith(
        "OI-01 : 1 indicateurs diffèrent, erreur déclarée de la source ; "
        "Lits de MCO 500 (ministère 300)"
    )


def test_a_later_survey_leaves_the_proof_on_the_year_of_the_list() -> None:
    """A hospital that has left since would break every sum of 2025, and proves nothing of 2024."""
    raw = gather([builders.survey(figures=FIGURES, totals=TOTALS)])
    later = raw["sae_totals"].assign(year=2025, value=raw["sae_totals"].value + 1)
    totals = pd.concat([raw["sae_totals"], later], ignore_index=True)
    figures = site_figures(raw["sae_values"], raw["sae_sites"])
    both = ght_figures(figures, totals, MEMBERS)
    assert proved_year(both.year) == 2024
    pd.testing.assert_frame_equal(require_proof(figures, both, MEMBERS), require_proof(*tables()))


def test_a_member_moved_by_hand_is_named_on_both_sides() -> None:
    gained, lost = faults_of(moved("100000020", "GE-05"))
    assert gained.startswith("GE-05 : la somme des membres n'est pas le total du ministère")
    assert "Lits de MCO 240 au lieu de 200" in gained
    assert "Membre compté en trop : 100000020 (CH de Bar) : il appartient à GE-06." in gained
    assert "Membre qui manque : 100000020 (CH de Bar), compté dans GE-05." in lost
    assert lost.endswith("déclarez l'erreur de la source.")


def test_a_member_that_was_dropped_is_named() -> None:
    (fault,) = faults_of(MEMBERS[MEMBERS.finess_ej != "510000010"])
    assert "Membre qui manque : 510000010, hors de la liste." in fault


def test_an_entity_added_by_hand_is_named() -> None:
    added = builders.proved_members(ght_code="GE-05", finess_ej="971000099", entity_name="Intrus")
    figures = {**FIGURES, ("971000098", "971000099"): {"MCO.LIT_MCO": 7}}
    members = pd.concat([MEMBERS, added], ignore_index=True)
    raw = gather([builders.survey(figures=figures, totals=TOTALS)])
    sites = site_figures(raw["sae_values"], raw["sae_sites"])
    with pytest.raises(SourceError, match=r"compté en trop : 971000099 \(Intrus\)\. Corrigez"):
        require_proof(sites, ght_figures(sites, raw["sae_totals"], members), members)


def test_two_moves_at_once_are_refused_without_a_guess() -> None:
    both = moved("100000020", "GE-05")
    both.loc[both.finess_ej == "100000010", "ght_code"] = "GE-05"
    assert all("Aucun déplacement d'un seul membre" in fault for fault in faults_of(both))


def test_an_error_that_is_no_longer_one_is_refused() -> None:
    """A declaration explains what it says and nothing else."""
    wrong = MEMBERS.assign(
        other_finess_ej=MEMBERS.other_finess_ej.replace("971000010", "510000010")
    )
    (fault,) = faults_of(wrong)
    assert fault.startswith("OI-01")


def test_the_proof_is_of_the_latest_year_only() -> None:
    raw = gather(
        [
            builders.survey(2019, totals={"GE-06": {"LIT_MCO": 1}}),
            builders.survey(2024, FIGURES, TOTALS),
        ]
    )
    figures = site_figures(raw["sae_values"], raw["sae_sites"])
    proof = compare(figures, ght_figures(figures, raw["sae_totals"], MEMBERS), MEMBERS)
    assert proof.ght_code.nunique() == 4
    assert (proof.unexplained == 0).all()
