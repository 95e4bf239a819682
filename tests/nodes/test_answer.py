"""Every way a turn can end, and what the asker is told."""

import pytest

from core.catalog import Catalog
from core.values import (
    Answer,
    Clarification,
    Compiled,
    Draft,
    Evidence,
    Execution,
    Failure,
    Found,
    Grounding,
    Intent,
    Plan,
    Result,
    ResultColumn,
    Review,
    Verdict,
    Violation,
)
from nodes.answer import Reads, answer
from providers.scripted import ScriptedModel
from tests.nodes.house import house

SHOP = Catalog("postgres", (), ("public",))
DATA = Intent(kind="data", text="how many orders?")
GROUNDING = Grounding(database="shop", dialect="postgres", tables=[Found(table="public.orders", score=0.8)])
INCOMPLETE = Compiled(status="incomplete", source="model", confidence=0.0)
COUNT = Result(columns=[ResultColumn(name="row_count", type="integer")], rows=[[5400]])
READY = Compiled(status="ready", sql="SELECT COUNT(*) AS row_count FROM public.orders", follow_ups=["Describe orders"])
ACCEPTED = Verdict(ok=True, sql="SELECT COUNT(*) AS row_count FROM public.orders", tables=["public.orders"])


async def told(*, model: bool = False, **pages: object) -> Answer:
    state: dict[str, object] = {
        "intent": DATA,
        "grounding": GROUNDING,
        "compiled": INCOMPLETE,
        "exchanges": [],
        "drafts": [],
    }
    runtime = house(SHOP, model=ScriptedModel("scripted", ()) if model else None)
    reads: Reads = state | pages  # type: ignore[assignment]
    return (await answer(reads, runtime))["answer"]


@pytest.mark.parametrize(
    ("kind", "rule", "status", "code"),
    [
        ("small_talk", "small_talk", "answered", None),
        ("help", "help_wanted", "answered", None),
        ("unintelligible", "malformed", "error", "bad_input"),
        ("unintelligible", "other_language", "abstain", None),
        ("out_of_scope", "out_of_scope", "abstain", None),
        ("out_of_scope", "write_request", "refused", "refused"),
    ],
)
async def test_words_of_the_gate(kind: str, rule: str, status: str, code: str | None) -> None:
    intent = Intent.model_validate({"kind": kind, "text": "x", "rule": rule, "reply": "These words."})
    found = (await answer({"intent": intent}, house(SHOP)))["answer"]  # type: ignore[typeddict-item]
    assert (found.status, found.answer, found.source) == (status, "These words.", "system")
    assert (found.error.code if found.error else None) == code
    assert found.database is None


async def test_without_a_model_it_says_what_is_missing_and_what_still_works() -> None:
    found = await told()
    assert found.status == "abstain"
    for word in ("DATACHAT_MODEL", "OPENAI_API_KEY", "OPENAI_BASE_URL", "row counts"):
        assert word in found.answer
    assert found.database == "shop"


async def test_the_catalog_s_own_answer() -> None:
    compiled = Compiled(
        status="told", words="There are 3 tables.", result=COUNT, row_count=700, result_id="r1", assumptions=["x"]
    )
    found = await told(compiled=compiled)
    assert (found.status, found.source, found.confidence) == ("answered", "catalog", 1.0)
    assert found.answer == "There are 3 tables. Assumed: x"
    assert (found.row_count, found.result_id, found.rows) == (700, "r1", [[5400]])
    assert found.sql is None


async def test_impossible_is_said() -> None:
    found = await told(compiled=Compiled(status="impossible", words="There is no table x."))
    assert (found.status, found.answer, found.confidence) == ("abstain", "There is no table x.", 0.0)


async def test_a_statement_without_a_model() -> None:
    found = await told(compiled=READY, verdict=ACCEPTED, execution=Execution(result=COUNT, row_count=1))
    assert (found.status, found.answer, found.source) == ("answered", "Row count: 5,400.", "catalog")
    assert (found.confidence, found.confidence_factors) == (1.0, {"catalog": 1.0})
    assert found.sql == ACCEPTED.sql
    assert [(each.kind, each.id, each.score) for each in found.evidence] == [("table", "public.orders", 0.8)]
    assert found.follow_ups == ["Describe orders"]


async def test_a_statement_of_a_model() -> None:
    drafts = [
        Draft(sql="SELECT x", confidence=0.9),
        Draft(sql="SELECT y", confidence=0.8, assumptions=["y is meant"], attempt=2),
    ]
    execution = Execution(result=COUNT.model_copy(update={"truncated": True}), row_count=1000, result_id="r")
    found = await told(
        model=True, drafts=drafts, verdict=ACCEPTED.model_copy(update={"limit_added": 1000}), execution=execution
    )
    assert (found.source, found.truncated, found.result_id) == ("model", True, "r")
    assert found.confidence_factors == {"model": 0.8, "repairs": 0.9, "truncated": 0.95}
    assert found.confidence == round(0.8 * 0.9 * 0.95, 4)
    assert found.assumptions == ["y is meant", "At most 1,000 rows were read."]
    assert len(found.follow_ups) == 3


async def test_nothing_found_names_the_condition() -> None:
    verdict = Verdict(ok=True, sql="SELECT id FROM public.orders WHERE status = 'x'", tables=["public.orders"])
    empty = Execution(result=COUNT.model_copy(update={"rows": []}), row_count=0)
    found = await told(model=True, drafts=[Draft(sql="s", confidence=1)], verdict=verdict, execution=empty)
    assert found.status == "answered"
    assert "No rows match the condition status = 'x'" in found.answer
    assert found.confidence == 0.9


