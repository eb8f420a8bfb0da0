"""The bundled activity, against the totals that the producer publishes."""

import pytest

from geo.activity.measures import ADDED, MEASURES
from geo.activity.proof import compare, require_proof
from geo.activity.tables import ght_activity, measure_by_ght, national
from geo.atlas.load import Atlas
from geo.errors import SourceError

pytestmark = pytest.mark.data

COUNTRY_2024 = {
    "beds": 367_128,
    "beds_mco": 186_273,
    "beds_psychiatry": 50_621,
    "beds_smr": 101_271,
    "beds_usld": 28_963,
    "deliveries": 649_312,
    "maternities": 455,
    "emergency_visits": 21_427_875,
    "emergency_sites": 615,
    "samu": 100,
    "smur": 457,
    "sites": 3_984,
}
# Of the listed members, the hospital of Mayotte included, which the ministry counts in no GHT.
MEMBERS_2024 = {
    "beds_mco": 120_568,
    "beds_psychiatry": 25_861,
    "beds_smr": 34_308,
    "beds_usld": 24_053,
    "deliveries": 448_737,
    "emergency_visits": 15_997_257,
}
MAYOTTE = "980500003"
TROYES = "100000017"


def test_the_country_meets_the_published_sums(atlas: Atlas) -> None:
    table = national(atlas).query("year == 2024").set_index("measure").value
    assert {key: table[key] for key in COUNTRY_2024} == COUNTRY_2024


def test_the_country_meets_the_sums_of_2019(atlas: Atlas) -> None:
    table = national(atlas).query("year == 2019").set_index("measure").value
    assert (table["beds_mco"], table["deliveries"]) == (201_402, 741_011)


def test_the_listed_members_meet_their_sums(atlas: Atlas) -> None:
    table = national(atlas).query("year == 2024").set_index("measure").value_members
    sites = atlas.activity_sites
    mayotte = sites[(sites.finess_ej == MAYOTTE) & (sites.year == 2024)]
    alone = mayotte.groupby("measure").value.sum().reindex(table.index, fill_value=0)
    assert {key: table[key] + alone[key] for key in MEMBERS_2024} == MEMBERS_2024


def test_the_members_of_134_ghts_of_135_meet_every_total_of_the_ministry(atlas: Atlas) -> None:
    proof = compare(atlas.activity_sites, atlas.activity_ghts, atlas.proved_members)
    assert proof.indicator.nunique() >= 45
    assert proof.ght_code.nunique() == 135
    assert set(proof.ght_code[proof.difference != 0]) == {"OI-01"}
    assert (proof.unexplained == 0).all()


def test_a_member_moved_by_hand_fails_the_proof_and_is_named(atlas: Atlas) -> None:
    """Troyes given to its neighbour: both GHTs are refused, both name it."""
    listed = atlas.proved_members
    wrong = listed.assign(ght_code=listed.ght_code.mask(listed.finess_ej == TROYES, "GE-05"))
    with pytest.raises(SourceError) as error:
        require_proof(atlas.activity_sites, atlas.activity_ghts, wrong)
    gained, lost = error.value.faults
    assert gained.startswith("GE-05 : ")
    assert (
        f"compté en trop : {TROYES} (CENTRE HOSPITALIER DE TROYES) : il appartient à GE-06"
        in gained
    )
    assert f"qui manque : {TROYES} (CENTRE HOSPITALIER DE TROYES), compté dans GE-05" in lost


def test_the_same_hospitals_make_a_trend(atlas: Atlas) -> None:
    """A GHT of two former ones has members' sums in every year, the former ones have none."""
    known = atlas.activity_ghts.dropna(subset="value_members")
    years = known.groupby("ght_code").year.nunique()
    assert (years == 6).all()
    assert len(years) == 135
    assert "ARA-14" not in years.index
    former = measure_by_ght(atlas, "beds_mco", 2019).set_index("ght_code")
    assert former.value_ministry[["ARA-14", "ARA-15"]].notna().all()


def test_every_measure_has_figures_of_2024_or_says_when_it_stops(atlas: Atlas) -> None:
    table = national(atlas)
    last = table.groupby("measure").year.max()
    late = {measure.key for measure in ADDED if last.get(measure.key, 0) < 2024}
    assert late == {"beds_close_monitoring"}
    assert "Jusqu'en 2023" in MEASURES["beds_close_monitoring"].note


def test_troyes_has_its_beds_and_the_ght_its_staff(atlas: Atlas) -> None:
    aube = ght_activity(atlas, "GE-06").query("year == 2024").set_index("measure")
    assert aube.value["beds_mco"] == aube.value_ministry["beds_mco"] == 579
    assert aube.value["nurses"] > 500
    assert 0 < aube.value["day_share_surgery"] < 100


def test_staff_is_unknown_where_the_only_total_holds_another_hospital(atlas: Atlas) -> None:
    nurses = measure_by_ght(atlas, "nurses", 2024).set_index("ght_code").value
    assert nurses.index[nurses.isna()].tolist() == ["OI-01"]
    assert measure_by_ght(atlas, "nurses", 2023).value.notna().all()
    assert measure_by_ght(atlas, "nurses", 2020).empty, "not published that year"


def test_ratios_stay_within_reason(atlas: Atlas) -> None:
    shares = [m.key for m in MEASURES.values() if m.unit == "%"]
    for year in (2019, 2024):
        for key in shares:
            assert measure_by_ght(atlas, key, year).value.between(0, 100).all(), key
    assert measure_by_ght(atlas, "mean_stay_mco", 2024).value.between(2, 20).all()


def test_sites_are_in_communes_of_today(atlas: Atlas) -> None:
    sites = atlas.sae_sites
    lost = sites[~sites.insee_code.isin(atlas.communes.insee_code)]
    assert lost.insee_code.isna().all()
    assert len(lost) == 7, "Saint-Martin and Saint-Barthélemy, which have no polygon"
    assert lost.finess_et.str.startswith("970").all()
    assert sites.last_year.eq(2024).sum() == 3_984
