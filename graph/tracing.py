"""What the graph adds around every node: two events and one line of the decision trace."""

from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from time import perf_counter
from typing import cast, get_type_hints

from langgraph.runtime import Runtime

from core.context import Context
from core.state import Answered, Traced
from core.values import Explained, Step

Page = Mapping[str, object]
Node = Callable[..., Awaitable[Page]]


class Outcome(Answered, Traced):
    """What a turn hands back to its conversation."""


def traced(node: Node) -> Node:
    """The same node, its start and finish told as events and its finding written to the trace."""
    name = node.__name__

    @wraps(node)
    async def run(state: Page, runtime: Runtime[Context]) -> Page:
        tell = runtime.context.tell
        tell({"type": "node.started", "node": name})
        started = perf_counter()
        page = await node(state, runtime)
        step = _step(name, page, ms=round((perf_counter() - started) * 1000, 3))
        tell({"type": "node.finished", **step.model_dump()})
        return {**page, "trace": [step]}

    # LangGraph reads the page that a node may see from this annotation, so it has to be the class itself.
    run.__annotations__ = get_type_hints(node)
    return run


def _step(node: str, page: Page, *, ms: float) -> Step:
    finding = next(iter(page.values()), None)
    latest = cast(list[object], finding)[-1] if isinstance(finding, list) else finding
    if isinstance(latest, Explained):
        return Step(node=node, decision=latest.decision, reason=latest.because[:500], ms=ms)
    return Step(node=node, decision="done", ms=ms)
