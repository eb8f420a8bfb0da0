"""The commands of the lists of members and of the past of the GHTs, on the bundled data."""

import io
import json

import pandas as pd
import pytest

from geo.atlas.load import Atlas
from geo.cli.app import main

pytestmark = pytest.mark.data
Captured = pytest.CaptureFixture[str]


def table_of(capsys: Captured, *words: str) -> pd.DataFrame:
    """Run a command and read its CSV back."""
    assert main([*words, "--format", "csv"]) == 0
    return pd.read_csv(io.StringIO(capsys.readouterr().out), dtype="str")


def test_the_list_in_use_says_how_each_member_is_known(atlas: Atlas, capsys: Captured) -> None:
    table = table_of(capsys, "members", "--vintage", atlas.vintages.members)
    assert len(table) == len(atlas.members)
    assert {"evidence", "source", "role", "successor_evidence"} <= set(table.columns)
    assert set(table.evidence) == {"proved", "carried"}
    assert table.equals(table_of(capsys, "members"))


def test_the_list_before_says_what_became_of_each_member(atlas: Atlas, capsys: Captured) -> None:
    table = table_of(capsys, "members", "--vintage", atlas.vintages.earlier, "--ght", "GE-06")
    assert set(table.ght_code) == {"GE-06"}
    assert table[["current_finess_ej", "current_ght_code"]].notna().all(axis=None)


def test_a_code_that_is_gone_gives_the_members_it_had(atlas: Atlas, capsys: Captured) -> None:
    options = ("members", "--vintage", atlas.vintages.earlier, "--ght")
    gone, heir = table_of(capsys, *options, "ara-10"), table_of(capsys, *options, "ARA-22")
    assert set(gone.ght_code) == {"ARA-10"}
    assert {"ARA-10", "ARA-13"} <= set(heir.ght_code)
    assert set(table_of(capsys, "members", "--ght", "ARA-10").ght_code) == {"ARA-22"}


def test_a_list_that_does_not_exist_is_refused_with_those_that_do(capsys: Captured) -> None:
    assert main(["members", "--vintage", "1999"]) == 1
    assert "Millésime « 1999 » inconnu. Millésimes des listes : 2018, 2024." in (
        capsys.readouterr().err
    )


def test_the_history_of_a_ght_reads_back_and_shows(capsys: Captured) -> None:
    assert main(["history", "--ght", "ARA-10", "--format", "json"]) == 0
    output = capsys.readouterr()
    assert {row["ght_code"] for row in json.loads(output.out)} == {"ARA-22"}
    assert "fait partie de Val Rhône Centre (ARA-22)" in output.err
    assert main(["history", "--ght", "ARA-22"]) == 0
    assert "1er mars 2023" in capsys.readouterr().out


def test_a_ght_that_nothing_happened_to_says_so(capsys: Captured) -> None:
    assert main(["history", "--ght", "GE-06"]) == 0
    assert capsys.readouterr().out.startswith("Aucun événement connu")


def test_the_two_lists_are_compared_when_no_folder_is_named(capsys: Captured) -> None:
    assert {"ght_gone", "member_merged", "member_joined"} <= set(table_of(capsys, "changes").kind)
    assert main(["changes"]) == 0
    assert "De la liste des membres de 2018 à celle de 2024." in capsys.readouterr().out
    assert main(["changes", "data"]) == 1
    assert "Donnez deux dossiers" in capsys.readouterr().err
