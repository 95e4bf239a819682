"""Keep a finished turn in short, so that the next question can lean on it."""

from langgraph.runtime import Runtime
from typing_extensions import TypedDict

from core.context import Context
from core.state import Answered, Asked
from core.values import Remembered

CHARACTERS = 1_000


class Reads(Asked, Answered, total=False):
    """The question and its answer."""


class Kept(TypedDict):
    """The finished turn, to be added to the ones before."""

    turns: list[Remembered]


async def remember(state: Reads, runtime: Runtime[Context]) -> Kept:
    """Keep this turn; its texts are bounded here, the number of turns by the state."""
    answer = state["answer"]
    turn = Remembered(
        question=state["question"][:CHARACTERS],
        answer=answer.answer[:CHARACTERS],
        sql=(answer.sql or "")[: 2 * CHARACTERS],
        database=answer.database or "",
        tables=[each.id for each in answer.evidence if each.kind == "table"][:20],
        columns=[column.name for column in answer.columns][:50],
        source=answer.source,
        plan=answer.plan,
        certainty=answer.confidence or answer.confidence_factors.get("plan", 0.0),
    )
    return {"turns": [turn]}
