"""The engine alone, without server nor browser: each probe runs in a fresh process."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from benchmarks.figures import Figure, median, slope
from benchmarks.plan import Plan
from benchmarks.servers import ROOT, process_memory
from geo.atlas.load import load_atlas
from geo.catchment.analysis import atlas_world, model_polygons
from geo.catchment.models import DEFAULT_MODEL, MODELS, run_model
from geo.catchment.scenario import Change, Scenario, apply_scenario
from geo.catchment.world import World
from geo.drawing.topology import to_topojson

SEED: Final = 20_261_121
JITTER_DEGREES: Final = 0.02
COPIES: Final = (1, 2, 4)
SCALING_REPEATS: Final = 2
DRAWN_MODEL: Final = "gravity"


def engine_figures(plan: Plan) -> Iterator[Figure]:
    """
    Run every probe, each in its own process: nothing is warm, memory is its own.

    Parameters
    ----------
    plan
        Number of repeats.

    Yields
    ------
    figure
        There is no naive nor empty variant of the engine.
    """
    for name in PROBES:
        command = [sys.executable, "-m", "benchmarks.engine", name, str(plan.engine)]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        for row in json.loads(done.stdout):
            yield Figure(**row)


def timed(act: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Give the seconds an action takes: of processor by default, all threads together."""
    started = clock()
    act()
    return clock() - started


def extra_memory(act: Callable[[], object]) -> float | None:
    """
    Give the highest memory an action takes beyond what was held.

    Parameters
    ----------
    act
        What is measured.

    Returns
    -------
    memory
        Megabytes; None where the system does not let the peak be reset.
    """
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return None
    held = process_memory("self")
    act()
    return max(0.0, process_memory("self", "VmHWM") - held)


def probe_load(repeats: int) -> Iterator[Figure]:
    """Load the bundled data: the first time in a process, then again."""
    first = timed(load_atlas, time.perf_counter)
    memory = process_memory("self")
    again = median([timed(load_atlas, time.perf_counter) for _ in range(repeats)])
    yield Figure("load.first", "load the data, fresh process", "s", first, note="imports excluded")
    yield Figure("load.again", "load the data, again", "s", again)
    yield Figure("load.memory", "memory of a process with the data loaded", "MB", memory)


def probe_models(repeats: int) -> Iterator[Figure]:
    """Compute every model over the country: first over a new world, then again."""
    world = atlas_world(load_atlas())
    for key, model in MODELS.items():
        from_nothing = partial(_first, world, key)
        known = partial(run_model, world, key)
        known()
        memory = extra_memory(from_nothing)
        first = median([timed(from_nothing) for _ in range(repeats)])
        again = median([timed(known) for _ in range(repeats)])
        name = f"model {model.key}"
        yield Figure(f"model.{key}.first", f"{name}, first run of a world", "s CPU", first)
        yield Figure(f"model.{key}.again", f"{name}, again", "s CPU", again)
        yield Figure(f"model.{key}.memory", f"{name}, memory beyond the data", "MB", memory)


def _first(world: World, key: str) -> object:
    """Run a model on a world that has computed nothing yet."""
    return run_model(replace(world), key)


def probe_drawing(repeats: int) -> Iterator[Figure]:
    """Turn an assignment into the file the browser draws."""
    atlas = load_atlas()
    assignment = run_model(atlas_world(atlas), DRAWN_MODEL)
    polygons = model_polygons(atlas, assignment)
    dissolve = [timed(lambda: model_polygons(atlas, assignment)) for _ in range(repeats)]
    encode = [timed(lambda: to_topojson({"territories": polygons})) for _ in range(repeats)]
    yield Figure("draw.dissolve", "dissolve the communes into areas", "s CPU", median(dissolve))
    yield Figure("draw.encode", "encode the areas as TopoJSON", "s CPU", median(encode))


