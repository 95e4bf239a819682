"""Every fork of the turn, as a pure function of what the nodes found."""

from collections.abc import Awaitable, Callable, Sequence
from functools import wraps
from typing import Literal, ParamSpec

from langgraph.runtime import Runtime

from apex.context_questions.follow_ups import asked_in
from core.context import Context
from core.state import Asked, Checked, Clarified, Drafted, Gated, Known, Planned, Ran, Retrieved, Reviewed

Found = ParamSpec("Found")


class Sorted(Gated, Clarified, total=False):
    """After intent_gate."""


class Grounded(Asked, Gated, Retrieved, Clarified, total=False):
    """After retriever."""


class Explained(Known, Clarified, total=False):
    """After context_answer."""


class Laid(Planned, Clarified, total=False):
    """After compiler."""


class Judged(Planned, Drafted, Checked, Reviewed, total=False):
    """After validator."""


class Tried(Drafted, Ran, total=False):
    """After executor."""


def after_intent_gate(state: Sorted, runtime: Runtime[Context]) -> Literal["clarify", "retriever", "answer"]:
    """Ask back while that is allowed; questions about data go on, everything else has its words already."""
    intent = state["intent"]
    if intent.clarification:
        return "clarify" if _may_ask(state.get("exchanges", []), runtime) else "answer"
    return "retriever" if intent.kind in ("catalog", "data") else "answer"


def after_retriever(state: Grounded, runtime: Runtime[Context]) -> Literal["clarify", "context_answer", "compiler"]:
    """Ask which database is meant where several fit as well; the likeliest is asked when nothing may be asked back.

    A question with the words of one about meaning, owner, freshness or lineage is first looked up.
    """
    if state["grounding"].clarification and _may_ask(state.get("exchanges", []), runtime):
        return "clarify"
    grounding = state["grounding"]
    text = grounding.question or state["intent"].text
    asked = asked_in(text, state.get("turns", []), database=grounding.database)
    return "context_answer" if asked else "compiler"


def after_context_answer(state: Explained, runtime: Runtime[Context]) -> Literal["clarify", "compiler", "answer"]:
    """What is not known, or is a question about data after all, goes to the compiler."""
    status = state["context"].status
    if status == "ambiguous" and _may_ask(state.get("exchanges", []), runtime):
        return "clarify"
    return "compiler" if status == "incomplete" else "answer"


def after_compiler(
    state: Laid, runtime: Runtime[Context]
) -> Literal["validator", "sql_agent", "preview", "clarify", "answer"]:
    """A complete statement goes to the gate, an incomplete plan to the model if there is one.

    Of close readings, and without a model of one that is likely, it is first seen what they would show.
    """
    compiled = state["compiled"]
    if compiled.status == "ready":
        return "validator"
    if compiled.status == "incomplete" and runtime.context.model:
        return "sql_agent"
    open_still = compiled.status in ("ambiguous", "incomplete") and compiled.clarification
    if open_still and _may_ask(state.get("exchanges", []), runtime):
        return "preview" if compiled.readings else "clarify"
    return "answer"


def after_sql_agent(state: Drafted) -> Literal["validator", "answer"]:
    """A draft goes to the gate; a model that failed or declined ends the turn."""
    return "validator" if state["drafts"][-1].sql else "answer"


def after_validator(state: Judged, runtime: Runtime[Context]) -> Literal["executor", "review", "sql_agent", "answer"]:
    """Run what was accepted, after a person's look where there is doubt; repair what a model wrote wrong."""
    verdict, reviewed = state["verdict"], state.get("reviewed")
    by_person = bool(reviewed) and reviewed.attempt == verdict.attempt
    if verdict.ok:
        return "review" if verdict.doubt and not by_person else "executor"
    if by_person:
        return "review"
    return "sql_agent" if _may_repair(state.get("drafts", []), runtime) else "answer"


def after_review(state: Reviewed) -> Literal["executor", "validator", "answer"]:
    """An edited statement goes through the gate like any other."""
    following: dict[str, Literal["executor", "validator", "answer"]] = {"run": "executor", "edit": "validator"}
    return following.get(state["reviewed"].choice, "answer")


def after_executor(state: Tried, runtime: Runtime[Context]) -> Literal["sql_agent", "answer"]:
    """A statement that the database refused is repaired; everything else is told."""
    repairable = state["execution"].repairable
    return "sql_agent" if repairable and _may_repair(state.get("drafts", []), runtime) else "answer"


def at_once(route: Callable[Found, str]) -> Callable[Found, Awaitable[str]]:
    """The same fork, taken on the spot: LangGraph would send a plain function to a thread, for longer than it takes."""

    @wraps(route)
    async def chosen(*found: Found.args, **lent: Found.kwargs) -> str:
        return route(*found, **lent)

    return chosen


def _may_ask(exchanges: Sequence[object], runtime: Runtime[Context]) -> bool:
    return len(exchanges) < runtime.context.limits.clarifications


def _may_repair(drafts: Sequence[object], runtime: Runtime[Context]) -> bool:
    return runtime.context.model is not None and len(drafts) <= runtime.context.limits.repairs
