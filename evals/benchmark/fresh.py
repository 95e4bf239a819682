"""What a fresh process takes, told by itself: `clients`, `import`, or `ask` HOME SERVER DATABASE MODEL."""

import asyncio
import importlib
import json
import resource
import sys
from pathlib import Path
from time import perf_counter

IMPORTS = {"clients": ("openai", "psycopg"), "import": ("datachat",), "ask": ("datachat",)}


def main() -> None:
    """Do what the first argument says and print the figures."""
    started = perf_counter()
    kind, *rest = sys.argv[1:]
    for name in IMPORTS[kind]:
        importlib.import_module(name)
    found = {"import_s": round(perf_counter() - started, 3), "import_mb": _resident_mb()}
    if kind == "ask":
        found |= asyncio.run(_asked(*rest))
    print(json.dumps(found))


async def _asked(home: str, server: str, database: str, model: str) -> dict[str, float]:
    from evals.benchmark.harbour import DATA_QUESTION
    from evals.benchmark.memory import QUESTIONS
    from evals.benchmark.rig import Rig
    from evals.benchmark.turns import answered
    from graph.turns import Question

    rig = Rig(home=Path(home), server=server, model=model, databases={12: database})
    async with rig.house(12) as house:
        opened = _resident_mb()
        for _ in range(QUESTIONS):
            await answered(house.passing, Question(text=DATA_QUESTION))
        return {"open_mb": opened, "turns_mb": _resident_mb()}


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * resource.getpagesize() / 1_000_000, 1)


if __name__ == "__main__":
    main()
