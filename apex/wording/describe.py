"""A plan as one line that a person can check: what is asked, of which rows, in which order."""

from collections.abc import Iterator, Sequence

from core.values.plans import (
    Arithmetic,
    ColumnOf,
    Combination,
    Combined,
    Comparison,
    Condition,
    Elapsed,
    Expression,
    Grained,
    Literally,
    Measure,
    Negation,
    Order,
    Plan,
    Related,
    Scalar,
    TimeRange,
    Within,
    Written,
)

_AGGREGATES = {
    "count": "number", "sum": "sum", "avg": "average", "min": "lowest", "max": "highest", "median": "median",
    "stddev": "standard deviation",
}  # fmt: skip
_SETS = {"both": "and also", "either": "or", "without": "but not"}


def describe(plan: Plan) -> str:
    """`sum of orders.total by region where status = 'paid', last month, highest first, top 10`."""
    words = f"{_asked(plan)}{_conditions(plan)}"
    return ", ".join([words, *_rest(plan)])


def _asked(plan: Plan) -> str:
    about = plan.table
    values = [output.value for output in plan.outputs]
    keys = [value for value in values if not has_measure(value)]
    measures = [value for value in values if has_measure(value)]
    told = [expression_words(value, about) for value in measures]
    if not measures:
        rows = f"{'different ' if plan.distinct else ''}{_listed([expression_words(each, about) for each in keys])}"
        return f"{rows} of {bare(about)}"
    grouped = [expression_words(each, about) for each in (*keys, *plan.group)]
    by = f" by {_listed(grouped)}" if grouped else ""
    return f"{_listed(told)}{by}{' (also where there are none)' if plan.zeros else ''}"


def _conditions(plan: Plan) -> str:
    told: list[str] = []
    if plan.where:
        told.append(f" where {condition_words(plan.where, plan.table)}")
    if plan.having:
        told.append(f" with {bound_words(plan, plan.having)}")
    return "".join(told)


def _rest(plan: Plan) -> Iterator[str]:
    if plan.time:
        yield time_words(plan.time)
    if plan.compared:
        yield f"compared with {plan.compared.words or time_words(plan.compared.time)}"
    if plan.combined:
        yield _combined(plan.combined)
    yield from (order_words(each, plan) for each in plan.order)
    decimals = next((each.decimals for each in plan.outputs if each.decimals is not None), None)
    if decimals is not None:
        yield f"rounded to {decimals} decimal{'s' if decimals != 1 else ''}"
    if plan.limit is not None:
        yield _first(plan)


def _first(plan: Plan) -> str:
    if not plan.order:
        return f"{plan.limit} of them"
    last = plan.skip + (plan.limit or 0)
    first = f"top {plan.limit}" if not plan.skip else f"number {plan.skip + 1}{f' to {last}' * (last > plan.skip + 1)}"
    each = f" of each {_listed([expression_words(value, plan.table) for value in plan.firsts_of])}"
    return f"{first}{each * bool(plan.firsts_of)}{' and those equal to the last' * plan.ties}"


def time_words(time: TimeRange) -> str:
    """The period as it was asked for, else by its dates."""
    if time.words:
        return time.words
    if time.start and time.end:
        return f"{time.start} to before {time.end}"
    return f"from {time.start}" if time.start else f"before {time.end}"


def _combined(combined: Combined) -> str:
    return f"{_SETS[combined.kind]} ({describe(combined.plan)})"


def order_words(order: Order, plan: Plan) -> str:
    """What comes first."""
    first = next((output.value for output in plan.outputs if has_measure(output.value)), None)
    if order.by == first and isinstance(order.by, Measure):
        return "highest first" if order.descending else "lowest first"
    return f"by {expression_words(order.by, plan.table)}{' descending' if order.descending else ''}"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def expression_words(value: Expression, about: str = "") -> str:
    """An expression; columns of the table that is spoken about stand without it."""
    match value:
        case ColumnOf():
            return column_words(value, about)
        case Literally():
            return constant_words(value)
        case Grained():
            return f"{value.grain} of {column_words(value.of, about)}"
        case Elapsed():
            return f"{value.unit}s from {column_words(value.start, about)} to {column_words(value.end, about)}"
        case Arithmetic():
            return _calculated(value, about)
        case Measure():
            return _measure(value, about)
        case Written():
            return value.words or value.sql
        case Scalar():
            return f"({describe(value.plan)})"


