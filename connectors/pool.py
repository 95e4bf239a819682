"""A small pool: at most `size` sessions live at once, the last used one is lent first."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, Protocol, TypeVar

from core.errors import UpstreamError


class Closing(Protocol):
    """Something that a pool can tell whether it still lives, and close."""

    def alive(self) -> bool:
        """Whether it can be lent again, as far as can be told without asking the server."""
        ...

    async def close(self) -> None:
        """Give it back to the system."""
        ...


Lent = TypeVar("Lent", bound=Closing)


class Pool(Generic[Lent]):
    """Lends sessions one at a time; who waits longer than `wait_seconds` for one is told so."""

    def __init__(self, open_one: Callable[[], Awaitable[Lent]], *, size: int, wait_seconds: float) -> None:
        self._open_one = open_one
        self._size = size
        self._wait_seconds = wait_seconds
        self._slots = asyncio.Semaphore(size)
        self._idle: list[Lent] = []
        self._shut = False

    async def take(self) -> Lent:
        """An idle session, else a new one; raises UpstreamError `busy` when all stay lent."""
        if self._shut:
            raise UpstreamError("The connection was closed", code="closed")
        try:
            async with asyncio.timeout(self._wait_seconds):
                await self._slots.acquire()
        except TimeoutError:
            raise UpstreamError(
                f"All {self._size} sessions of the database are busy",
                hint="Try again in a moment",
                code="busy",
            ) from None
        try:
            return await self._idle_or_new()
        except BaseException:
            self._slots.release()
            raise

    async def _idle_or_new(self) -> Lent:
        while self._idle:
            session = self._idle.pop()
            if session.alive():
                return session
            await session.close()
        return await self._open_one()

    async def give(self, session: Lent) -> None:
        """Take a clean session back."""
        self._idle.append(session)
        self._slots.release()
        if self._shut:
            await self.close()

    def shut(self) -> None:
        """Lend no more."""
        self._shut = True

    async def drop(self, session: Lent) -> None:
        """Close a session that cannot be lent again, and the idle ones that may share its fate."""
        try:
            await session.close()
            await self.close()
        finally:
            self._slots.release()

    async def close(self) -> None:
        """Close the idle sessions."""
        while self._idle:
            await self._idle.pop().close()
