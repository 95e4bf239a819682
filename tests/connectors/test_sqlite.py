"""What only SQLite has: loose types, broken views, logs, and ways around reading."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from connectors.registry import open_connector
from core.catalog import TableName
from core.errors import LimitError, StatementError, UpstreamError, UserError
from core.values import Limits

LIMITS = Limits(seconds=10)
Make = Callable[..., str]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a database of statements and returns its URL."""

    def made(*script: str, name: str = "x.db") -> str:
        with closing(sqlite3.connect(tmp_path / name)) as database:
            for statement in script:
                database.execute(statement)
            database.commit()
        return f"sqlite:///{tmp_path / name}"

    return made


async def rows(url: str, sql: str, limits: Limits = LIMITS) -> Sequence[Sequence[object]]:
    """What a statement returns."""
    connector = await open_connector(url, limits=LIMITS)
    try:
        return (await connector.run(sql, limits=limits)).rows
    finally:
        await connector.close()


async def test_catalog(make: Make) -> None:
    url = make(
        "CREATE TABLE parent (a TEXT, b INT, PRIMARY KEY (a, b)) WITHOUT ROWID",
        "CREATE TABLE Child (id INTEGER PRIMARY KEY, a TEXT, b INT, c DECIMAL(10,2) DEFAULT 1.5, bare,"
        " twice INT GENERATED ALWAYS AS (b * 2) VIRTUAL, FOREIGN KEY (a, b) REFERENCES PARENT,"
        " FOREIGN KEY (b) REFERENCES nonsuch (x))",
        "CREATE UNIQUE INDEX one ON Child (a, b)",
        "CREATE UNIQUE INDEX two ON Child (a) WHERE b > 0",
        "CREATE UNIQUE INDEX three ON Child (lower(a))",
        "CREATE TABLE gone (x)",
        "CREATE VIEW broken AS SELECT x FROM gone",
        "DROP TABLE gone",
        "CREATE VIEW whole AS SELECT a, count(*) AS n FROM Child GROUP BY a",
        "CREATE VIRTUAL TABLE words USING fts5(body)",
        "INSERT INTO words VALUES ('hello world')",
        "ANALYZE",
    )
    connector = await open_connector(url, limits=LIMITS)
    catalog = await connector.catalog()
    tables = {table.name: table for table in catalog.tables}
    assert set(tables) == {"parent", "Child", "whole", "words"}
    assert catalog.hidden == (TableName("main", "broken"),)
    assert tables["parent"].primary_key == ("a", "b")
    assert [column.nullable for column in tables["parent"].columns] == [False, False]
    child = tables["Child"]
    assert [(each.name, each.type, each.nullable, each.default) for each in child.columns] == [
        ("id", "INTEGER", False, None),
        ("a", "TEXT", True, None),
        ("b", "INT", True, None),
        ("c", "DECIMAL(10,2)", True, "1.5"),
        ("bare", "ANY", True, None),
        ("twice", "INT", True, "generated always"),
    ]
    assert child.unique_keys == (("a", "b"),)
    (key,) = child.foreign_keys
    assert (key.columns, key.table, key.referenced_columns) == (("a", "b"), TableName("main", "parent"), ("a", "b"))
    assert (await connector.run("SELECT body FROM words WHERE words MATCH 'hello'", limits=LIMITS)).rows == [
        ["hello world"]
    ]
    await connector.close()


async def test_row_estimates_after_analyze(make: Make) -> None:
    connector = await open_connector(
        make("CREATE TABLE t (a)", "CREATE INDEX i ON t (a)", "INSERT INTO t VALUES (1), (2)", "ANALYZE"), limits=LIMITS
    )
    (table,) = (await connector.catalog()).tables
    assert table.row_estimate == 2
    await connector.close()


async def test_values_of_any_type_in_any_column(make: Make) -> None:
    url = make(
        "CREATE TABLE t (i INTEGER, d DATE, n DECIMAL(5,2), ts TIMESTAMP, f REAL, b BLOB)",
        "INSERT INTO t VALUES ('text', '2026-01-01', 1, '2026-01-01 10:00', 1, x'00'), (2, NULL, 2.5, NULL, 2.5, NULL)",
    )
    connector = await open_connector(url, limits=LIMITS)
    result = await connector.run("SELECT i, d, n, ts, f, b, i AS other FROM t", limits=LIMITS)
    assert result.rows == [
        ["text", "2026-01-01", 1, "2026-01-01 10:00", 1.0, "\\x00", "text"],
        [2, None, 2.5, None, 2.5, None, 2],
    ]
    assert [each.type for each in result.columns] == [
        "unknown",
        "date",
        "decimal",
        "timestamp",
        "float",
        "bytes",
        "unknown",
    ]
    wrong = await connector.run("SELECT i AS d FROM t UNION ALL SELECT d FROM t", limits=LIMITS)
    assert wrong.columns[0].type == "unknown"
    await connector.close()


