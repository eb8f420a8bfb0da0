"""Profiles and runs of the grid on a real Dask scheduler and worker, processes on loopback."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo import cluster
from geo.atlas.load import Atlas
from geo.cli.app import app
from geo.errors import UserError
from geo.profile.book import is_complete

pytestmark = pytest.mark.data
ROOT = Path(__file__).resolve().parents[2]
REGION = "01"  # Guadeloupe: two GHTs
START_SECONDS = 30


@contextmanager
def dask(*words: str) -> Iterator[None]:
    """Run a program of Dask, from the folder of the project, until the end of the block."""
    command = [sys.executable, "-m", "dask", *words, "--host", "127.0.0.1", "--no-dashboard"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield
        finally:
            process.kill()


def address_in(file: Path) -> str:
    """Wait for the scheduler to write where it is: on a port that was free."""
    end = time.monotonic() + START_SECONDS
    while not file.exists() or not file.read_text("utf-8").endswith("}"):
        assert time.monotonic() < end, "the scheduler did not start"
        time.sleep(0.05)
    found: str = json.loads(file.read_text("utf-8"))["address"]
    return found


def test_a_book_is_written_by_a_worker_elsewhere(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = set(atlas.territories.area_code[atlas.territories.reg_code == REGION])
    place, out = tmp_path / "ordonnanceur.json", tmp_path / "livre"
    with ExitStack() as running:
        running.enter_context(dask("scheduler", "--port", "0", "--scheduler-file", str(place)))
        address = address_in(place)
        asked = ["atlas", "--region", REGION, "--out", str(out), "--scheduler", address]
        monkeypatch.setattr(cluster, "WORKER_SECONDS", 0.2)
        alone = CliRunner().invoke(app, asked)
        assert "sans travailleur après 0.2 s" in str(alone.exception)
        monkeypatch.setattr(cluster, "WORKER_SECONDS", START_SECONDS)
        running.enter_context(dask("worker", address, "--nthreads", "1", "--no-nanny"))
        done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.output
    assert f"{len(codes)}\u00a0portraits écrits" in done.output
    written = sorted(out.iterdir())
    assert {path.name.split("_")[2].upper() for path in written} == codes
    assert all(is_complete(path) for path in written)


def test_runs_are_made_by_a_worker_elsewhere(tmp_path: Path) -> None:
    place, asked = tmp_path / "ordonnanceur.json", ["sensitivity", "--runs", "12", "--by", "ght"]
    with ExitStack() as running:
        running.enter_context(dask("scheduler", "--port", "0", "--scheduler-file", str(place)))
        address = address_in(place)
        running.enter_context(dask("worker", address, "--nthreads", "1", "--no-nanny"))
        csv = [*asked, "--format", "csv"]
        there = CliRunner().invoke(app, [*csv, "--scheduler", address])
    assert there.exit_code == 0, there.output
    assert there.stdout == CliRunner().invoke(app, csv).stdout


class Workers:
    """A client whose workers answer what they are given to answer."""

    def __init__(self, **answers: object) -> None:
        self.answers = answers

    def wait_for_workers(self, *_: object, **__: object) -> None:
        return None

    def run(self, *_: object, **__: object) -> dict[str, object]:
        return self.answers


def test_a_worker_without_the_project_is_named() -> None:
    """Dask would stop it and wait for ever."""
    mixed = Workers(a="geo.cluster", b=ModuleNotFoundError("geo"))
    with pytest.raises(UserError, match=r"sans ce projet : b\."):
        cluster.check_workers(mixed, "tcp://x:1")  # type: ignore[arg-type]
    cluster.check_workers(Workers(a="geo.cluster"), "tcp://x:1")  # type: ignore[arg-type]
