"""What is done beside the turns, now and then: forgetting what is older than the settings say."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

from core.errors import DataChatError
from store.leases import Leases
from store.retention import prune
from store.system import System

EVERY_SECONDS = 3600.0
LEASE = "housekeeping"


@asynccontextmanager
async def housekeeping(system: System, leases: Leases, *, checkpoint_days: float) -> AsyncGenerator[None]:
    """Keep house while the block lasts: at once, then hourly; short commands together do it once an hour."""
    keeping = asyncio.create_task(_keep(system, leases, timedelta(days=checkpoint_days)))
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


async def _keep(system: System, leases: Leases, older_than: timedelta) -> None:
    while True:
        # An hour later it is tried again, so a database that is away now is no reason to bother anybody.
        with suppress(DataChatError):
            await _keep_once(system, leases, older_than)
        await asyncio.sleep(EVERY_SECONDS)


async def _keep_once(system: System, leases: Leases, older_than: timedelta) -> None:
    if await asyncio.to_thread(_is_due, system.home / "housekeeping") and await leases.acquire(LEASE):
        try:
            await prune(system, older_than=older_than)
        finally:
            await asyncio.shield(leases.release(LEASE))


def _is_due(mark: Path) -> bool:
    """Whether the last time, of which the file tells, is long ago; then this is the next one.

    Where the file cannot be kept, it is due whenever somebody asks.
    """
    with suppress(OSError):
        if mark.exists() and time.time() - mark.stat().st_mtime < EVERY_SECONDS:
            return False
        mark.touch()
    return True
