"""Anomalies: each kind is found, worded in French, and never crashes on a clean country."""

import pandas as pd
import pytest

from geo.atlas.schema import check_table
from geo.establishments import anomalies as hospital_anomalies
from geo.geography.communes import Carry
from geo.territories import anomalies
from tests import builders

EMPTY_CARRY = Carry({}, {})
VINTAGES = builders.vintages()


def found(table: pd.DataFrame) -> dict[str, str]:
    """Subject -> detail of the rows; every kind must be a declared one."""
    assert set(table.kind) <= set(anomalies.ANOMALY_KINDS)
    assert len(check_table("anomalies", anomalies.build_anomalies([table], VINTAGES))) == len(table)
    return dict(zip(table.subject, table.detail, strict=True))


def test_uncertain_members_are_listed() -> None:
    members = builders.members(
        finess_ej=["100000001", "100000002", "100000003"],
        current_finess_ej=["100000009", "100000002", "100000003"],
        successor_evidence=["same_site", None, None],
        entity_name=["CH de Bar", None, "EHPAD"], city=["Bar", None, "Troyes"],
        is_in_finess=[True, False, True], evidence=["read", "read", "deduced"],
    )  # fmt: skip
    assert found(hospital_anomalies.member_anomalies(members)) == {
        "100000001": "CH de Bar (Bar) : compté avec l'entité 100000009 (preuve : le même site).",
        "100000002": "Entité 100000002 : ni dans FINESS ni dans la SAE, sans successeur connu ; "
        "aucun site localisé.",
        "100000003": "EHPAD (Troyes) : rattaché au GHT par élimination, non lu dans la source.",
    }


def test_members_that_nobody_verified_are_listed() -> None:
    members = builders.members(evidence=["proved", "carried"], entity_name=["A", "EHPAD de Bar"])
    assert found(hospital_anomalies.member_anomalies(members)) == {
        "109999902": "EHPAD de Bar (Ville 2) : hors de l'enquête SAE, repris de la liste "
        "précédente sans vérification.",
    }


def test_a_site_placed_at_its_town_hall_is_listed() -> None:
    table = hospital_anomalies.site_anomalies(
        builders.sites(km=[0, 1], insee_check=["mairie", "concordant"], registers=["sae", "finess"])
    )
    assert table[["kind", "subject"]].to_numpy().tolist() == [["site_place_mairie", "100000001"]]
    found(table)


def test_a_clean_country_has_no_anomaly() -> None:
    """Nothing moved, nothing missing, every population of the same year."""
    land = builders.communes(km=[0, 1])
    parts = [
        hospital_anomalies.member_anomalies(builders.members()),
        hospital_anomalies.site_anomalies(builders.sites(km=[0])),
        anomalies.commune_anomalies(land, EMPTY_CARRY, pd.Series(dtype="str"), ()),
        anomalies.deviation_anomalies(
            pd.DataFrame({"ght_code": ["GE-06"], "deviation_percent": [-20.0]})
        ),
    ]
    assert [len(part) for part in parts] == [0, 0, 0, 0]


def test_doubtful_sites_are_listed() -> None:
    sites = builders.sites(
        km=[0, 1, 2, 3],
        site_name=["CH A", None, "123 456", "CH D"],
        finess_name=["CH A", None, "123 456", "CH D"],
        insee_check=["sans_coordonnees", "hors_contours", "discordant", "concordant"],
        general_reason=["coordonnées inconnues", "hôpital général public", "hôpital général public",
                        "unité à plus de 50 km du centre de son entité"],
        is_general=[False, True, True, False],
    )  # fmt: skip
    table = hospital_anomalies.site_anomalies(sites)
    assert table[["kind", "subject"]].to_numpy().tolist() == [
        ["site_sans_coordonnees", "100000001"],
        ["site_hors_contours", "100000002"],
        ["adresse_discordante", "100000003"],
        ["unite_eloignee", "100000004"],
        ["nom_invalide", "100000002"],
        ["nom_invalide", "100000003"],
    ]
    details = table.detail.to_list()
    assert details[1] == "Site sans nom : aucune commune à ce point."
    assert "l'adresse dit Commune 3, le point est dans la commune 10003" in details[2]
    assert details[5] == "Nom dans FINESS : « 123 456 »."
    found(table)


def test_a_private_clinic_is_nobodys_anomaly() -> None:
    clinic = builders.sites(public_status="prive", insee_check="discordant", is_general=False)
    assert hospital_anomalies.site_anomalies(clinic).empty


def test_a_remote_unit_without_name_is_still_listed() -> None:
    unit = builders.sites(site_name=[None], general_reason="unité à plus de 50 km du centre")
    (detail, *_) = found(hospital_anomalies.site_anomalies(unit).head(1)).values()
    assert detail == "Site sans nom : unité à plus de 50 km du centre, hors du modèle."


