"""Parts of plans: what conditions say together, which contradict one another, what is measured."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from math import isfinite
from typing import cast

from pydantic import BaseModel

from apex.compile.walk import together
from core.profile import Scalar
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
    Operator,
    Related,
)

EARLIEST, LATEST = 1000, 2100
"""The years that people ask about."""


class UnreadableError(Exception):
    """A draft of which no plan can be made; the text says why."""


class ContradictionError(UnreadableError):
    """Conditions that no row satisfies at once; the text says which."""


def telling(conditions: Sequence[Condition], joined: Collection[str]) -> list[Condition]:
    """Without `has a related row` where more is said of these rows anyway, or they are `joined`."""
    conditions = _by_their_ways(conditions)
    said = {*joined, *(table for each in conditions for table in _said_of(each))}
    return [
        each for each in conditions if not (isinstance(each, Related) and each.where is None and each.table in said)
    ]


def _by_their_ways(conditions: Sequence[Condition]) -> list[Condition]:
    """What is said of rows that are reached by a named column is said of these: `who have clerk votes in 2014`."""
    ways = {each.table: each for each in conditions if isinstance(each, Related) and each.via and each.where is None}
    inside = {table: [each for each in conditions if _is_of(each, table)] for table in ways}
    found = [each for each in conditions if not any(each in tests for tests in inside.values())]
    return [
        each.model_copy(update={"where": together(inside[each.table])})
        if isinstance(each, Related) and each is ways.get(each.table)
        else each
        for each in found
    ]


def _is_of(condition: Condition, table: str) -> bool:
    return isinstance(condition, Comparison) and isinstance(condition.left, ColumnOf) and condition.left.table == table


def _said_of(condition: Condition) -> list[str]:
    """The tables whose rows must exist for a condition to hold."""
    if isinstance(condition, Comparison):
        return tables_in(condition.left)
    if isinstance(condition, Related) and condition.where:
        return [condition.table]
    if isinstance(condition, Combination) and condition.kind == "all":
        return [table for each in condition.of for table in _said_of(each)]
    return []


def without_conditions(condition: Condition | None) -> Iterator[Related]:
    """Related rows of which only is said that there are some."""
    if isinstance(condition, Combination):
        for each in condition.of:
            yield from without_conditions(each)
    elif isinstance(condition, Related) and condition.where is None:
        yield condition


def contradicting(tests: Sequence[Condition]) -> list[Condition]:
    """Two conditions on one column that no row satisfies both."""
    plain = [test for test in tests if isinstance(test, Comparison) and isinstance(test.left, ColumnOf)]
    for place, one in enumerate(plain):
        for other in plain[place + 1 :]:
            if one.left == other.left and _exclude(one, other):
                return [one, other]
    return []


def excluding(tests: Sequence[Condition]) -> list[Comparison]:
    """Two conditions on one column that it is one value, and that it is not another, which says nothing of one row."""
    plain = [test for test in map(_as_unequal, tests) if test and isinstance(test.left, ColumnOf)]
    for one in plain:
        for other in plain:
            if one.left == other.left and (one.operator, other.operator) == ("=", "!=") and one.right != other.right:
                return [one, other]
    return []


def _as_unequal(test: Condition) -> Comparison | None:
    if isinstance(test, Negation) and isinstance(test.of, Comparison) and test.of.operator == "=":
        return test.of.model_copy(update={"operator": "!="})
    return test if isinstance(test, Comparison) else None


def _exclude(one: Comparison, other: Comparison) -> bool:
    if one.operator == other.operator == "=":
        return one.right != other.right
    low, high = (one, other) if one.operator in (">", ">=") else (other, one)
    bounds = [side.right[0] for side in (low, high) if side.right and isinstance(side.right[0], Literally)]
    if low.operator not in (">", ">=") or high.operator not in ("<", "<=") or len(bounds) != 2:
        return False
    if all(bound.type for bound in bounds):
        return str(bounds[0].value) >= str(bounds[1].value)
    values = [bound.value for bound in bounds]
    return all(isinstance(value, int | float) for value in values) and float(str(values[0])) >= float(str(values[1]))


def is_year(value: Scalar) -> bool:
    """Whether a number may be a year."""
    return isinstance(value, int) and EARLIEST <= value <= LATEST


def within_years(column: ColumnOf, operator: Operator, years: Sequence[int]) -> Condition:
    """A moment compared with whole years."""

    def day(of: Operator, year: int) -> Condition:
        return Comparison(left=column, operator=of, right=[Literally(value=f"{year:04}-01-01", type="date")])

    first, last = years[0], years[-1]
    if operator in ("<", ">="):
        return day(operator, first)
    if operator in (">", "<="):
        return day(">=" if operator == ">" else "<", first + 1)
    if operator == "in":
        return Combination(kind="any", of=[within_years(column, "=", [year]) for year in years])
    whole = Combination(kind="all", of=[day(">=", first), day("<", last + 1)])
    return Negation(of=whole) if operator == "!=" else whole


def within_age(column: ColumnOf, operator: Operator, years: int, today: date) -> Condition:
    """A day of birth compared with the one of somebody who turns so old today."""
    day = today.replace(year=today.year - years, day=28 if (today.month, today.day) == (2, 29) else today.day)
    return Comparison(left=column, operator=operator, right=[Literally(value=day.isoformat(), type="date")])


def is_measured(condition: Condition) -> bool:
    """Whether a condition is one on groups."""
    if isinstance(condition, Comparison):
        return has_measure(condition.left)
    if isinstance(condition, Negation):
        return is_measured(condition.of)
    return isinstance(condition, Combination) and any(map(is_measured, condition.of))


def has_measure(value: Expression) -> bool:
    """Whether an expression is an aggregate, or is calculated of some."""
    if isinstance(value, Arithmetic):
        return has_measure(value.left) or has_measure(value.right)
    return isinstance(value, Measure)


def tables_in(value: Expression) -> list[str]:
    """The tables that an expression names."""
    if isinstance(value, ColumnOf):
        return [value.table]
    if isinstance(value, Measure):
        return [value.table] if value.of is None else tables_in(value.of)
    if isinstance(value, Elapsed):
        return [value.start.table, value.end.table]
    return [value.of.table] if isinstance(value, Grained) else []


def unique(values: Sequence[Expression]) -> list[Expression]:
    """Each value once, in order."""
    found: list[Expression] = []
    for value in values:
        if value not in found:
            found.append(value)
    return found


def number_of(text: str) -> int | float:
    """A text as a number; UnreadableError where it is none, or none that rows can hold."""
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        raise UnreadableError(f"{text} is no number") from None
    if not isfinite(number):
        raise UnreadableError(f"{text} is no number")
    return int(number) if number == int(number) else number


def nodes_of(value: object) -> Iterator[BaseModel]:
    """Everything that a plan is made of, nested plans too."""
    if isinstance(value, BaseModel):
        yield value
        for each in vars(value).values():
            yield from nodes_of(each)
    elif isinstance(value, list):
        for each in cast(list[object], value):
            yield from nodes_of(each)
