"""The same plan as SQL of every dialect, what the gate says of it, and what SQLite answers."""

import sqlite3
from dataclasses import replace

import pytest

from apex.catalog_questions import answer_from_catalog
from apex.catalog_questions.statements import count_each, count_rows, distinct_values, empty_among, sample_rows, text
from core.catalog import Catalog, Column, Table
from core.values.plans import ColumnOf, Measure, Order, Output, Plan
from sql.guard import guard

DIALECTS = ("postgres", "mysql", "sqlite", "duckdb", "clickhouse")
ODD = Table("main", 'We"ird `näme', (Column("a'b", "TEXT"), Column("select", "TEXT"), Column("back\\slash", "TEXT")))
PLAIN = Table("main", "orders", (Column("id", "INTEGER"), Column("status", "TEXT")))
TABLES = (PLAIN, ODD)

COUNTED = Plan(table="main.orders", outputs=[Output(value=Measure(aggregate="count", table="main.orders"))])
STATUS = ColumnOf(table="main.orders", column="status")

GOLDEN = {
    ("how many rows in orders", "postgres"): "SELECT COUNT(*) AS row_count FROM main.orders",
    ("how many rows in orders", "clickhouse"): "SELECT COUNT(*) AS row_count FROM main.orders",
    ("show me 3 rows of orders", "mysql"): "SELECT * FROM main.orders LIMIT 3",
    ("show me all rows of orders", "duckdb"): "SELECT * FROM main.orders",
    ("distinct values of orders.status", "sqlite"): "SELECT DISTINCT status FROM main.orders ORDER BY status",
    ("preview weird name", "postgres"): 'SELECT * FROM main."We""ird `näme" LIMIT 10',
    ("preview weird name", "mysql"): 'SELECT * FROM main.`We"ird ``näme` LIMIT 10',
    ("preview weird name", "clickhouse"): 'SELECT * FROM main.`We"ird \\`näme` LIMIT 10',
    ("how many rows does each table have", "postgres"): (
        "SELECT table_name, row_count FROM ("
        'SELECT \'main.We"ird `näme\' AS table_name, COUNT(*) AS row_count FROM main."We""ird `näme" UNION ALL '
        "SELECT 'main.orders' AS table_name, COUNT(*) AS row_count FROM main.orders"
        ") AS counted ORDER BY row_count DESC, table_name"
    ),
    ("which tables are empty", "duckdb"): (
        "SELECT table_name FROM ("
        "SELECT 'main.We\"ird `näme' AS table_name, COUNT(*) AS row_count FROM "
        '(SELECT 1 AS one FROM main."We""ird `näme" LIMIT 1) AS seen UNION ALL '
        "SELECT 'main.orders' AS table_name, COUNT(*) AS row_count FROM "
        "(SELECT 1 AS one FROM main.orders LIMIT 1) AS seen"
        ") AS looked WHERE row_count = 0 ORDER BY table_name"
    ),
}


def _catalog(dialect: str) -> Catalog:
    return Catalog(dialect=dialect, tables=TABLES, search_path=("main",))


@pytest.mark.parametrize(("question", "dialect"), GOLDEN)
def test_golden(question: str, dialect: str) -> None:
    compiled = answer_from_catalog(question, _catalog(dialect))
    assert compiled is not None
    assert compiled.sql == GOLDEN[question, dialect]


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("how many rows in orders", COUNTED),
        ("how many orders are there?", COUNTED),
        (
            "distinct values of orders.status",
            Plan(table="main.orders", outputs=[Output(value=STATUS)], distinct=True, order=[Order(by=STATUS)]),
        ),
        ("show me 3 rows of orders", None),
    ],
)
def test_what_is_asked_of_rows_is_kept_for_follow_ups(question: str, plan: Plan | None) -> None:
    compiled = answer_from_catalog(question, _catalog("sqlite"))
    assert compiled is not None
    assert compiled.plan == plan


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_gate_accepts_every_statement(dialect: str) -> None:
    statements = [count_each(TABLES, dialect), empty_among(TABLES, dialect)]
    for table in TABLES:
        statements += [
            count_rows(table, dialect),
            sample_rows(table, dialect, limit=5),
            sample_rows(table, dialect, limit=None),
        ]
        statements += [distinct_values(table, column, dialect) for column in table.columns]
    for statement in statements:
        verdict = guard(statement, dialect=dialect, catalog=_catalog(dialect))
        assert verdict.ok, (statement, verdict.because)


def test_sqlite_answers_them() -> None:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE orders (id INTEGER, status TEXT)")
    database.execute('CREATE TABLE "We""ird `näme" ("a\'b" TEXT, "select" TEXT, "back\\slash" TEXT)')
    database.executemany("INSERT INTO orders VALUES (?, ?)", [(1, "open"), (2, "paid"), (3, "open")])

    def run(sql: str) -> list[tuple[object, ...]]:
        return database.execute(sql).fetchall()

    assert run(count_rows(PLAIN, "sqlite")) == [(3,)]
    assert run(count_each(TABLES, "sqlite")) == [("main.orders", 3), ('main.We"ird `näme', 0)]
    assert run(empty_among(TABLES, "sqlite")) == [('main.We"ird `näme',)]
    assert run(sample_rows(PLAIN, "sqlite", limit=2)) == [(1, "open"), (2, "paid")]
    assert len(run(sample_rows(PLAIN, "sqlite", limit=None))) == 3
    assert run(distinct_values(PLAIN, PLAIN.columns[1], "sqlite")) == [("open",), ("paid",)]
    for column in ODD.columns:
        assert run(distinct_values(ODD, column, "sqlite")) == []
    database.close()


def test_a_string_cannot_leave_its_quotes() -> None:
    assert text("a'b", "postgres") == "'a''b'"
    assert text("a\\'b", "mysql") == "'a\\\\''b'"
    assert text("a\\'b", "clickhouse") == "'a\\\\''b'"


def test_too_many_tables_are_cut_and_said() -> None:
    many = tuple(Table("main", f"t{each:03}", (Column("id", "int"),)) for each in range(150))
    catalog = replace(_catalog("sqlite"), tables=many)
    for question in ("row counts of all tables", "which tables are empty"):
        compiled = answer_from_catalog(question, catalog)
        assert compiled is not None
        assert compiled.sql.count("UNION ALL") == 99
        assert any("first 100 of 150" in each for each in compiled.assumptions)
        assert compiled.confidence == 1.0
