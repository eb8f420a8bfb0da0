"""The atlas: loaded once, shared by every session, changed by nobody."""

import dataclasses
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pandas as pd
import pytest

from geo.atlas import load
from geo.atlas.load import LAZY_TABLES, TABLES, Atlas, StoredTables, default_folder, load_atlas
from geo.atlas.manifest import Manifest, read_manifest
from geo.atlas.schema import TABLES as SCHEMAS
from geo.errors import BundleError
from tests import builders


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a valid small bundle."""
    return builders.bundle(tmp_path_factory.mktemp("load") / "data")


@pytest.fixture
def atlas(folder: Path) -> Atlas:
    """Return a fresh atlas of it."""
    return load_atlas(folder)


def test_every_table_is_an_attribute(atlas: Atlas) -> None:
    assert set(TABLES) == set(SCHEMAS)
    for name in TABLES:
        table = getattr(atlas, name)
        pd.testing.assert_frame_equal(table, atlas.tables[name])
        assert list(table.columns) == list(SCHEMAS[name].columns)
    assert atlas.version == atlas.manifest.version


def _add_column(table: pd.DataFrame) -> None:
    table["surprise"] = 1


def _drop_column(table: pd.DataFrame) -> None:
    del table["population"]


def _reverse(table: pd.DataFrame) -> None:
    table.index = table.index[::-1]


def _rename(table: pd.DataFrame) -> None:
    table.columns = pd.Index(range(table.shape[1]))


def _set_cell(table: pd.DataFrame) -> None:
    table.loc[0, "population"] = 0
    table.iloc[1, 0] = "99999"
    table.at[0, "area_km2"] = -1.0


def _set_column(table: pd.DataFrame) -> None:
    table["population"] = 0


CHANGES = (_add_column, _drop_column, _reverse, _rename, _set_cell, _set_column)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_changing_a_table_read_does_not_change_the_next_read(
    atlas: Atlas, change: Callable[[pd.DataFrame], None]
) -> None:
    before = atlas.communes.copy(deep=True)
    mine = atlas.communes
    change(mine)
    assert not mine.equals(before), "the change did happen"
    pd.testing.assert_frame_equal(atlas.communes, before)


@pytest.mark.parametrize("column", ["population", "births_2022", "area_km2", "anchor_lon"])
def test_the_arrays_behind_a_table_cannot_be_written(atlas: Atlas, column: str) -> None:
    """``to_numpy()`` gives a view, for nullable integers too: a write there must be refused."""
    before = atlas.communes.copy(deep=True)
    with pytest.raises(ValueError, match="read-only"):
        atlas.communes[column].to_numpy()[0] = 0
    pd.testing.assert_frame_equal(atlas.communes, before)


def test_a_change_of_one_column_stays_with_who_made_it(atlas: Atlas) -> None:
    population = atlas.communes["population"]
    population.iloc[:] = 0
    assert population.sum() == 0
    assert atlas.communes.population.sum() == 800


def test_a_mask_cannot_be_written_either(atlas: Atlas) -> None:
    """Unknown figures cannot be made known."""
    with pytest.raises(ValueError, match="read-only"):
        atlas.territories.population.array[1] = 0
    assert atlas.territories.population.isna().to_list() == [False, True, False]


def test_the_atlas_is_frozen(atlas: Atlas) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        atlas.folder = Path()  # type: ignore[misc]
    with pytest.raises((dataclasses.FrozenInstanceError, AttributeError)):
        atlas.communes = pd.DataFrame()
    with pytest.raises(TypeError):
        atlas.tables["communes"] = pd.DataFrame()  # type: ignore[index]


def test_a_drawing_is_served_as_a_file_after_a_check(tmp_path: Path) -> None:
    atlas = load_atlas(builders.bundle(tmp_path / "data"))
    path = atlas.drawing("territories")
    assert path == tmp_path / "data" / "drawing" / "territories.json"
    path.write_text("{ }", encoding="utf-8")
    with pytest.raises(BundleError, match=r"territories.json a été modifié"):
        atlas.drawing("territories")
    path.unlink()
    with pytest.raises(BundleError, match=r"territories.json est absent"):
        atlas.drawing("territories")


def test_an_unknown_drawing_is_a_fault_of_the_bundle(atlas: Atlas) -> None:
    with pytest.raises(BundleError, match="drawing/outlines est absent du manifeste"):
        atlas.drawing("outlines")


def test_the_data_folder_is_the_bundled_one_or_the_one_named(
    monkeypatch: pytest.MonkeyPatch, folder: Path, repository: Path
) -> None:
    monkeypatch.delenv("ATLAS_GHT_DATA", raising=False)
    assert default_folder() == repository / "data"
    monkeypatch.setenv("ATLAS_GHT_DATA", str(folder))
    assert load_atlas().folder == folder


def test_shapes_are_served_as_files_after_a_check(atlas: Atlas) -> None:
    assert atlas.shapes("territories") == atlas.folder / "shapes" / "territories.parquet"
    with pytest.raises(BundleError, match="shapes/communes_light est absent du manifeste"):
        atlas.shapes("communes_light")


@pytest.fixture
def put_off(folder: Path) -> Atlas:
    """Return an atlas whose table of communes waits for its first use."""
    manifest = read_manifest(folder)
    return Atlas(folder, manifest, StoredTables(folder, manifest, TABLES, ["communes"]))


def _in_memory(atlas: Atlas) -> frozenset[str]:
    assert isinstance(atlas.tables, StoredTables)
    return atlas.tables.in_memory()


def test_a_loaded_atlas_holds_all_but_its_lazy_tables(atlas: Atlas) -> None:
    assert _in_memory(atlas) == set(TABLES) - set(LAZY_TABLES)
    assert list(atlas.tables) == list(TABLES)
    assert len(atlas.tables) == len(TABLES)


def test_a_table_put_off_is_read_at_its_first_use_and_frozen(put_off: Atlas, atlas: Atlas) -> None:
    assert "communes" not in _in_memory(put_off)
    pd.testing.assert_frame_equal(put_off.communes, atlas.communes)
    assert "communes" in _in_memory(put_off)
    assert put_off.tables["communes"] is put_off.tables["communes"]
    with pytest.raises(ValueError, match="read-only"):
        put_off.communes.population.to_numpy()[0] = 0


def test_threads_that_ask_together_wait_for_one_reading(
    put_off: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, together, read_table = [], Barrier(8), load._read_table

    def noted(folder: Path, manifest: Manifest, name: str) -> pd.DataFrame:
        read.append(name)
        return read_table(folder, manifest, name)

    def ask(_: int) -> int:
        together.wait()
        return id(put_off.tables["communes"])

    monkeypatch.setattr(load, "_read_table", noted)
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(ask, range(8)))
    assert len(found) == 1
    assert read == ["communes"]


def test_a_table_put_off_is_refused_if_altered_and_read_once_put_back(tmp_path: Path) -> None:
    folder = builders.bundle(tmp_path / "data")
    manifest = read_manifest(folder)
    tables = StoredTables(folder, manifest, TABLES, ["communes"])
    path = folder / "communes.parquet"
    right = path.read_bytes()
    path.write_bytes(right[:-1] + b"x")
    for _ in range(2):
        with pytest.raises(BundleError, match=r"communes\.parquet a été modifié"):
            tables["communes"]
    path.write_bytes(right)
    assert len(tables["communes"]) == 2


def test_a_table_put_off_that_is_altered_stops_the_start(tmp_path: Path) -> None:
    """A server must not say that it is ready with data that a page would refuse."""
    folder = builders.bundle(tmp_path / "data")
    with (folder / f"{LAZY_TABLES[0]}.parquet").open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(BundleError, match=rf"{LAZY_TABLES[0]}\.parquet a été modifié"):
        load_atlas(folder)


def test_a_table_that_nobody_declared_is_not_looked_for(put_off: Atlas) -> None:
    with pytest.raises(KeyError):
        put_off.tables["nothing"]
