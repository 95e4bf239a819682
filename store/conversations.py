"""Conversations and their turns. Only the user who began a conversation sees it; to others it does not exist."""

from datetime import datetime
from typing import TYPE_CHECKING

from core.errors import NotFoundError
from core.values import Answer, TurnRecord, Value
from store.events import unknown_turn

if TYPE_CHECKING:
    from psycopg import AsyncConnection

    from store.system import System

_TITLE_CHARACTERS = 80

_BEGIN_CONVERSATION = """
INSERT INTO datachat.conversations AS c (id, owner, title) VALUES (%s, %s, %s)
ON CONFLICT (id) DO UPDATE SET updated_at = clock_timestamp(),
title = CASE WHEN c.title = '' THEN excluded.title ELSE c.title END
WHERE c.owner = excluded.owner
"""
_BEGIN_TURN = """
INSERT INTO datachat.turns (id, conversation_id, question, database, model, status)
VALUES (%s, %s, %s, %s, %s, 'running')
ON CONFLICT (id) DO UPDATE SET status = 'running', finished_at = NULL
WHERE turns.conversation_id = excluded.conversation_id
"""
_CANCEL_OTHERS = """
UPDATE datachat.turns SET status = 'cancelled', finished_at = clock_timestamp()
WHERE conversation_id = %s AND id <> %s AND status IN ('running', 'waiting')
"""
_FINISH = """
UPDATE datachat.turns SET status = %s, answer = %s, result_id = %s,
finished_at = CASE WHEN %s THEN clock_timestamp() END
WHERE id = %s AND status <> 'cancelled'
"""
_CANCEL = """
UPDATE datachat.turns SET status = 'cancelled', answer = %s, finished_at = clock_timestamp()
WHERE id = %s AND status IN ('running', 'waiting')
"""
_TURNS = """
SELECT t.id, t.conversation_id, c.owner, t.question, t.database, t.model, t.status, t.answer::text,
       t.started_at, t.finished_at
FROM datachat.turns t JOIN datachat.conversations c ON c.id = t.conversation_id
WHERE (%(user)s::text IS NULL OR c.owner = %(user)s)
"""
_CONVERSATIONS = """
SELECT id, owner, title, created_at, updated_at,
       (SELECT count(*) FROM datachat.turns t WHERE t.conversation_id = c.id)
FROM datachat.conversations c WHERE owner = %(user)s
"""
_CHECKPOINTS = ("checkpoints", "checkpoint_blobs", "checkpoint_writes")


class ConversationRecord(Value):
    """A conversation as its owner sees it in a list."""

    id: str
    user: str
    title: str
    created_at: datetime
    updated_at: datetime
    turns: int


