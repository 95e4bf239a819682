import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest

from store.leases import Leases
from store.system import System

ROOT = Path(__file__).parents[2]
HOLD = """
import asyncio, sys
from pathlib import Path
from store.leases import Leases
from store.system import System
async def main():
    system = await System.open(sys.argv[1], Path('.'))
    async with Leases.open(system) as leases:
        print(await leases.acquire('t1'), flush=True)
        await asyncio.to_thread(sys.stdin.readline)
    await system.close()
asyncio.run(main())
"""


@pytest.fixture
async def leases(system: System) -> AsyncIterator[Leases]:
    async with Leases.open(system) as opened:
        yield opened


@pytest.fixture
async def others(system: System) -> AsyncIterator[Leases]:
    """As of another process: leases on another connection."""
    async with Leases.open(system) as opened:
        yield opened


async def cut(system: System) -> None:
    async with await psycopg.AsyncConnection.connect(system.url, autocommit=True) as connection:
        await connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def test_one_owner_at_a_time(leases: Leases, others: Leases):
    assert await leases.acquire("t1")
    assert not await leases.acquire("t1")
    assert not await others.acquire("t1")
    assert await others.acquire("t2")
    assert await leases.holds("t1") and not await leases.holds("t2")
    await others.release("t1")
    assert not await others.acquire("t1")
    await leases.release("t1")
    await leases.release("t1")
    assert await others.acquire("t1")
    assert not await leases.holds("t1")


async def test_of_many_who_race_one_wins(leases: Leases, others: Leases):
    for number in range(50):
        key = f"race {number}"
        won = await asyncio.gather(*(each.acquire(key) for each in (leases, others, leases, others)))
        assert sum(won) == 1


async def test_a_killed_process_loses_its_lease_at_once(system: System, leases: Leases):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, system.url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as other:
        assert other.stdout and other.stdout.readline() == "True\n"
        assert not await leases.acquire("t1")
        other.kill()
        other.wait()
        async with asyncio.timeout(2):
            while not await leases.acquire("t1"):
                await asyncio.sleep(0.01)


async def test_leases_end_with_the_block(system: System, others: Leases):
    async with Leases.open(system) as leases:
        assert await leases.acquire("t1")
    async with asyncio.timeout(2):
        while not await others.acquire("t1"):
            await asyncio.sleep(0.01)


async def test_a_cut_connection_takes_its_leases_again(system: System, leases: Leases, others: Leases):
    assert await leases.acquire("t1")
    await cut(system)
    assert await leases.holds("t1")
    assert not await others.acquire("t1")


async def test_a_lease_that_somebody_took_meanwhile_is_lost(system: System, leases: Leases, others: Leases):
    assert await leases.acquire("t1")
    await cut(system)
    assert await others.acquire("t1")
    assert not await leases.holds("t1")
    await leases.release("t1")
    assert await others.holds("t1")


async def test_to_release_over_a_cut_connection_is_harmless(system: System, leases: Leases, others: Leases):
    assert await leases.acquire("t1")
    await cut(system)
    await leases.release("t1")
    assert await others.acquire("t1")
    assert not await leases.acquire("t1")


async def test_whoever_is_cancelled_while_acquiring_holds_nothing(leases: Leases, others: Leases):
    for number in range(30):
        acquiring = asyncio.ensure_future(leases.acquire(f"t{number}"))
        for _ in range(number % 5):
            await asyncio.sleep(0)
        acquiring.cancel()
        with pytest.raises(asyncio.CancelledError):
            await acquiring
        assert await others.acquire(f"t{number}")
