"""One embedded PostgreSQL for the whole run, and a fresh database in it for each test that asks."""

import asyncio
import shutil
import signal
import tempfile
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from uuid import uuid4

import hypothesis
import psycopg
import pytest
from psycopg import sql

from store.embedded import ensure_database, start
from store.system import System

# How fast examples are made and tried says more of what else the machine does than of the code.
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")


def pytest_configure() -> None:
    """Heed signals that whoever runs the tests (nohup, a shell's `&`) ignores: what a test starts would ignore them."""
    for each, handler in {signal.SIGINT: signal.default_int_handler, signal.SIGHUP: signal.SIG_DFL}.items():
        if signal.getsignal(each) == signal.SIG_IGN:
            signal.signal(each, handler)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first: begun last, one would keep one process busy while the others have nothing."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def system_url() -> Generator[str]:
    """The URL of a running embedded server; make databases of your own in it."""
    home = Path(tempfile.mkdtemp(prefix="datachat-test-"))
    embedded = asyncio.run(start(home))
    yield embedded.url
    asyncio.run(embedded.leave())
    shutil.rmtree(home)


@pytest.fixture(scope="session")
def _migrated(system_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a migrated database that others are copied from, which is faster than to migrate each."""
    name = "migrated_template"

    async def prepare() -> None:
        system = await System.open(await ensure_database(system_url, name), tmp_path_factory.mktemp("home"))
        await system.close()

    asyncio.run(prepare())
    return name


@pytest.fixture
async def fresh_url(system_url: str) -> AsyncGenerator[str]:
    """The URL of an empty database, dropped after the test."""
    name = f"fresh_{uuid4().hex}"
    yield await ensure_database(system_url, name)
    await _drop(system_url, name)


@pytest.fixture
async def system(system_url: str, _migrated: str, tmp_path: Path) -> AsyncGenerator[System]:
    """An open, migrated and empty system database, dropped after the test."""
    name = f"system_{uuid4().hex}"
    async with await psycopg.AsyncConnection.connect(system_url, autocommit=True) as connection:
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(_migrated))
        await connection.execute(copy)
    opened = await System.open(await ensure_database(system_url, name), tmp_path)
    yield opened
    await opened.close()
    await _drop(system_url, name)


async def _drop(server: str, name: str) -> None:
    async with await psycopg.AsyncConnection.connect(server, autocommit=True) as connection:
        await connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
