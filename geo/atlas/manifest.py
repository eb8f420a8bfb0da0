"""MANIFEST.json: what is bundled, from which sources, and the digests that prove it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from geo.errors import BundleError
from geo.sources.registry import sha256_of

FILE_NAME = "MANIFEST.json"
REPAIR = "Rétablissez-le avec « git checkout -- data » ou reconstruisez-le avec « make data »."


@dataclass(frozen=True)
class BundledFile:
    """
    One file of the bundle.

    Attributes
    ----------
    file
        Path below the data folder, with forward slashes.
    sha256
        Digest of its bytes.
    size_bytes
        Its size.
    rows
        Number of rows; missing for a drawing.
    columns
        Column names in order; empty for a drawing.
    """

    file: str
    sha256: str
    size_bytes: int
    rows: int | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Manifest:
    """
    The content of MANIFEST.json.

    Attributes
    ----------
    build_date
        ISO date of the build.
    code_version
        Version of this package that built the bundle.
    tables
        Name -> file.
    sources
        One mapping per raw file: key, title, producer, url, licence, vintage, file, sha256.
    parameters
        The model and its parameters.
    counts
        Log of counts, step by step.
    """

    build_date: str
    code_version: str
    tables: Mapping[str, BundledFile]
    sources: tuple[Mapping[str, str], ...]
    parameters: Mapping[str, Any]
    counts: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def version(self) -> str:
        """Twelve characters that change when any bundled file does."""
        digests = "".join(f"{name}:{self.tables[name].sha256}" for name in sorted(self.tables))
        return hashlib.sha256(digests.encode()).hexdigest()[:12]


def bundled_file(
    folder: Path, file: str, rows: int | None = None, columns: tuple[str, ...] = ()
) -> BundledFile:
    """Describe a file that is already written."""
    path = folder / file
    return BundledFile(file, sha256_of(path), path.stat().st_size, rows, columns)


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write MANIFEST.json, keys sorted, one value per line."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")


def shown(path: Path, folder: Path) -> str:
    """Name a file as a visitor may read it: without the folders of the server."""
    return f"{folder.resolve().name}/{path.relative_to(folder).as_posix()}"


def read_manifest(folder: Path) -> Manifest:
    """
    Read MANIFEST.json.

    Raises
    ------
    BundleError
        If it is missing or cannot be read.
    """
    path = folder / FILE_NAME
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        tables = {
            name: BundledFile(**{**entry, "columns": tuple(entry["columns"])})
            for name, entry in raw.pop("tables").items()
        }
        return Manifest(tables=tables, sources=tuple(raw.pop("sources")), **raw)
    except FileNotFoundError:
        raise BundleError(f"Le fichier {shown(path, folder)} est absent. {REPAIR}") from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise BundleError(f"Le fichier {shown(path, folder)} est illisible. {REPAIR}") from None


def check_file(folder: Path, entry: BundledFile) -> Path:
    """
    Prove that a bundled file is the one the manifest describes.

    Returns
    -------
    path
        Where it is.

    Raises
    ------
    BundleError
        If it is missing or its bytes differ.
    """
    path = folder / entry.file
    if not path.is_file():
        raise BundleError(f"Le fichier {shown(path, folder)} est absent. {REPAIR}")
    if path.stat().st_size != entry.size_bytes or sha256_of(path) != entry.sha256:
        raise BundleError(
            f"Le fichier {shown(path, folder)} a été modifié : son empreinte ne correspond plus au "
            "manifeste. "
            f"Aucun chiffre n'est affiché à partir de données altérées. {REPAIR}"
        )
    return path
