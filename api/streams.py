"""A turn as a response: server-sent events, or one JSON object at its end."""

import asyncio
import json
from collections.abc import AsyncGenerator, Coroutine, Mapping
from contextlib import aclosing
from typing import TypeVar, cast

from fastapi import Request
from fastapi.responses import JSONResponse, Response
from pydantic import JsonValue
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.errors import error_body, headers_of, status_of_code
from api.lent import Lent
from core.errors import DataChatError
from core.values import Event, Failure
from graph.turns import Events

PING_SECONDS = 15
DRAIN_SECONDS = 10.0
"""How long turns may go on after the server was told to stop."""
_CLIENT_LEFT = 499
"""Nobody sees it but logs, which know it from other servers."""

Result = TypeVar("Result")


def wants_stream(request: Request) -> bool:
    """Whether the client asks for server-sent events."""
    return "text/event-stream" in request.headers.get("accept", "")


async def tell(request: Request, here: Lent, events: Events, *, stream: bool, new: str = "") -> Response:
    """Start to work on a turn and respond with what comes of it, as events or as one JSON object."""
    turn_id, last = await here.live.begin(events, new=new)
    following = here.live.follow(turn_id, after=last)
    return event_stream(following, turn_id) if stream else await whole(request, following)


def event_stream(events: Events, turn_id: str) -> Response:
    """Every event as it happens; what goes wrong on the way is an `error` event without an id."""
    return EventSourceResponse(
        _frames(events),
        ping=PING_SECONDS,
        ping_message_factory=lambda: ServerSentEvent(comment="still here"),
        # The turns of this server end by themselves in that time, and their streams with them.
        shutdown_grace_period=DRAIN_SECONDS + 1,
        headers={"X-Turn-Id": turn_id},
    )


async def whole(request: Request, events: Events) -> Response:
    """The answer alone; a client that goes away takes its interest in the turn with it."""
    body = await _while_connected(request, _last_answer(events))
    if body is None:
        return Response(status_code=_CLIENT_LEFT)
    error = cast(Mapping[str, str] | None, body.get("error"))
    if body["status"] != "error" or not error:
        return JSONResponse(body)
    status = status_of_code(error["code"])
    return JSONResponse({**body, "error": error_body(Failure(**error))}, status, headers=headers_of(status))


async def _last_answer(events: Events) -> dict[str, JsonValue]:
    answer: dict[str, JsonValue] | None = None
    async with aclosing(events):
        async for event in events:
            if event.type == "answer":
                answer = event.data
    if answer is None:
        raise AssertionError("a turn ended without an answer")
    return answer


async def _while_connected(request: Request, work: Coroutine[None, None, Result]) -> Result | None:
    """The result of the work; None when the client goes away, which cancels it."""
    working = asyncio.create_task(work)
    leaving = asyncio.create_task(_left(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return await working if working.done() else None
    finally:
        working.cancel()
        leaving.cancel()


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _frames(events: Events) -> AsyncGenerator[ServerSentEvent]:
    try:
        async with aclosing(_apart(events)) as told:
            async for event in told:
                yield ServerSentEvent(data=_json(event.data), event=event.type, id=str(event.id))
    except DataChatError as error:
        failure = Failure(code=error.code, message=error.message, hint=error.hint)
        yield ServerSentEvent(data=_json(dict(error_body(failure))), event="error")


async def _apart(events: Events) -> AsyncGenerator[Event]:
    """The same, read in a task of its own: a response that ends cancels what it waits for until it gives up."""
    buffer: asyncio.Queue[Event | None] = asyncio.Queue()

    async def read() -> None:
        try:
            async with aclosing(events):
                async for event in events:
                    buffer.put_nowait(event)
        finally:
            buffer.put_nowait(None)

    reading = asyncio.create_task(read())
    try:
        while (event := await buffer.get()) is not None:
            yield event
        await reading
    finally:
        reading.cancel()


def _json(value: Mapping[str, JsonValue]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
