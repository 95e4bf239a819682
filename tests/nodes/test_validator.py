"""What the validator makes of budgets: nothing, a doubt, or a refusal."""

from dataclasses import replace
from typing import Any, cast

import pytest
from langgraph.runtime import Runtime

from core.catalog import Catalog, Column, Table
from core.context import Context
from core.errors import LimitError, StatementError
from core.values import (
    AuditedOutcome,
    AuditedStatement,
    Budgets,
    Compiled,
    Draft,
    Estimate,
    Grounding,
    Limits,
    Spent,
    Verdict,
)
from nodes.validator import Reads, validator
from tests.nodes.house import NoConnector, OneDatabase, house

COLUMNS = (Column("id", "int"), Column("placed", "date"))
CATALOG = Catalog(
    "postgres",
    (
        Table("public", "events", COLUMNS, row_estimate=50_000_000),
        Table("public", "orders", COLUMNS, row_estimate=300),
        Table("public", "recent", COLUMNS, kind="view"),
    ),
    ("public",),
)


class Notes:
    """An audit that remembers."""

    def __init__(self) -> None:
        self.refusals: list[AuditedStatement] = []

    async def begin(self, statement: AuditedStatement) -> int:
        raise AssertionError(statement)

    async def end(self, number: int, outcome: AuditedOutcome) -> None:
        raise AssertionError(outcome)

    async def refused(self, statement: AuditedStatement) -> None:
        self.refusals.append(statement)


class Purse:
    """What was spent today."""

    def __init__(self, spent: Spent) -> None:
        self.spent = spent

    async def today(self) -> Spent:
        return self.spent

    async def add(self, spent: Spent) -> None:
        raise AssertionError(spent)


class Planner(NoConnector):
    """A database whose EXPLAIN says what it is told to."""

    def __init__(self, expected: Estimate | Exception | None) -> None:
        super().__init__(CATALOG)
        self.says = expected
        self.asked: list[str] = []

    async def estimate(self, sql: str, *, limits: Limits) -> Estimate | None:
        self.asked.append(sql)
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


async def judged(sql: str, planner: Planner, drafts: list[Draft] | None = None, **lent: Any) -> tuple[Verdict, Notes]:
    """The verdict on a statement."""
    runtime: Runtime[Context] = house(CATALOG, limits=Limits(scan_rows=10_000_000))
    notes = Notes()
    databases = OneDatabase(CATALOG, planner)
    context = replace(runtime.context, databases=databases, audit=notes, **lent)
    compiled = Compiled(status="ready", sql=sql)
    grounding = Grounding(database="shop", dialect="postgres", tables=[])
    page = await validator(
        cast(Reads, {"grounding": grounding, "compiled": compiled, "drafts": drafts or []}),
        replace(runtime, context=context),
    )
    return page["verdict"], notes


@pytest.mark.parametrize("sql", ["SELECT count(*) FROM orders", "SELECT * FROM events LIMIT 10"])
async def test_a_small_statement_costs_no_estimate(sql: str):
    planner = Planner(Estimate(rows=10**12))
    verdict, _ = await judged(sql, planner)
    assert (verdict.ok, verdict.doubt, planner.asked) == (True, "", [])


@pytest.mark.parametrize("sql", ["SELECT count(*) FROM events", "SELECT count(*) FROM recent"])
async def test_a_large_or_unknown_table_is_estimated_by_its_engine(sql: str):
    planner = Planner(Estimate(rows=11_000_000))
    verdict, notes = await judged(sql, planner)
    assert planner.asked == [sql]
    assert verdict.ok and verdict.estimate == Estimate(rows=11_000_000) and not notes.refusals
    assert verdict.doubt == "it reads about 11,000,000 rows (the limit is 10,000,000)"


async def test_an_index_makes_a_large_table_cheap():
    verdict, _ = await judged("SELECT * FROM events WHERE id = 1", Planner(Estimate(rows=1)))
    assert (verdict.ok, verdict.doubt) == (True, "")


@pytest.mark.parametrize("says", [None, Estimate(cost=3.0), StatementError("no"), LimitError("slow")])
async def test_without_an_estimate_the_catalog_decides(says: Estimate | Exception | None):
    verdict, _ = await judged("SELECT count(*) FROM events", Planner(says))
    assert "50,000,000 rows" in verdict.doubt


async def test_above_the_hard_limit_it_is_refused_with_a_cheaper_way():
    planner = Planner(Estimate(rows=20_000_000))
    verdict, notes = await judged("SELECT count(*) FROM events", planner, budgets=Budgets(rows=15_000_000))
    [violation] = verdict.violations
    assert (verdict.ok, violation.rule) == (False, "limit")
    assert "about 20,000,000 rows (the limit is 15,000,000)" in violation.message
    assert violation.hint == "Ask for a shorter period: filter events on placed."
    [line] = notes.refusals
    assert line.verdict.startswith("limit: ") and line.written == "SELECT count(*) FROM events"


async def test_what_was_spent_today_counts():
    budgets, spending = Budgets(day_rows=1_000), Purse(Spent(rows=900))
    verdict, _ = await judged("SELECT count(*) FROM orders", Planner(None), budgets=budgets, spending=spending)
    assert not verdict.ok and "today" in verdict.violations[0].message


async def test_a_refusal_of_the_guard_is_audited():
    verdict, notes = await judged("DROP TABLE orders", Planner(None))
    assert not verdict.ok
    assert [line.written for line in notes.refusals] == ["DROP TABLE orders"]


async def test_an_unsure_draft_is_a_doubt():
    drafts = [Draft(sql="SELECT count(*) FROM orders", confidence=0.2)]
    verdict, _ = await judged("", Planner(None), drafts)
    assert "only 20% sure" in verdict.doubt
