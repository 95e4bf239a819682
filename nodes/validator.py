"""The gate in the graph: no statement passes that the guard does not accept."""

from langgraph.runtime import Runtime

from core.context import Context
from core.errors import LimitError, StatementError
from core.ports import Database
from core.state import Checked, Drafted, Planned, Retrieved, Reviewed
from core.values import Draft, Estimate, Limits, Verdict, Violation
from sql.budget import cheaper, first_rows, known_rows, weigh
from sql.guard import guard


class Reads(Retrieved, Planned, Drafted, Reviewed, total=False):
    """The statement at hand: a person's edit, else the last draft, else what was compiled."""


async def validator(state: Reads, runtime: Runtime[Context]) -> Checked:
    """Judge the statement, and say whether a person should see it before it runs."""
    grounding = state["grounding"]
    database = await runtime.context.databases.get(grounding.database)
    drafts = state.get("drafts", [])
    written = _statement(state)
    verdict = guard(written, dialect=grounding.dialect, catalog=database.catalog, policy=database.access)
    judged = verdict.model_copy(update={"attempt": len(drafts), "written": written})
    if judged.ok:
        judged = await _weighed(judged, database, runtime.context)
        judged = judged.model_copy(update={"doubt": judged.doubt or _doubt(drafts, runtime.context.limits)})
    if not judged.ok:
        await runtime.context.audit.refused(judged.audited(database.name))
    return {"verdict": judged}


def _statement(state: Reads) -> str:
    drafts = state.get("drafts", [])
    reviewed = state.get("reviewed")
    if reviewed and reviewed.choice == "edit" and reviewed.attempt == len(drafts):
        return reviewed.sql
    return drafts[-1].sql if drafts else state["compiled"].sql


async def _weighed(verdict: Verdict, database: Database, context: Context) -> Verdict:
    """The verdict with what the statement is expected to take, which may be a reason to refuse or to look at it."""
    estimate = await _estimate(verdict, database, context)
    spent = await context.spending.today() if context.spending else None
    # Whom a policy restricts must not learn from a size what is hidden.
    open_to_all = database.access is None
    weighed = weigh(estimate, limits=context.limits, budgets=context.budgets, spent=spent, numbers=open_to_all)
    if not weighed.refusal:
        return verdict.model_copy(update={"estimate": estimate, "doubt": weighed.doubt})
    hint = cheaper(verdict.written, tables=verdict.tables, catalog=database.catalog)
    limit = Violation(rule="limit", message=f"The statement takes too much: {weighed.refusal}.", hint=hint)
    return verdict.model_copy(update={"estimate": estimate, "ok": False, "violations": [limit]})


async def _estimate(verdict: Verdict, database: Database, context: Context) -> Estimate:
    """By the catalog's statistics while these show that little is read, so that no statement is spent on it."""
    bounds = (context.budgets.estimate_above, context.limits.scan_rows, context.budgets.rows)
    few = min(bound for bound in bounds if bound is not None)
    known = known_rows(verdict.tables, database.catalog)
    if known is not None and known <= few:
        return Estimate(rows=known)
    # Only then, for it reads the statement once more.
    taken = first_rows(verdict.sql, catalog=database.catalog)
    if taken is not None and taken <= few:
        return Estimate(rows=taken)
    try:
        expected = await database.connector.estimate(verdict.sql, limits=context.limits)
    except (StatementError, LimitError):
        # What the database cannot plan, it will refuse with a reason.
        expected = None
    expected = expected or Estimate()
    return expected.model_copy(update={"rows": known}) if expected.rows is None else expected


def _doubt(drafts: list[Draft], limits: Limits) -> str:
    if drafts and drafts[-1].confidence < limits.review_below:
        return f"the model is only {drafts[-1].confidence:.0%} sure of it (review below {limits.review_below:.0%})"
    return ""
