"""Runs suites in an open house."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, closing
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from sqlite3 import connect
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import cast

import evals.scorers
from core.errors import UserError
from evals.cases import Suite
from evals.report import Report, Score
from evals.trial import Trial
from graph.assembly import House

Scorer = Callable[[Trial], Awaitable[bool | None]]


@cache
def scorers() -> Mapping[str, Scorer]:
    """Every scorer under its name."""
    names = [each.name for each in iter_modules(evals.scorers.__path__)]
    return {name: cast(Scorer, getattr(import_module(f"evals.scorers.{name}"), name)) for name in names}


async def run(suite: Suite, house: House) -> Report:
    """Try every case with every scorer that has a say."""
    if unknown := sorted(set(suite.thresholds) - set(scorers())):
        known = ", ".join(scorers())
        raise UserError(f"Suite {suite.name!r} names an unknown scorer: {unknown[0]}.", hint=f"Known: {known}.")
    started = perf_counter()
    said: dict[str, list[tuple[str, bool]]] = {name: [] for name in scorers()}
    async with _databases(suite.databases, house):
        for case in suite.cases:
            trial = Trial(case, house)
            for name, scorer in scorers().items():
                right = await scorer(trial)
                if right is not None:
                    said[name].append((case.question, right))
    scores = [_score(name, results, suite) for name, results in said.items() if results or name in suite.thresholds]
    return Report(suite=suite.name, scores=scores, seconds=round(perf_counter() - started, 2))


def _score(name: str, results: Sequence[tuple[str, bool]], suite: Suite) -> Score:
    return Score(
        scorer=name,
        right=sum(right for _, right in results),
        cases=len(results),
        threshold=suite.thresholds.get(name),
        wrong=[question for question, right in results if not right],
    )


@asynccontextmanager
async def _databases(made: Mapping[str, str], house: House) -> AsyncGenerator[None]:
    """The suite's own databases, to be asked while it runs."""
    folder = cast(AbstractContextManager[str], TemporaryDirectory(prefix="datachat-suite-"))
    with folder as place:
        names: list[str] = []
        for name, script in made.items():
            path = Path(place) / f"{name}.db"
            with closing(connect(path)) as connection:
                connection.executescript(script)
            names.append(house.databases.add_url(f"sqlite:///{path}"))
        try:
            yield
        finally:
            for name in names:
                await house.databases.forget(name)
