"""Conditions of a plan as nodes of the tree; what is unknown is neither true nor false, and stays out."""

from collections.abc import Iterable

from sqlglot import exp

from apex.compile import nested
from apex.compile.days import whole_days
from apex.compile.fragments import fragment
from apex.compile.literals import beside
from apex.compile.logic import is_null, joined
from apex.compile.operands import attribute_of, number
from apex.compile.patterns import pattern
from apex.compile.refusal import RefusalError
from apex.compile.scope import Scope
from apex.compile.walk import conjuncts
from core.values.plans import (
    Combination,
    Comparison,
    Condition,
    Literally,
    Measure,
    Negation,
    Operator,
    Related,
    TimeRange,
    Within,
    Written,
)

_COMPARED: dict[str, type[exp.Binary]] = {
    "=": exp.EQ, "!=": exp.NEQ, "<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE
}  # fmt: skip
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def where(asked: Condition | None, time: TimeRange | None, scope: Scope) -> list[exp.Expr]:
    """All conditions on rows. Those on tables that would multiply the rows ask whether such a row exists."""
    plain: list[Condition] = []
    apart: dict[nested.Step, list[Condition]] = {}
    for each in (*conjuncts(asked), *conjuncts(range_of(time))):
        step = nested.step_of(each, scope)
        if step is None:
            plain.append(each)
        else:
            apart.setdefault(step, []).append(each)
    return [
        *(condition(each, scope) for each in plain),
        *(nested.exists(step, held, scope) for step, held in apart.items()),
    ]


def range_of(time: TimeRange | None) -> Condition | None:
    """A time range as conditions: from its start up to, but without, its end."""
    if time is None:
        return None
    if time.start and time.end and time.start >= time.end:
        raise RefusalError(
            "bad_value", f"The time from {time.start} to {time.end} is empty.", hint="The end comes after the start."
        )
    bounds: tuple[tuple[Operator, str | None], ...] = ((">=", time.start), ("<", time.end))
    held = [
        Comparison(left=time.column, operator=operator, right=[Literally(value=bound, type="timestamp")])
        for operator, bound in bounds
        if bound is not None
    ]
    return Combination(kind="all", of=[*held]) if held else None


def condition(given: Condition, scope: Scope, *, negated: bool = False) -> exp.Expr:
    """One condition, or that it does not hold."""
    step = None if isinstance(given, Combination | Negation) else nested.step_of(given, scope)
    if step is not None:
        return nested.exists(step, [given], scope, negated=negated)
    match given:
        case Negation():
            return condition(given.of, scope, negated=not negated)
        case Combination():
            return _combined(given, scope, negated=negated)
        case Related():
            return nested.related(given, scope, negated=negated)
        case Within():
            return nested.within(given, scope, negated=negated)
        case Written():
            found = fragment(given, scope)
            return exp.Not(this=exp.Paren(this=found)) if negated else found
        case Comparison():
            return compared(given, scope, negated=negated)


def _combined(given: Combination, scope: Scope, *, negated: bool) -> exp.Expr:
    if not given.of:
        raise RefusalError("bad_plan", "A combination needs at least one condition.")
    held = [condition(each, scope, negated=negated) for each in given.of]
    both = (given.kind == "all") != negated
    return joined(held, both=both)


def compared(given: Comparison, scope: Scope, *, negated: bool) -> exp.Expr:
    """A comparison; on a measure it belongs into HAVING, which is the caller's business."""
    _check(given)
    days = whole_days(given, attribute_of(given.left, scope))
    if days is not None:
        return condition(days, scope, negated=negated)
    if given.operator == "is null":
        return is_null(scope.grammar.expression(given.left, scope), negated=negated)
    if given.operator in ("contains", "starts with", "ends with"):
        found = _like(given, scope)
        return exp.Not(this=found) if negated else found
    left, right = _sides(given, scope)
    if given.operator == "in":
        return _one_of(left, right, negated=negated)
    if given.operator == "between":
        found = exp.Between(this=left, low=right[0], high=right[1])
        return exp.Not(this=found) if negated else found
    operator = _OPPOSITE[given.operator] if negated else given.operator
    if isinstance(right[0], exp.Null):
        return _nullness(left, operator)
    return _COMPARED[operator](this=left, expression=right[0])


def _check(given: Comparison) -> None:
    wanted = {"is null": 0, "between": 2}.get(given.operator, 1)
    if len(given.right) != wanted and not (given.operator == "in" and given.right):
        raise RefusalError("bad_plan", f"{given.operator!r} needs {wanted} values, and has {len(given.right)}.")
    low_and_high = [each.value for each in given.right if isinstance(each, Literally)]
    if given.operator == "between" and len(low_and_high) == 2 and _is_empty(*low_and_high):
        raise RefusalError(
            "bad_value", f"There is nothing between {low_and_high[0]} and {low_and_high[1]}: the first is larger."
        )


def _is_empty(low: object, high: object) -> bool:
    if isinstance(low, int | float) and isinstance(high, int | float):
        return low > high
    return False


def _sides(given: Comparison, scope: Scope) -> tuple[exp.Expr, list[exp.Expr]]:
    attribute = attribute_of(given.left, scope)
    numbers = any(isinstance(each, Literally) and isinstance(each.value, int | float) for each in given.right)
    as_number = isinstance(given.left, Measure) or numbers
    left = number(given.left, scope) if as_number else scope.grammar.expression(given.left, scope)
    right = [
        beside(each, attribute, scope.target) if isinstance(each, Literally) else scope.grammar.expression(each, scope)
        for each in given.right
    ]
    if given.fold and (attribute is None or attribute.stored == "text"):
        left = exp.Lower(this=left)
        right = [_folded(each) for each in right]
    return left, right


def _folded(node: exp.Expr) -> exp.Expr:
    return (
        exp.Literal.string(node.name.lower())
        if isinstance(node, exp.Literal) and node.is_string
        else exp.Lower(this=node)
    )


def _one_of(left: exp.Expr, right: Iterable[exp.Expr], *, negated: bool) -> exp.Expr:
    """NULL in a list would make everything unknown, so it is asked for apart."""
    values = list(right)
    named = [each for each in values if not isinstance(each, exp.Null)]
    found: exp.Expr = exp.In(this=left, expressions=named) if named else is_null(left)
    if not named or len(named) == len(values):
        return exp.Not(this=found) if negated else found
    return exp.Not(this=found) if negated else exp.Or(this=found, expression=is_null(left.copy()))


def _nullness(left: exp.Expr, operator: str) -> exp.Expr:
    if operator in ("=", "!="):
        return is_null(left, negated=operator == "!=")
    raise RefusalError("bad_value", f"Nothing can be compared with {operator} to a missing value.")


def _like(given: Comparison, scope: Scope) -> exp.Expr:
    sought = given.right[0]
    if not (isinstance(sought, Literally) and isinstance(sought.value, str)):
        raise RefusalError("bad_plan", f"{given.operator!r} needs a text.")
    attribute = attribute_of(given.left, scope)
    left = scope.grammar.expression(given.left, scope)
    if attribute and attribute.stored != "text":
        left = exp.Cast(this=left, to=exp.DataType(this=exp.DataType.Type.TEXT))
    return pattern(left, given.operator, sought.value, fold=given.fold, target=scope.target)
