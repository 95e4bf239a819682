"""A profile that is cut off goes on where it was."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from connectors.registry import open_connector
from core.errors import UpstreamError
from core.ports import Connector
from core.values import Limits
from graph.profiling import Profiling
from graph.proposing import propose
from store.datapoints import DataPoints
from store.profiles import Profiles
from store.system import System
from store.values import Values

TABLES = 120

SCRIPT = """
import asyncio, signal, sys
from pathlib import Path
from connectors.registry import open_connector
from core.values import Limits
from graph.profiling import Profiling
from store.system import System

async def main():
    system = await System.open(sys.argv[1], Path(sys.argv[3]))
    connector = await open_connector(sys.argv[2], limits=Limits())
    work = Profiling(system, "harbour", connector, await connector.catalog())
    print("begun", flush=True)
    await work.run()

# Whoever runs the tests in the background has their processes ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)
asyncio.run(main())
"""

SLOWLY = """
CREATE FUNCTION datachat.wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.05); RETURN new; END';
CREATE TRIGGER slowly BEFORE INSERT ON datachat.profile_tables FOR EACH ROW EXECUTE FUNCTION datachat.wait()
"""
"""Makes a profile last six seconds, so that there is time to cut it off in the middle."""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A SQLite file of many tables that refer to one."""
    path = tmp_path_factory.mktemp("harbour") / "harbour.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE ports (id INTEGER PRIMARY KEY, name TEXT)")
        connection.executemany("INSERT INTO ports VALUES (?, ?)", [(n, f"Port {n}") for n in range(50)])
        for number in range(TABLES - 1):
            connection.execute(f"CREATE TABLE log_{number} (id INTEGER PRIMARY KEY, port_id INTEGER, remark TEXT)")
            rows = [(n, n % 50, f"berth {n % 7}") for n in range(200)]
            connection.executemany(f"INSERT INTO log_{number} VALUES (?, ?, ?)", rows)
    connection.close()
    return f"sqlite:///{path}"


async def run(system: System, url: str) -> Profiling:
    connector = await open_connector(url, limits=Limits())
    try:
        work = Profiling(system, "harbour", connector, await connector.catalog())
        await work.run()
    finally:
        await connector.close()
    return work


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGINT])
async def test_a_killed_profile_goes_on_where_it_was(
    system: System, fresh_url: str, harbour: str, tmp_path: Path, by: signal.Signals
):
    other = await System.open(fresh_url, tmp_path)
    profiles = Profiles(other)
    async with other.connection() as connection:
        await connection.execute(SLOWLY.encode())
    arguments = [sys.executable, "-c", SCRIPT, fresh_url, harbour, str(tmp_path)]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ})
    assert process.stdout and process.stdout.readline() == b"begun\n"
    deadline = time.monotonic() + 60
    while len((await profiles.load("harbour")).tables) < 5 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(by)
    process.wait(timeout=30)
    process.stdout.close()
    kept = (await profiles.load("harbour")).tables
    assert 5 <= len(kept) < TABLES, "it was cut off in the middle"
    async with other.connection() as connection:
        await connection.execute("DROP TRIGGER slowly ON datachat.profile_tables")
    work = await run(other, harbour)
    assert {each.table for each in work.measured}.isdisjoint(kept)
    complete = await profiles.load("harbour")
    assert len(complete.tables) == TABLES
    assert len(complete.relations) == TABLES - 1
    assert await Values(other).first("harbour", limit=1)
    await other.close()


@dataclass
class Vanishing:
    """A database that is gone after so many statements."""

    inner: Connector
    left: int
    dialect: str = field(default="sqlite")

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)

    async def run(self, sql: str, **options: object) -> object:
        self.left -= 1
        if self.left < 0:
            raise UpstreamError("The database is gone")
        return await self.inner.run(sql, **options)  # type: ignore[arg-type]


async def test_what_was_measured_before_a_database_vanished_is_kept(system: System, harbour: str):
    connector = await open_connector(harbour, limits=Limits())
    gone = Vanishing(connector, 60)
    work = Profiling(system, "harbour", gone, await connector.catalog())  # type: ignore[arg-type]
    with pytest.raises(UpstreamError, match="gone"):
        await work.run()
    await connector.close()
    kept = (await Profiles(system).load("harbour")).tables
    assert kept and {each.table for each in work.measured} == set(kept)


async def test_tables_that_are_gone_are_forgotten(system: System, harbour: str):
    await run(system, harbour)
    connector = await open_connector(harbour, limits=Limits())
    catalog = await connector.catalog()
    fewer = Profiling(system, "harbour", connector, type(catalog)(catalog.dialect, catalog.tables[:3], ("main",)))
    found = await fewer.run()
    await connector.close()
    assert not fewer.measured
    assert len(found.tables) == len((await Profiles(system).load("harbour")).tables) == 3


async def test_the_same_proposals_are_not_made_twice(system: System, harbour: str, tmp_path: Path):
    await run(system, harbour)
    connector = await open_connector(harbour, limits=Limits())
    catalog, profile = await connector.catalog(), await Profiles(system).load("harbour")
    await connector.close()
    datapoints = DataPoints(system, tmp_path / "datapoints")
    first = await propose(system, datapoints, "harbour", catalog, profile)
    waiting = {each.id: each.datapoint for each in await datapoints.pending()}
    assert set(first.waiting) == set(waiting) and len(waiting) > TABLES
    await propose(system, datapoints, "harbour", catalog, profile)
    assert {each.id: each.datapoint for each in await datapoints.pending()} == waiting
    await datapoints.approve(["harbour.ports.entity", "harbour.ports.table"], reviewer="ann")
    again = await propose(system, datapoints, "harbour", catalog, profile)
    assert set(waiting) - set(again.waiting) == {"harbour.ports.entity", "harbour.ports.table"}
