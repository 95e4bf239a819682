"""Walks a turn from node to node, as long as nobody has to be waited for.

LangGraph notes the ledger around every node, and is ready for nodes that run side by side. A question that stands alone
needs neither, and what happens between its nodes would cost more than the nodes. What follows what is read from `turn`,
as LangGraph reads it, and a node is handed the fields that it names. Where a turn pauses, LangGraph is told how far it
has come, and has it from there on.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from inspect import signature
from typing import get_type_hints

from langchain_core.runnables import RunnableConfig
from langgraph.graph import END, START
from langgraph.runtime import Runtime
from langgraph.types import Command

from core.context import Context
from core.errors import UpstreamError
from core.state import State
from graph import turn
from graph.running import Begun, Outcome, Runner
from graph.tracing import Node, Page, traced

Ledger = dict[str, object]
Route = Callable[[Ledger, Runtime[Context]], str]
Reducer = Callable[[object, object], object]


@dataclass(frozen=True)
class _Stop:
    """A node on the way, and how the way goes on from it."""

    node: Node
    reads: tuple[str, ...]
    following: Route
    tries: int
    pause: float
    """Seconds before the next try."""

    async def visit(self, ledger: Ledger, runtime: Runtime[Context]) -> Page:
        """What the node finds, out of the fields that it names."""
        seen = {name: ledger[name] for name in self.reads if name in ledger}
        for _ in range(1, self.tries):
            with suppress(UpstreamError):
                return await self.node(seen, runtime)
            await asyncio.sleep(self.pause)
        return await self.node(seen, runtime)


def _stops() -> Mapping[str, _Stop]:
    return {node.__name__: _stop(node) for node in turn.NODES}


def _stop(node: Node) -> _Stop:
    retry = turn.RETRIED.get(node.__name__)
    return _Stop(
        node=traced(node),
        reads=tuple(get_type_hints(get_type_hints(node)["state"])),
        following=_route(node.__name__),
        tries=retry.max_attempts if retry else 1,
        pause=retry.initial_interval if retry else 0.0,
    )


def _route(node: str) -> Route:
    following = turn.EDGES.get(node)
    if following:
        return lambda ledger, runtime: following
    fork = turn.FORKS[node]
    return fork if "runtime" in signature(fork).parameters else lambda ledger, runtime: fork(ledger)


def _reducers() -> Mapping[str, Reducer]:
    """How a field grows, where it is not simply written."""
    hints = get_type_hints(State, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items() if hasattr(hint, "__metadata__")}


@dataclass(frozen=True)
class Walk(Runner):
    """A runner that leaves to LangGraph what goes on from a pause."""

    _stops: Mapping[str, _Stop] = field(default_factory=_stops)
    _reducers: Mapping[str, Reducer] = field(default_factory=_reducers)

    async def reach(self, begun: Begun, config: RunnableConfig, context: Context) -> Outcome:
        """Walk to the end of the turn, or to a pause."""
        if begun is None or isinstance(begun, Command):
            return await super().reach(begun, config, context)
        place, ledger = await self._walk(dict(begun), Runtime(context=context))
        if place == END:
            return {name: ledger[name] for name in ("answer", "trace")}
        # Noted as by the last node, which nothing follows, so that the jump alone says where it goes on.
        await self.graph.aupdate_state(config, Command(update=ledger, goto=place), as_node="answer")
        return await super().reach(None, config, context)

    async def _walk(self, ledger: Ledger, runtime: Runtime[Context]) -> tuple[str, Ledger]:
        """Where the way ends, and the ledger as it is there."""
        place = turn.EDGES[START]
        while place != END and place not in turn.PAUSES:
            stop = self._stops[place]
            for name, found in (await stop.visit(ledger, runtime)).items():
                reducer = self._reducers.get(name)
                ledger[name] = reducer(ledger.get(name, []), found) if reducer else found
            place = stop.following(ledger, runtime)
        return place, ledger
