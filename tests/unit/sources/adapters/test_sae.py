"""The hospital survey: every quirk of its files, on small archives made here."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import py7zr
import pytest

from geo.errors import SourceError
from geo.sources.adapters.sae import QUESTIONS, Survey, gather, read_survey

SITE = "100000017"
ENTITY = "100000090"
ISLAND = "970100012"
TABLES = {
    "ID": (
        "bor;fi;rs;fi_ej;cat;espic;COMINSEE\n"
        f"ID;{SITE};CH DE TROYES;{ENTITY};355;1;10387\n"
        f"ID;{ISLAND};HÔPITAL DES ÎLES;970100103;365;0;9A101\n"
    ),
    "GHT": (
        'GHT_LIBC;GHT_CODE;GHT_LIB;LIT_MCO;ETPSAL_TOT\nGE-06;4406;"Aube et Sézannais";100;12,5\n'
    ),
    "MCO": f"FI;FI_EJ;LIT_MED;LIT_MCO\n{SITE};{ENTITY};60;100\n{ISLAND};970100103;;7.5\n",
    "PSY": f"FI;FI_EJ;DIS;CAP_HTP\n{SITE};{ENTITY};GEN;20\n{SITE};{ENTITY};TOT;20\n",
    "PERINAT": f"FI;FI_EJ;AUTOR;SEJACC\n{SITE};{ENTITY};TYPE2;0\n{ISLAND};970100103;;\n",
}
EMPTY = {
    name: ";".join(["FI", "FI_EJ", *([asked.part] if asked.part else []), *asked.choices]) + "\n"
    for name, asked in QUESTIONS.items()
}


def archive(
    folder: Path, year: int = 2024, encoding: str = "cp1252", **replaced: str | None
) -> Path:
    """Write an archive of the survey; `replaced` tables take the place of the small ones."""
    tables: Mapping[str, str | None] = {**EMPTY, **TABLES, **replaced}
    path = folder / f"sae_{year}.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for number, (name, text) in enumerate(tables.items()):
            if text is not None:
                letter = "ra"[number % 2]
                content = text.replace("\n", "\r\n").encode(encoding)
                packed.writestr(f"{name}_{year}{letter}.csv", content)
    return path


def value(survey: Survey, site: str, item: str) -> list[float]:
    rows = survey.values
    return rows.value[(rows.finess_et == site) & (rows["item"] == item)].tolist()


def faults_of(path: Path) -> tuple[str, ...]:
    with pytest.raises(SourceError) as error:
        read_survey(path)
    return error.value.faults


def test_a_survey_gives_its_sites_their_figures_and_the_totals_of_ghts(tmp_path: Path) -> None:
    survey = read_survey(archive(tmp_path))
    assert survey.year == 2024
    assert survey.sites.site_name.tolist() == ["CH DE TROYES", "HÔPITAL DES ÎLES"]
    assert value(survey, SITE, "MCO.LIT_MED") == [60]
    totals = survey.totals.set_index("item")
    assert totals.ght_code.unique().tolist() == ["GE-06"]
    assert totals.value.to_dict() == {"LIT_MCO": 100.0, "ETPSAL_TOT": 12.5}, "a decimal comma"
    assert value(survey, ISLAND, "MCO.LIT_MCO") == [7.5], "a decimal point"


def test_an_empty_cell_is_not_declared_and_a_zero_is(tmp_path: Path) -> None:
    survey = read_survey(archive(tmp_path))
    assert value(survey, ISLAND, "MCO.LIT_MED") == []
    assert value(survey, ISLAND, "PERINAT.SEJACC") == []
    assert value(survey, SITE, "PERINAT.SEJACC") == [0]


def test_a_total_row_keeps_its_own_name_and_cannot_be_added_to_its_parts(tmp_path: Path) -> None:
    survey = read_survey(archive(tmp_path))
    assert value(survey, SITE, "PSY.GEN.CAP_HTP") == value(survey, SITE, "PSY.TOT.CAP_HTP") == [20]
    smr = f"FI;FI_EJ;GDE;LIT\n{SITE};{ENTITY};SSR_A;30\n{SITE};{ENTITY};SSR_TOT;30\n"
    read = read_survey(archive(tmp_path, SSR=smr)).values
    assert read["item"][read["item"].str.startswith("SSR")].tolist() == ["SSR.SSR_TOT.LIT"]


def test_an_answer_by_choice_counts_for_one(tmp_path: Path) -> None:
    assert value(read_survey(archive(tmp_path)), SITE, "PERINAT.AUTOR=TYPE2") == [1]


def test_overseas_communes_take_their_official_code(tmp_path: Path) -> None:
    communes = read_survey(archive(tmp_path)).sites.commune_code
    assert communes.tolist() == ["10387", "97101"]


def test_lines_in_utf_8_and_in_latin_1_are_read_in_one_file(tmp_path: Path) -> None:
    path = archive(tmp_path, ID=None)
    lines = [line.encode("cp1252") for line in TABLES["ID"].splitlines()]
    lines[2] = TABLES["ID"].splitlines()[2].encode("utf-8")
    lines.append(f"ID;970100020;CŒUR D’ÎLE;{ENTITY};365;0;9A102".encode("cp1252"))
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("ID_2024r.csv", b"\n".join(lines))
    assert read_survey(path).sites.site_name.tolist()[1:] == ["HÔPITAL DES ÎLES", "CŒUR D’ÎLE"]


def test_totals_of_earlier_years_take_the_names_of_2024(tmp_path: Path) -> None:
    table = (
        "AN;NOM_COURT_GHT;CODE_GHT;NOM_COMPLET_GHT;CAP_COMPLET_TOT;ETPINT;ETP_AID;EFFSAL_TOT\n"
        "2019;GE-06;4406;AUBE;50;3;200;90\n"
    )
    totals = read_survey(archive(tmp_path, 2019, GHT=table)).totals
    assert totals["item"].tolist() == ["CAP_HC_TOT", "ETP_INT", "ETPPNM_AID", "EFFSAL_TOT"]


def test_a_line_cut_inside_a_name_is_mended_and_told(tmp_path: Path) -> None:
    table = (
        "NOM_COURT_GHT;CODE_GHT;NOM_COMPLET_GHT;LIT_MCO\n"
        "OCC-01;76101;GHT DES CH DE\nPERPIGNAN;971\nOCC-02;76102;OUEST AUDOIS;413\n"
    )
    survey = read_survey(archive(tmp_path, 2022, GHT=table))
    assert survey.totals.set_index("ght_code").value.to_dict() == {"OCC-01": 971, "OCC-02": 413}
    assert survey.oddities.subject.tolist() == ["SAE 2022, table GHT"]
    assert "recollée" in survey.oddities.detail[0]


def test_a_code_that_a_spreadsheet_took_for_a_date_is_restored_and_told(tmp_path: Path) -> None:
    table = TABLES["GHT"].replace("GE-06", "mars-02")
    survey = read_survey(archive(tmp_path, GHT=table))
    assert survey.totals.ght_code.unique().tolist() == ["MAR-02"]
    assert "MAR-02 écrit comme une date" in survey.oddities.detail[0]


def test_the_entity_comes_from_the_table_of_sites(tmp_path: Path) -> None:
    survey = read_survey(archive(tmp_path, MCO=f"FI;FI_EJ;LIT_MCO\n{SITE};;100\n"))
    rows = survey.values
    assert rows.finess_ej[rows["item"] == "MCO.LIT_MCO"].tolist() == [ENTITY]
    assert survey.oddities.detail.tolist() == [
        "sites sans FI_EJ, entité prise dans la table ID : 1."
    ]


def test_a_site_on_several_rows_of_a_question_is_told(tmp_path: Path) -> None:
    scanners = f"FI;FI_EJ;EQUIPIMA;NB\n{SITE};{ENTITY};SCAN;1\n{SITE};{ENTITY};SCAN;1\n"
    survey = read_survey(archive(tmp_path, IMAGES=scanners))
    assert value(survey, SITE, "IMAGES.SCAN.NB") == [1, 1]
    assert "lignes additionnées" in survey.oddities.detail[0]


def test_every_fault_of_an_archive_is_told_at_once(tmp_path: Path) -> None:
    path = archive(
        tmp_path,
        USLD=None,
        MCO=f"FI;FI_EJ;LIT_MCO\n{SITE};{ENTITY};beaucoup\n999999999;{ENTITY};3\n",
        HAD=f"FI;FI_EJ;PLATOT\n{SITE};750712184;3\n",
        GHT="GHT_LIBC;LIT_MCO\nPERPIGNAN;3\n",
    )
    faults = faults_of(path)
    assert len(faults) == 5
    told = " ".join(faults)
    assert "table USLD absente" in told
    assert "LIT_MCO = beaucoup" in told
    assert f"sites d'une autre entité que dans la table ID : {SITE}" in told
    assert "sites absents de la table ID : 999999999" in told
    assert "GHT_LIBC invalide(s) : PERPIGNAN" in told


def test_a_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    faults = faults_of(archive(tmp_path, ID="fi;rs\n1;2\n", GHT="CODE\n1\n"))
    assert any("FI_EJ" in fault for fault in faults)
    assert any("GHT_LIBC" in fault for fault in faults)


def test_an_archive_of_two_years_or_none_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path)
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("MCO_2023r.csv", b"FI\n")
    assert faults_of(path) == (
        "une année de fichiers TABLE_AAAAr.csv attendue, lue : 2023, 2024. Reprenez l'archive.",
    )
    (tmp_path / "sae.zip").write_bytes(b"PK\x03\x04 cut")
    assert "abîmée" in faults_of(tmp_path / "sae.zip")[0]


def test_the_7z_of_the_producer_reads_as_the_zip(tmp_path: Path) -> None:
    """CSV files below folders, the same tables for SAS beside."""
    path = archive(tmp_path)
    folder = "SAE 2024 Bases statistiques/Bases CSV"
    with zipfile.ZipFile(path) as given, py7zr.SevenZipFile(tmp_path / "sae.7z", "w") as packed:
        for name in given.namelist():
            packed.writestr(given.read(name), f"{folder}/{name}")
        packed.writestr(b"SAS", "SAE 2024 Bases statistiques/Bases SAS/mco_2024r.sas7bdat")
    expected, read = read_survey(path), read_survey(tmp_path / "sae.7z")
    assert read.year == 2024
    for name in ("sites", "values", "totals", "oddities"):
        pd.testing.assert_frame_equal(getattr(read, name), getattr(expected, name))


def test_years_are_gathered_once_each(tmp_path: Path) -> None:
    survey = read_survey(archive(tmp_path))
    earlier = read_survey(archive(tmp_path, 2023))
    tables = gather([earlier, survey])
    assert sorted(tables) == ["sae_oddities", "sae_sites", "sae_totals", "sae_values"]
    assert tables["sae_sites"].year.tolist() == [2023, 2023, 2024, 2024]
    with pytest.raises(SourceError, match="année en double : 2024"):
        gather([survey, survey])


def test_the_figures_of_a_survey_are_numbers(tmp_path: Path) -> None:
    survey = read_survey(archive(tmp_path))
    assert pd.api.types.is_float_dtype(survey.values.value)
    assert not survey.values.isna().any().any()
