"""A conversation of a thousand turns: is the last as cheap as the first, and what does it leave behind?"""

from datetime import timedelta

from evals.benchmark.harbour import CATALOG_QUESTION
from evals.benchmark.rig import Rig
from evals.benchmark.timing import Figures, share, timed
from evals.benchmark.turns import answered
from graph.assembly import House
from graph.turns import Question
from store.retention import prune

TURNS = 1_000
EDGE = 50
_PARTS = ("checkpoints", "checkpoint_blobs", "checkpoint_writes", "turns", "conversations")


async def measure(rig: Rig, *, turns: int = TURNS) -> Figures:
    """Milliseconds of the first and the last turns, and bytes per turn before and after retention."""
    async with rig.house(12) as house:
        await answered(house.turns, Question(text=CATALOG_QUESTION, conversation="warm"))
        await prune(house.system, older_than=timedelta(0))
        empty = await _bytes(house)
        asked = Question(text=CATALOG_QUESTION, conversation="long")

        async def ask() -> None:
            await answered(house.turns, Question(text=asked.text, conversation=asked.conversation))

        samples = [await timed(ask) for _ in range(turns)]
        full = await _bytes(house)
        pruned = await timed(lambda: prune(house.system, older_than=timedelta(0)))
        left = await _bytes(house)
    first, last = share(samples[:EDGE], 0.5), share(samples[-EDGE:], 0.5)
    return {
        "turns": turns,
        f"first_{EDGE}_p50_ms": round(first, 2),
        f"last_{EDGE}_p50_ms": round(last, 2),
        "last_over_first": round(last / first, 2),
        "bytes_per_turn": round((full - empty) / turns),
        "bytes_per_turn_after_retention": round((left - empty) / turns),
        "retention_ms": round(pruned),
    }


async def _bytes(house: House) -> int:
    """What the tables of turns take once the room of deleted rows is given back."""
    size = " + ".join(f"pg_total_relation_size('datachat.{part}')" for part in _PARTS)
    async with house.system.connection() as connection:
        for part in _PARTS:
            await connection.execute(f"VACUUM (FULL) datachat.{part}".encode())
        [(found,)] = await (await connection.execute(f"SELECT {size}".encode())).fetchall()
    return found
