"""What a plan names, without what its nested plans name."""

from collections.abc import Iterable, Iterator

from apex.compile.written import written_columns
from core.values.plans import (
    Arithmetic,
    ColumnOf,
    Combination,
    Comparison,
    Condition,
    Elapsed,
    Expression,
    Grained,
    Literally,
    Measure,
    Negation,
    Plan,
    Related,
    Within,
    Written,
)


def columns_in(value: Expression | Condition | None) -> Iterator[ColumnOf]:
    """Every column of an expression or condition."""
    if isinstance(value, ColumnOf):
        yield value
    elif value is not None:
        for each in parts_of(value):
            yield from columns_in(each)


def measures_in(value: Expression | Condition | None) -> Iterator[Measure]:
    """Every aggregate."""
    if isinstance(value, Measure):
        yield value
    elif value is not None:
        for each in parts_of(value):
            yield from measures_in(each)


def loose_columns(value: Expression | Condition) -> Iterator[ColumnOf]:
    """The columns that stand outside of every aggregate."""
    if isinstance(value, ColumnOf):
        yield value
    elif not isinstance(value, Measure):
        for each in parts_of(value):
            yield from loose_columns(each)


def related_in(value: Expression | Condition | None) -> Iterator[Related]:
    """Every condition that rests on the plan's own table."""
    if isinstance(value, Related):
        yield value
    elif value is not None:
        for each in parts_of(value):
            yield from related_in(each)


def parts_of(value: Expression | Condition) -> Iterable[Expression | Condition]:
    """The parts of an expression or condition that belong to the same SELECT."""
    match value:
        case ColumnOf() | Literally():
            return ()
        case Grained() | Negation():
            return (value.of,)
        case Elapsed():
            return (value.start, value.end)
        case Arithmetic():
            return (value.left, value.right)
        case Measure():
            return tuple(each for each in (value.of, value.where) if each is not None)
        case Comparison():
            return (value.left, *value.right)
        case Within():
            return (value.left,)
        case Written():
            return written_columns(value)
        case Combination():
            return value.of
        case _:
            return ()


def expressions_of(plan: Plan) -> Iterator[Expression | Condition]:
    """Every expression and condition of a plan."""
    yield from (output.value for output in plan.outputs)
    yield from plan.group
    yield from plan.firsts_of
    yield from (order.by for order in plan.order)
    yield from (each for each in (plan.where, plan.having) if each is not None)
    if plan.time:
        yield plan.time.column


def measures_of(plan: Plan) -> list[Measure]:
    """The different aggregates of a plan, in order."""
    found: list[Measure] = []
    for part in expressions_of(plan):
        found += [each for each in measures_in(part) if each not in found]
    return found


def tables_of(plan: Plan) -> set[str]:
    """The tables that a plan names, nested plans left out."""
    columns = {column.table for part in expressions_of(plan) for column in columns_in(part)}
    return {plan.table} | columns | {each.table for each in measures_of(plan) if each.table}


def conjuncts(condition: Condition | None) -> list[Condition]:
    """The conditions all of which must hold."""
    if condition is None:
        return []
    if isinstance(condition, Combination) and condition.kind == "all":
        return [each for part in condition.of for each in conjuncts(part)]
    return [condition]


def together(conditions: Iterable[Condition]) -> Condition | None:
    """Several conditions that all hold, each once; None where there are none."""
    said: list[Condition] = []
    for each in conditions:
        if each not in said:
            said.append(each)
    return Combination(kind="all", of=said) if len(said) > 1 else next(iter(said), None)
