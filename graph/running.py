"""Runs a graph once, and hands on what its nodes tell while they work."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import cast

from langchain_core.runnables import RunnableConfig
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command, Durability

from core.context import Context, Told
from core.state import Conversation

Graph = CompiledStateGraph[Conversation, Context, Conversation, Conversation]
Begun = Conversation | Command[str] | None
"""What the graph is handed: a new question, a reply, or nothing when it goes on from its checkpoint."""
Outcome = dict[str, object]


@dataclass(frozen=True)
class Run:
    """A run in a task of its own."""

    _task: asyncio.Task[Outcome]
    _queue: asyncio.Queue[Told | None]

    async def told(self) -> AsyncGenerator[Told, None]:
        """What the nodes tell, as it comes, until the run is over."""
        while (told := await self._queue.get()) is not None:
            yield told

    async def outcome(self) -> Outcome:
        """The state that was reached, with `__interrupt__` where the graph waits; raises what a node raised."""
        return await self._task


@dataclass(frozen=True)
class Runner:
    """Runs a graph by LangGraph's steps, with a checkpoint between them as `durability` says."""

    graph: Graph
    durability: Durability = "sync"

    async def reach(self, begun: Begun, config: RunnableConfig, context: Context) -> Outcome:
        """The state that is reached, with `__interrupt__` where the graph waits; raises what a node raised."""
        reached: Outcome = {}
        told = self.graph.astream(begun, config, context=context, stream_mode="values", durability=self.durability)
        async for values in told:
            reached = cast(Outcome, values)
        return reached


@asynccontextmanager
async def running(
    runner: Runner, begun: Begun, config: RunnableConfig, *, context: Context
) -> AsyncGenerator[Run, None]:
    """Start a run; it is stopped, and has given everything back, when the block is left.

    Nodes tell through their context: LangGraph's own stream wakes the event loop through a socket for every part, which
    costs more than most nodes do.
    """
    queue = asyncio.Queue[Told | None]()
    task = asyncio.create_task(runner.reach(begun, config, replace(context, tell=queue.put_nowait)))
    task.add_done_callback(lambda _: queue.put_nowait(None))
    try:
        yield Run(task, queue)
    finally:
        task.cancel()
        await asyncio.wait([task])
        if not task.cancelled():
            task.exception()
