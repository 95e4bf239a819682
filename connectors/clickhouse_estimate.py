"""What ClickHouse expects to read for a statement: parts of MergeTree tables, after primary keys and partitions."""

from core.values import Cell, Estimate, Result

EXPLAIN = "EXPLAIN ESTIMATE "


def estimate(plan: Result) -> Estimate | None:
    """All rows of the parts that are read; None where no table is of the MergeTree family."""
    names = [column.name for column in plan.columns]
    if not plan.rows or "rows" not in names:
        return None
    place = names.index("rows")
    return Estimate(rows=sum(_whole(row[place]) for row in plan.rows))


def _whole(cell: Cell) -> int:
    return int(cell) if isinstance(cell, int | float | str) else 0