def test_communes_that_needed_a_rule_are_listed() -> None:
    land = builders.communes(km=[0, 1, 2], population_year=[2023, 2023, 2017])
    carry = Carry({}, {"10009": "10001"})
    names = pd.Series({"10001": "Troarn", "10009": "Sannerville"})
    assert found(anomalies.commune_anomalies(land, carry, names, ["10002"])) == {
        "10009": "Sannerville : recréée depuis les contours, sans le sien ; sa population est "
        "comptée avec Troarn (10001), dont elle est issue.",
        "10002": "Contour de 10002 invalide (anneau qui se touche), réparé.",
        "10003": "Commune 3 : population de 2017, quand le reste est de 2023.",
    }


def test_presumptions_absences_and_vintages_of_ghts_are_listed() -> None:
    ghts = builders.ghts(
        ght_code=["AA-01", "BB-01", "CC-01"],
        support_evidence=["presumed_beds", "presumed_beds", "unknown"],
        support_name=["CHU", None, None],
        support_finess_ej=["100000001", "100000002", None],
        support_note=["Lits de MCO en 2024 : 900, seul à en avoir.", None, "Trop proches."],
        composition_vintage=["2018", "2018", "2026-10"],
    )
    areas = builders.small_tables()["territories"]
    table = anomalies.ght_anomalies(ghts, areas)
    assert table[["kind", "subject"]].to_numpy().tolist() == [
        ["support_presume", "AA-01"],
        ["support_presume", "BB-01"],
        ["support_presume", "CC-01"],
        ["ght_sans_territoire", "HF-13"],
        ["millesimes_differents", "CC-01"],
    ]
    assert table.detail.iloc[0].startswith("CHU : présumé support, non publié. Lits de MCO en")
    assert table.detail.iloc[1].startswith("Entité 100000002 : présumé support")
    assert table.detail.iloc[2].endswith("inconnu. Trop proches.")
    assert table.detail.iloc[3].startswith("Psychiatrie 59-62 : GHT de psychiatrie")


def test_a_change_of_the_list_is_told_to_every_ght_it_touches() -> None:
    changes = pd.DataFrame(
        {"ght_codes": ["ARA-14;ARA-15"], "changed_on": [None], "detail": ["Fusion"],
         "source_url": ["https://example.org"]}, dtype="str",
    )  # fmt: skip
    table = hospital_anomalies.list_anomalies(changes)
    assert table.ght_code.to_list() == ["ARA-14", "ARA-15"]
    assert set(table.detail) == {"Fusion (date non établie)"}
    assert set(table.source) == {"https://example.org"}


def test_what_lies_outside_the_totals_is_told() -> None:
    overseas = pd.DataFrame(
        {"collectivity_code": ["977", "977"], "collectivity_name": "Saint-Barthélemy",
         "population": [10000, 585]}
    )  # fmt: skip
    land = builders.communes(km=[0, 1], landmass=["976", "metropole"], population=[90, 10])
    table = builders.assignments(
        insee_code=["10001", "10002"], rule=["only_provider", "nearest"], area_code="OI-01"
    )
    details = found(anomalies.overseas_anomalies(overseas, table, land))
    assert details["977"].startswith("Saint-Barthélemy : 10585 habitants, sans contour")
    assert "ses 90 habitants vont au seul GHT qui y a un membre (OI-01)" in details["976"]


@pytest.mark.parametrize(
    ("deviation", "year", "detail"),
    [
        (20.5, 2018.0, "Population : 1205 modélisé, 1000 publié (2018), écart +20 %."),
        (-35.0, None, "Population : 650 modélisé, 1000 publié (année inconnue), écart -35 %."),
    ],
)
def test_a_model_far_from_a_publication_is_told(
    deviation: float, year: float | None, detail: str
) -> None:
    comparison = pd.DataFrame(
        {"ght_code": ["GE-06"], "figure": "Population", "modelled": 1000 * (1 + deviation / 100),
         "published": 1000, "qualifier": "plain", "year": year, "year_certainty": "stated",
         "deviation_percent": deviation}
    )  # fmt: skip
    assert found(anomalies.deviation_anomalies(comparison)) == {"GE-06": detail}


def test_a_publication_is_told_as_it_was_written() -> None:
    comparison = pd.DataFrame(
        {"ght_code": ["GE-06"], "figure": "Population", "modelled": 500.0, "published": 1000,
         "qualifier": "more_than", "year": 2018, "year_certainty": "inferred",
         "deviation_percent": -50.0}
    )  # fmt: skip
    told = "Population : 500 modélisé, plus de 1000 publié (2018, année déduite), écart -50 %."
    assert found(anomalies.deviation_anomalies(comparison)) == {"GE-06": told}


def test_anomalies_are_gathered_once_and_sorted() -> None:
    one = hospital_anomalies.member_anomalies(builders.members(evidence="deduced"))
    table = anomalies.build_anomalies([one, one.head(0), one], VINTAGES)
    assert len(table) == 1


def test_a_source_is_named_with_its_vintage() -> None:
    lost = hospital_anomalies.site_anomalies(builders.sites(km=[0], insee_check="sans_coordonnees"))
    table = anomalies.build_anomalies([lost], builders.vintages(finess="2031-05-04"))
    assert table.source.to_list() == ["FINESS 4 mai 2031"]
