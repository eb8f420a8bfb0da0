"""Many runs of the grid: on the cores of this machine or a Dask cluster, resumed from a file."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

from geo.atlas.load import Atlas, load_atlas
from geo.catchment import words_sensitivity as words
from geo.catchment.analysis import atlas_world
from geo.catchment.sensitivity import SEED, Ground, Run, ground_of, run
from geo.catchment.sensitivity_file import Identity, read_runs, write_runs
from geo.cluster import MOST_WORKERS, connect, default_workers
from geo.errors import BundleError, UserError
from geo.formats import format_number

MOST_RUNS: Final = 10_000
BATCH: Final = 10  # runs that a worker is handed at once
SAVE_SECONDS: Final = 5  # the whole file is written each time
Tell = Callable[[int], None]
Batches = Iterable[Sequence[Run]]


@dataclass(frozen=True)
class Wanted:
    """
    How many runs, and where.

    Attributes
    ----------
    count
        Number of runs; the first ones are the same for a larger number.
    seed
        Of the draws.
    out
        Parquet file of the runs that are done: those of the same data and seed are kept, the others
        are added as they come, so that work that was stopped goes on where it was.
    scheduler
        Address of a Dask scheduler, whose workers have this project and the same data; threads of
        this process when None.
    workers
        Number of threads; see `geo.cluster.default_workers`.
    """

    count: int
    seed: int = SEED
    out: Path | None = None
    scheduler: str | None = None
    workers: int | None = None

    @property
    def threads(self) -> int:
        """Number of threads in this process."""
        return default_workers() if self.workers is None else self.workers


def atlas_ground(atlas: Atlas) -> Ground:
    """Prepare what every run over the bundled tables shares."""
    return ground_of(atlas_world(atlas), [atlas.commune_zones, atlas.commune_zones_odbl])


@lru_cache(maxsize=1)
def _ground_here(folder: Path | None, version: str) -> Ground:
    """Prepare the ground once per process, and refuse another version than the one asked for."""
    atlas = load_atlas(folder)
    if atlas.version != version:
        raise BundleError(words.OTHER_VERSION.format(here=atlas.version, asked=version))
    return atlas_ground(atlas)


def work(folder: Path | None, version: str, seed: int, numbers: Sequence[int]) -> list[Run]:
    """
    Run some points of the grid, wherever this is.

    Raises
    ------
    BundleError
        If the data here is of another version.
    """
    ground = _ground_here(folder, version)
    return [run(ground, seed, number) for number in numbers]


def run_here(
    ground: Ground, seed: int, numbers: Sequence[int], workers: int | None = None
) -> Iterator[list[Run]]:
    """
    Run points of the grid on threads of this process: they share the ground, nothing is copied.

    Yields
    ------
    runs
        Some of them, in their order.
    """
    from dask.base import compute  # noqa: PLC0415  only those who run pay for it
    from dask.delayed import delayed  # noqa: PLC0415

    def some(batch: Sequence[int]) -> list[Run]:
        return [run(ground, seed, number) for number in batch]

    threads = default_workers() if workers is None else workers
    batches = _batches(numbers)
    for start in range(0, len(batches), threads):
        tasks = [delayed(some, pure=False)(batch) for batch in batches[start : start + threads]]
        yield from compute(*tasks, scheduler="threads", num_workers=threads)  # type: ignore[no-untyped-call]


def _batches(numbers: Sequence[int]) -> list[Sequence[int]]:
    """Cut the work."""
    return [numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH)]


def _run_elsewhere(
    identity: Identity, numbers: Sequence[int], scheduler: str
) -> Iterator[list[Run]]:
    """Run points of the grid on the workers of a scheduler; they have the project and its data."""
    from dask.distributed import as_completed  # noqa: PLC0415

    with connect(scheduler, 1) as client:
        tasks = [
            client.submit(work, None, identity.version, identity.seed, batch, pure=False)
            for batch in _batches(numbers)
        ]
        for future in as_completed(tasks):  # type: ignore[no-untyped-call]
            yield future.result()
            future.release()


def sensitivity(atlas: Atlas, wanted: Wanted, tell: Tell | None = None) -> tuple[Ground, list[Run]]:
    """
    Run many points of the grid over the bundled tables.

    Parameters
    ----------
    atlas
        The bundled tables.
    wanted
        How many runs, and where.
    tell
        Called after some runs with the number that is done, those of the file counted.

    Returns
    -------
    ground, runs
        In the order of their numbers, whatever ran first.

    Raises
    ------
    UserError
        If a number is out of range, the file is of other data, cannot be read or written, or the
        scheduler does not answer.
    """
    _check(wanted.count, MOST_RUNS, words.RUNS_REFUSED)
    _check(wanted.threads, MOST_WORKERS, words.WORKERS_REFUSED)
    ground = atlas_ground(atlas)
    identity = Identity(atlas.version, wanted.seed, tuple(ground.areas), len(ground.people))
    kept = read_runs(wanted.out, identity, ground) if wanted.out is not None else []
    done = {one.number: one for one in kept}
    todo = [number for number in range(wanted.count) if number not in done]
    batches: Batches = (
        run_here(ground, wanted.seed, todo, wanted.threads)
        if wanted.scheduler is None
        else _run_elsewhere(identity, todo, wanted.scheduler)
    )
    if todo:
        _gather(batches, done, partial(_keep, wanted.out, identity, done), tell)
    return ground, [done[number] for number in range(wanted.count)]


def _gather(
    batches: Batches, done: dict[int, Run], keep: Callable[[], None], tell: Tell | None
) -> None:
    """Add the runs as they come, and write them now and then, and whatever stops the work."""
    last = time.monotonic()
    try:
        for runs in batches:
            done |= {one.number: one for one in runs}
            if time.monotonic() - last > SAVE_SECONDS:
                keep()
                last = time.monotonic()
            if tell is not None:
                tell(len(done))
    except CancelledError as error:
        raise UserError(words.LOST) from error
    finally:
        keep()


def _keep(out: Path | None, identity: Identity, done: Mapping[int, Run]) -> None:
    """Write what is done."""
    if out is not None and done:
        write_runs(out, identity, [done[number] for number in sorted(done)])


def _check(count: int, most: int, words_refused: str) -> None:
    """Refuse a number out of range."""
    if not 1 <= count <= most:
        text = words_refused.format(count=format_number(count), most=format_number(most))
        raise UserError(text)
