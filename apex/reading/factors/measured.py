"""What the measured data says of a plan: whether what is shown repeats, and whether what is asked for is there."""

from collections.abc import Mapping
from math import prod

from apex.reading.factors.case import Case
from core.profile import ColumnProfile, Scalar
from core.values.plans import ColumnOf, Comparison, Literally, Measure, Negation


def measured(case: Case) -> Mapping[str, float]:
    """How much of what is shown is a repetition, and which constants no row has."""
    unique = _uniqueness(case)
    negated = bool(case.of(Negation))
    asked = [(test, profile) for test in case.comparisons if (profile := _profile(case, test))]
    return {
        "shown once": unique,
        "shown again": _repetition(case),
        "negated and shown again": float(negated and unique < 0.95),
        "measured row by row": float(_measures_rows(case)),
        "no such value": float(sum(_is_strange(test, profile) for test, profile in asked)),
        "out of range": float(sum(_is_outside(test, profile) for test, profile in asked)),
    }


def _uniqueness(case: Case) -> float:
    """How many of the values of the only column that is shown are different."""
    if len(case.outputs) != 1 or not case.shown:
        return 1.0
    profile, rows = case.profile(case.shown[0])
    if profile is None or profile.distinct is None or not rows:
        return 1.0
    return min(1.0, profile.distinct / rows)


def _repetition(case: Case) -> float:
    """How many rows must repeat others, where plain columns of all rows are shown."""
    plan = case.plan
    if plan.distinct or plan.group or plan.limit or case.measures or not case.shown:
        return 0.0
    entity = case.model.entity(plan.table)
    different = [profile.distinct if profile else None for profile, _ in map(case.profile, case.shown)]
    if entity is None or not entity.rows or None in different:
        return 0.0
    return max(0.0, 1 - prod(each or 1 for each in different) / entity.rows)


def _measures_rows(case: Case) -> bool:
    """Whether a column is measured for each row of its own table, of which there is nothing to measure."""
    groups = {each.table for each in case.plan.group if isinstance(each, ColumnOf)}
    shown = [each.value for each in case.outputs if isinstance(each.value, Measure)]
    return any(isinstance(each.of, ColumnOf) and each.of.table in groups for each in shown if each.aggregate != "count")


def _profile(case: Case, test: Comparison) -> ColumnProfile | None:
    return case.profile(test.left)[0] if isinstance(test.left, ColumnOf) else None


def _constants(test: Comparison) -> list[Scalar]:
    return [each.value for each in test.right if isinstance(each, Literally)]


def _is_strange(test: Comparison, profile: ColumnProfile) -> bool:
    """Whether a column whose values are all known has none of those that are asked for."""
    if test.operator not in ("=", "in") or not (profile.complete and profile.top):
        return False
    known = {str(value).strip().casefold() for value, _ in profile.top}
    return any(str(value).strip().casefold() not in known for value in _constants(test))


def _is_outside(test: Comparison, profile: ColumnProfile) -> bool:
    low, high = profile.minimum, profile.maximum
    if not (isinstance(low, int | float) and isinstance(high, int | float)):
        return False
    return any(isinstance(value, int | float) and not low <= value <= high for value in _constants(test))
