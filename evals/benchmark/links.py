"""How long links take to be loaded, loaded again, and walked: in PostgreSQL, and in NEO4J_URL where that is set."""

import os
import random
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from time import perf_counter

from core.datapoint import Link, LinkKind
from core.ports import Links
from evals.benchmark.rig import Rig
from evals.benchmark.timing import Figures, spread, timed
from knowledge.links.neo4j import open_neo4j
from knowledge.links.postgresql import PostgresqlLinks
from store.system import System

THINGS, COUNT, ROUNDS = 100_000, 500_000, 100
_KINDS: tuple[LinkKind, ...] = ("BELONGS_TO", "DERIVES_FROM", "COMPUTES", "DEPENDS_ON", "JOINS_WITH")
_ORIGIN = "benchmark"
_SEED = 5


async def measure(rig: Rig, *, things: int = THINGS, count: int = COUNT, rounds: int = ROUNDS) -> Figures:
    """Seconds to load `count` links between `things`, and milliseconds of walks from random ones."""
    links = random_links(things, count)
    system = await System.open(rig.server, rig.home)
    try:
        found: Figures = {"postgresql": await _one(PostgresqlLinks(system), links, rounds)}
    finally:
        await system.close()
    if url := os.environ.get("NEO4J_URL"):
        store = open_neo4j(url)
        try:
            found["neo4j"] = await _one(store, links, rounds)
        finally:
            await store.close()
    return found


def random_links(things: int, count: int) -> list[Link]:
    """Links between random things, some of which are far better connected than others, as tables are."""
    dice = random.Random(_SEED)  # noqa: S311
    made: set[tuple[LinkKind, str, str]] = set()
    while len(made) < count:
        # A power of a uniform number: a few things are the targets of hundreds of links.
        target = int(things * dice.random() ** 1.5)
        made.add((dice.choice(_KINDS), f"column:t{dice.randrange(things)}", f"column:t{target}"))
    return [Link(kind=kind, source=source, target=target) for kind, source, target in sorted(made)]


async def _one(store: Links, links: Sequence[Link], rounds: int) -> Figures:
    started = perf_counter()
    await store.replace(_ORIGIN, links)
    loaded = perf_counter()
    await store.replace(_ORIGIN, links)
    again = perf_counter()
    dice = random.Random(_SEED)  # noqa: S311
    starts = [dice.choice(links).source for _ in range(rounds)]
    reached = [len(await store.neighbours(each, hops=3)) for each in starts]
    figures: Figures = {
        "links": sum((await store.counts()).values()),
        "load_s": round(loaded - started, 1),
        "again_s": round(again - loaded, 1),
        "reached": sorted(reached)[len(reached) // 2],
        "three_hops": await _spread(starts, lambda each: store.neighbours(each, hops=3)),
        "impact": await _spread(starts, store.impact),
        "path": await _spread(starts[:10], lambda each: store.path(each, starts[-1])),
    }
    await store.replace(_ORIGIN, ())
    return figures


async def _spread(starts: Sequence[str], walk: Callable[[str], Awaitable[object]]) -> Figures:
    return spread([await timed(partial(walk, each)) for each in starts])
