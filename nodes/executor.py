"""Run the statement that the guard accepted, once, and keep its result."""

from time import perf_counter

from langgraph.runtime import Runtime
from pydantic import JsonValue

from core.context import Context
from core.errors import DataChatError, LimitError, StatementError
from core.state import Checked, Ran, Retrieved
from core.values import Execution, Failure, Result
from tools.gate import run


class Reads(Retrieved, Checked):
    """The database and the accepted statement."""


async def executor(state: Reads, runtime: Runtime[Context]) -> Ran:
    """Run the statement; a refusal by the database is a finding, an unreachable database an UpstreamError."""
    context, verdict = runtime.context, state["verdict"]
    database = await context.databases.get(state["grounding"].database)
    context.tell({"type": "sql", "sql": verdict.sql, "dialect": database.connector.dialect})
    started = perf_counter()
    try:
        result = await run(verdict, database, context, limits=context.limits)
    except (StatementError, LimitError) as error:
        return {"execution": _failed(error, attempt=verdict.attempt, started=started)}
    preview = result.preview()
    execution = Execution(
        result=preview,
        result_id=None if preview is result else await context.results.put(result),
        row_count=len(result.rows),
        attempt=verdict.attempt,
        ms=_since(started),
    )
    context.tell({"type": "rows", **_rows_event(execution, preview)})
    return {"execution": execution}


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
