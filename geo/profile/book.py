"""The profiles of all territories, spread with Dask: local processes, or a scheduler elsewhere."""

from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from dask.distributed import Client, as_completed

from geo.atlas.load import Atlas, load_atlas
from geo.cluster import MOST_WORKERS, connect, default_workers
from geo.errors import BundleError, UserError
from geo.files import words as files_words
from geo.files.csv import profile_name
from geo.formats import format_number
from geo.profile import words_pdf
from geo.profile.pdf import to_pdf
from geo.profile.territory import Context, profile

ENDING: Final = b"%%EOF"
Tell = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Book:
    """
    What was written.

    Attributes
    ----------
    written
        Codes of the territories whose profile is new.
    kept
        Codes of those already there, complete, for the same data.
    """

    written: tuple[str, ...]
    kept: tuple[str, ...]


def page_name(atlas: Atlas, area_code: str, area_name: str) -> str:
    """Name the file of a profile: it holds the version of the data, so that it is kept or not."""
    return profile_name(area_code, area_name, atlas.manifest.build_date, atlas.version)


def is_complete(path: Path) -> bool:
    """Tell whether a file is a whole PDF."""
    if not path.is_file():
        return False
    content = path.read_bytes()
    return content.startswith(b"%PDF") and content.rstrip().endswith(ENDING)


@lru_cache(maxsize=1)
def _context(folder: Path | None, version: str) -> Context:
    """Load the data once per process, and refuse another version than the one asked for."""
    atlas = load_atlas(folder)
    if atlas.version != version:
        raise BundleError(
            f"Ce travailleur a les données {atlas.version}, et non {version}. Installez-y la même "
            "version du projet."
        )
    return Context(atlas)


def page(folder: Path | None, version: str, area_code: str) -> bytes:
    """
    Write the profile of one territory, wherever this runs.

    Parameters
    ----------
    folder
        Data folder on this machine; the one bundled with the code when None.
    version
        Of the data that the book is about.
    area_code
        The territory.

    Returns
    -------
    content
        PDF.

    Raises
    ------
    BundleError
        If the data here is of another version.
    """
    context = _context(folder, version)
    return to_pdf(profile(context.atlas, area_code, context))


def _store(path: Path, content: bytes) -> None:
    """Write a file whole, or not at all."""
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)


def _run(
    client: Client, atlas: Atlas, folder: Path | None, pages: dict[str, Path], tell: Tell | None
) -> None:
    """Hand the pages out, and store them as they come."""
    tasks = {client.submit(page, folder, atlas.version, code, pure=False): code for code in pages}
    failed: dict[str, str] = {}
    finished = as_completed(list(tasks))  # type: ignore[no-untyped-call]
    for done, future in enumerate(finished, start=1):
        code, error = tasks[future], future.exception()
        if error is None:
            _store(pages[code], future.result())
        else:
            failed[code] = str(error)
        future.release()
        if tell is not None:
            tell(done, len(pages), code)
    if failed:
        codes = ", ".join(sorted(failed)[:5])
        reason = failed[min(failed)]
        raise UserError(words_pdf.BOOK_FAILED.format(codes=codes, reason=reason))


def write_book(
    atlas: Atlas,
    out: Path,
    codes: Iterable[str],
    scheduler: str | None = None,
    workers: int | None = None,
    tell: Tell | None = None,
) -> Book:
    """
    Write the profile of many territories.

    Parameters
    ----------
    atlas
        The bundled tables.
    out
        Folder of the files; made if it is missing. Those that are complete for the same version
        of the data are kept: a book that was stopped goes on where it was.
    codes
        Territories.
    scheduler
        Address of a Dask scheduler, whose workers have this project and the same data; processes
        of this machine when None.
    workers
        Number of local processes; see `default_workers`.
    tell
        Called after each profile: number done, number to do, code.

    Returns
    -------
    book
        What was written and what was kept.

    Raises
    ------
    UserError
        If the folder cannot be written, the scheduler does not answer (see `connect`) or no
        longer does, or a profile failed (the others are written).
    """
    count = default_workers() if workers is None else workers
    if not 1 <= count <= MOST_WORKERS:
        raise UserError(words_pdf.BOOK_WORKERS.format(count=format_number(count)))
    names = atlas.territories.set_index("area_code").area_name
    pages = {code: out / page_name(atlas, code, str(names[code])) for code in codes}
    kept = tuple(code for code, path in pages.items() if is_complete(path))
    todo = {code: path for code, path in pages.items() if code not in kept}
    try:
        out.mkdir(parents=True, exist_ok=True)
        if todo:
            folder = None if scheduler is not None else atlas.folder
            with connect(scheduler, min(count, len(todo))) as client:
                _run(client, atlas, folder, todo, tell)
    except CancelledError as error:
        raise UserError(words_pdf.BOOK_LOST) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(files_words.NOT_WRITABLE.format(path=out, reason=reason)) from error
    return Book(tuple(todo), kept)
