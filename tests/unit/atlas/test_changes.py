"""What changed between two versions: each kind of change, nothing when nothing did, refusals."""

import json
from pathlib import Path

import pandas as pd
import pytest

from geo.atlas.changes import COLUMNS, compare, compare_folders, shown_changes
from geo.atlas.load import Atlas
from geo.cli.app import main
from geo.errors import BundleError
from tests import builders

Captured = pytest.CaptureFixture[str]


def changed(**tables: pd.DataFrame) -> list[tuple[str, ...]]:
    """Changes from the small country to the same with other tables, without the names of areas."""
    found = compare(builders.atlas(), builders.atlas(**tables))
    rows = found.table()
    assert found.count == len(rows)
    return list(rows.drop(columns="area_name").itertuples(index=False, name=None))


def test_the_same_data_has_not_changed() -> None:
    assert changed() == []
    empty = compare(builders.atlas(), builders.atlas()).table()
    assert list(empty.columns) == list(COLUMNS)
    assert shown_changes(empty).empty


def test_the_bundled_data_is_its_own(atlas: Atlas) -> None:
    assert compare(atlas, atlas).count == 0


def test_ghts_appear_go_and_change() -> None:
    after = builders.ghts(
        ght_code=["GE-06", "GE-07"],
        ght_name=["Aube", "Moselle"],
        support_finess_ej=["109999902", None],
        support_name=["Hôpital 2", None],
    )
    assert changed(ghts=after) == [
        ("ght_appeared", "GE-07", "GE-07", "", "Moselle"),
        ("ght_gone", "HF-13", "HF-13", "Psychiatrie 59-62", ""),
        ("ght_renamed", "GE-06", "GE-06", "Aube et Sézannais", "Aube"),
        ("support_changed", "GE-06", "GE-06", "Hôpital 1 (109999901)", "Hôpital 2 (109999902)"),
    ]


def test_a_support_that_is_no_longer_known_is_unknown() -> None:
    after = builders.ghts(
        ght_code=["GE-06", "HF-13"],
        ght_name=["Aube et Sézannais", "Psychiatrie 59-62"],
        support_finess_ej=[None, "109999901"],
        support_name=[None, "Hôpital 1"],
    )
    assert changed(ghts=after) == [
        ("support_changed", "GE-06", "GE-06", "Hôpital 1 (109999901)", "inconnu"),
    ]


def test_members_join_leave_move_and_change_roles() -> None:
    before = builders.members(
        finess_ej=["109999901", "109999902", "109999903"], ght_code=["GE-06", "GE-06", "HF-13"],
        role=["support", "partie", "partie"],
    )  # fmt: skip
    after = builders.members(
        finess_ej=["109999901", "109999903", "109999904"], ght_code=["GE-06", "GE-06", "HF-13"],
        role=["partie", "associe", "partie"], entity_name=["Hôpital 1", "Hôpital 3", None],
    )  # fmt: skip
    found = compare(builders.atlas(members=before), builders.atlas(members=after)).members
    assert list(found.drop(columns="area_name").itertuples(index=False, name=None)) == [
        ("member_joined", "HF-13", "inconnu (109999904)", "", "partie"),
        ("member_left", "GE-06", "Hôpital 2 (109999902)", "partie", ""),
        ("member_moved", "GE-06", "Hôpital 3 (109999903)", "HF-13", "GE-06"),
        ("role_changed", "GE-06", "Hôpital 1 (109999901)", "support", "partie"),
        ("role_changed", "GE-06", "Hôpital 3 (109999903)", "partie", "associé"),
    ]


def test_populations_and_communes_of_territories_change() -> None:
    areas = builders.small_tables()["territories"]
    areas.loc[0, "population"], areas.loc[1, "population"] = 500, 300
    homes = builders.assignments(
        insee_code=["10001", "10002"], area_code=["GE-06", "HF-13"], ght_code=["GE-06", "HF-13"]
    )
    assert changed(territories=areas, assignments=homes) == [
        ("population_changed", "GE-06", "Habitants", "800", "500"),
        ("population_changed", "HF-13", "Habitants", "inconnu", "300"),
        ("communes_changed", "GE-06", "Communes", "1\u00a0perdue : Commune 2 (10002)", ""),
        ("communes_changed", "HF-13", "Communes", "", "1\u00a0gagnée : Commune 2 (10002)"),
    ]


def test_an_area_and_communes_that_did_not_exist() -> None:
    areas = builders.small_tables()["territories"].iloc[:1]
    homes = builders.assignments(insee_code=[f"10{number:03d}" for number in range(1, 9)])
    land = builders.communes(km=list(range(8)))
    rows = changed(territories=areas, assignments=homes, communes=land)
    assert ("population_changed", "HF-13", "Habitants", "inconnu", "") in rows
    assert ("population_changed", "NON-AFFECTE", "Habitants", "0", "") in rows
    taken = next(row[4] for row in rows if row[0] == "communes_changed")
    assert taken.startswith("6\u00a0gagnées : Commune 3 (10003), ")
    assert taken.endswith("et 1\u00a0autre")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Return two versions on disk: the second has one GHT under another name."""
    ghts = builders.small_tables()["ghts"]
    named = ghts.assign(ght_name=["<b>Aube</b>", "Psychiatrie 59-62"])
    return builders.bundle(tmp_path / "old"), builders.bundle(tmp_path / "new", ghts=named)


def run(*words: object) -> int:
    return main(["changes", *map(str, words)])


def test_the_command_shows_what_changed(folders: tuple[Path, Path], capsys: Captured) -> None:
    assert run(*folders) == 0
    said = capsys.readouterr().out
    assert said.startswith("De la version ")
    assert "GHT renommé" in said
    assert "<b>Aube</b>" in said


def test_the_command_says_that_nothing_changed(
    folders: tuple[Path, Path], capsys: Captured
) -> None:
    assert run(folders[0], folders[0]) == 0
    assert "Aucune différence" in capsys.readouterr().out


def test_a_program_reads_the_changes(folders: tuple[Path, Path], capsys: Captured) -> None:
    assert run(*folders, "--format", "json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["kind"], row["before"]) == ("ght_renamed", "Aube et Sézannais")


def test_an_older_version_needs_only_what_is_compared(folders: tuple[Path, Path]) -> None:
    (folders[0] / "partnerships.parquet").unlink()
    assert compare_folders(*folders).count == 1


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("no folder", "MANIFEST.json"),
        ("no table", "La table ghts est absente"),
        ("no column", "n'a pas les colonnes ght_code"),
        ("altered", "a été modifié"),
    ],
)
def test_a_version_that_cannot_be_read_is_refused(
    folders: tuple[Path, Path], capsys: Captured, damage: str, said: str
) -> None:
    old, new = folders
    if damage == "no folder":
        old = old / "nowhere"
    elif damage == "no table":
        manifest = json.loads((old / "MANIFEST.json").read_text(encoding="utf-8"))
        del manifest["tables"]["ghts"]
        (old / "MANIFEST.json").write_text(json.dumps(manifest), encoding="utf-8")
    elif damage == "no column":
        pd.DataFrame({"x": [1]}).to_parquet(old / "ghts.parquet")
        builders.resign(old, "ghts")
    else:
        (old / "ghts.parquet").write_bytes(b"PAR1")
    assert run(old, new) == 1
    assert said in capsys.readouterr().err
    with pytest.raises(BundleError):
        compare_folders(old, new)