def multiplied(communes: pd.DataFrame, copies: int) -> pd.DataFrame:
    """
    Copy communes around themselves, to see how a computation grows.

    Parameters
    ----------
    communes
        `insee_code`, `anchor_lon`, `anchor_lat` (degrees).
    copies
        Number of rows for each commune; the first is the commune itself.

    Returns
    -------
    communes
        Anchors moved by about 2 km, codes still unique.
    """
    draw = np.random.default_rng(SEED)
    parts = [communes]
    for number in range(1, copies):
        moved = draw.normal(0.0, JITTER_DEGREES, (2, len(communes)))
        parts.append(
            communes.assign(
                insee_code=communes.insee_code + f"-{number}",
                anchor_lon=communes.anchor_lon + moved[0],
                anchor_lat=communes.anchor_lat + moved[1],
            )
        )
    return pd.concat(parts, ignore_index=True)


def grown(world: World, copies: int) -> World:
    """Give a world with more communes; times by road, known for the real ones, are estimated."""
    return replace(world, communes=multiplied(world.communes, copies), given=None)


def probe_scaling(repeats: int) -> Iterator[Figure]:
    """Grow the number of communes and fit how the cost grows."""
    world = atlas_world(load_atlas())
    worlds = [grown(world, copies) for copies in COPIES]
    rules: Mapping[str, Callable[[World], object]] = {
        key: partial(_first, key=key) for key in (DEFAULT_MODEL, DRAWN_MODEL)
    }
    for name, rule in rules.items():
        costs = [
            min(timed(partial(rule, larger)) for _ in range(min(repeats, SCALING_REPEATS)))
            for larger in worlds
        ]
        for copies, cost in zip(COPIES, costs, strict=True):
            label = f"{name}, {copies} × the communes"
            yield Figure(f"scaling.{name}.{copies}", label, "s CPU", cost)
        exponent = slope(COPIES, costs)
        yield Figure(f"scaling.{name}.slope", f"{name}, exponent of the growth", "", exponent)


def probe_scenario(repeats: int) -> Iterator[Figure]:
    """Apply a scenario, then compute its territories beside those of today."""
    world = atlas_world(load_atlas())
    scenario = _scenario(world)
    run_model(world, DRAWN_MODEL)
    apply = [timed(lambda: apply_scenario(world, scenario)) for _ in range(repeats)]
    changed = apply_scenario(world, scenario)
    after = [timed(lambda: _first(changed, DRAWN_MODEL)) for _ in range(repeats)]
    before = [timed(lambda: run_model(world, DRAWN_MODEL)) for _ in range(repeats)]
    note = f"{len(scenario.changes)} changes, one of them moves a site; model {DRAWN_MODEL}"
    yield Figure("scenario.apply", "apply a scenario", "s CPU", median(apply), note=note)
    yield Figure("scenario.before", "territories of today", "s CPU", median(before), note=note)
    yield Figure("scenario.after", "territories of the scenario", "s CPU", median(after), note=note)


def _scenario(world: World) -> Scenario:
    """Merge two GHTs, close a site, open another and change a capacity."""
    ghts = [str(code) for code in world.areas if not str(code).startswith("HORS-")]
    site, other = world.sites.finess_et.iloc[0], world.sites.finess_et.iloc[1]
    place = world.communes.sort_values("population", ascending=False).insee_code.iloc[0]
    changes = (
        Change("close", str(site)),
        Change("capacity", str(other), capacity=300.0),
        Change("open", str(place), ghts[0], 200.0),
        Change("merge", ghts[1], ghts[2]),
    )
    return Scenario("mesure", changes)


PROBES: Final[Mapping[str, Callable[[int], Iterator[Figure]]]] = {
    "load": probe_load,
    "models": probe_models,
    "drawing": probe_drawing,
    "scaling": probe_scaling,
    "scenario": probe_scenario,
}

if __name__ == "__main__":
    name, repeats = sys.argv[1:]
    print(json.dumps([asdict(figure) for figure in PROBES[name](int(repeats))]))
