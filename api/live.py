"""The turns that this server works on: each in a task of its own, which ends when nobody listens any more."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Generator
from contextlib import aclosing, contextmanager, suppress
from typing import Any

from api.endings import cancelled, close, conclude
from api.errors import unexpected
from api.telling import Teller
from core.errors import DataChatError, NotFoundError, StaleError, UpstreamError
from core.values import Answer, Event, TurnRecord, User
from graph.assembly import House
from graph.turns import Events, Question

GRACE_SECONDS = 0.8
"""How long a turn goes on after its last client has left, for one that comes back at once."""
LOOK_SECONDS = 0.7
"""How often it is asked whether another process has cancelled, finished or left a turn."""
INSIST_SECONDS = 1.0
"""How long a stopped turn may take to clean up before it is told again."""


class LiveTurns:
    """Works on turns, and lets any number of clients follow what is stored of them."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._clients: Counter[str] = Counter()
        self._stopping = False

    def __len__(self) -> int:
        return len(self._tasks)

    async def begin(self, events: Events, *, new: str = "") -> tuple[str, int]:
        """Start to work; returns the turn's id and the last event stored before. Raises what kept it from starting.

        `new` is the id that the turn has if it is a new one, of which nothing is stored yet.
        """
        if self._stopping:
            raise _stopping()
        begun: asyncio.Future[tuple[str, int]] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._begin(events, begun, new))
        try:
            await asyncio.wait({task, begun}, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            task.cancel()
            raise
        if not begun.done():
            await task
        turn_id, last = begun.result()
        self._keep(turn_id, task)
        return turn_id, last

    async def follow(self, turn_id: str, *, after: int = 0) -> AsyncGenerator[Event]:
        """The events after an id, until the turn is over or waits; an open turn that nobody works on goes on here.

        Raises NotFoundError, and what ended the work when it was neither.
        """
        with self._listening(turn_id):
            while True:
                task = self._tasks.get(turn_id) or self._keep(turn_id, asyncio.create_task(self._attend(turn_id)))
                async with aclosing(self._house.events.follow(turn_id, after=after, ended=task.done)) as events:
                    async for event in events:
                        yield event
                        after = event.id
                if not task.cancelled():
                    break
                if self._stopping:
                    raise _stopping()
            if task.done():
                _raise_failure(task)

    async def cancel(self, record: TurnRecord) -> Answer:
        """End an open turn, whoever works on it; raises StaleError when it was over already."""
        answer = cancelled(record)
        if not await self._house.conversations.cancel(record.id, answer):
            raise StaleError("This turn is over already.", hint="Its answer is in the conversation.")
        task = self._tasks.get(record.id)
        if task:
            _stop(task)
            await asyncio.wait({task})
        await close(self._house.events, record.id, answer, waiting=False)
        return answer

    async def drain(self, seconds: float) -> None:
        """Let turns finish for some seconds, then stop them; whoever comes back later makes them go on."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=seconds)
        for task in self._tasks.values():
            _stop(task)
        if self._tasks:
            await asyncio.wait(self._tasks.values())

    def _keep(self, turn_id: str, task: asyncio.Task[None]) -> asyncio.Task[None]:
        """Remember who works on a turn, as long as he does."""

        def forget(_: asyncio.Task[None]) -> None:
            if self._tasks.get(turn_id) is task:
                del self._tasks[turn_id]
            self._house.events.wake(turn_id)
            error = None if task.cancelled() else task.exception()
            if error and not isinstance(error, DataChatError) and not self._clients[turn_id]:
                unexpected(error)

        self._tasks[turn_id] = task
        task.add_done_callback(forget)
        self._stop_later(turn_id)
        return task

    @contextmanager
    def _listening(self, turn_id: str) -> Generator[None]:
        self._clients[turn_id] += 1
        try:
            yield
        finally:
            self._clients[turn_id] -= 1
            self._stop_later(turn_id)

    def _stop_later(self, turn_id: str) -> None:
        """Stop a turn that has no clients after a moment."""

        def stop() -> None:
            if not self._clients[turn_id]:
                del self._clients[turn_id]
                if turn_id in self._tasks:
                    _stop(self._tasks[turn_id])

        if not self._clients[turn_id]:
            asyncio.get_running_loop().call_later(GRACE_SECONDS, stop)

    async def _begin(self, events: Events, begun: asyncio.Future[tuple[str, int]], new: str) -> None:
        try:
            await self._tell(events, begun, new)
        except StaleError:
            if not begun.done():
                raise
            # This process lost its lease with its connection, and another one has taken over.
            await self._attend(begun.result()[0])

    async def _tell(self, events: Events, begun: asyncio.Future[tuple[str, int]] | None = None, new: str = "") -> None:
        """Store what a turn tells. Its end is stored when the conversation is free again for the next question."""
        async with aclosing(events):
            first = await anext(events)
            turn_id = str(first.data["turn_id"])
            last = 0 if turn_id == new else await self._house.events.last_id(turn_id)
            if begun:
                begun.set_result((turn_id, last))
            async with aclosing(Teller(self._house.events, turn_id, last=last)) as teller:
                teller.tell(first)
                with self._heeding(turn_id):
                    end = await _told(events, teller)
                for event in end:
                    teller.tell(event)

    async def _attend(self, turn_id: str) -> None:
        """See a turn to its end: wait while another process works on it, and work on it when nobody does."""
        while True:
            record = await self._house.conversations.turn(turn_id)
            if record.status != "running":
                return await conclude(self._house.events, record)
            try:
                return await self._tell(self._house.turns.proceed(turn_id, question=question_of(record)))
            except StaleError:
                await asyncio.sleep(LOOK_SECONDS)

    @contextmanager
    def _heeding(self, turn_id: str) -> Generator[None]:
        """End the work of this task when another process cancels the turn."""
        work = asyncio.current_task()

        async def look() -> None:
            status = "running"
            while status != "cancelled":
                await asyncio.sleep(LOOK_SECONDS)
                with suppress(UpstreamError):
                    status = await self._status(turn_id)
            if work:
                _stop(work)

        looking = asyncio.create_task(look())
        try:
            yield
        finally:
            looking.cancel()

    async def _status(self, turn_id: str) -> str:
        try:
            return (await self._house.conversations.turn(turn_id)).status
        except NotFoundError:
            return "cancelled"


async def _told(events: Events, teller: Teller) -> list[Event]:
    """Tell everything but the end, which is returned."""
    end: list[Event] = []
    async for event in events:
        if event.type in ("answer", "turn.finished"):
            end.append(event)
        else:
            teller.tell(event)
    return end


def question_of(record: TurnRecord) -> Question:
    """What is needed to go on with a turn."""
    return Question(
        text=record.question,
        conversation=record.conversation_id,
        database=record.database,
        user=User(name=record.user),
        model=record.model,
        turn=record.id,
    )


def _stopping() -> UpstreamError:
    return UpstreamError(
        "The server is stopping; the turn is kept.",
        hint="GET /api/v1/turns/{id}/events with Last-Event-ID goes on with it.",
        code="stopping",
    )


def _stop(task: asyncio.Task[Any]) -> None:
    """Cancel a task until it ends: wait_for of Python 3.11, which drivers use, now and then forgets a cancellation."""
    if not task.done():
        task.cancel()
        asyncio.get_running_loop().call_later(INSIST_SECONDS, _stop, task)


def _raise_failure(task: asyncio.Task[None]) -> None:
    error = task.exception()
    if isinstance(error, DataChatError):
        raise error
    if error:
        raise unexpected(error)
