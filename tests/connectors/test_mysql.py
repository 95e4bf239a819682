"""What is MySQL's and MariaDB's own: odd values, rights, broken views, lost connections, logins."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

pytest.importorskip("pymysql")

from connectors.mysql_catalog import tables
from connectors.mysql_values import geometry
from connectors.registry import open_connector
from core.catalog import TableName
from core.errors import LimitError, StatementError, UpstreamError, UserError
from core.ports import Connector
from core.values import Limits, Row
from tests.connectors import mariadb_server
from tests.connectors.mariadb_server import Server

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    if mariadb_server.BINARY is None:
        pytest.skip("mariadbd is not installed (Debian: apt-get install mariadb-server)")
    with mariadb_server.running() as server:
        server.execute(
            "CREATE DATABASE odd",
            "CREATE DATABASE other",
            "CREATE TABLE other.secrets (id INT, word VARCHAR(20))",
            "CREATE TABLE other.half (id INT, word VARCHAR(20))",
            "SET sql_mode = ''",
            "CREATE TABLE odd.oddities (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, day DATE, bits BIT(9),"
            " year YEAR, mood ENUM('glad', 'sad'), tags SET('a', 'b'), seen TIMESTAMP NULL, raw VARBINARY(4), doc JSON,"
            " price DECIMAL(65,30), twice INT AS (year * 2) VIRTUAL)",
            "INSERT INTO odd.oddities VALUES (18446744073709551614, '0000-00-00', b'100000001', 2024, 'sad', 'a,b',"
            " '2024-06-01 12:00:00', x'00ff', '{\"a\": 1}', 1.1, DEFAULT)",
            "CREATE TABLE odd.gone (id INT)",
            "CREATE VIEW odd.broken AS SELECT id FROM odd.gone",
            "DROP TABLE odd.gone",
            "CREATE USER reader@localhost IDENTIFIED BY 'canary-1'",
            "GRANT SELECT ON odd.* TO reader@localhost",
            "GRANT INSERT ON other.secrets TO reader@localhost",
            "GRANT SELECT (id) ON other.half TO reader@localhost",
        )
        yield server


@pytest.fixture
async def odd(server: Server) -> AsyncIterator[Connector]:
    connector = await open_connector(server.url("odd", user="reader", password="canary-1"), limits=Limits())
    yield connector
    await connector.close()


async def test_odd_values(odd: Connector) -> None:
    result = await odd.run("SELECT * FROM oddities", limits=Limits())
    assert result.rows[0] == [
        "18446744073709551614", "0000-00-00", 257, 2024, "sad", "a,b", "2024-06-01T12:00:00+00:00", "\\x00ff",
        '{"a": 1}', "1.100000000000000000000000000000", 4048,
    ] or result.rows[0][9] == 1.1  # fmt: skip
    assert [each.type for each in result.columns] == [
        "integer", "date", "integer", "integer", "text", "text", "timestamptz", "bytes", "text", "decimal", "integer"
    ]  # fmt: skip
    assert result.columns[0].native == "bigint unsigned"


async def test_what_may_not_be_read_is_hidden_and_said(odd: Connector) -> None:
    catalog = await odd.catalog()
    assert set(catalog.by_name) == {TableName("odd", "oddities"), TableName("other", "half")}
    assert set(catalog.hidden) == {TableName("odd", "broken"), TableName("other", "secrets")}
    assert [each.name for each in catalog.by_name[TableName("other", "half")].columns] == ["id"]
    twice = catalog.by_name[TableName("odd", "oddities")].column("twice")
    assert twice and (twice.default or "").startswith("GENERATED ALWAYS AS")


async def test_nothing_stays_in_a_session(odd: Connector) -> None:
    for trace in ("SELECT @left := 1", "SELECT get_lock('left', 0)"):
        await odd.run(trace, limits=Limits())
    found = await odd.run("SELECT @left, is_used_lock('left'), @@tx_read_only, @@time_zone", limits=Limits())
    assert found.rows == [[None, None, 1, "+00:00"]]


async def test_a_session_that_was_closed_by_the_server_is_replaced(odd: Connector, server: Server) -> None:
    ((first,),) = (await odd.run("SELECT connection_id()", limits=Limits())).rows
    server.execute(f"KILL {first}")
    await asyncio.sleep(0.1)
    ((second,),) = (await odd.run("SELECT connection_id()", limits=Limits())).rows
    assert second != first


async def test_a_statement_that_someone_kills_is_no_fault_of_the_asker(odd: Connector, server: Server) -> None:
    running = asyncio.create_task(odd.run("SELECT max(sha1(seq)) FROM seq_1_to_4000000000", limits=Limits()))
    await asyncio.sleep(0.5)
    number = server.count("SELECT id FROM information_schema.processlist WHERE user = 'reader' AND command = 'Query'")
    server.execute(f"KILL QUERY {number}")
    with pytest.raises(UpstreamError):
        await running


async def test_wrong_logins_and_addresses_are_told_without_secrets(server: Server) -> None:
    for url, kind in (
        (server.url("odd", user="reader", password="canary-2"), UserError),
        (server.url("nonsuch", user="root"), UserError),
        (server.url("odd") + "?colour=red", UserError),
        ("mysql://reader:canary-2@127.0.0.1:1/odd", UpstreamError),
        (server.url("odd", user="reader", password="canary-1") + "?ssl_mode=verify_identity", UpstreamError),
    ):
        with pytest.raises(kind) as raised:
            await (await open_connector(url, limits=Limits())).ping()
        assert "canary" not in f"{raised.value} {raised.value.hint} {raised.value.__cause__}"  # type: ignore[attr-defined]


async def test_a_host_that_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        connector = await open_connector(f"mysql://u:p@127.0.0.1:{silent.getsockname()[1]}/x", limits=Limits())
        started = time.monotonic()
        with pytest.raises(UpstreamError):
            await connector.ping()
        assert time.monotonic() - started < 7


async def test_a_row_that_fills_the_memory_is_refused(server: Server) -> None:
    server.execute("SET GLOBAL max_allowed_packet = 200000000")
    connector = await open_connector(server.url("odd", user="reader", password="canary-1"), limits=Limits())
    with pytest.raises(LimitError):
        await connector.run("SELECT repeat('x', 100000000)", limits=Limits())
    assert (await connector.run("SELECT 1", limits=Limits())).rows == [[1]]
    await connector.close()


def test_literal_defaults_of_mysql_become_sql() -> None:
    column: Row = ["s", "t", "c", "varchar(9)", "YES", "it's", "", "", "", 1]
    readable, _ = tables([["s", "t", "BASE TABLE", 0, 0, ""]], [column], [], [], quoted=False)
    assert readable[0].columns[0].default == "'it''s'"


def test_geometries_become_geojson() -> None:
    ring = "03000000 01000000 02000000" + "000000000000F03F0000000000000040" * 2
    assert geometry(bytes.fromhex("00000000 01" + ring)) == {"type": "Polygon", "coordinates": [[[1.0, 2.0]] * 2]}
    assert geometry(b"\0\0\0\0\x01\x63") == b"\0\0\0\0\x01\x63"


@pytest.mark.parametrize(
    "sql", ["SELECT 1 INTO OUTFILE '{}'", "(SELECT 1 INTO DUMPFILE '{}')", "SELECT 1) x INTO OUTFILE '{}' --"]
)
async def test_a_login_that_may_write_files_writes_none(server: Server, tmp_path: Path, sql: str) -> None:
    tmp_path.chmod(0o777)
    connector = await open_connector(server.url("odd"), limits=Limits())
    with pytest.raises(StatementError):
        await connector.run(sql.format(tmp_path / "eve"), limits=Limits())
    await connector.close()
    assert not (tmp_path / "eve").exists()
