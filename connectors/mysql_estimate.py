"""What MySQL's or MariaDB's optimizer expects of a statement, read from its plan without running it."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from core.values import Cell, Estimate, Result

EXPLAIN = "EXPLAIN "


def estimate(plan: Result) -> Estimate | None:
    """All rows that are examined; None for a plan without tables."""
    names = [column.name.lower() for column in plan.columns]
    steps = [dict(zip(names, row, strict=True)) for row in plan.rows]
    if "rows" not in names or not any(step["rows"] is not None for step in steps):
        return None
    parts = groupby(steps, key=lambda step: str(step.get("id")))
    return Estimate(rows=round(sum(_examined(list(part)) for _, part in parts)))


def _examined(steps: Sequence[Mapping[str, Cell]]) -> float:
    """Rows that one SELECT examines: every table is read once for each row that the tables before it leave."""
    left, examined, largest = 1.0, 0.0, 0.0
    for step in steps:
        rows = _number(step.get("rows"))
        buffered = "join buffer" in str(step.get("extra"))
        examined += rows if buffered else left * rows
        left *= rows * _number(step.get("filtered"), 100.0) / 100
        largest = max(largest, left)
    return max(examined, largest)


def _number(cell: Cell, absent: float = 0.0) -> float:
    return float(cell) if isinstance(cell, int | float | str) else absent