class Conversations:
    """The stored conversations; it is also the ledger in which turns are noted."""

    def __init__(self, system: "System") -> None:
        self._system = system

    async def create(self, conversation_id: str, *, user: str, title: str = "") -> ConversationRecord:
        """Make a conversation, or find the user's own; raises NotFoundError when it is somebody else's."""
        async with self._system.connection() as connection:
            await _ensure(connection, conversation_id, user, title)
        return await self.get(conversation_id, user=user)

    async def get(self, conversation_id: str, *, user: str) -> ConversationRecord:
        """One conversation; raises NotFoundError."""
        async with self._system.connection() as connection:
            found = await connection.execute(_CONVERSATIONS + "AND id = %(id)s", {"user": user, "id": conversation_id})
            row = await found.fetchone()
        if row is None:
            raise _unknown_conversation()
        return _conversation(row)

    async def rename(self, conversation_id: str, title: str, *, user: str) -> ConversationRecord:
        """Give a conversation another title; raises NotFoundError."""
        async with self._system.connection() as connection:
            await connection.execute(
                "UPDATE datachat.conversations SET title = %s WHERE id = %s AND owner = %s",
                [_plain(title)[:_TITLE_CHARACTERS], conversation_id, user],
            )
        return await self.get(conversation_id, user=user)

    async def delete(self, conversation_id: str, *, user: str) -> None:
        """Remove a conversation with its turns, events, results and checkpoints; raises NotFoundError."""
        async with self._system.connection() as connection, connection.transaction():
            await connection.execute(
                "DELETE FROM datachat.results WHERE id IN (SELECT t.result_id FROM datachat.turns t"
                " JOIN datachat.conversations c ON c.id = t.conversation_id WHERE c.id = %s AND c.owner = %s)",
                [conversation_id, user],
            )
            done = await connection.execute(
                "DELETE FROM datachat.conversations WHERE id = %s AND owner = %s", [conversation_id, user]
            )
            if done.rowcount == 0:
                raise _unknown_conversation()
            await _delete_checkpoints(connection, conversation_id)

    async def messages(self, conversation_id: str, *, user: str, limit: int = 100, offset: int = 0) -> list[TurnRecord]:
        """The turns of a conversation with their answers, oldest first; raises NotFoundError."""
        await self.get(conversation_id, user=user)
        page = {"user": user, "id": conversation_id, "limit": limit, "offset": offset}
        order = "AND c.id = %(id)s ORDER BY t.number LIMIT %(limit)s OFFSET %(offset)s"
        async with self._system.connection() as connection:
            rows = await (await connection.execute(_TURNS + order, page)).fetchall()
        return [_turn(row) for row in rows]

    async def begin(self, turn: TurnRecord) -> None:
        """Note a turn that starts, or goes on, now; it takes the place of one that is still open in its conversation.

        Raises NotFoundError when the conversation is somebody else's.
        """
        async with self._system.connection() as connection, connection.transaction():
            await _ensure(connection, turn.conversation_id, turn.user, turn.question)
            await connection.execute(_CANCEL_OTHERS, [turn.conversation_id, turn.id])
            row = [turn.id, turn.conversation_id, _plain(turn.question), turn.database, turn.model]
            if (await connection.execute(_BEGIN_TURN, row)).rowcount == 0:
                raise unknown_turn()

    async def finish(self, turn: TurnRecord, answer: Answer) -> None:
        """Note what became of a turn: `turn.status` says whether it is over or waits for a reply.

        One that was cancelled meanwhile stays so.
        """
        async with self._system.connection() as connection:
            over = turn.status not in ("running", "waiting")
            row = [turn.status, answer.model_dump_json(), answer.result_id, over, turn.id]
            await connection.execute(_FINISH, row)

    async def cancel(self, turn_id: str, answer: Answer) -> bool:
        """Note that a turn was cancelled, which whoever works on it notices; False when it was over already."""
        async with self._system.connection() as connection:
            return (await connection.execute(_CANCEL, [answer.model_dump_json(), turn_id])).rowcount == 1

    async def turn(self, turn_id: str, *, user: str | None = None) -> TurnRecord:
        """One turn, of this user only when one is given; raises NotFoundError."""
        async with self._system.connection() as connection:
            found = await connection.execute(_TURNS + "AND t.id = %(id)s", {"user": user, "id": turn_id})
            row = await found.fetchone()
        if row is None:
            raise unknown_turn()
        return _turn(row)

    async def last_turn(self, conversation_id: str, *, user: str | None = None) -> TurnRecord | None:
        """The latest turn of a conversation, of this user only when one is given; None when there is none."""
        latest = "AND c.id = %(id)s ORDER BY t.number DESC LIMIT 1"
        async with self._system.connection() as connection:
            found = await connection.execute(_TURNS + latest, {"user": user, "id": conversation_id})
            row = await found.fetchone()
        return _turn(row) if row else None

    async def list(self, *, user: str, limit: int = 100, offset: int = 0) -> list[ConversationRecord]:
        """The user's conversations, the latest first."""
        page = {"user": user, "limit": limit, "offset": offset}
        order = "ORDER BY updated_at DESC, id LIMIT %(limit)s OFFSET %(offset)s"
        async with self._system.connection() as connection:
            rows = await (await connection.execute(_CONVERSATIONS + order, page)).fetchall()
        return [_conversation(row) for row in rows]


async def _ensure(connection: "AsyncConnection", conversation_id: str, user: str, title: str) -> None:
    shown = " ".join(_plain(title).split())[:_TITLE_CHARACTERS]
    if (await connection.execute(_BEGIN_CONVERSATION, [conversation_id, user, shown])).rowcount == 0:
        raise _unknown_conversation()


async def _delete_checkpoints(connection: "AsyncConnection", thread_id: str) -> None:
    # LangGraph makes these tables, when turns are first checkpointed.
    there = await (await connection.execute("SELECT to_regclass('datachat.checkpoint_writes') IS NOT NULL")).fetchone()
    if there and there[0]:
        for table in _CHECKPOINTS:
            await connection.execute(f"DELETE FROM datachat.{table} WHERE thread_id = %s", [thread_id])


def _conversation(row: tuple[str, str, str, datetime, datetime, int]) -> ConversationRecord:
    names = ("id", "user", "title", "created_at", "updated_at", "turns")
    return ConversationRecord.model_validate(dict(zip(names, row, strict=True)))


def _turn(row: tuple[object, ...]) -> TurnRecord:
    names = ("id", "conversation_id", "user", "question", "database", "model", "status", "answer", "started_at")
    fields = dict(zip((*names, "finished_at"), row, strict=True))
    if fields["answer"] is not None:
        fields["answer"] = Answer.model_validate_json(str(fields["answer"]))
    return TurnRecord.model_validate(fields)


def _plain(text: str) -> str:
    """PostgreSQL's texts hold no NUL."""
    return text.replace("\0", "\ufffd")


def _unknown_conversation() -> NotFoundError:
    return NotFoundError("There is no such conversation.", hint="It was deleted, or is somebody else's.")
