"""The gate that every statement of a question passes, whoever wrote it: judged, weighed, audited, and run in limits."""

from contextlib import suppress
from hashlib import sha256
from time import perf_counter

from pydantic_core import to_json

from core.context import Context
from core.errors import DataChatError, LimitError, StatementError, UpstreamError
from core.ports import Database
from core.values import AuditedOutcome, AuditStatus, Estimate, Limits, Result, Spent, Verdict, Violation
from sql.budget import cheaper, first_rows, known_rows, weigh
from sql.guard import guard


async def judge(written: str, database: Database, context: Context, *, limits: Limits) -> Verdict:
    """What the guard says of a statement, with what it is expected to take; a refusal is noted in the audit."""
    dialect = database.connector.dialect
    verdict = guard(written, dialect=dialect, catalog=database.catalog, policy=database.access)
    verdict = verdict.model_copy(update={"written": written})
    if verdict.ok:
        verdict = await _weighed(verdict, database, context, limits)
    if not verdict.ok:
        await context.audit.refused(verdict.audited(database.name))
    return verdict


async def run(verdict: Verdict, database: Database, context: Context, *, limits: Limits) -> Result:
    """Run an accepted statement once; how it ends is in the audit, whatever it raises."""
    line = await context.audit.begin(verdict.audited(database.name))
    started = perf_counter()
    try:
        result = await database.connector.run(verdict.sql, limits=limits)
    except (StatementError, LimitError) as error:
        await context.audit.end(line, _audited_failure(error, started=started))
        raise
    except BaseException as error:
        # What is cancelled or lost goes on as it came, whether or not that can be noted.
        with suppress(UpstreamError):
            await context.audit.end(line, _audited_failure(error, started=started))
        raise
    finally:
        await _spend(context, verdict, started=started)
    await context.audit.end(line, _audited(result, started=started))
    return result


async def _weighed(verdict: Verdict, database: Database, context: Context, limits: Limits) -> Verdict:
    """The verdict with what the statement is expected to take, which may be a reason to refuse or to look at it."""
    estimate = await _estimate(verdict, database, context, limits)
    spent = await context.spending.today() if context.spending else None
    # Whom a policy restricts must not learn from a size what is hidden.
    open_to_all = database.access is None
    weighed = weigh(estimate, limits=limits, budgets=context.budgets, spent=spent, numbers=open_to_all)
    if not weighed.refusal:
        return verdict.model_copy(update={"estimate": estimate, "doubt": weighed.doubt})
    hint = cheaper(verdict.written, tables=verdict.tables, catalog=database.catalog)
    limit = Violation(rule="limit", message=f"The statement takes too much: {weighed.refusal}.", hint=hint)
    return verdict.model_copy(update={"estimate": estimate, "ok": False, "violations": [limit]})


async def _estimate(verdict: Verdict, database: Database, context: Context, limits: Limits) -> Estimate:
    """By the catalog's statistics while these show that little is read, so that no statement is spent on it."""
    bounds = (context.budgets.estimate_above, limits.scan_rows, context.budgets.rows)
    few = min(bound for bound in bounds if bound is not None)
    known = known_rows(verdict.tables, database.catalog)
    if known is not None and known <= few:
        return Estimate(rows=known)
    # Only then, for it reads the statement once more.
    taken = first_rows(verdict.sql, catalog=database.catalog)
    if taken is not None and taken <= few:
        return Estimate(rows=taken)
    try:
        expected = await database.connector.estimate(verdict.sql, limits=limits)
    except (StatementError, LimitError):
        # What the database cannot plan, it will refuse with a reason.
        expected = None
    expected = expected or Estimate()
    return expected.model_copy(update={"rows": known}) if expected.rows is None else expected


async def _spend(context: Context, verdict: Verdict, *, started: float) -> None:
    """Add to what the user has spent today; that this cannot be noted is no reason to withhold an answer."""
    expected = verdict.estimate or Estimate()
    if context.spending:
        amounts = {name: amount or 0 for name, amount in expected}
        with suppress(UpstreamError):
            await context.spending.add(Spent(**amounts, seconds=perf_counter() - started))


def _audited(result: Result, *, started: float) -> AuditedOutcome:
    names = [column.name for column in result.columns]
    return AuditedOutcome(
        status="ok",
        rows=len(result.rows),
        truncated=result.truncated,
        result_hash=sha256(to_json([names, result.rows])).hexdigest(),
        ms=_since(started),
    )


def _audited_failure(error: BaseException, *, started: float) -> AuditedOutcome:
    """A statement that was cut off may have run or not; only the database's own refusal is certain."""
    code = error.code if isinstance(error, DataChatError) else type(error).__name__
    certain: AuditStatus = "limit" if isinstance(error, LimitError) else "failed"
    known = isinstance(error, StatementError | LimitError) or code == "busy"
    return AuditedOutcome(status=certain if known else "unknown", error=code, ms=_since(started))


def _since(started: float) -> float:
    return round((perf_counter() - started) * 1000, 3)
