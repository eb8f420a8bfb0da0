"""Names in files of contributions: a code when one fits, said; proposals otherwise."""

import time

import pytest

from geo.atlas.load import Atlas
from geo.contributions.names import Directories, directories_of, with_codes
from geo.contributions.reading import Reading, read_contributions
from geo.contributions.template import to_flat_csv, to_workbook, to_yaml
from geo.contributions.verdict import ACCEPTED, REFUSED, check_reading
from geo.partnerships.collection import known_codes
from tests import builders

WRITERS = {"csv": to_flat_csv, "xlsx": to_workbook, "yaml": to_yaml}


@pytest.fixture(scope="module")
def directories(atlas: Atlas) -> Directories:
    return directories_of(atlas)


def read(directories: Directories, suffix: str, ght: str, entity: str) -> Reading:
    party = {"name": "CH", "kind": "public", "role": "support", "finess_ej": entity}
    given = builders.partnership(1, ght_codes=[ght], parties=[party, {**party, "name": "CH 2"}])
    content = WRITERS[suffix]([given])
    return with_codes(read_contributions(f"p.{suffix}", content), directories)


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("ght", ["ARA-09", "ara 9", "GHT Loire", "ght de la loire"])
def test_a_ght_and_an_entity_are_taken_by_their_names_and_it_is_said(
    atlas: Atlas, directories: Directories, suffix: str, ght: str
) -> None:
    reading = read(directories, suffix, ght, "CH de Troyes")
    assert reading.entries[0].record["ght_codes"] == ["ARA-09"]
    assert {p["finess_ej"] for p in reading.entries[0].record["parties"]} == {"100000017"}
    assert check_reading(reading, known_codes(atlas)).verdicts == (ACCEPTED,)
    said = [sentence for sentence in reading.told if "ARA-09" in sentence]
    assert len(said) == (ght != "ARA-09")
    assert any("100000017, lu par son nom" in sentence for sentence in reading.told)


@pytest.mark.parametrize("suffix", WRITERS)
def test_what_no_code_or_several_fit_is_proposed_in_its_cell(
    atlas: Atlas, directories: Directories, suffix: str
) -> None:
    report = check_reading(
        read(directories, suffix, "GHT Aube", "Hôpital Saint-Jean"), known_codes(atlas)
    )
    assert report.verdicts == (REFUSED,)
    found = {problem.column.rpartition(" : ")[2]: problem for problem in report.problems}
    assert (found["GHT"].value, found["GHT"].problem) == ("GHT Aube", "GHT « GHT Aube » inconnu")
    assert "Aube et Sézannais (GE-06)" in found["GHT"].cure
    assert "« Hôpital Saint-Jean »" in found["FINESS de l'entité"].problem
    assert "(" in found["FINESS de l'entité"].cure


def test_the_file_as_it_was_read_stays(directories: Directories) -> None:
    content = to_workbook([builders.partnership(1, ght_codes=["GHT Loire"])])
    reading = read_contributions("p.xlsx", content)
    with_codes(reading, directories)
    assert reading.entries[0].record["ght_codes"] == ["GHT Loire"]


def test_many_unknown_names_are_told_in_time(directories: Directories) -> None:
    records = [builders.partnership(n, ght_codes=[f"Ailleurs {n}"]) for n in range(2_000)]
    reading = read_contributions("p.csv", to_flat_csv(records))
    began = time.process_time()
    entries = with_codes(reading, directories).entries
    assert time.process_time() - began < 4
    assert sum(bool(entry.problems) for entry in entries) == 20, "the rules refuse the others"
