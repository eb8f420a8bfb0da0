"""The build of all bundled data from the raw sources, when they are at hand."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.servers import ROOT


def build_figures(sources: Path) -> Iterator[Figure]:
    """
    Build everything once, in a folder that is thrown away.

    Parameters
    ----------
    sources
        Folder of the raw files.

    Yields
    ------
    figure
        Time and highest memory.

    Raises
    ------
    RuntimeError
        If the build fails.
    """
    with tempfile.TemporaryDirectory(prefix="atlas-bench-") as folder:
        out = str(Path(folder) / "data")
        command = [sys.executable, "-m", "geo", "build", "--sources", str(sources), "--out", out]
        started = time.perf_counter()
        with tempfile.TemporaryFile() as log:
            process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
            _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the build failed: run {' '.join(command[1:6])} to see why")
    yield Figure("build.time", "build of the data", "s", seconds)
    yield Figure("build.memory", "build of the data, memory", "GB", usage.ru_maxrss / 1e6)
