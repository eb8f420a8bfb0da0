"""Load the bundled data: data/ -> Atlas."""

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock

import pandas as pd
from pandas.core.arrays.masked import BaseMaskedArray

from geo.atlas.manifest import REPAIR, Manifest, check_file, read_manifest, shown
from geo.atlas.vintages import Vintages, vintages_of
from geo.errors import BundleError

FOLDER_VARIABLE = "ATLAS_GHT_DATA"
BUNDLED = Path(__file__).resolve().parents[2] / "data"


class Table:
    """A table of the atlas; each read is a copy-on-write view: nobody changes the original."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, atlas: "Atlas", owner: type) -> pd.DataFrame:
        return atlas.tables[self.name].copy(deep=False)


class LazyTable(Table):
    """
    A table that no first map needs: read and frozen at its first use, then kept.

    It is declared and read as any other (`atlas.name`). Its bytes are checked at the start, as all
    are, so that a server with altered data says so at once, and again when it is read.
    """


class StoredTables(Mapping[str, pd.DataFrame]):
    """
    The tables of a folder, each read once, those put off when they are first asked for.

    Threads that ask together for a table wait for one reading; those who want others do not wait.
    A failure is not kept: a file put back is read.

    Parameters
    ----------
    folder, manifest
        Where the files are and what they must be.
    names
        Every table.
    put_off
        Those of them not to read yet.

    Raises
    ------
    BundleError
        If a file is missing, altered or unreadable, or the manifest lacks a table.
    """

    def __init__(
        self, folder: Path, manifest: Manifest, names: Collection[str], put_off: Collection[str]
    ) -> None:
        self._folder = folder
        self._manifest = manifest
        self._locks = {name: Lock() for name in names}
        for name in put_off:
            _checked(folder, manifest, name)
        self._read = {
            name: _read_table(folder, manifest, name) for name in names if name not in put_off
        }

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Give a table, read if it is not yet."""
        if name not in self._read:
            with self._locks[name]:
                if name not in self._read:  # another thread may have read it meanwhile
                    self._read[name] = _read_table(self._folder, self._manifest, name)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._locks)

    def __len__(self) -> int:
        return len(self._locks)

    def in_memory(self) -> frozenset[str]:
        """Name the tables that are read."""
        return frozenset(self._read)


