"""Zones and weeks: the same moments, counted as the business counts them."""

from collections.abc import AsyncIterator, Iterator

import pytest

from apex.compile import Calendar, Compilation, Refusal, compile_plan
from apex.model import Model
from connectors.registry import open_connector
from core.catalog import Catalog, Column, Table
from core.ports import Connector
from core.values import Limits, Plan
from core.values.plans import ColumnOf, Grain, Grained, Measure, Order, Output, TimeRange
from tests.apex.compile.test_golden import comparable
from tests.connectors.conftest import found
from tests.connectors.engine import Engine

AT = ColumnOf(table="main.calls", column="called_at")
COUNT = Measure(aggregate="count", table="main.calls")
SCRIPT = (
    "CREATE TABLE calls (id INTEGER, called_at TIMESTAMP WITH TIME ZONE)",
    # 2025-01-31 23:30 in UTC is February in Berlin; the last is a Sunday there, a Saturday in UTC.
    "INSERT INTO calls VALUES (1, '2025-01-31 23:30:00+00'), (2, '2025-02-01 12:00:00+00')",
    "INSERT INTO calls VALUES (3, '2025-03-08 23:30:00+00')",
)


def model(dialect: str, kind: str = "timestamp with time zone") -> Model:
    calls = Table("main", "calls", (Column("id", "integer", False), Column("called_at", kind, False)))
    return Model.of(Catalog(dialect, (calls,), ("main",)))


def by(grain: Grain, time: TimeRange | None = None) -> Plan:
    key = Grained(of=AT, grain=grain)
    return Plan(table="main.calls", outputs=[Output(value=key), Output(value=COUNT)], time=time, order=[Order(by=key)])


@pytest.fixture(scope="module", params=["duckdb", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = found()[request.param]
    if engine.fixture:
        engine.given = request.getfixturevalue(engine.fixture)
    engine.start(tmp_path_factory.mktemp(f"calls_{engine.name}"))
    yield engine
    engine.stop()


@pytest.fixture(scope="module")
def calls_url(engine: Engine) -> str:
    return engine.create("calls", SCRIPT)


@pytest.fixture
async def connector(calls_url: str) -> AsyncIterator[Connector]:
    connector = await open_connector(calls_url, limits=Limits())
    yield connector
    await connector.close()


@pytest.mark.parametrize(
    ("calendar", "asked", "expected"),
    [
        (Calendar(zone="UTC"), by("month"), [["2025-01-01", 1], ["2025-02-01", 1], ["2025-03-01", 1]]),
        (Calendar(zone="Europe/Berlin"), by("month"), [["2025-02-01", 2], ["2025-03-01", 1]]),
        (
            Calendar(zone="Europe/Berlin"),
            by("month", TimeRange(column=AT, start="2025-02-01", end="2025-03-01")),
            [["2025-02-01", 2]],
        ),
        (
            Calendar(zone="UTC"),
            by("month", TimeRange(column=AT, start="2025-02-01", end="2025-03-01")),
            [["2025-02-01", 1]],
        ),
        (Calendar(zone="UTC"), by("week"), [["2025-01-27", 2], ["2025-03-03", 1]]),
        (Calendar(zone="Europe/Berlin", week_start="sunday"), by("week"), [["2025-01-26", 2], ["2025-03-09", 1]]),
    ],
)
async def test_moments_are_those_of_the_zone(
    calendar: Calendar, asked: Plan, expected: list[list[object]], engine: Engine, connector: Connector
) -> None:
    statement = compile_plan(asked, model(engine.dialect), calendar=calendar)
    assert isinstance(statement, Compilation), statement
    rows = (await connector.run(statement.sql, limits=Limits())).rows
    assert comparable(rows, ordered=True) == expected, statement.sql


def test_a_dialect_without_zones_says_so() -> None:
    asked = compile_plan(by("month"), model("sqlite"), calendar=Calendar(zone="Europe/Berlin"))
    assert isinstance(asked, Refusal)
    assert "knows no time zones" in asked.message


def test_moments_without_a_zone_are_left_as_they_are() -> None:
    asked = compile_plan(by("month"), model("postgres", "timestamp"), calendar=Calendar(zone="Europe/Berlin"))
    assert isinstance(asked, Compilation)
    assert "ZONE" not in asked.sql
