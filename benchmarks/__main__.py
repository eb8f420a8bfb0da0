"""Run the benchmarks: the table on standard error, the JSON document on standard output."""

import argparse
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Error

from benchmarks.browser import launch
from benchmarks.build import build_figures
from benchmarks.changes import change_figures, heap_figures, pan_figures
from benchmarks.doors import door_figures
from benchmarks.engine import engine_figures
from benchmarks.figures import Figure, describe, over, render_table
from benchmarks.load import rerun_figures, session_figures
from benchmarks.machine import machine_facts
from benchmarks.plan import FULL, QUICK, Plan
from benchmarks.search import search_figures
from benchmarks.visits import visit_figures

ALONE: Final[Mapping[str, Callable[[Plan], Iterable[Figure]]]] = {
    "engine": engine_figures,
    "rerun": rerun_figures,
    "sessions": session_figures,
    "search": search_figures,
}
IN_BROWSER: Final[Mapping[str, Callable[[Browser, Plan], Iterable[Figure]]]] = {
    "visits": visit_figures,
    "changes": change_figures,
    "pan": pan_figures,
    "heap": heap_figures,
    "doors": door_figures,
}
NAMES: Final = (*ALONE, *IN_BROWSER, "build")


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--only", action="append", choices=NAMES, metavar="NAME",
        help=f"one benchmark, may be repeated: {', '.join(NAMES)}",
    )  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="fewer repeats, rougher figures")
    parser.add_argument("--sources", type=Path, help="raw files, to time the build as well")
    parser.add_argument("--json", type=Path, help="also write the document in a file")
    parser.add_argument("--strict", action="store_true", help="fail when a figure is over budget")
    return parser.parse_args(arguments)


def run_benchmark(name: str, plan: Plan, sources: Path | None) -> list[Figure]:
    """
    Run one benchmark.

    Parameters
    ----------
    name
        One of `NAMES`.
    plan
        Numbers of repeats.
    sources
        Folder of the raw files; without it, nothing is built.

    Returns
    -------
    figures
        In the order of the table.
    """
    if name in ALONE:
        return list(ALONE[name](plan))
    if name in IN_BROWSER:
        with launch() as browser:
            return list(IN_BROWSER[name](browser, plan))
    return list(build_figures(sources)) if sources else []


def document(report: Mapping[str, Any], figures: list[Figure]) -> str:
    """Write the JSON document."""
    judged = {
        "figures": [describe(figure) for figure in figures],
        "over_budget": over(figures),
    }
    return json.dumps({**report, **judged}, ensure_ascii=False, indent=1)


def run_all(
    names: Iterable[str], plan: Plan, sources: Path | None
) -> tuple[list[Figure], list[str]]:
    """
    Run benchmarks one after the other; one that fails does not lose the others.

    Parameters
    ----------
    names
        Among `NAMES`.
    plan, sources
        See `run_benchmark`.

    Returns
    -------
    figures, failed
        Every figure measured, and the names of the benchmarks that failed.
    """
    figures: list[Figure] = []
    failed = []
    for name in names:
        started, found = time.perf_counter(), []
        try:
            found = run_benchmark(name, plan, sources)
        except (Error, OSError, RuntimeError, subprocess.CalledProcessError) as error:
            failed.append(name)
            print(f"{name} failed: {error}", file=sys.stderr)
        figures += found
        print(f"\n{name}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
        print(render_table(found), file=sys.stderr, flush=True)
    return figures, failed


def main() -> int:
    """Run what was asked for and show it."""
    options = parse()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # servers are stopped on the way out
    machine = machine_facts()
    plan = QUICK if options.quick else FULL
    figures, failed = run_all(options.only or NAMES, plan, options.sources)
    text = document({"machine": machine, "quick": options.quick, "failed": failed}, figures)
    print(f"\nOver budget: {', '.join(over(figures)) or 'nothing'}.", file=sys.stderr)
    print(text)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(text + "\n", encoding="utf-8")
    return int(bool(failed) or (options.strict and bool(over(figures))))


if __name__ == "__main__":
    sys.exit(main())
