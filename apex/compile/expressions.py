"""Expressions of a plan as nodes of the tree."""

from sqlglot import exp

from apex.compile.aggregates import aggregated
from apex.compile.conditions import condition
from apex.compile.fragments import fragment
from apex.compile.literals import constant, moment
from apex.compile.moments import elapsed, grained
from apex.compile.nested import scalar
from apex.compile.operands import attribute_of, number
from apex.compile.refusal import RefusalError
from apex.compile.scope import Scope, Way
from apex.compile.walk import columns_in
from core.catalog import TableName
from core.values.plans import Arithmetic, ColumnOf, Elapsed, Expression, Grained, Literally, Measure, Scalar, Written

_OPERATORS: dict[str, type[exp.Binary]] = {"+": exp.Add, "-": exp.Sub, "*": exp.Mul}


def expression(value: Expression, scope: Scope) -> exp.Expr:
    """One expression; what a sub-select has calculated is taken from there."""
    known = next((node for each, node in scope.known if each == value), None)
    if known is not None:
        return known.copy()
    match value:
        case ColumnOf():
            return scope.column(value)
        case Literally():
            return moment(str(value.value), None, scope.target) if value.type else constant(value.value)
        case Grained():
            return grained(expression(value.of, scope), scope.attribute(value.of), value.grain, scope.target)
        case Elapsed():
            start, end = ((scope.column(each), scope.attribute(each)) for each in (value.start, value.end))
            return elapsed(start, end, value.unit, scope.target)
        case Arithmetic():
            return _calculated(value, scope)
        case Measure():
            return measured(value, scope)
        case Written():
            return fragment(value, scope)
        case Scalar():
            return scalar(value, scope)


def _calculated(value: Arithmetic, scope: Scope) -> exp.Expr:
    left, right = number(value.left, scope), number(value.right, scope)
    if value.operator == "/":
        return exp.Div(this=scope.target.double(left), expression=_divisor(value.right, right), typed=False, safe=False)
    return _OPERATORS[value.operator](this=_wrapped(left), expression=_wrapped(right))


def _divisor(value: Expression, written: exp.Expr) -> exp.Expr:
    """NULL instead of zero; a constant needs no such care, unless it is zero."""
    if isinstance(value, Literally) and value.value not in (0, 0.0):
        return written
    return exp.Nullif(this=written, expression=exp.Literal.number(0))


def _wrapped(node: exp.Expr) -> exp.Expr:
    return exp.Paren(this=node) if isinstance(node, exp.Binary) else node


def measured(measure: Measure, scope: Scope) -> exp.Expr:
    """An aggregate in a SELECT whose rows are those of its table, or are not multiplied for it."""
    ways = [way for column in columns_in(measure.of) if (way := multiplied(measure, column, scope)) is not None]
    if ways:
        raise RefusalError(
            "fan_out", f"{' -> '.join(str(edge.target) for edge in ways[0])} would be counted several times."
        )
    attribute = attribute_of(measure.of, scope) if measure.of else None
    kept = condition(measure.where, scope) if measure.where else None
    if measure.of is None:
        return _rows(measure, kept, scope)
    counted = measure.aggregate == "count"
    value = _only_where(expression(measure.of, scope) if counted else number(measure.of, scope), kept)
    return aggregated(measure.aggregate, value, distinct=measure.distinct, attribute=attribute, target=scope.target)


def multiplied(measure: Measure, column: ColumnOf, scope: Scope) -> Way | None:
    """The way by which a column is reached, where it would be met several times and that mattered."""
    if measure.distinct or measure.aggregate in ("min", "max") or any(each == column for each, _ in scope.known):
        return None
    way = scope.way(column)
    return way if any(edge.multiplies for edge in way) and way not in scope.opened else None


def _rows(measure: Measure, kept: exp.Expr | None, scope: Scope) -> exp.Expr:
    """Rows counted: by their key, where the SELECT shows each of them several times."""
    home = scope.target.model.table(measure.table) if measure.table and measure.distinct else None
    other = home.full_name if home and home.full_name != scope.root else None
    if other or any(edge.multiplies for way in scope.opened for edge in way):
        name = _single_key(other or scope.root, scope)
        key = expression(ColumnOf(table=str(other), column=name), scope) if other else scope.at((), name)
        return exp.Count(this=exp.Distinct(expressions=[_only_where(key, kept)]), big_int=True)
    if kept is None:
        return exp.Count(this=exp.Star(), big_int=True)
    return exp.Count(this=_only_where(exp.Literal.number(1), kept), big_int=True)


def _single_key(table: TableName, scope: Scope) -> str:
    entity = scope.target.model.entity(table)
    if entity is None or len(entity.key) != 1:
        raise RefusalError(
            "fan_out", f"The rows of {table} would be counted several times, and no key tells them apart."
        )
    return entity.key[0]


def _only_where(value: exp.Expr, condition: exp.Expr | None) -> exp.Expr:
    return value if condition is None else exp.Case(ifs=[exp.If(this=condition, true=value)])
