"""Names mean what the engine would take them for."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from core.catalog import Catalog, Column, Table
from sql.guard import guard

Shop = Callable[[str], Catalog]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT CLIENTS.NAME FROM Clients",
        'SELECT "name" FROM "clients"',
        "SELECT public.clients.name FROM clients",
        "SELECT x.a FROM (SELECT id AS a FROM clients) x",
        "SELECT a FROM (SELECT id FROM clients) x(a)",
        "SELECT a.id, b.id FROM clients a, clients b",
        "SELECT id FROM clients c WHERE EXISTS (SELECT 1 FROM sales WHERE client_id = c.id AND name = 'x')",
        "WITH a AS (SELECT id FROM clients) SELECT (SELECT max(id) FROM a)",
        "WITH a AS (WITH b AS (SELECT 1 AS x) SELECT x FROM b) SELECT x FROM a",
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r",
        "SELECT id FROM clients UNION SELECT product_id FROM lines ORDER BY id",
        "SELECT c.* FROM (clients c JOIN sales s ON s.client_id = c.id)",
        "SELECT t.total FROM clients c, LATERAL (SELECT sum(amount) AS total FROM sales WHERE client_id = c.id) t",
        "SELECT sum(amount) AS total FROM sales GROUP BY state ORDER BY total",
    ],
)
def test_explains(sql: str, shop: Shop) -> None:
    assert guard(sql, dialect="postgres", catalog=shop("postgres")).violations == []


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "Name" FROM clients',
        'SELECT name FROM "Clients"',
        "SELECT other.clients.name FROM clients",
        "SELECT clients.name FROM clients c",
        "SELECT id FROM (SELECT name FROM clients) x",
        "SELECT id FROM clients WHERE id IN (SELECT nothing FROM sales)",
        "WITH b AS (SELECT * FROM a), a AS (SELECT 1 AS x) SELECT * FROM b",
        "WITH hidden AS (SELECT * FROM hidden) SELECT * FROM hidden",
        "WITH RECURSIVE a AS (SELECT * FROM b), b AS (SELECT 1 AS x) SELECT * FROM a",
        "SELECT * FROM (WITH inner_one AS (SELECT 1) SELECT 1) x, inner_one",
        "SELECT x.* FROM clients",
        "SELECT (clients).pg_sleep FROM clients",
        "SELECT s.length FROM (SELECT 'abc'::text) s(t)",
        "SELECT u.pg_sleep FROM unnest(ARRAY[10]) u",
        "SELECT * FROM pg_class",
    ],
)
def test_does_not_explain(sql: str, shop: Shop) -> None:
    assert not guard(sql, dialect="postgres", catalog=shop("postgres")).ok


def test_the_search_path_decides_which_table_is_meant(shop: Shop) -> None:
    other = Table("archive", "clients", (Column("old_id", "int"),))
    catalog = replace(shop("postgres"), tables=(other, *shop("postgres").tables), search_path=("archive", "public"))
    assert guard("SELECT old_id FROM clients", dialect="postgres", catalog=catalog).tables == ["archive.clients"]
    assert guard("SELECT id FROM public.clients", dialect="postgres", catalog=catalog).tables == ["public.clients"]


def test_a_table_named_like_a_system_table_needs_its_schema(shop: Shop) -> None:
    mine = Table("public", "pg_stats", (Column("a", "int"),))
    catalog = replace(shop("postgres"), tables=(mine,))
    assert not guard("SELECT a FROM pg_stats", dialect="postgres", catalog=catalog).ok
    assert guard("SELECT a FROM public.pg_stats", dialect="postgres", catalog=catalog).ok


@pytest.mark.parametrize(
    ("dialect", "ok"), [("mysql", False), ("clickhouse", False), ("sqlite", True), ("trino", True)]
)
def test_letter_case_of_tables(dialect: str, ok: bool, shop: Shop) -> None:
    assert guard("SELECT id FROM CLIENTS", dialect=dialect, catalog=shop(dialect)).ok is ok


def test_another_database_is_not_this_one(shop: Shop) -> None:
    catalog = replace(shop("postgres"), extra={"database": "shop"})
    assert guard("SELECT id FROM shop.public.clients", dialect="postgres", catalog=catalog).ok
    assert not guard("SELECT id FROM other.public.clients", dialect="postgres", catalog=catalog).ok


def test_text_in_double_quotes_is_text_to_sqlite_unless_it_is_a_slip(shop: Shop) -> None:
    assert guard('SELECT id FROM clients WHERE name = "Anna"', dialect="sqlite", catalog=shop("sqlite")).ok
    assert not guard('SELECT id FROM clients WHERE "emial" = 1', dialect="sqlite", catalog=shop("sqlite")).ok
    assert not guard('SELECT "Anna" FROM clients', dialect="sqlite", catalog=shop("sqlite")).ok
