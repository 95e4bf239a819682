"""Runs a blocking driver in a thread of its own, so that its statement can be ended from outside."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, ParamSpec, Protocol, TypeVar

from pydantic import JsonValue

from core.errors import DataChatError
from core.values import Limits, ResultColumn

_INTERRUPT_EVERY = 0.05

Given = ParamSpec("Given")
Returned = TypeVar("Returned")


class BlockingSession(Protocol):
    """A `Session` whose driver blocks. All methods but `interrupt` are called in one thread, one after another."""

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """The driver's exceptions."""
        ...

    def wrap(self, error: Exception) -> DataChatError:
        """The house's error for one of the driver, scrubbed of values."""
        ...

    def start(self, sql: str, *, parameters: Sequence[JsonValue], limits: Limits) -> Sequence[ResultColumn]:
        """Start one read-only statement and return its columns."""
        ...

    def fetch(self, count: int) -> Sequence[Sequence[object]]:
        """About `count` next rows; empty at the end."""
        ...

    def interrupt(self) -> None:
        """End the running call, from another thread. It is called every 50 ms until the call returns."""
        ...

    def reset(self) -> None:
        """Close the statement and forget everything that it left; raises when that fails."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


class ThreadSession:
    """A `Session` around a blocking one."""

    def __init__(self, thread: ThreadPoolExecutor, inner: BlockingSession) -> None:
        self._thread = thread
        self._inner = inner
        self._running: Future[Any] | None = None
        self._closed = False

    @classmethod
    async def open(cls, connect: Callable[[], BlockingSession]) -> "ThreadSession":
        """Connect in a new thread; `connect` raises the house's errors by itself."""
        thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="datachat-session")
        connecting = thread.submit(connect)
        try:
            return cls(thread, await asyncio.wrap_future(connecting))
        except BaseException:
            # A connection that still comes up after its caller has gone must not be left open.
            connecting.add_done_callback(_close_late)
            thread.shutdown(wait=False)
            raise

    async def start(self, sql: str, *, parameters: Sequence[JsonValue], limits: Limits) -> Sequence[ResultColumn]:
        """Start a statement in the thread."""
        return await self._call(self._inner.start, sql, parameters=parameters, limits=limits)

    async def fetch(self, count: int) -> Sequence[Sequence[object]]:
        """Fetch in the thread."""
        return await self._call(self._inner.fetch, count)

    async def settle(self) -> None:
        """Interrupt what still runs until its thread is free again, then reset."""
        while self._running and not self._running.done():
            await asyncio.to_thread(self._inner.interrupt)
            await asyncio.sleep(_INTERRUPT_EVERY)
        await self._call(self._inner.reset)

    def alive(self) -> bool:
        """Whether it was not closed; a lost server shows at the next call."""
        return not self._closed

    async def close(self) -> None:
        """Close the connection in its thread, behind whatever still runs there, without waiting for that."""
        if not self._closed:
            self._closed = True
            self._thread.submit(self._inner.close)
            self._thread.shutdown(wait=False)

    async def _call(self, function: Callable[Given, Returned], *given: Given.args, **options: Given.kwargs) -> Returned:
        self._running = future = self._thread.submit(function, *given, **options)
        try:
            return await asyncio.wrap_future(future)
        except self._inner.errors as error:
            # The driver's own text may hold values, so it must not survive as a cause either.
            raise self._inner.wrap(error) from None


def _close_late(connecting: "Future[BlockingSession]") -> None:
    if not connecting.cancelled() and connecting.exception() is None:
        connecting.result().close()
