"""Charts by rules: which kind, which axes; drawn by whoever shows the answer."""

from collections.abc import Sequence

from pydantic import JsonValue

from apex.charts.asked import is_wanted, without_chart
from apex.charts.choice import MOST_SLICES, Choice, choose
from apex.charts.fields import fields_of
from apex.charts.vega import vega
from apex.wording.quantities import number_of
from core.values import Result, ResultColumn, Row
from core.values.plans import Arithmetic, Measure, Plan

LARGEST = 12_000
"""Characters of a chart that a checkpoint has room for."""


def chart_of(
    result: Result, *, row_count: int, question: str = "", plan: Plan | None = None
) -> dict[str, JsonValue] | None:
    """The chart of a result, where people would rather look than read; None for a table.

    Without being asked for, only what was counted or calculated is drawn, and only where all of it is there.
    """
    asked = is_wanted(question)
    whole = len(result.rows) == row_count and not result.truncated
    names = [column.name for column in result.columns]
    if len(set(names)) < len(names) or not (whole or asked):
        return None
    if not asked and plan is not None and not _measures(plan):
        return None
    rows = [[_drawn(*pair) for pair in zip(row, result.columns, strict=True)] for row in result.rows]
    choice = choose(fields_of(result.columns, rows), rows=len(rows), question=question)
    if choice is None or not _sound(choice, rows):
        return None
    chart = vega(choice, rows)
    return chart if len(str(chart)) <= LARGEST else None


def _measures(plan: Plan) -> bool:
    return any(isinstance(output.value, Measure | Arithmetic) for output in plan.outputs)


def _sound(choice: Choice, rows: Sequence[Row]) -> bool:
    """Whether there is something to draw; slices must be parts of a whole, and few."""
    cells = (row[choice.y.place] for row in rows)
    heights = [float(cell) for cell in cells if isinstance(cell, int | float)]
    if choice.kind == "pie":
        return 0 < len(heights) <= 4 * MOST_SLICES and all(height >= 0 for height in heights)
    return len(heights) > 0


def _drawn(cell: JsonValue, column: ResultColumn) -> JsonValue:
    """A number that came as text, for it has more digits than a double holds, is drawn as near as can be."""
    if not isinstance(cell, str) or column.type not in ("integer", "decimal", "float"):
        return cell
    number = number_of(cell)
    return None if number is None else float(number)


__all__ = ["Choice", "chart_of", "without_chart"]
