"""The unit of an output: what a DataPoint says, else what the name of the column does."""

from collections.abc import Iterable, Mapping
from functools import cache

from apex.names import common_form, words_of
from apex.sections import sections_of
from core.datapoint import DataPoint
from core.values.plans import Arithmetic, ColumnOf, Expression, Measure
from datapoints.kinds.column import ColumnDataPoint
from datapoints.kinds.metric import MetricDataPoint
from datapoints.kinds.table import TableDataPoint

SHARE = "% of 1"
"""The unit of a number of which 1 is 100 %."""
_UNITLESS = frozenset({"count"})


def unit_of(value: Expression, datapoints: Iterable[DataPoint] = ()) -> str:
    """`EUR`, `%`, `kg`; empty where none is known."""
    match value:
        case Measure():
            told = _of_metric(value.metric, datapoints) if value.metric else ""
            if told or value.aggregate in _UNITLESS or value.of is None:
                return told
            return unit_of(value.of, datapoints)
        case ColumnOf():
            return _of_column(value, datapoints) or _of_name(value.column)
        case Arithmetic() if value.operator in "+-":
            left, right = unit_of(value.left, datapoints), unit_of(value.right, datapoints)
            return left if left == right else ""
        case _:
            return ""


def metric_unit(metric: str, datapoints: Iterable[DataPoint]) -> str:
    """The unit that a metric's definition names."""
    return _of_metric(metric, datapoints)


def metric_format(metric: str, datapoints: Iterable[DataPoint]) -> str:
    """How a metric's definition writes its value."""
    found = _metric(metric, datapoints)
    return found.format if found else ""


def _metric(metric: str, datapoints: Iterable[DataPoint]) -> MetricDataPoint | None:
    return next((each for each in datapoints if isinstance(each, MetricDataPoint) and each.id == metric), None)


def _of_metric(metric: str, datapoints: Iterable[DataPoint]) -> str:
    found = _metric(metric, datapoints)
    if found is None:
        return ""
    return SHARE if _is_share(found) else found.unit


def _is_share(metric: MetricDataPoint) -> bool:
    """Whether 1 stands for all: one number divided by another, or shown by a format that multiplies by 100."""
    ratio = metric.unit == "%" and metric.execution is not None and metric.execution.type == "ratio"
    return ratio or (metric.unit in ("", "%") and "%" in metric.format)


def _of_column(column: ColumnOf, datapoints: Iterable[DataPoint]) -> str:
    for each in datapoints:
        if isinstance(each, ColumnDataPoint) and _is(each.table, column.table) and each.column == column.column:
            return each.unit
        if isinstance(each, TableDataPoint) and _is(each.table, column.table):
            noted = next((note.unit for note in each.columns if note.name == column.column), "")
            if noted:
                return noted
    return ""


def _is(written: str, table: str) -> bool:
    return written == table or ("." not in written and table.endswith(f".{written}"))


def _of_name(name: str) -> str:
    return next(
        (_units()[word] for word in reversed([common_form(each) for each in words_of(name)]) if word in _units()), ""
    )


def unit_named(word: str) -> str:
    """How a unit is written that a word names; empty where none is known."""
    return _units().get(common_form(word), "")


@cache
def _units() -> Mapping[str, str]:
    pairs = (line.partition(" = ") for line in sections_of("apex.wording", "units.txt")[""])
    return {common_form(word): unit for word, _, unit in pairs}
