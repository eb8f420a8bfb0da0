"""Facts about the machine and the versions: figures mean nothing without them."""

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from geo.atlas.load import load_atlas

PACKAGES: Final = ("streamlit", "streamlit-folium", "folium", "geopandas", "pandas", "numpy")


def machine_facts() -> dict[str, Any]:
    """
    Describe where the figures were measured.

    Returns
    -------
    facts
        Cores, load of the last minute, memory (GB), system, Python, packages, version of the data.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "cores": len(os.sched_getaffinity(0)),
        "load_1_min": round(os.getloadavg()[0], 2),
        "memory_gb": round(memory, 1),
        "processor": _processor(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "data": load_atlas().version,
    }


def _processor() -> str:
    """Name of the processor."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
