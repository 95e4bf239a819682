"""Turns that nobody can come back to from another process: kept in memory, bounded, and gone with this process."""

from collections import OrderedDict
from dataclasses import dataclass, field

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.memory import InMemorySaver

from core.errors import NotFoundError
from core.values import Answer, TurnRecord

CONVERSATIONS = 1_000


@dataclass(frozen=True)
class PassingLedger:
    """The ledger of turns in memory: the last turn of each of the last conversations.

    One that does not `remember` keeps no more than the turns that are not finished.
    """

    saver: InMemorySaver
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
            self.saver.delete_thread(oldest)

    async def finish(self, turn: TurnRecord, answer: Answer) -> None:
        """Note what became of it; a finished turn leaves only its last checkpoint."""
        if turn.status == "finished" and not self.remembers:
            del self._turns[turn.conversation_id]
            self.saver.delete_thread(turn.conversation_id)
            return
        self._turns[turn.conversation_id] = turn.model_copy(update={"answer": None})
        if turn.status == "finished":
            self._keep_latest(turn.conversation_id)

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

    def _keep_latest(self, thread: str) -> None:
        latest = self.saver.get_tuple({"configurable": {"thread_id": thread}})
        if latest is None:
            return
        self.saver.delete_thread(thread)
        versions = latest.checkpoint["channel_versions"]
        config: RunnableConfig = {"configurable": {"thread_id": thread, "checkpoint_ns": ""}}
        self.saver.put(config, latest.checkpoint, latest.metadata, versions)


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
