"""`python -m evals.benchmark [--only PART] [--json]`: all of it within three minutes, without outside services."""

import argparse
import asyncio
import json
import platform
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from os import cpu_count
from time import perf_counter

from evals.benchmark import catalogs, conversation, flight, links, memory, metrics, turns
from evals.benchmark.rig import Rig, open_rig
from evals.benchmark.timing import Figures

PARTS: Mapping[str, Callable[[Rig], Awaitable[Figures]]] = {
    "memory": memory.measure,
    "catalogs": catalogs.measure,
    "turns": turns.measure,
    "flight": flight.measure,
    "conversation": conversation.measure,
    "links": links.measure,
    "metrics": metrics.measure,
}


def main() -> None:
    """Measure the wanted parts and print them as lines, or as one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmark", description=__doc__)
    parser.add_argument("--only", action="append", choices=PARTS, help="measure this part only; may be repeated")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = parser.parse_args()
    figures = asyncio.run(_measured(chosen.only or list(PARTS)))
    print(json.dumps(figures) if chosen.json else "\n".join(lines(figures)))


async def _measured(parts: list[str]) -> Figures:
    found: Figures = {}
    async with open_rig() as rig:
        for name in parts:
            started = perf_counter()
            found[name] = await PARTS[name](rig)
            print(f"{name}: {perf_counter() - started:.0f} s", file=sys.stderr)
    print(f"Python {platform.python_version()}, {cpu_count()} processors", file=sys.stderr)
    return found


def lines(figures: Figures, before: str = "") -> Iterator[str]:
    """One line per group of figures, for people."""
    plain = [f"{name} {figure:,}" for name, figure in figures.items() if not isinstance(figure, dict)]
    if plain:
        yield f"{before:<52} {'  '.join(plain)}"
    for name, figure in figures.items():
        if isinstance(figure, dict):
            yield from lines(figure, f"{before} {name}".strip())


if __name__ == "__main__":
    main()
