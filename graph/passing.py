"""Turns that nobody can come back to from another process: kept in memory, bounded, and gone with this process."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    WRITES_IDX_MAP,
    BaseCheckpointSaver,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
    PendingWrite,
    copy_checkpoint,
    get_checkpoint_id,
    get_checkpoint_metadata,
)

from core.errors import NotFoundError
from core.values import Answer, TurnRecord

CONVERSATIONS = 1_000
ROOT = ""
"""The namespace of the outermost graph."""


@dataclass
class _Kept:
    """The latest checkpoint of one graph, and what was written beside it: a pause, or what failed."""

    checkpoint: CheckpointTuple | None = None
    writes: dict[str, dict[tuple[str, int], PendingWrite]] = field(
        default_factory=dict[str, dict[tuple[str, int], PendingWrite]]
    )
    """Under the id of their checkpoint."""


class PassingSaver(BaseCheckpointSaver[int]):
    """Keeps the latest checkpoint of every graph of a thread, as it is: its values are frozen, and need no packing."""

    def __init__(self) -> None:
        super().__init__()
        self._threads: dict[str, dict[str, _Kept]] = {}

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """The latest checkpoint; None where there is none, or not the one that is asked for."""
        thread, graph = _place(config)
        kept = self._threads.get(thread, {}).get(graph, _Kept())
        found = kept.checkpoint
        if found is None or get_checkpoint_id(config) not in (None, found.checkpoint["id"]):
            return None
        writes = [*kept.writes.get(found.checkpoint["id"], {}).values()]
        return found._replace(checkpoint=copy_checkpoint(found.checkpoint), pending_writes=writes)

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Keep a checkpoint in the place of the one before."""
        thread, graph = _place(config)
        place = {"thread_id": thread, "checkpoint_ns": graph, "checkpoint_id": checkpoint["id"]}
        found = CheckpointTuple(
            {"configurable": place}, copy_checkpoint(checkpoint), get_checkpoint_metadata(config, metadata)
        )
        kept = self._threads.setdefault(thread, {}).setdefault(graph, _Kept())
        kept.checkpoint = found
        kept.writes = {id: writes for id, writes in kept.writes.items() if id == checkpoint["id"]}
        return found.config

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        """Keep what a pause or a failure leaves behind, beside the checkpoint that it belongs to."""
        thread, graph = _place(config)
        kept = self._threads.setdefault(thread, {}).setdefault(graph, _Kept())
        beside = kept.writes.setdefault(get_checkpoint_id(config) or "", {})
        for place, (channel, value) in enumerate(writes):
            beside[task_id, WRITES_IDX_MAP.get(channel, place)] = (task_id, channel, value)

    async def adelete_thread(self, thread_id: str) -> None:
        """Forget a thread."""
        self._threads.pop(thread_id, None)

    def keep_root(self, thread: str) -> None:
        """Forget what the inner graphs of a thread left: the outermost one remembers what is to be remembered."""
        graphs = self._threads.get(thread, {})
        self._threads[thread] = {graph: kept for graph, kept in graphs.items() if graph == ROOT}


def _place(config: RunnableConfig) -> tuple[str, str]:
    """The thread, and which graph of it."""
    place = config.get("configurable", {})
    return place["thread_id"], place.get("checkpoint_ns", ROOT)


@dataclass(frozen=True)
class PassingLedger:
    """The ledger of turns in memory: the last turn of each of the last conversations.

    One that does not `remember` keeps no more than the turns that are not finished.
    """

    saver: PassingSaver
    remembers: bool = True
    _turns: OrderedDict[str, TurnRecord] = field(default_factory=OrderedDict[str, TurnRecord])

    async def begin(self, turn: TurnRecord) -> None:
        """Note a turn; the conversation that was silent the longest makes room. Nobody goes on with somebody else's."""
        known = self._turns.get(turn.conversation_id)
        if known and known.user != turn.user:
            raise NotFoundError("There is no such conversation.", hint="Begin another one.")
        self._turns[turn.conversation_id] = turn
        self._turns.move_to_end(turn.conversation_id)
        if len(self._turns) > CONVERSATIONS:
            oldest, _ = self._turns.popitem(last=False)
            await self.saver.adelete_thread(oldest)

    async def finish(self, turn: TurnRecord, answer: Answer) -> None:
        """Note what became of it; a finished turn leaves only its last checkpoint."""
        if turn.status == "finished" and not self.remembers:
            del self._turns[turn.conversation_id]
            await self.saver.adelete_thread(turn.conversation_id)
            return
        self._turns[turn.conversation_id] = turn.model_copy(update={"answer": None})
        if turn.status == "finished":
            self.saver.keep_root(turn.conversation_id)

    async def turn(self, turn_id: str, *, user: str | None = None) -> TurnRecord:
        """One turn; NotFoundError when it is not the last of a known conversation, or somebody else's."""
        for turn in self._turns.values():
            if turn.id == turn_id and user in (None, turn.user):
                return turn
        raise NotFoundError("There is no such turn.", hint="Ask the question again.")

    async def last_turn(self, conversation_id: str, *, user: str | None = None) -> TurnRecord | None:
        """The latest turn of a conversation, unless it is somebody else's."""
        turn = self._turns.get(conversation_id)
        return turn if turn and user in (None, turn.user) else None


@dataclass(frozen=True)
class PassingLeases:
    """Leases among the tasks of one process."""

    _held: set[str] = field(default_factory=set[str])

    async def acquire(self, key: str) -> bool:
        """Become the owner; False when another task is."""
        if key in self._held:
            return False
        self._held.add(key)
        return True

    async def release(self, key: str) -> None:
        """Let others become the owner."""
        self._held.discard(key)
