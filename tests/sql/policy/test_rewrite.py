"""Golden rewrites: the text changes where a limited table is named, and nowhere else."""

from dataclasses import replace

import pytest

from core.values import Verdict
from sql.dialects import DIALECTS
from sql.guard import guard
from tests.sql.policy.conftest import Seeing, shop

SOUTH = "{customers: {rows: \"region = 'US'\", mask: {email: full, phone: last4, points: 'null'}}, orders: {}}"
FILTERED = "{'*': {}, customers: {rows: \"region = 'US'\"}}"
QUERY = (
    "(SELECT governed.id, governed.name, governed.email, governed.phone, governed.points, governed.region "
    "FROM public.customers AS governed WHERE (governed.region = 'US') OFFSET 0)"
)


def judged(sql: str, role: str, seeing: Seeing, dialect: str = "postgres") -> Verdict:
    """The verdict under a policy of one role."""
    access = seeing(role, dialect=dialect)
    return guard(sql, dialect=dialect, catalog=shop(dialect), policy=access)


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT name FROM customers", "SELECT name FROM {} AS customers"),
        ("  select  NAME\nfrom Customers -- all\n c where id=1 ; ", "select  NAME\nfrom {} -- all\n c where id=1"),
        ("SELECT c.* FROM public.customers AS c", "SELECT c.* FROM {} AS c"),
        ('SELECT * FROM "customers" c(a, b)', "SELECT * FROM {} c(a, b)"),
        ("SELECT public.customers.id FROM public . customers", "SELECT customers.id FROM {} AS customers"),
        ("SELECT public.customers.* FROM public.customers", "SELECT customers.* FROM {} AS customers"),
        ("SELECT 'customers' FROM orders", "SELECT 'customers' FROM orders"),
        (
            "WITH customers AS (SELECT * FROM customers) SELECT * FROM customers",
            "WITH customers AS (SELECT * FROM {} AS customers) SELECT * FROM customers",
        ),
        (
            "SELECT (SELECT max(id) FROM customers) FROM orders o, customers c UNION SELECT id FROM customers",
            "SELECT (SELECT max(id) FROM {} AS customers) FROM orders o, {} c UNION SELECT id FROM {} AS customers",
        ),
        (
            "SELECT 1 FROM orders o JOIN (customers c JOIN orders p USING (id)) ON o.id = c.id",
            "SELECT 1 FROM orders o JOIN ({} c JOIN orders p USING (id)) ON o.id = c.id",
        ),
    ],
)
def test_puts_the_policy_under_every_table(sql: str, expected: str, seeing: Seeing) -> None:
    verdict = judged(sql, FILTERED, seeing)
    assert verdict.sql == expected.replace("{}", QUERY)
    assert judged(verdict.sql, FILTERED, seeing).sql == verdict.sql
    assert verdict.filtered == (["public.customers"] if "{}" in expected else [])


