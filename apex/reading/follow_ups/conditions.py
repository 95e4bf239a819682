"""Conditions of two questions: both, the later for the earlier, or either."""

from collections.abc import Mapping, Sequence

from apex.compile.walk import conjuncts, together
from apex.reading.parts import UnreadableError, contradicting
from core.values.plans import (
    ColumnOf,
    Combination,
    Comparison,
    Condition,
    Expression,
    Grained,
    Literally,
    Negation,
    Operator,
    Related,
    Scalar,
    Within,
)

_OPERATORS: Mapping[str, Operator] = {">": ">", ">=": ">=", "<": "<", "<=": "<=", "=": "="}


def merged(before: Condition | None, now: Condition | None, *, replaces: bool) -> Condition | None:
    """Both conditions; what speaks of the same column anew replaces what was said of it."""
    old, new = conjuncts(before), conjuncts(now)
    if (
        replaces
        and len(old) == len(new) == 1
        and _is_choice(old[0])
        and _is_choice(new[0])
        and _tells_alike(*old, *new)
    ):
        # "What about the Polish channels?", where the Italian ones were told by another column.
        return now
    old = [each for each in old if not any(_denies(each, other) for other in new)]
    old = [each for each in old if not (replaces and any(_is_first(each, other) for other in new))]
    anew = [_compared(each) for each in old if any(_same(each, other, replaces=replaces) for other in new)]
    kept = [each for each in old if _compared(each) is None or _compared(each) not in anew]
    return together([*kept, *(each for each in new if each not in kept)])


def widened(before: Condition | None, now: Condition | None) -> Condition | None:
    """`also those from France`: one or the other; all rows, where there was no condition."""
    return Combination(kind="any", of=[before, now]) if before and now else None


def compares_with_it(condition: Condition | None) -> bool:
    """Whether something is compared with nothing that is said: with the answer before."""
    return any(_lacks(each) for each in conjuncts(condition))


def compared_with(condition: Condition | None, number: Scalar) -> Condition | None:
    """The condition, with the number where nothing is said."""
    parts = [each.model_copy(update={"right": [number]}) if _lacks(each) else each for each in conjuncts(condition)]
    return together(parts)


def _lacks(condition: Condition) -> bool:
    return isinstance(condition, Comparison) and not condition.right and condition.operator != "is null"


def bounded(condition: Condition | None, bounds: Sequence[tuple[str, float]]) -> Condition | None:
    """`at least 3?`: the last comparison with a number, with another number."""
    parts = conjuncts(condition)
    if not bounds:
        return condition
    for place in range(len(parts) - 1, -1, -1):
        last = parts[place]
        if isinstance(last, Comparison) and len(last.right) == 1 and _is_number(last.right[0]):
            operator = operator_of(bounds[0], known=last.operator)
            parts[place] = last.model_copy(update={"operator": operator, "right": [constant_of(bounds[0])]})
            return together(parts)
    raise UnreadableError("there was no number to compare with another")


def _is_number(value: Expression) -> bool:
    return isinstance(value, Literally) and str(value.value).replace(".", "", 1).isdigit()


def operator_of(bound: tuple[str, float], *, known: Operator = "=") -> Operator:
    """How a number compares that is said alone."""
    return _OPERATORS.get(bound[0], known)


def constant_of(bound: tuple[str, float]) -> Literally:
    """The number, whole where it is."""
    number = bound[1]
    return Literally(value=int(number) if number == int(number) else number)


def speaks_of(condition: Condition | None, column: ColumnOf) -> bool:
    """Whether a condition is one on this column."""
    return any(_compared(each) == column for each in conjuncts(condition))


def without(condition: Condition | None, column: ColumnOf) -> Condition | None:
    """What is said of other columns."""
    return together([each for each in conjuncts(condition) if _compared(each) != column])


def unfixed(condition: Condition | None, column: ColumnOf) -> Condition | None:
    """What is left where a column may have any value again."""
    return together([each for each in conjuncts(condition) if _compared(each) != column or not _is_choice(each)])


def _same(one: Condition, other: Condition, *, replaces: bool) -> bool:
    """Whether the later condition stands for the earlier: of one column, and no row could satisfy both."""
    left, right = _compared(one), _compared(other)
    if left is None or left != right:
        return False
    return replaces or (_is_choice(one) and _is_choice(other)) or bool(contradicting([one, other]))


def _denies(one: Condition, other: Condition) -> bool:
    """`those who have none`, where it was said that they have some."""
    there, lacking = (other, one) if isinstance(one, Negation) else (one, other)
    return isinstance(there, Related) and isinstance(lacking, Negation) and lacking.of == there


def _is_first(one: Condition, other: Condition) -> bool:
    """`what about the shop with the fewest?`, where that with the most was spoken of."""
    if not isinstance(one, Within) or not isinstance(other, Within):
        return False
    return one.left == other.left and one.plan.limit is not None and other.plan.limit is not None


def _tells_alike(one: Condition, other: Condition) -> bool:
    """Whether both speak of the same rows: not `delayed` parcels, and customers from Leeds."""
    columns = [_compared(each) for each in (one, other)]
    return len({column.table for column in columns if isinstance(column, ColumnOf)}) == 1


def _is_choice(condition: Condition) -> bool:
    inner = _inner(condition)
    return not isinstance(condition, Negation) and isinstance(inner, Comparison) and inner.operator in ("=", "in")


def _inner(condition: Condition) -> Condition | None:
    """What is said of the column, whether of the row itself or of a related one."""
    if isinstance(condition, Negation):
        return _inner(condition.of)
    if isinstance(condition, Related):
        return _inner(condition.where) if condition.where else None
    return condition


def _compared(condition: Condition) -> object:
    inner = _inner(condition)
    if not isinstance(inner, Comparison):
        return None
    return inner.left.of if isinstance(inner.left, Grained) else inner.left
