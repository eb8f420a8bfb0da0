"""
Start the dashboard: `python -m geo.ui`, with the options of `streamlit run`.

The libraries and the data, which the first visitor would wait for, are read while the server starts
and the browser opens.
"""

import logging
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Final

from streamlit.web import cli

from geo.errors import GhtError

DASHBOARD: Final = Path(__file__).resolve().parents[2] / "dashboard.py"
EARLY: Final = "atlas-early"  # name of the thread


def read_early() -> None:
    """Read what every page needs; what is wrong with it is said by the pages."""
    # streamlit-folium is left to the first visit: a component declared outside one is not served.
    import folium.plugins  # noqa: F401, PLC0415

    from geo.ui import cache  # noqa: PLC0415

    with suppress(GhtError):
        cache.map_files()
        cache.table(None)


def main(arguments: list[str]) -> None:
    """
    Run Streamlit on the dashboard, and never return.

    Parameters
    ----------
    arguments
        Options of `streamlit run`.
    """
    # Streamlit warns of what is cached outside a visit, which is the purpose here.
    caching = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    caching.addFilter(lambda record: record.threadName != EARLY)
    Thread(target=read_early, name=EARLY, daemon=True).start()
    cli.main(["run", str(DASHBOARD), *arguments], prog_name="streamlit")


if __name__ == "__main__":
    main(sys.argv[1:])