def column_words(column: ColumnOf, about: str = "") -> str:
    """`country`, or `customers.country` where another table is spoken about, and how that is reached."""
    name = column.column if column.table == about else f"{bare(column.table)}.{column.column}"
    return f"{name} (by {bare(column.via)})" if column.via else name


def constant_words(value: Literally) -> str:
    """A constant as SQL shows it."""
    if value.value is None:
        return "nothing"
    return f"'{value.value}'" if isinstance(value.value, str) else str(value.value)


def has_measure(value: Expression) -> bool:
    """Whether an aggregate stands in an expression."""
    if isinstance(value, Arithmetic):
        return has_measure(value.left) or has_measure(value.right)
    return isinstance(value, Measure)


def bare(name: str) -> str:
    """A name without what stands before its last dot."""
    return name.rpartition(".")[2]


def _calculated(value: Arithmetic, about: str) -> str:
    sides = [
        f"({words})" if isinstance(side, Arithmetic) else words
        for side in (value.left, value.right)
        if (words := expression_words(side, about))
    ]
    return f" {value.operator} ".join(sides)


def _measure(value: Measure, about: str) -> str:
    kept = f" where {condition_words(value.where, about)}" if value.where else ""
    if value.metric:
        return f"{bare(value.metric).replace('_', ' ')}{kept}"
    if value.of is None:
        return f"number of {bare(value.table or about)}{kept}"
    of = expression_words(value.of, "")
    different = "different " if value.distinct else ""
    return f"{_AGGREGATES[value.aggregate]} of {different}{of}{kept}"


def bound_words(plan: Plan, having: Condition) -> str:
    """What holds of groups; a measure that is shown is called as it is there: `revenue > 1000`."""
    words = condition_words(having, plan.table)
    for output in plan.outputs:
        if output.name and has_measure(output.value):
            words = words.replace(expression_words(output.value, plan.table), output.name.replace("_", " "))
    return words


def condition_words(condition: Condition, about: str = "") -> str:
    """`status = 'paid' and not (country is unknown)`."""
    match condition:
        case Comparison():
            return _comparison(condition, about)
        case Within():
            return f"{expression_words(condition.left, about)} among ({describe(condition.plan)})"
        case Related():
            return f"there are {_related(condition)}"
        case Written():
            return condition.words or condition.sql
        case Negation() if isinstance(condition.of, Related):
            return f"there are no {_related(condition.of)}"
        case Negation(of=Comparison(operator="is null") as lacking):
            return f"{expression_words(lacking.left, about)} is known"
        case Negation():
            return f"not ({condition_words(condition.of, about)})"
        case Combination():
            word = " and " if condition.kind == "all" else " or "
            return word.join(_part(each, about, alone=len(condition.of) == 1) for each in condition.of)


def _related(condition: Related) -> str:
    kept = f" with {condition_words(condition.where, condition.table)}" if condition.where else ""
    by = f" (by {bare(condition.via)})" if condition.via else ""
    return f"{bare(condition.table)}{by}{kept}"


def _part(condition: Condition, about: str, *, alone: bool) -> str:
    words = condition_words(condition, about)
    return f"({words})" if isinstance(condition, Combination) and not alone else words


def _comparison(condition: Comparison, about: str) -> str:
    left = expression_words(condition.left, about)
    right = [_side(each, about) for each in condition.right]
    if condition.operator == "is null":
        return f"{left} is unknown"
    if condition.operator == "between":
        return f"{left} between {' and '.join(right)}"
    if condition.operator == "in":
        return f"{left} in ({', '.join(right)})"
    return f"{left} {condition.operator} {', '.join(right)}"


def _side(value: Expression, about: str) -> str:
    return constant_words(value) if isinstance(value, Literally) else expression_words(value, about)
