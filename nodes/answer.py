"""The last step: the answer, or plainly why there is none, out of whatever the turn has found."""

from collections.abc import Callable, Sequence

from langgraph.runtime import Runtime

from apex.charts import chart_of
from apex.confidence import confidence_of, factors_of_compiled, factors_of_draft
from apex.wording import describe, words_of_emptiness, words_of_metric, words_of_plan, words_of_unmeasured
from apex.words import NO_MODEL, follow_ups_about, with_assumptions, with_limits, words_of_result
from core.context import Context
from core.errors import StatementError
from core.state import (
    Answered,
    Checked,
    Clarified,
    Drafted,
    Gated,
    Known,
    Planned,
    Ran,
    Retrieved,
    Reviewed,
    settled,
)
from core.values import Answer, Evidence, Failure, Plan, Result, Status, Verdict, Violation, total_usage
from datapoints.kinds.metric import MetricDataPoint


class Reads(Gated, Clarified, Retrieved, Known, Planned, Drafted, Checked, Reviewed, Ran, total=False):
    """Everything that the turn has found."""


async def answer(state: Reads, runtime: Runtime[Context]) -> Answered:
    """Word the outcome; trace, timing and ids are added by who runs the turn."""
    found = next(filter(None, (ending(state) for ending in ENDINGS)), None)
    if found and found.source == "plan":
        found = await _with_what_is_unmeasured(found, runtime.context)
    if found and found.plan and found.sql and found.source != "catalog":
        found = await _in_words(found, found.plan, state, runtime.context)
    elif found and found.source == "metric" and found.sql:
        found = await _as_written(found, state, runtime.context)
    if found is None and runtime.context.model is None:
        compiled = settled(state)
        # Questions that can be asked one by one need no model.
        more = "" if compiled and compiled.words and compiled.follow_ups else NO_MODEL
        found = _abstained(state, " ".join(filter(None, [compiled.words if compiled else "", more])))
        found = await _with_what_is_unmeasured(found, runtime.context)
    if found is None:
        raise AssertionError("a turn ended without anything to answer with")
    usage = total_usage(draft.usage for draft in state.get("drafts", []))
    return {"answer": found.model_copy(update={"usage": usage})}


def _reply(state: Reads) -> Answer | None:
    """Words of the intent gate."""
    intent = state["intent"]
    if not intent.reply:
        return None
    status = _STATUS_BY_RULE.get(intent.rule, "answered")
    codes = {"error": "bad_input", "refused": "refused"}
    failure = Failure(code=codes[status], message=intent.reply) if status in codes else None
    confidence = 1.0 if status == "answered" else 0.0
    return Answer(status=status, answer=intent.reply, confidence=confidence, error=failure)


_STATUS_BY_RULE: dict[str, Status] = {
    "malformed": "error",
    "write_request": "refused",
    "out_of_scope": "abstain",
    "other_language": "abstain",
}


def _unclear(state: Reads) -> Answer | None:
    """A question back that may not be asked any more."""
    compiled = settled(state)
    unclear = compiled and compiled.status == "ambiguous"
    asked = state["intent"].clarification or (compiled.clarification if compiled and unclear else None)
    if asked is None:
        return None
    options = f" It could be: {', '.join(asked.options)}." if asked.options else ""
    return _abstained(
        state, f"It is still not clear what is meant. Missing is the answer to: {asked.question}{options}"
    )


def _told(state: Reads) -> Answer | None:
    """What DataPoints, lineage or the catalog tell themselves, or why there is nothing to tell."""
    compiled = settled(state)
    if not compiled or compiled.status not in ("told", "impossible"):
        return None
    if compiled.status == "impossible":
        return _abstained(state, compiled.words)
    factors = factors_of_compiled(compiled)
    result = compiled.result or Result(columns=[], rows=[])
    return Answer(
        status="answered",
        answer=with_assumptions(compiled.words, compiled.assumptions),
        database=_database(state),
        dialect=_dialect(state),
        columns=result.columns,
        rows=result.rows,
        row_count=compiled.row_count or len(result.rows),
        result_id=compiled.result_id,
        truncated=result.truncated,
        source=compiled.source,
        confidence=confidence_of(factors),
        confidence_factors=factors,
        evidence=compiled.evidence,
        assumptions=compiled.assumptions,
        follow_ups=compiled.follow_ups,
    )


def _undrafted(state: Reads) -> Answer | None:
    """The model failed, or says that it cannot."""
    last = next(reversed(state.get("drafts", [])), None)
    if last is None or last.sql:
        return None
    if last.failure:
        return _failed(state, "error", last.failure)
    reason = last.abstained or "The model wrote no statement."
    return _abstained(state, f"This could not be answered from the data: {reason}")


