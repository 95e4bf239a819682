"""What is asked of two tables, and what is left out."""

import pytest

from apex.reading.engine import read
from apex.reading.library import Library, library_of
from core.catalog import Catalog, Column, ForeignKey, Table, TableName
from core.profile import Profile


def _people(name: str) -> Table:
    columns = (Column("id", "INTEGER", False), Column("phone", "TEXT"), Column("age", "INTEGER"))
    return Table("main", name, columns, primary_key=("id",))


VISITS = Table(
    "main",
    "visits",
    (Column("id", "INTEGER", False), Column("customer_id", "INTEGER", False), Column("price", "REAL")),
    primary_key=("id",),
    foreign_keys=(ForeignKey(("customer_id",), TableName("main", "customers"), ("id",)),),
)


@pytest.fixture
def shop() -> Library:
    return library_of(Catalog("sqlite", (_people("customers"), _people("employees"), VISITS), ("main",)), Profile())


@pytest.mark.parametrize(
    ("question", "sql"),
    [
        (
            "What are the phones of customers and employees?",
            "SELECT phone FROM customers UNION SELECT phone FROM employees",
        ),
        (
            "What are the phones of all customers except customers who have visits?",
            "SELECT customers.phone FROM customers "
            "WHERE NOT EXISTS(SELECT 1 FROM visits WHERE visits.customer_id = customers.id)",
        ),
        (
            "List the phone of every customer except those with an age over 60.",
            "SELECT phone FROM customers WHERE age <= 60",
        ),
    ],
)
def test_two_sets_are_one_question(question: str, sql: str, shop: Library) -> None:
    reading = read(question, shop)
    assert reading.settled, reading.reason
    assert reading.settled.compilation.sql == sql


def test_rows_are_called_as_the_column_calls_them_that_refers_to_them() -> None:
    reading = read("How many guests are there?", _with_guests())
    assert reading.settled, reading.reason
    assert reading.settled.plan.table == "main.customers"


def _with_guests() -> Library:
    key = ForeignKey(("guest_id",), TableName("main", "customers"), ("id",))
    columns = (Column("id", "INTEGER", False), Column("guest_id", "INTEGER"))
    stays = Table("main", "stays", columns, primary_key=("id",), foreign_keys=(key,))
    return library_of(Catalog("sqlite", (_people("customers"), stays), ("main",)), Profile())
