"""The answer to a metric whose SQL somebody has written, by its name, unit and format."""

from collections.abc import Sequence

from apex.wording.formats import form_of
from apex.wording.quantities import quantity
from apex.wording.units import metric_format, metric_unit
from apex.words import spoken_cell
from core.values import Result, ResultColumn, Row
from datapoints.kinds.metric import MetricDataPoint

VALUE = "value"
"""What its column is called."""
LISTED_ROWS = 10


def words_of_metric(metric: MetricDataPoint, result: Result, *, row_count: int) -> str | None:
    """One sentence; None where its rows are many, or tell no value."""
    names = [column.name for column in result.columns]
    if VALUE not in names or not 0 < row_count == len(result.rows) <= LISTED_ROWS or result.truncated:
        return None
    told = "; ".join(_row(metric, result.columns, row) for row in result.rows)
    return f"{metric.name}: {told}."


def _row(metric: MetricDataPoint, columns: Sequence[ResultColumn], row: Row) -> str:
    unit, form = metric_unit(metric.id, [metric]), form_of(metric_format(metric.id, [metric]))
    cells = zip(columns, row, strict=True)
    return ", ".join(
        quantity(cell, column, unit, form).words if column.name == VALUE else spoken_cell(column, cell)
        for column, cell in cells
    )