def _cancelled(state: Reads) -> Answer | None:
    """A person stopped the statement in its review."""
    reviewed = state.get("reviewed")
    if not reviewed or reviewed.choice != "cancel":
        return None
    return _abstained(state, "The statement was not run, because its review was cancelled.")


def _refused(state: Reads) -> Answer | None:
    """The gate did not let the statement pass."""
    verdict = state.get("verdict")
    if not verdict or verdict.ok:
        return None
    first = next(iter(verdict.violations), Violation(rule="guard", message="The statement may not run."))
    if first.rule == "limit":
        return _failed(state, "error", Failure(code="limit", message=first.message, hint=first.hint))
    hint = " ".join(filter(None, [first.hint, _to_mend(state)]))
    written = _written(state)
    why = f"The SQL of {written} cannot run:" if written else "The statement was not run."
    told = f"{why} {first.message}" if written else f"{first.rule}: {first.message}"
    failure = Failure(code="refused", message=told, hint=hint)
    return _failed(state, "refused", failure, words=f"{why} {verdict.because or first.message}")


def _stopped(state: Reads) -> Answer | None:
    """The database, or a limit, stopped the statement."""
    execution = state.get("execution")
    failed = execution.failure if execution else None
    written = _written(state) if failed and failed.code == StatementError.code else ""
    if failed and written:
        hint = failed.hint or _to_mend(state)
        failed = failed.model_copy(update={"message": f"The SQL of {written} failed: {failed.message}", "hint": hint})
    return _failed(state, "error", failed) if failed else None


def _written(state: Reads) -> str:
    """The metric or query whose own SQL was to run, by its id; empty where the statement comes from elsewhere."""
    compiled = state.get("compiled")
    if state.get("drafts") or not compiled or compiled.source not in ("metric", "query") or compiled.plan:
        return ""
    return next((f"the {each.kind} `{each.id}`" for each in compiled.evidence if each.kind == compiled.source), "")


def _to_mend(state: Reads) -> str:
    return f"`datachat dp lint --db {_database(state)}` names what is wrong in it." if _written(state) else ""


def _executed(state: Reads) -> Answer | None:
    """The result of the statement that ran."""
    execution, verdict = state.get("execution"), state.get("verdict")
    if not (execution and execution.result and verdict):
        return None
    result, compiled = execution.result, state.get("compiled")
    by_model = bool(state.get("drafts"))
    factors = _factors(state)
    assumptions = _assumptions(state)
    asked = verdict.written or verdict.sql
    words = words_of_result(result, row_count=execution.row_count, sql=asked, dialect=_dialect(state) or "")
    return Answer(
        status="answered",
        answer=_limited(words, verdict, assumptions),
        sql=verdict.sql,
        dialect=_dialect(state),
        database=_database(state),
        columns=result.columns,
        rows=result.rows,
        row_count=execution.row_count,
        truncated=result.truncated,
        source="model" if by_model or not compiled else compiled.source,
        confidence=confidence_of(factors),
        confidence_factors=factors,
        evidence=_evidence(state, verdict.tables, compiled.evidence if compiled and not by_model else []),
        assumptions=assumptions,
        chart=chart_of(result, row_count=execution.row_count, question=state["intent"].text),
        verified=bool(compiled and compiled.verified and not by_model),
        plan=None if by_model or not compiled else compiled.plan,
        masked=verdict.masked,
        filtered=verdict.filtered,
        follow_ups=follow_ups_about(verdict.tables) if by_model or not compiled else compiled.follow_ups,
        result_id=execution.result_id,
    )


def _limited(words: str, verdict: Verdict, assumptions: Sequence[str]) -> str:
    """The words, with what was hidden and what was assumed."""
    return with_assumptions(with_limits(words, filtered=verdict.filtered, masked=verdict.masked), assumptions)


async def _with_what_is_unmeasured(found: Answer, context: Context) -> Answer:
    """The answer with a word on tables that were never measured: what they hold could not be looked up."""
    if not found.database:
        return found
    database = await context.databases.get(found.database)
    read = {each.id for each in found.evidence if each.kind == "table"} if found.sql else set(database.catalog.by_text)
    told = words_of_unmeasured(database.catalog, database.profile, read, name=database.name)
    if not told:
        return found
    update = {"assumptions": [*found.assumptions, told]} if found.sql else {"answer": f"{found.answer} {told}"}
    return found.model_copy(update=update)