async def test_text_that_is_not_utf8(make: Make) -> None:
    assert await rows(make("CREATE TABLE t AS SELECT CAST(x'61ff' AS TEXT) AS a"), "SELECT a FROM t") == [["a\ufffd"]]


@pytest.mark.parametrize(
    "sql",
    [
        "ATTACH '/tmp/eve.db' AS e",
        "PRAGMA user_version = 9",
        "PRAGMA table_info(t)",
        "PRAGMA hard_heap_limit = 1",
        "PRAGMA writable_schema = ON",
        "SELECT * FROM pragma_table_info('t')",
        "SELECT load_extension('/tmp/eve.so')",
        "SELECT fts3_tokenizer('x')",
        "SELECT * FROM sqlite_dbpage",
        "SELECT * FROM dbstat",
        "VACUUM INTO '/tmp/eve.db'",
        "ANALYZE",
        "REINDEX",
        "BEGIN",
        "BEGIN EXCLUSIVE",
        "SAVEPOINT s",
        "DETACH main",
        "CREATE TEMP TABLE t AS SELECT 9 AS a",
        "CREATE VIRTUAL TABLE e USING fts5(x)",
        "REPLACE INTO t VALUES (9)",
        "WITH x AS (SELECT 1) DELETE FROM t",
        "UPDATE sqlite_master SET sql = ''",
        "EXPLAIN DELETE FROM t",
    ],
)
async def test_ways_around_reading(make: Make, sql: str) -> None:
    url = make("CREATE TABLE t (a)", "INSERT INTO t VALUES (1)")
    with pytest.raises(StatementError):
        await rows(url, sql)
    assert await rows(url, "SELECT a FROM t") == [[1]]


async def test_explain_reads_only(make: Make) -> None:
    assert await rows(make("CREATE TABLE t (a)"), "EXPLAIN QUERY PLAN SELECT * FROM t")


async def test_values_that_grow_without_end(make: Make) -> None:
    with pytest.raises(LimitError, match="50 MB"):
        await rows(make(), "WITH RECURSIVE t(s) AS (SELECT 'x' UNION ALL SELECT s || s FROM t) SELECT max(s) FROM t")


async def test_a_log_in_a_folder_that_cannot_be_written(make: Make, tmp_path: Path) -> None:
    url = make("PRAGMA journal_mode = WAL", "CREATE TABLE t AS SELECT 1 AS a")
    tmp_path.chmod(0o555)
    try:
        assert await rows(url, "SELECT a FROM t") == [[1]]
    finally:
        tmp_path.chmod(0o755)


async def test_what_another_program_writes_is_seen(make: Make, tmp_path: Path) -> None:
    url = make("PRAGMA journal_mode = WAL", "CREATE TABLE t (a)")
    connector = await open_connector(url, limits=LIMITS)
    with closing(sqlite3.connect(tmp_path / "x.db")) as writer:
        writer.execute("INSERT INTO t VALUES (1)")
        writer.commit()
        assert (await connector.run("SELECT a FROM t", limits=LIMITS)).rows == [[1]]
        writer.execute("ALTER TABLE t ADD COLUMN b DEFAULT 5")
        writer.commit()
    assert (await connector.run("SELECT * FROM t", limits=LIMITS)).rows == [[1, 5]]
    assert len((await connector.catalog()).tables[0].columns) == 2
    await connector.close()


async def test_a_file_that_is_locked(make: Make, tmp_path: Path) -> None:
    url = make("CREATE TABLE t (a)")
    connector = await open_connector(url, limits=LIMITS)
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UpstreamError, match=r"x\.db"):
            await connector.run("SELECT a FROM t", limits=LIMITS)
    await connector.close()


@pytest.mark.parametrize("content", [b"no database at all, but long enough", b"SQLite format 3\0" + b"\xff" * 200])
async def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    with pytest.raises((UserError, UpstreamError), match=r"x\.db"):
        await open_connector(f"sqlite:///{path}", limits=LIMITS)
    assert path.read_bytes() == content


async def test_an_empty_file_and_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x.db").touch()
    connector = await open_connector(f"sqlite:///{tmp_path}/x.db", limits=LIMITS)
    assert (await connector.catalog()).tables == ()
    await connector.close()
    with pytest.raises(UserError, match="folder"):
        await open_connector(f"sqlite:///{tmp_path}", limits=LIMITS)
