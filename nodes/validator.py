"""The gate in the graph: no statement passes that the guard does not accept."""

from langgraph.runtime import Runtime

from core.catalog import Catalog
from core.context import Context
from core.state import Checked, Drafted, Planned, Retrieved, Reviewed
from core.values import Draft, Limits, Verdict
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
    doubt = _doubt(verdict, database.catalog, drafts, runtime.context.limits) if verdict.ok else ""
    judged = verdict.model_copy(update={"attempt": len(drafts), "doubt": doubt, "written": written})
    if not judged.ok:
        await runtime.context.audit.refused(judged.audited(database.name))
    return {"verdict": judged}


def _statement(state: Reads) -> str:
    drafts = state.get("drafts", [])
    reviewed = state.get("reviewed")
    if reviewed and reviewed.choice == "edit" and reviewed.attempt == len(drafts):
        return reviewed.sql
    return drafts[-1].sql if drafts else state["compiled"].sql


def _doubt(verdict: Verdict, catalog: Catalog, drafts: list[Draft], limits: Limits) -> str:
    if drafts and drafts[-1].confidence < limits.review_below:
        return f"the model is only {drafts[-1].confidence:.0%} sure of it (review below {limits.review_below:.0%})"
    sizes = {str(table.full_name): table.row_estimate or 0 for table in catalog.tables}
    scanned = sum(sizes.get(name, 0) for name in verdict.tables)
    if scanned > limits.scan_rows:
        return f"it reads tables of about {scanned:,} rows in all (review above {limits.scan_rows:,})"
    return ""
