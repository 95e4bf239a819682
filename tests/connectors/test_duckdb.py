"""What only DuckDB has: one writer, several readers, broken views, and memory to be limited."""

import asyncio
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from connectors.registry import open_connector
from core.catalog import TableName
from core.errors import LimitError, StatementError, UpstreamError, UserError
from core.ports import Connector
from core.values import Limits

LIMITS = Limits(seconds=10)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A small database."""
    path = tmp_path / "x.duckdb"
    with duckdb.connect(str(path)) as database:
        database.execute("CREATE TABLE t AS SELECT 1 AS a")
        database.execute("CREATE TABLE gone (x INT)")
        database.execute("CREATE VIEW broken AS SELECT x FROM gone")
        database.execute("DROP TABLE gone")
    return path


@pytest.fixture
async def connector(path: Path) -> Connector:
    """A connector, closed by its test."""
    return await open_connector(f"duckdb:///{path}", limits=LIMITS)


async def test_a_broken_view_is_hidden(connector: Connector) -> None:
    catalog = await connector.catalog()
    assert [table.name for table in catalog.tables] == ["t"]
    assert catalog.hidden == (TableName("main", "broken"),)
    await connector.close()


async def test_pivot_and_summaries_are_queries(connector: Connector) -> None:
    assert (await connector.run("PIVOT t ON a USING count(*)", limits=LIMITS)).rows
    assert (await connector.run("SUMMARIZE t", limits=LIMITS)).rows
    assert (await connector.run("FROM t", limits=LIMITS)).rows == [[1]]
    assert (await connector.run("EXPLAIN FROM t", limits=LIMITS)).rows
    await connector.close()


async def test_two_processes_read_at_once(connector: Connector, path: Path) -> None:
    program = (
        "import asyncio\nfrom connectors.registry import open_connector\nfrom core.values import Limits\n"
        "async def main():\n"
        f"    connector = await open_connector('duckdb:///{path}', limits=Limits())\n"
        "    print((await connector.run('SELECT a FROM t', limits=Limits())).rows)\n"
        "    await connector.close()\n"
        "asyncio.run(main())\n"
    )
    told = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert told.stdout.strip() == "[[1]]", told.stderr
    assert (await connector.run("SELECT a FROM t", limits=LIMITS)).rows == [[1]]
    await connector.close()


async def test_a_writer_elsewhere_is_told_of(path: Path) -> None:
    program = f"import duckdb, sys\nheld = duckdb.connect({str(path)!r})\nprint('open', flush=True)\nsys.stdin.read()"
    writer = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert writer.stdin and writer.stdout
    assert writer.stdout.readline() == "open\n"
    with pytest.raises(UpstreamError, match="open for writing") as raised:
        await open_connector(f"duckdb:///{path}", limits=LIMITS)
    assert raised.value.code == "locked"
    writer.communicate("")


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "x.duckdb"
    path.write_bytes(b"no database at all" * 500)
    with pytest.raises(UserError, match=r"x\.duckdb"):
        await open_connector(f"duckdb:///{path}", limits=LIMITS)


async def test_nothing_is_written_beside_the_file(connector: Connector, path: Path) -> None:
    await connector.run("SELECT count(*) FROM (SELECT random() AS a FROM range(1000000) ORDER BY a)", limits=LIMITS)
    await connector.close()
    assert [each.name for each in path.parent.iterdir()] == ["x.duckdb"]


async def test_memory_is_limited(connector: Connector) -> None:
    with pytest.raises(LimitError) as raised:
        await connector.run("SELECT list(i) FROM range(5000000000) t(i)", limits=Limits(seconds=60))
    assert raised.value.code == "limit"
    assert (await connector.run("SELECT a FROM t", limits=LIMITS)).rows == [[1]]
    await connector.close()


async def test_errors_do_not_cite_the_statement(connector: Connector) -> None:
    with pytest.raises(StatementError) as raised:
        await connector.run("SELECT nonsuch, 'a secret' FROM t", limits=LIMITS)
    assert "nonsuch" in raised.value.message
    assert "secret" not in raised.value.message
    assert "LINE" not in raised.value.message
    await connector.close()


async def test_closing_while_a_statement_cannot_be_ended(tmp_path: Path) -> None:
    duckdb.connect(str(tmp_path / "a.duckdb")).close()
    connector = await open_connector(f"duckdb:///{tmp_path / 'a.duckdb'}", limits=Limits())
    with pytest.raises(LimitError):
        await connector.run("SELECT repeat('x', 2000000000)", limits=Limits(seconds=0.2))
    await connector.close()
