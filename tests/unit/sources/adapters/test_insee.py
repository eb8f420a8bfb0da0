"""INSEE files."""

import zipfile
from pathlib import Path

import pandas as pd

from geo.sources.adapters import insee
from tests.unit.sources.adapters.raw import RAW, cut, faults_of, spoil


def test_the_geographic_code_keeps_types_apart() -> None:
    communes = insee.read_cog_communes(RAW / "insee_cog_communes.csv")
    assert communes.columns.to_list() == list(insee.COG_COLUMNS.values())
    by_type = communes.set_index(["type_code", "insee_code"])
    assert by_type.loc[("COM", "2A004"), "dep_code"] == "2A"
    assert by_type.loc[("COM", "97105"), "dep_code"] == "971"
    assert by_type.loc[("COMD", "01015"), "parent_code"] == "01015"
    assert by_type["dep_code"].isna().sum() == 1


def test_all_faults_of_the_geographic_code_come_together(tmp_path: Path) -> None:
    spoiled = spoil(
        tmp_path,
        "insee_cog_communes.csv",
        ("COM,2A004,94,2A,", "COM,1001,94,,"),
        ("ARM,75101", "ARR,75101"),
        ("COMD,01015", "COM,01015"),
    )
    message = faults_of(insee.read_cog_communes, spoiled)
    assert "4 défauts" in message
    assert "TYPECOM inconnu(s) : ARR" in message
    assert "COM invalide(s) : 1001" in message
    assert "DEP vide, ligne(s) : 3" in message
    assert "TYPECOM et COM en double : COM 01015" in message


def test_movements_have_dates_and_may_come_from_nowhere() -> None:
    movements = insee.read_movements(RAW / "insee_cog_mouvements.csv")
    assert movements["date"].to_list() == [pd.Timestamp(2019, 1, 1), pd.Timestamp(1950, 10, 19)]
    assert movements["code_before"].isna().to_list() == [False, True]
    assert movements["mod"].to_list() == ["32", "20"]


def test_bad_dates_and_repeated_movements_are_listed(tmp_path: Path) -> None:
    spoiled = spoil(tmp_path, "insee_cog_mouvements.csv", ("1950-10-19", "19/10/1950"))
    spoiled.write_text(spoiled.read_text("utf-8") + spoiled.read_text("utf-8").splitlines()[1])
    message = faults_of(insee.read_movements, spoiled)
    assert "DATE_EFF illisible(s) : 19/10/1950" in message
    assert "mouvements en double, COM_AV : 01119" in message


def test_departements_and_regions() -> None:
    departements = insee.read_departements(RAW / "insee_departements.csv")
    assert departements["dep_code"].to_list() == ["01", "2A", "971"]
    assert departements["reg_code"].to_list() == ["84", "94", "01"]
    regions = insee.read_regions(RAW / "insee_regions.csv")
    assert regions.to_dict("list") == {
        "reg_code": ["01", "84"],
        "reg_name": ["Guadeloupe", "Auvergne-Rhône-Alpes"],
    }


def test_repeated_departements_and_regions_are_listed(tmp_path: Path) -> None:
    doubled = spoil(tmp_path, "insee_departements.csv", ("2A,94", "01,94"))
    assert "DEP en double : 01" in faults_of(insee.read_departements, doubled)
    doubled = spoil(tmp_path, "insee_regions.csv", ("84,69123", "01,69123"))
    assert "REG en double : 01" in faults_of(insee.read_regions, doubled)


def test_populations_accept_spaced_thousands_and_overseas_codes() -> None:
    populations = insee.read_populations(RAW / "insee_populations.csv")
    by_code = populations.set_index("insee_code")
    assert by_code["population"].to_dict() == {
        "01001": 860,
        "75101": 15114,
        "2A004": 1074345,
        "97101": 51055,
    }
    assert by_code.loc["97101", "dep_code"] == "971"
    assert str(populations["population"].dtype) == "Int64"


def test_populations_are_read_in_the_zip_of_the_producer(tmp_path: Path) -> None:
    packed = tmp_path / "ensemble.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("donnees_communes.csv", (RAW / "insee_populations.csv").read_bytes())
    pd.testing.assert_frame_equal(
        insee.read_populations(packed), insee.read_populations(RAW / "insee_populations.csv")
    )
    assert "archive tronquée" in faults_of(insee.read_populations, cut(packed))
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("autre.csv", "x")
    assert "archive sans le fichier donnees_communes.csv" in faults_of(
        insee.read_populations, packed
    )


def test_bad_populations_are_all_listed(tmp_path: Path) -> None:
    spoiled = spoil(
        tmp_path,
        "insee_populations.csv",
        (";860;", ";environ 860;"),
        (";51055;", ";;"),
        ("75101;Paris", "01001;Paris"),
    )
    message = faults_of(insee.read_populations, spoiled)
    assert "PMUN non numérique(s) : environ 860" in message
    assert "PMUN vide, ligne(s) : 5" in message
    assert "COM en double : 01001" in message
    assert "COM hors de son DEP : 01001" in message


def test_mayotte_codes_are_rebuilt() -> None:
    mayotte = insee.read_mayotte(RAW / "insee_mayotte.csv")
    assert mayotte.to_dict("list") == {
        "insee_code": ["97601", "97617"],
        "population": [5192, 13934],
    }


def test_mayotte_refuses_another_departement(tmp_path: Path) -> None:
    spoiled = spoil(tmp_path, "insee_mayotte.csv", (";976;;;601", ";974;;;617"))
    message = faults_of(insee.read_mayotte, spoiled)
    assert "DEP inconnu(s) : 974" in message
    assert "CODCOM en double : 617" in message


def test_context_keeps_one_row_per_commune_and_unknown_mayotte() -> None:
    context = insee.read_context(RAW / "insee_comparateur.csv")
    assert context["insee_code"].to_list() == ["01001", "01004", "55039", "75101", "97601"]
    by_code = context.set_index("insee_code")
    assert by_code.loc["75101", "parent"] == "75056"
    assert by_code.loc["55039", "population_2021"] == 0
    assert by_code["population_2021"].isna().to_list() == [False, False, False, False, True]
    assert by_code.loc["97601", "births_2022"] == 163
    assert by_code.loc["01001", "unemployed_15_64_2021"] == 27
    assert {str(context[name].dtype) for name in insee.CONTEXT_FIGURES.values()} == {"Int64"}


def test_context_lines_that_disagree_are_listed(tmp_path: Path) -> None:
    spoiled = spoil(
        tmp_path,
        "insee_comparateur.csv",
        ("01501,COM,,45.9,5.3,24.6,14854", "01501,COM,,45.9,5.3,24.6,14855"),
        (",832,", ",n.d.,"),
    )
    message = faults_of(insee.read_context, spoiled)
    assert "avec des chiffres différents : 01004" in message
    assert "population_2021 non numérique(s) : n.d." in message


def test_overseas_population_may_be_unknown() -> None:
    overseas = insee.read_overseas(RAW / "insee_outremer.csv")
    assert overseas["population"].isna().to_list() == [False, True]
    assert overseas.loc[0, "population"] == 31160
    assert overseas.columns.to_list() == list(insee.OVERSEAS_COLUMNS.values())


def test_overseas_codes_are_checked(tmp_path: Path) -> None:
    spoiled = spoil(tmp_path, "insee_outremer.csv", ("978,Saint", "X,Saint"), ("98411", "97801"))
    message = faults_of(insee.read_overseas, spoiled)
    assert "code_collectivite invalide(s) : X" in message
    assert "code_commune en double : 97801" in message
