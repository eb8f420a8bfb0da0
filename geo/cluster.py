"""Where long work runs: a Dask client, to processes of this machine or to a scheduler elsewhere."""

import os
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from dask.distributed import Client, LocalCluster

from geo.errors import UserError
from geo.faults import format_values

ENOUGH_WORKERS: Final = 4
MOST_WORKERS: Final = 64
CONNECT_SECONDS: Final = 10
WORKER_SECONDS: Final = 30
UNREACHABLE: Final = (
    "Ordonnanceur Dask « {address} » injoignable. Vérifiez l'adresse, ou omettez --scheduler."
)
NO_WORKER: Final = (
    "Ordonnanceur Dask « {address} » sans travailleur après {seconds} s. Démarrez-en un (dask "
    "worker {address}) dans le dossier du projet."
)
NO_PROJECT: Final = (
    "Travailleurs Dask sans ce projet : {workers}. Démarrez-les dans le dossier du projet, avec "
    "les mêmes bibliothèques."
)


def default_workers() -> int:
    """Choose one worker per core, four at most: each holds the data."""
    return max(1, min(os.cpu_count() or 1, ENOUGH_WORKERS))


@contextmanager
def connect(scheduler: str | None, workers: int) -> Iterator[Client]:
    """
    Open a Dask client: to a scheduler, or to processes of this machine.

    Raises
    ------
    UserError
        If the scheduler does not answer, has no worker, or has one without this project.
    """
    if scheduler is not None:
        try:
            client = Client(scheduler, timeout=CONNECT_SECONDS)  # type: ignore[no-untyped-call]
        except (OSError, ValueError, TimeoutError) as error:
            raise UserError(UNREACHABLE.format(address=scheduler)) from error
        with client:
            check_workers(client, scheduler)
            yield client
        return
    with (
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        yield client


def check_workers(client: Client, address: str) -> None:
    """
    Refuse what Dask would wait for, for ever and without a word.

    Raises
    ------
    UserError
        If there is no worker, or one without this project.
    """
    try:
        client.wait_for_workers(1, timeout=WORKER_SECONDS)
    except TimeoutError as error:
        raise UserError(NO_WORKER.format(address=address, seconds=WORKER_SECONDS)) from error
    # By a function of Python's own: one of ours would stop a worker that lacks the project.
    asked = f"{__name__}:__name__"
    found = client.run(pkgutil.resolve_name, asked, on_error="return")
    lacking = sorted(worker for worker, name in found.items() if name != __name__)
    if lacking:
        raise UserError(NO_PROJECT.format(workers=format_values(lacking)))
