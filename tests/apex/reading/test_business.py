"""Questions as businesses ask them: what is shown said anew, periods, ratios, tables without declared keys."""

from datetime import datetime
from pathlib import Path

import pytest

from apex.reading.engine import read
from apex.reading.library import Library, library_of
from core.catalog import Catalog, Column, Table
from core.profile import ColumnProfile, Profile, Relation, TableProfile
from tests.apex.reading.conftest import blocks_of

NOW = datetime.fromisoformat("2026-03-18T10:30:00")
PAIRS = [pair for name in ("business", "shown") for pair in blocks_of(Path(__file__).with_name(f"{name}.txt"))]

CUSTOMER = Table(
    "public",
    "customer",
    (
        Column("cid", "bigint", False),
        Column("first_name", "text"),
        Column("last_name", "text"),
        Column("region", "text"),
        Column("is_active", "boolean"),
        Column("signup_date", "date"),
        Column("date_of_birth", "date"),
        Column("closed_date", "date"),
    ),
)
SALE = Table(
    "public",
    "sale",
    (
        Column("sid", "bigint", False),
        Column("cid", "bigint"),
        Column("price", "numeric(10,2)"),
        Column("cost", "numeric(10,2)"),
        Column("channel", "text"),
        Column("sold_at", "timestamp without time zone"),
    ),
)
VISIT = Table(
    "public",
    "visit",
    (
        Column("vid", "bigint", False),
        Column("cid", "bigint"),
        Column("started_at", "timestamp without time zone", False),
        Column("ended_at", "timestamp without time zone", False),
        Column("device", "text"),
    ),
)
CATALOG = Catalog("postgres", (CUSTOMER, SALE, VISIT), ("public",))


def _measured(table: Table, *listed: tuple[str, tuple[str, ...]]) -> TableProfile:
    columns = [ColumnProfile(table.columns[0].name, distinct=50)]
    columns += [
        ColumnProfile(name, distinct=len(values), top=tuple((value, 5) for value in values), complete=True)
        for name, values in listed
    ]
    return TableProfile(table.full_name, 50, tuple(columns))


def _refers(table: Table) -> Relation:
    return Relation(table.full_name, ("cid",), CUSTOMER.full_name, ("cid",), confidence=0.9, declared=False)


PROFILE = Profile(
    {
        CUSTOMER.full_name: _measured(CUSTOMER, ("region", ("north", "south"))),
        SALE.full_name: _measured(SALE, ("channel", ("web", "shop"))),
        VISIT.full_name: _measured(VISIT, ("device", ("phone", "tablet"))),
    },
    (_refers(SALE), _refers(VISIT)),
)


@pytest.fixture
def business() -> Library:
    return library_of(CATALOG, PROFILE)


@pytest.mark.parametrize(("question", "sql"), PAIRS)
def test_a_question_of_a_business_is_read_as_a_statement(question: str, sql: str, business: Library) -> None:
    reading = read(question, business, now=NOW)
    assert reading.settled, reading.reason
    assert reading.settled.compilation.sql == sql.strip()


def test_a_time_that_does_not_exist_is_said(business: Library) -> None:
    reading = read("How many sales were there on 2025-02-30?", business, now=NOW)
    assert (reading.status, reading.reason) == ("impossible", "There is no day 2025-02-30.")


def test_the_time_of_a_plan_keeps_its_words(business: Library) -> None:
    plan = read("How many sales were there last month?", business, now=NOW).plan
    assert plan and plan.time and (plan.time.start, plan.time.end) == ("2026-02-01", "2026-03-01")
    assert plan.time.words == "last month"


def test_without_a_clock_no_time_is_read(business: Library) -> None:
    assert read("How many sales were there last month?", business).unexplained


def test_rows_that_nothing_makes_refer_are_grouped_by_what_they_hold() -> None:
    state = Table("public", "state", (Column("state_name", "text", False), Column("area", "bigint")))
    lake = Table("public", "lake", (Column("lake_name", "text"), Column("state_name", "text")))
    found = Relation(lake.full_name, ("state_name",), state.full_name, ("state_name",), declared=False)
    profile = Profile({each.full_name: _measured(each) for each in (state, lake)}, (found,))
    reading = read(
        "How many lakes are there in each state?", library_of(Catalog("postgres", (state, lake), ("public",)), profile)
    )
    assert reading.settled
    assert reading.settled.compilation.sql == (
        "SELECT state_name, COUNT(*) AS lake_count FROM lake GROUP BY state_name ORDER BY lake_count DESC, state_name"
    )


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Show the cumulative revenue by month.", ("cumulative",)),
        ("What was the total revenue last month compared to the month before?", ("compared to",)),
        ("What is the weighted average price of sales?", ("weighted",)),
    ],
)
def test_what_changes_a_measure_is_not_passed_over(question: str, words: tuple[str, ...], business: Library) -> None:
    reading = read(question, business, now=NOW)
    assert (reading.status, reading.unexplained) == ("unsure", words)
