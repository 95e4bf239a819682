"""`python -m evals.routing [--root DIR] [--draws N] [--json]`: ten public databases at once, drawn several times."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from time import perf_counter

from apex.routing import route
from core.values import Limits, User
from evals.benchmark.timing import Figures, spread
from evals.public_questions import command, scratch_system
from evals.retrieval.public import FAMILIES, Case, Public, digest, read
from graph.databases import OpenDatabases
from graph.knowing import Knowing
from graph.routing import Router
from store.catalogs import Catalogs, url_key
from store.connections import Connections
from store.secrets import open_cipher
from store.system import System
from store.values import Values

AT_ONCE, QUESTIONS = 10, 20
DRAWS = ("--draws", 8, "draws of ten databases, of each half")


async def measured(root: Path, draws: int) -> Figures:
    """Draws of databases that were tuned on, and of those that were held out."""
    public = await read(root, families=FAMILIES)
    async with scratch_system() as system:
        knowing = Knowing(system, profiles_on_open=False)
        for name, values in public.values.items():
            for each in values:
                await knowing.keep_values(url_key(public.urls[name]), each)
        return {half: await _half(system, public, half == "held_out", draws) for half in ("tuned_on", "held_out")}


async def _half(system: System, public: Public, held_out: bool, draws: int) -> Figures:
    asked: dict[str, list[Case]] = {}
    for case in sorted(public.cases, key=lambda case: digest(case.question)):
        if case.held_out == held_out:
            asked.setdefault(case.database, []).append(case)
    random = Random(3)  # noqa: S311
    outcomes: Counter[str] = Counter()
    samples: list[float] = []
    worst = 1.0
    for _ in range(draws):
        drawn = random.sample(sorted(asked), AT_ONCE)
        found = await _draw(system, public, {name: asked[name][:QUESTIONS] for name in drawn}, samples)
        outcomes += found
        worst = min(worst, found["right"] / found.total())
    shares: Figures = {name: round(outcomes[name] / outcomes.total(), 4) for name in ("right", "asked", "wrong")}
    decided = outcomes["right"] / max(1, outcomes["right"] + outcomes["wrong"])
    shares["right_where_decided"] = round(decided, 4)
    return shares | {"questions": outcomes.total(), "worst_draw": round(worst, 4)} | spread(samples)


async def _draw(
    system: System, public: Public, cases: Mapping[str, Sequence[Case]], samples: list[float]
) -> Counter[str]:
    """What became of the questions to ten databases: a tie that holds the right one is asked about, rightly."""
    cipher = open_cipher(system.home, None)
    databases = OpenDatabases(Connections(system, cipher), Catalogs(system), Limits(), 3600)
    names = {name: databases.add_url(public.urls[name]) for name in cases}
    routing = Router(databases, None, Values(system)).of(User())
    outcomes: Counter[str] = Counter()
    try:
        await routing.likely("a first look")
        for name, some in cases.items():
            for case in some:
                started = perf_counter()
                routed = route(case.question, await routing.likely(case.question))
                samples.append((perf_counter() - started) * 1000)
                asks = names[name] in routed.tied
                right = names[name] == routed.database
                outcomes["asked" if asks else "right" if right else "wrong"] += 1
    finally:
        await databases.close()
    return outcomes


if __name__ == "__main__":
    command("python -m evals.routing", __doc__, option=DRAWS, measured=measured)
