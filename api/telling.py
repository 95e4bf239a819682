"""Stores the events of one turn as it runs; what comes while some are being written makes the next batch."""

import asyncio
from contextlib import suppress

from core.values import Event
from store.events import Events

TOKEN_SECONDS = 0.05
"""How long tokens wait for more of them."""


class Teller:
    """Numbers the events of a turn on from the last stored one, and writes them in the background."""

    def __init__(self, events: Events, turn_id: str, *, last: int) -> None:
        self._events, self._turn_id, self._last = events, turn_id, last
        self._pending: list[Event] = []
        self._some, self._urgent, self._closed = asyncio.Event(), asyncio.Event(), False
        self._writing = asyncio.create_task(self._write())

    def tell(self, event: Event) -> None:
        """Take the next event; raises what kept earlier ones from being stored, StaleError above all."""
        if self._writing.done():
            self._writing.result()
        self._last += 1
        self._pending.append(event.model_copy(update={"id": self._last}))
        self._some.set()
        if event.type != "token":
            self._urgent.set()

    async def aclose(self) -> None:
        """Store what is left; raises what kept it from being stored."""
        self._closed = True
        self._some.set()
        self._urgent.set()
        await asyncio.shield(self._writing)

    async def _write(self) -> None:
        while self._pending or not self._closed:
            await self._some.wait()
            with suppress(TimeoutError):
                async with asyncio.timeout(TOKEN_SECONDS):
                    await self._urgent.wait()
            batch, self._pending = self._pending, []
            self._some.clear()
            self._urgent.clear()
            await self._events.append(self._turn_id, batch)
