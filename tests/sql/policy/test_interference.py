"""Nothing that a policy hides can be told from what comes back: rows, errors, refusals are those of another world."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from connectors.registry import open_connector
from store.embedded import ensure_database
from tests.sql.policy.worlds import LIMITS, World, probes, secrets, seen, statements

COMMON, OF_POSTGRES = ("probes.sql",), ("probes.sql", "probes_postgres.sql")

Make = Callable[[str, str, Path], Awaitable[str]]
"""Makes a world in a server or a folder and returns its URL."""

EXTRAS = """
CREATE VIEW patients_view AS SELECT * FROM patients;
CREATE VIEW payroll_view AS SELECT p.name, y.salary FROM patients p JOIN payroll y ON y.patient_id = p.id;
CREATE FUNCTION get_patient(i int) RETURNS SETOF patients LANGUAGE sql STABLE SECURITY DEFINER
    AS 'SELECT * FROM public.patients WHERE id = i';
CREATE FUNCTION total_salary() RETURNS numeric LANGUAGE sql STABLE SECURITY DEFINER
    AS 'SELECT sum(salary) FROM public.payroll';
CREATE TABLE visits_all (id int, cost numeric, placed date) PARTITION BY RANGE (placed);
CREATE TABLE visits_2026 PARTITION OF visits_all FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO visits_all SELECT id, cost, '2026-02-03' FROM visits;
ANALYZE;
"""


async def postgres(world: str, server: str, folder: Path) -> str:
    url = await ensure_database(server, f"world_{world}_{uuid4().hex}")
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute((";\n".join(statements(world)) + ";" + EXTRAS).encode())
    return url


async def sqlite(world: str, server: str, folder: Path) -> str:
    import sqlite3

    path = folder / f"{world}.db"
    connection = sqlite3.connect(path)
    for each in statements(world):
        connection.execute(each)
    connection.commit()
    connection.close()
    return f"sqlite:///{path}"


async def duckdb(world: str, server: str, folder: Path) -> str:
    engine = pytest.importorskip("duckdb")
    path = folder / f"{world}.duckdb"
    connection = engine.connect(str(path))
    for each in statements(world):
        connection.execute(each)
    connection.close()
    return f"duckdb:///{path}"


async def mariadb(world: str, server: str, folder: Path) -> str:
    """`server` is the URL of one, that ends where the database begins."""
    import pymysql

    address = urlsplit(server)
    with pymysql.connect(
        host=address.hostname, port=address.port or 0, user=address.username, password=address.password or ""
    ) as connection:
        cursor = connection.cursor()
        for each in (f"CREATE DATABASE world_{world}", f"USE world_{world}", *statements(world)):
            cursor.execute(each)
        connection.commit()
    return f"{server}world_{world}"


@asynccontextmanager
async def both(make: Make, server: str, folder: Path) -> AsyncGenerator[tuple[World, World]]:
    """World a and world b of an engine."""
    async with AsyncExitStack() as stack:
        worlds: list[World] = []
        for name in "ab":
            connector = await open_connector(await make(name, server, folder), limits=LIMITS)
            stack.push_async_callback(connector.close)
            worlds.append(await seen(connector))
        yield worlds[0], worlds[1]


@pytest.mark.parametrize(
    ("make", "files", "least"), [(postgres, OF_POSTGRES, 0.6), (sqlite, COMMON, 0.75), (duckdb, COMMON, 0.75)]
)
async def test_two_worlds_cannot_be_told_apart(
    make: Make, files: tuple[str, ...], least: float, system_url: str, tmp_path: Path
) -> None:
    """Every probe tells the same in both worlds, and nothing of either; most of them are answered."""
    await told_apart(make, probes(*files), system_url, tmp_path, least=least)


@pytest.mark.engine
async def test_two_worlds_of_mysql_cannot_be_told_apart(tmp_path: Path) -> None:
    """The same on a server that has to be started."""
    pytest.importorskip("pymysql")
    from tests.connectors.mariadb_server import BINARY, running

    if BINARY is None:
        pytest.skip("no MariaDB is installed")
    with running() as server:
        await told_apart(mariadb, probes(*COMMON), server.url(), tmp_path, least=0.6)


async def told_apart(make: Make, asked: list[str], server: str, folder: Path, *, least: float) -> None:
    """Fail where any of the statements tells the worlds apart, or where too few are answered."""
    told: list[str] = []
    answered = 0
    async with both(make, server, folder) as (a, b):
        for sql in asked:
            told_by = {"a": await a.outcome(sql), "b": await b.outcome(sql)}
            # MySQL's schema is the database, whose name is no secret.
            of_a, of_b = [(kind, text.replace(f"world_{each}", "world")) for each, (kind, text) in told_by.items()]
            hidden = {each for each in secrets("a") | secrets("b") if each not in sql}
            found = [each for each in hidden if each in of_a[1] or each in of_b[1]]
            if of_a != of_b or found:
                told.append(f"{sql}\n  a: {of_a}\n  b: {of_b}\n  {found[:3]}")
            answered += of_a[0] == "ok"
    assert not told, "\n".join(told)
    assert answered >= least * len(asked)
