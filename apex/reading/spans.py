"""Times of a draft as parts of a plan: the time of all its rows, or a condition on one moment."""

from apex.compile.conditions import range_of
from apex.language.moments_periods import written
from apex.reading.draft import During
from core.values.plans import ColumnOf, Comparison, Condition, Expression, Grained, Literally, TimeRange


def span_of(wish: During, column: ColumnOf) -> TimeRange | None:
    """The time as the plan's own; None for days of the week."""
    if wish.period is None:
        return None
    start, end = written(wish.period.start), written(wish.period.end)
    return TimeRange(column=column, start=start, end=end, words=wish.period.words)


def within_time(wish: During, column: ColumnOf) -> Condition | None:
    """The time as a condition; None where it has no bounds."""
    if not wish.weekdays:
        return range_of(span_of(wish, column))
    days: list[Expression] = [Literally(value=each) for each in wish.weekdays]
    return Comparison(left=Grained(of=column, grain="weekday"), operator="in", right=days)
