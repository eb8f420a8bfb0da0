"""Servers of the three variants, on 127.0.0.1, with what they cost the machine."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import files
from pathlib import Path
from typing import Final

import httpx

from benchmarks.plan import Variant
from tests.browser.conftest import free_port

ROOT: Final = Path(__file__).resolve().parents[1]
STARTED_SECONDS: Final = 60.0
TICKS: Final = os.sysconf("SC_CLK_TCK")


def process_memory(pid: int | str, line: str = "VmRSS") -> float:
    """
    Read the memory of a process.

    Parameters
    ----------
    pid
        Number, or "self".
    line
        "VmRSS" (now) or "VmHWM" (highest).

    Returns
    -------
    memory
        Megabytes.
    """
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    found = next(row for row in status.splitlines() if row.startswith(line))
    return int(found.split()[1]) / 1024


@dataclass(frozen=True)
class Server:
    """
    A running server.

    Attributes
    ----------
    address
        Without a final slash.
    pid
        Its only process.
    started
        When it was started, on `time.perf_counter`.
    """

    address: str
    pid: int
    started: float

    def memory(self) -> float:
        """Resident memory, megabytes."""
        return process_memory(self.pid)

    def cpu(self) -> float:
        """Processor time since the start, user and system, seconds."""
        stat = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8")
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


def _leaflet(folder: Path) -> None:
    """Copy Leaflet beside the naive page."""
    (folder / "images").mkdir(parents=True)
    for file in files("XStatic-Leaflet") or []:
        if file.match("leaflet/data/leaflet.*"):
            shutil.copy(str(file.locate()), folder)
        elif file.match("leaflet/data/images/*.png"):
            shutil.copy(str(file.locate()), folder / "images")


@contextmanager
def _program(variant: Variant) -> Iterator[list[str]]:
    """Lay out the script of a variant, with its static folder, and say what starts it."""
    if variant == "ours":
        yield ["-m", "geo.ui"]  # what `make run` starts
        return
    with tempfile.TemporaryDirectory(prefix="atlas-bench-") as folder:
        shutil.copy(Path(__file__).with_name(f"{variant}.py"), folder)
        _leaflet(Path(folder) / "static")
        yield ["-m", "streamlit", "run", str(Path(folder) / f"{variant}.py")]


@contextmanager
def serve(variant: Variant) -> Iterator[Server]:
    """
    Run a fresh server, with the configuration of the dashboard.

    Parameters
    ----------
    variant
        Which page.

    Yields
    ------
    server
        Already answering; nobody has visited it.
    """
    with ExitStack() as stack:
        program = stack.enter_context(_program(variant))
        log = stack.enter_context(tempfile.TemporaryFile())
        port = free_port()
        command = [
            sys.executable, *program, "--server.port", str(port),
            "--server.address", "127.0.0.1",
        ]  # fmt: skip
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        server = Server(f"http://127.0.0.1:{port}", process.pid, started)
        try:
            _wait(server, process)
            yield server
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a server, even one that is still drawing a naive map."""
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers."""
    while time.perf_counter() - server.started < STARTED_SECONDS and process.poll() is None:
        try:
            if httpx.get(f"{server.address}/_stcore/health", timeout=2).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.03)
    raise RuntimeError("the server did not start: run `make run` to see why")
