"""How often, and how much at once, one user may ask."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from math import ceil
from time import monotonic
from typing import Protocol

from core.errors import LimitError
from core.values import Budgets

MINUTE = 60.0
BUSY_SECONDS = 5
"""When somebody whose questions are all at work may try again: most are answered by then."""


class Leases(Protocol):
    """What one process holds, and the others do not; a killed process holds nothing any more."""

    async def acquire(self, key: str) -> bool:
        """Become the owner; False when somebody else is."""
        ...

    async def release(self, key: str) -> None:
        """Let others become the owner."""
        ...


class Asked(Protocol):
    """Counts the questions of each user within the last minute."""

    async def count(self, user: str, *, most: int) -> float:
        """Count one more and return 0; where there are `most` already, count nothing and return the seconds to wait."""
        ...


@dataclass(frozen=True)
class Rates:
    """Lets a user's question in, or says when it may come again; every kind of question counts the same."""

    budgets: Budgets
    leases: Leases
    asked: Asked

    @asynccontextmanager
    async def admitted(self, user: str, *, new: bool) -> AsyncGenerator[None]:
        """Hold one of the user's places for the time of a turn; only a `new` turn counts as a question.

        Raises LimitError that knows when to come again.
        """
        place = await self._place(user)
        try:
            if new:
                await self._count(user)
            yield
        finally:
            if place:
                # Shielded, so that a cancelled asker does not keep the place.
                await asyncio.shield(self.leases.release(place))

    async def _place(self, user: str) -> str:
        most = self.budgets.questions_at_once
        for number in range(most):
            # No conversation is called so, for no name holds a control character.
            place = f"\x1fplace {number + 1} of {user}"
            if await self.leases.acquire(place):
                return place
        if not most:
            return ""
        raise LimitError(
            f"{most} questions of yours are being worked on, and no more may be at once.",
            hint="Wait for one of the answers.",
            retry_after=BUSY_SECONDS,
        )

    async def _count(self, user: str) -> None:
        most = self.budgets.questions_per_minute
        seconds = ceil(await self.asked.count(user, most=most)) if most else 0
        if seconds:
            raise LimitError(
                f"You have asked {most} questions within a minute, and no more may be asked.",
                hint=f"Ask again in {seconds} seconds.",
                retry_after=seconds,
            )


@dataclass(frozen=True)
class PassingAsked:
    """Counts in memory, for turns that write nothing."""

    _times: dict[str, list[float]] = field(default_factory=dict[str, list[float]])

    async def count(self, user: str, *, most: int) -> float:
        """Count one more and return 0, or the seconds to wait."""
        now = monotonic()
        recent = [each for each in self._times.get(user, []) if each > now - MINUTE]
        if len(recent) >= most:
            return recent[len(recent) - most] + MINUTE - now
        self._times[user] = [*recent, now]
        return 0.0
