"""Moments compared with a day: all of the day is meant, not its first instant."""

import re
from datetime import date, timedelta

from apex.model import Attribute
from core.values.plans import Combination, Comparison, Condition, Expression, Literally, Operator

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def whole_days(given: Comparison, attribute: Attribute | None) -> Condition | None:
    """`ordered_at = 2025-01-31` as a condition on moments; None where nothing needs to be said otherwise."""
    if attribute is None or attribute.family not in ("timestamp", "timestamptz"):
        return None
    days = [found for each in given.right if (found := _day(each))]
    if not days or len(days) != len(given.right):
        return None
    first, after = days[0], (days[-1] + timedelta(days=1))
    match given.operator:
        case "=":
            return _both(given, first, after)
        case "between":
            return _both(given, first, after)
        case "!=":
            return Combination(kind="any", of=[_side(given, "<", first), _side(given, ">=", after)])
        case "<=":
            return _side(given, "<", after)
        case ">":
            return _side(given, ">=", after)
        case _:
            return None


def _day(value: Expression) -> date | None:
    """The day that a constant names; one that is declared a moment is the instant that it says."""
    if not isinstance(value, Literally) or value.type == "timestamp" or not _DAY.match(str(value.value)):
        return None
    try:
        return date.fromisoformat(str(value.value))
    except ValueError:
        return None


def _both(given: Comparison, first: date, after: date) -> Condition:
    return Combination(kind="all", of=[_side(given, ">=", first), _side(given, "<", after)])


def _side(given: Comparison, operator: Operator, day: date) -> Comparison:
    return Comparison(left=given.left, operator=operator, right=[Literally(value=day.isoformat(), type="timestamp")])
