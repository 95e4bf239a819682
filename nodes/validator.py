"""The gate in the graph: no statement passes that the guard does not accept."""

from langgraph.runtime import Runtime

from core.context import Context
from core.state import Checked, Drafted, Planned, Retrieved, Reviewed
from core.values import Draft, Limits
from tools.gate import judge


class Reads(Retrieved, Planned, Drafted, Reviewed, total=False):
    """The statement at hand: a person's edit, else the last draft, else what was compiled."""


async def validator(state: Reads, runtime: Runtime[Context]) -> Checked:
    """Judge the statement, and say whether a person should see it before it runs."""
    context = runtime.context
    database = await context.databases.get(state["grounding"].database)
    drafts = state.get("drafts", [])
    verdict = await judge(_statement(state), database, context, limits=context.limits)
    doubt = (verdict.doubt or _doubt(drafts, context.limits)) if verdict.ok else ""
    return {"verdict": verdict.model_copy(update={"attempt": len(drafts), "doubt": doubt})}


def _statement(state: Reads) -> str:
    drafts = state.get("drafts", [])
    reviewed = state.get("reviewed")
    if reviewed and reviewed.choice == "edit" and reviewed.attempt == len(drafts):
        return reviewed.sql
    return drafts[-1].sql if drafts else state["compiled"].sql


def _doubt(drafts: list[Draft], limits: Limits) -> str:
    if drafts and drafts[-1].confidence < limits.review_below:
        return f"the model is only {drafts[-1].confidence:.0%} sure of it (review below {limits.review_below:.0%})"
    return ""
