"""Says of a period in which nothing is found that it lies before what was measured, or ahead."""

from datetime import datetime

from core.catalog import TableName
from core.profile import Profile
from core.values import Cell, Result
from core.values.plans import Plan

DAY = len("2026-01-31")


def words_of_emptiness(plan: Plan, result: Result, profile: Profile, now: datetime) -> str:
    """One sentence; empty where something was found, or nothing is known of the time."""
    period = plan.time
    if period is None or any(_tells(cell) for row in result.rows for cell in row):
        return ""
    if period.start and period.start > now.isoformat():
        return "This time has not begun yet."
    schema, _, table = period.column.table.rpartition(".")
    measured = profile.tables.get(TableName(schema, table))
    column = measured.column(period.column.column) if measured else None
    first = str(column.minimum)[:DAY] if column and column.minimum else ""
    if not (first and period.end and period.end[:DAY] <= first):
        return ""
    return f"As far as it was measured, {table} begins on {first}."


def _tells(cell: Cell) -> bool:
    return bool(cell) and str(cell) not in ("0", "0.0")
