"""Every fork of the turn, one line per case."""

from typing import cast

import pytest
from langgraph.runtime import Runtime

from core.context import Context
from core.state import settled
from core.values import (
    Clarification,
    Compiled,
    Draft,
    Exchange,
    Execution,
    Failure,
    Grounding,
    Intent,
    IntentKind,
    Limits,
    Review,
    Verdict,
    Violation,
)
from graph import routes

ASKED = Clarification(question="Which one?", options=["a", "b"])
LIMITS = Limits(repairs=2, clarifications=1)


def lent(*, model: bool = True) -> Runtime[Context]:
    """A runtime whose context has, or has not, a model; the routes look at nothing else of it."""
    context = object.__new__(Context)
    object.__setattr__(context, "model", object() if model else None)
    object.__setattr__(context, "limits", LIMITS)
    return Runtime(context=context)


@pytest.mark.parametrize(
    ("kind", "following"),
    [
        ("small_talk", "answer"),
        ("goodbye", "answer"),
        ("help", "answer"),
        ("setup", "answer"),
        ("out_of_scope", "answer"),
        ("unintelligible", "answer"),
        ("catalog", "retriever"),
        ("data", "retriever"),
    ],
)
def test_only_questions_about_data_go_on(kind: str, following: str) -> None:
    intent = Intent(kind=cast(IntentKind, kind), text="?")
    assert routes.after_intent_gate(cast(routes.Sorted, {"intent": intent}), lent()) == following


def test_an_unclear_intent_is_clarified_until_the_turns_are_used_up() -> None:
    intent = Intent(kind="data", text="?", clarification=ASKED)
    assert routes.after_intent_gate(cast(routes.Sorted, {"intent": intent}), lent()) == "clarify"
    spent = [Exchange(clarification=ASKED, reply="a")]
    assert routes.after_intent_gate(routes.Sorted(intent=intent, exchanges=spent), lent()) == "answer"


@pytest.mark.parametrize(
    ("status", "model", "following"),
    [
        ("ready", False, "validator"),
        ("told", False, "answer"),
        ("impossible", True, "answer"),
        ("ambiguous", True, "clarify"),
        ("incomplete", True, "sql_agent"),
        ("incomplete", False, "clarify"),
    ],
)
def test_what_the_compiler_found_decides(status: str, model: bool, following: str) -> None:
    compiled = Compiled.model_validate({"status": status, "clarification": ASKED})
    assert routes.after_compiler(cast(routes.Laid, {"compiled": compiled}), lent(model=model)) == following


def test_what_is_incomplete_and_not_worth_a_question_ends_the_turn() -> None:
    laid = cast(routes.Laid, {"compiled": Compiled(status="incomplete")})
    assert routes.after_compiler(laid, lent(model=False)) == "answer"


def test_a_failed_model_ends_the_turn() -> None:
    broken = Draft(failure=Failure(code="upstream_failed", message="no answer"))
    assert routes.after_sql_agent({"drafts": [broken]}) == "answer"
    assert routes.after_sql_agent({"drafts": [broken, Draft(sql="SELECT 1")]}) == "validator"


REFUSED = Verdict(ok=False, violations=[Violation(rule="table", message="unknown")], attempt=1)
ACCEPTED = Verdict(ok=True, sql="SELECT 1", attempt=1)


@pytest.mark.parametrize(
    ("verdict", "drafts", "reviewed", "following"),
    [
        (ACCEPTED, 1, None, "executor"),
        (ACCEPTED.model_copy(update={"doubt": "unsure"}), 1, None, "review"),
        (ACCEPTED.model_copy(update={"doubt": "unsure"}), 1, Review(choice="edit", attempt=1), "executor"),
        (ACCEPTED.model_copy(update={"doubt": "unsure"}), 1, Review(choice="edit", attempt=0), "review"),
        (REFUSED, 1, None, "sql_agent"),
        (REFUSED, 3, None, "answer"),
        (REFUSED, 1, Review(choice="edit", attempt=1), "review"),
    ],
)
def test_a_verdict_leads_to_the_database_a_person_or_a_repair(
    verdict: Verdict, drafts: int, reviewed: Review | None, following: str
) -> None:
    state = cast(routes.Judged, {"verdict": verdict, "drafts": [Draft(sql="x")] * drafts})
    if reviewed:
        state["reviewed"] = reviewed
    assert routes.after_validator(state, lent()) == following


def test_nothing_is_repaired_without_a_model() -> None:
    assert routes.after_validator(cast(routes.Judged, {"verdict": REFUSED}), lent(model=False)) == "answer"


@pytest.mark.parametrize(("choice", "following"), [("run", "executor"), ("edit", "validator"), ("cancel", "answer")])
def test_a_review_is_obeyed(choice: str, following: str) -> None:
    assert routes.after_review({"reviewed": Review.model_validate({"choice": choice})}) == following


@pytest.mark.parametrize(
    ("execution", "following"),
    [
        (Execution(row_count=1), "answer"),
        (Execution(failure=Failure(code="statement_refused", message="no"), repairable=True), "sql_agent"),
        (Execution(failure=Failure(code="limit", message="too long")), "answer"),
    ],
)
def test_only_a_refused_statement_is_repaired(execution: Execution, following: str) -> None:
    assert routes.after_executor({"execution": execution, "drafts": []}, lent()) == following


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("what is revenue?", "context_answer"),
        ("who owns orders?", "context_answer"),
        ("what depends on orders.total?", "context_answer"),
        ("how many orders are there?", "compiler"),
        ("what columns has orders?", "compiler"),
    ],
)
def test_questions_about_meaning_and_lineage_are_looked_up_first(text: str, following: str) -> None:
    grounding = Grounding(database="shop", dialect="postgres", tables=[])
    state = cast(routes.Grounded, {"intent": Intent(kind="data", text=text), "grounding": grounding})
    assert routes.after_retriever(state, lent()) == following
    tied = grounding.model_copy(update={"clarification": ASKED})
    assert routes.after_retriever(cast(routes.Grounded, {**state, "grounding": tied}), lent()) == "clarify"


def test_what_context_leaves_goes_to_the_compiler() -> None:
    unclear = Compiled(status="ambiguous", source="context", clarification=ASKED)
    for found, following in (
        (Compiled(status="told"), "answer"),
        (Compiled(status="incomplete"), "compiler"),
        (unclear, "clarify"),
    ):
        state = cast(routes.Explained, {"context": found, "context_of": "?"})
        assert routes.after_context_answer(state, lent()) == following
    spent = routes.Explained(
        context=unclear,
        context_of="?",
        exchanges=[Exchange(clarification=ASKED, reply="a")],
    )
    assert routes.after_context_answer(spent, lent()) == "answer"


def test_what_context_found_for_an_earlier_text_is_not_taken_for_this_one() -> None:
    asked = Compiled(status="ambiguous", source="context", clarification=ASKED)
    compiled = Compiled(status="told", words="12")
    for intent, settled_by in ((Intent(kind="data", text="old"), asked), (Intent(kind="data", text="new"), compiled)):
        assert settled({"intent": intent, "context": asked, "context_of": "old", "compiled": compiled}) is settled_by
