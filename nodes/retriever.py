"""Which database a question goes to, and which of its tables, DataPoints and values it is about."""

from collections.abc import Sequence
from time import perf_counter

from langgraph.runtime import Runtime

from apex.routing import WHICH, Routed, route
from core.catalog import Catalog
from core.context import Context
from core.state import Asked, Clarified, Gated, Retrieved
from core.values import Clarification, Found, Grounding, Remembered

TABLES = 20


class Reads(Asked, Gated, Clarified, total=False):
    """The question, completed by its clarifications and, for a follow-up, by the last turn."""


async def retriever(state: Reads, runtime: Runtime[Context]) -> Retrieved:
    """Choose the database, and find what the question, and what it follows, speak of in it."""
    started = perf_counter()
    routed = await _routed(state, runtime.context)
    database = await runtime.context.databases.get(routed.database if routed else state.get("database"))
    question = routed.question if routed else state["intent"].text
    last = _followed(state, database.name)
    replies = [each.reply for each in state.get("exchanges", []) if each.clarification.question != WHICH]
    words = [last.question if last else "", question, *replies]
    found = await database.knowledge.ground(" ".join(words), limit=TABLES)
    tables = _with_tables_of(last, found.tables, database.catalog) if last else list(found.tables)
    return {
        "grounding": Grounding(
            database=database.name,
            dialect=database.connector.dialect,
            tables=tables[:TABLES],
            datapoints=found.datapoints,
            values=found.values,
            notes=found.notes,
            routing=routed.why if routed else "",
            routed=routed.certainty if routed else 1.0,
            question=question if question != state["intent"].text else "",
            clarification=_which(routed) if routed and routed.tied else None,
            ms=round((perf_counter() - started) * 1000, 2),
        )
    }


async def _routed(state: Reads, context: Context) -> Routed | None:
    """The choice among several databases; None where there is none to make."""
    strict = state.get("database")
    if strict or context.routing is None:
        return None
    question = state["intent"].text
    likely = await context.routing.likely(question)
    if len(likely) < 2:
        return None
    chosen = [each.reply for each in state.get("exchanges", []) if each.clarification.question == WHICH]
    names = {each.name.casefold(): each.name for each in likely}
    if chosen and chosen[-1].casefold() in names:
        name = names[chosen[-1].casefold()]
        return Routed(name, f"{name} was chosen", 1.0, question)
    last = state["turns"][-1].database if state["turns"] else ""
    return route(question, likely, last=last, follows=state["intent"].follow_up)


def _which(routed: Routed) -> Clarification:
    return Clarification(question=WHICH, options=list(routed.tied))


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
