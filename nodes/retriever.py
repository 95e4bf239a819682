"""Which tables a question is about."""

from collections.abc import Sequence
from time import perf_counter

from langgraph.runtime import Runtime

from core.catalog import Catalog
from core.context import Context
from core.state import Asked, Clarified, Gated, Retrieved
from core.values import Found, Grounding, Remembered

TABLES = 20


class Reads(Asked, Gated, Clarified, total=False):
    """The question, completed by its clarifications and, for a follow-up, by the last turn."""


async def retriever(state: Reads, runtime: Runtime[Context]) -> Retrieved:
    """Find the tables that the question, and what it follows, speak of."""
    started = perf_counter()
    database = await runtime.context.databases.get(state.get("database"))
    last = _followed(state, database.name)
    words = [last.question if last else "", state["intent"].text, *(each.reply for each in state.get("exchanges", []))]
    found = await database.knowledge.find(" ".join(words), limit=TABLES)
    tables = _with_tables_of(last, found, database.catalog) if last else list(found)
    return {
        "grounding": Grounding(
            database=database.name,
            dialect=database.connector.dialect,
            tables=tables[:TABLES],
            ms=round((perf_counter() - started) * 1000, 2),
        )
    }


def _followed(state: Reads, database: str) -> Remembered | None:
    """The last turn, where this question leans on it and it asked the same database."""
    last = state["turns"][-1] if state["turns"] else None
    return last if last and state["intent"].follow_up and last.database in ("", database) else None


def _with_tables_of(last: Remembered, found: Sequence[Found], catalog: Catalog) -> list[Found]:
    """The last turn's tables first: what "and by country?" is about stands there."""
    earlier = [name for name in last.tables if name in catalog.by_text]
    known = {each.table: each for each in found}
    best = max((each.score for each in found), default=0.0)
    first = [
        known.get(name, Found(table=name, score=best)).model_copy(update={"score": best, "why": "last turn"})
        for name in dict.fromkeys(earlier)
    ]
    return first + [each for each in found if each.table not in earlier]
