"""Fifty people type in the search boxes at once: what each letter waits for its answer."""

import asyncio
import random
import time
from collections.abc import Iterator
from typing import Final

import httpx

from benchmarks.figures import Figure, compare, percentile
from benchmarks.plan import Plan
from benchmarks.servers import Server, serve

PEOPLE: Final = 50
SEED: Final = 20_261_130
LETTER_SECONDS: Final = (0.12, 0.3)  # between two letters
LOOK_SECONDS: Final = (1.0, 3.0)  # before the next name
NAMES: Final = (
    "Romilly-sur-Seine", "10100", "Sezanne", "CHU de Rennes", "Hospices civils de Lyon", "Troies",
    "Saint-Etienne", "GE-06", "Strasbourg", "Hôpitaux Champagne Sud", "Brienne-le-Château", "Brest",
    "100000017", "Haute Bretagne", "Vileurbane", "Marseille 8",
)  # fmt: skip


def search_figures(plan: Plan) -> Iterator[Figure]:
    """
    Measure the answers of the search while fifty people type.

    Parameters
    ----------
    plan
        Duration.

    Yields
    ------
    figure
        Medians and 95th percentiles, as a browser would wait: no page is rerun.
    """
    with serve("ours") as server:
        waits = asyncio.run(_crowd(server, plan))
    note = f"{plan.session_seconds:g} s, {len(waits)} letters; the clients share the cores"
    for share in (50, 95):
        seconds = percentile(waits, share / 100)
        label = f"{PEOPLE} people: search answer while typing p{share}"
        yield compare(f"search.{PEOPLE}.p{share}", label, "s", {"ours": seconds}, note)


async def _crowd(server: Server, plan: Plan) -> list[float]:
    """Let everyone type until the end, on a server where somebody has searched."""
    limits = httpx.Limits(max_connections=PEOPLE)
    async with httpx.AsyncClient(base_url=server.address, limits=limits, timeout=60) as client:
        await _ask(client, "a")
        stop = time.perf_counter() + plan.session_seconds
        draws = [random.Random(SEED + number) for number in range(PEOPLE)]
        found = await asyncio.gather(*(_person(client, draw, stop) for draw in draws))
    return [wait for waits in found for wait in waits]


async def _person(client: httpx.AsyncClient, draw: random.Random, stop: float) -> list[float]:
    """Type names, letter by letter."""
    waits: list[float] = []
    while time.perf_counter() < stop:
        await asyncio.sleep(draw.uniform(*LOOK_SECONDS))
        name = draw.choice(NAMES)
        for length in range(1, len(name) + 1):
            await asyncio.sleep(draw.uniform(*LETTER_SECONDS))
            waits.append(await _ask(client, name[:length]))
    return waits


async def _ask(client: httpx.AsyncClient, text: str) -> float:
    """Ask once and give the seconds."""
    started = time.perf_counter()
    answer = await client.get("/_atlas/search", params={"q": text, "parmi": "tout"})
    answer.raise_for_status()
    return time.perf_counter() - started