FENCES = {
    "postgres": "OFFSET 0",
    "redshift": "OFFSET 0",
    "sqlite": "LIMIT -1 OFFSET 0",
    "tsql": "ORDER BY (SELECT 0) OFFSET 0 ROWS",
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_speaks_every_dialect(dialect: str, seeing: Seeing) -> None:
    """What the policy writes is a statement that the guard accepts, and leaves as it is."""
    first = "full" if dialect in ("sqlite", "tsql") else "hash"
    masks = f"name: {first}, email: email, phone: last4"
    role = f"{{customers: {{rows: \"region = 'US'\", mask: {{{masks}, points: full}}}}}}"
    verdict = judged("SELECT name, email FROM customers c WHERE c.id > 1", role, seeing, dialect)
    assert verdict.ok, verdict.because
    assert f"WHERE (governed.region = 'US') {FENCES.get(dialect, 'LIMIT 9223372036854775807')}) c WHERE" in verdict.sql
    assert "CASE WHEN 1 = 0 THEN governed.points END AS points" in verdict.sql.replace("POINTS", "points")
    again = judged(verdict.sql, role, seeing, dialect)
    assert again.sql == verdict.sql, again.because
    assert [each.rpartition(".")[2].lower() for each in again.masked] == ["email", "name", "phone", "points"]


@pytest.mark.parametrize(
    ("sql", "masked"),
    [
        ("SELECT id, name FROM customers", []),
        ("SELECT count(*) FROM customers", []),
        ("SELECT email FROM customers", ["email"]),
        ("SELECT id FROM customers WHERE phone LIKE '1%'", ["phone"]),
        ("SELECT * FROM customers", ["email", "phone", "points"]),
        ("SELECT c.* FROM customers c", ["email", "phone", "points"]),
        ("SELECT c FROM customers c", ["email", "phone", "points"]),
        ("SELECT row_to_json(customers) FROM customers", ["email", "phone", "points"]),
        ("WITH x AS (SELECT email AS e FROM customers) SELECT e FROM x", ["email"]),
        ("SELECT email FROM orders", []),
    ],
)
def test_tells_which_masked_columns_are_read(sql: str, masked: list[str], seeing: Seeing) -> None:
    assert judged(sql, SOUTH, seeing).masked == [f"public.customers.{name}" for name in masked]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM ONLY customers",
        "SELECT * FROM customers *",
        "SELECT * FROM customers TABLESAMPLE SYSTEM (10)",
        "TABLE customers",
        "SELECT public.customers.id FROM public.customers, (SELECT 1) customers",
        "EXPLAIN SELECT * FROM customers",
        "SELECT ctid FROM customers",
        "SELECT * FROM archive.orders",
        "SELECT * FROM all_orders",
        "SELECT 'datachat:mask-key'",
        "SELECT id FROM customers FOR UPDATE",
    ],
)
def test_refuses_what_cannot_be_limited(sql: str, seeing: Seeing) -> None:
    verdict = judged(sql, SOUTH, seeing)
    assert not verdict.ok
    assert not verdict.masked


def test_a_borrowed_beginning_does_not_count_as_governed(seeing: Seeing) -> None:
    """Only the very derived table is left alone: cut, commented out or quoted it is governed like anything else."""
    whole = judged("SELECT email FROM customers", SOUTH, seeing).sql
    governed = whole.removeprefix("SELECT email FROM ").removesuffix(" AS customers")
    inner = governed[1:-1]
    unmasked, unfiltered = inner.replace("'***' AS email", "governed.email"), inner.partition(" WHERE ")[0]
    opening = governed.partition(" public.customers")[0].replace("'", "''")
    for sql in (
        f"SELECT email FROM ({unmasked}) AS customers",
        f"SELECT email FROM ({unfiltered}) AS customers",
        f"SELECT email FROM ({inner.replace('OFFSET 0', '')}) AS customers",
        f"SELECT email, '{opening}' FROM customers",
    ):
        verdict = judged(sql, SOUTH, seeing)
        assert verdict.ok, verdict.because
        assert verdict.sql != sql
        assert verdict.sql.count(governed) >= 1


def test_a_blocked_table_is_spoken_of_like_one_that_is_not_there(seeing: Seeing) -> None:
    hidden = seeing("{orders: {}}")
    whole = shop()
    without = replace(whole, tables=tuple(table for table in whole.tables if table.name == "orders"))
    for sql in ("SELECT * FROM customers", "SELECT * FROM customer", "SELECT customers.id FROM orders"):
        verdict = guard(sql, dialect="postgres", catalog=whole, policy=hidden)
        absent = guard(sql, dialect="postgres", catalog=replace(without, tables=without.tables[:1]))
        assert verdict.violations == absent.violations


def test_what_one_user_asked_tells_nothing_of_the_policy_to_the_next(seeing: Seeing) -> None:
    sql = "SELECT customers.email FROM public.customers"
    before = judged(sql, SOUTH, seeing)
    open_to_all = guard(sql, dialect="postgres", catalog=shop("postgres"))
    filtered = judged(sql, FILTERED, seeing)
    assert (open_to_all.sql, open_to_all.masked, open_to_all.filtered) == (sql, [], [])
    assert (before.masked, filtered.masked) == (["public.customers.email"], [])
    assert judged(sql, SOUTH, seeing) == before
