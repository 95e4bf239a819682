"""What a first question does not wait for is measured behind the questions, by one process."""

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import pytest

from graph.assembly import House
from graph.measuring import measuring
from store.leases import Leases
from store.profiles import Profiles
from store.system import System
from tests.graph.conftest import Opening, answered


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await true():
            await asyncio.sleep(0.05)


async def measured(house: House) -> int:
    database = await house.databases.get()
    key, _ = await house.databases.place(database.name)
    return len(await Profiles(house.system).names(key))


async def test_what_is_asked_is_measured_and_known_without_a_restart(opening: Opening) -> None:
    async with (
        opening(profile_on_open=False) as house,
        measuring(house.databases, house.system, house.leases, pause=0.05),
    ):
        assert await measured(house) == 0
        await answered(house.turns, "Which tables are there?")
        await until(lambda: _is(house, 3))

        async def known() -> bool:
            return len((await house.databases.get()).profile.tables) == 3

        await until(known)


async def test_a_new_table_is_measured_too(opening: Opening, shop_url: str) -> None:
    async with (
        opening(profile_on_open=False) as house,
        measuring(house.databases, house.system, house.leases, pause=0.05),
    ):
        await answered(house.turns, "Which tables are there?")
        await until(lambda: _is(house, 3))
        async with await psycopg.AsyncConnection.connect(shop_url, autocommit=True) as connection:
            await connection.execute("CREATE TABLE fresh AS SELECT 1 AS one")
        await house.databases.refresh()
        await until(lambda: _is(house, 4))


async def test_another_process_measures_already(opening: Opening, system: System) -> None:
    async with opening(profile_on_open=False) as house, Leases.open(system) as others:
        database = await house.databases.get()
        assert await others.acquire(f"profile {database.name}")
        async with measuring(house.databases, house.system, house.leases, pause=0.05):
            await asyncio.sleep(0.5)
            assert await measured(house) == 0
            await others.release(f"profile {database.name}")
            await until(lambda: _is(house, 3))


async def test_a_database_that_is_gone_is_told_once_and_harms_nobody(
    opening: Opening, shop_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with opening(profile_on_open=False) as house:
        database = await house.databases.get()
        await database.connector.close()
        async with measuring(house.databases, house.system, house.leases, pause=0.05):
            await until(lambda: _told(caplog))
            await asyncio.sleep(0.3)
    assert sum("could not be measured" in each.message for each in caplog.records) == 1


async def _told(caplog: pytest.LogCaptureFixture) -> bool:
    return any("could not be measured" in each.message for each in caplog.records)


async def _is(house: House, count: int) -> bool:
    return await measured(house) == count
