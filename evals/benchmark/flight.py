"""Many questions at once, with a model that takes its time: what one process can do in a second."""

import asyncio
from time import perf_counter

from evals.benchmark.harbour import DATA_QUESTION
from evals.benchmark.rig import Rig
from evals.benchmark.timing import Figures
from evals.benchmark.turns import answered
from graph.turns import Question, Turns

AT_ONCE = 16
QUESTIONS = 96
PAUSE_MS = 50


async def measure(rig: Rig, *, questions: int = QUESTIONS) -> Figures:
    """Questions per second, with checkpoints off and on."""
    async with rig.house(12, pause_ms=PAUSE_MS) as house:
        await _rate(house.passing, AT_ONCE)
        return {
            "at_once": AT_ONCE,
            "model_ms": PAUSE_MS,
            "questions_per_s": await _rate(house.passing, questions),
            "checkpointed_questions_per_s": await _rate(house.turns, questions),
        }


async def _rate(turns: Turns, number: int) -> float:
    free = asyncio.Semaphore(AT_ONCE)

    async def ask() -> None:
        async with free:
            await answered(turns, Question(text=DATA_QUESTION))

    started = perf_counter()
    await asyncio.gather(*(ask() for _ in range(number)))
    return round(number / (perf_counter() - started), 1)
