"""The verdict: what may run, in which words, on which tables; or where and why not."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from core.catalog import Catalog, TableName
from core.errors import UserError
from core.values import Verdict
from sql.guard import guard

Shop = Callable[[str], Catalog]


def judged(sql: str, shop: Shop, dialect: str = "postgres") -> Verdict:
    return guard(sql, dialect=dialect, catalog=shop(dialect))


def test_runs_what_was_judged_to_the_letter(shop: Shop) -> None:
    sql = "select  Name -- who\n, 'x'||E'\\n'\nfrom Clients /* all */ where id<>1"
    assert judged(sql, shop).sql == sql


@pytest.mark.parametrize(
    ("dialect", "sql", "runs"),
    [
        ("postgres", "SELECT 1 ; ", "SELECT 1"),
        ("postgres", "SELECT 1 -- one", "SELECT 1"),
        ("clickhouse", "SELECT 1 FORMAT JSONEachRow;", "SELECT 1"),
        ("mysql", "DESCRIBE sales;", "DESCRIBE sales"),
    ],
)
def test_drops_only_what_stands_behind_the_statement(dialect: str, sql: str, runs: str, shop: Shop) -> None:
    verdict = judged(sql, shop, dialect)
    assert verdict.sql == runs
    assert judged(runs, shop, dialect).sql == runs


def test_tells_the_tables_and_columns_that_are_read(shop: Shop) -> None:
    verdict = judged(
        "WITH s AS (SELECT client_id AS c, amount FROM sales) SELECT x.name, s.* FROM clients x JOIN s ON s.c = x.id",
        shop,
    )
    assert verdict.tables == ["public.sales", "public.clients"]
    assert sorted(verdict.columns) == [
        "public.clients.id",
        "public.clients.name",
        "public.sales.amount",
        "public.sales.client_id",
    ]


@pytest.mark.parametrize(
    ("sql", "rule", "marked", "hint"),
    [
        ("SELECT nam FROM clients", "known_columns", "nam", "Did you mean name?"),
        ("SELECT c.emial FROM clients c", "known_columns", "emial", "Did you mean email?"),
        ("SELECT id FROM client", "known_tables", "client", "Did you mean public.clients?"),
        ("SELECT id, lowr(name) FROM clients", "functions", "lowr", "lower"),
        ("SELECT id FROM clients; DROP TABLE clients", "single_query", ";", "Remove"),
        ("SELECT id FROM clients FOR UPDATE", "nodes", "", ""),
        ("SELECT generate_series(1, 1e12)", "resources", "generate_series", "smaller"),
        ("SELECT 'x'::regclass", "nodes", "", "plain"),
    ],
)
def test_points_at_the_fault_and_helps(sql: str, rule: str, marked: str, hint: str, shop: Shop) -> None:
    violation = judged(sql, shop).violations[0]
    assert violation.rule == rule
    assert marked in sql[violation.start : violation.end] if violation.start >= 0 else not marked
    assert hint in violation.hint


def test_tells_all_unknown_names_at_once(shop: Shop) -> None:
    rules = [each.rule for each in judged("SELECT nam, evil(id) FROM clients, nothing", shop).violations]
    assert rules == ["functions", "known_tables", "known_columns"] or set(rules) == {"functions", "known_tables"}


def test_tells_a_hidden_table_from_an_unknown_one(shop: Shop) -> None:
    catalog = replace(shop("postgres"), hidden=(TableName("hr", "pay"),))
    verdict = guard("SELECT * FROM hr.pay", dialect="postgres", catalog=catalog)
    assert verdict.violations[0].hint == "It exists, but the login may not read it."


def test_an_unknown_dialect_is_the_callers_fault(shop: Shop) -> None:
    with pytest.raises(UserError, match="oracle"):
        guard("SELECT 1", dialect="oracle", catalog=shop("postgres"))


def test_a_limit_changes_nothing(shop: Shop) -> None:
    verdict = guard("SELECT id FROM clients", dialect="postgres", catalog=shop("postgres"), row_limit=5)
    assert verdict.sql == "SELECT id FROM clients"
    assert verdict.limit_added is None


def test_athena_is_trino(shop: Shop) -> None:
    assert guard("SELECT approx_distinct(id) FROM clients", dialect="athena", catalog=shop("trino")).ok
