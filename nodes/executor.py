"""Run the statement that the guard accepted, once, and keep its result."""

from contextlib import suppress
from hashlib import sha256
from time import perf_counter

from langgraph.runtime import Runtime
from pydantic import JsonValue
from pydantic_core import to_json

from core.context import Context
from core.errors import DataChatError, LimitError, StatementError, UpstreamError
from core.state import Checked, Ran, Retrieved
from core.values import AuditedOutcome, AuditStatus, Estimate, Execution, Failure, Result, Spent, Verdict


class Reads(Retrieved, Checked):
    """The database and the accepted statement."""


async def executor(state: Reads, runtime: Runtime[Context]) -> Ran:
    """Run the statement; a refusal by the database is a finding, an unreachable database an UpstreamError."""
    context, verdict = runtime.context, state["verdict"]
    database = await context.databases.get(state["grounding"].database)
    runtime.context.tell({"type": "sql", "sql": verdict.sql, "dialect": database.connector.dialect})
    line = await context.audit.begin(verdict.audited(database.name))
    started = perf_counter()
    try:
        result = await database.connector.run(verdict.sql, limits=context.limits)
    except (StatementError, LimitError) as error:
        await context.audit.end(line, _audited_failure(error, started=started))
        return {"execution": _failed(error, attempt=verdict.attempt, started=started)}
    except BaseException as error:
        # What is cancelled or lost goes on as it came, whether or not that can be noted.
        with suppress(UpstreamError):
            await context.audit.end(line, _audited_failure(error, started=started))
        raise
    finally:
        await _spend(context, verdict, started=started)
    await context.audit.end(line, _audited(result, started=started))
    preview = result.preview()
    execution = Execution(
        result=preview,
        result_id=None if preview is result else await context.results.put(result),
        row_count=len(result.rows),
        attempt=verdict.attempt,
        ms=_since(started),
    )
    runtime.context.tell({"type": "rows", **_rows_event(execution, preview)})
    return {"execution": execution}


async def _spend(context: Context, verdict: Verdict, *, started: float) -> None:
    """Add to what the user has spent today; that this cannot be noted is no reason to withhold an answer."""
    expected = verdict.estimate or Estimate()
    if context.spending:
        amounts = {name: amount or 0 for name, amount in expected}
        with suppress(UpstreamError):
            await context.spending.add(Spent(**amounts, seconds=_since(started) / 1000))


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


def _failed(error: DataChatError, *, attempt: int, started: float) -> Execution:
    return Execution(
        failure=Failure(code=error.code, message=error.message, hint=error.hint),
        repairable=isinstance(error, StatementError),
        attempt=attempt,
        ms=_since(started),
    )


def _rows_event(execution: Execution, preview: Result) -> dict[str, JsonValue]:
    columns: JsonValue = [{"name": column.name, "type": column.type} for column in preview.columns]
    rows: JsonValue = [list(row) for row in preview.rows]
    return {"columns": columns, "rows": rows, "row_count": execution.row_count, "truncated": preview.truncated}


def _since(started: float) -> float:
    return round((perf_counter() - started) * 1000, 3)
