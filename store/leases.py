"""One owner per piece of work over all processes: advisory locks on a connection that lives as long as the process."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from store.border import border
from store.system import System, dial

if TYPE_CHECKING:
    from typing import LiteralString

    from psycopg import AsyncConnection

_TAKE = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
_GIVE = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"


class Leases:
    """What this process owns. The server ends all leases of a process that dies with its connection, at once."""

    def __init__(self, url: str, connection: "AsyncConnection") -> None:
        self._url = url
        self._connection = connection
        self._held: set[str] = set()
        self._one_at_a_time = asyncio.Lock()

    @classmethod
    @asynccontextmanager
    async def open(cls, system: System) -> AsyncGenerator["Leases"]:
        """The leases of this process; all of them end with the block."""
        leases = cls(system.url, await dial(system.url))
        try:
            yield leases
        finally:
            await leases._connection.close()

    async def acquire(self, key: str) -> bool:
        """Become the owner; False when another process, or another task of this one, is."""
        taking = asyncio.ensure_future(self._acquire(key))
        try:
            return await asyncio.shield(taking)
        except asyncio.CancelledError:
            # The statement may have been under way: what it got must not stay behind without an owner.
            if await taking:
                await self.release(key)
            raise

    async def release(self, key: str) -> None:
        """Let others become the owner; never raises, for with a lost connection the lease is gone already."""
        from psycopg import OperationalError

        async with self._one_at_a_time:
            if key in self._held:
                self._held.discard(key)
                with suppress(OperationalError):
                    await self._connection.execute(_GIVE, [key])

    async def holds(self, key: str) -> bool:
        """Whether this process still is the owner, asked of the server: a lost connection may have cost the lease."""
        async with self._one_at_a_time:
            if key in self._held:
                await self._ask("SELECT true")
            return key in self._held

    async def _acquire(self, key: str) -> bool:
        async with self._one_at_a_time:
            if key in self._held or not await self._ask(_TAKE, key):
                return False
            self._held.add(key)
            return True

    async def _ask(self, question: "LiteralString", *parameters: str) -> bool:
        from psycopg import OperationalError

        with border():
            try:
                return await self._ask_once(question, *parameters)
            except OperationalError:
                await self._reconnect()
                return await self._ask_once(question, *parameters)

    async def _ask_once(self, question: "LiteralString", *parameters: str) -> bool:
        row = await (await self._connection.execute(question, parameters)).fetchone()
        return bool(row and row[0])

    async def _reconnect(self) -> None:
        """Open a new connection and take the leases again; those that others have by now are lost."""
        await self._connection.close()
        self._connection = await dial(self._url)
        self._held = {key for key in self._held if await self._ask_once(_TAKE, key)}
