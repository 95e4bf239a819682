"""Answers what needs no model: questions about the catalog, from the catalog or by one statement."""

from langgraph.runtime import Runtime

from apex.catalog_questions import answer_from_catalog
from core.context import Context
from core.ports import Results
from core.state import Asked, Clarified, Gated, Planned, Retrieved
from core.values import Compiled


class Reads(Asked, Gated, Clarified, Retrieved, total=False):
    """The question as the gate understood it, the database it goes to, and the turns before."""


async def compiler(state: Reads, runtime: Runtime[Context]) -> Planned:
    """Answer from the catalog, compile one statement, ask back, or leave the question to a model."""
    databases, grounding = runtime.context.databases, state["grounding"]
    database = await databases.get(grounding.database)
    turns = [turn for turn in state.get("turns", []) if turn.database in ("", database.name)]
    # The registry is asked only where the question may be about it.
    names = await databases.names() if state["intent"].kind == "catalog" else [database.name]
    compiled = answer_from_catalog(state["intent"].text, database.catalog, turns=turns, databases=names) or Compiled(
        status="incomplete", source="model", confidence=0.0, reason="not a question about the catalog"
    )
    return {"compiled": await _previewed(compiled, runtime.context.results)}


async def _previewed(compiled: Compiled, results: Results) -> Compiled:
    """A long list is kept beside the checkpoint, which holds its first rows only."""
    whole = compiled.result
    if whole is None:
        return compiled
    preview = whole.preview()
    if preview is whole:
        return compiled.model_copy(update={"row_count": len(whole.rows)})
    update = {"row_count": len(whole.rows), "result_id": await results.put(whole), "result": preview}
    return compiled.model_copy(update=update)
