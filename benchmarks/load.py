"""Many sessions at once, and what one rerun costs the server."""

import asyncio
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from benchmarks.browser import FLOOR_LABEL
from benchmarks.figures import Figure, compare, median, percentile
from benchmarks.plan import VARIANTS, Plan, Variant
from benchmarks.servers import Server, serve
from benchmarks.session import Session, open_session
from geo import wording

SEED: Final = 20_261_121
WARM_UP: Final = 10
CHANGED: Final = (wording.MEASURE, wording.REGION, wording.AREA, FLOOR_LABEL)
RERUN_LABELS: Final = {
    "rerun.cpu": "processor time of the server per rerun",
    "rerun.wall": "server time per rerun, one session",
}


@dataclass
class Crowd:
    """
    What the sessions saw.

    Attributes
    ----------
    first, later
        Seconds of the first run of each session, and of its reruns.
    memory
        Megabytes the server took, per session; below 0 when it gave memory back meanwhile.
    failed
        Sessions that were cut.
    """

    first: list[float] = field(default_factory=list)
    later: list[float] = field(default_factory=list)
    memory: float = 0.0
    failed: int = 0


def rerun_figures(plan: Plan) -> Iterator[Figure]:
    """
    Measure what one rerun costs, one session alone, no pause between reruns.

    Parameters
    ----------
    plan
        Number of reruns.

    Yields
    ------
    figure
        Means of processor time (system counter, 10 ms steps), medians of time.
    """
    measured = {variant: _reruns(variant, plan.reruns_of(variant)) for variant in VARIANTS}
    note = f"{plan.reruns} reruns, {plan.naive_reruns} for the naive page"
    for place, (key, label) in enumerate(RERUN_LABELS.items()):
        values = {variant: found[place] for variant, found in measured.items()}
        yield compare(key, label, "s", values, note)


def _reruns(variant: Variant, count: int) -> tuple[float, float]:
    """Measure one variant."""

    async def run(server: Server) -> tuple[float, float]:
        draw = random.Random(SEED)
        async with open_session(server.address) as socket:
            session = Session(socket)
            for _ in range(2):
                await session.rerun()
            started, seconds = server.cpu(), []
            for _ in range(count):
                session.choose(draw, CHANGED)
                seconds.append(await session.rerun())
            return (server.cpu() - started) / count, median(seconds)

    with serve(variant) as server:
        return asyncio.run(run(server))


def session_figures(plan: Plan) -> Iterator[Figure]:
    """
    Hold several numbers of concurrent sessions, each thinking between two actions.

    Parameters
    ----------
    plan
        Numbers of sessions, duration, think time.

    Yields
    ------
    figure
        The naive page is left out: one session of it fills the cores (see `rerun.cpu`).
    """
    crowds: dict[Variant, dict[int, Crowd]] = {"ours": {}, "floor": {}}
    for variant, held in crowds.items():
        for count in plan.sessions:
            with serve(variant) as server:
                held[count] = asyncio.run(_crowd(server, count, plan))
    for count in plan.sessions:
        yield from _crowd_figures(count, crowds["ours"][count], crowds["floor"][count], plan)


def _crowd_figures(count: int, ours: Crowd, floor: Crowd, plan: Plan) -> Iterator[Figure]:
    """Reduce what a number of sessions saw."""
    low, high = plan.think
    note = (
        f"{plan.session_seconds:g} s, think time {low:g}-{high:g} s, {len(ours.later)} reruns, "
        f"{ours.failed} sessions cut; the clients share the cores"
    )
    name = f"{count} session{'s' if count > 1 else ''}"
    crowds: dict[Variant, Crowd] = {"ours": ours, "floor": floor}
    p50 = {variant: percentile(crowd.later, 0.5) for variant, crowd in crowds.items()}
    p95 = {variant: percentile(crowd.later, 0.95) for variant, crowd in crowds.items()}
    first = {variant: percentile(crowd.first, 0.95) for variant, crowd in crowds.items()}
    memory = {variant: crowd.memory for variant, crowd in crowds.items()}
    key = f"sessions.{count}"
    yield compare(f"{key}.p50", f"{name}: rerun p50", "s", p50, note)
    yield compare(f"{key}.p95", f"{name}: rerun p95", "s", p95, note)
    yield compare(f"{key}.first", f"{name}: first run p95", "s", first, note)
    yield compare(f"{key}.memory", f"{name}: server memory per session", "MB", memory, note)


async def _crowd(server: Server, count: int, plan: Plan) -> Crowd:
    """Hold a number of sessions on a server that somebody has visited."""
    crowd = Crowd()
    async with open_session(server.address) as socket:
        first, draw = Session(socket), random.Random(SEED)
        await first.rerun()
        for _ in range(WARM_UP):
            first.choose(draw, CHANGED)
            await first.rerun()
    await asyncio.sleep(1.0)
    before, peak, stop = server.memory(), 0.0, time.perf_counter() + plan.session_seconds
    visitors = [
        asyncio.create_task(_visitor(server, crowd, random.Random(SEED + number), plan, stop))
        for number in range(count)
    ]
    while not all(task.done() for task in visitors):
        peak = max(peak, server.memory())
        await asyncio.sleep(0.5)
    results = await asyncio.gather(*visitors, return_exceptions=True)
    crowd.failed = sum(isinstance(result, BaseException) for result in results)
    crowd.memory = (peak - before) / count
    return crowd


async def _visitor(
    server: Server, crowd: Crowd, draw: random.Random, plan: Plan, stop: float
) -> None:
    """Arrive at some moment, then act and think until the end."""
    await asyncio.sleep(draw.uniform(0.0, plan.think[0]))
    async with open_session(server.address) as socket:
        session = Session(socket)
        crowd.first.append(await session.rerun())
        while time.perf_counter() < stop:
            await asyncio.sleep(draw.uniform(*plan.think))
            session.choose(draw, CHANGED)
            crowd.later.append(await session.rerun())