async def _in_words(found: Answer, plan: Plan, state: Reads, context: Context) -> Answer:
    """The answer as a plan's: worded by what was asked, with units, and drawn where people would rather look."""
    execution, verdict = state["execution"], state["verdict"]
    result = execution.result or Result(columns=[], rows=[])
    database = await context.databases.get(state["grounding"].database)
    words = words_of_plan(plan, result, row_count=execution.row_count, datapoints=database.datapoints)
    chart = chart_of(result, row_count=execution.row_count, question=state["intent"].text, plan=plan)
    empty = words_of_emptiness(plan, result, database.profile, context.clock.now())
    told = {"answer": _limited(" ".join(filter(None, [words, empty])), verdict, found.assumptions)} if words else {}
    return found.model_copy(update={"chart": chart, "understood": describe(plan), **told})


async def _as_written(found: Answer, state: Reads, context: Context) -> Answer:
    """The answer of a metric that has SQL of its own, worded by its definition."""
    execution, verdict = state["execution"], state["verdict"]
    database = await context.databases.get(state["grounding"].database)
    named = {each.id for each in found.evidence if each.kind == "metric"}
    metric = next(
        (each for each in database.datapoints if isinstance(each, MetricDataPoint) and each.id in named), None
    )
    result = execution.result or Result(columns=[], rows=[])
    words = words_of_metric(metric, result, row_count=execution.row_count) if metric else None
    return found.model_copy(update={"answer": _limited(words, verdict, found.assumptions)}) if words else found


ENDINGS: tuple[Callable[[Reads], Answer | None], ...] = (
    _reply,
    _unclear,
    _told,
    _undrafted,
    _cancelled,
    _refused,
    _stopped,
    _executed,
)
"""In this order, because what comes earlier ended the turn before what comes later could happen."""


def _factors(state: Reads) -> dict[str, float]:
    drafts, execution, verdict = state.get("drafts", []), state.get("execution"), state.get("verdict")
    if drafts and execution and verdict:
        return factors_of_draft(
            drafts[-1],
            repairs=len(drafts) - 1,
            truncated=bool(execution.result and execution.result.truncated),
            empty=execution.row_count == 0,
            used=verdict.tables,
            found=state["grounding"].tables if "grounding" in state else [],
        )
    compiled = state.get("compiled")
    return factors_of_compiled(compiled) if compiled else {}


def _assumptions(state: Reads) -> list[str]:
    drafts, compiled, verdict = state.get("drafts", []), state.get("compiled"), state.get("verdict")
    made = drafts[-1].assumptions if drafts else compiled.assumptions if compiled else []
    cut = verdict.limit_added if verdict else None
    execution = state.get("execution")
    full = cut and execution and execution.row_count >= cut
    cells = execution.result.cut_cells if execution and execution.result else 0
    read = [f"At most {cut:,} rows were read."] if full else []
    return [*made, *read, *([f"{cells:,} {'cell was' if cells == 1 else 'cells were'} cut."] if cells else [])]


def _evidence(state: Reads, tables: Sequence[str], told: Sequence[Evidence]) -> list[Evidence]:
    """What the compiler told, then the tables that were read, each once."""
    found = {each.table: each.score for each in state["grounding"].tables} if "grounding" in state else {}
    read = [Evidence(kind="table", id=name, score=found.get(name)) for name in tables]
    return [*(each for each in told if each.kind != "table" or each.id not in tables), *read]


def _abstained(state: Reads, words: str) -> Answer:
    compiled = settled(state)
    return Answer(
        status="abstain",
        answer=words,
        database=_database(state),
        dialect=_dialect(state),
        follow_ups=compiled.follow_ups if compiled else [],
        plan=compiled.plan if compiled else None,
        confidence_factors={"plan": compiled.confidence} if compiled and compiled.plan else {},
    )


def _failed(state: Reads, status: Status, failure: Failure, *, words: str = "") -> Answer:
    verdict = state.get("verdict")
    told = " ".join(each for each in (words or failure.message, failure.hint) if each)
    return Answer(
        status=status,
        answer=told,
        sql=_statement(state) if status == "refused" else verdict.sql or None if verdict else None,
        database=_database(state),
        dialect=_dialect(state),
        error=failure,
    )


def _statement(state: Reads) -> str | None:
    drafts, compiled = state.get("drafts", []), state.get("compiled")
    return (drafts[-1].sql if drafts else compiled.sql if compiled else "") or None


def _database(state: Reads) -> str | None:
    return state["grounding"].database if "grounding" in state else None


def _dialect(state: Reads) -> str | None:
    return state["grounding"].dialect if "grounding" in state else None