async def test_a_refused_statement_names_rule_and_hint() -> None:
    verdict = Verdict(
        ok=False, violations=[Violation(rule="read_only", message="DELETE is not a query", hint="Use SELECT.")]
    )
    found = await told(model=True, drafts=[Draft(sql="DELETE FROM t", confidence=1)], verdict=verdict)
    assert (found.status, found.sql) == ("refused", "DELETE FROM t")
    assert found.error == Failure(code="refused", message="read_only: DELETE is not a query", hint="Use SELECT.")
    assert "read_only" in found.answer
    assert "Use SELECT." in found.answer


async def test_a_limit_keeps_its_code() -> None:
    failure = Failure(code="limit", message="The statement took longer than 30 s.", hint="Ask for less.")
    found = await told(compiled=READY, verdict=ACCEPTED, execution=Execution(failure=failure))
    assert (found.status, found.error, found.sql) == ("error", failure, ACCEPTED.sql)
    assert found.answer == "The statement took longer than 30 s. Ask for less."


async def test_a_failed_model_is_an_error_and_a_modest_one_abstains() -> None:
    failure = Failure(code="upstream_failed", message="The model server is down.", hint="Try later.")
    failed = await told(model=True, drafts=[Draft(failure=failure)])
    assert (failed.status, failed.error) == ("error", failure)
    modest = await told(model=True, drafts=[Draft(abstained="there are no prices")])
    assert modest.status == "abstain"
    assert "there are no prices" in modest.answer


async def test_a_repair_that_failed_counts_more_than_the_refusal_before() -> None:
    failure = Failure(code="upstream_failed", message="The model server is down.")
    verdict = Verdict(ok=False, violations=[Violation(rule="r", message="m")])
    found = await told(model=True, drafts=[Draft(sql="SELECT"), Draft(failure=failure)], verdict=verdict)
    assert (found.status, found.error) == ("error", failure)


async def test_a_cancelled_review_abstains() -> None:
    found = await told(compiled=READY, verdict=ACCEPTED, reviewed=Review(choice="cancel"))
    assert found.status == "abstain"
    assert "cancelled" in found.answer


@pytest.mark.parametrize("by_gate", [True, False])
async def test_used_up_clarifications_say_what_is_missing(by_gate: bool) -> None:
    asked = Clarification(question="Which accounts do you mean?", options=["sales.accounts", "crm.accounts"])
    intent = DATA.model_copy(update={"clarification": asked if by_gate else None})
    compiled = Compiled(status="ambiguous", clarification=None if by_gate else asked)
    found = await told(intent=intent, compiled=compiled)
    assert found.status == "abstain"
    assert "Which accounts do you mean?" in found.answer
    assert "sales.accounts" in found.answer


ORDERS_BY_STATUS = Plan.model_validate(
    {
        "table": "public.orders",
        "outputs": [
            {"value": {"kind": "column", "table": "public.orders", "column": "status"}},
            {"value": {"kind": "measure", "aggregate": "count", "table": "public.orders"}},
        ],
    }
)
BY_STATUS = Result(
    columns=[ResultColumn(name="status", type="text"), ResultColumn(name="orders_count", type="integer")],
    rows=[["paid", 4], ["open", 2], ["lost", 1]],
)


async def test_a_plan_s_result_is_worded_and_drawn() -> None:
    ready = READY.model_copy(
        update={
            "source": "metric",
            "plan": ORDERS_BY_STATUS,
            "verified": True,
            "evidence": [Evidence(kind="metric", id="order_count", version="3")],
        }
    )
    found = await told(compiled=ready, verdict=ACCEPTED, execution=Execution(result=BY_STATUS, row_count=3))
    assert found.answer == "Status, number of orders: paid, 4; open, 2; lost, 1. Together 7."
    assert found.understood == "number of orders by status"
    assert found.verified
    assert found.chart
    assert found.chart["mark"] == {"type": "bar", "tooltip": True}
    assert [each.id for each in found.evidence] == ["order_count", "public.orders"]


async def test_what_a_model_wrote_is_never_verified() -> None:
    ready = READY.model_copy(update={"plan": ORDERS_BY_STATUS, "verified": True})
    draft = Draft(sql=ACCEPTED.sql, confidence=0.9)
    found = await told(
        model=True,
        compiled=ready,
        drafts=[draft],
        verdict=ACCEPTED,
        execution=Execution(result=BY_STATUS, row_count=3),
    )
    assert not found.verified
    assert found.understood == ""


OWN = READY.model_copy(
    update={"source": "metric", "follow_ups": [], "evidence": [Evidence(kind="metric", id="repair_time", version="1")]}
)


async def test_a_metric_whose_own_sql_cannot_run_is_named_with_the_next_step() -> None:
    refused = Verdict(ok=False, violations=[Violation(rule="known_tables", message="The table faultz does not exist.")])
    found = await told(compiled=OWN, verdict=refused)
    assert found.status == "refused" and found.error
    assert found.error.message == "The SQL of the metric `repair_time` cannot run: The table faultz does not exist."
    assert "The SQL of the metric `repair_time` cannot run: " in found.answer
    assert found.answer.endswith("`datachat dp lint --db shop` names what is wrong in it.")
    failure = Failure(code="statement_refused", message="No function julianday.")
    found = await told(compiled=OWN, verdict=ACCEPTED, execution=Execution(failure=failure))
    assert found.error and found.error.message == "The SQL of the metric `repair_time` failed: No function julianday."
    assert "dp lint" in found.error.hint


async def test_several_questions_need_no_model() -> None:
    several = INCOMPLETE.model_copy(update={"words": "These are 2 questions.", "follow_ups": ["Who?", "What?"]})
    assert (await told(compiled=several)).answer == "These are 2 questions."
