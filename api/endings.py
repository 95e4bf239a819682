"""The last events of a turn, where whoever worked on it could not tell them."""

import asyncio
from contextlib import suppress
from itertools import count
from typing import cast

from pydantic import JsonValue

from core.errors import StaleError
from core.values import Answer, Event, EventType, Failure, TurnRecord
from store.events import Events

SETTLE_SECONDS = 0.5
"""How long the last events of a turn may be on their way after its record says that it is over."""

_CANCELLED = Failure(code="cancelled", message="The turn was cancelled.", hint="Ask again whenever you like.")


def cancelled(record: TurnRecord) -> Answer:
    """The answer of a turn that was cancelled."""
    return Answer(
        status="error",
        answer=_CANCELLED.message,
        error=_CANCELLED,
        conversation_id=record.conversation_id,
        turn_id=record.id,
    )


async def conclude(events: Events, record: TurnRecord) -> None:
    """Store the end of a turn that was noted as over, or waiting, by a process that died before it told so."""
    waiting = record.status == "waiting"
    if not await _is_closed(events, record.id, waiting=waiting):
        await asyncio.sleep(SETTLE_SECONDS)
        await close(events, record.id, record.answer or cancelled(record), waiting=waiting)


async def close(events: Events, turn_id: str, answer: Answer, *, waiting: bool) -> None:
    """Store the end of a turn unless it is stored, whoever else may be writing."""
    body = cast(dict[str, JsonValue], answer.model_dump(mode="json"))
    end: list[EventType] = ["answer"] if waiting else ["answer", "turn.finished"]
    while not await _is_closed(events, turn_id, waiting=waiting):
        following = count(await events.last_id(turn_id) + 1)
        with suppress(StaleError):
            await events.append(turn_id, [Event(type=kind, id=next(following), data=body) for kind in end])


async def _is_closed(events: Events, turn_id: str, *, waiting: bool) -> bool:
    last = await events.last_id(turn_id)
    tail = await events.read(turn_id, after=max(last - 1, 0), limit=1)
    return bool(tail) and tail[0].type == ("answer" if waiting else "turn.finished")
