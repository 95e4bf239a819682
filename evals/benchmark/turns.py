"""What a turn costs beside the model, with checkpoints off and on, and what a checkpoint holds."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from itertools import count

from evals.benchmark.floor import floor
from evals.benchmark.harbour import CATALOG_QUESTION, DATA_QUESTION, FLAGS
from evals.benchmark.rig import Rig
from evals.benchmark.timing import Figures, share, spread, timed
from graph.assembly import House
from graph.turns import Question, Turns

ROUNDS = 40
WARM_ROUNDS = 4
SIZES = (12, 5_000)

_CHECKPOINTS = """
SELECT count(*), count(DISTINCT thread_id), avg(size)::float, max(size) FROM (
    SELECT c.thread_id, octet_length(c.checkpoint::text) + octet_length(c.metadata::text) + coalesce((
        SELECT sum(octet_length(b.blob)) FROM datachat.checkpoint_blobs b
        JOIN jsonb_each_text(c.checkpoint -> 'channel_versions') v ON v.key = b.channel AND v.value = b.version
        WHERE b.thread_id = c.thread_id AND b.checkpoint_ns = c.checkpoint_ns), 0) AS size
    FROM datachat.checkpoints c WHERE c.thread_id LIKE 'data-%')
"""
"""The whole of what a checkpoint would be revived from, also what it shares with those before it."""


async def measure(rig: Rig, *, sizes: Sequence[int] = SIZES, rounds: int = ROUNDS) -> Figures:
    """Milliseconds per turn of each sort, asked in turns so that a noisy moment hits all of them."""
    return {f"{tables}_tables": await _one(rig, tables, rounds) for tables in sizes}


async def _one(rig: Rig, tables: int, rounds: int) -> Figures:
    samples: defaultdict[str, list[float]] = defaultdict(list)
    async with rig.house(tables) as house, floor(rig, tables) as plain:
        sorts = _sorts(house, plain, tables)
        for number in range(WARM_ROUNDS + rounds):
            for name, ask in sorts.items():
                taken = await timed(ask)
                if number >= WARM_ROUNDS:
                    samples[name].append(taken)
        found: Figures = {name: spread(each, floor=samples["floor"]) for name, each in samples.items()}
        found["checkpoints"] = await _checkpoints(house, samples)
    return found


def _sorts(house: House, plain: Callable[[], Awaitable[None]], tables: int) -> dict[str, Callable[[], Awaitable[None]]]:
    numbers = count()

    def asking(turns: Turns, question: str, sort: str) -> Callable[[], Awaitable[None]]:
        async def ask() -> None:
            asked = Question(text=question, conversation=f"{sort}-{tables}-{next(numbers)}")
            await answered(turns, asked)

        return ask

    return {
        "floor": plain,
        "catalog_question": asking(house.passing, CATALOG_QUESTION, "catalog"),
        "catalog_question_checkpointed": asking(house.turns, CATALOG_QUESTION, "catalog"),
        "data_question": asking(house.passing, DATA_QUESTION, "data"),
        "data_question_checkpointed": asking(house.turns, DATA_QUESTION, "data"),
    }


async def answered(turns: Turns, question: Question) -> None:
    """Ask, listen to the end, and see that the answer is the right one."""
    last = [event async for event in turns.say(question)][-1]
    assert last.data["status"] == "answered", last.data
    expected = ("model", FLAGS)
    assert question.text != DATA_QUESTION or (last.data["source"], last.data["row_count"]) == expected, last.data


async def _checkpoints(house: House, samples: dict[str, list[float]]) -> Figures:
    async with house.system.connection() as connection:
        [(number, turns, mean, most)] = await (await connection.execute(_CHECKPOINTS)).fetchall()
    with_, without = (share(samples[name], 0.5) for name in ("data_question_checkpointed", "data_question"))
    return {
        "per_turn": round(number / turns, 1),
        "mean_bytes": round(mean),
        "max_bytes": most,
        "ms_per_turn": round(with_ - without, 2),
    }
