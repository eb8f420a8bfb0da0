"""Versions of the data kept beside the one in use: swapped in, pruned, put back."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from geo.atlas.manifest import FILE_NAME, read_manifest
from geo.errors import UserError

NUMBER_DIGITS = 4


def former_folder(out: Path) -> Path:
    """Name the folder of the former versions of a data folder."""
    return out.with_name(out.name + ".former")


def undone_folder(out: Path) -> Path:
    """Name the place of the version that was last undone."""
    return out.with_name(out.name + ".undone")


def former_versions(out: Path) -> list[Path]:
    """List the former versions kept, the oldest first."""
    return sorted(path for path in former_folder(out).glob("*-*") if (path / FILE_NAME).is_file())


@contextlib.contextmanager
def only_one(out: Path) -> Iterator[None]:
    """
    Let one process at a time change a data folder; the system frees the place of one that dies.

    Raises
    ------
    UserError
        If another process is at it.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out.with_name(out.name + ".lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise UserError(
            f"Une mise à jour de « {out} » est déjà en cours. Attendez qu'elle finisse."
        ) from None
    try:
        yield
    finally:
        lock.release()


def recover(out: Path) -> bool:
    """
    Put the last version back when a swap was interrupted between its two renamings.

    Returns
    -------
    is_recovered
        False when there was nothing to do.
    """
    versions = former_versions(out)
    if out.exists() or not versions:
        return False
    versions[-1].rename(out)
    return True


def swap_in(new: Path, out: Path, keep: int) -> None:
    """
    Put a finished folder in the place of the one in use, which joins the former versions.

    Parameters
    ----------
    new
        On the same disk as `out`: only names change.
    out
        Data folder; may be absent.
    keep
        How many former versions to keep, the newest ones.
    """
    aside = _set_aside(out) if out.exists() else None
    try:
        new.rename(out)
    except OSError:
        if aside is not None:
            aside.rename(out)
        raise
    for path in former_versions(out)[: -keep or None]:
        shutil.rmtree(path)


def _set_aside(out: Path) -> Path:
    """Move the version in use among the former ones, numbered by age."""
    folder = former_folder(out)
    folder.mkdir(exist_ok=True)
    last = max((int(path.name.partition("-")[0]) for path in former_versions(out)), default=0)
    aside = folder / f"{last + 1:0{NUMBER_DIGITS}}-{read_manifest(out).version}"
    out.rename(aside)
    return aside


def undo(out: Path) -> tuple[str, str]:
    """
    Put the last former version back; the version that leaves is kept until the next time.

    Returns
    -------
    left, back
        Versions of the data, twelve characters; `left` is empty when nothing was in use.

    Raises
    ------
    UserError
        If there is no former version.
    BundleError
        If the former version cannot be read.
    """
    versions = former_versions(out)
    if not versions:
        raise UserError(
            f"Aucune version antérieure dans « {former_folder(out)} » : rien à rétablir."
        )
    back = read_manifest(versions[-1]).version
    left = ""
    if out.exists():
        left = read_manifest(out).version
        shutil.rmtree(undone_folder(out), ignore_errors=True)
        out.rename(undone_folder(out))
    versions[-1].rename(out)
    return left, back
