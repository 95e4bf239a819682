"""The events of turns, kept so that a client which comes back, to any process, gets exactly what it missed."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from pydantic_core import from_json, to_json

from core.errors import NotFoundError, StaleError
from core.values import Event

if TYPE_CHECKING:
    from store.system import System

_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.05, 0.5
_PAGE = 500

_APPEND = """
INSERT INTO datachat.events (turn_id, id, type, data)
SELECT %(turn)s, * FROM unnest(%(ids)s::bigint[], %(types)s::text[], %(data)s::json[])
WHERE (SELECT coalesce(max(id), 0) FROM datachat.events WHERE turn_id = %(turn)s) = %(last)s
"""
# `over`: nobody writes any more. A finished turn gets a moment, in which its last events are still on their way.
_READ = """
SELECT e.id, e.type, e.data::text,
       t.status IN ('finished', 'cancelled') AND t.finished_at < clock_timestamp() - interval '10 seconds' AS over
FROM datachat.turns t LEFT JOIN datachat.events e ON e.turn_id = t.id AND e.id > %s
WHERE t.id = %s ORDER BY e.id LIMIT %s
"""


class Events:
    """The stored events. Ids begin with 1 and grow by one per turn."""

    def __init__(self, system: "System") -> None:
        self._system = system
        self._listeners: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    async def append(self, turn_id: str, events: Sequence[Event]) -> None:
        """Store the next events of a turn, all or none; raises StaleError when someone else has written meanwhile."""
        from psycopg import errors

        if not events:
            return
        ids = [event.id for event in events]
        if ids != list(range(ids[0], ids[0] + len(ids))):
            raise ValueError("ids of events grow by one")
        batch = {
            "turn": turn_id,
            "last": ids[0] - 1,
            "ids": ids,
            "types": [event.type for event in events],
            "data": [to_json(event.data).decode() for event in events],
        }
        async with self._system.connection() as connection:
            try:
                written = (await connection.execute(_APPEND, batch)).rowcount
            except errors.UniqueViolation:
                written = 0
            except errors.ForeignKeyViolation:
                raise unknown_turn() from None
        if written != len(events):
            raise StaleError("Another process has told of this turn meanwhile.", hint="Read its events again.")
        self.wake(turn_id)

    def wake(self, turn_id: str) -> None:
        """Let the followers of a turn in this process look again, now."""
        for listener in self._listeners.get(turn_id, ()):
            listener.set()

    async def last_id(self, turn_id: str) -> int:
        """The id of the latest event, 0 when there is none."""
        async with self._system.connection() as connection:
            latest = "SELECT coalesce(max(id), 0) FROM datachat.events WHERE turn_id = %s"
            [(found,)] = await (await connection.execute(latest, [turn_id])).fetchall()
        return found

    async def read(self, turn_id: str, *, after: int = 0, limit: int = _PAGE) -> list[Event]:
        """The events after an id that are there now; raises NotFoundError for an unknown turn."""
        return (await self._page(turn_id, after, limit))[0]

    async def follow(
        self, turn_id: str, *, after: int = 0, ended: Callable[[], bool] = lambda: False
    ) -> AsyncGenerator[Event]:
        """The events after an id, and those to come until the turn is finished; raises NotFoundError for no such turn.

        Those of this process come at once, those of other processes within half a second. `ended` says that nothing
        more will be written, e.g. because the turn waits for a reply.
        """
        if after and await self._ended_at(turn_id, after):
            return
        pause = _SHORTEST_PAUSE
        with self._listening(turn_id) as listener:
            while True:
                listener.clear()
                last_look = ended()
                page, over = await self._page(turn_id, after, _PAGE)
                for event in page:
                    yield event
                    after = event.id
                    if event.type == "turn.finished":
                        return
                if (over or last_look) and not page:
                    return
                pause = _SHORTEST_PAUSE if page else min(pause * 1.5, _LONGEST_PAUSE)
                # Not wait_for, which in Python 3.11 forgets a cancellation that comes together with what it waits for.
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await listener.wait()

    async def _page(self, turn_id: str, after: int, limit: int) -> tuple[list[Event], bool]:
        async with self._system.connection() as connection:
            rows = await (await connection.execute(_READ, [after, turn_id, limit])).fetchall()
        if not rows:
            raise unknown_turn()
        events = [Event(id=each, type=kind, data=from_json(data)) for each, kind, data, _ in rows if each is not None]
        return events, bool(rows[0][3])

    async def _ended_at(self, turn_id: str, event_id: int) -> bool:
        last = await self.read(turn_id, after=event_id - 1, limit=1)
        return bool(last) and last[0].id == event_id and last[0].type == "turn.finished"

    @contextmanager
    def _listening(self, turn_id: str) -> Generator[asyncio.Event]:
        listener = asyncio.Event()
        self._listeners[turn_id].add(listener)
        try:
            yield listener
        finally:
            self._listeners[turn_id].discard(listener)
            if not self._listeners[turn_id]:
                del self._listeners[turn_id]


def unknown_turn() -> NotFoundError:
    """The error for a turn that was never begun, or whose conversation was deleted."""
    return NotFoundError("There is no such turn.", hint="Ask the question again.")
