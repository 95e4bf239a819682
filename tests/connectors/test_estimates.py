"""What is read out of plans, apart from the engines that make them."""

import json

import psycopg
import pytest

from connectors import clickhouse_estimate, duckdb_estimate, mysql_estimate, sqlite_estimate
from connectors.registry import open_connector
from core.ports import Connector
from core.values import Limits, Result, ResultColumn, Row
from store.embedded import ensure_database

LARGE = """
CREATE TABLE events (id int PRIMARY KEY, kind int, day date, note text);
INSERT INTO events SELECT i, i % 10, date '2026-01-01' + i % 300, 'note' FROM generate_series(1, 100000) i;
ANALYZE events;
CREATE TABLE fresh (id int, note text) WITH (autovacuum_enabled = false);
INSERT INTO fresh SELECT i, 'note' FROM generate_series(1, 50000) i;
CREATE VIEW kinds AS SELECT kind, count(*) AS many FROM events GROUP BY kind;
"""


def table(columns: str, *rows: Row) -> Result:
    """A result as EXPLAIN gives it."""
    return Result(columns=[ResultColumn(name=name, type="text") for name in columns.split()], rows=list(rows))


@pytest.fixture
async def events(system_url: str):
    url = await ensure_database(system_url, "estimated")
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("DROP SCHEMA public CASCADE")
        await connection.execute("CREATE SCHEMA public")
        await connection.execute(LARGE)
    connector = await open_connector(url, limits=Limits())
    yield connector
    await connector.close()


@pytest.mark.parametrize(
    ("sql", "least", "most"),
    [
        ("SELECT * FROM events", 100_000, 100_000),
        # A filter without an index reads everything, an index only what it finds.
        ("SELECT * FROM events WHERE kind = 3", 100_000, 100_000),
        ("SELECT * FROM events WHERE id = 3", 1, 1),
        ("SELECT * FROM events LIMIT 10", 1, 20),
        ("SELECT * FROM events ORDER BY note, kind LIMIT 10", 100_000, 100_000),
        ("SELECT * FROM (SELECT DISTINCT kind, day FROM events) AS d LIMIT 3", 100_000, 100_000),
        ("SELECT count(*) FROM events a, events b", 10**10 - 10**7, 10**10 + 10**7),
        ("SELECT * FROM events JOIN fresh USING (id)", 125_000, 200_000),
        ("SELECT * FROM kinds", 100_000, 100_000),
        ("SELECT * FROM fresh", 25_000, 80_000),
        ("WITH e AS MATERIALIZED (SELECT * FROM events) SELECT * FROM e LIMIT 1", 1, 100_000),
        ("SELECT 1", 0, 1),
    ],
)
async def test_postgresql(events: Connector, sql: str, least: int, most: int):
    estimate = await events.estimate(sql, limits=Limits())
    assert estimate and estimate.rows is not None
    assert least <= estimate.rows <= most, estimate
    assert estimate.cost is not None and (sql == "SELECT 1" or estimate.bytes)


def test_mysql_multiplies_nested_loops_and_adds_unions():
    plan = table(
        "id select_type table type rows filtered Extra",
        [1, "PRIMARY", "a", "ALL", 1000, "10.00", "Using where"],
        [1, "PRIMARY", "b", "ref", 5, "100.00", None],
        [2, "UNION", "c", "ALL", "70", "100.00", None],
        [None, "UNION RESULT", "<union1,2>", "ALL", None, None, None],
    )
    assert mysql_estimate.estimate(plan).rows == 1000 + 100 * 5 + 70  # pyright: ignore[reportOptionalMemberAccess]


def test_mysql_joins_through_a_buffer_read_each_table_once():
    plan = table(
        "id table rows filtered Extra",
        [1, "a", 1000, "10.00", None],
        [1, "b", 2000, "1.00", "Using where; Using join buffer (hash join)"],
    )
    assert mysql_estimate.estimate(plan).rows == 3000  # pyright: ignore[reportOptionalMemberAccess]
    assert mysql_estimate.estimate(table("id table rows Extra", [1, None, None, "No tables used"])) is None


def test_clickhouse_adds_parts():
    plan = table("database table parts rows marks", ["d", "a", 1, "500", 1], ["d", "b", 2, 70, 1])
    assert clickhouse_estimate.estimate(plan).rows == 570  # pyright: ignore[reportOptionalMemberAccess]
    assert clickhouse_estimate.estimate(table("database table parts rows marks")) is None


SCAN: dict[str, object] = {"name": "SEQ_SCAN ", "extra_info": {"Table": "m.main.a", "Estimated Cardinality": "90"}}


@pytest.mark.parametrize(
    ("plan", "rows"),
    [
        (SCAN, 1000),
        ({"name": "STREAMING_LIMIT", "extra_info": {"Estimated Cardinality": "5"}, "children": [SCAN]}, 5),
        ({"name": "STREAMING_LIMIT", "children": [{"name": "HASH_GROUP_BY", "children": [SCAN]}]}, 1000),
        ({"name": "CROSS_PRODUCT", "extra_info": {}, "children": [SCAN, SCAN]}, 8100),
        ({"name": "HASH_JOIN", "extra_info": {"Estimated Cardinality": "7"}, "children": [SCAN, SCAN]}, 2000),
    ],
)
def test_duckdb(plan: dict[str, object], rows: int):
    explained = table("explain_key explain_value", ["physical_plan", json.dumps([plan])])
    assert duckdb_estimate.estimate(explained, [["main", "a", 1000]]).rows == rows  # pyright: ignore[reportOptionalMemberAccess]


def test_sqlite_nests_loops_and_knows_aliases():
    sql = 'SELECT * FROM big AS "my b", small WHERE small.i = 3'
    plan = table("id parent notused detail", [3, 0, 0, "SCAN my b"], [5, 0, 0, "SEARCH small USING INDEX x (i=?)"])
    tables = sqlite_estimate.tables_of(sql)
    assert sqlite_estimate.scanned(plan, tables) == ["big"]
    assert sqlite_estimate.estimate(plan, tables, {"big": 100}).rows == 100 + 100 * 10
