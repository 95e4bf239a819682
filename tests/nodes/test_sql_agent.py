from typing import Any

import pytest
from langgraph.runtime import Runtime

from core.catalog import Catalog, Column, Table
from core.context import Context
from core.values import (
    Compiled,
    Draft,
    Execution,
    Failure,
    Found,
    Grounding,
    Intent,
    Limits,
    Remembered,
    Verdict,
    Violation,
)
from nodes.sql_agent import Reads, sql_agent
from providers.scripted import Line, ScriptedModel
from tests.nodes.house import house

ORDERS = Table("public", "orders", (Column("id", "int"), Column("status", "text")), primary_key=("id",))
SHOP = Catalog("postgres", (ORDERS,), ("public",))


def scripted(*lines: dict[str, Any]) -> ScriptedModel:
    return ScriptedModel("scripted:test", [Line.model_validate(line) for line in lines])


def reads(**more: object) -> Reads:
    base: dict[str, object] = {
        "question": "how many orders",
        "database": None,
        "turns": [],
        "intent": Intent(kind="data", text="How many orders?"),
        "grounding": Grounding(database="shop", dialect="postgres", tables=[Found(table="public.orders", score=1.0)]),
        "compiled": Compiled(status="incomplete"),
    }
    return base | more  # type: ignore[return-value]


async def draft(state: Reads, runtime: Runtime[Context]) -> Draft:
    written = await sql_agent(state, runtime)
    assert set(written) == {"drafts"}
    (only,) = written["drafts"]
    return only


async def test_a_draft_with_its_tokens_and_its_cost() -> None:
    told: list[dict[str, Any]] = []
    model = scripted({"sql": "SELECT count(*) FROM orders", "confidence": 0.9, "assumptions": ["all of them"]})
    written = await draft(reads(), house(SHOP, model=model, told=told.append))
    assert written.sql == "SELECT count(*) FROM orders"
    assert (written.confidence, written.assumptions, written.attempt) == (0.9, ["all of them"], 1)
    assert written.usage.llm_calls == 1
    assert {each["type"] for each in told} == {"token"}
    assert "".join(each["text"] for each in told).startswith('{"sql": "SELECT')


async def test_the_prompt_holds_what_is_known() -> None:
    model = scripted({"sql": "SELECT 1"})
    turns = [Remembered(question="Which statuses?", sql="SELECT DISTINCT status FROM orders")]
    await draft(reads(turns=turns), house(SHOP, model=model))
    system, user = model.asked[0]
    assert "2026-03-01" in system.text
    assert "orders(id int pk, status text)" in user.text
    assert "SELECT DISTINCT status" in user.text
    assert user.text.endswith("<question>\nHow many orders?\n</question>")


async def test_a_verdict_leads_to_a_repair() -> None:
    model = scripted({"prompt": "refused_by_gate", "sql": "SELECT 2"}, {"sql": "SELECT 1"})
    violation = Violation(rule="known_columns", message="no column `stat`", hint="Did you mean `status`?")
    state = reads(
        drafts=[Draft(sql="SELECT stat FROM orders")], verdict=Verdict(ok=False, violations=[violation], attempt=1)
    )
    written = await draft(state, house(SHOP, model=model))
    assert (written.sql, written.attempt) == ("SELECT 2", 2)
    text = model.asked[0][1].text
    assert "SELECT stat FROM orders" in text
    assert "known_columns: no column `stat` Did you mean `status`?" in text


@pytest.mark.parametrize(("drafts", "attempt"), [([Draft(sql="SELECT 1/0")], 1), ([], 0)])
async def test_an_error_of_the_database_leads_to_a_repair(drafts: list[Draft], attempt: int) -> None:
    model = scripted({"prompt": "refused_by_database", "sql": "SELECT 2"})
    state = reads(
        drafts=drafts,
        compiled=Compiled(status="ready", sql="SELECT 1/0"),
        verdict=Verdict(ok=True, sql="SELECT 1/0", attempt=attempt),
        execution=Execution(failure=Failure(code="statement_refused", message="division by zero"), attempt=attempt),
    )
    written = await draft(state, house(SHOP, model=model))
    assert (written.sql, written.attempt) == ("SELECT 2", attempt + 1)
    assert "SELECT 1/0" in model.asked[0][1].text
    assert "division by zero" in model.asked[0][1].text


async def test_what_was_wrong_with_an_earlier_draft_is_not_told_again() -> None:
    model = scripted({"sql": "SELECT 3"})
    state = reads(
        drafts=[Draft(sql="SELECT a"), Draft(sql="SELECT b")],
        verdict=Verdict(ok=False, violations=[Violation(rule="old", message="about a")], attempt=1),
        execution=Execution(failure=Failure(code="x", message="about a too"), attempt=1),
    )
    assert (await draft(state, house(SHOP, model=model))).attempt == 3
    assert "about a" not in model.asked[0][1].text


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"fail": "passing"}, "model_busy"),
        ({"fail": "failed"}, "model_failed"),
        ({"fail": "refused"}, "model_unauthorized"),
        ({"sql": "DROP TABLE orders", "complete": False}, "model_incomplete"),
        ({"text": "I would rather not."}, "model_unreadable"),
        ({"text": "x" * 300_000}, "model_bytes"),
        ({"sql": "SELECT 1", "seconds": 30}, "model_timeout"),
    ],
)
async def test_a_model_that_fails_is_a_failure_and_never_sql(line: dict[str, Any], code: str) -> None:
    written = await draft(reads(), house(SHOP, model=scripted(line)))
    assert written.failure is not None
    assert written.failure.code == code
    assert written.failure.message
    assert written.failure.hint or code in ("model_failed", "model_unauthorized")
    assert not written.sql


async def test_a_model_may_decline() -> None:
    model = scripted({"cannot_answer": "There are no budgets."})
    written = await draft(reads(), house(SHOP, model=model))
    assert written.abstained == "There are no budgets."
    assert not written.sql


async def test_without_a_model_there_is_a_failure_that_says_so() -> None:
    failure = (await draft(reads(), house(SHOP))).failure
    assert failure is not None
    assert (failure.code, failure.hint) == ("no_model", "Set DATACHAT_MODEL.")


async def test_the_budget_of_the_prompt_is_the_limit() -> None:
    wide = Table("public", "orders", tuple(Column(f"measure_{n}", "numeric") for n in range(2_000)))
    catalog = Catalog("postgres", (wide,), ("public",))
    model = scripted({"sql": "SELECT 1"})
    await draft(reads(), house(catalog, model=model, limits=Limits(prompt_tokens=600)))
    assert sum(len(each.text) for each in model.asked[0]) < 600 * 5
