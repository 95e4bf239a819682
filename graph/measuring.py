"""Measures what was asked once, behind the questions: what is too large to be measured while the first one waits."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic

from core.catalog import Catalog
from core.errors import DataChatError
from core.ports import Database
from graph.databases import OpenDatabases
from graph.profiling import Profiling
from indexers.database.budget import Budget
from store.leases import Leases
from store.profiles import Profiles
from store.system import System

ROUND_SECONDS, TABLE_SECONDS = 60.0, 5.0
PAUSE_SECONDS = 10.0
"""Between two rounds, so that a database has its breath."""
AGAIN_SECONDS = 3600.0
"""What could not be measured is tried again after so long, or when the catalog has changed."""

log = logging.getLogger("datachat.profile")


@asynccontextmanager
async def measuring(
    databases: OpenDatabases, system: System, leases: Leases, *, pause: float = PAUSE_SECONDS
) -> AsyncGenerator[None]:
    """Measure the open databases while the block lasts, one process each; what was measured is kept at once."""
    work = asyncio.create_task(_Measuring(databases, system, leases, pause).go_on())
    try:
        yield
    finally:
        work.cancel()
        [ended] = await asyncio.gather(work, return_exceptions=True)
        if isinstance(ended, Exception):
            log.error("Databases were not measured any more.", exc_info=ended)


@dataclass
class _Measuring:
    databases: OpenDatabases
    system: System
    leases: Leases
    pause: float
    settled: dict[str, tuple[Catalog, float]] = field(default_factory=dict[str, tuple[Catalog, float]])
    """When a database was measured as far as it could be."""

    async def go_on(self) -> None:
        while True:
            for name in self.databases.opened_names():
                database = self.databases.opened(name)
                if database and self._is_due(database):
                    await self._measure(database)
            await asyncio.sleep(self.pause)

    def _is_due(self, database: Database) -> bool:
        catalog, when = self.settled.get(database.name, (None, 0.0))
        return catalog is not database.catalog or monotonic() - when > AGAIN_SECONDS

    async def _measure(self, database: Database) -> None:
        lease = f"profile {database.name}"
        try:
            if await self.leases.acquire(lease):
                try:
                    await self._one_round(database)
                finally:
                    await asyncio.shield(self.leases.release(lease))
        except DataChatError as error:
            self._settle(database)
            log.warning("%s could not be measured: %s", database.name, error.message)

    async def _one_round(self, database: Database) -> None:
        key, _ = await self.databases.place(database.name)
        known = await Profiles(self.system).names(key)
        missing = frozenset(each.full_name for each in database.catalog.tables if each.columns) - known
        budget = Budget(seconds=ROUND_SECONDS, table_seconds=TABLE_SECONDS)
        work = Profiling(self.system, key, database.connector, database.catalog, budget, only=missing)
        if missing:
            await work.run()
        if not work.measured:
            self._settle(database)

    def _settle(self, database: Database) -> None:
        self.settled[database.name] = (database.catalog, monotonic())