@dataclass(frozen=True)
class Atlas:
    """
    The bundled tables, checked against their manifest, shared by every session.

    Attributes
    ----------
    folder
        Where they were read.
    manifest
        Provenance, digests, parameters of the model.
    tables
        The tables themselves, by name. Read them through the attributes: `communes`, ...,
        `territories` (columns, types and units in `geo.atlas.schema`), `published` (figures
        published by the GHTs), `compositions`, `reconciliations` and `anomalies` (what the sources
        say of themselves and where they disagree), `partnerships` and `partnership_...` (who
        cooperates), `former_communes` and `postcodes` (what else stands for a commune), `people`
        (ages, incomes) and `area_people` (the same of each territory), `area_spread` and
        `commune_stability` (what becomes of them when the rule changes), `zones` and
        `commune_zones` (under ODbL: `zones_odbl`, `commune_zones_odbl`), `collectivities`
        (outside every sum), `emergency_times` (official), `access_times` and `access_beds` (how
        far services are).
    """

    folder: Path
    manifest: Manifest
    tables: Mapping[str, pd.DataFrame] = field(repr=False)

    communes = Table()
    departements = Table()
    regions = Table()
    establishments = Table()
    ghts = Table()
    members = Table()
    earlier_members = LazyTable()
    former_ghts = Table()
    ght_history = LazyTable()
    assignments = Table()
    territories = Table()
    published = Table()
    compositions = Table()
    reconciliations = LazyTable()
    anomalies = LazyTable()
    partnerships = Table()
    partnership_parties = Table()
    partnership_events = Table()
    partnership_sources = Table()
    partnership_links = Table()
    former_communes = LazyTable()
    postcodes = LazyTable()
    people = LazyTable()
    area_people = Table()
    area_spread = Table()
    commune_stability = LazyTable()
    collectivities = LazyTable()
    zones = LazyTable()
    commune_zones = LazyTable()
    zones_odbl = LazyTable()
    commune_zones_odbl = LazyTable()
    proved_members = LazyTable()
    proof = LazyTable()
    sae_sites = LazyTable()
    activity_ghts = LazyTable()
    activity_sites = LazyTable()
    emergency_times = LazyTable()
    access_times = LazyTable()
    access_beds = LazyTable()

    @property
    def version(self) -> str:
        """Version of the data, twelve characters."""
        return self.manifest.version

    @cached_property
    def vintages(self) -> Vintages:
        """What texts repeat of the manifest."""
        return vintages_of(self.manifest.sources, self.manifest.parameters)

    def drawing(self, stem: str) -> Path:
        """
        Find a TopoJSON file for the browser.

        Parameters
        ----------
        stem
            "territories" or "outlines"; with "_fine" behind, the same in detail.

        Raises
        ------
        BundleError
            If the file is missing or altered.
        """
        return self._checked(f"drawing/{stem}")

    def shapes(self, stem: str) -> Path:
        """
        Find a GeoParquet file, read only by those who need it.

        Parameters
        ----------
        stem
            "communes_<region>" (full polygons), "communes_light" (simplified as one coverage),
            "territories" (full polygons of the default model), or "borders" (kilometres shared by
            neighbouring communes; no geometry).

        Raises
        ------
        BundleError
            If the file is missing or altered.
        """
        return self._checked(f"shapes/{stem}")

    def times(self, stem: str) -> Path:
        """
        Find a table of travel times, read only by those who need it: it has millions of rows.

        Parameters
        ----------
        stem
            "roads": from communes to hospital sites (see `geo.roads.travel_times.read_times`).

        Raises
        ------
        BundleError
            If the file is missing or altered.
        """
        return self._checked(f"times/{stem}")

    def _checked(self, name: str) -> Path:
        if name not in self.manifest.tables:
            raise BundleError(f"Le fichier {name} est absent du manifeste. {REPAIR}")
        return check_file(self.folder, self.manifest.tables[name])


TABLES = tuple(name for name, value in vars(Atlas).items() if isinstance(value, Table))
LAZY_TABLES = tuple(name for name in TABLES if isinstance(vars(Atlas)[name], LazyTable))


def default_folder() -> Path:
    """Folder of the bundled data; the environment variable ATLAS_GHT_DATA names another one."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else BUNDLED


def _checked(folder: Path, manifest: Manifest, name: str) -> Path:
    """Find a table that the manifest lists and whose bytes match it."""
    if name not in manifest.tables:
        raise BundleError(
            f"La table {name} est absente du manifeste de {folder.resolve().name}. {REPAIR}"
        )
    return check_file(folder, manifest.tables[name])


def _read_table(folder: Path, manifest: Manifest, name: str) -> pd.DataFrame:
    """Read one table whose bytes match the manifest."""
    path = _checked(folder, manifest, name)
    try:
        return _freeze(pd.read_parquet(path))
    except (ValueError, OSError):
        raise BundleError(f"Le fichier {shown(path, folder)} est illisible. {REPAIR}") from None


def _freeze(table: pd.DataFrame) -> pd.DataFrame:
    """
    Lock the arrays of nullable columns.

    Copy-on-write does not cover them: `to_numpy()` of an Int64 column is a writable view, and one
    write would change the figures of every session.
    """
    for name in table.columns:
        values = table[name].array
        if isinstance(values, BaseMaskedArray):
            for part in ("_data", "_mask"):
                getattr(values, part).flags.writeable = False
    return table


def load_atlas(folder: Path | None = None) -> Atlas:
    """
    Load the bundled tables, checking each against the manifest; a `LazyTable` is read later.

    Parameters
    ----------
    folder
        Data folder; the one bundled with the code by default (see `default_folder`).

    Returns
    -------
    atlas
        Frozen; no geometry in memory (drawings are served as files).

    Raises
    ------
    BundleError
        In French, naming the file at fault and the command that repairs it.
    """
    place = folder or default_folder()
    manifest = read_manifest(place)
    return Atlas(place, manifest, StoredTables(place, manifest, TABLES, LAZY_TABLES))
