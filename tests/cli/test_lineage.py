"""Lineage on the command line, over a SQLite file with a view."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Datachat


@pytest.fixture
def db(tmp_path: Path) -> str:
    """A shop with a view over its orders."""
    path = tmp_path / "linked.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT);"
            "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers, total NUMERIC);"
            "CREATE TABLE refunds (order_id INTEGER REFERENCES orders, total NUMERIC);"
            "CREATE VIEW daily AS SELECT sum(total) AS revenue FROM orders;"
        )
    connection.close()
    return str(path)


def test_up_down_and_impact(datachat: Datachat, db: str) -> None:
    up = json.loads(datachat("lineage", "up", "daily.revenue", "--db", db, "--json").out)
    assert [each["name"] for each in up["found"]] == ["orders.total"]
    down = datachat("lineage", "down", "orders.total", "--db", db)
    assert down.code == 0
    assert "1 view (daily)" in down.out and "| daily.revenue" in down.out
    impact = json.loads(datachat("lineage", "impact", "orders", "--db", db, "--json").out)
    assert {"orders.total", "daily", "daily.revenue"} <= {each["name"] for each in impact["found"]}
    assert impact["thing"].endswith("/main.orders") and not impact["cut"]


def test_a_path_of_joins(datachat: Datachat, db: str) -> None:
    said = datachat("lineage", "path", "refunds", "customers", "--db", db).out
    assert "refunds.order_id = orders.id" in said and "orders.customer_id = customers.id" in said
    found = json.loads(datachat("lineage", "path", "daily", "customers", "--db", db, "--json").out)
    assert found["path"] == [] and "No joins are known" in found["words"]


def test_a_thing_by_its_whole_name(datachat: Datachat, db: str) -> None:
    thing = json.loads(datachat("lineage", "down", "orders.total", "--db", db, "--json").out)["thing"]
    assert json.loads(datachat("lineage", "down", thing, "--db", db, "--json").out)["thing"] == thing


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("up", "ordrs"), "Did you mean orders"),
        (("up", "nothing.at_all"), "Nothing in"),
        (("up", "total"), "orders.total"),
        (("path", "orders", "nowhere"), "nowhere"),
        (("down", ""), "Nothing in"),
    ],
)
def test_names_that_mean_nothing_or_too_much(words: tuple[str, ...], said: str, datachat: Datachat, db: str) -> None:
    done = datachat("lineage", *words, "--db", db)
    assert done.code == 2 and said in done.err
