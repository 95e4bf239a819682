"""A policy must fit the catalog: names that exist, expressions that are nothing but expressions."""

import pytest

from core.errors import UserError
from core.values import User
from sql.policy.access import access_of
from sql.policy.bind import bind
from tests.sql.policy.conftest import Seeing, Written, shop


def tables(role: str) -> str:
    return f"access:\n  roles:\n    a: {{databases: {{'*': {{tables: {role}}}}}}}\n  users: {{anna: [a]}}\n"


@pytest.mark.parametrize(
    ("role", "message", "hint"),
    [
        ("{custommers: {}}", "has no table `custommers`", "`customers`"),
        ("{archive.ordres: {}}", "has no table `archive.ordres`", "`archive.orders`"),
        ("{customers: {mask: {emial: full}}}", "`customers` has no column `emial`", "`email`"),
        ("{'*': {mask: {nothing: full}}}", "has no column `nothing`", ""),
        ("{'*': {rows: \"region = 'US'\"}}", "`rows` does not fit public.Odd Name: The column region", ""),
        ("{customers: {rows: \"regoin = 'US'\"}}", "The column regoin does not exist.", "region"),
        ('{customers: {rows: "3"}}', "must be a condition", ""),
        ("{customers: {rows: \"'US'\"}}", "must be a condition", ""),
        ('{customers: {rows: "id = (SELECT 1)"}}', "may not hold a query", ""),
        ('{customers: {rows: "id IN (SELECT id FROM orders)"}}', "", ""),
        ('{customers: {rows: "EXISTS (SELECT 1)"}}', "may not hold a query", ""),
        ('{customers: {rows: "max(id) = 1"}}', "may not hold a query, an aggregate", ""),
        ('{customers: {rows: "row_number() OVER () = 1"}}', "a window", ""),
        ('{customers: {rows: "generate_series(1, 2) = 1"}}', "makes rows", ""),
        ("{customers: {rows: \"pg_read_file('x') = 'x'\"}}", "The function pg_read_file is not allowed.", ""),
        ('{customers: {rows: "current_user = name"}}', "not allowed", ""),
        ('{customers: {rows: "true) OR (true"}}', "must be one expression", ""),
        ('{customers: {rows: "true) LIMIT (1"}}', "must be one expression", ""),
        ('{customers: {rows: "true); DROP TABLE x; --"}}', "", ""),
        ('{customers: {rows: "true -- always"}}', "comment", ""),
        ('{customers: {rows: "region = $1"}}', "", ""),
        ('{customers: {rows: "region ="}}', "It cannot be read as an expression.", ""),
        ("{customers: {rows: \"region = '{user.region}'\"}}", "", ""),
        ("{customers: {rows: \"region = 'is {user.region}'\"}}", "", ""),
        ('{customers: {rows: "customers.region = orders.region"}}', "", ""),
        ("{customers: {rows: \"public.customers.region = 'US'\"}}", "Name the column alone", ""),
        ('{customers: {mask: {email: "fulll"}}}', "The column fulll does not exist.", "A mask is one of full, null"),
        ('{customers: {mask: {email: "name AS x"}}}', "", ""),
        ('{customers: {mask: {email: "*"}}}', "", ""),
        ('{customers: {mask: {email: "ctid"}}}', "The column ctid does not exist.", ""),
    ],
)
def test_refuses_what_does_not_fit(role: str, message: str, hint: str, written: Written) -> None:
    with pytest.raises(UserError) as caught:
        bind(written(tables(role)), "shop", shop())
    assert message in caught.value.message
    assert "policy.yaml:3:" in caught.value.message
    assert hint in caught.value.hint


def test_there_is_no_hash_in_sqlite(written: Written) -> None:
    with pytest.raises(UserError, match="sqlite has no hash function"):
        bind(written(tables("{customers: {mask: {email: hash}}}")), "shop", shop("sqlite"))


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("{}", []),
        ("{customers: {}}", ["public.customers"]),
        ("{orders: {}}", ["public.orders"]),
        ("{ORDERS: {}}", ["public.orders"]),
        ("{'O*S': {}}", ["public.orders", "archive.orders"]),
        ("{archive.orders: {}}", ["archive.orders"]),
        ("{'archive.*': {}}", ["archive.orders"]),
        ("{'*': {}}", ["public.customers", "public.orders", "public.Odd Name", "archive.orders"]),
        ("{'o*': {}}", ["public.orders", "public.Odd Name", "archive.orders"]),
        ("{'*': {}, orders: {allow: false}}", ["public.customers", "public.Odd Name"]),
        ("{'*': {}, public.orders: {allow: false}}", ["public.customers", "public.Odd Name", "archive.orders"]),
        ("{'*': {}, 'archive.*': {allow: false}}", ["public.customers", "public.orders", "public.Odd Name"]),
        ("{Odd Name: {}}", ["public.Odd Name"]),
        ("{all_orders: {}}", []),
        ("{'tmp_*': {allow: false}}", []),
    ],
)
def test_patterns(role: str, shown: list[str], seeing: Seeing) -> None:
    assert [str(table.full_name) for table in seeing(role).catalog.tables] == shown


def test_rules_of_one_role_apply_together(seeing: Seeing) -> None:
    access = seeing("{'*': {mask: {email: full}}, customers: {rows: \"region = 'US'\"}, 'c*': {rows: \"id > 3\"}}")
    governed = access.governed[access.catalog.by_text["public.customers"].full_name]
    assert "WHERE (governed.region = 'US') AND (governed.id > 3) OFFSET 0" in governed.query
    assert governed.masked == {"email"}


def test_roles_are_for_their_databases(written: Written) -> None:
    text = "access: {roles: {a: {databases: {sales_*: {tables: {'*': {}}}}}}, users: {anna: [a]}}"
    anna, policy = User(name="anna"), written(text)
    assert access_of(bind(policy, "sales_1", shop()), anna).catalog.tables
    assert not access_of(bind(policy, "hr", shop()), anna).catalog.tables
