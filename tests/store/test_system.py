import asyncio
import time
from pathlib import Path

import psycopg
import pytest

from core.errors import SetupError, UpstreamError
from store.embedded import start
from store.system import System


async def test_the_embedded_one_is_opened_and_left(home: Path):
    for _ in range(2):
        system = await System.open(None, home)
        assert system.embedded
        assert await system.version() > 0
        await system.close()
    assert not (home / "postgres/data/postmaster.pid").exists()


async def test_an_outside_one_is_used_by_its_url(fresh_url: str, tmp_path: Path):
    system = await System.open(fresh_url.replace("postgresql://", "postgresql+psycopg://"), tmp_path / "home")
    assert not system.embedded
    assert await system.version() > 0
    await system.close()
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "url",
    [
        "mysql://a:hush@b/c",
        "hush",
        "postgresql://a:hush@b:pört/c",
        "postgresql://a:hush@b/c?wrong=1",
        "postgresql://[hush",
    ],
)
async def test_a_wrong_url_is_named_but_not_shown(url: str, tmp_path: Path):
    with pytest.raises(SetupError, match="SYSTEM_DATABASE_URL") as caught:
        await System.open(url, tmp_path)
    assert "hush" not in f"{caught.value} {caught.value.hint}"


async def test_a_server_that_is_not_there(tmp_path: Path):
    with pytest.raises(UpstreamError, match="cannot be reached") as caught:
        await System.open("postgresql://ann:hush@127.0.0.1:1/x", tmp_path)
    assert "hush" not in str(caught.value)


async def test_a_login_without_rights_is_told(system: System, tmp_path: Path):
    async with system.connection() as connection:
        await connection.execute("DROP ROLE IF EXISTS guest")
        await connection.execute("CREATE ROLE guest LOGIN")
    guest = system.url.replace("postgres@", "guest@")
    with pytest.raises(SetupError, match="lacks a right: permission denied"):
        await System.open(guest, tmp_path)
    async with system.connection() as connection:
        await connection.execute("DROP SCHEMA datachat CASCADE")
    with pytest.raises(SetupError, match="lacks a right: permission denied for database"):
        await System.open(guest, tmp_path)
    async with system.connection() as connection:
        await connection.execute("DROP ROLE guest")


async def test_a_database_that_only_reads_is_an_upstream_error(system: System):
    with pytest.raises(UpstreamError, match="25006"):
        async with system.connection() as connection, connection.transaction():
            await connection.execute("SET TRANSACTION READ ONLY")
            await connection.execute("CREATE TABLE t ()")


async def test_nobody_waits_long_for_a_connection(system: System):
    async def hold() -> None:
        async with system.connection() as connection:
            await connection.execute("SELECT pg_sleep(20)")

    holders = [asyncio.ensure_future(hold()) for _ in range(8)]
    await asyncio.sleep(0.5)
    began = time.perf_counter()
    with pytest.raises(UpstreamError, match="did not answer in time"):
        async with system.connection():
            pass
    assert 1 <= time.perf_counter() - began <= 5
    for each in holders:
        each.cancel()
    assert all(
        isinstance(each, asyncio.CancelledError) for each in await asyncio.gather(*holders, return_exceptions=True)
    )
    async with system.connection() as connection:
        assert await (await connection.execute("SELECT 1")).fetchone() == (1,)


async def test_connections_that_were_cut_are_replaced_unseen(system: System):
    async with system.connection() as connection:
        await connection.execute("SELECT 1")
    async with await psycopg.AsyncConnection.connect(system.url, autocommit=True) as other:
        await other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    async with system.connection() as connection:
        assert await (await connection.execute("SELECT 1")).fetchone() == (1,)


async def test_a_connection_that_breaks_in_use_is_an_upstream_error(system: System):
    with pytest.raises(UpstreamError, match="not available"):
        async with system.connection() as connection:
            await connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")


async def test_after_a_restart_of_the_server_it_goes_on(home: Path):
    """As of an outside server: it is stopped at once, away for five seconds, and back."""
    embedded = await start(home)
    system = await System.open(embedded.url, home)
    await embedded.leave()
    with pytest.raises(UpstreamError):
        async with system.connection():
            pass
    await asyncio.sleep(2)
    embedded = await start(home)
    began = time.perf_counter()
    while True:
        try:
            assert await system.version() > 0
            break
        except UpstreamError:
            assert time.perf_counter() - began < 5
    print(f"\nhealthy after {time.perf_counter() - began:.2f} s")
    assert time.perf_counter() - began < 5
    await system.close()
    await embedded.leave()
