"""Look at what close readings of a question would show, so that people choose by figures and not by words alone."""

from asyncio import gather

from langgraph.runtime import Runtime

from apex.reading.previews import Look, previewed
from core.context import Context
from core.errors import DataChatError
from core.ports import Database
from core.state import Looked, Planned, Retrieved
from core.values import Limits
from tools.gate import judge, run

ROWS, SECONDS, BYTES, CELL_BYTES, SCANNED = 100, 2.0, 200_000, 500, 5_000_000
"""What one look may take: it is an aside, for which nobody wants to wait or pay."""


class Reads(Retrieved, Planned):
    """The database and the readings."""


async def preview(state: Reads, runtime: Runtime[Context]) -> Looked:
    """Run every reading within small limits, through the same gate as any statement."""
    context, compiled = runtime.context, state["compiled"]
    database = await context.databases.get(state["grounding"].database)
    looks = await gather(*(_look(each.sql, database, context) for each in compiled.readings))
    return {"previewed": previewed(compiled, looks)}


async def _look(sql: str, database: Database, context: Context) -> Look:
    """One look; what the gate refuses, would rather have looked at, or the database fails at, is not shown."""
    limits = _small(context.limits)
    try:
        verdict = await judge(sql, database, context, limits=limits)
        if not verdict.ok or verdict.doubt:
            return Look(reason=verdict.doubt or verdict.because)
        result = await run(verdict, database, context, limits=limits)
    except DataChatError as error:
        return Look(reason=error.message)
    return Look(sql=verdict.sql, result=result, hidden=bool(verdict.masked))


def _small(limits: Limits) -> Limits:
    most = {"rows": ROWS, "seconds": SECONDS, "bytes": BYTES, "cell_bytes": CELL_BYTES, "scan_rows": SCANNED}
    return limits.model_copy(update={name: min(bound, getattr(limits, name)) for name, bound in most.items()})
