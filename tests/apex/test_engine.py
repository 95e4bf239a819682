"""The engine used alone: metrics and queries that people wrote, against the same numbers calculated by hand."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from apex import Engine
from apex.compile import Refusal
from apex.engine import Statement
from apex.metrics import metric_output
from connectors.registry import open_connector
from core.ports import Connector
from core.values import Limits, Row
from core.values.plans import Output
from sql.guard import guard
from tests.apex.cases import ORDERS, TOTAL, count, has, plan
from tests.apex.compile.test_golden import comparable
from tests.apex.facts import RULE, facts_model
from tests.apex.market import market, script
from tests.connectors.conftest import found

ENGINE = Engine(facts_model("duckdb"))
Q1 = ("2025-01-01", "2025-04-01")

BY_HAND: Sequence[tuple[str, dict[str, object], str]] = (
    ("revenue", {}, "SELECT sum(total) FROM orders WHERE status = 'paid'"),
    ("revenue", {"time": Q1}, "SELECT sum(total) FROM orders WHERE id IN (2, 4, 5)"),
    (
        "revenue",
        {"group_by": ["customers.country"], "order": ["-revenue"], "limit": 2},
        "SELECT * FROM (VALUES ('US', 349.5), ('UK', 289.8))",
    ),
    ("revenue", {"where": ["customer_id = 1"]}, "SELECT 289.8"),
    ("revenue", {"where": [has("customers.country", "=", "US")]}, "SELECT 349.5"),
    ("order_count", {"grain": "year"}, "SELECT * FROM (VALUES (2024, 1), (2025, 6))"),
    ("buyers", {}, "SELECT count(DISTINCT customer_id) FROM orders"),
    ("item_value", {}, "SELECT sum(quantity * 2) FROM order_items"),
    ("average_order", {}, "SELECT sum(total) FILTER (status = 'paid') / count(*) FROM orders"),
    ("aov", {"group_by": ["size"]}, "SELECT * FROM (VALUES ('big', 619.4 / 3), ('small', 19.9 / 4))"),
    ("us_share", {}, "SELECT 100.0 * 3 / 7"),
    ("tickets_per_order", {}, "SELECT 4 / 7"),
    ("running_revenue", {"time": (None, "2025-02-01")}, "SELECT 269.9 + 19.9 + 99.5"),
    ("running_revenue", {"grain": "year"}, "SELECT * FROM (VALUES (2024, 269.9), (2025, 813.9))"),
    ("week_revenue", {"time": (None, "2025-01-06")}, "SELECT 269.9 + 19.9"),
    ("week_revenue", {"time": (None, "2025-01-12T00:00:01")}, "SELECT 19.9 + 99.5"),
    ("revenue_to_date", {"time": (None, "2025-02-28T13:00:00")}, "SELECT 349.5"),
    (
        "revenue_to_date",
        {"grain": "day", "time": ("2025-01-01", "2025-03-01")},
        "SELECT * FROM (VALUES ('2025-01-05', 19.9), ('2025-02-28', 349.5))",
    ),
    (
        "revenue_by_period",
        {"time": Q1, "grain": "quarter", "where": ["customer_id = 1"]},
        "SELECT 19.9, '2025-01-01T00:00:00'",
    ),
)


@pytest.fixture(scope="module")
def market_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    engine = found()["duckdb"]
    engine.start(Path(tmp_path_factory.mktemp("engine")))
    return engine.create("shop", script("duckdb"))


@pytest.fixture
async def connector(market_url: str) -> AsyncIterator[Connector]:
    connector = await open_connector(market_url, limits=Limits())
    yield connector
    await connector.close()


async def rows(connector: Connector, sql: str) -> list[Row]:
    verdict = guard(sql, dialect="duckdb", catalog=market("duckdb"))
    assert verdict.ok, f"{sql}: {verdict.because}"
    return comparable((await connector.run(verdict.sql, limits=Limits())).rows, ordered=False)


@pytest.mark.parametrize(("name", "asked", "by_hand"), BY_HAND)
async def test_a_metric_is_what_it_is_by_hand(
    name: str, asked: dict[str, object], by_hand: str, connector: Connector
) -> None:
    statement = ENGINE.metric(name, **asked)  # pyright: ignore[reportArgumentType]
    assert isinstance(statement, Statement), statement
    assert statement.verified
    expected = comparable((await connector.run(by_hand, limits=Limits())).rows, ordered=False)
    assert await rows(connector, statement.sql) == expected


@pytest.mark.parametrize(
    ("name", "asked", "words"),
    [
        ("nope", {}, "no metric 'nope'"),
        ("circle", {}, "rests on itself"),
        ("odd_formula", {}, "neither a number nor one of its metrics"),
        ("broken", {}, "no SQL that duckdb reads"),
        ("writes", {}, "no query"),
        ("undeclared", {}, "does not declare"),
        ("ticket_count", {"group_by": ["customers.name"]}, "cannot be grouped by customers.name"),
        ("revenue", {"group_by": ["ports.city"]}, "no known relation"),
        ("revenue", {"group_by": ["orders.nope"]}, "no dimension"),
        ("revenue", {"order": ["nope"]}, "cannot be ordered"),
        ("revenue", {"where": ["total ="]}, "cannot be read"),
        ("revenue", {"where": ["total > (SELECT 1)"]}, "single rows"),
        ("revenue", {"where": ["nope = 1"]}, "no column"),
        ("revenue", {"time": ("2025-02-01", "2025-01-01")}, "is empty"),
        ("revenue", {"time": ("2025-13-01", None)}, "not a date"),
        ("item_value", {"time": Q1}, "has no time"),
        ("week_revenue", {}, "ends somewhere"),
        ("week_revenue", {"grain": "day"}, "period by period"),
        ("revenue_to_date", {"grain": "day", "time": ("2025-01-05", None)}, "cannot begin at"),
        ("revenue_by_period", {}, "start_time and end_time"),
        ("revenue_by_period", {"time": Q1, "grain": "week"}, "not among the values of granularity"),
        ("revenue_by_period", {"time": Q1, "parameters": {"start_time": "x' OR 1=1 --"}}, "no timestamp"),
        ("revenue_by_period", {"time": Q1, "parameters": {"nope": 1}}, "takes no 'nope'"),
        ("revenue_by_period", {"time": Q1, "group_by": ["status"]}, "cannot be grouped"),
        ("revenue_by_period", {"time": Q1, "where": [has("tickets.minutes", ">", 1)]}, "cannot be filtered by"),
    ],
)
def test_what_cannot_be_calculated_is_refused_with_words(name: str, asked: dict[str, object], words: str) -> None:
    refusal = ENGINE.metric(name, **asked)  # pyright: ignore[reportArgumentType]
    assert isinstance(refusal, Refusal)
    assert words in refusal.message


async def test_a_query_takes_its_values_as_literals(connector: Connector) -> None:
    hostile = ENGINE.query("customers_of", parameters={"country": "US' OR '1'='1"})
    assert isinstance(hostile, Statement)
    assert await rows(connector, hostile.sql) == []
    plain = ENGINE.query(
        "customers_of",
        parameters={"country": "US", "least": "80", "by": "c.joined"},
        where=[has("orders.status", "=", "open")],
    )
    assert isinstance(plain, Statement)
    assert await rows(connector, plain.sql) == [["Grace"]]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "needs a value for country"),
        ({"country": "US", "by": "1; DROP TABLE orders"}, "not among the values of by"),
        ({"country": "US", "least": "1 OR 1=1"}, "no number"),
    ],
)
def test_a_query_refuses_what_it_does_not_take(given: dict[str, str], words: str) -> None:
    refusal = ENGINE.query("customers_of", parameters=given)
    assert isinstance(refusal, Refusal)
    assert words in refusal.message


def test_a_template_is_run_in_the_words_of_the_database() -> None:
    for dialect, expected in (("sqlite", "STRFTIME"), ("clickhouse", "DATE_TRUNC("), ("bigquery", "_TRUNC(")):
        statement = Engine(facts_model(dialect)).metric("revenue_by_period", time=Q1)
        assert isinstance(statement, Statement)
        assert expected in statement.sql
        assert guard(statement.sql, dialect=dialect, catalog=market(dialect)).ok


def test_rules_apply_unless_the_question_decides() -> None:
    engine = Engine(facts_model("postgres", RULE))
    under = engine.compile(plan("orders", TOTAL))
    assert isinstance(under, Statement)
    assert under.sql == "SELECT SUM(total) AS total_total FROM orders WHERE status <> 'cancelled'"
    assert under.assumptions == (
        "Cancelled orders do not count: only rows with status <> 'cancelled', because they were never paid.",
    )
    assert under.datapoints == (("no_cancelled", 1),)
    decided = engine.compile(plan("orders", TOTAL, where=has("orders.status", "=", "cancelled")))
    assert isinstance(decided, Statement)
    assert decided.assumptions == ()
    every = engine.compile(plan("customers", ORDERS))
    assert isinstance(every, Statement)
    assert "cancelled" in every.sql


def test_a_rule_about_one_fact_leaves_the_others_alone() -> None:
    both = Engine(facts_model("postgres", RULE)).compile(
        plan("customers", "customers.country", ORDERS, count("tickets"))
    )
    assert isinstance(both, Statement)
    orders, tickets = both.sql.split("UNION ALL")
    assert "status <> 'cancelled'" in orders
    assert "cancelled" not in tickets


def test_a_metric_is_an_output_of_any_plan() -> None:
    revenue = metric_output("revenue", ENGINE.model)
    assert isinstance(revenue, Output)
    asked = plan("orders", "customers.country", revenue, metrics=["revenue"])
    statement = ENGINE.compile(asked)
    assert isinstance(statement, Statement)
    assert statement.datapoints == (("revenue", 1),)
    assert isinstance(metric_output("circle", ENGINE.model), Refusal)


def test_a_metric_names_what_it_rests_on() -> None:
    statement = ENGINE.metric("average_order")
    assert isinstance(statement, Statement)
    assert [name for name, _ in statement.datapoints] == ["average_order", "revenue", "order_count"]
