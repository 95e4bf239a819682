"""Where the columns of a query come from."""

from pathlib import Path

import pytest

from core.catalog import Catalog
from sql.ddl import catalog_of
from sql.lineage import Flow, flow_of

DDL = """
CREATE TABLE orders (id int, customer_id int, total numeric, tax numeric, placed date, status text, parent_id int);
CREATE TABLE customers (id int, name text, country text);
CREATE SCHEMA archive;
CREATE TABLE archive.orders (id int, total numeric);
"""
CATALOG = catalog_of(DDL, dialect="postgres")


def flow(text: str, catalog: Catalog = CATALOG, dialect: str = "postgres") -> Flow:
    found = flow_of(text, catalog, dialect)
    assert found
    return found


def said(text: str) -> str:
    """The outputs as the file of cases writes them."""
    return "; ".join(
        f"{name}: {' '.join(sorted(f'{each.table.name}.{each.column}' for each in columns))}".rstrip()
        for name, columns in flow(text).outputs
    )


FILE = Path(__file__).parent / "cases" / "lineage.txt"
CASES = [each.split("\n-> ") for each in FILE.read_text().strip().split("\n\n")[1:]]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_a_column_is_followed_to_where_it_is_stored(text: str, expected: str) -> None:
    assert said(text) == expected


def test_two_tables_of_one_name_are_told_apart() -> None:
    found = flow("SELECT a.total AS x, b.total AS y FROM orders a JOIN archive.orders b USING (id)")
    assert [str(next(iter(columns)).table) for _, columns in found.outputs] == ["public.orders", "archive.orders"]
    assert {str(each) for each in found.tables} == {"public.orders", "archive.orders"}


def test_filters_are_told_apart_from_values() -> None:
    found = flow(
        "WITH p AS (SELECT total, placed FROM orders WHERE status = 'paid') "
        "SELECT sum(total) AS r FROM p WHERE placed > '2024-01-01' HAVING count(*) > 1"
    )
    assert {each.column for each in found.filters} == {"status", "placed"}
    assert {each.column for each in found.reads} == {"status", "placed", "total"}


def test_a_subquery_in_a_filter_is_read_too() -> None:
    found = flow("SELECT name FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE total > 5)")
    assert {each.column for each in found.reads} == {"name", "id", "customer_id", "total"}
    assert {each.column for each in found.filters} == {"id", "total"}


@pytest.mark.parametrize(
    "text", ["", "SELEC", "DROP TABLE orders", "((((", "SELECT " + "(" * 3_000, "x" * 200_000, "\0"]
)
def test_what_cannot_be_read_tells_nothing(text: str) -> None:
    assert flow_of(text, CATALOG, "postgres") is None


@pytest.mark.parametrize("dialect", ["postgres", "mysql", "clickhouse", "duckdb", "sqlite", "snowflake", "tsql"])
def test_names_are_compared_as_the_engine_does(dialect: str) -> None:
    quote = {"mysql": "`", "clickhouse": "`"}.get(dialect, '"')
    ddl = f"CREATE TABLE {quote}Order Items{quote} ({quote}Unit Price{quote} int, plain int)"
    catalog = catalog_of(ddl, dialect=dialect)
    text = f"SELECT o.{quote}Unit Price{quote} * plain AS v FROM {quote}Order Items{quote} AS o"
    [(_, columns)] = flow(text, catalog, dialect).outputs
    assert {each.column for each in columns} == {"Unit Price", "PLAIN" if dialect == "snowflake" else "plain"}
