"""Quoted names must name the same thing again, whatever characters they hold."""

import sqlite3

import duckdb
import pytest
import sqlglot
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlglot import exp

from core.catalog import TableName
from sql.names import qualified, quote

DIALECTS = ["postgres", "clickhouse", "mysql", "duckdb", "sqlite", "bigquery", "snowflake", "trino", "redshift", "tsql"]


@pytest.mark.parametrize(
    ("name", "dialect", "written"),
    [
        ("orders", "postgres", "orders"),
        ("Orders", "postgres", '"Orders"'),
        ("ORDERS", "snowflake", "ORDERS"),
        ("orders", "snowflake", '"orders"'),
        ("Orders", "duckdb", "Orders"),
        ("order", "mysql", "`order`"),
        ("a`b", "mysql", "`a``b`"),
        ("a`b\\c", "clickhouse", "`a\\`b\\\\c`"),
        ("a]b", "tsql", "[a]]b]"),
        ('say "hi"', "postgres", '"say ""hi"""'),
        ("Größe in m", "duckdb", '"Größe in m"'),
        ("2024", "sqlite", '"2024"'),
        ("", "postgres", '""'),
    ],
)
def test_writes_a_name(name: str, dialect: str, written: str) -> None:
    assert quote(name, dialect) == written


def test_a_table_has_its_schema_in_front() -> None:
    assert qualified(TableName("public", "Order Items"), "postgres") == 'public."Order Items"'


names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(deadline=None)
@given(name=names)
def test_a_parser_reads_the_same_name(dialect: str, name: str) -> None:
    assume(dialect != "bigquery" or "." not in name)  # BigQuery's columns have no dots; `a.b.c` is a path there
    column = sqlglot.parse_one(f"SELECT {quote(name, dialect)}", dialect=dialect).find(exp.Column)
    assert column is not None
    assert column.name == name


@settings(deadline=None)
@given(name=names)
def test_engines_read_the_same_name(name: str) -> None:
    with duckdb.connect() as duck:
        assert duck.execute(f"SELECT 1 AS {quote(name, 'duckdb')}").description[0][0] == name
    lite = sqlite3.connect(":memory:")
    assert lite.execute(f"SELECT 1 AS {quote(name, 'sqlite')}").description[0][0] == name
    lite.close()
