"""What the columns of a result are called: as a person would call them, each name once."""

from collections.abc import Iterable, Sequence
from itertools import chain, count

from apex.compile.target import Target
from core.values.plans import (
    Arithmetic,
    ColumnOf,
    Comparison,
    Condition,
    Elapsed,
    Expression,
    Grained,
    Literally,
    Measure,
    Output,
    Written,
)

_AGGREGATES = {
    "sum": "total", "avg": "average", "min": "minimum", "max": "maximum", "median": "median", "stddev": "deviation"
}  # fmt: skip

_READS_OUTPUTS = frozenset({"clickhouse"})
"""Dialects in which a name in WHERE or in an aggregate means the output of that name first."""


def names_of(outputs: Sequence[Output], target: Target) -> list[str]:
    """The name of each output: the one it has, else one that says what it is."""
    wanted = [_stored(output, target) or output.name or name_of(output.value) for output in outputs]
    named: list[str] = []
    for output, name in zip(outputs, wanted, strict=True):
        doubled = sum(each.lower() == name.lower() for each in wanted) > 1 and isinstance(output.value, ColumnOf)
        longer = f"{_bare(output.value.table)}_{name}" if doubled and isinstance(output.value, ColumnOf) else name
        named.append(_free(longer, {each.lower() for each in named} | _columns_beside(output, outputs, target)))
    return named


def _stored(output: Output, target: Target) -> str:
    """A column's own name, as it is stored."""
    if output.name or not isinstance(output.value, ColumnOf):
        return ""
    attribute = target.model.attribute(output.value)
    return attribute.name if attribute else output.value.column


def name_of(value: Expression) -> str:
    """A name for an expression: `total_amount`, `orders_count`, `month`."""
    match value:
        case ColumnOf():
            return value.column
        case Measure():
            return _measure_name(value)
        case Grained():
            return value.grain.replace(" ", "_")
        case Elapsed():
            return f"{value.unit}s"
        case Arithmetic(operator="/", left=Arithmetic(operator="*", left=Literally(value=100))):
            return "percentage"
        case Arithmetic():
            return {"/": "ratio", "-": "difference", "+": "sum", "*": "product"}[value.operator]
        case Literally() | Written():
            return "value"
        case _:
            return name_of(value.plan.outputs[0].value)


def _measure_name(measure: Measure) -> str:
    if measure.metric:
        return measure.metric.rpartition(".")[2]
    kept = _value_of(measure.where)
    return f"{kept}_{_bare_name(measure)}" if kept else _bare_name(measure)


def _value_of(condition: Condition | None) -> str:
    """The word that a condition keeps rows with, where it is one: `paid_orders_count`."""
    equal = isinstance(condition, Comparison) and condition.operator == "=" and len(condition.right) == 1
    value = condition.right[0] if equal and isinstance(condition, Comparison) else None
    word = value.value if isinstance(value, Literally) else None
    return word.lower() if isinstance(word, str) and word.isidentifier() else ""


def _bare_name(measure: Measure) -> str:
    if measure.of is None:
        return f"{_bare(measure.table)}_count" if measure.table else "row_count"
    about = name_of(measure.of)
    if measure.aggregate == "count":
        return f"different_{about}_count" if measure.distinct else f"{about}_count"
    return f"{_AGGREGATES[measure.aggregate]}_{about}"


def _bare(table: str) -> str:
    return table.rpartition(".")[2]


def _columns_beside(output: Output, outputs: Sequence[Output], target: Target) -> set[str]:
    """Stored columns that a calculated output must not be called like, for some engines then read the output."""
    if isinstance(output.value, ColumnOf) or (output.name and target.dialect not in _READS_OUTPUTS):
        return set()
    tables = {value.table for each in outputs for value in _columns(each.value)}
    entities = (target.model.entity(table) for table in tables)
    return {name.lower() for entity in entities if entity for name in entity.attributes}


def _columns(value: Expression) -> Iterable[ColumnOf]:
    match value:
        case ColumnOf():
            return (value,)
        case Grained():
            return (value.of,)
        case Elapsed():
            return (value.start, value.end)
        case Arithmetic():
            return (*_columns(value.left), *_columns(value.right))
        case Measure():
            return _columns(value.of) if value.of else ()
        case _:
            return ()


def _free(name: str, taken: set[str]) -> str:
    candidates = chain([name], (f"{name}_{number}" for number in count(2)))
    return next(each for each in candidates if each.lower() not in taken)
